"""A due mail as a message: headers, text and HTML. Pure: the same mail is always the same message."""

from __future__ import annotations

import hashlib
from email import policy
from email.message import EmailMessage
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.mail.excerpt import Excerpt, excerpt, printable
from monitor.mail.wording import WORDINGS, Wording
from pipelines.store.outbox import DueMail

SUBJECT_LENGTH = 200
"""Characters of a subject; what is longer is no headline any more."""

_TEMPLATES = Environment(
    loader=PackageLoader("monitor.mail"),
    autoescape=lambda name: name is not None and name.endswith(".html"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def compose(mail: DueMail, mail_from: str) -> EmailMessage:
    """The message for one reader. Raises `ValueError` where a header cannot be written."""
    words = WORDINGS[mail.locale]
    values = _values(mail, words, excerpt(mail.query, mail.title or "", mail.body, mail.files))
    message = EmailMessage(policy.SMTP)
    message["Subject"] = subject(mail)
    message["From"] = mail_from
    message["To"] = mail.recipient
    # The day of the promise, not of the try: a mail that has to be repeated is the same to the last letter.
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice comes back
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    message["X-Govwatch-Subscription"] = _one_line(mail.subscription)
    # Base64, because quoted-printable makes nine letters of one Chinese character and 8bit lines of
    # more than 998 bytes, which SMTP forbids.
    message.set_content(_rendered("alert.txt", values), cte="base64")
    message.add_alternative(_rendered("alert.html", values), subtype="html", cte="base64")
    message.set_boundary(f"=_{hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]}")
    return message


def subject(mail: DueMail) -> str:
    """`[subscription] title`, on one line."""
    title = _one_line(mail.title or "") or WORDINGS[mail.locale].untitled
    text = f"[{_one_line(mail.subscription)}] {title}"
    return text if len(text) <= SUBJECT_LENGTH else text[: SUBJECT_LENGTH - 1] + "…"


def _values(mail: DueMail, words: Wording, shown: Excerpt) -> dict[str, Any]:
    facts = (
        (words.source, mail.source),
        (words.site, _site(mail, words)),
        (words.published, words.time(mail.published, mail.first_seen)),
        (words.region, mail.region),
    )
    return {
        "words": words,
        "subject": subject(mail),
        "title": shown.title,
        "passages": shown.passages,
        "files": [(words.in_file.format(_one_line(name)), runs) for name, runs in shown.files],
        "facts": [(label, _one_line(value)) for label, value in facts if value],
        "url": _one_line(mail.url),
        "web": mail.url.startswith(("http://", "https://")),
        "notes": _notes(mail, words),
        "copy_of": mail.copy_of,
        "reason": words.reason.format(_one_line(mail.subscription)),
        "query": _one_line(mail.query),
    }


def _site(mail: DueMail, words: Wording) -> str:
    return words.site_and_host.format(site=mail.site, host=mail.host) if mail.site else mail.host


def _notes(mail: DueMail, words: Wording) -> list[str]:
    changed = words.changed.format(mail.version) if mail.version > 1 else None
    return [note for note in (words.repair(mail.pollution), changed) if note]


def _rendered(template: str, values: dict[str, Any]) -> str:
    return _TEMPLATES.get_template(template).render(values)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
