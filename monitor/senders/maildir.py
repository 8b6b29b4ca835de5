"""Mails as files in a Maildir: the embedded default where no SMTP server is configured.

Any mail program or Python's `mailbox.Maildir` reads it (https://cr.yp.to/proto/maildir.html).
"""

from __future__ import annotations

import hashlib
import os
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType

from monitor.senders.channel import ChannelDown, Sender


class MaildirSender:
    """Delivers into the Maildir at `folder`, which is made with the first mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"Maildir {folder}"

    def __enter__(self) -> Sender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open between two mails."""

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Puts the mail among the new ones; one that is there already, read or unread, stays the only one."""
        try:
            path = self._delivered(_file_name(message, recipient), message)
        except OSError as error:
            raise ChannelDown(f"{self.folder}: cannot deliver into the Maildir: {error.strerror}") from error
        return f"maildir: {path}"

    def _delivered(self, name: str, message: EmailMessage) -> Path:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, *(self.folder / part for part in ("tmp", "new", "cur"))):
            folder.mkdir(mode=0o700, exist_ok=True)
        path = self.folder / "new" / name
        read = list((self.folder / "cur").glob(f"{name}:2,*"))
        if path.exists() or read:
            return read[0] if read else path
        # A name of its own per process: two senders with the same mail must not write into one file.
        unfinished = self.folder / "tmp" / f"{name}.{os.getpid()}"
        _write(unfinished, message.as_bytes(policy=policy.default))
        unfinished.replace(path)
        _sync_folder(path.parent)
        return path


def _file_name(message: EmailMessage, recipient: str) -> str:
    """Made from the mail itself, so that the same mail always has the same name; sorts by time."""
    key = f"{message['Message-ID']} {recipient}".encode()
    seconds = int(parsedate_to_datetime(str(message["Date"])).timestamp())
    return f"{seconds}.{hashlib.sha256(key).hexdigest()[:24]}.govwatch"


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut: only then may the outbox say `sent`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
