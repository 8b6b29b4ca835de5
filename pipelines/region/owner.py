"""Whose site it is: the evidence weighed, the region named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from crawlers.items import Region, Site
from pipelines.region.central import central_body
from pipelines.region.divisions import is_within, region
from pipelines.region.gazetteer import Bearers
from pipelines.region.hosts import Host, hosted, is_initials
from pipelines.region.names import Mention, named

CENTRAL = Region("000000", "国家")
"""Bodies of the State Council and its offices, whose codes begin with `bm`, and those of the whole state."""

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


class _Evidence(NamedTuple):
    """What is known beside the name, each as a code of today."""

    is_central: bool
    coded: str | None
    police: str | None
    licensed: str | None
    address: str

    @property
    def host(self) -> Host:
        return hosted(self.address)

    def hints(self) -> Iterable[str]:
        """What tells namesakes apart, the surest first."""
        for hint in (self.coded, self.police, self.licensed):
            if hint is not None:
                yield hint
        if self.host.code is not None:
            yield self.host.code


def region_of(site: Site, police_no: str | None = None, icp: str | None = None) -> Region | None:
    """The division whose site it is, or None where nothing tells.

    First the site's name together with its identification code (网站标识码): the closer one where
    they agree, the name where they do not, because templates are copied with their code. Then the
    code, and for government sites and sites without a name the host, the police registration and the
    ICP licence, which may be those of a contractor. All of them help to tell namesakes apart (鼓楼区).
    Bodies of the whole state and codes beginning with `bm` are `CENTRAL`, unless the name speaks of a
    division (a tax bureau).
    """
    is_central, coded = _by_id_code(site.id_code)
    evidence = _Evidence(is_central, coded, _by_police_no(police_no), _by_icp(icp), site.host)
    name = site.name or ""
    body, has_branches = central_body(name)
    mention = named(name, body) if has_branches or not body else Mention()
    if mention.bearers.all:
        found = _by_name(mention, evidence)
        if found is not None or not mention.doubtful:
            return region(found) if found is not None else None
    return CENTRAL if body or is_central else _without_name(bool(name), evidence)


def _without_name(has_name: bool, evidence: _Evidence) -> Region | None:
    """The region where the name tells nothing."""
    is_central, hosting = evidence.host
    if is_central and hosting is None:
        return CENTRAL
    coded = evidence.coded
    if coded is not None:
        # The closer one of the two; the host where they do not agree: templates are copied with their code.
        return region(coded if hosting is None or is_within(coded, hosting) else hosting)
    if has_name and not evidence.address.endswith(".gov.cn"):
        return None
    police = evidence.police
    if hosting is not None and (police is None or not is_within(police, hosting)):
        return region(hosting)
    found = police or evidence.licensed
    return region(found) if found else None


def _by_name(mention: Mention, evidence: _Evidence) -> str | None:
    """The one of several namesakes that other evidence points to; the code, where it lies inside."""
    now, once = (_outermost(_today(codes)) for codes in mention.bearers)
    found = next(iter(now or once)) if len(now or once) == 1 and not mention.doubtful else None
    if found is None or (now and once - now):
        found = _hinted(Bearers(now, once - now), found, evidence) or found
    if found is not None and evidence.coded is not None and is_within(evidence.coded, found):
        return evidence.coded
    return found


def _hinted(bearers: Bearers, usual: str | None, evidence: _Evidence) -> str | None:
    """The bearer that the first hint which tells points to: one of today before one of the past."""
    for hint in evidence.hints():
        related = [code for code in bearers.now if is_within(code, hint) or is_within(hint, code)]
        if len(related) == 1:
            return related[0]
        # Within one city codes were given anew; the name of today is the surer guide there.
        former = [code for code in bearers.once if is_within(code, hint) or is_within(hint, code)]
        if not related and len(former) == 1 and (usual is None or usual[:4] != former[0][:4]):
            return former[0]
    spelt = [code for code in bearers.now if usual is None and is_initials(evidence.address, code)]
    return spelt[0] if len(spelt) == 1 else None


def _today(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(found.code for code in codes if (found := region(code)))


def _outermost(codes: frozenset[str]) -> frozenset[str]:
    """Without those that lie in another one (思茅市, a city and later its district)."""
    return frozenset(
        code for code in codes if not any(code != other and is_within(code, other) for other in codes)
    )


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


def _present(code: str | None) -> str | None:
    """The code of the present for one of any time; None for one that never was."""
    found = region(code) if code else None
    return found.code if found else None
