"""How the sites were asked, by their own log. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from demo.verify import Finding
from demo.world import Request

SLACK = 0.5
"""Seconds by which a busy machine may hand a request to a site's server later than it came; without
any delay the first visit's requests alone would be further ahead."""


def check_manners(
    requests: Collection[Request], delay: float, forbidden: Collection[tuple[str, str]], contact: str
) -> list[Finding]:
    """Every site was asked as its keeper would wish: robots.txt first and obeyed, never more often than
    each `delay` seconds, one at a time, by somebody who says who it is.

    `forbidden` are pairs of site and path.
    """
    findings = []
    for host, asked in groupby(sorted(requests, key=attrgetter("host", "started")), attrgetter("host")):
        findings += _check_site(host, list(asked), delay)
    findings += [
        Finding("a page that robots.txt forbids", "never asked for", f"{one.host}{one.path}")
        for one in requests
        if (one.host, one.path) in forbidden
    ]
    agents = sorted({one.headers.get("user-agent", "") for one in requests})
    strangers = [agent for agent in agents if not (agent.startswith("govwatch/") and contact in agent)]
    return findings + [Finding("User-Agent", f"govwatch with {contact}", agent) for agent in strangers]


def _check_site(host: str, asked: Sequence[Request], delay: float) -> list[Finding]:
    findings = []
    if asked[0].path != "/robots.txt":
        findings.append(Finding(f"{host}: first request", "/robots.txt", asked[0].path))
    if (hurry := hurry_of([one.started for one in asked], delay)) > SLACK:
        findings.append(Finding(f"{host}: {delay:g} s between requests", "kept", f"{hurry:.2f} s too early"))
    overlaps = sum(later.started < earlier.ended for earlier, later in pairwise(asked))
    if overlaps:
        findings.append(Finding(f"{host}: requests at the same time", 0, overlaps))
    return findings


def hurry_of(moments: Sequence[float], delay: float) -> float:
    """Seconds by which any run of requests came sooner than `delay` allows; 0 where all kept it.

    A run counts as a whole: one request that is handed over late makes the gap before it long and the
    gap after it short, and is no hurry.
    """
    worst = best = 0.0
    for number, moment in enumerate(sorted(moments)):
        ahead = number * delay - (moment - min(moments))
        best = ahead if number == 0 else min(best, ahead)
        worst = max(worst, ahead - best)
    return worst
