"""The packs that come with govwatch: whole, polite, and without a column that stands there twice."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest

from crawlers.catalogue.model import Recipe
from crawlers.catalogue.shipped import NoSuchPack, Pack, pack_named, packs

PACKS = packs()
MEDIA = {"cinic.org.cn", "bjx.com.cn", "hbzhan.com", "rednet.cn"}
"""Owners of the news sites in the packs; everything else is a government's."""

PROVINCES = [
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省",
    "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省",
    "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省",
    "重庆市", "四川省", "贵州省", "云南省", "西藏自治区",
    "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区",
]  # fmt: skip

KINDS = {"district-news", "city-news", "industry-news", "city-environment", "district-government"}


def test_what_there_is() -> None:
    assert {pack.name for pack in PACKS} == KINDS | {"mee", "provinces-ecology", "central"}
    assert all(pack.sources for pack in PACKS)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_says_what_it_is_and_how_far_to_trust_it(pack: Pack) -> None:
    assert pack == pack_named(pack.name)
    assert pack.head.title
    assert date(2026, 1, 1) < pack.head.checked
    assert "could be tried" in pack.head.note
    assert "govwatch sources verify" in pack.head.note
    assert "\n" not in pack.head.note


def test_names_and_addresses_stand_in_one_pack_only() -> None:
    every = [source for pack in PACKS for source in pack.sources]
    assert len({source.name for source in every}) == len(every)
    bare = {source.url.partition("://")[2].removesuffix("index.html").rstrip("/") for source in every}
    assert len(bare) == len(every)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_addresses_are_governments_or_named_media_and_nobody_is_impolite(pack: Pack) -> None:
    for source in pack.sources:
        parts = urlsplit(source.url)
        owner = ".".join((parts.hostname or "").split(".")[-2:])
        owners = {owner, ".".join((parts.hostname or "").split(".")[-3:])}
        assert parts.scheme in ("http", "https")
        assert parts.port is None
        assert owner == "gov.cn" or owners & MEDIA, source.url
        # Learned intervals, checked certificates, no mails about history, recipes from the user's own look.
        assert (source.every, source.alert_backlog, source.verify_tls) == (None, False, True)
        assert source.recipe == Recipe()


def test_every_province_is_there_with_its_own_host() -> None:
    hosts = {
        province: {
            urlsplit(source.url).hostname
            for source in pack_named("provinces-ecology").sources
            if source.name.startswith(province)
        }
        for province in PROVINCES
    }
    assert len(PROVINCES) == 31
    assert all(len(of_one) == 1 for of_one in hosts.values()), hosts
    assert len(set.union(*hosts.values())) == 31
    assert {source.name.split()[0][-3:] for source in pack_named("provinces-ecology").sources} <= {
        "环境厅",
        "环境局",
    }


def test_a_pack_that_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(NoSuchPack, match="no pack is named 'me'; there are central, city-environment"):
        pack_named("me")
