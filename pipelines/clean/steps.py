"""The steps of cleaning in their order, for one text, for texts that belong together, for a reading."""

from __future__ import annotations

from attrs import evolve, frozen

from crawlers.items import Pollution, Reading
from pipelines.clean.detect import polluted_by
from pipelines.clean.normal_form import normal_form
from pipelines.clean.reread import read_repaired
from pipelines.clean.undo import undo


@frozen
class Cleaned:
    """A text in its normal form, and what it had been put through."""

    text: str
    pollution: Pollution


def clean(text: str) -> Cleaned:
    """`text` in normal form and, where it is a polluted copy, as it was before.

    Text that is not polluted and in its normal form keeps every character. Cleaning twice changes
    nothing more.
    """
    (cleaned,), pollution = clean_parts(text)
    return Cleaned(cleaned, pollution)


def clean_parts(*texts: str) -> tuple[tuple[str, ...], Pollution]:
    """As `clean` for the parts of one document: judged together, returned separately.

    A title is too short to be judged alone. The counts are those of all parts.
    """
    normal = [normal_form(text) for text in texts]
    by = polluted_by("\n".join(normal))
    undone = [undo(text, by) for text in normal]
    repaired, unresolved = sum(part.repaired for part in undone), sum(part.unresolved for part in undone)
    pollution = Pollution(
        kind=by or ("bytes" if repaired or unresolved else "none"),
        pinyin=sum(part.pinyin for part in undone),
        repaired_bytes=repaired,
        unresolved=unresolved,
    )
    return tuple(part.text for part in undone), pollution


def clean_reading(reading: Reading) -> Reading:
    """`reading` with its texts cleaned, the originals beside them where they changed.

    A polluted page is repaired and read again, as its labels were not to be recognised before; not one of
    a text that was put together from several.
    """
    cleaned = _clean_fields(reading)
    kind = cleaned.pollution.kind
    if reading.page is None or reading.article.pages > 1 or kind not in ("pinyin", "traditional"):
        return cleaned
    article = read_repaired(reading.page, cleaned.article, kind)
    again = _clean_fields(evolve(reading, article=article, listed_title=cleaned.listed_title))
    return evolve(
        again,
        pollution=cleaned.pollution,
        original_title=cleaned.original_title,
        original_body=cleaned.original_body,
    )


def _clean_fields(reading: Reading) -> Reading:
    article = reading.article
    names = [attachment.name for attachment in article.attachments]
    given = (article.title, article.source, article.author, reading.listed_title)
    (body, *rest), pollution = clean_parts(article.body, *(text or "" for text in given), *names)
    title, source, author, listed_title = (
        None if was is None else now for was, now in zip(given, rest, strict=False)
    )
    attachments = tuple(
        evolve(attachment, name=name)
        for attachment, name in zip(article.attachments, rest[len(given) :], strict=True)
    )
    return evolve(
        reading,
        article=evolve(
            article, title=title, body=body, source=source, author=author, attachments=attachments
        ),
        listed_title=listed_title,
        pollution=pollution,
        original_title=_original(reading.original_title, article.title, title),
        original_body=_original(reading.original_body, article.body, body),
    )


def _original(kept: str | None, was: str | None, now: str | None) -> str | None:
    """What is kept of the first state: an original that is kept already stays the original."""
    return kept or (was if was != now else None)
