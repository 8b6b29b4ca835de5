"""Deployment values: `govwatch.toml` of the working folder, overridden by the environment.

The only reader of the environment. A setting has one name everywhere: `smtp_host` in the table
`[mail]` of the file, `GOVWATCH_SMTP_HOST` among the variables, `Config.smtp_host` in the code.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

FILE_NAME = "govwatch.toml"
PREFIX = "GOVWATCH_"
DATABASE_NAME = "govwatch.db"

TABLES: Mapping[str, tuple[str, ...]] = {
    "storage": ("data", "database"),
    "fetch": ("contact", "delay", "concurrency", "allow_private", "chromium"),
    "schedule": ("tick", "time_limit"),
    "mail": (
        "smtp_host",
        "smtp_port",
        "smtp_security",
        "smtp_user",
        "smtp_password",
        "mail_from",
        "operator",
        "locale",
    ),
}
"""Which table of the file holds which setting."""

TEMPLATE = """\
# govwatch.toml: the settings of this folder. Every line is optional; what stands here commented out
# is the default. A variable of the environment overrides the file: GOVWATCH_DELAY=5 beats delay = 2.

[storage]
# Folder for the database, saved responses and undelivered mails; relative to this file.
# data = "data"
# The SQLite database; inside the data folder unless named here.
# database = "data/govwatch.db"

[fetch]
# Who runs this: a mail or web address, named in the User-Agent, so that a site's keeper can reach you.
# contact = "https://example.org/about-our-crawler"
# Seconds between a site's answer and the next request to it, at least. Its own Crawl-delay counts where it is
# longer.
# delay = 2.0
# Sites asked at the same time; each of them only ever over one connection.
# concurrency = 32
# true: loopback and private addresses may be fetched (for trying things out on your own machine).
# allow_private = false
# The browser for columns that only a browser shows (`govwatch add URL --browser`); else found by itself.
# chromium = "/usr/bin/chromium"

[schedule]
# Seconds between two looks at which columns are due.
# tick = 30.0
# Seconds after which a crawl that has not ended is ended; its sources are tried again later.
# time_limit = 1800.0

