"""What a line above a text may be called instead of a headline: a site, a column, a sub-headline."""

from __future__ import annotations

import re

_COLUMN = re.compile(
    r"(?:通知|公告|公示|通告|政务|工作|部门|时政|新闻|要闻|动态|信息|政策|文件|行政|处罚|许可|公开|资讯|图片|视频|本地|今日|国内|最新|中心"
    r"|法规|规章|解读|媒体|报道|专题|专栏|内容|详情|页|正文|文章|栏目|网上|办事|服务|首页|公共|县|市|区|乡镇|采购|招标|中标|交易)+"
)
"""Names of columns, which templates put in the place of a headline."""
_ORGANISATION = re.compile(
    r"^[\u4e00-\u9fa5]{0,20}(?:公安|司法|安全|财政|教育|商务|水利|农业农村|生态环境|环境保护|交通运输|自然资源|住房和城乡建设"
    r"|人力资源和社会保障|工业和信息化|科学技术|文化和旅游|应急管理|宣传|组织|统战|武装)部$"
    r"|^[\u4e00-\u9fa5]{2,20}(?:人民政府|[厅局委署院]|[员协学合商金工]会|办公[室厅]|网站?|门户|中心|(?<!质量)日报|晚报)$"
)
_NUMBER = re.compile(r"\S{1,16}[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*第?\s*\d+\s*号")
_GREETING = re.compile(r"\W*(?:热烈)?欢迎您?(?:光临|访问|来到|浏览|进入)")
_DASHED = re.compile(r"^\s*(?:——|—|--|－－|―)")


def is_column(text: str) -> bool:
    """Whether a text reads as the name of a column (通知公告) and not as a headline."""
    return bool(_COLUMN.fullmatch(text))


def is_site(text: str) -> bool:
    """Whether a text is nothing but the name of an authority or a site, or the greeting of one."""
    return bool(_GREETING.match(text)) or all(map(_ORGANISATION.match, text.split() or [text]))


def is_document_number(text: str) -> bool:
    """Whether a text is the number of a document and nothing else: 云环罚决〔2024〕37号."""
    return bool(_NUMBER.fullmatch(text))


def is_subtitle(text: str) -> bool:
    """Whether a line begins as sub-headlines do: ——青禾冬管见闻."""
    return bool(_DASHED.match(text))
