"""What a channel does for the outbox, and the three ways in which it can fail."""

from __future__ import annotations

from email.message import EmailMessage
from types import TracebackType
from typing import Protocol


class Sender(Protocol):
    """Hands mails over. Used as a context manager around many mails; connects when the first one comes."""

    name: str
    """Where the mails go, for people: `smtp.example.org:587`, `Maildir /srv/govwatch/data/maildir`."""

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Hands one mail over and gives the answer of whoever took it.

        Raises `Refused`, `Deferred` or `ChannelDown`; without an exception the mail was taken.
        """

    def __enter__(self) -> Sender: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Refused(Exception):
    """This mail will never be taken, as the server says: no such mailbox, content refused."""


class Deferred(Exception):
    """This mail was not taken this time: greylisting, a full mailbox, a connection lost on the way."""


class ChannelDown(Exception):
    """No mail can go out now, and no recipient is to blame: server away, login or sender refused.

    The text says what happened and, where the operator can mend it, the remedy.
    """
