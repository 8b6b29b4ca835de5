"""The steps of cleaning in their order, for one text, for texts that belong together, for a reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from crawlers.items import Editor, Pollution, PollutionKind, Reading
from pipelines.clean.detect import PollutedBy, polluted_by
from pipelines.clean.homophones import has_homophones
from pipelines.clean.normal_form import normal_form
from pipelines.clean.readings import annotated_simplified
from pipelines.clean.reread import read_repaired
from pipelines.clean.spam import is_of_a_farm, without_spam
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
    parts, pollution, _ = _cleaned(texts)
    return parts, pollution


def _cleaned(texts: Sequence[str]) -> tuple[tuple[str, ...], Pollution, PollutedBy | None]:
    """Also by what the document was polluted that can be undone."""
    normal = [normal_form(text) for text in texts]
    whole = "\n".join(normal)
    by = polluted_by(whole)
    simplified = annotated_simplified(whole) if by == "pinyin" else frozenset()
    undone = [undo(text, by, simplified) for text in normal]
    parts = tuple(without_spam(part.text) if by else part.text for part in undone)
    repaired, unresolved = sum(part.repaired for part in undone), sum(part.unresolved for part in undone)
    kind: PollutionKind = by or ("bytes" if repaired or unresolved else "none")
    pollution = Pollution(
        kind="homophones" if has_homophones("\n".join(parts)) else kind,
        pinyin=sum(part.pinyin for part in undone),
        repaired_bytes=repaired,
        unresolved=unresolved,
    )
    return parts, pollution, by


def clean_reading(reading: Reading) -> Reading:
    """`reading` with its texts cleaned, the originals beside them where they changed.

    A polluted page is repaired and read again, as its labels were not to be recognised before; not one of
    a text that was put together from several.
    """
    cleaned, by = _clean_fields(reading)
    if cleaned.pollution.kind == "none" and reading.page is not None and is_of_a_farm(reading.page):
        return evolve(cleaned, pollution=evolve(cleaned.pollution, kind="mirror"))
    if reading.page is None or reading.article.pages > 1 or by is None:
        return cleaned
    article = read_repaired(reading.page, cleaned.article, by)
    again, _ = _clean_fields(evolve(reading, article=article, listed_title=cleaned.listed_title))
    return evolve(
        again,
        article=evolve(again.article, body=without_spam(again.article.body)),
        pollution=cleaned.pollution,
        original_title=cleaned.original_title,
        original_body=cleaned.original_body,
    )


def _clean_fields(reading: Reading) -> tuple[Reading, PollutedBy | None]:
    parts: list[str] = []

    def noted(text: str) -> str:
        parts.append(text)
        return text

    _with_each(reading, noted)
    texts, pollution, by = _cleaned(parts)
    of = iter(texts)
    cleaned = _with_each(reading, lambda _: next(of))
    was, now = reading.article, cleaned.article
    cleaned = evolve(
        cleaned,
        pollution=pollution,
        original_title=_original(reading.original_title, was.title, now.title),
        original_body=_original(reading.original_body, was.body, now.body),
    )
    return cleaned, by


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
