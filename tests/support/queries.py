"""Random queries together with an evaluation of their own, which shares no code with the product."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

Holds = Callable[[str, str], bool]
"""(title, body) -> whether the query finds it."""
Asked = tuple[str, Holds]

ALPHABET = "湘潭市环保处罚，。：“”（）、 \n①1aAbＡＢｂ　！!()[]{}:\"'\\*?~^/-+&|<>İΣς㐀𠮷"
"""Few characters, so that terms meet; every kind that has a meaning in the language or in folding."""

texts = st.text(ALPHABET, max_size=60)
articles = st.tuples(st.text(ALPHABET, max_size=12), texts)


def same_character(character: str) -> str:
    """The definition of folding, one character at a time."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        character = chr(code - 0xFEE0)
    elif code == 0x3000:
        character = " "
    return character.lower() if len(character.lower()) == 1 else character


def plain(text: str) -> str:
    return "".join(map(same_character, text))


def phrase(text: str) -> Asked:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"', lambda title, body: plain(text) in plain(title) or plain(text) in plain(body)


@st.composite
def drawn_terms(draw: st.DrawFn, archive: list[tuple[str, str]]) -> Asked:
    """1 to 40 characters out of a stored text, sometimes in other letter case; sometimes of no text."""
    stored = [text for article in archive for text in article if text] or ["湘"]
    source = draw(st.sampled_from(stored))
    start = draw(st.integers(0, len(source) - 1))
    text = source[start : start + draw(st.integers(1, 40))]
    return phrase(draw(st.sampled_from([text, text.swapcase(), text + "湘"])))


def mixtures(archive: list[tuple[str, str]]) -> st.SearchStrategy[Asked]:
    """Terms of the archive under AND, OR, NOT, juxtaposition, signs and parentheses."""
    return st.recursive(
        drawn_terms(archive),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).flatmap(_joined),
            inner.map(lambda asked: (f"NOT ({asked[0]})", lambda t, b: not asked[1](t, b))),
            st.tuples(inner, inner).map(_without),
        ),
        max_leaves=6,
    )


def _joined(asked: list[Asked]) -> st.SearchStrategy[Asked]:
    texts = [f"({text})" for text, _ in asked]
    return st.sampled_from(
        [
            (" AND ".join(texts), lambda t, b: all(holds(t, b) for _, holds in asked)),
            (" ".join(texts), lambda t, b: all(holds(t, b) for _, holds in asked)),
            (" OR ".join(texts), lambda t, b: any(holds(t, b) for _, holds in asked)),
        ]
    )


def _without(pair: tuple[Asked, Asked]) -> Asked:
    (wanted, holds), (unwanted, spoils) = pair
    return f"+({wanted}) -({unwanted})", lambda t, b: holds(t, b) and not spoils(t, b)
