"""Dates as pages write them, in many languages, into moments that keep the page's own offset.

`read_moment` reads a string that is meant to be a date (metadata, a time element); `find_moment` finds one inside a
line of text; `in_address` reads the day from a URL. A time without an offset stays naive: what it means is not for the
page's reader to guess. Which of several dates counts is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from coranto.articles import Moment

from .months import MONTHS
from .words import DIGIT

_FIGURES = {first + figure: str(figure) for first in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10) for figure in range(10)}
_WORD = "[^\\W\\d_]{3,14}"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:(?:[:.h]|\sh\s)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?|[مص]\b)?|\s?(?P<sharp>[ap]\.?m\b\.?))"
)
_ZONE = r"(?P<zone>Z\b|(?:GMT|UTC)[+-]\d{1,2}(?![\d:])|UTC|GMT|(?:GMT|UTC)?[+-]\d\d:?\d\d|[A-ZМСК]{2,4}\b)?"
_CLOCK_AFTER = re.compile(
    r"\.?(?:\s?(?:г|р|r|d)\.?(?!\w)|\s(?:года|року))?(?:[\s,]*\(?(?:Pazartesi|Salı|Çarşamba|Perşembe|Cuma(?:rtesi)?|"
    r"Pazar)\)?)?[\s,|–·•@T،-]*(?:at|um|à|a las|alle|ore|ora|às|kl\.?|om|u|o|в|"
    rf"(?:o )?godz\.|klo|uur|saat|pukul|lúc)?\s*{_CLOCK}\s*(?:Uhr|h\b)?\s*\(?{_ZONE}",
    re.I,
)
_CLOCK_WIDE = re.compile(
    r"[\s.,|]*(?:\(?(?:星期|周)?[月火水木金土日一二三四五六天월화수목금토일]\)?)?\s*(?P<half>午前|午後|上午|下午|晚上|오전|오후)?\s*"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:：]\s?(?=\d\d)|\s?[時时点點시]\s?)(?P<minute>[0-5]?\d)"
)
_CLOCK_BEFORE = re.compile(
    rf"{_CLOCK}\s*(?P<zone>Z\b|UTC|GMT|[A-Z]{{2,4}}\b)?[\s,|–·•-]*(?:(?:on|am|le)\s+)?(?:{_WORD},?\s+)?$", re.I
)
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>0?[1-9]|1[0-2])-(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\.|\sm\.)\s?(?P<name>{_WORD})\s(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", re.I
)
"""As Hungarians and Lithuanians write days."""
_INDIC = re.compile(
    r"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])\s+(?P<name>[\u0900-\u0963]{2,9}),?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ARABIC = re.compile(
    r"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])\s+(?P<name>(?:كانون|تشرين)\s+\w+|\w+)(?:\s?[/-]\s?\w+(?:\s\w+)?)?،?\s+"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])\s+tháng\s+(?P<month>1[0-2]|0?[1-9]),?\s+(?:năm\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_LETTER_OF = ((_INDIC, re.compile("[\u0900-\u0963]")), (_ARABIC, re.compile("[\u0621-\u064a]")))
_BIG = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[/.年년]\s?(?P<month>0?[1-9]|1[0-2])\s?[/.月월]\s?(?P<day>3[01]|[12]\d|"
    r"0?[1-9])(?!\d)\s?[日일]?"
)
_SMALL = re.compile(
    r"(?<![\d.])(?P<first>[0-3]?\d)(?P<sign>[/.-]|\.\s(?=[0-3]?\d\.\s))(?P<second_>[0-3]?\d)(?P=sign)"
    r"(?P<year>(?:19|20)\d\d|(?<!\s)\d\d)(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|°|\.)?[\s./-]*(?:de\s+|of\s+|"
    rf"d['’])?(?P<name>{_WORD})\.?,?[\s./-]*(?:de[l]?\s+|d\.?\s*)?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))(?P<name>{_WORD})\.?\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?:,\s*|\s+|(?<=\d\d)(?=20))(?P<year>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""The year that all of these but the last need."""
_OF_C = re.compile(
    rf"{_WORD}\s+(?P<name>{_WORD})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s*(?:(?P<zone>[A-Z]{{2,5}}|[+-]\d{{4}})\s+)?"
    r"(?P<year>\d{4})$"
)
"""As C and Java write times: 'Fri Apr 28 19:20:36 CEST 2023'."""
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_MONTH_IN_ADDRESS = re.compile(rf"/((?:19|20)\d\d)/({_WORD}|\d{{1,2}})/(\d{{1,2}})(?=/)")
_LOOSE_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)[_-](0[1-9]|1[0-2])[_-](0[1-9]|[12]\d|3[01])(?!\d)")

_FORENOON = ("a", "ص", "午前", "上午", "오전")
_AFTERNOON = ("p", "م", "午後", "下午", "晚上", "오후")
# Offsets in hours of zone names that newspapers print; where a name means several, the one news pages mean by it.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "sast": 2, "wib": 7, "pkt": 5, "hkt": 8, "sgt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6,
    "mst": -7, "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8, "akst": -9, "hst": -10, "brt": -3, "art": -3,
    "ist": 5.5, "мск": 3,
}  # fmt: skip


def read_moment(value: object, month_first: bool = False) -> Moment | None:
    """The moment that `value` (a string from metadata) names, or None. Years outside 1980 to 2100 are no dates."""
    if not isinstance(value, str):
        return _from_number(value)
    value = value.strip()[:120]
    if len(value) < 6:
        return None
    found = _from_iso(value)
    if found is None and value.isdecimal():
        found = _from_number(int(value))
    if found is None and value[:3].isalpha() and "," in value[:12]:
        found = _from_mail(value)
    if found is None and (match := _OF_C.match(value)):
        day = _day_of(match, month_first)
        found = _with_clock(day, match) if day else None
    if found is None:
        hit = find_moment(value, month_first)
        found = hit[0] if hit else None
    return found if found is not None and 1980 <= found.year <= 2100 else None


