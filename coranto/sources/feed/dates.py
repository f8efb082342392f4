"""Dates as feeds write them: RFC 822 and its relatives, ISO 8601 and its abridgements, and other languages' months.

`read_date` returns an aware datetime with the offset as given (UTC where none is given), or None. Never raises.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_MONTHS = (
    # One line a language, January to December; a month may have several forms, divided by '/'.
    "january february march april may june july august september/sept october november december",
    "januar/janner/jan februar/feber marz/mrz april mai juni juli august september oktober/okt november dezember/dez",
    "janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil aout septembre octobre novembre decembre",
    "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago "
    "septiembre/setiembre/set octubre noviembre diciembre/dic",
    "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto "
    "settembre/set ottobre/ott novembre dicembre",
    "janeiro fevereiro/fev marco abril maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez",
    "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december/des",
    "tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta toukokuu/toukokuuta "
    "kesakuu/kesakuuta heinakuu/heinakuuta elokuu/elokuuta syyskuu/syyskuuta lokakuu/lokakuuta marraskuu/marraskuuta "
    "joulukuu/joulukuuta",
    "stycznia/styczen lutego/luty marca/marzec kwietnia/kwiecien maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpien wrzesnia/wrzesien pazdziernika/pazdziernik listopada/listopad grudnia/grudzien",
    "ledna/leden unora/unor brezna/brezen dubna/duben kvetna/kveten cervna/cerven cervence/cervenec srpna/srpen "
    "zari rijna/rijen listopadu prosince/prosinec",
    "januar februar marcius aprilis majus junius julius augusztus szeptember/szept oktober november december",
    "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie",
    "ocak/oca subat/sub mart nisan/nis mayis haziran/haz temmuz/tem agustos/agu eylul/eyl "
    "ekim/eki kasim/kas aralik/ara",
    "января/январь/янв февраля/февраль/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл "
    "августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя декабря/декабрь/дек",
    "січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/кві травня/травень/тра червня/червень/чер "
    "липня/липень/лип серпня/серпень/сер вересня/вересень/вер жовтня/жовтень/жов листопада/листопад/лис "
    "грудня/грудень/гру",
    "ιανουαριου/ιανουαριος/ιαν φεβρουαριου/φεβρουαριος/φεβ μαρτιου/μαρτιος/μαρ απριλιου/απριλιος/απρ μαιου/μαιος/μαι "
    "ιουνιου/ιουνιος/ιουν/ιον ιουλιου/ιουλιος/ιουλ/ιολ αυγουστου/αυγουστος/αυγ σεπτεμβριου/σεπτεμβριος/σεπ "
    "οκτωβριου/οκτωβριος/οκτ νοεμβριου/νοεμβριος/νοε δεκεμβριου/δεκεμβριος/δεκ",
    "januari februari/peb maret april mei juni juli agustus/agu september oktober november/nop desember/des",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
)
_ZONES = {
    **dict.fromkeys(("ut", "utc", "gmt", "z", "wet", "greenwich"), 0),
    **{"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420},
    **{"akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150},
    **{"et": -300, "ct": -360, "mt": -420, "pt": -480, "brt": -180, "brst": -120, "art": -180, "clt": -240},
    **{"bst": 60, "ist": 330, "west": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120},
    **{"eet": 120, "eest": 180, "sast": 120, "cat": 120, "eat": 180, "wat": 60, "msk": 180, "msd": 240, "trt": 180},
    **{"gst": 240, "pkt": 300, "npt": 345, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480},
    **{"awst": 480, "jst": 540, "kst": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660},
    **{"nzst": 720, "nzdt": 780},
}
_CLOCK = r"(\d{1,2})[:h.](\d{2})(?:[:m.](\d{1,2})(?:[.,:]\d+)?)?\s*([AaPp]\.?[Mm]\b\.?)?\s*(.*)"
_DAY_FIRST = re.compile(
    rf"(?:[^\W\d_]+[.,]*\s*,?\s*)?(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de|of)\s+|[\s\-/.]*)([^\W\d_]{{3,}})\.?,?"
    rf"(?:\s+(?:de|del)\s+|[\s\-/.,]*)(\d{{4}}|\d{{2}})(?:[\s,T]+(?:[^\W\d_]{{1,6}}\s+)?{_CLOCK})?\s*$",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(
    rf"(?:[^\W\d_]+[.,]*\s+)?([^\W\d_]{{3,}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:(\d{{4}})(?:[\s,]+(?:at\s+)?{_CLOCK})?"
    r"|(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(\S*)\s+(\d{4}))\s*$",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})[\-/.:年년]?\s*(?:(\d{{1,2}})[\-/.:月월]?\s*(?:(\d{{1,2}})\.?[日일]?)?)?"
    rf"(?:[T\s,]+(?:[^\W\d_]+\s+)?{_CLOCK})?\s*$",
    re.DOTALL,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(.*))?$", re.DOTALL)
_NUMERIC = re.compile(rf"(\d{{1,2}})[/.\-](\d{{1,2}})[/.\-](\d{{4}}|\d{{2}})(?:[\s,T]+{_CLOCK})?\s*$", re.DOTALL)
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})$")
_OFFSET = re.compile(r"\(?(?:GMT|UTC|UT|Z)?\s*([+\-\u2212])\s*(\d{1,2}):?(\d{2})?(?!\d)", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\(?([A-Za-z]{1,9})")
_KOREAN = re.compile(r"(오전|오후)\s*")
_LONGEST = 120


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower().replace("ı", "i").replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _month_table() -> dict[str, int]:
    table: dict[str, int] = {}
    shortened: dict[str, set[int]] = {}
    for language in _MONTHS:
        for number, forms in enumerate(language.split(), start=1):
            for form in map(_folded, forms.split("/")):
                table.setdefault(form, number)
                for width in range(3, len(form)):
                    shortened.setdefault(form[:width], set()).add(number)
    english = {name[:3]: number for number, name in enumerate(_MONTHS[0].split(), start=1)}
    unique = {form: numbers.copy().pop() for form, numbers in shortened.items() if len(numbers) == 1}
    return {**unique, **table, **english}


_MONTH_NUMBERS = _month_table()


@lru_cache(maxsize=256)
def _month(word: str) -> int | None:
    return _MONTH_NUMBERS.get(_folded(word))


@lru_cache(maxsize=512)
def _zone(text: str) -> timezone:
    """The zone that a date's tail names; UTC where it names none or one that nobody knows."""
    text = text.strip()
    offset = _OFFSET.match(text)
    if offset is None:
        name = _ZONE_NAME.match(text)
        minutes = _ZONES.get(name[1].lower()) if name else None
        if minutes is None:
            offset = _OFFSET.search(text)
            minutes = 0
    if offset is not None:
        hours, more = int(offset[2]), int(offset[3] or 0)
        minutes = hours * 60 + more
        if minutes >= 24 * 60 or more > 59:
            return UTC
        if offset[1] != "+":
            minutes = -minutes
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def _made(year: object, month: int | None, day: object, clock: tuple[str | None, ...]) -> datetime | None:
    if not month:
        return None
    hour, minute, second, half, tail = (*clock, None, None, None, None, None)[:5]
    number = int(year)
    if len(str(year)) == 2:
        number += 2000 if number < 70 else 1900
    hours, seconds = int(hour or 0), min(int(second or 0), 59)
    if half:
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    extra, hours = (1, 0) if hours == 24 else (0, hours)
    try:
        moment = datetime(number, month, int(day or 1), hours, int(minute or 0), seconds, tzinfo=_zone(tail or ""))
        return moment + timedelta(days=extra) if extra else moment
    except (ValueError, OverflowError):
        return None


