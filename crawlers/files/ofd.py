"""OFD (GB/T 33190), the layout format that Chinese authorities publish documents in."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree

from crawlers.files.extract import Extract

_CONTENT = re.compile(r"(?:^|/)Pages/Page_?(\d+)/Content\.xml$", re.IGNORECASE)
_TEXT = "{http://www.ofdspec.org/2016}TextCode"


def read(body: bytes) -> Extract:
    """The pieces of text of each page, in the order in which they stand in it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    lines: list[str] = []
    with zipfile.ZipFile(BytesIO(body)) as archive:
        pages = sorted(
            (int(found[1]), name) for name in archive.namelist() if (found := _CONTENT.search(name))
        )
        for _, name in pages:
            root = etree.fromstring(archive.read(name), parser)
            if root is not None:
                lines += ["".join(map(str, node.itertext())).strip() for node in root.iter(_TEXT)]
    return Extract("read", "\n".join(line for line in lines if line))
