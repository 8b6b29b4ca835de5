"""The words of a mail, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from attrs import frozen

from crawlers.china import CHINA
from crawlers.items import Pollution


@frozen
class Wording:
    """All that a mail says by itself; `{...}` are filled in."""

    language: str
    """For `<html lang>`."""
    colon: str
    source: str
    site: str
    published: str
    region: str
    link: str
    open_page: str
    site_and_host: str
    day: str
    minute: str
    undated: str
    untitled: str
    no_text: str
    in_file: str
    reason: str
    query: str
    repaired: str
    pinyin: str
    repaired_bytes: str
    unresolved: str
    traditional: str
    reworded: str
    homophones: str
    synonyms: str
    mirror: str
    join: str
    copy: str
    changed: str
    signature: str

    def time(self, published: datetime | None, first_seen: datetime) -> str:
        """China time; only the day at midnight, where the page gave no more."""
        if published is None:
            return self.undated.format(self._moment(first_seen, self.minute))
        local = published.astimezone(CHINA)
        only_day = (local.hour, local.minute, local.second) == (0, 0, 0)
        return self._moment(published, self.day if only_day else self.minute)

    def _moment(self, moment: datetime, form: str) -> str:
        local = moment.astimezone(CHINA)
        return form.format(year=local.year, month=local.month, day=local.day, clock=f"{local:%H:%M}")

    def repair(self, pollution: Pollution) -> str | None:
        """What had been done to a polluted copy; None where the page was clean."""
        if pollution.kind == "none":
            return None
        if pollution.kind == "mirror":
            return self.mirror
        if pollution.kind in ("homophones", "synonyms"):
            return self.reworded.format(self.homophones if pollution.kind == "homophones" else self.synonyms)
        counted = (
            (self.pinyin, pollution.pinyin),
            (self.repaired_bytes, pollution.repaired_bytes),
            (self.unresolved, pollution.unresolved),
        )
        parts = [form.format(number) for form, number in counted if number]
        return self.repaired.format(self.join.join(parts) or self.traditional)


_CHINESE = Wording(
    language="zh-CN",
    colon="：",
    source="来源",
    site="网站",
    published="时间",
    region="地区",
    link="链接",
    open_page="打开原文",
    site_and_host="{site}（{host}）",
    day="{year}年{month}月{day}日",
    minute="{year}年{month}月{day}日 {clock}（北京时间）",
    undated="页面未注明；govwatch 首次看到：{}",
    untitled="（无标题）",
    no_text="（页面没有正文文字）",
    in_file="附件《{}》中：",
    reason="收到此邮件，是因为这篇文章命中了订阅“{}”。",
    query="检索式",
    repaired="这是一份被篡改的副本，上面的文字已经还原（{}）。网页原样的文字保存在数据库里。",
    pinyin="去掉夹杂的拼音 {} 处",
    repaired_bytes="修复残缺字节 {} 处",
    unresolved="未能修复 {} 处",
    traditional="繁体字改回简体字",
    reworded="这是一份被改写的副本（{}）：文字与原文不符，也无法还原，请以发布机关的原文为准。",
    homophones="有字被换成同音字",
    synonyms="有词被换成近义词",
    mirror="这一网页属于复制他人网页的镜像站群，不是发布机关的网站，请以发布机关的原文为准。",
    join="，",
    copy="同样的文字最早见于",
    changed="文章发布后有改动：改动后的第 {} 版才命中。",
    signature="govwatch 自动发送",
)

_ENGLISH = Wording(
    language="en",
    colon=": ",
    source="Source",
    site="Site",
    published="Time",
    region="Region",
    link="Link",
    open_page="Open the page",
    site_and_host="{site} ({host})",
    day="{year}-{month:02}-{day:02}",
    minute="{year}-{month:02}-{day:02} {clock} (China time)",
    undated="not given on the page; first seen by govwatch {}",
    untitled="(no title)",
    no_text="(the page has no text)",
    in_file="In the attachment “{}”:",
    reason="You receive this mail because the article matches the subscription “{}”.",
    query="Query",
    repaired="This is a tampered copy; the text above has been restored ({}). The page's own wording is kept"
    " in the database.",
    pinyin="inserted pinyin removed: {}",
    repaired_bytes="damaged places repaired: {}",
    unresolved="places beyond repair: {}",
    traditional="Traditional characters turned back into Simplified ones",
    reworded="This is a falsified copy ({}): its words are not those of the original and cannot be restored;"
    " rely on what the authority itself has published.",
    homophones="homophones in the place of characters",
    synonyms="synonyms in the place of words",
    mirror="This page belongs to a network of mirrors that copy the pages of others; rely on what the"
    " authority itself has published.",
    join="; ",
    copy="The same text was first seen at",
    changed="The article was changed after publication: it matches since its version {}.",
    signature="Sent automatically by govwatch",
)

WORDINGS: Mapping[Literal["zh", "en"], Wording] = {"zh": _CHINESE, "en": _ENGLISH}
