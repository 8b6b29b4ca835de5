"""The Maildir that stands in for a server."""

from __future__ import annotations

import mailbox
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest

from monitor.senders.channel import ChannelDown
from monitor.senders.maildir import MaildirSender
from tests.support.rows import NOON


def message(message_id: str = "<1@govwatch>", text: str = "水质公报\n") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "[饮水安全] 水质公报"
    made["Date"] = NOON
    made["Message-ID"] = message_id
    made.set_content(text)
    return made


def test_a_mail_is_a_new_mail_of_the_maildir(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "maildir"
    with MaildirSender(folder) as sender:
        answer = sender.send(message(), "reader@example.org")
    assert answer == f"maildir: {next((folder / 'new').iterdir())}"
    (read,) = mailbox.Maildir(folder, create=False)
    assert read.get_subdir() == "new"
    assert read["Message-ID"] == "<1@govwatch>"
    assert list((folder / "tmp").iterdir()) == []


def test_mails_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "maildir"
    MaildirSender(folder).send(message(), "reader@example.org")
    (path,) = (folder / "new").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_a_mail_sent_twice_is_one_mail(tmp_path: Path) -> None:
    sender = MaildirSender(tmp_path / "maildir")
    answers = {sender.send(message(), "reader@example.org") for _ in range(2)}
    assert len(answers) == 1
    assert len(mailbox.Maildir(tmp_path / "maildir", create=False)) == 1


def test_a_mail_that_was_read_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "maildir"
    sender = MaildirSender(folder)
    sender.send(message(), "reader@example.org")
    box = mailbox.Maildir(folder, create=False)
    ((key, mail),) = box.items()
    mail.set_subdir("cur")
    mail.set_flags("S")
    box[key] = mail
    answer = sender.send(message(), "reader@example.org")
    assert answer.endswith(":2,S")
    assert len(list(folder.glob("*/*"))) == 1


def test_two_mails_and_two_readers_are_kept_apart(tmp_path: Path) -> None:
    sender = MaildirSender(tmp_path / "maildir")
    sender.send(message("<1@govwatch>"), "a@example.org")
    sender.send(message("<2@govwatch>"), "a@example.org")
    sender.send(message("<1@govwatch>"), "b@example.org")
    assert len(mailbox.Maildir(tmp_path / "maildir", create=False)) == 3


def test_a_place_that_cannot_be_written_keeps_the_mails_waiting(tmp_path: Path) -> None:
    (tmp_path / "maildir").write_text("a file, no folder")
    with pytest.raises(ChannelDown, match=r"maildir: cannot deliver into the Maildir: .+"):
        MaildirSender(tmp_path / "maildir").send(message(), "reader@example.org")
