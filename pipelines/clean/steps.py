"""The steps of cleaning in their order, for one text, for texts that belong together, for a reading."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from crawlers.items import Editor, Pollution, Reading
from pipelines.clean.detect import polluted_by
from pipelines.clean.normal_form import normal_form
from pipelines.clean.readings import annotated_simplified
from pipelines.clean.reread import read_repaired
from pipelines.clean.spam import without_spam
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
    whole = "\n".join(normal)
    by = polluted_by(whole)
    simplified = annotated_simplified(whole) if by == "pinyin" else frozenset()
    undone = [undo(text, by, simplified) for text in normal]
    repaired, unresolved = sum(part.repaired for part in undone), sum(part.unresolved for part in undone)
    pollution = Pollution(
        kind=by or ("bytes" if repaired or unresolved else "none"),
        pinyin=sum(part.pinyin for part in undone),
        repaired_bytes=repaired,
        unresolved=unresolved,
    )
    return tuple(without_spam(part.text) if by else part.text for part in undone), pollution


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
        article=evolve(again.article, body=without_spam(again.article.body)),
        pollution=cleaned.pollution,
        original_title=cleaned.original_title,
        original_body=cleaned.original_body,
    )


def _clean_fields(reading: Reading) -> Reading:
    parts: list[str] = []

    def noted(text: str) -> str:
        parts.append(text)
        return text

    _with_each(reading, noted)
    texts, pollution = clean_parts(*parts)
    of = iter(texts)
    cleaned = _with_each(reading, lambda _: next(of))
    was, now = reading.article, cleaned.article
    return evolve(
        cleaned,
        pollution=pollution,
        original_title=_original(reading.original_title, was.title, now.title),
        original_body=_original(reading.original_body, was.body, now.body),
    )


def _with_each(reading: Reading, of: Callable[[str], str]) -> Reading:
    """`reading` with `of(text)` for each of its texts, always in the same order; its metadata stay."""

    def of_any(text: str | None) -> str | None:
        return None if text is None else of(text)

    article = reading.article
    changed = evolve(
        article,
        body=of(article.body),
        title=of_any(article.title),
        lead_title=of_any(article.lead_title),
        subtitle=of_any(article.subtitle),
        source=of_any(article.source),
        author=of_any(article.author),
        editors=tuple(Editor(of(editor.role), of(editor.name)) for editor in article.editors),
        disclaimer=of_any(article.disclaimer),
        openness=tuple((of(label), of(value)) for label, value in article.openness),
        captions={url: of(caption) for url, caption in article.captions.items()},
        attachments=tuple(evolve(file, name=of(file.name)) for file in article.attachments),
        site=evolve(article.site, name=of_any(article.site.name)),
    )
    return evolve(reading, article=changed, listed_title=of_any(reading.listed_title))


def _original(kept: str | None, was: str | None, now: str | None) -> str | None:
    """What is kept of the first state: an original that is kept already stays the original."""
    return kept or (was if was != now else None)
