"""What a mail shows of an article's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.mail.excerpt import PASSAGE_WIDTH, Run, excerpt, printable
from pipelines.query import FileText


def marked(runs: tuple[Run, ...]) -> str:
    return "".join(f"【{run.text}】" if run.marked else run.text for run in runs)


@pytest.mark.parametrize(
    ("query", "title", "body", "shown_title", "passages"),
    [
        ("水质", "水质公报", "全县水质达标。", "【水质】公报", ["全县【水质】达标。"]),
        ("公报", "水质公报", "全县达标。", "水质【公报】", ["全县达标。"]),
        ("水质", "公报", "水质好，水质优。", "公报", ["【水质】好，【水质】优。"]),
        ("水质 NOT 达标", "公报", "水质达标。", "公报", ["【水质】达标。"]),
        ("ＰＭ2.5", "pm2.5 周报", "无", "【pm2.5】 周报", ["无"]),
        ("水质", "", "水质", "", ["【水质】"]),
        ("水质", "水质", "", "【水质】", []),
        ("水质", "水质", " \n", "【水质】", []),
        ("已经改掉的词", "公报", "全文", "公报", ["全文"]),
        ("((水质", "公报", "水质", "公报", ["水质"]),
    ],
)
def test_keywords_are_marked(
    query: str, title: str, body: str, shown_title: str, passages: list[str]
) -> None:
    shown = excerpt(query, title, body)
    assert marked(shown.title) == shown_title
    assert [marked(passage) for passage in shown.passages] == passages


def test_what_is_left_out_is_marked_by_dots() -> None:
    body = "甲" * 500 + "水质" + "乙" * 500
    (passage,) = excerpt("水质", "公报", body).passages
    text = marked(passage)
    assert text.startswith("…甲")
    assert text.endswith("乙…")
    assert "【水质】" in text
    assert len(text) <= PASSAGE_WIDTH + len("【】……")


def test_a_long_text_without_the_keyword_is_shown_by_its_beginning() -> None:
    ((run,),) = excerpt("公报", "公报", "甲" * 500).passages
    assert run == Run("甲" * PASSAGE_WIDTH + "…", False)


@given(st.text(max_size=50), st.text(max_size=400), st.sampled_from(["水质", "a OR b", "水质 NOT 水"]))
def test_only_words_of_the_article_are_shown(title: str, body: str, query: str) -> None:
    shown = excerpt(query, title, body)
    assert "".join(run.text for run in shown.title) == printable(title)
    for passage in shown.passages:
        assert "".join(run.text for run in passage).strip("…").strip() in printable(body)


@pytest.mark.parametrize(
    ("title", "names"), [("水质公报", []), ("通报", ["a.pdf", "b.pdf"])], ids=["of the title", "of a file"]
)
def test_files_are_shown_only_where_they_are_what_is_asked_for(title: str, names: list[str]) -> None:
    """A repeated mail about a file shows a second one that was read in between."""
    read = [FileText("a.pdf", "水质达标。"), FileText("b.pdf", "处以罚款。")]
    shown = excerpt("水质 OR 罚款", title, "全文", read)
    assert [name for name, _ in shown.files] == names
    assert [name for name, _ in excerpt("水质 OR 罚款", title, "全文", read[:1]).files] == names[:1]
