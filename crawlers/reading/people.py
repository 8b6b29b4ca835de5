"""Names of people, as Chinese pages print them."""

from __future__ import annotations

import re

ROLE = (
    r"(?:全媒体|融媒体|特约|首席|见习|实习|驻\w{1,6}|本[报台网刊社站]){0,3}"
    r"(?:记\s*者|通\s*讯\s*员|特约撰稿人?|评论员|实习生|撰稿人?)"
)
"""Those who write: 本报记者, 通讯员, 实习生."""
_ROLES = re.compile(rf"{ROLE}(?:\s*[:：])?")
_SPACED = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5])[ 　]+([\u4e00-\u9fa5])(?![\u4e00-\u9fa5])")
_NAME = re.compile(r"[\u4e00-\u9fa5]{2,4}(?:·[\u4e00-\u9fa5]{1,8})*")
_PEN_NAME = re.compile(r"[\u4e00-\u9fa5]{2,4}(?:·[\u4e00-\u9fa5]{1,8})*|[A-Za-z][\w.-]{1,19}")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷"
    "詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封"
    "荀计束谌羊冼练蔺逯雍郦相揭楼劳鞠丰阎闻逄候晋濮都满海才郁胥宿怀贝花水盘展晁乌那"
)
_NOT_NAMES = re.compile(
    r"^(?:整合|综合|报道|報導|報道|摄影?|文图?|图文?|摄影报道|编译|整理|供图|供稿|采写|通讯|电|讯|等|实习|编辑|责编|视频"
    r"|时政|时评|时事|党建|党务|党政|解读|方案|方法|简介|简讯|文件|文化|文旅|文明|金融|水利|水务|水质|应急|安全|安监|卫生|农业|农村|温馨|常识|项目|计划"
    rf"|程序|关闭|高清|全文|江苏|江西|白皮书|图片|来源|日报|晚报|.*[报网台社局委厅部院校会站刊处室省市县区镇乡科股队所]|.{{0,2}}(?:摄|图)|(?:[^{_SURNAMES}]|[水华古成明时韩蒙满金党和阳单])文)$"
)


def may_be_name(word: str) -> bool:
    """Whether a word by itself reads as a Chinese personal name."""
    return (
        bool(_NAME.fullmatch(word)) and word[0] in _SURNAMES and len(word) <= 3 and not _NOT_NAMES.match(word)
    )


def names_in(text: str) -> list[str]:
    """The names in "记者 王一 通讯员 李二三", in order, each once; roles and other words left out."""
    roles = list(_ROLES.finditer(text))
    text = text[roles[0].end() :] if roles else text
    text = _ROLES.sub(" ", text).strip("（()） ")
    text = _SPACED.sub(r"\1\2", text)
    words = re.split(r"[\s、，,/;；|｜]+", text)
    names = [word for word in words if _NAME.fullmatch(word) and not _NOT_NAMES.match(word)]
    return list(dict.fromkeys(names))


def without_roles(text: str) -> str:
    """A value without the roles in front of names: 记者 李大为 通讯员 王晓 -> 李大为 王晓."""
    return _ROLES.sub(" ", text)


def credited(value: str) -> list[str]:
    """The names at the head of a label's value, up to the first word that is none; pen names too."""
    words = re.split(
        r"(?:nbsp;|[\s、，,/;；|｜&])+", _SPACED.sub(r"\1\2", re.sub(r"\d+$", "", value)).strip()
    )
    names: list[str] = []
    for word in words:
        if _NOT_NAMES.match(word) or not _PEN_NAME.fullmatch(word):
            break
        names.append(word)
    return list(dict.fromkeys(names))
