"""What stands around the text on a real page: menus, style, scripts, friendly links.

The demo's pages are lean. Saved pages of government sites have a median of about 38 KB, nine tenths of
which are this; a crawler and a reader have to get through it.
"""

from __future__ import annotations

from functools import cache

_SECTIONS = ("政务公开", "政务服务", "互动交流", "走进本区", "数据开放", "专题专栏", "机构职能", "新闻中心")
_ITEMS = (
    *("要闻动态", "通知公告", "政策文件", "政策解读", "财政预决算", "人事信息", "招标采购", "重大项目"),
    *("应急管理", "环境保护", "食品安全", "征地拆迁", "公共资源", "建议提案", "规划计划", "统计信息"),
)
_FRIENDS = ("省人民政府", "省生态环境厅", "市人民政府", "市发展和改革委员会", "市教育局", "市公安局")
_RULES = 110
_STATEMENTS = 90


def furnished(page: str) -> str:
    """The page as heavy as a real one, about 35 KB more; its text and its own links stay as they are."""
    page = page.replace("</head>", f"{_style()}{_script()}</head>", 1)
    page = page.replace("<body>", f"<body>{_menu()}", 1)
    return page.replace("</body>", f"{_friends()}{_script()}</body>", 1)


@cache
def _menu() -> str:
    groups = (
        f'<li class="nav-item"><a href="/s{s}/" target="_blank">{section}</a><ul class="nav-sub">'
        + "".join(
            f'<li><a href="/s{s}/i{i}/" title="{item}" target="_blank">{item}</a></li>'
            for i, item in enumerate(_ITEMS)
        )
        + "</ul></li>"
        for s, section in enumerate(_SECTIONS)
    )
    return f'<div class="header"><div class="logo"></div><ul class="nav">{"".join(groups)}</ul></div>'


@cache
def _style() -> str:
    rules = (
        f".layout-{n} .box{{width:{n * 7 % 100}%;margin:{n % 9}px auto;color:#{n * 997 % 4096:03x};"
        f"background:url(/images/bg{n}.png) no-repeat 0 -{n}px}}\n"
        for n in range(_RULES)
    )
    return f"<style>{''.join(rules)}</style>"


@cache
def _script() -> str:
    lines = (
        f'function show{n}(id){{var e=document.getElementById("box"+id);if(e){{e.className="on{n}"}}}}\n'
        for n in range(_STATEMENTS)
    )
    return f"<script type='text/javascript'>{''.join(lines)}</script>"


@cache
def _friends() -> str:
    options = "".join(
        f'<option value="/go/{n}">{name}（{n}）</option>' for n, name in enumerate(_FRIENDS * 10)
    )
    return f'<div class="links"><span>友情链接</span><select>{options}</select></div>'
