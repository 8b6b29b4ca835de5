"""The mails that came against those that the world says are owed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from demo.inbox import Mail
from demo.readers import Owed
from demo.verify import Finding, set_difference

_LINK = {"zh": "链接：", "en": "Link: "}
_SOURCE = {"zh": "来源：", "en": "Source: "}
_SITE = {"zh": "网站：", "en": "Site: "}
_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def check_mails(owed: Collection[Owed], mails: Sequence[Mail]) -> list[Finding]:
    """Each mail that is owed came once, no other came, each with an identity of its own."""
    wanted = {(one.recipient, one.reader.name, one.article.url): one for one in owed}
    had = [(mail.recipient, mail.subscription, link_of(mail)) for mail in mails]
    findings = set_difference("mails", wanted, had)
    identities = [str(mail.message["Message-ID"]) for mail in mails]
    findings += set_difference("Message-IDs", set(identities), identities)
    for key, mail in zip(had, mails, strict=True):
        if key in wanted:
            findings += check_mail(wanted[key], mail)
    return findings


def link_of(mail: Mail) -> str | None:
    """The address that the mail is about, in whichever language it says so."""
    lines = mail.text.splitlines()
    found = [line.removeprefix(label) for label in _LINK.values() for line in lines if line.startswith(label)]
    return found[0] if len(found) == 1 else None


def check_mail(owed: Owed, mail: Mail) -> list[Finding]:
    """One mail says what a mail must say, in the reader's language."""
    reader, article, text = owed.reader, owed.article, mail.text
    lines = text.replace("【", "").replace("】", "").splitlines()
    host = article.host.partition(":")[0]
    last = "\n".join(lines[-3:])
    told = {
        "Subject": str(mail.message["Subject"]) == f"[{reader.name}] {article.title}",
        "To": str(mail.message["To"]) == owed.recipient,
        "Message-ID": bool(mail.message["Message-ID"]),
        "title": article.title in lines,
        "source": article.source is None or f"{_SOURCE[reader.locale]}{article.source}" in lines,
        "site": any(line.startswith(_SITE[reader.locale]) and host in line for line in lines),
        "time": any(line.startswith(_day(owed)) for line in lines),
        "link": f"{_LINK[reader.locale]}{article.url}" in lines,
        "marked keyword": any(f"【{word}】" in text for word in reader.keywords),
        "why it came": reader.name in last and reader.query in last,
        "language of the HTML": f'<html lang="{_LANGUAGE[reader.locale]}">' in mail.html,
        "link in the HTML": f'href="{escape(article.url)}"' in mail.html,
        "marked keyword in the HTML": "<mark" in mail.html,
    }
    name = f"mail to {owed.recipient} about {article.key}"
    wanted = f"as for {article.title} ({article.url}, {reader.locale})"
    return [Finding(f"{name}: {what}", wanted, text) for what, holds in told.items() if not holds]


def _day(owed: Owed) -> str:
    day = owed.article.published
    if owed.reader.locale == "en":
        return f"Time: {day:%Y-%m-%d}"
    return f"时间：{day.year}年{day.month}月{day.day}日"
