"""A real mail server on loopback that keeps every mail it takes, as bytes in a folder."""

from __future__ import annotations

import asyncio
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType

from aiosmtpd.smtp import SMTP, Envelope, Session
from attrs import frozen


@frozen
class Mail:
    """One mail as the server took it."""

    recipient: str
    """To whom the envelope says."""
    message: EmailMessage
    file: Path

    @property
    def subscription(self) -> str:
        """Name of the subscription that it comes from."""
        return str(self.message["X-Govwatch-Subscription"])

    @property
    def text(self) -> str:
        """Its plain text, as a reader sees it; empty where there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else ""


class Inbox:
    """Takes mails for everybody on a free port of 127.0.0.1 while its `with` lasts."""

    def __init__(self, folder: Path) -> None:
        self.port = 0
        self._folder = folder
        self._mails: list[Mail] = []

    @property
    def mails(self) -> tuple[Mail, ...]:
        """All that came so far, in that order."""
        return tuple(self._mails)

    def __enter__(self) -> Inbox:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail server", daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> asyncio.Server:
        return await self._loop.create_server(
            lambda: SMTP(self, hostname="localhost", ident="govwatch demo"), "127.0.0.1", 0
        )

    async def _stop(self) -> None:
        self._server.close()
        mine = asyncio.current_task()
        conversations = [task for task in asyncio.all_tasks() if task is not mine]
        for task in conversations:
            task.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with a whole mail; the answer goes to its sender."""
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 a mail is bytes"
        for recipient in envelope.rcpt_tos:
            file = self._folder / f"{len(self._mails) + 1:02}-{recipient.partition('@')[0]}.eml"
            file.write_bytes(content)
            self._mails.append(Mail(recipient, message_from_bytes(content, policy=default), file))
        return f"250 OK, mail {len(self._mails)} of today"
