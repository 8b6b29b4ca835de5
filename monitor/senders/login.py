"""Logging in at an SMTP server; no word of its answer may give the password away."""

from __future__ import annotations

import base64
import smtplib

from pydantic import SecretStr

from monitor.senders.channel import ChannelDown


def log_in(server: smtplib.SMTP, name: str, user: str, password: SecretStr) -> None:
    """Raises `ChannelDown` where the server does not let us in; the recipients are not to blame for that."""
    secret = password.get_secret_value()
    try:
        server.login(user, secret)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as error:
        answer = " ".join(_words(error, user, secret).split())
        # `from None`: the traceback of smtplib's error shows the command, with the password in base64.
        raise ChannelDown(
            f"{name}: login as {user} refused: {answer}; check smtp_user and smtp_password"
        ) from None


def _words(error: Exception, user: str, secret: str) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {_without(secret, user, text)}"
    if isinstance(error, UnicodeError):
        return "user and password may only hold ASCII characters"
    return str(error)


def _without(secret: str, user: str, text: str) -> str:
    """Some servers repeat the command they did not understand, AUTH PLAIN with all that is in it."""
    for hidden in (secret, _base64(secret), _base64(f"\0{user}\0{secret}")):
        text = text.replace(hidden, "***") if hidden else text
    return text


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
