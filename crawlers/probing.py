"""What an address holds when it is taken for a column: kind, rows, the way to the following page."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from crawlers.catalogue.model import Recipe
from crawlers.families import Family, Interface, family_named, family_of, plain
from crawlers.items import ListPage, Page
from crawlers.listing import Document, Mined, column_title, parse, verdict
from crawlers.listing.frames import feeds, frames, redirects
from crawlers.paging.clicked import in_browser
from crawlers.paging.hints import usual_extension
from crawlers.paging.numbered import by_query, by_suffix
from crawlers.paging.step import Step, unique
from crawlers.reading.decode import decode
from crawlers.symptoms import is_xml_list

_TEXT = re.compile(r"html|xml|json|javascript|text/plain")
_DATA = re.compile(r"json|javascript")
_ANSWER = re.compile(r"\s*(?:<\?xml|<datastore|[\[{]|[\w$.]+\s*\()", re.IGNORECASE)
"""How answers of interfaces begin; links in them are relative to the page that asked."""
_FULL_PAGE = 10
"""Rows from which a page without any pager may still have a following page."""


@frozen
class View:
    """A page looked at once: what `probe` and onboarding share."""

    list_page: ListPage
    steps: tuple[Step, ...] = ()
    current: int | None = None
    """The number that the page gives itself; some systems count from 0."""
    anew: bool = False
    """The recipe's row path gave nothing; the rows were found from scratch."""
    paged: bool = False
    """A pager stands below the rows, or a following page or a total is told."""


def probe(page: Page, recipe: Recipe | None = None, number: int = 1) -> ListPage:
    """A column page as it is understood; `number` is its place in the sequence, from 1. Never raises.

    With a recipe the rows are those of its row path; where that gives none they are found anew, which shows
    in a `row_path` other than the recipe's.
    """
    return look(page, recipe, number).list_page


def look(page: Page, recipe: Recipe | None = None, number: int = 1) -> View:
    blank = ListPage(url=page.url, kind="error", family=None)
    if page.status >= 400:
        return View(evolve(blank, error=f"no column: the server answered {page.status}"))
    if not page.body.strip():
        return View(evolve(blank, error="no column: the page is empty"))
    kind = (page.content_type or "").split(";")[0].strip().lower()
    no_page = f"no column: {kind or 'application/pdf'} is not a page"
    is_text = not kind or _TEXT.search(kind) or is_xml_list(page.body)
    if page.body[:5] == b"%PDF-" or not is_text:
        return View(evolve(blank, kind="other", error=no_page))
    document = parse(decode(page.body, page.content_type).text, page.url.partition("#")[0])
    if document is None:
        return View(evolve(blank, error="no column: the page is empty"))
    fragment = (page.requested_url or page.url).partition("#")[2]
    document = evolve(document, fragment=fragment, rendered=page.rendered)
    family = (family_named(recipe.family) if recipe else None) or family_of(document)
    if family is plain and _DATA.search(kind):
        return View(evolve(blank, kind="other", error=no_page))
    return _look(document, family, recipe, number)


def _look(document: Document, family: Family, given: Recipe | None, number: int) -> View:
    recipe = _informed(document, family, given or Recipe())
    document = _at_home(document, recipe)
    mined = _mined(document, family, recipe)
    known = bool(recipe.row_path and mined.rows and not mined.anew)
    kind, error = ("list", None) if known or mined.sure else verdict(document, mined)
    base = ListPage(
        url=document.url,
        kind=kind,
        family=None,
        title=column_title(document),
        error=error,
        params=recipe.params,
    )
    if (mined.elsewhere or mined.parts) and not mined.rows:
        return View(_pointing(base, family, mined))
    if kind != "list":
        return View(base if kind == "article" or mined.rows else _framing(base, document), anew=mined.anew)
    steps = _steps(document, family, recipe, number)
    found = evolve(
        base,
        family=family.NAME,
        rows=mined.rows,
        row_path=mined.row_path,
        next=steps[0].page if steps else None,
        pages=family.total(document),
    )
    paged = mined.paged or bool(steps) or (found.pages or 0) > 1
    if not (known or paged or mined.sure):
        found = evolve(found, elsewhere=frames(document))
    return View(
        found,
        unique([*steps, *_guesses(document, found, number)]),
        family.current(document),
        mined.anew,
        paged,
    )


def _informed(document: Document, family: Family, recipe: Recipe) -> Recipe:
    """The recipe with what this page tells of the family's interface."""
    if not isinstance(family, Interface):
        return recipe
    return evolve(recipe, params={**recipe.params, **family.learn(document, recipe)})


def _at_home(document: Document, recipe: Recipe) -> Document:
    """An answer of an interface with links as on the page that asks for it."""
    home = recipe.params.get("home")
    return evolve(document, base=home) if home and _ANSWER.match(document.text) else document


def _mined(document: Document, family: Family, recipe: Recipe) -> Mined:
    """The rows of the page, or where an interface is to be asked for them."""
    mined = family.rows(document, recipe.row_path)
    if isinstance(family, Interface) and not mined.rows:
        return evolve(mined, elsewhere=family.doors(document, recipe))
    return mined


def _steps(document: Document, family: Family, recipe: Recipe, number: int) -> tuple[Step, ...]:
    """Ways to the following page, likeliest first."""
    steps = family.steps(document, recipe, number)
    return in_browser(steps, document, number) if document.rendered else steps


def _pointing(base: ListPage, family: Family, mined: Mined) -> ListPage:
    """A page of a family whose rows are to be asked for at another address."""
    error = f"no rows: they are at {(*mined.elsewhere, *mined.parts)[0].url}"
    return evolve(
        base, kind="other", family=family.NAME, error=error, elsewhere=mined.elsewhere, parts=mined.parts
    )


def _framing(base: ListPage, document: Document) -> ListPage:
    """A page without a list that may be the frame around one."""
    found = (*frames(document), *redirects(document), *feeds(document))
    if not found:
        return base
    error = f"no column: no list on the page itself; it may be at {found[0].url}"
    return evolve(base, kind="other", error=error, elsewhere=found)


def _guesses(document: Document, found: ListPage, number: int) -> list[Step]:
    """Usual addresses to try where a full first page says nothing of more; only onboarding spends requests
    on them.
    """
    if number > 1 or found.next or found.pages is not None or len(found.rows) < _FULL_PAGE:
        return []
    return [*by_query(found.url, number), *by_suffix(found.url, number, usual_extension(document))]
