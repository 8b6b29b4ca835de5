"""Channels on which news go out, one file each."""

from __future__ import annotations

from crawlers.config import Config
from monitor.senders.channel import Sender
from monitor.senders.maildir import MaildirSender
from monitor.senders.smtp import Account, SmtpSender


def sender_for(config: Config) -> Sender:
    """The channel of the configuration: an SMTP server, or without one a Maildir in the data folder."""
    if config.smtp_host is None:
        return MaildirSender(config.data / "maildir")
    account = Account(
        host=config.smtp_host,
        port=config.smtp_port,
        security=config.smtp_security,
        user=config.smtp_user,
        password=config.smtp_password,
        mail_from=config.mail_from,
    )
    return SmtpSender(account)
