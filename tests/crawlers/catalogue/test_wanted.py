"""Files of columns in their three forms, and what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.catalogue.toml_file import FileError
from crawlers.catalogue.wanted import wanted_from

OPML = """<?xml version="1.0" encoding="{0}"?>
<opml version="2.0"><head><title>订阅</title></head><body>
  <outline text="环保">
    <outline text="短" title="清溪县 要闻" type="rss" xmlUrl="https://a.example/rss.xml" htmlUrl="https://a.example/"/>
    <outline text="青禾县公告" type="link" url="https://b.example/gg/"/>
    <outline htmlUrl="https://c.example/"/>
  </outline>
  <outline text="空"/>
</body></opml>"""

TOML = '[[source]]\nname = "a"\nurl = "http://a.example/"\nevery = "1h"\n'

LIST = """\ufeff# 环保栏目
https://a.example/hb/\t清溪县 环保要闻
  http://b.example/gg/   青禾县   公告

not an address
https://a.example/hb/
https://c.example/?a=1#b
"""


def read(data: str | bytes, name: str = "wanted") -> list[tuple[str, str, str]]:
    entries = wanted_from(data if isinstance(data, bytes) else data.encode(), Path(name))
    return [(entry.source.url, entry.source.name, entry.naming) for entry in entries]


def test_a_list_of_addresses() -> None:
    assert read(LIST, "list.txt") == [
        ("https://a.example/hb/", "清溪县 环保要闻", "wish"),
        ("http://b.example/gg/", "青禾县 公告", "wish"),
        ("not", "an address", "wish"),
        ("https://a.example/hb/", "", "none"),
        ("https://c.example/?a=1#b", "", "none"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_opml_at_any_depth_in_any_encoding(encoding: str) -> None:
    assert read(OPML.format(encoding).encode(encoding), "feeds.opml") == [
        ("https://a.example/rss.xml", "清溪县 要闻", "wish"),
        ("https://b.example/gg/", "青禾县公告", "wish"),
        ("https://c.example/", "", "none"),
    ]


@pytest.mark.parametrize("name", ["sources.toml", "sources.txt"])
def test_toml_by_its_name_or_by_its_look(name: str) -> None:
    assert read(TOML, name) == [("http://a.example/", "a", "exact")]
    (entry,) = wanted_from(TOML.encode(), Path(name))
    assert entry.source.every == 3600


def test_a_file_like_a_pack_is_taken_too() -> None:
    assert read('[pack]\ntitle = "own"\n' + TOML) == [("http://a.example/", "a", "exact")]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("", "list.txt", "holds no address; write one per line"),
        ("# nothing\n", "list.txt", "holds no address"),
        ("a.example/hb/\nb.example\n", "list.txt", "holds no address"),
        ("", "sources.toml", "holds no entry"),
        ("https://a.example/\n", "sources.toml", "is not valid TOML"),
        ("环保".encode("gbk"), "list.txt", "is not UTF-8 text (byte 0); save it as UTF-8"),
        ("<opml><body>", "a.opml", "is not valid OPML"),
        ("<html><body><a href='http://a.example/'>a</a></body></html>", "a.html", "its root is <html>"),
        ("<opml><body><outline text='a'/></body></opml>", "a.opml", "holds no address"),
        ('<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]><opml>&e;</opml>', "a.opml", "no address"),
    ],
)
def test_what_cannot_be_understood(data: str | bytes, name: str, said: str) -> None:
    with pytest.raises(FileError) as refusal:
        read(data, name)
    assert str(refusal.value).startswith(f"{name}: ")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@given(st.binary() | st.text().map(str.encode))
def test_whatever_comes_is_taken_or_refused(data: bytes) -> None:
    try:
        assert read(data)
    except FileError:
        return


def test_entities_do_not_blow_up() -> None:
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    outline = '<opml><outline text="&i;" xmlUrl="http://a.example/"/></opml>'
    data = f'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">{bomb}]>{outline}'
    with pytest.raises(FileError, match="OPML"):
        read(data)
