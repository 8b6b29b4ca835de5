"""SMTP against a real server: every answer sorted by whose fault it is."""

from __future__ import annotations

import base64
import logging
import socket
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.senders.channel import ChannelDown, Deferred, Refused
from monitor.senders.smtp import Account, SmtpSender
from tests.support.rows import NOON
from tests.support.smtp import DROP, free_port, self_signed, smtp_server

PASSWORD = "Gehe1m!-right-password"


def message(text: str = "水质公报\n.\n..两个点\n") -> EmailMessage:
    made = EmailMessage(SMTP)
    made["Subject"] = "[饮水安全] 清溪县水质公报"
    made["Date"] = NOON
    made["Message-ID"] = "<1@govwatch>"
    made.set_content(text, cte="base64")
    return made


def sender_to(port: int, **wishes: Any) -> SmtpSender:
    plain: dict[str, Any] = {"security": "none", "user": None, "password": None}
    named = {"host": "127.0.0.1", "mail_from": "govwatch <watch@example.org>"}
    return SmtpSender(Account(port=port, **named | plain | wishes), timeout=5)


def test_many_mails_go_over_one_connection_each_with_its_own_answer() -> None:
    with smtp_server() as server:
        server.answer_data = lambda recipient: f"250 queued for {recipient}"
        with sender_to(server.port) as sender:
            answers = [sender.send(message(), f"{name}@example.org") for name in "abc"]
    assert answers == [f"250 queued for {name}@example.org" for name in "abc"]
    assert server.recipients == [f"{name}@example.org" for name in "abc"]
    assert server.connections == 1
    assert server.delivered[0][1].get_content().replace("\r\n", "\n") == "水质公报\n.\n..两个点\n"


def test_without_a_mail_no_server_is_asked() -> None:
    with smtp_server() as server, sender_to(server.port):
        pass
    assert server.connections == 0


@pytest.mark.parametrize("stage", ["answer_rcpt", "answer_data"])
@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 5.1.1 no such user", Refused), ("450 4.2.0 greylisted", Deferred)],
)
def test_one_mails_refusal_leaves_the_connection_to_the_next(
    stage: str, answer: str, error: type[Exception]
) -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        setattr(server, stage, lambda recipient: answer if recipient[0] == "a" else "250 OK")
        with pytest.raises(error, match=answer):
            sender.send(message(), "a@example.org")
        assert sender.send(message(), "b@example.org").startswith("250")
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ("553 5.7.1 not your address", "check mail_from"),
        ("530 5.7.0 authentication required", "check smtp_user and smtp_password"),
        ("451 4.7.1 too many mails today", ""),
    ],
)
def test_a_refused_sender_is_no_recipients_fault(answer: str, remedy: str) -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        server.answer_mail = lambda address: answer
        with pytest.raises(ChannelDown, match=f"no mail from watch@example.org: {answer}.*{remedy}"):
            sender.send(message(), "a@example.org")


def test_a_login_wanted_at_the_recipient_is_the_operators_to_mend() -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        server.answer_rcpt = lambda address: "530 5.7.0 authentication required"
        with pytest.raises(ChannelDown, match=r"wants a login.*set smtp_user"):
            sender.send(message(), "a@example.org")


def test_a_mail_too_large_for_the_server_is_refused_alone() -> None:
    with smtp_server(data_size_limit=2000) as server, sender_to(server.port) as sender:
        with pytest.raises(Refused, match="552"):
            sender.send(message("水" * 2000), "a@example.org")
        assert sender.send(message(), "a@example.org").startswith("250")


@pytest.mark.parametrize("recipient", ["读者@example.org", "a b@example.org", "a@example.org\r\nDATA"])
def test_what_is_no_address_is_refused_before_the_server_sees_it(recipient: str) -> None:
    with (
        smtp_server() as server,
        sender_to(server.port) as sender,
        pytest.raises(Refused, match="no address"),
    ):
        sender.send(message(), recipient)
    assert server.connections == 0


def test_a_server_that_is_not_there_is_a_channel_down() -> None:
    port = free_port()
    with sender_to(port) as sender, pytest.raises(ChannelDown, match=f"127.0.0.1:{port}: Connection refused"):
        sender.send(message(), "a@example.org")


def test_an_unknown_name_is_a_channel_down() -> None:
    with sender_to(25, host="smtp.invalid") as sender, pytest.raises(ChannelDown, match=r"smtp\.invalid:25"):
        sender.send(message(), "a@example.org")


def test_a_server_that_never_answers_is_a_channel_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        account = Account("127.0.0.1", silent.getsockname()[1], "none", None, None, "w@example.org")
        sender = SmtpSender(account, timeout=0.05)
        with sender, pytest.raises(ChannelDown, match="no answer in time"):
            sender.send(message(), "a@example.org")


