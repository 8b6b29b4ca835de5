"""What is left behind when a watch is killed at random moments."""

from __future__ import annotations

from rich.console import Console

from benchmarks.figures import Figure, Findings
from benchmarks.killing.rounds import killed
from benchmarks.measure import folder


def kill9(quick: bool = False) -> Findings:
    """200 kills (`quick`: 10); `RuntimeError` names what was lost, halved or told twice."""
    with folder() as place:
        result = killed(place, 10 if quick else 200, seed=1, report=Console(stderr=True).print)
    if result.troubles:
        raise RuntimeError("; ".join(result.troubles))
    counted = {
        "kills": result.kills.total(),
        "while crawling": result.in_crawl,
        "while mailing": result.in_mail,
        "articles": result.articles,
        "mails": result.mails,
        "told twice, same Message-ID": result.repeats,
        "lost or halved": len(result.troubles),
    }
    figures = [Figure("govwatch run", name, [number]) for name, number in counted.items()]
    return Findings("kill9", f"a watch killed at random moments for {result.seconds:.0f} s", figures)
