"""What a response's bytes betray: a challenge, a wall, a login, a closed site, an empty shell. Pure.

Observed on Chinese government sites and their protections; each marker names where it comes from.
A page that says much is a page, whatever scripts it carries: sites behind 瑞数 keep its script on
the pages they do serve. So the markers count only where little text is shown.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.hijack import hijacked
from crawlers.items import Page

SNIFF = 128 * 1024
"""Bytes looked at; a longer page is no shell."""
SHORT = 300
"""Characters of visible text up to which a page can be a challenge or a notice."""
NOTICE = 120
"""Characters of visible text that a notice ("this site is closed") has at most; an article may quote one."""
STUB = 10
"""Characters of visible text up to which a page without links, pictures and frames is a shell."""

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"Rar!", "a RAR file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
)
_BINARY_TYPE = re.compile(
    r"(?i)(image|audio|video|font)/|application/(pdf|zip|gzip|octet-stream|msword|vnd\.|x-(rar|7z|tar|gzip|zip))"
)
_STRUCTURED_TYPE = re.compile(
    r"(?i)application/(.*\+)?(json|xml|javascript)|text/(plain|xml|javascript|css|csv)"
)

_CHALLENGES = (
    (re.compile(r"\$_ts\s*=\s*window\[|\$_ts\.cd|<meta[^<>]*\br=['\"]?m['\"]"), "瑞数"),
    (re.compile(r"__jsl_clearance|__jsluid"), "加速乐"),
    (re.compile(r"acw_sc__v2"), "Aliyun"),
    (re.compile(r"wzws-waf-cgi|WZWSREL|wzwschallenge"), "WZWS"),
    (re.compile(r"document\.cookie\s*=\s*['\"]C3VK="), "C3VK"),
)
_WALL = re.compile(
    r"(?i)创宇盾|知道创宇|云锁|安全狗|safedog|TencentEdgeOne|EdgeOne|Web应用防火墙|网站防火墙"
    r"|(访问|请求)(已|被|已被|可能被)(拦截|阻断|拒绝|禁止)|可能存在(安全)?威胁"
    r"|request\s*(has\s*been\s*)?blocked|aliyun.?waf"
)
_CLOSED = re.compile(
    r"(?i)account\s*(has\s*been\s*)?suspended|(网站|站点|账户|账号|空间)(已|被|已被|暂时)(暂停|关闭|停用|关停|停止)"
    r"|域名已?过期|(网站|域名)未备案|(网站|系统)(正在)?(升级)?维护"
)
_MISSING_TITLE = re.compile(
    r"(?i)\s*(404\s*$|404\s*[-_—|:：]?\s*(not found|错误|页面|找不到)|not found"
    r"|页面不存在|页面没有找到|找不到页面)"
)
_MISSING = re.compile(
    r"(?i)(页面|网页|文章|信息|内容)(不存在|没有找到|已(被)?删除|丢失|走丢)|找不到(该|您|页面|网页)|无法找到该页"
    r"|404\s*not\s*found|page\s*not\s*found"
)
_LOGIN_TITLE = re.compile(r"(?i)登录|登陆|身份认证|log ?in|sign in")
_LOGIN_PATH = re.compile(r"(?i)/(login|cas|sso|signin|passport)\b")
_PASSWORD = re.compile(r"(?i)<input[^<>]*type=['\"]?password")
_TITLE = re.compile(r"(?i)<title[^<>]*>([^<]*)")
_UNSEEN = re.compile(r"(?i)<(/?)(?:script|style)\b[^<>]*>?")
_TAG = re.compile(r"<[^<>]*>?|&nbsp;|\s+")
_CONTENT = re.compile(
    r"(?i)<(?:a\b[^<>]*href|img|video|audio|embed|object|i?frame|meta[^<>]*http-equiv=['\"]?refresh)"
    r"|<link\b[^<>]*(?:api\.w\.org|application/(?:rss|atom)\+xml)"
    r"|\blocation[\w.]*\s*[=(]\s*['\"][\w./-]+\.s?html?['\"]"
)

_FILLED = re.compile(
    r"<datastore\b|dataproxy\.jsp|messageController/getMessage|/front/page/build/unit|lightfrontaction"
    r"|webBuilderCommon|\bgkmlpt\b|_isJson|getChannelList"
)
"""Interfaces out of which a script fills a page that is empty as it comes; see `crawlers.families`."""
_DOCUMENT = re.compile(
    rb"(?is)[\xef\xbb\xbf\s]*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title|script)\b"
)


_XML_LIST = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*\])?[^>]*>)*+"
    rb"<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)[\s>]"
)


def is_xml_list(body: bytes) -> bool:
    """True for a feed or a sitemap, whatever content type it comes with."""
    return bool(_XML_LIST.match(body[:4096]))


def symptom(page: Page) -> tuple[str, str] | None:
    """(kind, detail) of what is wrong with the content of `page`; None where it looks like a page.

    Its status is looked at only so far: content of an error page is taken at its word.
    """
    if page.status < 300 and is_xml_list(page.body):
        return None
    if other := _other_format(page):
        return "not_html", f"the address answers with {other}"
    if len(page.body) > SNIFF:
        return None
    structured = _STRUCTURED_TYPE.match(page.content_type or "") or page.body.lstrip()[:1] in (b"{", b"[")
    if structured and page.status < 300:
        return None
    markup = _decoded(page.body)
    text = visible_text(markup)
    if len(text) <= SHORT or page.status >= 400:
        return _notice(markup, text) or _shell(page, markup, text)
    return _lookalike(page, markup)


def data_symptom(page: Page) -> tuple[str, str] | None:
    """As `symptom`, where JSON, XML or a script was asked for, under whatever content type.

    An HTML document in its place is a notice, a login or the site's home page: never the end of a list.
    """
    for magic, name in _MAGIC:
        if page.body.startswith(magic):
            return "not_html", f"the address answers with {name}"
    if not page.body.strip():
        return "empty", f"{len(page.body)} bytes, nothing to be seen"
    if not _DOCUMENT.match(page.body) or b"<record" in page.body:
        return None
    markup = _decoded(page.body[:SNIFF])
    found = _notice(markup, visible_text(markup)) or _lookalike(page, markup)
    return found or ("stub", "a page came where the data of the list was asked for")


def file_symptom(page: Page) -> tuple[str, str] | None:
    """As `symptom`, where a file was asked for: a page in its place is a notice, a login or a challenge."""
    if not page.body:
        return "empty", "0 bytes"
    if not _DOCUMENT.match(page.body):
        return None
    markup = _decoded(page.body[:SNIFF])
    found = _notice(markup, visible_text(markup)) or _lookalike(page, markup)
    return found or ("no_file", "a page came where a file was asked for")


def visible_text(markup: str) -> str:
    """The text of HTML without scripts, styles, comments, tags and white space; never slower than linear."""
    uncommented = "".join(
        part if index == 0 else part.partition("-->")[2] for index, part in enumerate(markup.split("<!--"))
    )
    seen, depth = [], 0
    pieces = _UNSEEN.split(uncommented)
    for index in range(0, len(pieces), 2):
        if index:
            depth = 0 if pieces[index - 1] else 1
        if not depth:
            seen.append(pieces[index])
    return _TAG.sub("", "".join(seen))


def _other_format(page: Page) -> str | None:
    for magic, name in _MAGIC:
        if page.body.startswith(magic):
            return name
    if page.body and _BINARY_TYPE.match(page.content_type or "") and not page.body.lstrip().startswith(b"<"):
        return page.content_type
    return None


def _decoded(body: bytes) -> str:
    """Good enough to find markers: the true charset is the reader's business."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _title(markup: str) -> str:
    found = _TITLE.search(markup)
    return found[1] if found else ""


