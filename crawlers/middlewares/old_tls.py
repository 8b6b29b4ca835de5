"""Encryption for servers that OpenSSL no longer talks to by default: as little relaxed as each needs.

Seen on Chinese government sites: servers without secure renegotiation (RFC 5746), with Diffie-Hellman keys
of 1024 bits, with a broken answer on the curve X25519, with nothing newer than TLS 1.0. Certificates are
verified as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from OpenSSL import SSL
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Callable

    from OpenSSL.crypto import X509
    from twisted.protocols.tls import TLSMemoryBIOProtocol

RELAXABLE = frozenset({"tls_legacy", "tls_dh", "tls_curve", "tls_version"})
"""Kinds of failures (`crawlers.failures`) that another way of asking may cure."""

_WEAK_KEYS = b"DEFAULT:@SECLEVEL=0"


def context_for(needs: frozenset[str]) -> SSL.Context:
    """A client's context with what these kinds of failures need, and no more."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_default_verify_paths()
    if "tls_legacy" in needs:
        context.set_options(SSL.OP_LEGACY_SERVER_CONNECT)
    if "tls_dh" in needs or "tls_version" in needs:  # TLS 1.0 signs with SHA-1, which counts as weak too
        context.set_cipher_list(_WEAK_KEYS)
    if "tls_version" in needs:
        context.set_min_proto_version(SSL.TLS1_VERSION)
    if "tls_curve" in needs:
        context.set_tmp_ecdh(SECP256R1())  # of a client: the only curve that it offers
    return context


@implementer(IPolicyForHTTPS)
class OldServers:
    """Whom a connection is made with, for `scrapy`'s handler."""

    def __init__(self, needs: frozenset[str], verify: bool) -> None:
        self._context = context_for(needs)
        self._verify = verify

    def creatorForNetloc(self, hostname: bytes, port: int) -> _Connections:
        return _Connections(self._context, hostname.decode("ascii"), self._verify)


@implementer(IOpenSSLClientConnectionCreator)
class _Connections:
    def __init__(self, context: SSL.Context, host: str, verify: bool) -> None:
        self._context = context
        self._host = host
        self._verify = verify

    def clientConnectionForTLS(self, tlsProtocol: TLSMemoryBIOProtocol) -> SSL.Connection:
        connection = SSL.Connection(self._context, None)
        if not _is_number(self._host):
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        if self._verify:
            connection.set_verify(SSL.VERIFY_PEER, _made_out_to(self._host))
        return connection


def _made_out_to(host: str) -> Callable[[SSL.Connection, X509, int, int, int], bool]:
    expected = IPAddress_ID(host) if _is_number(host) else DNS_ID(host)

    def verified(connection: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
        if not ok or depth:
            return bool(ok)
        try:
            verify_service_identity(extract_patterns(certificate), [expected], [])
        except (VerificationError, CertificateError):
            return False
        return True

    return verified


def _is_number(host: str) -> bool:
    return isIPAddress(host) or isIPv6Address(host)
