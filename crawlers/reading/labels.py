"""Labelled data as pages print it around a headline and below a text: 来源：…, 发布时间：…, 责任编辑：…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from attrs import frozen

_COLON = r"\s*[:：]\s*"
_STROKE = r"(?:\s*[:：丨]\s*|[｜|](?=[\u4e00-\u9fa5]))"
"""Behind 来源 and 作者 strokes stand too: 来源丨青禾日报."""
_SIGN = r"\s*[:：/|｜丨】]\s*"
"""Editors stand behind other signs too: 责编 / 贾若曦, 【编辑】胡晓松."""
_ABOUT = r"(?:信息|文章|稿件|新闻|内容|消息|本文|图片|资料|数据|视频|原文|文稿|页面)"
_EDITING = (
    r"(?:本文|本期|网站|本网|值班|责任|执行|见习|实习|栏目|版面|新媒体|视频|图片|文字|图文|美术|[\u4e00-\u9fa5]{2,6}[网报])?"
    r"(?:责\s*编|编\s*辑|编审|编校|主编|总编|编委|校\s*对|校审|审核|审校|审稿|审签|初审|复审|终审|[一二三]审|[一二三]校"
    r"|初核|复核|监制|签发|核稿|编发|统筹|责任人|审读|值班主任|值班总编|监审|总监制)(?:人|员|者)?"
)
_SORTS: tuple[tuple[str, str], ...] = (
    (
        "source",
        rf"{_ABOUT}?(?:来\s*源(?:于|自|单位|媒体|网站|部门)?|稿\s*源|转\s*[载贴]?\s*自|出\s*处|供稿(?:单位)?|转载(?:于|来源)"
        r"|发布来源|发布自|(?:(?<=[|｜])|(?<=[|｜]\s))来自)",
    ),
    ("issuer", r"(?:发布|公布|公开|发文|制发|印发)(?:机构|单位|部门|机关)"),
    ("dated", r"(?:成文|生成|制发|生效|落款|实施|施行|决定)(?:时间|日期)"),
    (
        "published",
        r"(?:发布|发表|发稿|公开|公布|刊发|刊登|上网|上传|添加|录入|加入|信息生成|信息发布|文章发布|发布于|发表于)(?:时间|日期|于)?",
    ),
    ("issued", r"(?:发文|印发|签发|颁布)(?:时间|日期)"),
    ("answered", r"(?:答复|回复|办结|反馈|回答|解决)(?:时间|日期)"),
    (
        "asked",
        r"(?:提问|来信|留言|咨询|写信|提交|投诉|受理|活动|会议|报名|截止|开始|结束|公示|公告|有效)(?:时间|日期|期限?)",
    ),
    ("updated", r"(?:最后|最近)?(?:更新|修改)(?:时间|日期|于)?"),
    ("time", rf"(?:(?<![\u4e00-\u9fa5])|{_ABOUT})(?:时\s*间|日\s*期)"),
    ("glued", r"时\s*间|日\s*期"),
    (
        "author",
        r"(?:文章|本文)?作\s*者|撰\s*[稿文]人?|(?:本[报台网刊社站]|全媒体|融媒体|首席|特约|出镜)*记者|通讯员|实习生|采写|文字",
    ),
    ("editor", _EDITING),
    (
        "other",
        r"(?:浏览|点击|阅读|访问|查看|播放|评论|点赞|收听|下载|参与|关注|被?浏览|累计)(?:次数|总数|人数|数量|率|数|量|人气)?|次数|人气"
        r"|(?:文字|选择|调整)?(?:字\s*[体号]|字体)(?:显示|大小|选择|设置)?|文字大小|背景色|视力保护色?|保护视力色?|护眼色?"
        r"|分享(?:到|至|给|本文|按钮)?|打印|收藏|推荐|转发|关键[词字]|标\s*签|(?i:Tags?)|主题[词分]|(?:信息|主题|组配|文章|新闻|稿件)?(?:分类|类别|类型)"
        r"|栏目|所属栏目|索\s*引\s*号|(?:发文)?[文字]号|发文字号|有\s*效\s*性|公开(?:方式|形式|时限|范围|类型|程序|责任部门)"
        r"|摄\s*影|摄像|供图|翻译|配图|发布者|发布人|添加人|录入者?|文章录入|责任人|信息员|上传者|投稿人|(?:新闻|报料|爆料)热线|投稿邮箱"
        r"|名\s*称|标\s*题|原标题|语音播报|朗读|听新闻|扫一扫|[一-龥]{2}号码|网友评论|电话|地址|邮编",
    ),
)
_BEHIND = {"editor": _SIGN, "source": _STROKE, "author": _STROKE}
_SIGN_AHEAD = r"(?=[\u4e00-\u9fa5Tt][^:：/|｜丨】\n]{0,23}+\s*+[:：/|｜丨】]|[发首刊更])"
"""A label begins with a Chinese character, or is Tags; where no sign is near, none need be tried. Most of the
time of reading labels goes into this, so it looks no further than the line and never twice."""
_LABEL = re.compile(
    f"{_SIGN_AHEAD}(?:"
    + "|".join(f"(?P<{sort}>{pattern}){_BEHIND.get(sort, _COLON)}" for sort, pattern in _SORTS)
    # 发布于2026-03-05: a date may follow without a colon.
    + r"|(?P<published_at>发布于|发表于|首发于|刊发于|更新于(?=\s*\d)))"
)
_END = re.compile(
    r"[【】\[\]〔〕|｜<>]|[（(](?![a-zà-ǜ])|(?<![a-zà-ǜ])[)）]"
    r"|(?:19|20)\d\d\s*[-—年./]|\d+\s*次|T\s*\|\s*T|(?<![A-Za-z])A\s*[-+]|[,，;；](?=\s*[\u4e00-\u9fa5]{2,6}[:：])"
    r"|(?:字\s*[号体]|特?大)?\s*[大小]\s+中\s+[大小]|播放\s*[\d.]+|字\s+[号体]"
    r"|[\s·](?:我要|网友|发表|进入)?(?:字体|字号|分享|打印|评论|浏览|点击|阅读|访问|收藏|关闭|大小|纠错|视力|点赞|投稿|语音|转发"
    r"|扫一扫|作者|编辑|责编|记者|通讯员|参与|举报|下载|关注|论坛|手机看|用手机|跟贴|发言|摄影|订阅|原标题|查看|复制|听新闻|朗读|版次"
    r"|校对|审核|初审|二审|终审|监制)"
    r"|\s[\u4e00-\u9fa5]{2,6}\s*[:：]"
)
"""What ends a value beside the next label: brackets, dates, counters, buttons."""
_DEPARTMENT = re.compile(r"[（(][\u4e00-\u9fa5]{2,14}[科处股室][)）]")
"""Of a source, a part of its name: 县财政局（政府采购监管科）."""
_AROUND = " 　:：|-—,，;；·"
_LONGEST = 80


@frozen
class Label:
    """One label with what stands behind it."""

    sort: str
    """source, issuer, author, editor, published, time, updated, issued (发文日期), dated (成文日期 and so
    on), answered and asked (of letters), glued (a 时间 right behind other words), or other.
    """
    said: str
    """The label itself, without colon."""
    rest: str
    """Everything up to the next label; may span lines."""
    below: bool
    """The value stands in a line below the label's."""

    @property
    def value(self) -> str:
        """What it says as a word: up to a bracket, a date, a button, the end of the line."""
        line = self.rest.split("\n", 1)[0][:_LONGEST].lstrip(" \t\u3000[【〔")
        end = _END.search(line)
        if end is None:
            return line.strip(_AROUND)
        within = _DEPARTMENT.match(line, end.start()) if self.sort == "source" else None
        return line[: within.end() if within else end.start()].strip(_AROUND)


def read_labels(text: str) -> Iterator[Label]:
    """The labels of a text of short lines, in order, each with its value."""
    found = list(_LABEL.finditer(text))
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(text)
        sort = match.lastgroup or "other"
        said = match.group().strip().rstrip(":：/|｜丨】").strip()
        below = "\n" in match.group()[len(said) :]
        yield Label("published" if sort == "published_at" else sort, said, text[match.end() : end], below)
