"""Whose site it is: the evidence weighed, the region named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers.items import Region, Site
from pipelines.region.divisions import is_within, region
from pipelines.region.names import named

CENTRAL = Region("000000", "国家")
"""Bodies of the State Council and its offices, whose codes begin with `bm`."""

_ID_CODE = re.compile(r"(?:(?P<central>bm)\d{8}|(?P<division>\d{6})\d{4})", re.IGNORECASE)
_POLICE = re.compile(r"(?<!\d)(\d{6})\d{5,8}(?!\d)")
_ICP = re.compile(
    r"([京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇云藏陕秦甘陇青宁新])\s*ICP", re.IGNORECASE
)
_PLATES = (
    "京11 津12 冀13 晋14 蒙15 辽21 吉22 黑23 沪31 苏32 浙33 皖34 闽35 赣36 鲁37 豫41 鄂42 湘43 粤44 桂45 琼46"
    " 渝50 川51 蜀51 黔52 贵52 滇53 云53 藏54 陕61 秦61 甘62 陇62 青63 宁64 新65"
)
_BY_PLATE = {plate[0]: f"{plate[1:]}0000" for plate in _PLATES.split()}
# The portals of the provinces; a label of two letters counts only where no city shares it.
_LABELS = (
    "beijing11 bj11 tianjin12 tj12 hebei13 shanxi14 nmg15 ln21 liaoning21 jl22 jilin22 hlj23 shanghai31 sh31"
    " jiangsu32 zj33 zhejiang33 ah34 anhui34 fujian35 jiangxi36 shandong37 henan41 hubei42 hunan43 gd44"
    " gxzf45 hainan46 chongqing50 cq50 sc51 sichuan51 guizhou52 yn53 yunnan53 xizang54 shaanxi61 gansu62"
    " qinghai63 nx64 xinjiang65"
)
_BY_LABEL = {label[:-2]: f"{label[-2:]}0000" for label in _LABELS.split()}


def region_of(site: Site, police_no: str | None = None, icp: str | None = None) -> Region | None:
    """The division whose site it is, or None where nothing tells.

    First the site's name together with its identification code (网站标识码): the closer one where
    they agree, the name where they do not, because templates are copied with their code. Then, for
    government sites and sites without a name, the police registration, the ICP licence and the host,
    which may be those of a contractor. All of them help to tell namesakes apart (鼓楼区).
    Codes beginning with `bm` are `CENTRAL`, unless the name speaks of a division (a tax bureau).
    """
    is_central, coded = _by_id_code(site.id_code)
    host = _by_host(site.host)
    registered = [_by_police_no(police_no), _by_icp(icp), host]
    candidates = named(site.name or "")
    if candidates:
        return _by_name(candidates, coded, [coded, *registered])
    if is_central:
        return CENTRAL
    if coded is not None:
        is_copied = host is not None and not is_within(coded, host)
        return region(host if host is not None and is_copied else coded)
    if site.name and not site.host.endswith(".gov.cn"):
        return None
    return next((region(code) for code in registered if code is not None), None)


def _by_name(candidates: frozenset[str], coded: str | None, hints: Iterable[str | None]) -> Region | None:
    """The one of several namesakes that other evidence points to; the code, where it lies inside."""
    found = min(candidates) if len(candidates) == 1 else None
    for hint in hints:
        related = [code for code in candidates if hint and (is_within(code, hint) or is_within(hint, code))]
        if found is None and len(related) == 1:
            found = related[0]
    if found is not None and coded is not None and is_within(coded, found):
        found = coded
    return region(found) if found is not None else None


def _by_id_code(id_code: str | None) -> tuple[bool, str | None]:
    match = _ID_CODE.fullmatch((id_code or "").strip())
    if match is None:
        return False, None
    return match["central"] is not None, _present(match["division"])


def _by_police_no(police_no: str | None) -> str | None:
    match = _POLICE.search(police_no or "")
    return _present(match[1]) if match else None


def _by_icp(icp: str | None) -> str | None:
    match = _ICP.search(icp or "")
    return _BY_PLATE[match[1]] if match else None


def _by_host(host: str) -> str | None:
    labels = host.lower().partition(":")[0].split(".")
    return _BY_LABEL.get(labels[-3]) if labels[-2:] == ["gov", "cn"] and len(labels) > 2 else None


def _present(code: str | None) -> str | None:
    """The code of the present for one of any time; None for one that never was."""
    found = region(code) if code else None
    return found.code if found else None
