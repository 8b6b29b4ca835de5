"""Files of columns that somebody wants watched: TOML, OPML, or one address per line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from attrs import frozen
from lxml import etree

from crawlers.catalogue.model import Source
from crawlers.catalogue.source_file import is_address, sources_from
from crawlers.catalogue.toml_file import FileError

Naming = Literal["exact", "wish", "none"]
_BOM = b"\xef\xbb\xbf"


@frozen
class Wanted:
    """One entry of such a file."""

    source: Source
    """Its address may be none of the web: it is up to the taker to say so. Without a name: ''."""
    naming: Naming = "exact"
    """exact: the name or none (TOML); wish: a number is put to it where it is taken; none: it has no name."""


def wanted_from(data: bytes, path: Path) -> list[Wanted]:
    """The entries of a file in any of the three forms; raises `FileError` where it is understood as none.

    An address may come several times in lists and OPML, as feed readers write it, but not in TOML.
    """
    if data.removeprefix(_BOM).lstrip().startswith(b"<"):
        return _some(_outlines(data, path), path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    if path.suffix.lower() == ".toml" or any(line.startswith("[") for line in text.splitlines()):
        return [Wanted(source) for source in sources_from(text, path)]
    return _some(_lines(text), path)


def _some(found: Iterator[Wanted], path: Path) -> list[Wanted]:
    entries = list(found)
    if not any(is_address(entry.source.url) for entry in entries):
        raise FileError(
            f"{path}: holds no address; write one per line, with http:// or https:// in front,"
            " or give TOML or OPML"
        )
    return entries


def _lines(text: str) -> Iterator[Wanted]:
    """`ADDRESS`, or `ADDRESS NAME` with blanks or a tab between them; `#` begins a comment line."""
    for line in text.splitlines():
        url, *rest = line.split(maxsplit=1)[:2] or [""]
        if url and not url.startswith("#"):
            yield _entry(url, rest[0].strip() if rest else "")


def _outlines(data: bytes, path: Path) -> Iterator[Wanted]:
    """Every outline of an OPML text that has an address, at whatever depth: a feed's, else a page's."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data.removeprefix(_BOM).lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise FileError(f"{path}: is not valid OPML: {' '.join(str(error).split())}") from None
    if etree.QName(root).localname.lower() != "opml":
        raise FileError(f"{path}: is no OPML: its root is <{etree.QName(root).localname}>")
    for outline in root.iter("{*}outline"):
        values = {str(name).lower(): str(value).strip() for name, value in outline.items()}
        url = values.get("xmlurl") or values.get("url") or values.get("htmlurl")
        if url:
            yield _entry(url, values.get("title") or values.get("text") or "")


def _entry(url: str, name: str) -> Wanted:
    return Wanted(Source(" ".join(name.split()), url), "wish" if name else "none")
