"""`govwatch init`: a commented configuration and an empty database."""

from __future__ import annotations

from pathlib import Path

from crawlers.config import FILE_NAME, TEMPLATE
from monitor.cli import common


def init(data: common.DataOption = None) -> None:
    """Write a commented govwatch.toml and create the database.

    What is there already stays as it is. Neither is needed to begin: `govwatch add` and `govwatch run`
    make the database themselves, and every setting has a default.
    """
    path = Path.cwd() / FILE_NAME
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
        made = True
    except FileExistsError:
        made = False
    except OSError as error:
        common.usage_error(f"{path}: cannot be written: {error.strerror}")
    config = common.configuration(data)
    common.open_own_store(data).close()
    common.out.print(
        f"settings:  {path}{'' if made else ' (was there already)'}", markup=False, highlight=False
    )
    common.out.print(f"database:  {config.database}", markup=False, highlight=False)
    common.out.print("next:      govwatch add https://www.example.gov.cn/xwzx/", highlight=False)
