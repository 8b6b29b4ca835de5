from __future__ import annotations

import pytest

from crawlers.listing import parse
from crawlers.listing.frames import frames

HERE = "http://www.qinghe.example/xxgk/index.html"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<iframe src="list.html?cat=7" width="100%"></iframe>', ["/xxgk/list.html?cat=7"]),
        ('<iframe data-src="/xxgk/list.html"></iframe>', ["/xxgk/list.html"]),
        ('<iframe src="http://qinghe.example/xxgk/list.html"></iframe>', ["http://qinghe.example/xxgk/list.html"]),
        ('<iframe src="a.html" height="1" onload="grow(this)"></iframe>', ["/xxgk/a.html"]),
        (
            '<iframe src="left.html"></iframe><iframe src="x.html"></iframe>'
            '<iframe name="main" src="y.html"></iframe>',
            ["/xxgk/y.html", "/xxgk/x.html", "/xxgk/left.html"],
        ),
        ("""<script>document.write('<iframe src="w.html" width="100%">');</script>""", ["/xxgk/w.html"]),
        ('<iframe src="a.html" width="0"></iframe>', []),
        ('<iframe src="a.html" height="1"></iframe>', []),
        ('<iframe src="a.html" style="display: none"></iframe>', []),
        ('<iframe src="http://tianqi.example/a.html"></iframe>', []),
        ('<iframe src="about:blank"></iframe><iframe src="index.html"></iframe><iframe></iframe>', []),
    ],
)  # fmt: skip
def test_the_frames_that_may_hold_a_list(markup: str, expected: list[str]) -> None:
    document = parse(f"<html><body><p>公开目录</p>{markup}</body></html>", HERE)
    assert document is not None
    found = [frame.url.removeprefix("http://www.qinghe.example") for frame in frames(document)]
    assert found == expected


def test_a_frameset_shows_its_main_frame_first() -> None:
    document = parse(
        '<html><frameset cols="200,*"><frame src="menu.htm" name="leftFrame">'
        '<frame src="list.htm" name="main"></frameset></html>',
        HERE,
    )
    assert document is not None
    assert [frame.url.rpartition("/")[2] for frame in frames(document)] == ["list.htm", "menu.htm"]
