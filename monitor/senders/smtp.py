"""Mails over SMTP: one connection for many mails, every answer of the server sorted by whose fault it is."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from types import TracebackType
from typing import Literal

from attrs import frozen
from pydantic import SecretStr

from monitor.senders.channel import ChannelDown, Deferred, Refused, Sender
from monitor.senders.login import log_in

TIMEOUT = 30.0
"""Seconds to wait for each answer of the server."""

BROKEN_IN_A_ROW = 3
"""Connections lost in the middle of a mail, one after the other, after which the server is to blame."""

_LOGIN_WANTED = frozenset({530, 534, 535, 538})
_TOO_LARGE = 552
_CLOSING = 421


@frozen
class Account:
    """Where and as whom mails are handed over."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str | None
    password: SecretStr | None
    mail_from: str
    """Address of the sender, with or without a name before it."""


class SmtpSender:
    """Hands mails to an SMTP server; connects with the first mail and again where the line broke."""

    def __init__(self, account: Account, timeout: float = TIMEOUT) -> None:
        self.name = f"{account.host}:{account.port}"
        self._account = account
        self._envelope_from = parseaddr(account.mail_from)[1]
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None
        self._broken = 0

    def __enter__(self) -> Sender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError):  # smtplib's own errors are OSErrors too
                server.quit()
            server.close()

    def send(self, message: EmailMessage, recipient: str) -> str:
        _check_address(recipient)
        server = self._connected()
        try:
            answer = self._hand_over(server, message.as_bytes(policy=policy.SMTP), recipient)
        except OSError as error:
            raise self._line_broke(error) from error
        self._broken = 0
        return answer

    def _connected(self) -> smtplib.SMTP:
        """A connection fit for the next mail: servers hang up after so many mails or so many seconds."""
        if self._server is not None:
            try:
                fit = self._server.rset()[0] == 250
            except OSError:
                fit = False
            if not fit:
                self._drop()
        if self._server is None:
            try:
                self._server = self._connect()
            except OSError as error:
                raise ChannelDown(f"{self.name}: {_explained(error)}") from error
        return self._server

    def _connect(self) -> smtplib.SMTP:
        account = self._account
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if account.security == "tls":
            server = smtplib.SMTP_SSL(account.host, account.port, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(account.host, account.port, timeout=self._timeout)
        try:
            if account.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if account.user is not None and account.password is not None:
                log_in(server, self.name, account.user, account.password)
        except BaseException:  # raised again
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, content: bytes, recipient: str) -> str:
        options = [f"size={len(content)}"] if server.has_extn("size") else []
        self._expect_sender_taken(*server.mail(self._envelope_from, options))
        self._expect_mail_taken(*server.rcpt(recipient))
        try:
            code, answer = server.data(content)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _bytes(error.smtp_error)
        self._expect_mail_taken(code, answer)
        return _text(code, answer)

    def _expect_sender_taken(self, code: int, answer: bytes) -> None:
        """Before a recipient is named, a refusal concerns nobody's mail, except by its size."""
        if code == 250:
            return
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected(_text(code, answer))
        if code == _TOO_LARGE:
            raise Refused(_text(code, answer))
        remedy = "check smtp_user and smtp_password" if code in _LOGIN_WANTED else "check mail_from"
        raise ChannelDown(
            f"{self.name} takes no mail from {self._envelope_from}: {_text(code, answer)}; {remedy}"
        )

    def _expect_mail_taken(self, code: int, answer: bytes) -> None:
        if code in (250, 251):
            return
        if code == _CLOSING:
            self._drop()
        if code in _LOGIN_WANTED:
            raise ChannelDown(
                f"{self.name} wants a login: {_text(code, answer)}; set smtp_user and smtp_password"
            )
        raise Refused(_text(code, answer)) if 500 <= code < 600 else Deferred(_text(code, answer))

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _line_broke(self, error: OSError) -> Exception:
        """One mail can make a server hang up, and must not keep the others; several in a row cannot."""
        self._drop()
        self._broken += 1
        text = f"{self.name}: connection lost during the mail: {_explained(error)}"
        return ChannelDown(text) if self._broken >= BROKEN_IN_A_ROW else Deferred(text)


def _check_address(recipient: str) -> None:
    if not recipient.isascii() or not recipient.isprintable() or " " in recipient:
        raise Refused(f"{recipient!r} is no address that SMTP can carry")


def _explained(error: OSError) -> str:
    """One line, with the remedy where there is one. Login troubles come explained by `log_in`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"its certificate is not trusted ({error.verify_message}); use the name on the certificate as"
            " smtp_host, and SSL_CERT_FILE for an authority of your own"
        )
    if isinstance(error, ssl.SSLError):
        return f"no TLS ({error.reason}); check smtp_security and smtp_port"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{error}; check smtp_security"
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_code, _bytes(error.smtp_error))
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    return error.strerror or str(error)


def _text(code: int, answer: bytes) -> str:
    """The server's answer in one line of a length for people."""
    return f"{code} {' '.join(answer.decode('utf-8', 'replace').split())}"[:500]


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()
