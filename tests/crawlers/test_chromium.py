"""How Chromium is started."""

from __future__ import annotations

import pytest

from crawlers.browser.chromium import launch_settings


@pytest.mark.parametrize(("user", "sandbox"), [(0, False), (1000, True)])
def test_only_root_has_no_sandbox(user: int, sandbox: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    options = launch_settings(None, "govwatch/0.1")["PLAYWRIGHT_LAUNCH_OPTIONS"]
    assert options["chromium_sandbox"] is sandbox
    assert "--no-sandbox" not in options["args"]
