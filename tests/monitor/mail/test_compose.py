"""The mail as its reader gets it: real messages, parsed back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, cast

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from sqlite_utils import Database

from crawlers.china import CHINA
from crawlers.items import Pollution
from monitor.mail.compose import SUBJECT_LENGTH, compose, subject
from pipelines.store import outbox
from pipelines.store.database import open_store
from pipelines.store.outbox import DueMail
from tests.support.rows import NOON, add_article, add_mail

FROM = "govwatch <watch@example.org>"

MAIL = DueMail(
    id=7,
    message_id="<0123456789abcdef@govwatch>",
    recipient="reader@example.org",
    attempts=0,
    next_attempt_at=NOON,
    created_at=NOON,
    subscription="饮水安全",
    query="水质 AND 达标",
    locale="zh",
    url="https://www.example.gov.cn/art/2026/11/21/art_1_2.html?a=1&b=2",
    title="清溪县第三季度水质公报",
    body="第三季度，全县集中式饮用水水源地水质全部达标。",
    source="清溪县生态环境局",
    site="清溪县人民政府",
    host="www.example.gov.cn",
    region="湖南省清溪县",
    published=datetime(2026, 11, 21, 9, 30, tzinfo=CHINA),
    first_seen=NOON,
    version=1,
    pollution=Pollution(),
    copy_of=None,
)


def delivered(**changes: Any) -> EmailMessage:
    """The mail as it comes out of the wire."""
    message = compose(attrs.evolve(MAIL, **changes), FROM)
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return str(cast(EmailMessage, body).get_content())


def text(message: EmailMessage) -> str:
    said = part(message, "plain")
    assert "\n" not in said.replace("\r\n", "")  # RFC 2046, 4.1.1: also inside base64
    return said.replace("\r\n", "\n")


def page(message: EmailMessage) -> html.HtmlElement:
    return html.document_fromstring(part(message, "html"))


def test_headers() -> None:
    message = delivered()
    assert message["Subject"] == "[饮水安全] 清溪县第三季度水质公报"
    assert message["From"] == FROM
    assert message["To"] == "reader@example.org"
    assert message["Message-ID"] == "<0123456789abcdef@govwatch>"
    assert message["Date"].datetime == NOON
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Govwatch-Subscription"] == "饮水安全"
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_text_tells_everything() -> None:
    assert text(delivered()) == (
        "清溪县第三季度【水质】公报\n"
        "\n"
        "来源：清溪县生态环境局\n"
        "网站：清溪县人民政府（www.example.gov.cn）\n"
        "时间：2026年11月21日 09:30（北京时间）\n"
        "地区：湖南省清溪县\n"
        "链接：https://www.example.gov.cn/art/2026/11/21/art_1_2.html?a=1&b=2\n"
        "\n"
        "第三季度，全县集中式饮用水水源地【水质】全部【达标】。\n"
        "\n"
        "-- \n"
        "收到此邮件，是因为这篇文章命中了订阅“饮水安全”。\n"
        "检索式：水质 AND 达标\n"
        "govwatch 自动发送\n"
    )


def test_the_page_tells_everything() -> None:
    tree = page(delivered())
    assert tree.xpath("string(//h1)") == MAIL.title
    assert tree.xpath("//blockquote//mark/text()") == ["水质", "达标"]
    assert tree.xpath("//h1//mark/text()") == ["水质"]
    assert tree.xpath("//tr/td[2]/text()") == [
        "清溪县生态环境局",
        "清溪县人民政府（www.example.gov.cn）",
        "2026年11月21日 09:30（北京时间）",
        "湖南省清溪县",
    ]
    assert set(tree.xpath("//a/@href")) == {MAIL.url}
    said = tree.text_content()
    assert "“饮水安全”" in said
    assert "水质 AND 达标" in said
    assert tree.get("lang") == "zh-CN"


def test_english_readers_are_told_in_english() -> None:
    message = delivered(locale="en", title=None, published=datetime(2026, 1, 2, tzinfo=CHINA))
    assert message["Subject"] == "[饮水安全] (no title)"
    said = text(message)
    assert "Site: 清溪县人民政府 (www.example.gov.cn)\nTime: 2026-01-02\nRegion: " in said
    assert "because the article matches the subscription “饮水安全”" in said
    assert page(message).get("lang") == "en"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (datetime(2026, 1, 2, tzinfo=CHINA), "时间：2026年1月2日\n"),
        (datetime(2026, 1, 2, 0, 1, tzinfo=CHINA), "时间：2026年1月2日 00:01（北京时间）\n"),
        (datetime.fromisoformat("2026-01-01T20:05:00+00:00"), "时间：2026年1月2日 04:05（北京时间）\n"),
        (None, "时间：页面未注明；govwatch 首次看到：2026年11月22日 12:00（北京时间）\n"),
    ],
)
def test_times_are_china_time_and_only_the_day_at_midnight(published: datetime | None, shown: str) -> None:
    assert shown in text(delivered(published=published))


def test_what_is_absent_has_no_line() -> None:
    said = text(delivered(source=None, site=None, region=None, title=None))
    assert said.startswith("（无标题）\n\n网站：www.example.gov.cn\n时间：")
    assert "None" not in said
    assert "来源" not in said
    assert "地区" not in said


@pytest.mark.parametrize(
    ("pollution", "locale", "shown"),
    [
        (
            Pollution("pinyin", pinyin=12, unresolved=1),
            "zh",
            "已经还原（去掉夹杂的拼音 12 处，未能修复 1 处）",
        ),
        (Pollution("traditional"), "zh", "已经还原（繁体字改回简体字）"),
        (Pollution("bytes", repaired_bytes=3), "en", "has been restored (damaged places repaired: 3)"),
        (Pollution("homophones"), "zh", "被改写的副本（有字被换成同音字）：文字与原文不符，也无法还原"),
        (Pollution("mirror"), "zh", "属于复制他人网页的镜像站群"),
        (Pollution("synonyms"), "en", "a falsified copy (synonyms in the place of words)"),
    ],
)
def test_a_repaired_copy_says_so(pollution: Pollution, locale: str, shown: str) -> None:
    message = delivered(pollution=pollution, locale=locale)
    assert shown in text(message)
    assert shown in page(message).text_content()


def test_a_clean_first_article_has_no_note() -> None:
    assert "*" not in text(delivered())
    assert "还原" not in page(delivered()).text_content()


def test_a_copy_names_the_first_and_a_later_version_its_number() -> None:
    message = delivered(copy_of="https://first.example.gov.cn/1.html", version=3)
    assert "* 同样的文字最早见于：https://first.example.gov.cn/1.html\n" in text(message)
    assert "* 文章发布后有改动：改动后的第 3 版才命中。\n" in text(message)
    assert "https://first.example.gov.cn/1.html" in page(message).xpath("//a/@href")


def test_markup_in_an_article_is_text() -> None:
    message = delivered(
        title='<script>alert("1")</script> & 水质',
        body='<img src="http://evil.example/x.png"> 水质 </blockquote>',
        subscription="<b>饮水</b>",
        query='"</p>" OR 水质',
        url='https://www.example.gov.cn/?q="><script>',
    )
    tree = page(message)
    assert tree.xpath("//script | //img | //b") == []
    assert tree.xpath("string(//h1)") == '<script>alert("1")</script> & 水质'
    assert tree.xpath("//a/@href")[0] == 'https://www.example.gov.cn/?q="><script>'
    assert '<script>alert("1")</script> & 【水质】' in text(message)


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    tree = page(delivered(url="javascript:alert(1)", copy_of="data:text/html,x"))
    assert tree.xpath("//a") == []
    assert "javascript:alert(1)" in tree.text_content()


def test_a_mail_fetches_nothing_from_elsewhere() -> None:
    source = part(delivered(), "html")
    tree = html.document_fromstring(source)
    assert tree.xpath("//*[@src] | //link | //script | //style") == []
    assert "url(" not in source
    assert tree.xpath("//meta[@name='viewport']")


def test_line_breaks_and_length_of_a_subject() -> None:
    assert subject(attrs.evolve(MAIL, title="水质\r\nBcc: all@example.org")) == (
        "[饮水安全] 水质 Bcc: all@example.org"
    )
    long = subject(attrs.evolve(MAIL, title="长" * 500))
    assert len(long) == SUBJECT_LENGTH
    assert long.endswith("…")
    assert delivered(title="长" * 500)["Subject"] == long


def test_the_same_mail_is_the_same_to_the_last_byte() -> None:
    assert compose(MAIL, FROM).as_bytes() == compose(MAIL, FROM).as_bytes()


LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(title=LINES, body=LINES, name=LINES, locale=st.sampled_from(["zh", "en"]))
def test_any_text_makes_a_well_formed_mail(
    title: str, body: str, name: str, locale: Literal["zh", "en"]
) -> None:
    mail = attrs.evolve(MAIL, title=title, body=body, subscription=name, locale=locale)
    raw = compose(mail, FROM).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    message = message_from_bytes(raw, policy=policy.default)
    assert message.defects == []
    etree.fromstring(part(message, "html").encode())  # well-formed even by XML's rules
    assert message["Message-ID"] == MAIL.message_id


# A title that holds an encoded word of its own is decoded once too often by every reader: left out.
CHINESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from(list(" 0123456789abcXYZ，。、：；！？（）《》“”…—·①[]()<>@,;:\\\".-_/%&#+*'𠮷😀")),
    ),
    max_size=150,
)


@given(title=CHINESE)
def test_any_headline_comes_back_from_the_subject(title: str) -> None:
    mail = attrs.evolve(MAIL, title=title)
    raw = compose(mail, FROM).as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Subject"] == subject(mail)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_store(tmp_path / "govwatch.db")
    yield opened
    opened.close()


def test_a_row_of_the_outbox_becomes_a_mail(db: Database) -> None:
    first = add_article(db, url="https://first.example.gov.cn/1.html")
    found = {"kind": "pinyin", "pinyin": 2, "repaired_bytes": 0, "unresolved": 0}
    add_mail(db, "reader@example.org", pollution=json.dumps(found), copy_of=first)
    (mail,) = outbox.claim(db, NOON, "mine", 60, 1)
    said = text(compose(mail, FROM))
    for expected in ("第三季度【水质】公报", "拼音 2 处", "最早见于：https://first", "湖南省清溪县"):
        assert expected in said
