"""The pictures of a text, and what is printed under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawlers.reading.attachments import join
from crawlers.reading.blocks import Block, Layout, Placed, Span

_BY = r"(?:摄影?|攝影?|供图|提供|资料图片?|制图|绘|截图)"
_CAPTION = re.compile(
    rf"^[（(【\s]*(?:图为|圖為|图[\d一二三四五六七八九十]{{0,3}}\s*[:：]|▲|△|↑|上图|下图|左图|右图|资料图|图说|图片说明)|{_BY}\s*[）)】]?$|[/／]\s*[\u4e00-\u9fa5]{{2,4}}\s*[）)]?$|图片?(?:来源|由).{{1,16}}$"
    r"|摄影\s*[/／:：].{2,8}$"
)
_NAMED = re.compile(r"caption|pic-?(?:txt|text|desc)|img-?(?:txt|text|desc)|figure", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_ALT = re.compile(
    r"\.(?:jpe?g|png|gif|bmp)$|^(?:图片|image|img|未标题|微信图片|截图|照片|P\d|W\d|\d)", re.IGNORECASE
)
_LONGEST, _LONGEST_CENTRED, _LEAST_ALT = 160, 70, 8


_FURNITURE = re.compile(
    r"(?:^|[/_.-])(?:icons?|fileTypeImages|filetype|blank|space|spacer|pixel|loading|lazy|placeholder|grey|gray|transparent|btn|button|avatar"
    r"|noavatar|logo|qr|qrcode|erweima|ewm|wx_code|share|print|copycode|dot|arrow|line|bg|top|close|xls|pdf|doc|word|zip|rar|c)"
    r"(?:[_-]?\w{0,8})?\.(?:gif|png|jpe?g|svg|bmp|webp|php)|/avatar\.php|/(?:ad|ads|advert|guanggao)/|^data:",
    re.IGNORECASE,
)
"""Pictures that belong to the page and not to its text."""


def pictures(images: Iterable[Placed], start: int, last: int, base: str) -> list[tuple[Placed, str]]:
    """Those that stand in the lines `start` to `last`, with their addresses, in order."""
    inside = [(image, join(base, image.url)) for image in images if start <= image.index <= last]
    return [(image, url) for image, url in inside if not _FURNITURE.search(url.partition("?")[0] or url)]


def captions_of(layout: Layout, images: Sequence[tuple[Placed, str]]) -> dict[str, str]:
    """By address: the line below each picture where it reads or is set as a caption, else a telling `alt`."""
    set_apart: dict[int, Span] = {}
    for span in layout.spans:  # inner elements come first
        if span.end == span.start + 1:
            set_apart.setdefault(span.start, span)
    found: dict[str, str] = {}
    for place, (image, url) in enumerate(images):
        following = images[place + 1][0].index if place + 1 < len(images) else len(layout.blocks)
        text = None
        if image.index < len(layout.blocks) and following > image.index:
            block = layout.blocks[image.index]
            text = block.text if _is_caption(block, set_apart.get(image.index)) else None
        if (
            text is None
            and len(_HAN.findall(image.text)) >= _LEAST_ALT
            and not _NO_ALT.search(image.text.strip())
        ):
            text = " ".join(image.text.split())
        if text:
            found.setdefault(url, text)
    return found


def _is_caption(block: Block, span: Span | None) -> bool:
    text = block.text
    if len(text) > _LONGEST or block.heading:
        return False
    if _CAPTION.search(text):
        return True
    if span is None or len(text) > _LONGEST_CENTRED:
        return False
    element = span.element
    if element.tag == "figcaption" or _NAMED.search(element.get("class") or ""):
        return True
    centred = element.get("align") == "center" or _CENTRED.search(element.get("style") or "")
    return bool(centred) and len(_HAN.findall(text)) >= _LEAST_ALT