def read_date(text: str | None) -> datetime | None:
    """The moment that `text` names, or None."""
    if not text:
        return None
    text = text.strip()
    if not 4 <= len(text) <= _LONGEST:
        return None
    if text[4:5] == "-" and text[:4].isdecimal():
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return _other(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    found = _DAY_FIRST.match(text)
    if found:
        day, month, year, *clock = found.groups()
        moment = _made(year, _month(month), day, tuple(clock))
        if moment:
            return moment
    return _other(text)


def _other(text: str) -> datetime | None:
    if text.isdecimal() and text.isascii() and len(text) in (9, 10, 13):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    text = _KOREAN.sub(lambda half: "PM " if half[1] == "오후" else "AM ", text)
    for half in ("AM ", "PM "):
        if half in text:
            text = text.replace(half, "", 1) + f" {half}".rstrip()
    for reader in (_year_first, _month_first, _numeric):
        moment = reader(text)
        if moment:
            return moment
    return None


def _year_first(text: str) -> datetime | None:
    ordinal = _ORDINAL.match(text)
    if ordinal:
        first = _made(ordinal[1], 1, 1, ())
        days = int(ordinal[2])
        return first + timedelta(days=days - 1) if first and 0 < days < 367 and int(ordinal[1]) < 9999 else None
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, tail = compact.groups()
        return _made(year, int(month), day, (hour, minute, second, None, tail))
    found = _YEAR_FIRST.match(text)
    if not found:
        return None
    year, month, day, *clock = found.groups()
    return _made(year, int(month or 1), day, tuple(clock))


def _month_first(text: str) -> datetime | None:
    found = _MONTH_FIRST.match(text)
    if not found:
        return None
    month, day, year, hour, minute, second, half, tail, *late = found.groups()
    if year:
        return _made(year, _month(month), day, (hour, minute, second, half, tail))
    hour, minute, second, tail, year = late
    return _made(year, _month(month), day, (hour, minute, second, None, tail))


def _numeric(text: str) -> datetime | None:
    """Day, month, year; where that is no date, month, day, year."""
    found = _NUMERIC.match(text)
    if not found:
        return None
    one, other, year, *clock = found.groups()
    american = "/" in text and int(other) <= 31 and (int(other) > 12 or (clock and clock[3] is not None))
    if american and int(one) <= 12:
        one, other = other, one
    return _made(year, int(other), one, tuple(clock))
