"""Encrypted sites on loopback: with a certificate of an authority of our own, and as old servers are."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.support.httpserver import Site

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore where Python still has that
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    from tlslite.constants import ExtensionType, GroupName
    from tlslite.errors import TLSError
    from tlslite.messages import ServerHello, ServerKeyExchange


@frozen
class Authority:
    """A certificate for 127.0.0.1 and the one that vouches for it, as files."""

    trusted: Path
    chain: Path
    key: Path


def authority(folder: Path, *, made_out_to: str = "127.0.0.1") -> Authority:
    """`trusted` goes into SSL_CERT_FILE of whoever is to believe it."""
    root_key, root = _certificate("govwatch test authority", None, None)
    key, leaf = _certificate("site", root_key, made_out_to)
    files = Authority(folder / "root.pem", folder / "site.pem", folder / "site.key")
    pem = serialization.Encoding.PEM
    files.trusted.write_bytes(root.public_bytes(pem))
    files.chain.write_bytes(leaf.public_bytes(pem))
    plain = serialization.NoEncryption()
    files.key.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain))
    return files


def _certificate(
    name: str, signer: rsa.RSAPrivateKey | None, address: str | None
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "govwatch test authority")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
    )
    if address:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        builder = builder.add_extension(names, critical=False)
    return key, builder.sign(signer or key, hashes.SHA256())


def usual(files: Authority) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)
    return context


def tls_1_0(files: Authority) -> ssl.SSLContext:
    """A server that knows nothing newer."""
    context = usual(files)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def short_dh(files: Authority) -> ssl.SSLContext:
    """A server with Diffie-Hellman only, in a group of 1024 bits."""
    context = usual(files)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
    parameters = files.key.with_name("dh.pem")
    parameters.write_text(_MODP_1024)
    context.load_dh_params(parameters)
    return context


_MODP_1024 = """\
-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
"""
"""RFC 2409, 6.2: the group that servers of 2010 came with."""


def old_server(files: Authority, *faults: str) -> type[ThreadingHTTPServer]:
    """A server with faults of its own: "legacy" (no RFC 5746), "curve" (X25519 broken)."""
    chain = X509CertChain()
    chain.parsePemList(files.chain.read_text())
    key = parsePEMKey(files.key.read_text(), private=True)
    settings = HandshakeSettings()
    settings.maxVersion = (3, 3)

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        site: Site

        def finish_request(self, request: Any, client_address: Any) -> None:
            connection = _Faulty(request)
            connection.faults = faults
            try:
                connection.handshakeServer(certChain=chain, privateKey=key, settings=settings)
            except (TLSError, OSError):
                self.site.refused += 1
                return
            handler: type[BaseHTTPRequestHandler] = self.RequestHandlerClass
            handler(connection, client_address, self)

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that hang up early are part of the tests."""

    return Server


def either(files: Authority) -> type[ThreadingHTTPServer]:
    """A server that speaks https to whoever begins so, and http to all others."""
    context = usual(files)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: Any, client_address: Any) -> None:
            if request.recv(1, socket.MSG_PEEK) != _HANDSHAKE:
                super().finish_request(request, client_address)
                return
            with context.wrap_socket(request, server_side=True) as encrypted:
                super().finish_request(encrypted, client_address)

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that hang up early are part of the tests."""

    return Server


_HANDSHAKE = b"\x16"


class _Faulty(TLSConnection):
    faults: tuple[str, ...] = ()

    def _sendMsg(self, message: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(message, ServerHello) and "legacy" in self.faults:
            kept = [one for one in message.extensions or () if one.extType != _SECURE_RENEGOTIATION]
            message.extensions = kept or None
        is_x25519 = isinstance(message, ServerKeyExchange) and message.named_curve == GroupName.x25519
        if is_x25519 and "curve" in self.faults:
            message.ecdh_Ys = bytearray(b"\x04" + bytes(64))
        return super()._sendMsg(message, *args, **kwargs)


_SECURE_RENEGOTIATION = ExtensionType.renegotiation_info
