"""Damage that knows nothing of markup: what lines, disks, charsets and broken scripts do to a page."""

from __future__ import annotations

import re
from random import Random

from benchmarks.mutating import pieces

LARGEST = 2_000_000
"""Bytes of the largest page that is made."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)


def place(random: Random, page: bytes) -> int:
    return random.randrange(len(page) + 1)


def stretch(random: Random, page: bytes, longest: int) -> slice:
    """A part of a page, `longest` bytes at most; short ones as likely as long ones."""
    start = place(random, page)
    return slice(start, start + random.randrange(1, 2 + int(longest ** random.random())))


def put(page: bytes, at: int, piece: bytes) -> bytes:
    return page[:at] + piece + page[at:]


def flip(random: Random, page: bytes, other: bytes) -> bytes:
    changed = bytearray(page)
    for _ in range(random.choice((1, 5, 50, 500)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def insert(random: Random, page: bytes, other: bytes) -> bytes:
    return put(page, place(random, page), random.randbytes(random.choice((1, 2, 3, 30, 300))))


def delete(random: Random, page: bytes, other: bytes) -> bytes:
    gone = stretch(random, page, len(page))
    return page[: gone.start] + page[gone.stop :]


def truncate(random: Random, page: bytes, other: bytes) -> bytes:
    return page[: place(random, page)] if random.random() < 0.7 else page[place(random, page) :]


def splice(random: Random, page: bytes, other: bytes) -> bytes:
    return page[: place(random, page)] + other[place(random, other) :]


def graft(random: Random, page: bytes, other: bytes) -> bytes:
    return put(page, place(random, page), other[stretch(random, other, 20_000)])


def swap(random: Random, page: bytes, other: bytes) -> bytes:
    """Three parts in another order."""
    first, second = sorted((place(random, page), place(random, page)))
    return page[second:] + page[first:second] + page[:first]


def declare(random: Random, page: bytes, other: bytes) -> bytes:
    """Another charset in the declaration than in the page."""
    name = random.choice(pieces.CHARSETS).encode()
    if random.random() < 0.7 and (said := _CHARSET.search(page)):
        return page[: said.start(1)] + name + page[said.end(1) :]
    return (
        random.choice((b"<meta charset=%b>", b"<?xml version='1.0' encoding='%b'?>", b"<meta charset='%b"))
        % name
        + page
    )


def recode(random: Random, page: bytes, other: bytes) -> bytes:
    """Another charset in the page than in the declaration; twice the wrong one as the case may be."""
    text = page.decode(random.choice(("utf-8", "gb18030", "latin-1")), "replace")
    return text.encode(random.choice(pieces.CODECS), "replace")


def mark(random: Random, page: bytes, other: bytes) -> bytes:
    return put(page, random.choice((0, 0, place(random, page))), random.choice(pieces.MARKS))


def nuls(random: Random, page: bytes, other: bytes) -> bytes:
    for _ in range(random.choice((1, 3, 100))):
        page = put(page, place(random, page), bytes(random.choice((1, 2, 64))))
    return page


def controls(random: Random, page: bytes, other: bytes) -> bytes:
    for _ in range(random.choice((1, 10, 100))):
        page = put(page, place(random, page), bytes(random.choices(range(32), k=random.choice((1, 4)))))
    return page


def high(random: Random, page: bytes, other: bytes) -> bytes:
    """A run of bytes from 0x80 on: no text in most charsets, any text in some."""
    run = bytes(random.choices(range(0x80, 0x100), k=random.choice((1, 7, 100, 5_000))))
    return put(page, place(random, page), run)


def blank(random: Random, page: bytes, other: bytes) -> bytes:
    space = random.choice((b" ", b"\n", b"\t", b"\r\n", b"\xa0", b"\xe3\x80\x80", b"\xa1\xa1", b"&nbsp;"))
    return put(page, place(random, page), space * random.choice((100, 5_000, 100_000)))


def repeat(random: Random, page: bytes, other: bytes) -> bytes:
    """A part of the page, thousands of times: up to 2 MB."""
    part = page[stretch(random, page, random.choice((1, 8, 100, 5_000)))] or b"<"
    size = random.choice((20_000, 200_000, LARGEST))
    return put(page, place(random, page), part * (size // len(part)))
