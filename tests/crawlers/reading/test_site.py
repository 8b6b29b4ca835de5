from __future__ import annotations

import pytest

from crawlers.reading.site import read_site, registrations


@pytest.mark.parametrize(
    ("metas", "text", "code"),
    [
        ({"siteidcode": "5120000001"}, "", "5120000001"),
        ({"siteidcode": "bm56000001"}, "", "bm56000001"),
        ({"siteidcode": "BM56000001"}, "", "bm56000001"),
        ({"siteidcode": "12"}, "网站标识码：3401040018", "3401040018"),
        ({}, "政府网站标识码 <span>4403000026</span>", "4403000026"),
        ({}, "网站标识码：\n\t\t&nbsp;6100000017&nbsp;", "6100000017"),
        ({}, "网站标识码：CA270000000608922730002", None),
        ({}, "网站标识码：待申请", None),
        ({}, "", None),
    ],
)
def test_site_code(metas: dict[str, str], text: str, code: str | None) -> None:
    assert read_site(metas, text, "http://www.example.gov.cn/a").id_code == code


def test_publisher_is_named_by_the_page() -> None:
    site = read_site(
        {"sitename": "示范市人民政府", "sitedomain": "http://www.example.gov.cn/"}, "", "file:///tmp/a.html"
    )
    assert (site.name, site.host) == ("示范市人民政府", "www.example.gov.cn")
    assert read_site({}, "", "https://xw.example.cn:81/a").host == "xw.example.cn"
    assert read_site({}, "", "http://[broken").host == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "蜀ICP备05007000号-1 川公网安备 51200202000010号",
            {"icp": "蜀ICP备05007000号-1", "police": "51200202000010"},
        ),
        ("京 ICP 备 11000399 号", {"icp": "京ICP备11000399号"}),
        ("<a>粤公网安备</a> <b>44010602000929</b>号", {"police": "44010602000929"}),
        ("鄂ICP证:020001-5", {"icp": "鄂ICP证:020001-5"}),
        ("备案号审批中", {}),
    ],
)
def test_registrations(text: str, found: dict[str, str]) -> None:
    assert registrations(text) == found
