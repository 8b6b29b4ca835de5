"""Links lead somewhere, examples are understood, and queries find what the pages say they find."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from pipelines.query import FileText, Folded, QuerySyntaxError, parse
from tests.support.documentation import (
    CODE,
    FENCE,
    HEADING,
    LEAVES,
    NAMES,
    ROOT,
    rows,
    sections,
    spelled,
    text_of,
    without_fences,
)

LINK = re.compile(r"\]\(([^()\s]+)\)")


def anchors(text: str) -> set[str]:
    """As GitHub makes them of headings."""
    headings = (heading[2] for heading in HEADING.finditer(without_fences(text)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    broken = []
    for link in LINK.findall(without_fences(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link)
    assert broken == []


def examples(text: str) -> Iterator[list[str]]:
    """The words of every `govwatch ...` line in fenced code, as a shell would cut them.

    Where some lines have a prompt the others are output.
    """
    for fence in FENCE.findall(text):
        prompt = r"\$ " if re.search(r"^\$ ", fence, re.MULTILINE) else ""
        for line in fence.replace("\\\n", " ").splitlines():
            found = re.match(prompt + r"(?:[A-Z_]+=\S+ )*(govwatch +[a-z-].*)", line)
            if found:
                words = shlex.split(found[1], comments=True)
                ends = [place for place, word in enumerate(words) if word in ("|", ">", "&&", "&", ";")]
                yield words[1 : ends[0] if ends else None]


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_understood_by_the_real_commands(name: str) -> None:
    for words in examples((ROOT / name).read_text("utf-8")):
        if words[0].startswith("--"):
            assert words in (["--version"], ["--help"])
            continue
        leaf = tuple(words[:1]) if tuple(words[:1]) in LEAVES else tuple(words[:2])
        LEAVES[leaf].make_context(" ".join(leaf), words[len(leaf) :])


@pytest.mark.parametrize("name", NAMES)
def test_options_that_the_prose_names_exist(name: str) -> None:
    text = without_fences((ROOT / name).read_text("utf-8"))
    for code in CODE.findall(text):
        if not re.match(r"govwatch [a-z]", code):
            continue
        words = code.split()[1:]
        leaf = tuple(words[:1]) if tuple(words[:1]) in LEAVES else tuple(words[:2])
        if leaf in LEAVES:
            given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            assert given <= spelled(LEAVES[leaf].params) | {"--help"}, code
        else:
            assert any(words[0] == known[0] for known in LEAVES), code


def queries(heading: str) -> list[list[str]]:
    """Rows of the query tables of alerts.md, code marks taken off."""
    body = sections(text_of("alerts.md"))[heading]
    return [[CODE.sub(r"\1", cell) for cell in cells] for cells in list(rows(body))[1:]]


def test_queries_find_what_the_table_says() -> None:
    table = queries("The query language")
    assert len(table) >= 12
    for query, _, found, missed in table:
        for text, wanted in ((found, True), (missed, False)):
            title, body, *file = text.split(" / ")
            files = [FileText("附件", said) for said in file]
            assert parse(query).holds(Folded.of(title, body, files)) is wanted, (query, text)


def test_queries_are_refused_as_the_table_says() -> None:
    table = queries("Queries that are refused")
    assert len(table) >= 8
    for query, message in table:
        with pytest.raises(QuerySyntaxError) as refusal:
            parse(query)
        assert str(refusal.value).startswith(message), query
