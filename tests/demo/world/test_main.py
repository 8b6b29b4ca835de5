from __future__ import annotations

import signal
import subprocess
import sys


def test_served_by_hand_until_interrupted() -> None:
    command = [sys.executable, "-m", "demo.world"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        lines = [process.stdout.readline() for _ in range(8)]
        assert sum(line.startswith("http://127.0.0.1:") for line in lines) == 7
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith("appear: ")
        process.stdin.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
