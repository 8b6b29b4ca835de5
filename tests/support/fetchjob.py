"""`python -m tests.support.fetchjob` fetches what a test wants, in a process of its own.

Twisted's reactor runs once in a process. Standard input: JSON `{"steps": [{"url", ...}], "knobs": {},
"dns": {name: address}, "verify_tls": bool, "breaks": text}`; a step may carry `method`, `body`, `etag` and
`last_modified`. All steps go at once. Standard output: one JSON value per step, `{"page": {...}}` or
`{"kind", "detail", "url"}`.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from crawlers import settings
from crawlers.config import load_config
from crawlers.fetch_job import run_fetch_job
from crawlers.fetching import Fetch, FetchFailed
from crawlers.items import NextPage, Page

ROOT = Path(__file__).parents[2]


def fetched(
    steps: Sequence[Mapping[str, Any] | str],
    *,
    env: Mapping[str, str] | None = None,
    knobs: Mapping[str, Any] | None = None,
    dns: Mapping[str, str] | None = None,
    verify_tls: bool = True,
    breaks: str | None = None,
) -> list[dict[str, Any]]:
    """What came of `steps`, fetched by a new process with the variables `env`, which stays quiet."""
    wishes = {
        "steps": [{"url": step} if isinstance(step, str) else dict(step) for step in steps],
        "knobs": dict(knobs or {}),
        "dns": dict(dns or {}),
        "verify_tls": verify_tls,
        "breaks": breaks,
    }
    process = started(env or {})
    output, errors = process.communicate(json.dumps(wishes), timeout=60)
    assert (process.returncode, errors) == (0, "")
    results: list[dict[str, Any]] = json.loads(output)
    return results


def started(env: Mapping[str, str]) -> subprocess.Popen[str]:
    """The process, waiting for its wishes."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.support.fetchjob"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(env),
    )


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The present environment without proxies and settings of ours, plus `variables`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("GOVWATCH_")
    }
    return {**kept, **variables}


async def _tried(fetch: Fetch, step: Mapping[str, Any]) -> dict[str, Any]:
    target = NextPage(step["url"], step.get("method", "GET"), step.get("body"))
    validators = {name: step[name] for name in ("etag", "last_modified") if name in step}
    try:
        return {"page": _plain(await fetch(target, **validators))}
    except FetchFailed as failed:
        return {"kind": failed.failure.kind, "detail": failed.failure.detail, "url": failed.failure.url}


def _plain(page: Page) -> dict[str, Any]:
    return {
        "url": page.url, "status": page.status, "length": len(page.body), "requested_url": page.requested_url,
        "content_type": page.content_type, "etag": page.etag, "last_modified": page.last_modified,
        "needed": [[one.kind, one.evidence] for one in page.accommodated],
    }  # fmt: skip


def _address_of(known: Mapping[str, str], name: str) -> str:
    """Instead of a name server, whom no test shall ask."""
    if name in known:
        return known[name]
    if name[-1].isdigit() or name == "localhost":
        return socket.inet_ntoa(socket.inet_aton(name.replace("localhost", "127.0.0.1")))
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def main() -> None:
    wishes = json.load(sys.stdin)
    for name, value in wishes["knobs"].items():
        setattr(settings, name, value)
    socket.gethostbyname = partial(_address_of, wishes["dns"])

    async def job(fetch: Fetch) -> list[dict[str, Any]]:
        if wishes["breaks"]:
            raise LookupError(wishes["breaks"])
        return list(await asyncio.gather(*(_tried(fetch, step) for step in wishes["steps"])))

    try:
        said = json.dumps(run_fetch_job(job, load_config(), verify_tls=wishes["verify_tls"]))
    except LookupError as error:
        said = json.dumps([{"raised": str(error)}])
    except KeyboardInterrupt:
        said = "interrupted"
    sys.stdout.write(said)


if __name__ == "__main__":
    main()
