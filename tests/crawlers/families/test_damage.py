"""No damage to pages and answers of interfaces makes a family raise, and none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.catalogue.model import Recipe
from crawlers.families import FAMILIES
from crawlers.items import Page
from crawlers.probing import look

HERE = "http://www.qinghe.example/qhx/c104251/index.html?categorynum=003006"
NUMBERED = "http://www.qinghe.example/dataproxy.jsp?page=2&startrecord=61&endrecord=120&perpage=20"
PIECES = (
    "<datastore>",
    "</datastore>",
    "<record>",
    "<![CDATA[",
    "]]>",
    "</record>",
    "<nextgroup>",
    "<totalrecord>9",
    "</totalrecord>",
    "<a href='/1.html' title='标题标题标题'>标题</a>",
    "2026-09-01",
    ".jpage({",
    "perPage:0,",
    "groupSize:3,",
    "ajaxParam:{col:1",
    "})",
    "dataproxy.jsp?page=1",
    "'/TrueCMS/messageController/getMessage.do'",
    "columnId:'1-a'",
    "queryData=\"{'webId':'1','pageId':'2'}\"",
    "<div class='pagination' rows='0' count='x' ",
    "/front/page/build/unit",
    "window._CONFIG={SID:'1',TREE:[{",
    "/gkmlpt/",
    "webBuilderCommon.js",
    "siteInfo={",
    '"siteGuid":"',
    "NFCMS_SITE_ID",
    "'/common/search/'",
    "_isJson",
    "<meta name=channelId content=abcd>",
    '{"articles":[',
    '{"data":{"results":[',
    '{"data":{"html":"',
    '{"custom":{"data":[',
    '{"title":1,"url":[],"x":',
    "cb(",
    ")",
    "}",
    "]",
    ",",
    '"',
    "'",
    "<script>",
    "</script>",
    "null",
    "1e999",
    "\\u0000",
    "&lt;li&gt;",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(FAMILIES), st.booleans())
def test_no_page_and_no_answer_makes_a_family_raise(parts: list[str], family: object, answered: bool) -> None:
    page = Page(NUMBERED if answered else HERE, "".join(parts).encode(), "text/html")
    look(page)
    for params in (
        {},
        {"home": HERE, "channel": "ab", "category": "1", "unit": HERE, "query": {}, "sid": "1"},
    ):
        look(page, Recipe(getattr(family, "NAME", ""), params=dict(params)), 2 if answered else 1)


@pytest.mark.parametrize(
    "piece",
    [
        "<datastore>", "<record>", "<![CDATA[", "<record", "/**/", "<datastore></datastore>", ".jpage({",
        "'/search/", "dataStore:a ", "<div queryData='{", "a(", "<nextgroup>",
    ],
)  # fmt: skip
def test_no_repetition_takes_long(piece: str) -> None:
    body = (piece * (300_000 // len(piece))).encode()
    start = time.process_time()
    look(Page(HERE, body, "text/html"))
    look(Page(NUMBERED, body, "text/html"), Recipe("hanweb"), 2)
    assert time.process_time() - start < 10