def test_a_right_login_is_used_and_a_wrong_one_named_without_its_password(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with smtp_server(logins=True) as server:
        wrong = sender_to(server.port, user="watch", password=SecretStr(PASSWORD))
        with wrong as sender, pytest.raises(ChannelDown) as caught:
            sender.send(message(), "a@example.org")
        right = sender_to(server.port, user="watch", password=SecretStr("right-password"))
        with right as sender:
            assert sender.send(message(), "a@example.org").startswith("250")
    assert "login as watch refused: 535" in str(caught.value)
    assert "check smtp_user and smtp_password" in str(caught.value)
    assert ("watch", PASSWORD) in server.logins
    told = f"{caught.value!r} {caught.getrepr(style='long', showlocals=False)} {caplog.text} {right!r}"
    for secret in (PASSWORD, base64.b64encode(f"\0watch\0{PASSWORD}".encode()).decode()):
        assert secret not in told


def test_a_server_that_repeats_the_login_in_its_answer_gives_nothing_away(echoing: Callable[[], int]) -> None:
    account = Account("127.0.0.1", echoing(), "none", "watch", SecretStr(PASSWORD), "w@example.org")
    with SmtpSender(account, timeout=5) as sender, pytest.raises(ChannelDown, match=r"AUTH PLAIN \*\*\*"):
        sender.send(message(), "a@example.org")


def test_a_login_the_server_does_not_offer_is_named() -> None:
    with (
        smtp_server() as server,
        sender_to(server.port, user="watch", password=SecretStr("x")) as sender,
        pytest.raises(ChannelDown, match=r"AUTH extension not supported.*check smtp_user"),
    ):
        sender.send(message(), "a@example.org")


def test_starttls_and_tls_refuse_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path)
    ways: dict[str, dict[str, Any]] = {"starttls": {"tls_context": context}, "tls": {"ssl_context": context}}
    for security, options in ways.items():
        with (
            smtp_server(**options) as server,
            sender_to(server.port, security=security) as sender,
            pytest.raises(ChannelDown, match=r"certificate is not trusted \(self-signed certificate\)"),
        ):
            sender.send(message(), "a@example.org")
        assert server.delivered == []


def test_starttls_and_tls_deliver_where_the_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    ways: dict[str, dict[str, Any]] = {
        "starttls": {"tls_context": context, "require_starttls": True},
        "tls": {"ssl_context": context},
    }
    for security, options in ways.items():
        with smtp_server(**options) as server, sender_to(server.port, security=security) as sender:
            assert sender.send(message(), "a@example.org").startswith("250")


def test_no_mail_goes_in_the_clear_where_starttls_was_asked_for() -> None:
    with (
        smtp_server() as server,
        sender_to(server.port, security="starttls") as sender,
        pytest.raises(ChannelDown, match=r"STARTTLS extension not supported.*check smtp_security"),
    ):
        sender.send(message(), "a@example.org")
    assert server.delivered == []


def test_tls_on_a_port_that_speaks_none_is_named() -> None:
    with (
        smtp_server() as server,
        sender_to(server.port, security="tls") as sender,
        pytest.raises(ChannelDown, match=r"no TLS.*check smtp_security and smtp_port"),
    ):
        sender.send(message(), "a@example.org")


@pytest.mark.parametrize("stage", ["answer_mail", "answer_rcpt", "answer_data"])
def test_a_connection_lost_during_a_mail_puts_off_that_mail_only(stage: str) -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        setattr(server, stage, lambda address: DROP)
        with pytest.raises(Deferred, match="connection lost"):
            sender.send(message(), "a@example.org")
        setattr(server, stage, lambda address: "250 OK")
        assert sender.send(message(), "b@example.org").startswith("250")
    assert server.connections == 2


def test_connections_lost_in_a_row_are_the_servers_fault() -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        server.answer_rcpt = lambda address: DROP
        for _ in range(2):
            with pytest.raises(Deferred):
                sender.send(message(), "a@example.org")
        with pytest.raises(ChannelDown, match="connection lost"):
            sender.send(message(), "a@example.org")


@pytest.mark.parametrize("stage", ["answer_mail", "answer_rcpt", "answer_data"])
def test_a_server_that_closes_with_421_is_asked_again_over_a_new_connection(stage: str) -> None:
    with smtp_server() as server, sender_to(server.port) as sender:
        setattr(server, stage, lambda address: "421 4.3.2 shutting down")
        with pytest.raises(Deferred, match="421"):
            sender.send(message(), "a@example.org")
        setattr(server, stage, lambda address: "250 OK")
        assert sender.send(message(), "b@example.org").startswith("250")
    assert server.connections == 2


def test_a_server_that_hangs_up_between_two_mails_costs_neither() -> None:
    port = free_port()
    with sender_to(port) as sender:
        for _ in range(2):
            with smtp_server(port=port) as server:
                assert sender.send(message(), "a@example.org").startswith("250")
            assert server.recipients == ["a@example.org"]
