from __future__ import annotations

import lxml.html
import pytest

from crawlers.listing.titles import title_of

FULL = "青禾县人民政府关于印发农村公路管理养护办法的通知"


@pytest.mark.parametrize(
    "markup",
    [
        f"<a>{FULL}</a>",
        f'<a title="{FULL}">青禾县人民政府关于印发农村公路...</a>',
        f'<a title="{FULL}">青禾县人民政府关于印发农村公路</a>',
        f'<a title="标题：{FULL} 点击数：31 发表时间：26年9月5日">青禾县人民政府关于印发…</a>',
        f'<a title="点击查看">{FULL}</a>',
        f'<a><span title="{FULL}">青禾县人民政府……</span></a>',
        f'<a title="{FULL}"></a>',
        f'<a><img src="x.jpg" alt="{FULL}"></a>',
        f"<a>·{FULL}</a>",
        f"<a><font color=red><b>{FULL[:8]}</b></font>{FULL[8:]}</a>",
        f"<a>{FULL}<span>2026-09-05</span></a>",
        f"<a>{FULL} [2026-09-05]</a>",
        f"<a>2026-09-05 {FULL}</a>",
        f"<a>{FULL[:9]}<br>{FULL[9:]}</a>",
        f'<a><p class="date">09-05</p><p class="tit">{FULL}</p><p>近日，县里出台办法，明确责任。</p></a>',
        f"<a><div><h3>{FULL}</h3><p>近日，县里出台了办法，明确各方责任。</p></div></a>",
    ],
)
def test_the_whole_title_is_told(markup: str) -> None:
    row = lxml.html.fragment_fromstring(f"<li>{markup}</li>")
    assert title_of(row.find("a"), row) == FULL


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<a title='{FULL}{'及有关事项' * 200}'>{FULL}</a>", FULL),
        ("<a title='2024年鉴'>2025年</a>", "2025年"),
        ("<a>关于2026年9月5日停水的通知</a>", "关于2026年9月5日停水的通知"),
        ("<a title='另一个说法'>短标题...</a>", "短标题..."),
        ("<a> </a>", ""),
    ],
)
def test_nothing_is_made_up(markup: str, title: str) -> None:
    row = lxml.html.fragment_fromstring(f"<li>{markup}</li>")
    assert title_of(row.find("a"), row) == title
