"""Pages of a small column, and everything else that an address may turn out to be."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from tests.support.httpserver import Answer, Routes

HTML = {"Content-Type": "text/html; charset=utf-8"}


def title(number: int) -> str:
    return f"清溪县召开第{number}次环保督察整改推进会议"


SAID = "要压实责任，限期整改，确保按时完成督察反馈问题的整改任务。"


def article(number: int, said: str = SAID) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{title(number)}-清溪县人民政府</title></head>
<body><h1>{title(number)}</h1>
<div class="info">发布时间：2026-11-{number + 1:02} 09:30 来源：清溪县环保局</div>
<div class="content"><p>　　第{number}次会议强调，{said}{said}</p>
<p>　　第{number}次会议的要求，各单位须认真落实。</p></div>
</body></html>"""


def listing(numbers: Sequence[int], *, dates: bool = True, charset: str = "utf-8") -> str:
    rows = "".join(
        f'<li><a href="/art/{number}.html">{title(number)}</a>'
        + (f"<span>2026-11-{number + 1:02}</span></li>" if dates else "</li>")
        for number in numbers
    )
    return (
        f'<html><head><meta charset="{charset}"><title>环保要闻-清溪县人民政府</title></head><body>'
        f'<div class="nav"><a href="/">首页</a></div><ul class="list">{rows}</ul></body></html>'
    )


def page(text: str, **headers: str) -> Answer:
    return Answer(text.encode(), headers=HTML | headers)


def file(body: bytes, content_type: str) -> Answer:
    return Answer(body, headers={"Content-Type": content_type})


def moved(to: str) -> Answer:
    return Answer(b"", 302, {"Location": to})


def column(rows: int = 12) -> dict[str, Answer]:
    """A column at `/list/` and its articles."""
    articles = {f"/art/{number}.html": page(article(number)) for number in range(rows)}
    return {"/list/": page(listing(range(rows))), **articles}


BROKEN = (
    listing(range(12)).replace("</li>", "").replace("</a>", "<b></a><").replace("</body>", "<div <<< <table>")
)

ODD: dict[str, Answer] = {
    "/undated/": page(listing(range(12), dates=False)),
    "/klingon/": Answer(
        listing(range(12), charset="klingon").encode(), headers={"Content-Type": "text/html; charset=klingon"}
    ),
    "/broken/": page(BROKEN),
}
"""Columns that are read all the same."""

BAD: dict[str, Answer] = {
    "/file.pdf": file(b"%PDF-1.4 ...", "application/pdf"),
    "/picture": file(b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png"),
    "/data": file(b'{"rows": []}', "application/json"),
    "/article": page(article(3)),
    "/empty": Answer(b""),
    "/blank": page("<html><body></body></html>"),
    "/giant": Answer(b"<p>x</p>" * (50 << 17), announced=-1),
    "/bomb": Answer(gzip.compress(bytes(64 << 20), 6), headers=HTML | {"Content-Encoding": "gzip"}),
    "/circle": moved("/circle2"),
    "/circle2": moved("/circle"),
    "/gone": Answer(b"", 404),
    "/defect": Answer(b"", 500),
    "/stalled": Answer(stalls=True),
}
"""No columns, and what cannot be had at all. The giant has 50 MB, the bomb 64 MB when unpacked."""


def everything() -> Routes:
    return {**column(), **ODD, **BAD}
