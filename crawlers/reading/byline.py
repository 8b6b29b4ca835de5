"""Names of those who wrote, as the text itself prints them: （记者 … 通讯员 …）, □ 本报记者 …"""

from __future__ import annotations

import re

from crawlers.reading.plain import plain

_ROLE = (
    r"(?:全媒体|融媒体|特约|首席|见习|实习|驻\w{1,6}|本[报台网刊社站])*"
    r"(?:记\s*者|通\s*讯\s*员|特约撰稿人?|评论员|实习生|撰稿人?)"
)
_PRINTED = re.compile(rf"[（(][^（()）]{{0,20}}?{_ROLE}[^（()）]{{1,60}}[)）]")
_LINE = re.compile(rf"^[□■●◎▲\s]*[\w\s]{{0,16}}?{_ROLE}\s*[:：]?[\u4e00-\u9fa5·、，\s]{{2,60}}$")
_PICTURE = re.compile(r"(?:摄影?|供图|图)\s*[)）]?$")
_ROLES = re.compile(rf"{_ROLE}(?:\s*[:：])?")
_PLAIN = re.compile(r"[。！？”][（(]\s*((?:[\u4e00-\u9fa5·]{2,4}[\s、]+){0,3}[\u4e00-\u9fa5·]{2,4})\s*[)）]$")
_SPACED = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5])\s+([\u4e00-\u9fa5])(?![\u4e00-\u9fa5])")
_NAME = re.compile(r"[\u4e00-\u9fa5]{2,4}(?:·[\u4e00-\u9fa5]{1,8})?")
_NOT_NAMES = re.compile(
    r"^(?:整合|综合|报道|摄影?|文图?|图文?|摄影报道|编译|整理|供图|供稿|采写|通讯|电|讯|等|实习|编辑|责编|视频|图片|来源|日报|晚报|.*[报网台社局委厅部院校会站刊处室省市县区镇乡]|.{0,2}(?:摄|图|文))$"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷"
    "詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封"
)


def byline(lines: list[str]) -> str | None:
    """Names joined by spaces: those printed with a role at the head or the end of the text, else the
    plain names in brackets that close it. Photographers and editors are not meant."""
    edge = [*lines[:3], *lines[-4:]] if len(lines) > 7 else lines
    for line in map(plain, edge):
        for part in _credited(line):
            names = _names(part)
            if names:
                return " ".join(names)
    for line in reversed(lines[-2:]):
        bare = _PLAIN.search(line)
        names = _names(bare.group(1)) if bare else []
        if names and all(name[0] in _SURNAMES and len(name) <= 3 for name in names):
            return " ".join(names)
    return None


def _credited(line: str) -> list[str]:
    if _LINE.match(line) and not _PICTURE.search(line):
        return [line]
    return [part for part in _PRINTED.findall(line) if not _PICTURE.search(part)]


def _names(text: str) -> list[str]:
    """The names in "记者 王一 通讯员 李二三"."""
    roles = list(_ROLES.finditer(text))
    text = text[roles[0].end() :] if roles else text
    text = _ROLES.sub(" ", text).strip("（()） ")
    text = _SPACED.sub(r"\1\2", text)
    words = re.split(r"[\s、，,/]+", text)
    names = [word for word in words if _NAME.fullmatch(word) and not _NOT_NAMES.match(word)]
    return list(dict.fromkeys(names))
