"""Words that tell a place from a word: 资源网 is not about 资源县, 岳塘新闻网 is about 岳塘区."""

from __future__ import annotations

import re
from importlib.resources import files

LEAD = re.compile(
    r"(?:中华人民共和国|中国共产党|中国|中共|今日|云上|智慧|数字|掌上|指尖|平安|文明|信用|法治|清廉|清风|廉洁"
    r"|魅力|美丽|幸福|活力|大美|最美|无线|直播|微|爱|看|最|新|驻|i|欢迎访问|首页|[《〈【“\"·—–\-_|｜:：,，.\s])",
    re.IGNORECASE,
)
"""What stands before the name of a place and says nothing of it, one at a time."""

BREAK = re.compile(r"[·—–\-_|｜:：,，》】”\s]+")
"""Between two parts of a name, each of which may begin with a place."""

LOCAL = re.compile(
    r"(?:新闻|融媒|日报|晚报|晨报|都市(?:报|网)|时报|报(?:社|$)|政府|政务|人大|政协|党建|发布|广播|电视"
    r"|公安|海关|海事|税务|法院|检察|纪检|纪委|监委|监察|卫健|人社|财政|统计局|审计|消防|交警|市场监|调查队"
    r"|监管|气象|邮政|烟草|供电|教育局|教体|组织部|统战|融合|先锋|长安网|微报)"
)
"""What only a place has: its news, its authorities."""

GOVERNMENT = re.compile(r"政府(?!采购|购买|引导|投资)|人大|政协")
"""What nothing but a place has."""

MEDIA = re.compile(
    r"时报|门户|在线|网|传媒|之窗|信息|文明|热线|论坛|资讯|视窗|教育|文旅|旅游|文化|人才|招聘|房产"
)
"""What a trade has as well as a place."""

ZONE = re.compile(
    r"(?:国家级?|省级)?(?:经济|经开|高新|高技术|开发区|工业|产业|综合保税|保税|出口加工|临港|化工园|新城|新区"
    r"|科技园|示范区|产城|综合实验区)"
)
"""Development zones carry the name of the county they lie in."""

BRANCH = re.compile(r"(?:区|县|市)?(?:分局|分院|分中心|分站|分公司|支局|支队|大队)")
"""Offices that a city keeps in its districts: 长沙市生态环境局岳麓分局."""

STATION = re.compile(r"(?:站|频道|分站|分社|记者站)$")
"""Pages that a medium of the province keeps for a city or county: 红网石门站."""

NOT_A_DISTRICT = re.compile(r"[江河湖海山岛路街桥寺塔阁]")
"""Behind a short name: 上海黄浦江, 徐州云龙湖 are no districts."""

NOT_A_PLACE = re.compile(
    r"长治久安|大理(?:石|寺|岩|院)|阿里(?:巴巴|云|健康|妈妈|旅行|拍卖|影业|斯|郎|山)|三明治"
    r"|中山(?:大学|公园|堂|陵|装|舰|大道|路|纪念|医|先生)|大同(?:小异|世界|社会|书)|周口店|德州(?:扑克|仪器)"
    r"|普洱茶|哈密(?:瓜|尔|顿)|和田玉|日照(?:时|计|间|分析|强度)|白银(?:价|投资|期货|交易|行情|现货|[tT])"
    r"|北海(?:道|公园|舰队|局|分局|海区|预报|救助|航海)|昆明湖|朝阳(?:产业|行业|花|丹凤)|安康(?:杯|鱼|医院)"
    r"|来宾(?:席|致|接待|登记)|淮南子|玉树临风|文山会海|洛阳纸|邯郸学步|四平(?:方|八|调)|山南(?:水北|坡)"
    r"|长春(?:花|藤)|黑河流域|金华火腿|广安门|朝阳门|汉中门|台湾海峡|海南鸡|香港脚|海东青|第.{1,2}师范"
    r"|..[区县](?:域|块链|间|级(?!融))"
)
"""Words that begin with a division's name and mean something else."""

ACROSS = re.compile(
    r"(?<=[长珠沿])江西|(?<=松花)江西|(?<=嘉陵)江西|(?<=钱塘)江西|(?<=[黄淮运渭汾沙两沿])河[南北]"
    r"|(?<=[太西东南巢沿环])湖[南北]|(?<=洞庭)湖[南北]|(?<=鄱阳)湖[南北]|(?<=[泰华衡恒嵩黄庐燕佛])山[东西]"
)
"""Provinces that are none: 珠江西岸, 黄河南岸, 太湖北."""


def _words(kind: str) -> frozenset[str]:
    lines = files("pipelines.region").joinpath("words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(name for row in rows if row[0] == kind for name in row[1].split())


BRANDS = _words("brand")
"""Short names of counties that are everyday words or brands first: they count only beside other evidence."""

WORDS = BRANDS | _words("word")
"""Those and short names that are also words: they count with what only a place has (江山新闻网)."""
