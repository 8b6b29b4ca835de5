"""Examinations in processes of their own, which die of pages that take too long or too much memory."""

from __future__ import annotations

import faulthandler
import multiprocessing
import resource
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from attrs import define, evolve, field, frozen

from benchmarks.measure import RSS_UNIT
from benchmarks.mutating.examining import Examine, Outcome, outcome, usual
from benchmarks.mutating.mutants import mutant
from benchmarks.saved import SavedPage


@frozen
class Limits:
    seconds: float = 5
    """Of processor, for one part of an examination; on the wall twelve times as much: machines are busy."""
    bytes: int = 1_500_000_000
    """Of address space, for a whole process."""


_USUAL = Limits()
_WAITED = "Timeout"
"""How `faulthandler` begins to tell of a time on the wall that is over."""


def examined(
    bases: Sequence[SavedPage],
    seeds: range,
    workers: int = 2,
    examine: Examine = usual,
    limits: Limits = _USUAL,
) -> Iterator[Outcome]:
    """The outcome of every seed, as they come. One that took too long on the wall only is tried once more: a
    busy machine can make anything wait.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mutated-")))
        running = [
            _Worker(bases, seeds[number::workers], examine, limits, folder / f"{number}.log")
            for number in range(min(workers, len(seeds)))
        ]
        for worker in running:
            stack.callback(worker.stop)
        while busy := [worker for worker in running if worker.left]:
            ready = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready and (news := worker.news()):
                    yield news


@define
class _Worker:
    """One process after the other, for the seeds of one share."""

    bases: Sequence[SavedPage]
    left: range
    examine: Examine
    limits: Limits
    log: Path
    waited: int | None = None
    """The seed that is tried again."""
    process: BaseProcess = field(init=False)
    pipe: Connection = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.log.unlink(missing_ok=True)
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex=False)
        arguments = (theirs, self.bases, self.left, self.examine, self.limits, self.log)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()

    def news(self) -> Outcome | None:
        """The next outcome; where the process died of it, another goes on. None: it is to be tried again."""
        seed = self.left[0]
        try:
            said: Outcome = self.pipe.recv()
        except EOFError:
            last_words = self._died()
            if last_words.startswith(_WAITED) and self.waited != seed:
                self.waited = seed
                self.start()
                return None
            said = Outcome(seed, mutant(seed, self.bases).name, trouble=last_words, killed=True)
            self.left = self.left[1:]
            if self.left:
                self.start()
            return said
        self.left = self.left[1:]
        return said

    def _died(self) -> str:
        self.stop()
        if not self.log.exists():
            raise RuntimeError("a process for examinations does not start; it said why")
        return self.log.read_text("utf-8", "replace") or f"exit code {self.process.exitcode}"


def _work(
    pipe: Connection,
    bases: Sequence[SavedPage],
    seeds: range,
    examine: Examine,
    limits: Limits,
    log: Path,
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.bytes, limits.bytes))
    with log.open("w", encoding="utf-8") as file:
        faulthandler.enable(file)
        # Both speak and end the process also where a call into C does not come back.
        faulthandler.register(signal.SIGPROF, file, all_threads=False, chain=True)

        def guard(seconds: float = limits.seconds) -> None:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            faulthandler.dump_traceback_later(12 * seconds, exit=True, file=file)

        for seed in seeds:
            found = outcome(mutant(seed, bases), examine, guard)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / 1e6
            pipe.send(evolve(found, peak=peak))
