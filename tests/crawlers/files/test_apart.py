"""Files read in a process of their own: nothing of it stays, and what befalls it is not the file's fault."""

from __future__ import annotations

import asyncio
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawlers.files import Extract, extract
from crawlers.files import apart as module
from crawlers.files.apart import Extractor
from tests.support import files

SAVED = Path(__file__).parents[2] / "pages" / "files"
PLAIN = "名单如下：张三、李四、王五。"


def apart(body: bytes, name: str) -> Extract:
    return asyncio.run(Extractor()(body, name))


def test_it_is_the_same() -> None:
    body = files.excel([["名称"], ["望江街道汽修店"]])
    assert apart(body, "a.xlsx") == extract(body, "a.xlsx")


@pytest.mark.parametrize(
    "name", ["a\0.txt", "附\ud800.txt", "附" * 50_000 + ".txt", "-x.txt", "--help.txt"],
    ids=["nul", "surrogate", "longer than an argument may be", "option", "help"],
)  # fmt: skip
def test_no_name_keeps_a_file_from_being_read(name: str) -> None:
    assert apart(PLAIN.encode(), name) == Extract("read", PLAIN)


@pytest.mark.parametrize(
    ("code", "state", "later"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken", False),
        ("import os; os.abort()", "broken", False),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_large", False),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "failed", True),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "failed", True),
        ("raise SystemExit(3)", "failed", True),
        ("import time; time.sleep(60)", "failed", True),
    ],
    ids=["crash", "abort", "processor", "killed", "told to end", "did not start", "slow"],
)
def test_a_process_that_dies_takes_nobody_with_it(
    code: str, state: str, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = asyncio.create_subprocess_exec

    async def dying(program: str, *_: object, **how: object) -> object:
        return await real(program, "-c", code, **how)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", dying)
    monkeypatch.setattr(module, "_SECONDS", 3)
    found = apart(b"%PDF-", "a.pdf")
    assert (found.state, found.later) == (state, later)
    assert found.detail


def test_more_processor_than_a_file_may_take_is_told_from_being_killed() -> None:
    code = (
        "import crawlers.files.__main__ as main; main.SECONDS = 1\n"
        "def spin(*_):\n    while True: pass\n"
        "main.extract = spin; main.main()"
    )
    process = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code, "x"])
    assert os.WTERMSIG(os.waitpid(process, 0)[1]) == 24  # SIGXCPU


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_a_reader_for_whom_nobody_waits_any_more_ends_with_all_that_it_started() -> None:
    code = (
        "import subprocess, crawlers.files.__main__ as main; main._LONGEST = 2\n"
        "def hang(*_):\n    one = subprocess.Popen(['sleep', '777'])\n"
        "    print(one.pid, flush=True)\n    one.wait()\n"
        "main.extract = hang; main.main()"
    )
    command = [sys.executable, "-c", code, "x"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True, check=False
    )
    assert done.returncode == -9
    assert ended(int(done.stdout))


def test_a_file_whose_headers_lie_about_its_size_is_not_unpacked_beyond_them() -> None:
    page = "Doc_0/Pages/Page_0/Content.xml"
    body = files.lying(files.zipped({page: b" " * (500 * 1024 * 1024), "OFD.xml": b"<x/>"}), 1000)
    assert len(body) < 1024 * 1024
    found = apart(body, "a.ofd")
    assert (found.state, found.text) == ("broken", "")
    assert "CRC" in (found.detail or "")


@contextmanager
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Iterator[Path]:
    """Another LibreOffice; gives the folder that stands for /tmp."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "soffice").write_text(f"#!/bin/sh\n{script}")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield temporary


def ended(number: int) -> bool:
    """Whether a process is gone, or will be in a moment."""
    stat = Path(f"/proc/{number}/stat")
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("killed", [False, True], ids=["slow", "reader killed"])
def test_libreoffice_ends_with_its_reader_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 90 if killed else 3)
    numbers = tmp_path / "numbers"
    script = f"sleep 777 &\necho $! > {numbers}.part\nmv {numbers}.part {numbers}\n"
    script += "kill -9 $PPID\n" if killed else "wait\n"
    with office(tmp_path, monkeypatch, script) as temporary:
        found = apart((SAVED / "notice.doc").read_bytes(), "notice.doc")
        assert (found.state, found.later) == ("failed", True)
        assert list(temporary.iterdir()) == []
    assert ended(int(numbers.read_text()))


def test_a_libreoffice_that_was_killed_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path, monkeypatch, "exit 137"):
        found = extract((SAVED / "notice.doc").read_bytes(), "notice.doc")
    assert (found.state, found.later) == ("failed", True)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_no_address_that_a_file_names_is_asked() -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        body = (Path(__file__).parent / "linked.doc").read_bytes()
        for charset in ("ascii", "utf-16-le"):  # the port that its picture stands at
            body = body.replace("18999".encode(charset), f"{server.server_port:05}".encode(charset))
        found = extract(body, "linked.doc")
        server.shutdown()
    assert "hello text here" in found.text
    assert asked == []
