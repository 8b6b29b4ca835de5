"""What was found against what the world knows. Pure: facts in, differences out; no difference, no finding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from demo.commands import Ending
from demo.facts import Failed, Stored
from demo.world import Column, Expected


@frozen
class Finding:
    """Something is not as it must be."""

    what: str
    expected: object
    found: object


def differences(what: str, expected: Mapping[str, object], found: Mapping[str, object]) -> list[Finding]:
    """One finding for each name whose values differ."""
    return [
        Finding(f"{what}: {name}", value, found[name])
        for name, value in expected.items()
        if found[name] != value
    ]


def set_difference(what: str, expected: Iterable[object], found: Iterable[object]) -> list[Finding]:
    """What is missing and what is too much, each counted as often as it comes."""
    wanted, had = Counter(iter(expected)), Counter(iter(found))
    missing = [Finding(f"{what}: missing", one, "nothing") for one in (wanted - had).elements()]
    return missing + [Finding(f"{what}: too much", "nothing", one) for one in (had - wanted).elements()]


def check_added(column: Column, answer: Mapping[str, Any], listed: Sequence[Expected]) -> list[Finding]:
    """`govwatch add --json` took the column on, and read its rows and articles as they are."""
    expected = {
        "stored": True,
        "rows": [(article.url, article.displayed.title) for article in listed],
        "articles that agree with their rows": [True] * len(answer["articles"]),
        "articles looked at": True,
        "page 2 found": True,
    }
    found = {
        "stored": answer["stored"],
        "rows": [(row["url"], row["title"]) for row in answer["rows"]],
        "articles that agree with their rows": [check["agrees"] for check in answer["articles"]],
        "articles looked at": bool(answer["articles"]),
        "page 2 found": answer["page_two"] > 0,
    }
    return differences(f"{column.name} {column.column} {column.url}", expected, found)


def check_watched(
    status: Mapping[str, Any], counts: Mapping[str, int], unreachable: Collection[str] = ()
) -> list[Finding]:
    """`govwatch status --json` names these sources (by address) with so many articles, all healthy
    but those that cannot be reached, whose reason is told."""
    sources = {source["url"]: source for source in status["sources"]}
    findings = set_difference("sources", counts.keys(), sources.keys())
    for url in counts.keys() & sources.keys():
        source, away = sources[url], url in unreachable
        expected = {"state": "unreachable" if away else "healthy", "articles": counts[url]}
        findings += differences(f"source {source['name']}", expected, source)
        if away != ("503" in (reason := source["reason"] or "")):
            findings.append(Finding(f"source {source['name']}: reason", "503" if away else "none", reason))
    return findings


def check_outbox(status: Mapping[str, Any], sent: int) -> list[Finding]:
    """`govwatch status --json` says that so many mails were sent, and none waits or failed."""
    expected = {"due": 0, "held": 0, "sent": sent, "failed": 0}
    return differences("outbox", expected, status["outbox"])


def check_archive(truth: Collection[Expected], articles: Sequence[Stored]) -> list[Finding]:
    """The archive holds precisely these articles, each to the letter, with all its versions."""
    stored = {article.url: article for article in articles}
    findings = set_difference("articles", (one.url for one in truth), (one.url for one in articles))
    for article in truth:
        if article.url in stored:
            findings += check_article(article, stored[article.url])
    return findings + check_stories(truth, stored)


def check_article(truth: Expected, found: Stored) -> list[Finding]:
    """One article, field by field."""
    changed = truth.displayed.body != truth.body
    expected: dict[str, object] = {
        "title": truth.title,
        "published": truth.published,
        "source": truth.source,
        "author": truth.author,
        "body": truth.body,
        "site_code": truth.id_code,
        "images": truth.images,
        "attachments": truth.attachments,
        "backlog": truth.step is None,
        "versions": tuple((version.title, version.body) for version in truth.versions),
        "original_body": truth.displayed.body if changed else None,
        "polluted": truth.polluted,
    }
    if truth.region_code:
        expected["region_code"] = truth.region_code
    values = {name: getattr(found, name) for name in expected if name != "polluted"}
    return differences(truth.key, expected, values | {"polluted": found.pollution is not None})


def check_stories(truth: Collection[Expected], stored: Mapping[str, Stored]) -> list[Finding]:
    """All copies of one text are one story with one first article: the original, where the copy came
    later; of texts that were there from the start, whichever was read first."""
    groups: dict[str, list[Expected]] = defaultdict(list)
    for article in truth:
        if article.url in stored:
            groups[article.group].append(article)
    findings: list[Finding] = []
    stories: set[int] = set()
    for key, group in groups.items():
        rows = [stored[article.url] for article in group]
        firsts = [row.url for row in rows if row.copy_of is None]
        came_later = any(article.step for article in group)
        wanted = [article.url for article in group if article.copy_of is None] if came_later else firsts[:1]
        findings += set_difference(f"{key}: first of its copies", wanted, firsts)
        copies_of = {row.copy_of for row in rows if row.copy_of is not None}
        findings += set_difference(f"{key}: copied from", copies_of & set(firsts), copies_of)
        findings += differences(key, {"stories": 1}, {"stories": len({row.story for row in rows})})
        stories.update(row.story for row in rows)
    return findings + differences("archive", {"stories": len(groups)}, {"stories": len(stories)})


def check_search(hits: Sequence[Mapping[str, Any]], truth: Collection[Expected]) -> list[Finding]:
    """`govwatch search --json` found precisely these articles, and counts their copies."""
    copies = Counter(article.group for article in truth)
    expected = [(article.url, article.title, copies[article.group] - 1) for article in truth]
    return set_difference("hits", expected, [(hit["url"], hit["title"], hit["reprints"]) for hit in hits])


def check_failures(
    failures: Iterable[Failed], forbidden: Collection[str], out_of_order: Collection[str]
) -> list[Finding]:
    """Every failure is one that the world caused: pages that robots.txt forbids, sites that answered 503."""
    failures = list(failures)
    refused = {failure.url for failure in failures if failure.kind == "robots"}
    findings = set_difference("pages refused for robots.txt", set(forbidden), refused)
    told = {failure.source for failure in failures if "503" in failure.detail}
    findings += set_difference("sources that answered 503", set(out_of_order), told)
    return findings + [
        Finding("failures: too much", "nothing", failure)
        for failure in failures
        if failure.kind != "robots" and "503" not in failure.detail
    ]


def check_end(ending: Ending, last_words: str, limit: float) -> list[Finding]:
    """`govwatch run` ended in order and in time."""
    expected = {"exit code": 0, f"within {limit:g} s": True, "says that it stopped": True}
    found = {
        "exit code": ending.code,
        f"within {limit:g} s": ending.seconds <= limit or f"{ending.seconds:.1f} s",
        "says that it stopped": "stopped" in last_words or last_words,
    }
    return differences("govwatch run after SIGTERM", expected, found)
