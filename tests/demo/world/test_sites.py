"""Every page has the bytes, the charset and the markup that its kind of site is known for."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from lxml import html

from demo.world import CHINA, World
from demo.world.files import xls

Get = Callable[..., Any]
parsed: Callable[[str], Any] = html.fromstring

SITES = ("qingchuan", "yunze", "industry", "citygov", "luzhou", "lanping", "mirror")


def page(world: World, get: Get, key: str) -> str:
    column = next(c for c in world.sites if c.key == key.split("/")[0])
    url = world.expected[key].url if "/" in key else column.url
    answer = get(url)
    assert answer.status == 200
    return str(answer.body.decode(column.charset))


def test_seven_sites_each_with_its_own_address(world: World) -> None:
    assert tuple(column.key for column in world.sites) == SITES
    assert len(set(world.bases.values())) == 7
    assert all(base.startswith("http://127.0.0.1:") for base in world.bases.values())


@pytest.mark.parametrize("step", [None, "recovery"])
def test_every_article_says_all_that_is_expected_of_it(world: World, get: Get, step: str | None) -> None:
    if step:
        world.advance_to(step)
    for key, truth in world.expected.items():
        answer = get(truth.url)
        assert answer.status == (200 if truth.visible else 404), key
        if not truth.visible:
            continue
        text = " ".join(parsed(page(world, get, key)).text_content().split())
        for part in (truth.displayed.title, *truth.displayed.paragraphs):
            assert " ".join(part.split()) in text, key
        if truth.author and not truth.polluted:
            assert re.search("(作者：|记者 )", text)
            assert all(name in text for name in truth.author.split())
        if truth.source and not truth.polluted:
            assert truth.source in text


def test_every_file_is_real_and_linked(world: World, get: Get) -> None:
    world.advance_to("recovery")
    kinds = set()
    for truth in world.expected.values():
        for url, name in truth.attachments:
            kinds.add(name.rpartition(".")[2])
            answer = get(url)
            magic = {
                "pdf": (b"%PDF-", "application/pdf"),
                "xls": (b"\x09\x00\x04\x00", "application/vnd.ms-excel"),
            }
            start, kind = magic[name.rpartition(".")[2]]
            assert answer.body.startswith(start)
            assert answer.headers["content-type"] == kind
            links = links_of(world, get, truth.key)
            assert links[url] == name
        for url in truth.images:
            answer = get(url)
            assert answer.headers["content-type"] == "image/png"
            assert decoded_png_size(answer.body) == (16, 9)
    assert kinds == {"pdf", "xls"}


def links_of(world: World, get: Get, key: str) -> dict[str, str]:
    tree = parsed(page(world, get, key))
    tree.make_links_absolute(world.expected[key].url)
    return {a.get("href"): a.text_content() for a in tree.iter("a")}


def decoded_png_size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    start = data.index(b"IDAT") + 4
    pixels = zlib.decompress(data[start : data.index(b"IEND") - 8])
    assert len(pixels) == size[1] * (1 + 3 * size[0])
    return size


def test_tables_hold_their_cells() -> None:
    cells = re.findall(rb"\x04\x00..(.{4})....(.)", xls((("序号", "名称"),)), re.S)
    assert len(cells) == 2
    assert "名称".encode("gbk") in xls((("序号", "名称"),))


def test_pages_of_the_column_hold_every_article_once(world: World, get: Get) -> None:
    world.advance_to("recovery")
    following = {
        "yunze": [f"/xwzx/hjsh/index_{n}.html" for n in (1, 2)],
        "citygov": [f"/yzsrmzf/c100871/index_{n}.html" for n in (2, 3)],
        "qingchuan": [f"/channel/7301_{n}.html" for n in (2, 3)],
        "industry": [f"/qyjj/list_12_{n}.html" for n in (2, 3)],
        "luzhou": [f"/xwzx/hbyw/index_{n}.html" for n in (2, 3)],
        "lanping": [f"/news/list.asp?page={n}&id=12" for n in (2, 3)],
        "mirror": ["/list-2.html"],
    }
    for column in world.sites:
        found: list[str] = []
        wanted = [e.url for e in world.expected.values() if e.site == column.key]
        later = [world.bases[column.host] + path for path in following[column.key]]
        for url in (column.url, *later):
            answer = get(url)
            assert answer.status == 200, url
            tree = parsed(answer.body.decode(column.charset))
            tree.make_links_absolute(url)
            rows = tree.cssselect(
                "ul.news_list, ul.gl_list, dl.dc-item dt, ul.u-list, table.lb, table.list, .list ul"
            )
            found += [a.get("href") for row in rows for a in row.iter("a")]
        assert sorted(found) == sorted(wanted), column.key
        assert len(later) >= 1
        beyond = re.sub(r"(\d)(?=\D*$)", lambda m: str(int(m[1]) + 7), later[-1].replace("&id=12", ""))
        assert get(beyond).status == 404


@pytest.mark.parametrize(
    ("site", "marks"),
    [
        (
            "qingchuan/plenary",
            [
                "（一审：陶敏 二审：郭星河 三审：成亚雨）",
                "责编：郭星河",
                "来源：清川新闻网",
                "相关阅读",
                "下载APP",
            ],
        ),
        ("yunze", ['createPageHTML(3, 0, "index", "html");', "charset=gb2312"]),
        (
            "yunze/campaign",
            [
                "来源：云泽新闻网&nbsp;&nbsp;作者：刘其然&nbsp;&nbsp;2026-09-11 19:37",
                "<div class=TRS_Editor>",
            ],
        ),
        ("industry", ["下一页", "..."]),
        ("industry/reprint-wetland", ["转自：芦洲区融媒体中心", "【版权及免责声明】", "时间：2026-09-12"]),
        ("citygov", ["createPageHTML('page_div', 3, 1, 'index', 'html'", 'name="ColumnType"']),
        (
            "citygov/sources",
            [
                '<meta name="ArticleTitle" content="云泽市人民政府办公室关于印发',
                '<meta name="PubDate" content="2026-09-12 14:30"/>',
                '<meta name="ContentSource" content="市政府办公室"/>',
                '<meta name="SiteIDCode" content="4397000001"/>',
                "浏览量：",
                "网站标识码：4397000001",
                "湘ICP备",
                'id="UCAP-CONTENT"',
            ],
        ),
        ("lanping", ["charset=gb2312", "下一页", "点击排行"]),
        ("lanping/spring", ["charset=gb2312", "㴔口村", "汤镕", "二〇一五年", "发布日期：2026年9月12日"]),
        ("mirror/plenary", ["主站蜘蛛池模板", "生態(tài)環(huán)境保護(hù)"]),
    ],
)
def test_marks_of_each_kind(world: World, get: Get, site: str, marks: list[str]) -> None:
    world.advance_to("recovery")
    text = page(world, get, site)
    for mark in marks:
        assert mark in text


def test_charset_lies_are_real(world: World, get: Get) -> None:
    world.advance_to("recovery")
    spring = get(world.expected["lanping/spring"].url)
    assert spring.headers["content-type"] == "text/html; charset=gb2312"
    for narrower in ("gb2312", "gbk", "utf-8"):
        with pytest.raises(UnicodeDecodeError):
            spring.body.decode(narrower)
    river = get(world.expected["yunze/river"].url)
    assert "charset" not in river.headers["content-type"]
    with pytest.raises(UnicodeDecodeError):
        river.body.decode("gb2312")
    undeclared = get(world.expected["luzhou/wetland"].url)
    assert "charset" not in undeclared.headers["content-type"]
    assert b"charset" not in undeclared.body


def test_district_page_tells_no_date_in_its_text(world: World, get: Get) -> None:
    truths = [e for e in world.expected.values() if e.site == "luzhou" and e.visible]
    with_meta = 0
    for truth in truths:
        text = page(world, get, truth.key)
        with_meta += truth.precision == "minute"
        assert ("PubDate" in text) == (truth.precision == "minute")
        visible = parsed(text).find("body").text_content()
        assert not re.search(r"20\d\d[-/.年]", visible)
        assert f"/{truth.published:%Y/%m-%d}/" in truth.url
    assert 0 < with_meta < len(truths)


def test_industry_list_cuts_titles_and_keeps_them_in_the_attribute(world: World, get: Get) -> None:
    tree = parsed(page(world, get, "industry"))
    rows = tree.cssselect("dl.dc-item dt a")
    assert any(a.text.endswith("...") for a in rows)
    titles = {e.title for e in world.expected.values() if e.site == "industry"}
    assert {a.get("title") for a in rows} <= titles


def test_published_is_what_the_page_can_tell(world: World) -> None:
    truths = world.expected
    assert truths["qingchuan/chimney"].published == datetime(2026, 9, 10, 17, 42, 8, tzinfo=CHINA)
    assert truths["yunze/river"].published == datetime(2026, 9, 9, 8, 55, tzinfo=CHINA)
    assert truths["lanping/coal"].published == datetime(2026, 9, 10, tzinfo=CHINA)
    assert truths["mirror/campaign"].published == truths["yunze/campaign"].published


def test_the_same_now_makes_the_same_bytes(world: World, get: Get) -> None:
    with World(world.now) as again:
        for one, other in zip(world.sites, again.sites, strict=True):
            if one.key != "qingchuan":  # its footer names the other sites' ports
                assert get(one.url).body == get(other.url).body
        assert [e.title for e in again.expected.values()] == [e.title for e in world.expected.values()]
