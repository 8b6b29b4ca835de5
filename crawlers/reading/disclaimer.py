"""What a page says of the origin of its text and of who answers for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.reading.blocks import Block
from crawlers.reading.endings import is_imprint

_CLAIM = re.compile(
    r"(?:转载|转自|摘自|来源于|来源[为是：:]|注明|著作权|版权|侵权|免责|仅代表|不代表|观点|真实性|责任自负|删除|联系我们|授权|首发)"
)
_OPENING = re.compile(
    r"^[【\[（(*※\s]*(?:\S{0,8}(?:版权|免责|转载|特别|郑重)?(?:声明|提示|说明)|凡|本[文网站]|未经|来源[:：]|以上|注[:：]|如|欢迎转载|转载)"
)
_LEAST, _MOST, _LINES = 12, 600, 14


def find_disclaimer(blocks: Sequence[Block], end: int) -> str | None:
    """The lines behind the text that speak of it as copied, quoted or owned; None where none does."""
    found: list[str] = []
    for block in blocks[end : end + _LINES]:
        text = block.text
        if block.is_linked or is_imprint(text):
            if found:
                break
            continue
        if (_OPENING.match(text) and (_CLAIM.search(text) or len(text) <= _LEAST) and len(text) <= _MOST) or (
            found and _CLAIM.search(text) and len(text) >= _LEAST
        ):
            found.append(text)
        elif found:
            break
    said = "\n".join(found)
    return said if len(said) > _LEAST else None
