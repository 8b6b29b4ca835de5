"""Damage to markup: what editors, templates and those who wish us ill do to a page."""

from __future__ import annotations

import re
from random import Random

from benchmarks.mutating import pieces
from benchmarks.mutating.on_bytes import LARGEST, place, put, stretch

_TAG = re.compile(rb"<[a-zA-Z/!][^<>]{0,1000}>")
_ENTITY = re.compile(rb"&#?\w{1,8};?")
_SIGNS, _QUOTES = (b"=", b" = ", b'="', b"='", b""), (b"", b'"', b"'", b"/")


def _tag(random: Random, page: bytes) -> re.Match[bytes] | None:
    """Some tag of a page: the first behind a random place, else the first of all."""
    return _TAG.search(page, place(random, page)) or _TAG.search(page)


def _size(random: Random, largest: int) -> int:
    return int(largest ** random.uniform(0.3, 1))


def duplicate(random: Random, page: bytes, other: bytes) -> bytes:
    """From one tag to another, twice or many times."""
    first, second = _tag(random, page), _tag(random, page)
    if not first or not second:
        return page
    start, end = sorted((first.start(), second.end()))
    part = page[start : min(end, start + 20_000)]
    return put(page, end, part * random.choice((1, 1, 2, 10)))


def drop(random: Random, page: bytes, other: bytes) -> bytes:
    """One tag in so many is gone, or only the closing ones are."""
    share, closing = random.choice((0.02, 0.2, 0.9)), random.random() < 0.3
    return _TAG.sub(
        lambda tag: b"" if random.random() < share and (tag[0][1:2] == b"/" or not closing) else tag[0], page
    )


def rename(random: Random, page: bytes, other: bytes) -> bytes:
    share = random.choice((0.02, 0.3))
    return re.sub(
        rb"(</?)([a-zA-Z][\w:]*)",
        lambda tag: tag[1] + (random.choice(pieces.NAMES) if random.random() < share else tag[2]),
        page,
    )


def nest(random: Random, page: bytes, other: bytes) -> bytes:
    """A part of the page within hundreds of elements."""
    name, depth = random.choice(pieces.NAMES), random.choice((1, 30, 300, 1_000))
    part = stretch(random, page, 30_000)
    within = b"<%b>" % name * depth + page[part] + b"</%b>" % name * random.choice((depth, 0, depth + 5))
    return page[: part.start] + within + page[part.stop :]


def deepen(random: Random, page: bytes, other: bytes) -> bytes:
    """Ten thousand elements opened one in the other, closed or not."""
    name, depth = random.choice(pieces.NAMES), random.choice((3_000, 10_000))
    closed = b"</%b>" % name * depth if random.random() < 0.5 else b""
    return put(put(page, place(random, page), closed), place(random, page), b"<%b>" % name * depth)


def tables(random: Random, page: bytes, other: bytes) -> bytes:
    """Tables in cells of tables, none of them closed."""
    piece = random.choice((b"<table><tr><td>", b"<table>", b"<tr><td>", b"<td><table>x", b"<table><tr><p>"))
    return put(page, place(random, page), piece * _size(random, 3_000))


def swell(random: Random, page: bytes, other: bytes) -> bytes:
    """A tag with an attribute of up to a megabyte."""
    tag = _tag(random, page)
    value = (random.choice(pieces.VALUES) or b"x") * (_size(random, 1_000_000) // 20)
    quote = random.choice((b'"', b"'", b""))
    at = tag.end() - 1 if tag else place(random, page)
    return put(page, at, b" " + random.choice(pieces.ATTRIBUTES) + b"=" + quote + value + quote)


def soup(random: Random, page: bytes, other: bytes) -> bytes:
    """Attributes of all kinds, quoted in all ways, in every tenth tag; or thousands in one."""

    def some(many: int) -> bytes:
        return b"".join(
            b" " + b"".join(map(random.choice, (pieces.ATTRIBUTES, _SIGNS, pieces.VALUES, _QUOTES)))
            for _ in range(many)
        )

    if random.random() < 0.3:
        tag = _tag(random, page)
        return put(page, tag.end() - 1, some(_size(random, 5_000))) if tag else page
    return _TAG.sub(lambda tag: tag[0][:-1] + some(3) + b">" if random.random() < 0.1 else tag[0], page)


def entities(random: Random, page: bytes, other: bytes) -> bytes:
    for _ in range(random.choice((1, 20, 200))):
        page = put(page, place(random, page), random.choice(pieces.ENTITIES))
    return _ENTITY.sub(lambda found: found[0].rstrip(b";"), page) if random.random() < 0.3 else page


def open_(random: Random, page: bytes, other: bytes) -> bytes:
    """A script, comment or the like that is never closed."""
    return put(page, place(random, page), random.choice(pieces.OPENERS) * random.choice((1, 1, 1, 50)))


def unclose(random: Random, page: bytes, other: bytes) -> bytes:
    """The ends of comments, scripts, strings or of the whole are gone, or stand where they should not."""
    end = random.choice(pieces.CLOSERS)
    if random.random() < 0.5:
        return page.replace(end, b"", random.choice((1, -1)))
    return put(page, place(random, page), end * random.choice((1, 1, 100)))


def link(random: Random, page: bytes, other: bytes) -> bytes:
    """Thousands of links, in a list with days or bare."""
    shape = random.choice(pieces.LINKS)
    many = _size(random, 5_000)
    links = "".join(shape.format(n=n, d=n % 28 + 1) for n in range(many))
    return put(page, place(random, page), links.encode(random.choice(("utf-8", "gb18030"))))


def babble(random: Random, page: bytes, other: bytes) -> bytes:
    """A word, or a few in turns, many times: what makes patterns try everything."""
    words = "".join(random.choices(pieces.WORDS, k=random.choice((1, 1, 2, 5))))
    text = words.encode(random.choice(("utf-8", "gb18030")))
    return put(page, place(random, page), text * max(1, _size(random, 400_000) // len(text)))


def crowd(random: Random, page: bytes, other: bytes) -> bytes:
    """One of the page's own tags, thousands of times: metas, links, cells."""
    tag = _tag(random, page)
    return put(page, tag.end(), tag[0] * (_size(random, LARGEST // 4) // len(tag[0]))) if tag else page
