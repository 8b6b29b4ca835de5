"""Passages of files, of their names too: what a query is found by is what is shown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import FileText, Passage, parse

NAMED = FileText("2024年处罚名单.xls", "序号\t当事人\n1\t示范化工厂")


@pytest.mark.parametrize("query", ["处罚名单", "file:处罚名单"])
def test_a_keyword_in_the_name_alone_shows_the_name(query: str) -> None:
    asked = parse(query)
    assert asked.matches("公示", "见附件", [NAMED])
    (shown,) = asked.passages("公示", "见附件", 120, files=[NAMED])
    assert shown == Passage("file", 0, NAMED.name, ((5, 9),), file=NAMED.name)


def test_the_text_is_shown_rather_than_the_name() -> None:
    file = FileText("处罚名单.xls", "处罚名单\n示范化工厂")
    (shown,) = parse("处罚名单").passages("公示", "见附件", 120, files=[file])
    assert shown.text == file.text


def test_the_name_is_not_shown_for_what_is_said_before() -> None:
    shown = parse("处罚名单").passages("公示", "见处罚名单", 120, files=[NAMED])
    assert [passage.place for passage in shown] == ["body"]


words = st.text("甲乙丙1,\n", max_size=30)


@given(
    st.sampled_from(["甲", "甲乙", "1", "丙 OR 甲1"]),
    words,
    words,
    st.lists(st.tuples(words, words), max_size=3),
)
def test_whatever_is_found_is_shown(query: str, title: str, body: str, named: list[tuple[str, str]]) -> None:
    files = [FileText(name.replace("\n", ""), text) for name, text in named]
    asked = parse(query)
    assert bool(asked.passages(title, body, 10, files=files)) is asked.matches(title, body, files)


def test_a_keyword_that_stands_everywhere_takes_no_time_and_hides_no_other() -> None:
    text = "1," * 500_000 + "私设暗管"
    started = time.process_time()
    in_body = parse("1 OR 暗管").passages("", text, 120)
    in_file = parse("1 OR 暗管").passages("", "", 120, files=[FileText("a", text)])
    assert time.process_time() - started < 2
    for shown in (in_body, in_file):
        assert shown[0].marks[0] == (0, 1)
        assert shown[-1].text.endswith("暗管")
