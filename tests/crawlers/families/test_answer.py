"""The answer of an interface as the column itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from crawlers.items import Page
from crawlers.probing import probe
from tests.support.dictsite import Body, Site, walked
from tests.support.entries import Entry, article, entries, pages_of, rows_of

HOST = "http://www.qinghe.example"
ALL = entries(22)
SHOWN = pages_of(ALL, 8)


def address(entry: Entry) -> str:
    return f"/c104512/{entry.day:%Y%m}/{entry.number:032x}.shtml"


def answer(shown: Sequence[Entry], **told: int) -> str:
    rows = [
        {"title": one.title, "url": address(one), "publishedTimeStr": f"{one.day} 08:00:00"} for one in shown
    ]
    return json.dumps({"code": 0, "data": {**told, "results": rows}}, ensure_ascii=False)


@pytest.mark.parametrize("told", [{"total": 22}, {"pages": 3}, {}])
def test_the_number_in_the_address_is_counted_on(told: dict[str, int]) -> None:
    pages: dict[str, Body] = {
        f"/search/8a9c?_isJson=true&page={number}": answer(shown, **told)
        for number, shown in enumerate(SHOWN, 1)
    }
    articles: dict[str, Body] = {address(entry): article(entry) for entry in ALL}
    found = walked(Site(HOST, {**pages, **articles}), "/search/8a9c?_isJson=true&page=1")
    assert found == rows_of(ALL, address, HOST)


@pytest.mark.parametrize("body", ['{"code": 0, "data": []}', '{"title": "x", "url": "/1.html"}', "[1, 2, 3]"])
def test_other_data_is_no_column(body: str) -> None:
    assert probe(Page(f"{HOST}/api?page=1", body.encode(), "application/json")).rows == ()
