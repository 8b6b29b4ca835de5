"""One address for one page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(?:utm_\w+|spm\w*|from|fromsource|isappinstalled|scene|share\w*|jsessionid|phpsessid|sessionid|sid|aspsessionid\w*"
    r"|timestamp|_t|_r|rand(?:om)?|bsh_bid|nsukey|wxshare\w*|gclid|fbclid|hm\w{2}|ticket|clicktime|enterid|version_time)$",
    re.IGNORECASE,
)
_ROUTE = re.compile(r"!?/\w")
_VALUE_MATTERS = {"sid", "from", "scene"}
"""Names that some sites use for content: dropped only where their value cannot name a page."""
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def canonical_url(url: str) -> str:
    """The address without session and tracking parameters, and without a fragment that is no route; host in
    lower case, no default port.

    The order of the remaining parameters and the scheme are kept: servers are asked with the result.
    Anything that is no address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url.partition("#")[0].strip()
    netloc = host if ":" not in host else f"[{host}]"
    if port and str(port) != _DEFAULT_PORTS.get(parts.scheme):
        netloc = f"{netloc}:{port}"
    path = _SESSION_PATH.sub("", parts.path) or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair.strip() and not _is_tracking(pair))
    route = parts.fragment if is_route(parts.fragment) else ""
    return urlunsplit((parts.scheme, netloc, path.strip(), query.strip(), route))


def is_route(fragment: str) -> bool:
    """Whether a fragment is the address of a page within a program that runs in the browser: `/detail/12`."""
    return bool(_ROUTE.match(fragment))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if not _TRACKING.match(name):
        return False
    return name.lower() not in _VALUE_MATTERS or not value.isdigit()
