"""The configuration: file, environment, and one clear line for everything wrong in them."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from crawlers.config import PREFIX, TABLES, TEMPLATE, Config, ConfigError, load_config

UNCOMMENTED = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", TEMPLATE)
SECRET = "Gehe1m!"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def write(folder: Path, text: str) -> Path:
    (folder / "govwatch.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_file_and_variables_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert (config.data, config.database) == (tmp_path / "data", tmp_path / "data/govwatch.db")
    assert (config.delay, config.concurrency, config.tick, config.allow_private) == (2.0, 32, 30.0, False)
    assert (config.smtp_host, config.smtp_port, config.smtp_security) == (None, 25, "none")


def test_the_template_as_it_stands_changes_nothing(tmp_path: Path) -> None:
    assert tomllib.loads(TEMPLATE) == {table: {} for table in TABLES}
    assert load_config(write(tmp_path, TEMPLATE)) == load_config(tmp_path)


def test_the_template_names_every_setting_with_its_default(tmp_path: Path) -> None:
    tables = tomllib.loads(UNCOMMENTED)
    assert {table: tuple(sorted(keys)) for table, keys in tables.items()} == {
        table: tuple(sorted(keys)) for table, keys in TABLES.items()
    }
    assert {key for keys in TABLES.values() for key in keys} == set(Config.model_fields)
    stated = load_config(write(tmp_path, UNCOMMENTED))
    examples = {"contact", "chromium", "smtp_host", "smtp_user", "smtp_password", "operator"}
    (tmp_path / "govwatch.toml").unlink()
    default = load_config(tmp_path)
    assert stated.model_dump(exclude=examples) == default.model_dump(exclude=examples)


def test_every_setting_has_a_variable_that_beats_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, "[fetch]\ndelay = 7\nconcurrency = 3\n[mail]\nsmtp_host = 'file'\n")
    given = {
        "DATA": "d", "DATABASE": "e.db", "CONTACT": "c", "DELAY": "0.5", "ALLOW_PRIVATE": "1", "TICK": "2",
        "SMTP_HOST": "mail", "SMTP_PORT": "2525", "SMTP_SECURITY": "tls", "SMTP_USER": "u",
        "SMTP_PASSWORD": SECRET, "MAIL_FROM": "f@x", "OPERATOR": "o@x", "LOCALE": "en",
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)
    config = load_config(folder)
    assert config.concurrency == 3
    assert (config.data, config.database) == (tmp_path / "d", tmp_path / "e.db")
    assert (config.contact, config.delay, config.allow_private, config.tick) == ("c", 0.5, True, 2.0)
    assert (config.smtp_host, config.smtp_port, config.smtp_security) == ("mail", 2525, "tls")
    assert (config.smtp_user, config.mail_from, config.operator) == ("u", "f@x", "o@x")
    assert config.smtp_password is not None
    assert (config.smtp_password.get_secret_value(), config.locale) == (SECRET, "en")
    assert SECRET not in repr(config) + str(config)


def test_an_empty_variable_counts_as_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVWATCH_SMTP_HOST", "")
    assert load_config(tmp_path).smtp_host is None


@pytest.mark.parametrize(("security", "port"), [("none", 25), ("starttls", 587), ("tls", 465)])
def test_the_port_follows_the_security_unless_named(tmp_path: Path, security: str, port: int) -> None:
    text = f'[mail]\nsmtp_security = "{security}"\n'
    assert load_config(write(tmp_path, text)).smtp_port == port
    assert load_config(write(tmp_path, text + "smtp_port = 1025\n")).smtp_port == 1025


def test_the_data_option_takes_the_database_along_unless_it_is_named(tmp_path: Path) -> None:
    config = load_config(tmp_path, data=Path("elsewhere"))
    assert (config.data, config.database) == (tmp_path / "elsewhere", tmp_path / "elsewhere/govwatch.db")
    write(tmp_path, '[storage]\ndatabase = "/srv/govwatch.db"\n')
    config = load_config(tmp_path, data=tmp_path / "abs")
    assert (config.data, config.database) == (tmp_path / "abs", Path("/srv/govwatch.db"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch]\ndelai = 2", r"in \[fetch\]: unknown key delai; did you mean delay \(in \[fetch\]\)\?"),
        ("[mail]\nhost = 'x'", r"unknown key host; did you mean smtp_host \(in \[mail\]\)\?"),
        ("[fetch]\nzzzz = 1", r"unknown key zzzz; settings are data, database,"),
        ("[mails]\nsmtp_host = 'x'", r"unknown table \[mails\]; did you mean \[mail\]\?"),
        ("[qqqq]", r"unknown table \[qqqq\]; tables are \[storage\], \[fetch\]"),
        ("delay = 2", r"delay belongs under \[fetch\]"),
        ("[mail]\ntick = 2", r"in \[mail\]: tick belongs under \[schedule\]"),
        ("mail = 2", r"mail is a table: write \[mail\]"),
        ("[fetch]\ndelay = -1", r"\[fetch\] delay: should be greater than or equal to 0"),
        ("[fetch]\ndelay = nan", r"\[fetch\] delay: should be a finite number"),
        ("[fetch]\nconcurrency = 0", r"concurrency: should be greater than or equal to 1"),
        ("[fetch]\nconcurrency = 'many'", r"concurrency: should be a valid integer"),
        ("[schedule]\ntick = 0", r"\[schedule\] tick: should be greater than 0"),
        ("[mail]\nsmtp_port = 70000", r"smtp_port: should be less than or equal to 65535"),
        ("[mail]\nsmtp_security = 'ssl'", r"smtp_security: should be 'none', 'starttls' or 'tls'"),
        ("[mail]\nlocale = 'de'", r"locale: should be 'zh' or 'en'"),
        ("[mail]\nsmtp_password = 3", r"smtp_password: should be a valid string"),
        ('[fetch]\ncontact = "me\\r\\nX-Evil: 1"', r"contact: should be one line of printable characters"),
        ("[fetch]\ndelay = = 2", r"is not valid TOML: .*line 2"),
        ("[fetch]\ndelay = 1\ndelay = 2\n", r"is not valid TOML: .*line 3"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        load_config(write(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "govwatch.toml"))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_or_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "govwatch.toml").write_bytes("[fetch]\ncontact = '环保'".encode("gb18030"))
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load_config(tmp_path)
    (tmp_path / "govwatch.toml").unlink()
    (tmp_path / "govwatch.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("GOVWATCH_DELAY", "soon", "environment: GOVWATCH_DELAY: should be a valid number"),
        ("GOVWATCH_SMTP_PORT", SECRET, "environment: GOVWATCH_SMTP_PORT: should be a valid integer"),
        ("GOVWATCH_SMPT_HOST", "x", "unknown variable GOVWATCH_SMPT_HOST; did you mean GOVWATCH_SMTP_HOST"),
    ],
)
def test_a_wrong_variable_is_named_without_its_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        load_config(tmp_path)
    assert SECRET not in str(caught.value)


def test_variables_that_are_none_of_ours_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVWATCH_TEST_RUN", "7")
    assert load_config(tmp_path) == Config(data=tmp_path / "data", database=tmp_path / "data/govwatch.db")
