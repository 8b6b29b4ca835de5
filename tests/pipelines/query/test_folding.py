from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import fold
from tests.support.queries import ALPHABET, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＰＭ２.5，Ａ", "pm2.5,a"),
        ("湘潭　市", "湘潭 市"),
        ("①為〔2021〕Ⅳ", "①為〔2021〕ⅳ"),
        ("Straße ΟΔΟΣ", "straße οδοσ"),
        ("İstanbul", "İstanbul"),
    ],
)
def test_letter_case_and_width_are_folded_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_becomes_exactly_one() -> None:
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert fold(every) == plain(every)


@given(st.text() | st.text(ALPHABET))
def test_folding_does_not_look_at_neighbours(text: str) -> None:
    assert fold(text) == plain(text)
    assert len(fold(text)) == len(text)
