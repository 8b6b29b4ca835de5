"""Bodies of the whole state, by name."""

from __future__ import annotations

import re

# Without offices in the provinces: a division in the name is their subject (国务院台湾事务办公室).
_WITHOUT_BRANCHES = re.compile(
    r"国务院|中央人民政府|中国政府网|中国共产党中央|中共中央|全国人大|全国人民代表大会|中国人大网|全国政协"
    r"|中国政协网|(?:中国)?人民政治协商会议全国委员会|最高人民(?:法院|检察院)|国家监察委|中央(?:纪|政法委|组织部"
    r"|宣传部|统战部|统一战线|网信|网络安全|文明|党校|编办|机构编制|台办|台湾|港澳|外办|巡视|军委|和国家|国家机关"
    r"|财经委|全面|档案|社会工作|党史|农村|国家安全|精神|广播电视总台)"
    r"|最高[法检]|驻.{2,16}(?:大使馆|总领事馆|代表团)"
)
_MINISTRIES = re.compile(
    r"(?:外交|国防|教育|科学技术|科技|工业和信息化|工信|公安|国家安全|民政|司法|财政|人力资源和?社会保障|人社"
    r"|自然资源|国土资源|生态环境|环境保护|住房和?城乡建设|住建|交通运输|水利|农业农村|农业|商务|文化和旅游|文旅|文化"
    r"|退役军人事务|应急管理|铁道|卫生|监察)部(?!门(?!户)|队|落|分|长(?!江)|件|级|署)"
)
_OTHERS = re.compile(
    r"中国人民银行|审计署|海关总署|(?:国家)?(?:税务|市场监督管理|市场监管|金融监督管理|金融监管|广播电视|广电|体育"
    r"|质检|工商行政管理|安监|新闻出版广电)总局|(?:中国)?(?:证券|银行业?|保险|银行保险)监督管理委员会"
    r"|中国(?:证监|银保监|银监|保监)会|中国(?:科学|社会科学|工程)院|中国(?:气象|地震|民用航空|民航)局"
    r"|中国民用航空总?局?(?=华|中|西|东|新)|新华(?:通讯)?社|全国总工会|中华全国总工会|共青团中央|全国妇联"
    r"|中华全国(?:妇女|工商业)联合会|全国工商联|中国残(?:疾人联合会|联)|民航(?=[华中西东].地区)"
    r"|中国科学技术协会|中国红十字会总会"
    # 国家统计局, 国家林业和草原局; no 国家高新技术产业开发区管委会.
    r"|国家(?!级|高新|电网|农业科技)[^区县市省园]{1,12}?(?:总局|局|署|委员会|委|办公室|办)"
)
_PREFIX = re.compile("(?:中华人民共和国|中国|国家|[《【“\\s])*")


def central_body(name: str) -> tuple[int, bool]:
    """Where the name of a central body ends that `name` begins with, or 0; whether it may have branches.

    What follows may name a division: 国家税务总局湖南省税务局 is the province's.
    """
    prefix = _PREFIX.match(name)
    for start in dict.fromkeys((0, prefix.end() if prefix else 0)):
        for pattern in (_WITHOUT_BRANCHES, _MINISTRIES, _OTHERS):
            body = pattern.match(name, start)
            if body:
                return body.end(), pattern is not _WITHOUT_BRANCHES
    return 0, False
