"""`python -m monitor.child SECONDS NAME=VALUE ...`: the process that does a run's crawl."""

from __future__ import annotations

import atexit
import gc
import signal
import sys


def main() -> None:
    """Crawls with these arguments of the spider `column`.

    After so many seconds the system ends the process, even where it hangs and nobody is left to end it.
    """
    _, limit, *arguments = sys.argv
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    # At its end Python would look for garbage in all that was ever loaded, a third of a second.
    atexit.register(gc.freeze)
    from scrapy.cmdline import execute

    execute(["scrapy", "crawl", "column", *(part for given in arguments for part in ("-a", given))])


if __name__ == "__main__":
    main()
