"""The HTML part as a reader sees it, in a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crawlers.china import CHINA
from crawlers.items import Pollution
from monitor.mail.compose import compose
from pipelines.store.outbox import DueMail

NOON = datetime(2026, 11, 22, 12, tzinfo=CHINA)
LONG_ADDRESS = "https://www.example.gov.cn/art/2026/11/21/" + "a" * 300 + ".html"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

# What the browser made of the page, written where `--dump-dom` shows it. Its own scripts could not do
# harm either: a mail has none.
_MEASURE = """<script>
const marks = [...document.querySelectorAll("mark")];
document.title = JSON.stringify({
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  marks: marks.map(mark => mark.textContent),
  seen: marks.every(mark => mark.getBoundingClientRect().height > 0),
  link: document.querySelector("a").href,
  alerts: window.alerted === true,
});
</script>"""


def mail() -> DueMail:
    return DueMail(
        id=7,
        message_id="<0123456789abcdef@govwatch>",
        recipient="reader@example.org",
        attempts=0,
        next_attempt_at=NOON,
        created_at=NOON,
        subscription="饮水安全",
        query="水质 AND 达标",
        locale="zh",
        url=LONG_ADDRESS,
        title="<script>window.alerted = true</script>清溪县第三季度水质公报",
        body="第三季度，全县集中式饮用水水源地水质全部达标。" * 3,
        source="清溪县生态环境局",
        site="清溪县人民政府",
        host="www.example.gov.cn",
        region="湖南省清溪县",
        published=datetime(2026, 11, 21, 9, 30, tzinfo=CHINA),
        first_seen=NOON,
        version=1,
        pollution=Pollution(),
        copy_of=None,
    )


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [500, 1200])
def test_a_mail_is_readable_and_harmless_in_a_browser(tmp_path: Path, width: int) -> None:
    seen = _shown(tmp_path, width)
    assert not seen["wide"], "the reader would have to scroll sideways"
    assert set(seen["marks"]) == {"水质", "达标"}
    assert seen["seen"]
    assert seen["link"] == LONG_ADDRESS
    assert not seen["alerts"]


def _shown(folder: Path, width: int) -> dict[str, Any]:
    message = message_from_bytes(compose(mail(), "w@example.org").as_bytes(), policy=policy.default)
    part = message.get_body(("html",))
    assert part is not None
    page = folder / "mail.html"
    page.write_text(part.get_content().replace("</body>", f"{_MEASURE}</body>"), encoding="utf-8")
    assert CHROMIUM is not None
    quiet = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", *quiet, "--disable-component-update",
            f"--user-data-dir={folder}/profile", f"--window-size={width},900", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(html.fromstring(done.stdout).findtext(".//title"))
    return found
