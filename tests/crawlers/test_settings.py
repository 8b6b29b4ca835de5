"""Scrapy's own commands, in the project folder: they work without configuration and refuse a wrong one."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping

import pytest

from crawlers import settings
from crawlers.config import Config
from crawlers.settings import deployed
from tests.support.fetchjob import ROOT, environment
from tests.support.httpserver import Answer, serving


def scrapy(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        capture_output=True, text=True, cwd=ROOT, env=environment(env or {}), timeout=60, check=False,
    )  # fmt: skip


def test_list_shows_the_spiders() -> None:
    done = scrapy("list")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["column"]


def test_shell_fetches_as_politely_as_all() -> None:
    with serving({"/": Answer()}) as site:
        env = {"GOVWATCH_ALLOW_PRIVATE": "1", "GOVWATCH_DELAY": "0"}
        done = scrapy("shell", site.url + "/", "-c", "response.status", "--nolog", env=env)
        assert (done.returncode, done.stdout.strip()) == (0, "200"), done.stderr
        assert site.paths() == ["/robots.txt", "/"]


def test_a_wrong_configuration_is_one_line_and_exit_code_2() -> None:
    done = scrapy("list", env={"GOVWATCH_CONCURRENCY": "none"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("govwatch: environment: GOVWATCH_CONCURRENCY: should be a valid integer")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("contact", "agent"),
    [(None, "govwatch/0.1"), ("https://example.org/bot", "govwatch/0.1 (+https://example.org/bot)")],
)
def test_what_a_deployment_turns(contact: str | None, agent: str) -> None:
    config = Config(contact=contact, delay=5, concurrency=3, allow_private=True)
    turned = deployed(config)
    assert turned.pop("DOWNLOAD_DELAY") * (1 - settings.DOWNLOAD_DELAY_JITTER) == pytest.approx(5)
    assert turned["USER_AGENT"] == agent
    assert (turned["CONCURRENT_REQUESTS"], turned["ALLOW_PRIVATE"]) == (3, True)


def test_the_name_in_the_user_agent_has_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"].startswith(deployed(Config())["USER_AGENT"].partition("/")[2])


def test_nobody_is_less_polite_than_promised() -> None:
    assert settings.ROBOTSTXT_OBEY
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES
    assert not settings.TELNETCONSOLE_ENABLED
    assert settings.RETRY_PAUSES == [1, 4]
    assert settings.REDIRECT_MAX_TIMES == 5
