from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from demo.inbox import Inbox


def mail(text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "alerts@govwatch.example", "a@reader.example"
    message["X-Govwatch-Subscription"] = "督察整改"
    message.set_content(text, cte="base64")
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    return message


def test_every_mail_is_kept_for_each_recipient_with_its_text(tmp_path: Path) -> None:
    with Inbox(tmp_path / "inbox") as inbox:
        with smtplib.SMTP("127.0.0.1", inbox.port) as server:
            server.send_message(mail("一、整治范围。"), to_addrs=["a@reader.example", "b@reader.example"])
            server.send_message(mail("二、整治任务。"))
        first, second, third = inbox.mails
        assert [one.recipient for one in inbox.mails] == [
            "a@reader.example",
            "b@reader.example",
            "a@reader.example",
        ]
        assert (first.subscription, first.text) == ("督察整改", "一、整治范围。\n")
        assert third.html == "<p>二、整治任务。</p>\n"
        assert first.file.read_bytes() == second.file.read_bytes() != third.file.read_bytes()
        assert sorted((tmp_path / "inbox").iterdir()) == [first.file, second.file, third.file]


def test_it_is_closed_afterwards_even_with_a_client_in_mid_sentence(tmp_path: Path) -> None:
    with Inbox(tmp_path) as inbox:
        client = smtplib.SMTP("127.0.0.1", inbox.port, timeout=5)
        client.ehlo()
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        client.docmd("NOOP")
    client.close()
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP("127.0.0.1", inbox.port)
    assert inbox.mails == ()
