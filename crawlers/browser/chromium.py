"""The browser of the system and how it is started."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names under which systems have it."""
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

_LONGEST = 180.0
"""Seconds for one page with all that it asks for, at the delay of its site."""


def program(configured: str | None) -> str | None:
    """The path of Chromium, as configured or as the system has it; None where there is none."""
    if configured:
        return shutil.which(configured)
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or (str(_MAC) if _MAC.exists() else None)


def lacking(configured: str | None) -> str | None:
    """What has to be installed before a page can be rendered, in one line; None where all is there."""
    if find_spec("scrapy_playwright") is None:
        return "the extra `browser` is not installed: `make browser`, or pip install 'govwatch[browser]'"
    if program(configured) is None:
        where = f"there is no {configured}" if configured else "no Chromium or Chrome was found"
        return f"{where}: install it (Debian: apt install chromium), or name it: chromium under [fetch]"
    return None


def launch_settings(configured: str | None, user_agent: str) -> dict[str, Any]:
    """How scrapy-playwright starts it, should it be asked to."""
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": program(configured),
            # Playwright itself turns the sandbox off where nothing is said; root, as in containers, has none.
            "chromium_sandbox": os.geteuid() != 0,
            "args": [
                "--disable-gpu",
                f"--user-agent={user_agent}",
                # Every request is answered by us; whatever would go past us finds nobody.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            ],
        },
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _LONGEST * 1000,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
    }
