"""ASP.NET pagers: `__doPostBack('AspNetPager1','2')` sends the page's own form back with the number."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from lxml.html import HtmlElement

from crawlers.items import NextPage
from crawlers.listing.document import Document
from crawlers.listing.links import squeeze

_CALL = re.compile(r"""__doPostBack\(\s*(?:'|&#39;|")([^'"&]+)(?:'|&#39;|")\s*,\s*(?:'|&#39;|")([^'"&]*)""")
_NEXT = re.compile(r"\W*(?:下一?页|next)\W*", re.IGNORECASE)


def postback(document: Document, number: int) -> NextPage | None:
    """The request for page `number + 1`: by the link that says 下一页, else by that number."""
    calls = [(node, call) for node in document.nodes if node.tag == "a" and (call := _called(node))]
    for wanted in (_NEXT, re.compile(rf"\[?{number + 1}\]?")):
        for node, (target, argument) in calls:
            if wanted.fullmatch(squeeze("".join(node.itertext()))) and "disabled" not in node.attrib:
                return _sent(document, node, target, argument)
    return None


def _called(node: HtmlElement) -> tuple[str, str] | None:
    call = _CALL.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
    return (call[1], call[2]) if call else None


def _sent(document: Document, node: HtmlElement, target: str, argument: str) -> NextPage | None:
    form = next(node.iterancestors("form"), None)
    url = document.resolve(form.get("action") or document.url) if form is not None else None
    if form is None or url is None:
        return None
    fields = {
        str(field.get("name")): field.get("value") or ""
        for field in form.iter("input")
        if field.get("name") and (field.get("type") or "").lower() == "hidden"
    }
    body = urlencode({**fields, "__EVENTTARGET": target, "__EVENTARGUMENT": argument})
    return NextPage(url, "POST", body, referrer=document.url)
