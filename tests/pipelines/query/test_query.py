from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import Passage, Term, parse
from tests.support.queries import articles, mixtures, plain

TITLE = "湘潭市通报环境违法案件"
BODY = "日前，Ａ公司因超标排放PM2.5被处罚。\n市生态环境局要求限期整改。"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("湘", True),
        ("案件日前", False),  # title and body are two texts
        ("a公司", True),
        ("pm2.5", True),
        ('"处罚。 市"', False),  # a line feed is no blank
        ('"处罚。\n市"', True),
        ("湘潭 处罚", True),
        ("湘潭 罚款 OR 整改", True),
        ("湘潭 -处罚", False),
        ("NOT 罚款", True),
        ("title:处罚", False),
        ("body:湘潭", False),
        ("title:湘潭 body:整改", True),
        ("環境", False),
    ],
)
def test_a_term_holds_where_its_characters_stand_in_a_row(query: str, found: bool) -> None:
    assert parse(query).matches(TITLE, BODY) is found


def test_an_article_without_title_is_searched_in_its_body() -> None:
    assert parse("整改").matches(None, BODY)
    assert not parse("title:整改").matches(None, BODY)


@given(st.data())
def test_a_query_holds_as_its_parts_say(data: st.DataObject) -> None:
    title, body = data.draw(articles)
    text, holds = data.draw(mixtures([(title, body), ("环保", "处罚ab")]))
    assert parse(text).matches(title, body) is holds(title, body)


def test_terms_are_those_that_speak_for_an_article() -> None:
    assert parse('b OR "c d" -a NOT (e -f) b title:b').terms == (
        Term("b"),
        Term("c d"),
        Term("f"),
        Term("b", "title"),
    )


def test_passages_show_the_keywords_as_the_text_spells_them() -> None:
    title, body = parse("环境违法 OR a公司").passages(TITLE, BODY, 12)
    assert title == Passage("title", 0, TITLE, ((5, 9),))
    assert body == Passage("body", 0, "日前，Ａ公司因超标排放P", ((3, 6),), cut_after=True)


def test_keywords_that_overlap_or_touch_are_one_mark() -> None:
    (passage,) = parse("生态环境 OR 环境局 OR 要求").passages(None, BODY, 80)
    assert [passage.text[start:end] for start, end in passage.marks] == ["生态环境局要求"]


def test_pieces_with_another_keyword_are_shown_first() -> None:
    body = "甲" + "，" * 50 + "甲" + "，" * 50 + "甲" + "，" * 50 + "乙"
    first, second = parse("甲 乙").passages(None, body, 20, limit=2)
    assert (first.text[0], second.text[-1]) == ("甲", "乙")
    assert (first.cut_before, first.cut_after) == (False, True)
    assert (second.cut_before, second.cut_after) == (True, False)


def test_an_article_found_by_what_it_does_not_hold_has_no_passages() -> None:
    assert parse("NOT 罚款").passages(TITLE, BODY, 80) == ()


@given(st.data(), st.integers(1, 30), st.integers(1, 5))
def test_passages_are_pieces_of_the_text_with_whole_keywords(
    data: st.DataObject, width: int, limit: int
) -> None:
    title, body = data.draw(articles)
    query = parse(data.draw(mixtures([(title, body)]))[0])
    terms = {term.text for term in query.terms}
    passages = query.passages(title, body, width, limit)
    if any(term in plain(title) or term in plain(body) for term in terms):
        assert passages
    ends = {"title": 0, "body": 0}
    for passage in passages:
        text = {"title": title, "body": body}[passage.place]
        end = passage.start + len(passage.text)
        assert text[passage.start : end] == passage.text
        assert passage.start >= ends[passage.place]
        ends[passage.place] = end
        longest = max(end - start for start, end in passage.marks)
        assert passage.place == "title" or len(passage.text) <= max(width, longest)
        for start, end in passage.marks:
            assert any(term in plain(passage.text[start:end]) for term in terms)
    assert sum(passage.place == "body" for passage in passages) <= limit
