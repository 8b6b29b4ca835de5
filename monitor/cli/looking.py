"""Many columns looked at from the command line, with a progress bar; what is done stays done at Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn

from crawlers.catalogue.model import Source
from crawlers.config import Config
from crawlers.fetch_job import run_fetch_job
from crawlers.survey import Finding, survey
from monitor.cli import common


def look_at(
    columns: Sequence[Source], config: Config, found: Callable[[Source, Finding], None], *, quiet: bool
) -> bool:
    """Looks at all of them in one Scrapy process, `found` is told each; False when it was interrupted."""
    if not columns:
        return True
    shown = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with common.progress(*shown, quiet=quiet) as progress:
        task = progress.add_task("", total=len(columns))

        def told(column: Source, finding: Finding) -> None:
            found(column, finding)
            progress.advance(task)

        try:
            run_fetch_job(
                lambda fetch: survey(
                    columns,
                    fetch,
                    told,
                    lambda line: progress.update(task, description=line),
                    sites=config.concurrency,
                    limit=config.time_limit,
                ),
                config,
                browser=any(column.browser for column in columns),
            )
        except KeyboardInterrupt:
            return False
    return True
