"""What `add` shows beyond the rows: pace, site, region, robots.txt."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from crawlers.checking import Check
from crawlers.items import Failure, ListPage, Row, Site
from crawlers.onboarding import Onboarding
from monitor.cli.understood import as_json, mirror_warnings, show
from tests.support.columns import column
from tests.support.commands import here
from tests.support.httpserver import Answer, serving

URL = "http://www.changsha.gov.cn/xwzx/"
ROWS = tuple(
    Row(f"{URL}t{day}.html", f"全市生态环境工作第{day}次会议召开", date(2026, 11, day))
    for day in range(20, 5, -1)
)
FOUND = Onboarding(
    url=URL,
    title="要闻",
    list_page=ListPage(url=URL, kind="list", family="plain", rows=ROWS),
    articles=(Check(ROWS[0], ROWS[0].title, True, True, True),),
    site=Site("长沙市人民政府", "www.changsha.gov.cn", "4301000040"),
)


def refused(kind: str) -> Check:
    return Check(ROWS[1], problems=(f"{kind}: no",), failure=Failure(kind, "no", ROWS[1].url))


def titled(*titles: str) -> Onboarding:
    rows = tuple(Row(f"{URL}{number}.html", title) for number, title in enumerate(titles))
    return evolve(FOUND, list_page=evolve(FOUND.list_page, rows=rows), articles=())


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (titled("全縣生態(tài)環(huán)境會(huì)議召開", "縣長(zhǎng)調(diào)研農(nóng)業(yè)"), "pinyin"),
        (titled("县卫书记主持召开常卫会", "市正府召开会议"), "homophones"),
        (titled("市政府記者會說明公園整建進度", "於明年三月完工後開放"), None),
        (FOUND, None),
    ],
)
def test_a_mirror_is_told_by_its_headlines(found: Onboarding, kind: str | None) -> None:
    warnings = mirror_warnings(found)
    assert len(warnings) == (kind is not None)
    assert all(f"polluted copies ({kind})" in warning for warning in warnings)


def undated() -> Onboarding:
    rows = tuple(evolve(row, published=None) for row in ROWS)
    return evolve(FOUND, list_page=evolve(FOUND.list_page, rows=rows))


def failed(error: str) -> Onboarding:
    return Onboarding(URL, None, ListPage(url=URL, kind="error", family=None), error=error)


@pytest.mark.parametrize(
    ("found", "key", "value"),
    [
        (FOUND, "publishes", {"per_week": 7.0, "newest": "2026-11-20", "said": "about 7 a week"}),
        (undated(), "publishes", None),
        (FOUND, "region", {"code": "430100", "name": "湖南省长沙市"}),
        (
            evolve(FOUND, site=None, url="http://www.hunan.gov.cn/x/"),
            "region",
            {"code": "430000", "name": "湖南省"},
        ),
        (evolve(FOUND, site=None, url="http://127.0.0.1/x/"), "region", None),
        (FOUND, "robots", {"allows": True, "refused": []}),
        (evolve(FOUND, articles=(refused("robots"),)), "robots", {"allows": False, "refused": [ROWS[1].url]}),
        (evolve(FOUND, articles=(refused("timeout"),)), "robots", {"allows": True, "refused": []}),
        (failed("robots: forbidden by the site's robots.txt"), "robots", {"allows": False, "refused": [URL]}),
        (failed("timeout: no answer"), "robots", None),
        (failed("timeout: no answer"), "region", None),
    ],
)
def test_what_programs_are_told(found: Onboarding, key: str, value: Any) -> None:
    assert as_json(found, None)[key] == value


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (FOUND, "publishes:  about 7 a week, last on 2026-11-20"),
        (undated(), "publishes:  not told: too few rows have a date"),
        (FOUND, "site:       长沙市人民政府 4301000040"),
        (FOUND, "region:     湖南省长沙市 430100"),
        (FOUND, "robots.txt: allows the list and the article looked at"),
        (evolve(FOUND, articles=()), "robots.txt: allows the list"),
        (
            evolve(FOUND, articles=(*FOUND.articles, refused("robots"))),
            f"robots.txt: allows the list, forbids {ROWS[1].url}",
        ),
    ],
)
def test_what_people_are_shown(found: Onboarding, line: str, capfd: pytest.CaptureFixture[str]) -> None:
    show(found)
    assert line in capfd.readouterr().out.splitlines()


def test_an_article_that_robots_txt_forbids_is_named_and_not_fetched(tmp_path: Path) -> None:
    rules = Answer(b"User-agent: *\nDisallow: /art/0.html\n", headers={"Content-Type": "text/plain"})
    with serving({**column(), "/robots.txt": rules}) as site:
        found = here(tmp_path).run("add", f"{site.url}/list/", "--dry-run", "--json").json
    assert found["robots"] == {"allows": False, "refused": [f"{site.url}/art/0.html"]}
    assert "/art/0.html" not in site.paths()