def _notice(markup: str, text: str) -> tuple[str, str] | None:
    for marker, name in _CHALLENGES:
        if marker.search(markup):
            return "js_challenge", f"a script of {name} has to be run before the page is shown"
    if len(text) > NOTICE:
        return None
    for pattern, kind in ((_WALL, "waf"), (_CLOSED, "suspended"), (_MISSING, "soft_404")):
        if found := pattern.search(text):
            return kind, f"the page says: {found[0]}"
    return None


def _shell(page: Page, markup: str, text: str) -> tuple[str, str] | None:
    if found := _lookalike(page, markup):
        return found
    if page.status >= 300 or len(text) > STUB or _CONTENT.search(markup) or _FILLED.search(markup):
        return None
    if text or "<script" in markup.lower():
        return "stub", f"{len(page.body)} bytes without link, picture or text"
    return "empty", f"{len(page.body)} bytes, nothing to be seen"


def _lookalike(page: Page, markup: str) -> tuple[str, str] | None:
    """A page with some text that is nevertheless not the one asked for."""
    title = _title(markup)
    if advertised := hijacked(markup):
        return "hijacked", advertised
    if found := _MISSING_TITLE.match(title):
        return "soft_404", f"the page is called: {found[0].strip()}"
    moved = page.requested_url is not None and _LOGIN_PATH.search(urlsplit(page.url).path)
    if _PASSWORD.search(markup) and (moved or _LOGIN_TITLE.search(title)):
        return "login", f"the page asks for a password: {title.strip() or page.url}"
    return None
