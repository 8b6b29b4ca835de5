"""Dates as Chinese pages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urlsplit

from crawlers.china import CHINA

_YEARS = range(1990, 2101)

_WIDE_CHARACTERS = "０１２３４５６７８９：．－／　"
_WIDTH = str.maketrans(_WIDE_CHARACTERS, "0123456789:.-/ ")
_WIDE = re.compile(f"[{_WIDE_CHARACTERS}]")

_YEAR = re.compile(r"\d{4}|[〇○Ｏ零一二三四五六七八九0０]\s*年")
"""What every date has, however it is written."""
_HALF = r"(?P<half>上午|下午|中午|晚上|晚|凌晨|早上)?\s{0,3}"
_CLOCK = (
    r"(?P<hour>\d{1,2})\s*(?::|[时時点點])\s*(?P<minute>\d{1,2})(?!\d)"
    r"(?:\s*(?::|分)\s*(?P<second>\d{1,2})(?!\d))?"
)
_TIME = (
    r"(?:(?P<gap>[\sT日号,，\-—–_/|]{0,12}(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?\s{0,3})?)"
    + _HALF + _CLOCK
    + r"(?:\.\d+)?\s*(?P<zone>Z\b|[+-]\d\d:?\d\d\b)?(?P<pm>\s*[AaPp][Mm]\b)?)?"
)  # fmt: skip
_SEP = r"\s*[-—–−‐./年]+\s*"
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20|21)\d\d)(?:" + _SEP + r"|\s+(?=\d{1,2}[-./月]|\d\d\s*/\s*\d\d(?!\d|\s*页)))"
    r"(?P<month>1[0-2]|0?[1-9])(?!\d)\s*[-—–−‐./月]+\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|\s*月)\s*[日号]?"
    + _TIME
)
_HAN_DIGITS: dict[str, int] = dict(
    zip("〇○Ｏ零0一二三四五六七八九", (0, 0, 0, 0, 0, *range(1, 10)), strict=True)
)
_HAN = re.compile(
    r"(?P<year>[一二][〇○Ｏ零一二三四五六七八九0]{3})\s*年\s*(?P<month>[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(?P<day>[一二三四五六七八九十廿卅]{1,3})\s*[日号]" + _TIME
)
_COMPACT = re.compile(r"\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)" + _TIME + r"\s*")
_COMPACT_TIME = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)\d{0,3}\s*"
)
_DAY_FIRST = re.compile(
    r"\s*(?P<day>\d{1,2})\s*[日/]?\s+(?P<year>(?:19|20)\d\d)\s*[-./年]\s*(?P<month>\d{1,2})\s*月?\s*"
)
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<name>[A-Z][a-z]{2}) (?P<day>\d{1,2}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) (?:CST|GMT\+08:00) (?P<year>\d{4})"
)
_ENGLISH = re.compile(
    r"\b(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?\.? (?P<day>\d{1,2}), (?P<year>(?:19|20)\d\d)\b"
)
"""February 03, 2005: Chinese papers abroad."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_date(text: str) -> datetime | None:
    """The first date in a text, with its time where one follows; +08:00, midnight where only a day is given.

    An explicit offset (`2022-01-01T08:00:00Z`) is converted. Impossible days and years outside 1990-2100
    are passed over, an impossible time is left off. None where no whole date stands.
    """
    if not _YEAR.search(text):
        return None
    if _WIDE.search(text):
        text = text.translate(_WIDTH)
    numeric = next(_readable(_NUMERIC, text), None)
    han = next(_readable(_HAN, text), None) if "年" in text else None
    if first := min(filter(None, (numeric, han)), key=lambda found: found[0].start(), default=None):
        return first[1]
    for shape in (_COMPACT_TIME, _COMPACT, _DAY_FIRST):
        whole = shape.fullmatch(text)
        when = _moment(whole) if whole else None
        if when:
            return when
    return next((when for shape in (_JAVA, _ENGLISH) for _, when in _readable(shape, text)), None)


def _readable(shape: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], datetime]]:
    for match in shape.finditer(text):
        when = _moment(match)
        if when:
            yield match, when


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    name = part.get("name")
    month = _MONTHS.index(name) + 1 if name in _MONTHS else _number(part.get("month") or "")
    year = _number(part["year"])
    if year not in _YEARS:
        return None
    try:
        day = datetime(year, month, _number(part["day"]), tzinfo=CHINA)
    except ValueError:
        return None
    return _at(day, part)


def _at(day: datetime, part: dict[str, str | None]) -> datetime:
    """The day with the clock time of a match; an impossible time leaves midnight."""
    if not part.get("hour"):
        return day
    hour = int(part["hour"] or 0)
    afternoon = (part.get("half") or "")[:1] in ("下", "晚") or (part.get("pm") or "").strip().lower() == "pm"
    if afternoon and hour < 12:
        hour += 12
    try:
        when = day.replace(hour=hour, minute=int(part["minute"] or 0), second=int(part.get("second") or 0))
    except ValueError:
        return day
    zone = part.get("zone")
    # "19:30-2030" is a span of time; only the ISO form with its T carries an offset.
    if not zone or "T" not in (part.get("gap") or ""):
        return when
    return when.replace(tzinfo=_offset(zone)).astimezone(CHINA)


def _offset(zone: str) -> timezone:
    if zone == "Z":
        return UTC
    minutes = min(int(zone[1:3]) * 60 + int(zone[-2:]), 14 * 60)
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _number(digits: str) -> int:
    """Value of Arabic or Chinese digits: "2021", "二〇二一", "十二", "廿三"; 0 where there is none."""
    if not digits or digits.isdecimal():
        return int(digits or 0)
    if len(digits) == 4:
        return int("".join(str(_HAN_DIGITS[char]) for char in digits))
    digits = digits.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = digits.rpartition("十")
    return (_HAN_DIGITS.get(tens[-1:], 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones[-1:], 0)


_IDENTIFIER = re.compile(r"[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URL_SHAPES = (
    re.compile(r"(?<![a-z0-9])t?((?:19|20)\d\d)(\d\d)(\d\d)_\d", re.IGNORECASE),
    re.compile(r"/((?:19|20)\d\d)[/-]?(\d{1,2})[/-](\d{1,2})(?=/|_|$)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4,9})?(?!\d)"),
)


def date_in_url(url: str) -> date | None:
    """The day that an address carries (`t20210806_123`, `/202108/06/`, `/2021/8/6/art_`), else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = _IDENTIFIER.sub("", f"{parts.path}?{parts.query}")
    for shape in _URL_SHAPES:
        for match in shape.finditer(path):
            year, month, day = (int(group) for group in match.groups())
            if year in _YEARS:
                try:
                    return date(year, month, day)
                except ValueError:
                    continue
    return None