[mail]
# Without smtp_host mails are delivered into a Maildir in the data folder.
# smtp_host = "smtp.example.org"
# Left out: 25, 587 with starttls, 465 with tls.
# smtp_port = 25
# "none", "starttls" or "tls".
# smtp_security = "none"
# smtp_user = "govwatch"
# The variable GOVWATCH_SMTP_PASSWORD keeps it out of this file.
# smtp_password = "secret"
# mail_from = "govwatch@localhost"
# Address for mails about the health of the sources; without it there are none.
# operator = "operator@example.org"
# Language of the mails: "zh" or "en".
# locale = "zh"
"""
"""The commented `govwatch.toml` that `govwatch init` writes: every setting, its default, its meaning."""

_PORTS = {"none": 25, "starttls": 587, "tls": 465}


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("should be one line of printable characters")
    return text


Line = Annotated[str, AfterValidator(_printable)]
"""Text that goes into headers, where a line feed would begin another one."""


class ConfigError(Exception):
    """The configuration cannot be used; the message is one line: where, what, and the remedy."""


class Config(BaseSettings):
    """All deployment values, validated. Made by `load_config`, which also makes the paths absolute."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    data: Path = Path("data")
    database: Path = Path("data") / DATABASE_NAME
    contact: Line | None = None
    delay: float = Field(default=2.0, ge=0, le=3600, allow_inf_nan=False)
    """Seconds between two requests to one site."""
    concurrency: int = Field(default=32, ge=1, le=256)
    """Sites at once."""
    allow_private: bool = False
    """True: loopback and private addresses may be fetched."""
    chromium: Line | None = None
    """Path or name of Chromium; None: looked for under its usual names."""
    tick: float = Field(default=30.0, gt=0, le=86400, allow_inf_nan=False)
    """Seconds between two looks at what is due."""
    time_limit: float = Field(default=1800.0, gt=0, le=86400, allow_inf_nan=False)
    """Seconds after which a crawl that has not ended is ended."""
    smtp_host: Line | None = None
    """None: mails go into a Maildir in the data folder."""
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_port: int = Field(
        default_factory=lambda known: _PORTS.get(known.get("smtp_security"), 25), ge=1, le=65535
    )
    smtp_user: Line | None = None
    smtp_password: SecretStr | None = None
    mail_from: Line = "govwatch@localhost"
    operator: Line | None = None
    """Address for mails about the health of the sources."""
    locale: Literal["zh", "en"] = "zh"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose values come in as keyword arguments."""
        return env_settings, init_settings


def load_config(folder: Path | None = None, data: Path | None = None) -> Config:
    """The configuration of the working folder `folder` (default: the current one).

    `data` is the command line's `--data`: it beats file and environment, and takes the database
    along unless that one is named explicitly. Raises `ConfigError`.
    """
    folder = (folder or Path.cwd()).absolute()
    path = folder / FILE_NAME
    _refuse_misspelt_variables()
    try:
        config = Config(**_flattened(_parsed(path), path))
    except ValidationError as error:
        raise ConfigError(_explained(error, path)) from None
    data_folder = folder / (data or config.data).expanduser()
    named = "database" in config.model_fields_set
    database = folder / config.database.expanduser() if named else data_folder / DATABASE_NAME
    return config.model_copy(update={"data": data_folder, "database": database})


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {' '.join(str(error).split())}") from error


def _flattened(tables: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Setting -> value, out of the tables of the file. Raises `ConfigError` for what is no setting."""
    values: dict[str, Any] = {}
    for table, content in tables.items():
        if table not in TABLES or not isinstance(content, Mapping):
            raise ConfigError(f"{path}: {_remedy(table, isinstance(content, Mapping))}")
        for key, value in content.items():
            if key not in TABLES[table]:
                raise ConfigError(f"{path}: in [{table}]: {_remedy(key, False)}")
            values[key] = value
    return values


def _remedy(name: str, is_table: bool) -> str:
    """What to write instead of `name`, which stands where no setting (or table) of that name belongs."""
    if is_table:
        near = get_close_matches(name, TABLES, 1, 0.5)
        hint = f"did you mean [{near[0]}]?" if near else "tables are " + ", ".join(f"[{t}]" for t in TABLES)
        return f"unknown table [{name}]; {hint}"
    if name in TABLES:
        return f"{name} is a table: write [{name}] on a line of its own"
    homes = {key: table for table, keys in TABLES.items() for key in keys}
    if name in homes:
        return f"{name} belongs under [{homes[name]}]"
    near = get_close_matches(name, homes, 1, 0.5)
    hint = f"did you mean {near[0]} (in [{homes[near[0]]}])?" if near else "settings are " + ", ".join(homes)
    return f"unknown key {name}; {hint}"


def _explained(error: ValidationError, path: Path) -> str:
    """The first wrong value in one line; never the value itself, which may be a password."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0])
    table = next(table for table, keys in TABLES.items() if name in keys)
    variable = PREFIX + name.upper()
    where = f"environment: {variable}" if os.environ.get(variable) else f"{path}: [{table}] {name}"
    return f"{where}: {first['msg'].replace('Input should', 'should').removeprefix('Value error, ')}"


def _refuse_misspelt_variables() -> None:
    """A near miss such as GOVWATCH_SMPT_HOST would otherwise be ignored without a word."""
    valid = [PREFIX + name.upper() for name in Config.model_fields]
    for variable in os.environ:
        near = get_close_matches(variable, valid, 1, 0.93) if variable.startswith(PREFIX) else []
        if near and variable not in valid:
            raise ConfigError(f"environment: unknown variable {variable}; did you mean {near[0]}?")
