from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

reading = pytest.importorskip(
    "benchmarks.reading", reason="needs the peers of the group bench", exc_type=ImportError
)

BODY = "\n".join(
    f"区生态环境分局对辖区{place}和涂装企业开展专项检查，发现问题十八个，当场整改三个。"
    for place in ("加油站", "印刷厂", "储油库", "干洗店")
)
PAGE = (
    "<html><head><meta charset='utf-8'><title>{n}号公告</title></head><body><h1>{n}号公告</h1>"
    "<div class='content'><p>" + BODY.replace("\n", "</p><p>") + "</p></div></body></html>"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(PAGE.format(n=number), encoding="utf-8")
    return tmp_path


def test_every_reader_on_a_folder(pages: Path) -> None:
    findings = reading.reading(quick=False, pages=pages)
    assert findings.title.startswith("3 pages")
    for name in reading.READERS:
        assert findings.one(name, "median ms/page").median > 0


def test_quality_beside_speed_where_there_is_gold(pages: Path) -> None:
    gold = pages / "gold.jsonl"
    gold.write_text(json.dumps({"file": "1.html", "body": BODY}) + "\n", encoding="utf-8")
    findings = reading.reading(gold=gold)
    assert findings.one("govwatch", "body F1").median == 1.0
    assert 0 < findings.one("readability-lxml", "body F1").median <= 1.0


def test_every_reader_finds_text() -> None:
    from benchmarks.saved import own_pages

    page = own_pages()[0]
    for name, reader in reading.READERS.items():
        assert reading.f1(reader(page), page.gold or "") > 0.5, name


def test_reading_anew_remembers_no_earlier_page() -> None:
    from benchmarks.saved import SavedPage, own_pages
    from crawlers.reading.noise import is_noise

    reading.govwatch(own_pages()[0])
    reading.govwatch_anew(SavedPage("short.html", b"<p>1</p>"))
    assert is_noise.cache_info().currsize < 5


def test_no_reader_asks_for_the_pictures_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.saved import SavedPage

    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: asked.append(address) or [])
    picture = "<img src='http://www.example.gov.cn/a.jpg'></body>"
    page = SavedPage("a.html", PAGE.format(n=1).replace("</body>", picture).encode())
    for reader in reading.READERS.values():
        reader(page)
    assert not asked


def test_own_pages_have_gold_and_weight() -> None:
    from benchmarks.saved import own_pages

    pages = own_pages()
    assert len(pages) > 100
    assert all(page.gold for page in pages)
    assert sorted(len(page.body) for page in pages)[len(pages) // 2] > 30_000


@pytest.mark.parametrize(
    ("text", "gold", "score"),
    [("甲乙丙丁", "甲，乙丙丁", 1.0), ("", "", 1.0), ("甲乙丙", "", 0.0), ("甲乙丙丁", "甲乙丙", 2 / 3)],
)
def test_f1(text: str, gold: str, score: float) -> None:
    assert reading.f1(text, gold) == pytest.approx(score)
