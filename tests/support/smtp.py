"""A real SMTP server on loopback that answers as a test wishes."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from asyncio import WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DROP = "drop"
"""As an answer: the server hangs up instead."""


class Mailbox:
    """Everything that the server took, and what it is told to answer."""

    def __init__(self) -> None:
        self.port = 0
        self.peers: set[object] = set()
        self.delivered: list[tuple[str, EmailMessage]] = []
        self.logins: list[tuple[str, str]] = []
        self.answer_mail: Callable[[str], str] = lambda sender: "250 OK"
        self.answer_rcpt: Callable[[str], str] = lambda recipient: "250 OK"
        self.answer_data: Callable[[str], str] = lambda recipient: "250 OK queued"
        self.on_data: Callable[[], None] = lambda: None

    @property
    def connections(self) -> int:
        """Connections on which something was asked."""
        return len(self.peers)

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.delivered]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.peers.add(session.peer)
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return _said(server, self.answer_mail(address))

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = _said(server, self.answer_rcpt(address))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (recipient,) = envelope.rcpt_tos
        self.on_data()
        answer = _said(server, self.answer_data(recipient))
        if answer.startswith("2"):
            content = cast(bytes, envelope.content)
            message = message_from_bytes(content, policy=default)
            self.delivered.append((recipient, message))
        return answer

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right-password", handled=False)


def _said(server: SMTP, answer: str) -> str:
    if answer != DROP:
        return answer
    cast(WriteTransport, server.transport).abort()
    return "421 closing"


@contextmanager
def smtp_server(*, port: int = 0, logins: bool = False, **options: Any) -> Iterator[Mailbox]:
    """Serves on 127.0.0.1 until left; `logins`: offers AUTH, and takes the password `right-password`.

    `options` are aiosmtpd's (`tls_context`, `data_size_limit`, ...).
    """
    mailbox = Mailbox()
    if logins:
        options |= {"authenticator": mailbox.login, "auth_require_tls": False}
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """A port of 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context for 127.0.0.1 and the certificate that nobody but itself has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate_path, key_path)
    return context, certificate_path
