"""What damage is made of: tags, entities, attributes and words that mean something to a reader of pages."""

from __future__ import annotations

NAMES = (
    b"div", b"span", b"p", b"table", b"tr", b"td", b"ul", b"li", b"a", b"b", b"font", b"form",
    b"center", b"h1", b"h2", b"dl", b"dd", b"section", b"article", b"ucapcontent", b"body", b"html",
    b"head", b"title", b"pre", b"svg", b"math", b"select", b"option", b"button", b"iframe", b"noscript",
    b"template", b"o:p",
)  # fmt: skip
OPENERS = (
    b"<script>", b"<style>", b"<!--", b"<![CDATA[", b"<textarea>", b"<title>", b"<xmp>", b"<plaintext>",
    b"<noscript>", b"<iframe>", b"<select>", b"<svg><style>", b"<math><mi>", b"<template>",
    b"<frameset>", b"<?php ", b"<%", b"<!DOCTYPE ", b"<a href='", b'<div class="', b"<", b"</",
    b"<object><param name=",
)  # fmt: skip
CLOSERS = (
    b"-->", b"</script>", b"</style>", b"</title>", b"</html>", b"</body>", b"</head>", b"]]>", b'"',
    b"'",
)  # fmt: skip
ENTITIES = (
    b"&#x110000;", b"&#xD800;", b"&#0;", b"&#99999999999999999999;", b"&#x;", b"&#;", b"&;", b"&amp",
    b"&amp;amp;", b"&nbsp", b"&NotEqualTilde;", b"&#128;", b"&#x80", b"&#65534;", b"&lt;p&gt;",
    b"&quot", b"&" * 50,
)  # fmt: skip
ATTRIBUTES = (
    b"class", b"id", b"style", b"href", b"src", b"name", b"content", b"onclick", b"title", b"hidden",
    b"charset", b"property", b"data-src", b"colspan", b"xmlns:o", b"alt", b"=", b'"', b"http-equiv",
    b"rel", b"a\xb7\xc3",
)  # fmt: skip
VALUES = (
    b"", b"display:none", b"http://[::1", b"//", b"javascript:;", b"?", b"#",
    b"data:image/png;base64,AAAA", b"content zoom TRS_Editor", b"nav footer", b"pubdate",
    b"ArticleTitle", b"2026-02-30", b"99999999999999999999", b"http://a:99999/", b"%zz%", b"\xff\xfe",
    b"mailto:", b"list_2.html", b"utf-16", b"0;url=//", b"hidden hide",
)  # fmt: skip
WORDS = (
    "来源：", "发布时间：", "2026-03-05 ", "（", "《", "责任编辑：", "索引号", "附件：", "下一页",
    "首页 > ", "，", "。", "标识码", "公网安备", "ICP备", "document.write(", "createPageHTML(",
    "var a='", '{"content":"', "[[", '{"a":', "<datastore>", "<record>", "<item>", "<url><loc>",
    "currentPage=", ".jpage({", "list_1_", "一", "A", "1", "-", "作者：", "打印 ", "\t", "。\n",
    "相关阅读", "关于", "的通知", "共1页 ", "第1/9页", "\u200b", "𠮷", "é", "时间",
)  # fmt: skip
"""Words that the reader looks for, opened brackets of what it parses, and single signs."""
LINKS = (
    '<li><a href="/2026/{n}.html" title="关于{n}号项目的公示">关于{n}号…</a><span>2026-03-{d:02}</span></li>',
    "<a href=list_{n}.html>{n}</a>", "<a href=/{n}/>第{n}个栏目</a>\n",
    "<a href='?page={n}'>下一页</a>",
    '<tr><td>{n}</td><td><a href="t2026_{n}.htm">第{n}号通知公告</a></td><td>2026年3月{d}日</td></tr>',
    '<a href="/f/{n}.pdf">附件{n}.pdf</a><img src="/i/{n}.jpg">',
)  # fmt: skip
"""Links of lists, pagers, menus and files; `n` a number, `d` a day of the month."""
CHARSETS = (
    "utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-7",
    "iso-8859-1", "windows-1252", "shift_jis", "euc-jp", "euc-kr", "iso-2022-jp", "iso-2022-kr", "hz",
    "koi8-r", "cp037", "ascii", "punycode", "idna", "base64", "rot13", "unicode_escape", "zip",
    "x-none",
)  # fmt: skip
"""Right ones, wrong ones, and codecs of Python that are no charset."""
CODECS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "shift_jis", "utf-7")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x1f\x8b", b"%PDF-", b"PK\x03\x04")
