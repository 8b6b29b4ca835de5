"""Sites that answer only to an older way of asking: weak encryption, the other one of http and https.

Each way is tried once, after the usual one failed, and remembered for the site; a block is never met so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from crawlers.failures import Refused, failure_of_exception
from crawlers.items import Accommodation
from crawlers.middlewares.old_tls import RELAXABLE
from crawlers.middlewares.slots import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_DEAD = frozenset({"refused", "unreachable", "timeout", "tls_handshake"}) | RELAXABLE
"""Failures after which the other one of http and https is tried; a wrong certificate is a warning."""
_OTHER = {"http": "https", "https": "http"}
_FORBIDDEN = 403


@frozen
class _Switch:
    """Why a request goes over the other scheme than it was made for."""

    kind: str
    detail: str
    remembered: bool = False
    """It is known to be needed; nothing was tried now."""


class CompatibilityMiddleware:
    """Stands above the repetitions: what is only down for seconds is no reason to ask in another way.

    Requests bring what is known of their site as `meta["accommodations"]`; those that were answered leave
    with all that their site needed, as `meta["accommodated"]`.
    """

    def __init__(self) -> None:
        self._needs: dict[str, dict[str, Accommodation]] = {}
        """Site -> kind -> what was found out."""
        self._vain: set[tuple[str, str]] = set()
        """Sites and schemes that were tried in vain: once in a run is enough."""
        self._alive: set[tuple[str, str]] = set()
        """Sites and schemes that answered: what fails there is no fault of the scheme."""

    def process_request(self, request: Request) -> Request | None:
        known: tuple[Accommodation, ...] = request.meta.get("accommodations", ())
        for one in known:
            self._needs.setdefault(one.site, {}).setdefault(one.kind, one)
        site, other = site_of(request.url), _OTHER[_scheme(request)]
        needs = self._needs.get(site, {})
        request.meta["tls"] = RELAXABLE.intersection(needs)
        if other in needs and site not in _switches(request):
            return _over_the_other(request, _Switch(other, needs[other].evidence, remembered=True))
        return None

    def process_response(self, request: Request, response: Response) -> Request | Response:
        site, scheme = site_of(request.url), _scheme(request)
        switch = _switches(request).get(site)
        if response.status != _FORBIDDEN:
            self._alive.add((site, scheme))
        # Xuzhou's sites answer 403 over https and show everything over http.
        elif scheme == "https" and switch is None and self._may_switch(site, scheme):
            return _over_the_other(request, _Switch("http_403", f"HTTP status {response.status}"))
        if switch and not switch.remembered:
            self._judge(site, scheme, switch, response)
        request.meta["accommodated"] = tuple(self._needs.get(site, {}).values())
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        failure = failure_of_exception(exception, request.url)
        site, scheme = site_of(request.url), _scheme(request)
        if failure.kind in RELAXABLE and failure.kind not in request.meta.get("tls", ()):
            self._learn(Accommodation(site, failure.kind, failure.detail))
            return request.replace(dont_filter=True)
        if failure.kind not in _DEAD:
            return None
        switch = _switches(request).get(site)
        if switch is None or switch.remembered:
            if not self._may_switch(site, scheme):
                return None
            self._needs.get(site, {}).pop(scheme, None)
            return _over_the_other(request, _Switch(failure.kind, failure.detail))
        self._vain.add((site, scheme))
        # The way that was asked for first is the one to tell of.
        raise Refused(switch.kind, f"{switch.detail}; over {scheme}: {failure.detail}")

    def _may_switch(self, site: str, scheme: str) -> bool:
        return (site, scheme) not in self._alive and (site, _OTHER[scheme]) not in self._vain

    def _judge(self, site: str, scheme: str, switch: _Switch, response: Response) -> None:
        """Whether the other scheme was any better; that a page is not there is an answer too."""
        if response.status < 500 and response.status != _FORBIDDEN:
            evidence = f"{switch.kind} over {_OTHER[scheme]}: {switch.detail}"
            self._learn(Accommodation(site, scheme, evidence))
        else:
            self._vain.add((site, scheme))

    def _learn(self, found: Accommodation) -> None:
        self._needs.setdefault(found.site, {})[found.kind] = found


def _switches(request: Request) -> dict[str, _Switch]:
    """By site; a request that was redirected may have passed several."""
    switches: dict[str, _Switch] = request.meta.get("switches", {})
    return switches


def _scheme(request: Request) -> str:
    return "https" if request.url.startswith("https:") else "http"


def _over_the_other(request: Request, switch: _Switch) -> Request:
    scheme = _scheme(request)
    url = _OTHER[scheme] + request.url[len(scheme) :]
    switches = {**_switches(request), site_of(url): switch}
    return request.replace(url=url, meta={**request.meta, "switches": switches}, dont_filter=True)
