"""A column that is an empty shell: a script of the site asks for its rows, and 下一页 is a script too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence

import pytest

from tests.support.entries import Entry, article
from tests.support.httpserver import Answer, Routes

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

# No call of jQuery, axios or fetch with an address in it: the interface cannot be told from the script.
_APP = """
var at = 0, last = %d;
function show(rows) {
  document.getElementById("list").innerHTML = "<ul>" + rows.map(function (row) {
    return "<li><a href='" + row.u + "'>" + row.t + "</a><span>" + row.d + "</span></li>";
  }).join("") + "</ul>";
  document.querySelector("button").disabled = at === last;
}
function on() {
  at += 1;
  var asked = new XMLHttpRequest(), where = ["/inner", "rows", at].join("/");
  asked.onload = function () { show(JSON.parse(asked.responseText)); };
  asked.open("GET", where + ".json");
  asked.send();
}
document.addEventListener("DOMContentLoaded", on);
"""
_SHELL = """<html><head><meta charset="utf-8"><title>环境要闻</title><script src="/js/app.js"></script>
<script src="//hm.baidu.com/hm.js"></script><link rel="stylesheet" href="/a.css"></head>
<body><img src="/logo.png"><div id="list"></div>
<div class="pager"><button class="btn-next" onclick="on()"><i></i></button></div></body></html>"""
_ARTICLE = (
    '<html><head><meta charset="utf-8"></head><body><div id=app></div><script>%s</script></body></html>'
)


def shell(pages: Sequence[Sequence[Entry]], *, plain: frozenset[int] = frozenset()) -> Routes:
    """Column at `/hjyw/`; articles `/a/N.htm`, filled by a script but for those in `plain`."""
    script = {"Content-Type": "application/javascript"}
    routes: dict[str, Answer] = {
        "/hjyw/": Answer(_SHELL.encode(), headers={"Content-Type": "text/html", "ETag": '"shell"'}),
        "/js/app.js": Answer((_APP % len(pages)).encode(), headers=script),
    }
    for number, entries in enumerate(pages, 1):
        rows = [{"u": f"/a/{one.number}.htm", "t": one.title, "d": str(one.day)} for one in entries]
        answer = Answer(json.dumps(rows).encode(), headers={"Content-Type": "application/json"})
        routes[f"/inner/rows/{number}.json"] = answer
    for one in (one for entries in pages for one in entries):
        text = article(one)
        body = text.partition("<body>")[2].partition("</body>")[0]
        filled = _ARTICLE % f"document.getElementById('app').innerHTML = {json.dumps(body)}"
        routes[f"/a/{one.number}.htm"] = Answer((text if one.number in plain else filled).encode())
    return routes
