"""Who wrote, as the text itself tells."""

from __future__ import annotations

import pytest

from tests.crawlers.reading.test_parts import TEXT, TITLE, page


def test_a_signature_names_its_author_behind_the_office() -> None:
    assert page(f"<h1>{TITLE}</h1>{TEXT}<p>（青禾乡党政办 程秋生）</p>").author == "程秋生"


@pytest.mark.parametrize(
    ("closing", "author"),
    [
        ("（记者 敖玉蓉 文/图）", "敖玉蓉"),
        ("（记者 敖玉蓉 摄）", None),
        ("文/敖玉蓉 图/李二河", "敖玉蓉"),
        ("文：敖玉蓉", "敖玉蓉"),
        ("文丨敖玉蓉 李二河", "敖玉蓉 李二河"),
        ("青禾日报记者 敖玉蓉 文/图", "敖玉蓉"),
        ("图：李二河", None),
        ("采摘季总产量约4500吨。（图/文：敖玉蓉 李二河）", "敖玉蓉 李二河"),
        ("采摘季总产量约4500吨。（文/敖玉蓉）", "敖玉蓉"),
        ("采摘季总产量约4500吨。（图/李二河）", None),
        ("文件：《条例》全文", None),
    ],
)
def test_who_took_the_pictures_is_no_author_unless_of_the_text_too(closing: str, author: str | None) -> None:
    assert page(f"<h1>{TITLE}</h1>{TEXT}<p>{closing}</p>").author == author


@pytest.mark.parametrize(
    ("opening", "author"),
    [
        ("青禾社沱江11月21日电（敖玉蓉、李二河）全市水质监测站近日全部建成", "敖玉蓉 李二河"),
        ("青禾社沱江11月21日电 (敖玉蓉) 全市水质监测站近日全部建成", "敖玉蓉"),
        ("青禾社沱江11月21日电（记者 敖玉蓉）全市水质监测站近日全部建成", "敖玉蓉"),
        ("青禾社沱江11月21日电（敖玉蓉，李二河）全市水质监测站近日全部建成", "敖玉蓉 李二河"),
        ("青禾社沱江11月21日电（武汉）全市水质监测站近日全部建成", None),
        ("青禾社沱江11月21日电（水质监测）全市水质监测站近日全部建成", None),
        ("方案自11月21日（星期一、星期二）起施行", None),
    ],
)
def test_an_agency_names_its_reporters_where_its_report_begins(opening: str, author: str | None) -> None:
    assert page(f"<h1>{TITLE}</h1><p>{opening}，各断面达标。</p>{TEXT}").author == author


def test_who_signs_a_report_wins_over_who_opens_it() -> None:
    opening = "<p>青禾社沱江11月21日电（敖玉蓉、李二河）全市水质监测站近日全部建成。</p>"
    assert (
        page(f"<h1>{TITLE}</h1>{opening}{TEXT}<p>活动圆满成功。（常书 马丹阳）</p>").author == "常书 马丹阳"
    )


def test_a_byline_of_beyond_the_mainland() -> None:
    assert page(f"<h1>{TITLE}</h1><p>記者王宜庭／花蓮報導</p>{TEXT}").author == "王宜庭"
