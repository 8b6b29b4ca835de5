"""Peak memory of what runs for months and of what reads everything."""

from __future__ import annotations

from pathlib import Path

from benchmarks import archive
from benchmarks.figures import Figure, Findings
from benchmarks.measure import folder, in_fresh_process
from benchmarks.sites import Shape, serving
from benchmarks.visits import prepare
from benchmarks.watching import peak_of, watch


def memory(quick: bool = False) -> Findings:
    """Watches many small sites for one round; then searches and exports a large archive."""
    shape = Shape(hosts=20 if quick else 300, columns=1, articles=5, heavy=False)
    return memory_of(shape, articles=1_000 if quick else 10_000)


def memory_of(shape: Shape, articles: int) -> Findings:
    """As `memory`, for that many sites and articles."""
    with serving(shape) as sites, folder() as place:
        prepare(place, sites.columns, every=86_400)
        watching, crawling = in_fresh_process(watch, place, len(sites.columns))
    figures = [
        Figure(f"govwatch run, {shape.hosts} sites", "peak MB", watching),
        Figure("its crawl process", "peak MB", [crawling]),
    ]
    with folder() as place:
        archive.build(place / "govwatch.db", articles).close()
        for what, arguments in _commands(place).items():
            peak = in_fresh_process(peak_of, place, arguments)
            figures.append(Figure(what, "peak MB", [peak]))
    title = f"{shape.pages} small pages; then an archive of {articles} articles"
    return Findings("memory", title, [figure for figure in figures if figure.values])


def _commands(place: Path) -> dict[str, list[str]]:
    """By what they do; all of them find nearly every article."""
    out = str(place / "out")
    return {
        "search, newest first": ["search", "的", "--limit", "20", "--json"],
        "search, best first": ["search", "的", "--limit", "20", "--order", "best", "--json"],
        "export to CSV": ["export", "的", "--format", "csv", "-o", out],
        "export to XLSX": ["export", "的", "--format", "xlsx", "-o", out],
    }
