"""A data folder with a small site on loopback to watch, and the store in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.config import PREFIX, Config, load_config
from pipelines.store.database import open_store


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """What a child process reads too: the working folder and the environment."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"ALLOW_PRIVATE": "1", "DELAY": "0", "TICK": "1"}.items():
        monkeypatch.setenv(PREFIX + name, value)
    return load_config()


@pytest.fixture
def store(config: Config) -> Iterator[Database]:
    with open_store(config.database) as db:
        yield db
