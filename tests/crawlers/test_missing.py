"""Sites that answer 200 for pages that nobody has."""

from __future__ import annotations

import asyncio

import pytest
from attrs import define, field

from crawlers.fetching import FetchFailed
from crawlers.items import Failure, NextPage, Page
from crawlers.missing import Missing

FRAME = "<div>首页 政务公开 办事服务 互动交流</div>{}<div>主办：清溪县人民政府 今日访问{}人次</div>"
NOTICE = "<p>很抱歉，系统没有查到您要的内容，您可以返回首页，或使用站内检索，或向我们反映情况。</p>"
ARTICLE = "<p>县水利局召开水库除险加固工作推进会，听取各乡镇汇报，研究部署下一阶段的重点任务。</p>"


@define
class Web:
    """A site that shows the notice for what it does not have; with `honest` it says 404."""

    honest: bool = False
    asked: list[str] = field(factory=list)

    async def __call__(self, target: str | NextPage) -> Page:
        url = target if isinstance(target, str) else target.url
        self.asked.append(url)
        if self.honest:
            raise FetchFailed(Failure("http_404", "HTTP status 404", url))
        return page(url, NOTICE, len(self.asked))


def page(url: str, content: str, visitors: int = 0) -> Page:
    return Page(url, FRAME.format(content, 3000 + visitors).encode(), "text/html")


@pytest.mark.parametrize(
    ("content", "honest", "missing"),
    [(NOTICE, False, True), (ARTICLE, False, False), (NOTICE, True, False)],
    ids=["the notice", "an article", "an honest site"],
)
def test_a_notice_is_recognised_by_what_is_shown_for_anything(
    content: str, honest: bool, missing: bool
) -> None:
    asked = page("http://www.qinghe.gov.cn/zwdt/202611/t20261120_1.html", content)
    assert asyncio.run(Missing(Web(honest)).is_shown(asked)) is missing


def test_a_site_is_asked_once() -> None:
    async def twice(one: Missing) -> None:
        for number in (1, 2):
            await one.is_shown(page(f"http://www.qinghe.gov.cn/a/{number}.html", ARTICLE))
        await one.is_shown(page("http://www.linshi.gov.cn/b/3.html", ARTICLE))

    web = Web()
    asyncio.run(twice(Missing(web)))
    first, second = web.asked
    assert first.startswith("http://www.qinghe.gov.cn/a/")
    assert second.startswith("http://www.linshi.gov.cn/b/")
