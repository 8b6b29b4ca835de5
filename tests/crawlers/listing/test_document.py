from __future__ import annotations

import pytest

from crawlers.listing import absolute, parse

HERE = "http://www.qinghe.example/zwgk/tzgg/index.html"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./202609/t1.html", "http://www.qinghe.example/zwgk/tzgg/202609/t1.html"),
        ("../../info/1043/9.htm", "http://www.qinghe.example/info/1043/9.htm"),
        ("/a/../../b.html", "http://www.qinghe.example/b.html"),
        ("http://www.qinghe.example/../x.html", "http://www.qinghe.example/x.html"),
        ("//other.example/x", "http://other.example/x"),
        ("http://www.qinghe.example./202609/t1.html", "http://www.qinghe.example/202609/t1.html"),
        (" /a\n/b.html#top ", "http://www.qinghe.example/a/b.html"),
        ("/#/detail/12", "http://www.qinghe.example/#/detail/12"),
        ("\\art\\1.html", "http://www.qinghe.example/art/1.html"),
        ("?page=2", "http://www.qinghe.example/zwgk/tzgg/index.html?page=2"),
        ("/jump.do?url=http%3A%2F%2Fother.example%2Fa.html", "http://other.example/a.html"),
        ("/news.do?url=http%3A%2F%2Fother.example%2Fa.html",
         "http://www.qinghe.example/news.do?url=http%3A%2F%2Fother.example%2Fa.html"),
        ("mailto:a@b.example", None),
        ("<?=el.link?>", None),
        ("/art/{{id}}.html", None),
        ("${item.url}", None),
        ("javascript:void(0)", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_absolute(address: str | None, expected: str | None) -> None:
    assert absolute(HERE, address) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/cms/">', "http://www.qinghe.example/cms/a.html"),
        ('<base href="http://qinghe.example/cms/">', "http://qinghe.example/cms/a.html"),
        ('<base href="http://10.0.0.5:8080/cms/">', "http://www.qinghe.example/zwgk/tzgg/a.html"),
        ("<base target=_blank>", "http://www.qinghe.example/zwgk/tzgg/a.html"),
    ],
)
def test_a_base_counts_when_it_names_the_host_that_answered(base: str, expected: str) -> None:
    document = parse(f"<html><head>{base}</head><body><a href='a.html'>x</a></body></html>", HERE)
    assert document is not None
    assert document.resolve("a.html") == expected


@pytest.mark.parametrize(
    "link",
    [
        """<a href="#" onclick="window.open('/n/1.html','_blank');return false;">x</a>""",
        """<a href="javascript:openUrl('/n/1.html')">x</a>""",
        """<a href="javascript:;" onclick='location.href="../../n/1.html"'>x</a>""",
    ],
)
def test_an_address_inside_a_script_is_followed(link: str) -> None:
    document = parse(link, HERE)
    assert document is not None
    (node,) = document.tree.iter("a")
    assert document.target(node) == "http://www.qinghe.example/n/1.html"


@pytest.mark.parametrize("text", ["", "  \n", "\0", "<?xml version='1.0' encoding='gb2312'?>"])
def test_nothing_to_parse(text: str) -> None:
    assert parse(text, HERE) is None
