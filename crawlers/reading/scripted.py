"""What scripts would put on a page, as far as that can be read without running them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from crawlers.reading.data import Told, says_something
from crawlers.reading.markup import fold_space, parse

_SCRIPT = re.compile(
    r"<(?i:script)\b[^>]{0,300}>(?P<code>[^<]{0,2000}(?:<(?!/(?i:script))[^<]{0,2000}){0,20})</(?i:script)>"
)
_WRITE = re.compile(
    r"document\s*\.\s*write(?:ln)?\s*\(\s*(?:(?P<quote>['\"])(?P<text>[^'\"<>{}]{0,60})(?P=quote)|(?P<name>[A-Za-z_]\w{0,30})"
    r"(?:\s*\.\s*substr(?:ing)?\(\s*0\s*,\s*(?P<cut>\d{1,2})\s*\))?)\s*\)"
)
_EITHER = re.compile(
    r"if\s*\(\s*(?P<name>[A-Za-z_]\w{0,30})\s*(?P<sign>[=!]={1,2})\s*(?:''|\"\")\s*\)\s*\{(?P<then>[^{}]{0,300})\}"
    r"\s*else\s*\{(?P<other>[^{}]{0,300})\}"
)
_VARIABLE = r"{0}(?<!\w{0})\s*=\s*(['\"])([^'\"<>{{}}]{{0,80}})\1\s*[;,\n]"
"""What gives a text to a variable. Its name comes first, as a pattern that begins with plain letters is found
many times faster."""

_WECHAT_PAGE = "activity-detail"
_WECHAT = (
    ("wechat:published", re.compile(r"\bcreateTime\s*=\s*['\"]([\d\-: ]{8,19})['\"]")),
    ("wechat:time", re.compile(r"\bct\s*=\s*['\"](\d{10})['\"]")),
    ("wechat:account", re.compile(r"\bnickname\s*=\s*(?:htmlDecode\()?['\"]([^'\"<>]{1,40})['\"]")),
)


def written(text: str) -> str:
    """The page with what its small scripts write in their place: a source, a date (`document.write("…")`).

    Of two branches the one is taken that an empty variable decides for, else the first that writes something;
    a variable stands for the text that it is given anywhere on the page.
    """
    return _SCRIPT.sub(lambda script: _output(script["code"], text) or script[0], text)


def _output(code: str, text: str) -> str:
    if "document" not in code or "write" not in code:
        return ""
    if choice := _EITHER.search(code):
        empty = not _value_of(choice["name"], text)
        code = choice["then"] if empty == choice["sign"].startswith("=") else choice["other"]
    for call in _WRITE.finditer(code):
        said = call["text"] if call["name"] is None else _value_of(call["name"], text)
        said = (said or "").strip()
        if said and said != "null":
            return html.escape(said[: int(call["cut"])] if call["cut"] else said)
    return ""


def _value_of(name: str, text: str) -> str | None:
    values = re.finditer(_VARIABLE.format(re.escape(name)), text)
    return next((value[2] for value in values if value[2].strip()), None)


def declared(root: etree._Element, scripts: Sequence[etree._Element]) -> dict[str, str]:
    """What the page's data for search engines and WeChat's own pages say, under names of metas."""
    found: dict[str, str] = {}
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower():
            for name, value in _linked_data(script.text or ""):
                found.setdefault(name, value)
    text = "\n".join([script.text or "" for script in scripts])
    if ("nickname" in text and "createTime" in text) or "msg_title" in text:
        for name, shape in _WECHAT:
            if (said := shape.search(text)) and said[1].strip():
                found.setdefault(name, html.unescape(said[1]).strip())
    if account := _account(root):
        found.setdefault("wechat:account", account)
    return found


def _account(root: etree._Element) -> str:
    """The account that a page of WeChat is of, where it names it; else ""."""
    body = root.find("body")
    if body is None or body.get("id") != _WECHAT_PAGE:
        return ""
    named = (body.find(f".//*[@id='{name}']") for name in ("js_name", "post-user"))
    texts = (fold_space("".join(map(str, each.itertext()))) for each in named if each is not None)
    return next(filter(None, texts), "")


def _linked_data(block: str) -> Iterator[tuple[str, str]]:
    """`ld:published`, `ld:title`, `ld:author`, `ld:publisher` of one JSON-LD script (schema.org, Baidu)."""
    try:
        loaded = json.loads(block.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for entry in loaded if isinstance(loaded, list) else [loaded]:
        if not isinstance(entry, dict):
            continue
        for wanted, names in (
            ("ld:published", ("datePublished", "pubDate")),
            ("ld:title", ("headline", "title")),
            ("ld:author", ("author",)),
            ("ld:publisher", ("publisher",)),
        ):
            said = next((text for name in names if (text := _as_text(entry.get(name)))), None)
            if said:
                yield wanted, said


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(filter(None, map(_as_text, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split())[:300] if isinstance(value, str) else ""


def unfold(root: etree._Element, told: Told | None) -> bool:
    """Puts into the tree what waits elsewhere for a script: in `<noscript>`, `<textarea>`, its data (`told`).

    True where there was anything with a sentence in it.
    """
    found = False
    for element in [*root.iter("noscript"), *root.iter("textarea")]:
        inner = "".join(map(str, element.itertext()))
        if len(element):
            found |= says_something(inner)
        elif says_something(inner) and (part := _parsed(inner)) is not None:
            element.text = None
            element.append(part)
            found = True
        else:
            continue
        element.tag = "div"
        element.attrib.clear()
    body = root.find("body")
    if body is not None and told is not None and (part := _parsed(told.markup)) is not None:
        body.append(part)
        found = True
    return found


def _parsed(markup: str) -> etree._Element | None:
    if "&lt;" in markup and "<p" not in markup:
        markup = html.unescape(markup)
    part = parse(f"<div id='zoom'>{markup}</div>")
    return None if part is None else part.find(".//div")