def find_moment(text: str, month_first: bool = False) -> tuple[Moment, int, int] | None:
    """The first date in `text` with its time of day if one stands next to it, and where it begins and ends."""
    return _found_before(text, month_first) if len(text) <= _LONGEST_LINE else _found(text, month_first)


def _found(text: str, month_first: bool) -> tuple[Moment, int, int] | None:
    if not text.isascii():
        text = text.translate(_FIGURES)
    best: tuple[date, int, int] | None = None
    for pattern in _patterns(text):
        match = pattern.search(text)
        while match and (best is None or match.start() < best[1]):
            day = _day_of(match, month_first)
            if day:
                best = (day, match.start(), match.end())
                break
            match = pattern.search(text, match.start() + 1)
    if best is None:
        return None
    day, start, end = best
    clock = _CLOCK_AFTER.match(text, end) or (None if text.isascii() else _CLOCK_WIDE.match(text, end))
    if clock is None and (before := _CLOCK_BEFORE.search(text[max(0, start - 40) : start])):
        clock = before
    elif clock is not None:
        end = clock.end()
    if clock is None:
        return day, start, end
    return _with_clock(day, clock), start, end


# The readers of names, dates and leads look at the same lines.
_found_before = lru_cache(maxsize=500)(_found)
_LONGEST_LINE = 200


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns for which `text` has the figures and signs, in order."""
    if not DIGIT.search(text):
        return
    if _YEAR.search(text):
        if "-" in text:
            yield _ISO
        if "/" in text or "." in text or "年" in text or "년" in text:
            yield _BIG
        yield _DAY_FIRST
        yield _MONTH_FIRST
        if ". " in text:
            yield _YEAR_FIRST
        if not text.isascii():
            yield from (pattern for pattern, letter in _LETTER_OF if letter.search(text))
            if "tháng" in text:
                yield _VIETNAMESE
    if text.count("/") > 1 or text.count(".") > 1 or text.count("-") > 1:
        yield _SMALL


def other_way(text: str, moment: Moment, month_first: bool) -> Moment | None:
    """What `moment` is if its day and month, written as two small figures in `text`, are meant the other way round.
    With dots between them the day comes first wherever the page is not American."""
    day = day_of(moment)
    match = _SMALL.search(text)
    if match is None or day.day > 12 or {int(match["first"]), int(match["second_"])} != {day.day, day.month}:
        return None
    if match["sign"][0] == "." and not month_first:
        return None
    return moment.replace(month=day.day, day=day.month)


def in_address(url: str | None) -> date | None:
    """The day that an address carries in its path, as in /2024/03/17/ or -20240317, or None."""
    if not url:
        return None
    match = _IN_ADDRESS.search(url) or _LOOSE_IN_ADDRESS.search(url)
    if match:
        return _safe_date(int(match[1]), int(match[2]), int(match[3]))
    match = _MONTH_IN_ADDRESS.search(url)
    if match:
        month = int(match[2]) if match[2].isdecimal() else MONTHS.get(match[2].lower())
        return _safe_date(int(match[1]), month, int(match[3])) if month else None
    return None


def day_of(moment: Moment) -> date:
    """The calendar day of `moment` in its own offset."""
    return moment.date() if isinstance(moment, datetime) else moment


def _from_iso(value: str) -> Moment | None:
    if not value[:4].isdigit():
        return None
    if len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    compact = re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", value.replace(" UTC", "Z").replace(" GMT", "Z"))
    compact = re.sub(r"(\.\d{6})\d+", r"\1", compact)
    try:
        found = datetime.fromisoformat(compact)
    except ValueError:
        return None
    if len(compact) <= 8:
        return found.date()
    return found


def _from_number(value: object) -> Moment | None:
    """A Unix time in seconds or milliseconds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if value > 1e11:
        value = value / 1000
    if not 315_532_800 <= value <= 4_102_444_800:
        return None
    return datetime.fromtimestamp(value, UTC)


def _from_mail(value: str) -> Moment | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day_of(match: re.Match[str], month_first: bool) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if "name" in parts:
        month = MONTHS.get(" ".join(parts["name"].lower().replace("\u0307", "").split()))
        return _safe_date(year, month, int(parts["day"])) if month else None
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second_"])
        if second > 12 or (month_first and first <= 12 and parts["sign"][0] != "."):
            first, second = second, first
        return _safe_date(year, second, first)
    return _safe_date(year, int(parts["month"]), int(parts["day"]))


def _safe_date(year: int, month: int, day: int) -> date | None:
    if not 1980 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_clock(day: date, clock: re.Match[str]) -> datetime | date:
    parts = clock.groupdict()
    hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts.get("second") or 0)
    half = (parts.get("half") or parts.get("sharp") or "").lower()
    if half.startswith(_AFTERNOON) and hour < 12:
        hour += 12
    elif half.startswith(_FORENOON) and hour == 12:
        hour = 0
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(parts.get("zone")))


def _zone(name: str | None) -> timezone | None:
    """The offset that a zone's name or figures mean; None where there is none, or a word that names no known zone."""
    if not name:
        return None
    offset = re.search(r"([+-])(\d\d?):?(\d\d)?$", name)
    if offset:
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-delta if offset[1] == "-" else delta) if delta < timedelta(hours=24) else None
    hours = _ZONES.get(name.lower())
    return None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC
