"""Pages a second from the network to the disk, against bare Scrapy fetching the very same pages."""

from __future__ import annotations

from attrs import evolve, frozen

from benchmarks.figures import Figure, Findings, ratio
from benchmarks.measure import Usage, folder, in_fresh_process, sync_milliseconds
from benchmarks.sites import Shape, Sites, Traffic, serving
from benchmarks.visits import CONCURRENCY, QUERIES, bare, prepare, visit


@frozen
class Round:
    usage: Usage
    traffic: Traffic


def crawl(quick: bool = False) -> Findings:
    """Fetches every page of some sites for the first time, in turns with bare Scrapy."""
    shape = Shape(hosts=CONCURRENCY, columns=1, articles=40 if quick else 120)
    return crawl_in(shape, 1 if quick else 3)


def crawl_in(shape: Shape, rounds: int) -> Findings:
    """As `crawl` with that many rounds; `RuntimeError` where the two do not fetch the same pages."""
    figures: list[Figure] = []
    for weight, heavy in (("pages of 45 KB", True), ("pages of 4 KB", False)):
        figures += _compared(weight, evolve(shape, heavy=heavy), rounds)
    with folder() as place:
        figures.append(Figure("disk", "ms to sync 4 KB", sync_milliseconds(place)))
    title = (
        f"{shape.pages} pages of {shape.hosts} sites, {CONCURRENCY} at once, no delay, {rounds} rounds;"
        f" govwatch reads, cleans, dedupes, matches {len(QUERIES)} subscriptions, stores, keeps WARC"
    )
    return Findings("crawl", title, figures)


def _compared(weight: str, shape: Shape, rounds: int) -> list[Figure]:
    ours, theirs = [], []
    with serving(shape) as sites:
        for _ in range(rounds):
            ours.append(govwatch_round(sites, shape))
            theirs.append(bare_round(sites))
            if not ours[-1].traffic.statuses == theirs[-1].traffic.statuses == {200: shape.pages}:
                raise RuntimeError(f"not the same pages: {ours[-1].traffic} and {theirs[-1].traffic}")
    govwatch, bare_scrapy = _figures(f"govwatch, {weight}", ours), _figures(f"bare Scrapy, {weight}", theirs)
    ratios = [
        ratio(f"ratio, {weight}", own.quantity, own, its)
        for own, its in zip(govwatch, bare_scrapy, strict=True)
    ]
    return [*govwatch, *bare_scrapy, *ratios]


def _figures(what: str, rounds: list[Round]) -> list[Figure]:
    return [
        # From the first request to the last answer; the start of the process is in the seconds.
        Figure(what, "pages/s", [r.traffic.pages / r.traffic.seconds for r in rounds]),
        Figure(what, "seconds with start", [r.usage.seconds for r in rounds]),
        Figure(what, "cpu ms/page", [r.usage.cpu * 1000 / r.traffic.pages for r in rounds]),
        Figure(what, "peak MB", [r.usage.peak for r in rounds]),
    ]


def govwatch_round(sites: Sites, shape: Shape) -> Round:
    """A first visit to every column down to its end, with mails for what matches, in a new archive."""
    with folder() as place:
        prepare(place, sites.columns)
        sites.traffic()
        usage = in_fresh_process(visit, place, shape.list_pages)
        return Round(usage, sites.traffic())


def bare_round(sites: Sites) -> Round:
    """The same pages, fetched and forgotten."""
    with folder() as place:
        sites.traffic()
        usage = in_fresh_process(bare, place / "bare.log", sites.columns)
        return Round(usage, sites.traffic())
