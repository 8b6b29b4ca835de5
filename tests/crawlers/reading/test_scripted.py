"""What a page's scripts hold or write: text, headline, source, date."""

from __future__ import annotations

import json

import pytest

from tests.crawlers.reading.test_parts import FIRST, SECOND, TEXT, TITLE, page

CONTENT = json.dumps(f'<div class="c">{TEXT}</div>')


@pytest.mark.parametrize(
    "waiting",
    [
        f'<script>window._CONFIG={{"DETAIL":{{"title":"x","content":{CONTENT}}}}}</script>',
        f"<noscript><article>{TEXT}</article></noscript>",
        "<textarea>" + TEXT.replace("<", "&lt;").replace(">", "&gt;") + "</textarea>",
    ],
)
def test_text_that_waits_for_a_script_is_read(waiting: str) -> None:
    assert page(f"<h1>{TITLE}</h1><p>加载中</p>{waiting}").body == f"{FIRST}\n{SECOND}"


def test_what_a_script_says_beside_its_text_is_read() -> None:
    said = '"newsTitle": "石鼓馆开馆", "newsSource": "石鼓发布", "newsPublishTime": "2025-05-27 19:48"'
    article = page(
        f'<script type="application/json">{{"data": {{{said}, "newsContent": {CONTENT}}}}}</script>', ""
    )
    assert (article.title, article.source) == ("石鼓馆开馆", "石鼓发布")
    assert str(article.published) == "2025-05-27 19:48:00+08:00"


def test_text_that_a_script_holds_in_parts_is_read_with_who_wrote_it() -> None:
    parts = [
        {"type": "text", "value": FIRST},
        {"type": "image", "value": "https://cdn.example/1.jpg"},
        {"type": "text", "value": SECOND},
    ]
    data = {
        "newsTitle": "凌晨的鱼市",
        "newsTimeStr": "2023-11-20 07:30",
        "fromName": "丁桥新闻",
        "authorName": "记者 乐山 实习生 祝小满",
        "blocks": parts,
    }
    article = page(
        f"<div id=root></div><script>var detail = {json.dumps(data)}</script>", "<title>丁桥+</title>"
    )
    assert article.body == f"{FIRST}\n{SECOND}"
    assert (article.title, article.source, article.author) == ("凌晨的鱼市", "丁桥新闻", "乐山 祝小满")
    assert str(article.published) == "2023-11-20 07:30:00+08:00"


def test_text_in_a_script_is_read_although_the_page_itself_says_something() -> None:
    told = [f"{number}月，清溪县环境执法队抽查辖区内的企业，并责令限期整改。" for number in range(1, 8)]
    content = json.dumps("".join(f"<p>{line}</p>" for line in told)).replace("<", r"\u003C")
    foot = "本站由示范县人民政府办公室主办，示范县大数据中心承办。建议使用高版本的浏览器访问本站，谢谢。"
    script = f'<script>DETAIL = {{"title": "x", "content": {content}}}</script>'
    assert page(f"{script}<h1>{TITLE}</h1><div>{foot}</div>").body == "\n".join(told)


def test_text_that_an_old_editor_left_in_a_field_is_read_in_capitals_too() -> None:
    line = "&lt;P&gt;{}月，清溪县环境执法队抽查辖区内的企业，并责令限期整改。&lt;/P&gt;"
    told = "".join(line.format(number) for number in range(1, 8))
    foot = "本站由示范县人民政府办公室主办，示范县大数据中心承办。建议使用高版本的浏览器访问本站，谢谢。"
    body = page(f"<h1>{TITLE}</h1><TEXTAREA>{told}</TEXTAREA><div>{foot}</div>").body
    assert body.count("限期整改") == 7


def test_what_small_scripts_write_is_read_where_they_write_it() -> None:
    source = "<script>var ly='';if(ly==''){document.write('青禾县水务局');}else{document.write(ly);}</script>"
    day = "<script>document.write(tm.substring(0,10));</script>"
    head = f"<title>{TITLE}</title><script>var tm = '2026-08-03 09:10';</script>"
    article = page(f"<h1>{TITLE}</h1><p>来源：{source}　时间：{day}</p><div>{TEXT}</div>", head)
    assert article.source == "青禾县水务局"
    assert article.published is not None
    assert str(article.published.date()) == "2026-08-03"


def test_pages_of_wechat_and_data_for_search_engines() -> None:
    head = (
        f"<title>{TITLE}</title><script>var nickname = htmlDecode(\"青禾发布\"); var msg_title = 'x';"
        "var createTime = '2026-08-03 17:30';</script>"
    )
    article = page(f"<h1>{TITLE}</h1><div id=js_content>{TEXT}</div>", head)
    assert (article.source, str(article.published)) == ("青禾发布", "2026-08-03 17:30:00+08:00")
    data = json.dumps({"@type": "NewsArticle", "datePublished": "2026-08-03T14:22:00+08:00"})
    article = page(f"<h1>{TITLE}</h1>{TEXT}", f'<script type="application/ld+json">{data}</script>')
    assert str(article.published) == "2026-08-03 14:22:00+08:00"


def test_a_branch_of_a_script_is_taken_as_its_variable_says() -> None:
    code = "var ly='青禾县环保局';if(ly==''){document.write('青禾县政府');}else{document.write(ly);}"
    line = f"<p>来源：<script>{code}</script></p>"
    assert page(f"<h1>{TITLE}</h1>{line}{TEXT}").source == "青禾县环保局"


@pytest.mark.parametrize("before", ['id="js_name"', 'id="post-user"', 'id="js_name"></a><a id="post-user"'])
def test_a_saved_page_of_wechat_names_its_account_without_scripts(before: str) -> None:
    account = f'<span id="profileBt"><a href="#" {before}>\n 青禾发布 </a></span>'
    head = f'<title>{TITLE}</title></head><body id="activity-detail">'
    assert page(f"<h2>{TITLE}</h2>{account}<div id=js_content>{TEXT}</div>", head).source == "青禾发布"


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("var ly = '青禾县水务局';", "青禾县水务局"),
        ("var ly='';\nvar ly = \"青禾县水务局\",x=1;", "青禾县水务局"),
        ("var wly = '别处'; var ly2 = '别处'; a.ly = '青禾县水务局';", "青禾县水务局"),
        ("var wly = '别处'; if (ly == '别处;') {}", None),
    ],
)
def test_a_script_writes_the_text_that_its_variable_is_given(given: str, source: str | None) -> None:
    line = "<p>来源：<script>document.write(ly)</script></p>"
    assert page(f"<h1>{TITLE}</h1>{line}{TEXT}<script>{given}</script>").source == source
