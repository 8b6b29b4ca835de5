from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.catalogue.model import Recipe
from crawlers.items import NextPage, Page
from crawlers.probing import look, probe

HERE = "http://www.qinghe.example/zwdt/"
SAMPLE = (Path(__file__).parents[1] / "pages" / "lists" / "trs_hubei.html").read_bytes()


@pytest.mark.parametrize(
    ("page", "kind", "word"),
    [
        (Page(HERE, b"<html></html>", status=404), "error", "404"),
        (Page(HERE, b" \n"), "error", "empty"),
        (Page(HERE, b"%PDF-1.7 ..."), "other", "pdf"),
        (Page(HERE, b"PK\x03\x04", "application/zip"), "other", "zip"),
        (Page(HERE, b"<html><body><div id=app></div></body></html>"), "error", "script"),
        (Page(HERE, "<title>您访问的页面不存在</title><p>三秒后回到首页</p>".encode()), "error", "not exist"),
    ],
)
def test_what_is_no_page_at_all(page: Page, kind: str, word: str) -> None:
    found = probe(page)
    assert found.kind == kind
    assert found.rows == ()
    assert found.error is not None
    assert found.error.startswith("no column: ")
    assert word in found.error


def next_pages(page: Page, recipe: Recipe | None = None) -> list[NextPage]:
    return [step.page for step in look(page, recipe).steps]


def test_candidates_hold_the_single_guess_first() -> None:
    page = Page(HERE, SAMPLE)
    candidates = next_pages(page)
    assert candidates[0] == probe(page).next
    assert [step.url for step in candidates] == [f"{HERE}index_1.shtml", f"{HERE}index_2.shtml"]
    assert next_pages(page, Recipe("trs", offset=2)) == candidates[1:]


def test_a_full_page_without_pager_gets_guesses_only_as_candidates() -> None:
    rows = "".join(
        f'<li><a href="{n}.html">青禾县第{n}号工程建设进展情况</a> 2026-09-01</li>' for n in range(12)
    )
    page = Page(HERE, f"<ul>{rows}</ul>".encode())
    assert probe(page).next is None
    assert [step.url for step in next_pages(page)] == [f"{HERE}index_1.html", f"{HERE}index_2.html"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, len(SAMPLE)), st.integers(0, 3000))
def test_no_damage_makes_it_raise(noise: bytes, place: int, cut: int) -> None:
    probe(Page(HERE, SAMPLE[:place] + noise + SAMPLE[place + cut :]))


MARKUP = (
    "<ul>", "</ul>", "<li>", "<a href=/1.html>", "</a>", "<td>", "<table>", "标题标题标题", "2026-09-01",
    "<a href='http://[::1'>", "<script>", "createPageHTML(", "下一页", "</div>", "<div class=page>",
    "<base href=//>", "\0", "&#xD800;", "<br>",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=60))
def test_no_markup_makes_it_raise(parts: list[str]) -> None:
    probe(Page(HERE, "".join(parts).encode()))
