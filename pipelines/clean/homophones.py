"""Texts in which a mirror put homophones in the place of characters: 市正府, 卫员会 (政 -> 正, 委 -> 卫).

Nobody can know what stood there, so nothing is repaired. Such a text is recognised by fragments that are
no words, each of a word that the news of every authority is full of, while the right character is nowhere.
"""

from __future__ import annotations

import re

_SWAPPED = {
    "政": "[正证](?:府(?![邸第])|策(?![划动应反马])|协(?![商助调同力作议])|治局|法委|务公开|务服务)"
    "|[行廉][正证](?:机关|执法|审批|区划|部门|建设)|财[正证](?:局|厅|部|补助|资金|预算|收入|支出)"
    "|民[正证](?:厅|部)|[正证]治(?:站位|责任|建设)",
    "委": "[卫维围](?:员会|书记|常[委卫])"
    "|[省市县区党纪常团工][卫维围](?:副?书记|常[委卫]|、|副主任|会|宣传部|组织部)"
    "|两[卫维围](?:班子|成员)|[两各][卫维围][办局]",
    "党": "[挡档](?:委书记|委、|中央|组书记|支部)|[挡档]员干部|共产[挡档]",
    "府": "[市县区省镇乡]政[俯斧甫]",
    "记": "[委支]部?书[计纪寄际](?![委划检])|副书[计纪寄际](?![委划检])",
}
_FRAGMENTS = {right: re.compile(pattern) for right, pattern in _SWAPPED.items()}
_DIFFERENT, _IN_ALL = 2, 3
"""So many different fragments, or so many places of one, have to be there."""


def has_homophones(text: str) -> bool:
    """Whether homophones stand in the place of characters throughout `text` (Simplified)."""
    found = [
        fragment
        for right, pattern in _FRAGMENTS.items()
        if right not in text
        for fragment in pattern.findall(text)
    ]
    return len(set(found)) >= _DIFFERENT or len(found) >= _IN_ALL
