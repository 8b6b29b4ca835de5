"""What a failed visit says about a source, in the states of `govwatch status`. Pure."""

from __future__ import annotations

from typing import Literal

State = Literal[
    "healthy",
    "silent",
    "changed_layout",
    "blocked",
    "unreachable",
    "hijacked",
    "paused",
    "unverified",
    "broken",
]

_STATES: dict[str, State] = {
    "robots": "blocked",
    "robots_unreachable": "unreachable",
    "http_403": "blocked",
    "http_429": "blocked",
    "js_challenge": "blocked",
    "waf": "blocked",
    "login": "blocked",
    "dns": "unreachable",
    "refused": "unreachable",
    "timeout": "unreachable",
    "tls": "unreachable",
    "tls_legacy": "unreachable",
    "tls_dh": "unreachable",
    "tls_curve": "unreachable",
    "tls_version": "unreachable",
    "tls_handshake": "unreachable",
    "unreachable": "unreachable",
    "truncated": "unreachable",
    "http_5xx": "unreachable",
    "no_rows": "changed_layout",
    "foreign_rows": "changed_layout",
    "soft_404": "changed_layout",
    "http_404": "changed_layout",
    "empty": "changed_layout",
    "redirect_home": "changed_layout",
    "foreign_site": "changed_layout",
    "frozen": "silent",
    "hijacked": "hijacked",
    "suspended": "hijacked",
}


def state_after(failure_kind: str) -> State:
    """The state of a source whose last visit failed so."""
    return _STATES.get(failure_kind, "broken")
