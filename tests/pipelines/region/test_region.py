"""Whose article it is: by code, by name, by both, and by what is left where neither tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve

from crawlers.items import Article, Reading, Region, Site
from pipelines.region import CENTRAL, RegionPipeline, region, region_of
from pipelines.region.divisions import current

BY_CODE = {
    "4303040001": ("430304", "湖南省湘潭市岳塘区"),
    "5120000001": ("512000", "四川省资阳市"),
    "3203000040": ("320300", "江苏省徐州市"),
    "1304000009": ("130400", "河北省邯郸市"),
    "4403000052": ("440300", "广东省深圳市"),
    "3100000087": ("310000", "上海市"),
    "4300000077": ("430000", "湖南省"),
    "3406000012": ("340600", "安徽省淮北市"),
    "5001070012": ("500107", "重庆市九龙坡区"),
    "1101050003": ("110105", "北京市朝阳区"),
    "4290040001": ("429004", "湖北省仙桃市"),
    "4600000001": ("460000", "海南省"),
    "6590010001": ("659001", "新疆维吾尔自治区石河子市"),
    "4228220001": ("422822", "湖北省恩施土家族苗族自治州建始县"),
    "1522010001": ("152201", "内蒙古自治区兴安盟乌兰浩特市"),
    # retired since, with a successor of the same name
    "5101320017": ("510118", "四川省成都市新津区"),
    "1102280001": ("110118", "北京市密云区"),
    "3206840001": ("320614", "江苏省南通市海门区"),
    "1401210001": ("140121", "山西省太原市清徐县"),
    "3715230001": ("371503", "山东省聊城市茌平区"),
    "6301220001": ("630106", "青海省西宁市湟中区"),
    "4418270001": ("441803", "广东省清远市清新区"),
    "5120810001": ("510185", "四川省成都市简阳市"),
    "4210230001": ("421088", "湖北省荆州市监利市"),
    # retired since, with a successor of another name
    "3301030001": ("330105", "浙江省杭州市拱墅区"),
    "3301040001": ("330102", "浙江省杭州市上城区"),
    "1101030001": ("110101", "北京市东城区"),
    "3101080001": ("310106", "上海市静安区"),
    "1305210001": ("130503", "河北省邢台市信都区"),
    "3504020001": ("350404", "福建省三明市三元区"),
    "3706340001": ("370614", "山东省烟台市蓬莱区"),
    "3712000001": ("370116", "山东省济南市莱芜区"),
    "2307110001": ("230718", "黑龙江省伊春市乌翠区"),
    "1202250001": ("120119", "天津市蓟州区"),
    "4690030001": ("460400", "海南省儋州市"),
    "5424210001": ("540602", "西藏自治区那曲市色尼区"),
    # newer than the library
    "3301130001": ("330113", "浙江省杭州市临平区"),
    "3303830001": ("330383", "浙江省温州市龙港市"),
    "3601130001": ("360113", "江西省南昌市红谷滩区"),
    "6532280001": ("653228", "新疆维吾尔自治区和田地区和康县"),
    "1305020001": ("130502", "河北省邢台市襄都区"),
    # never given below a known division
    "4303990001": ("430300", "湖南省湘潭市"),
    "4399010001": ("430000", "湖南省"),
    "1101000001": ("110000", "北京市"),
    "3205710001": ("320500", "江苏省苏州市"),
    # central, foreign, broken
    "bm17000009": ("000000", "国家"),
    "BM01000001": ("000000", "国家"),
    "9901010001": None,
    "CA270000000608922730002": None,
    "政府网站标识码": None,
    "": None,
}


@pytest.mark.parametrize(("id_code", "expected"), BY_CODE.items(), ids=list(BY_CODE))
def test_by_code(id_code: str, expected: tuple[str, str] | None) -> None:
    assert region_of(Site(None, "example.org", id_code)) == (Region(*expected) if expected else None)


BY_NAME = {
    "岳塘区人民政府": "湖南省湘潭市岳塘区",
    "岳塘新闻网": "湖南省湘潭市岳塘区",
    "邵阳新闻网": "湖南省邵阳市",
    "资阳市人民政府门户网站": "四川省资阳市",
    "池州市贵池区人民政府": "安徽省池州市贵池区",
    "徐州市公安局": "江苏省徐州市",
    "湖南省市场监督管理局": "湖南省",
    "上海市发展和改革委员会": "上海市",
    "内蒙古自治区人民政府": "内蒙古自治区",
    "广西壮族自治区生态环境厅": "广西壮族自治区",
    "恩施州人民政府": "湖北省恩施土家族苗族自治州",
    "乳源县人民政府": "广东省韶关市乳源瑶族自治县",
    "延边朝鲜族自治州人民政府": "吉林省延边朝鲜族自治州",
    "吉林日报": "吉林省",
    "吉林市人民政府": "吉林省吉林市",
    "海南省人民政府": "海南省",
    "南京市鼓楼区人民政府": "江苏省南京市鼓楼区",
    "福州鼓楼区政府": "福建省福州市鼓楼区",
    "北京市朝阳区人民政府": "北京市朝阳区",
    "朝阳市人民政府": "辽宁省朝阳市",
    "重庆市江北区人民政府": "重庆市两江新区",
    "拉萨市城关区人民政府": "西藏自治区拉萨市城关区",
    "津市市人民政府": "湖南省常德市津市市",
    "天津市市场监督管理委员会": "天津市",
    "中国·长沙县": "湖南省长沙市长沙县",
    "新县人民政府": "河南省信阳市新县",
    "浦东新区人民政府": "上海市浦东新区",
    "德州运河新区管理委员会": "山东省德州市",
    "湖南省对口支援新疆吐鲁番工作队": "湖南省",
    "人民网四川频道": "四川省",
    "国家税务总局湖南省税务局": "湖南省",
    "大方县人民政府": "贵州省毕节市大方县",
    "鼓楼区人民政府": None,
    "朝阳区人民政府": None,
    "城关区人民政府": None,
    "中华人民共和国生态环境部": "国家",
    "自然资源部": "国家",
    "国际合作局": None,
    "公安部": "国家",
    "新华网": None,
    "东方网": None,
    "资源网": None,
    "创新县域观察": None,
    "中国产业经济信息网": None,
}


@pytest.mark.parametrize(("name", "expected"), BY_NAME.items(), ids=list(BY_NAME))
def test_by_name(name: str, expected: str | None) -> None:
    found = region_of(Site(name, "example.org", None))
    assert (found.name if found else None) == expected


BOTH = {
    "agree": (Site("岳塘区人民政府", "example.org", "4303040001"), "430304"),
    "the name is closer": (Site("海门区人民政府", "example.org", "3206000001"), "320614"),
    "the code is closer": (Site("湘潭市政府网站群", "example.org", "4303040001"), "430304"),
    "a copied template": (Site("齐齐哈尔市人民政府", "example.org", "5001070012"), "230200"),
    "the code tells namesakes apart": (Site("鼓楼区人民政府", "example.org", "3203020001"), "320302"),
    "the city's code does too": (Site("鼓楼区人民政府", "example.org", "3501000001"), "350102"),
    "a namesake with a foreign code": (Site("鼓楼区人民政府", "example.org", "4303040001"), None),
    "a tax office of a county": (Site("国家税务总局岳塘区税务局", "example.org", "bm29180001"), "430304"),
    "a ministry": (Site("生态环境部", "www.example.gov.cn", "bm17000009"), "000000"),
    "retired code, old name": (Site("新津县人民政府", "example.org", "5101320001"), "510118"),
    "the code of another province than the host's": (Site(None, "x.hunan.gov.cn", "5001070012"), "430000"),
}


@pytest.mark.parametrize(("site", "code"), BOTH.values(), ids=BOTH.keys())
def test_name_and_code(site: Site, code: str | None) -> None:
    found = region_of(site)
    assert (found.code if found else None) == code


REST = {
    "police": (Site(None, "example.org", None), "川公网安备 51200202000010号", None, "512002"),
    "police, a bare number": (
        Site(None, "example.org", None),
        "43030402000012",
        "京ICP备11000000号",
        "430304",
    ),
    "licence": (Site(None, "example.org", None), None, "蜀ICP备05000000号-1", "510000"),
    "licence, another letter": (Site(None, "example.org", None), None, "秦ICP备12000000号", "610000"),
    "host": (Site(None, "sthjt.hubei.gov.cn", None), None, None, "420000"),
    "government site with a name that tells nothing": (
        Site("政务公开", "a.sc.gov.cn", None),
        None,
        None,
        "510000",
    ),
    "a company's registration is not the region of its news": (
        Site("产业信息网", "example.org", None),
        "11010502030000",
        "京ICP备11000000号",
        None,
    ),
    "police tells namesakes apart": (
        Site("朝阳区人民政府", "example.org", None),
        "11010502030000",
        None,
        "110105",
    ),
    "licence tells namesakes apart": (
        Site("朝阳区人民政府", "example.org", None),
        None,
        "吉ICP备05000000号",
        "220104",
    ),
    "host tells namesakes apart": (Site("鼓楼区政府", "gl.henan.gov.cn", None), None, None, "410204"),
    "nothing": (Site(None, "", None), "", "", None),
}


@pytest.mark.parametrize(("site", "police_no", "icp", "code"), REST.values(), ids=REST.keys())
def test_rest(site: Site, police_no: str | None, icp: str | None, code: str | None) -> None:
    found = region_of(site, police_no, icp)
    assert (found.code if found else None) == code


def test_table_of_the_present_is_whole() -> None:
    """34 provinces, 333 prefectures; every division lies in a province that is known."""
    table = current()
    assert sum(code.endswith("0000") for code in table) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in table) == 333
    assert all(code[:2] + "0000" in table for code in table)
    assert all((found := region(code)) and found.code == code for code in table)


def test_pipeline_names_the_region_of_readings_only() -> None:
    article = Article(url="http://example.org/", encoding="utf-8", kind="article")
    reading = Reading(article, datetime(2026, 1, 1, tzinfo=UTC))
    named = evolve(reading, article=evolve(article, site=Site("岳塘区人民政府", "example.org", None)))
    registered = evolve(reading, article=evolve(article, meta={"police": "43030402000012"}))
    pipeline = RegionPipeline()
    assert pipeline.process_item(named).region == Region("430304", "湖南省湘潭市岳塘区")
    assert pipeline.process_item(registered).region == Region("430304", "湖南省湘潭市岳塘区")
    assert pipeline.process_item(reading).region is None
    assert pipeline.process_item({"other": 1}) == {"other": 1}
    assert Region("000000", "国家") == CENTRAL
