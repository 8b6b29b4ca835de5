"""The whole product, end to end, as `make demo` runs it: real processes, real HTTP, real SMTP."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from demo.facts import read_archive
from monitor import locks

pytestmark = pytest.mark.timeout(400)

LINES = """
7 columns understood from their addresses and taken on
67 articles are stored to the letter, as history: nobody was mailed
appear: found, read to the letter and told: 6 mails
edit: both versions are kept, the second is found, and who waited for it was told
reprint, pollute: stored as copies of the first, without a second mail
outage: status names the site that answers 503; the others go on
recovery: the site is healthy again, and its new article was told
govwatch run ended in order
all 73 articles and 8 mails are as the world knows them, and no other
changed, version 2
polluted copy
Subject: [督察整改] 清川区生态环境保护委员会第二次全会
收到此邮件，是因为这篇文章命中了订阅“督察整改”。
$ govwatch search '整改 AND "生态环境保护委员会"'
never asked for, as robots.txt forbids it: http://127.0.0.1:
every step happened and was verified
"""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo that has just been started."""
    child = subprocess.Popen(
        [sys.executable, "-m", "demo"],
        cwd=tmp_path,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
    )
    yield child
    if child.poll() is None:
        child.terminate()
        child.wait(60)
    if child.stdout:
        child.stdout.close()


def test_every_step_happens_and_the_commands_to_paste_work(
    demo: subprocess.Popen[str], tmp_path: Path
) -> None:
    told, _ = demo.communicate()
    assert demo.returncode == 0, told
    for line in LINES.strip().splitlines():
        assert line in told, told
    assert silences(told) <= 15
    archive = read_archive(tmp_path / ".demo" / "data" / "govwatch.db")
    assert len(archive.articles) == 73
    assert len(list((tmp_path / ".demo" / "inbox").glob("*.eml"))) == 8
    pasted = told.rpartition("What to try next")[2].splitlines()
    commands = [line.strip() for line in pasted if ".demo" in line]
    assert len(commands) == 5
    for command in commands:
        assert Path(tmp_path, shlex.split(command)[0]).is_file()
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr


def silences(told: str) -> float:
    """The longest time between two lines, in seconds."""
    moments = [float(seconds) for seconds in re.findall(r"^ *(\d+\.\d) s  ", told, re.MULTILINE)]
    return max(later - earlier for earlier, later in pairwise(moments))


@pytest.mark.parametrize(
    ("moment", "number"), [("3 subscriptions", signal.SIGINT), ("appear: ", signal.SIGTERM)]
)
def test_interrupted_it_ends_everything_that_it_started(
    moment: str, number: signal.Signals, demo: subprocess.Popen[str], tmp_path: Path
) -> None:
    """A terminal's Ctrl-C reaches all processes at once; SIGTERM only the one that it is sent to."""
    assert demo.stdout is not None
    next(line for line in demo.stdout if moment in line)
    if number == signal.SIGINT:
        os.killpg(demo.pid, number)
    else:
        demo.send_signal(number)
    told = demo.stdout.read()
    assert demo.wait() == 130, told
    assert told.splitlines()[-1] == "stopped; everything that was started has ended"
    assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(demo.pid, 0)
    crawls = tmp_path.glob(".demo/data/locks/*")
    assert [lock.name for lock in crawls if locks.is_held(lock)] == []
