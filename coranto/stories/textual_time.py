"""What a text itself says of the time in which it was written, in the languages most outlets here write in.

Each clue is a sentence, an address or a neighbour's headline with the days that it supports: "the first since 2020" was
not written before 2020, "Tuesday, 5 September" in a year in which that is a Tuesday, "next year, in 2024" in 2023.
Sentences that look ahead (plans, aims, dates by which something is due) bound nothing. Whether a page's date fits is
said by `misfit`; what is made of that is left to `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from coranto.articles import Moment
from coranto.stories.alignment import sentences
from coranto.stories.coverage import Coverage, sighting

_MONTHS = (
    "january januar jänner janvier enero gennaio janeiro januari jan",
    "february februar februari février febrero febbraio fevereiro feb",
    "march märz mars marzo março maart",
    "april avril abril aprile apr",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto augustus aug",
    "september septembre septiembre settembre setembro sept sep",
    "october oktober octobre octubre ottobre outubro oct okt",
    "november novembre noviembre novembro nov",
    "december dezember décembre diciembre dicembre dezembro dec",
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedì segunda-feira maandag mon",
    "tuesday dienstag mardi martes martedì terça-feira dinsdag tue tues",
    "wednesday mittwoch mercredi miércoles mercoledì quarta-feira woensdag wed",
    "thursday donnerstag jeudi jueves giovedì quinta-feira donderdag thu thurs",
    "friday freitag vendredi viernes venerdì sexta-feira vrijdag fri",
    "saturday samstag sonnabend samedi sábado sabato zaterdag sat",
    "sunday sonntag dimanche domingo domenica zondag sun",
)


def _table(rows: Sequence[str]) -> dict[str, int]:
    return {name: number for number, names in enumerate(rows, 1) for name in names.split()}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


MONTHS, WEEKDAYS = _table(_MONTHS), _table(_WEEKDAYS)
_MONTH = rf"(?P<month>{_any(MONTHS)})\b\.?"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d-])"
_OF = r"\s+(?:de[l]?\s+|of\s+)?"
_DATE = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?:,?\s+(?:de[l]?\s+)?{_YEAR})?", re.I),
    re.compile(rf"(?<!\d){_DAY}{_OF}{_MONTH}(?:,?{_OF}{_YEAR})?", re.I),
)
_ISO_DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<sign>[-/_.]?)(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}{_OF}{_YEAR}", re.I)
_IN_MONTH = re.compile(rf"\b(?:in|im|en|in\s+de|em|a|since|seit|depuis|desde|sinds)\s+{_MONTH}(?!\s*\d)", re.I)
_IN_YEAR = re.compile(
    rf"\b(?:in|since|after|during|from|of|im\s+jahr|seit|nach|en|depuis|après|desde|después\s+de|nel|dal|dopo|em|após"
    rf"|sinds|na|с|после|в)\s+(?:the\s+)?(?:\w+\s+)?{_YEAR}",
    re.I,
)
_WEEKDAY_BEFORE = re.compile(
    rf"\b(?P<weekday>{_any(WEEKDAYS)})\b[.,]?\s*(?:\(|,|the|den|dem|der|le|el|dia|de|op)?\s*$", re.I
)
_DATELINE = re.compile(
    rf"^[^\W\d_a-zß-ÿ][^\n()]{{1,50}}?,\s+(?i:{_MONTH}\s+{_DAY}|(?P<day2>\d\d?)\.?\s+(?P<month2>{_any(MONTHS)})\.?)"
    r"\s*(?:\([^()\n]{2,30}\))?\s*[-–—:]"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|(?-i:may)|might|plan\w*|aim\w*|target\w*|goal\w*|expect\w*|forecast\w*|project\w*|schedul\w*"
    r"|due|deadline|until|till|(?:by|through)\s+(?:the\s+)?(?:end|mid|late|early|\d)|upcoming|ahead\s+of|next|wird|werden|würde\w*|soll\w*|könnte\w*|bis|plant|geplant"
    r"|erwart\w*|nächste\w*|sera|seront|serait|pourrait|jusqu\w*|d['’]ici|prévu\w*|prochain\w*|será\w*|podría\w*|hasta"
    r"|previst\w*|próxim\w*|sarà|saranno|potrebbe|entro|fino|prossim\w*|até|poderá\w*|zal|zullen|zou|kan|tot|tegen"
    r"|volgend\w*|будет|планир\w*)\b",
    re.I,
)
_NEARBY_YEAR = {
    0: r"this\s+year|dieses\s+jahr|cette\s+année|este\s+año|quest['’]anno|este\s+ano|dit\s+jaar",
    1: r"last\s+year|letzte[sn]\s+jahr|vergangene[sn]\s+jahr|l['’]an(?:née)?\s+(?:dernière?|passée?)"
       r"|(?:el\s+)?año\s+pasado|l['’]anno\s+scorso|(?:no\s+)?ano\s+passado|vorig\s+jaar",
    -1: r"next\s+year|nächste[sn]\s+jahr|l['’]an(?:née)?\s+prochaine?|(?:el\s+)?próximo\s+año|l['’]anno\s+prossimo"
        r"|próximo\s+ano|volgend\s+jaar",
}  # fmt: skip
_NEARBY = [
    (step, re.compile(rf"\b(?:{phrase})(?:['’]s)?,?\s+(?:\(|in\s+|im\s+jahr\s+|en\s+|nel\s+|em\s+)?{_YEAR}"
                      rf"|\b(?P<before>(?:19|20)\d\d)[,)]\s+(?:{phrase})\b", re.I))
    for step, phrase in _NEARBY_YEAR.items()
]  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "a one ein einem einer un une uno een|two zwei deux dos due dois twee|three drei trois tres tre três drie"
        "|four vier quatre cuatro quattro quatro|five fünf cinq cinco cinque vijf|six sechs seis sei zes"
        "|seven sieben sept siete sette sete zeven|eight acht huit ocho otto oito|nine neun neuf nueve nove negen"
        "|ten zehn dix diez dieci dez tien".split("|"), 1)
    for word in words.split()
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,2}}|{_any(_NUMBERS)})"
_YEARS_AFTER = re.compile(
    rf"\b{_COUNT}\s+(?:years?\s+(?:after|since)|jahre?\s+nach|ans?\s+après|años?\s+después\s+de|anni?\s+dopo"
    rf"|anos?\s+após|jaar\s+na)\b[^.;]{{0,60}}?\b{_YEAR}", re.I,
)  # fmt: skip
_YEARS_AGO = re.compile(
    rf"\b{_COUNT}\s+(?:years?\s+ago|jahren|jaar\s+geleden|años?\s+atrás|anni?\s+fa|anos?\s+atrás),?\s+(?:\(|in\s+|im\s+"
    rf"jahr\s+|en\s+|nel\s+|em\s+)?{_YEAR}|\b(?P<before>(?:19|20)\d\d),?\s+\(?(?P<count2>\d{{1,2}}|{_any(_NUMBERS)})"
    rf"\s+(?:years?\s+ago|jaar\s+geleden|anni?\s+fa|anos?\s+atrás)", re.I,
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_RELATIVE = re.compile(
    rf"\b(?:(?:this|last|next)\s+(?:week|month|{_any(days.split()[0] for days in _WEEKDAYS)})"
    rf"|earlier\s+this\s+(?:week|month|year)|yesterday|diese[nrs]?\s+(?:woche|monat)|(?:letzte|vergangene)[nr]?\s+(?:woche"
    rf"|monat|{_any(days.split()[1] for days in _WEEKDAYS)})|gestern|ce\s+mois-ci|la\s+semaine\s+dernière|hier"
    rf"|este\s+mes|la\s+semana\s+pasada|ayer|questo\s+mese|la\s+settimana\s+scorsa|ieri|este\s+mês|ontem|deze\s+maand"
    rf"|vorige\s+week|gisteren)\b", re.I,
)  # fmt: skip

_NOT_OF_WRITING = re.compile(
    r"\b(?:updated|edited|revised|reviewed|aktualisiert|mis\s+à\s+jour|actualizado|aggiornato|atualizado|bijgewerkt"
    r"|set\s+(?:to|for)|slated|to\s+be|eligible|expir\w+|begins?|starts?|opens?|arrives?|launches|runs?|class\s+of"
    r"|announced\s+for|ab\s+dem|à\s+partir\s+du|a\s+partir\s+d\w+|vanaf)\b", re.I,
)  # fmt: skip
_BACK = re.compile(
    r"\b(?:was|were|had|been|said|died|began|met|held|won|fell|took|came|left|went|\w{3,}ed|wurden?|waren?|hatten?|été"
    r"|fue|fueron|había|stat[oaie]|foi|foram|werd|werden|was|waren)\b[^.;]{0,60}?\b(?:on|in|since|am|im|seit|en|le|el|depuis"
    r"|desde|il|nel|dal|em|no|op|sinds)\s+(?:the\s+)?"
    rf"(?:{_any(MONTHS)}|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?|de|of|,|\.|\s){{0,8}}\s*{_YEAR}", re.I,
)  # fmt: skip

SLACK = {"day": 60, "month": 60, "year": 365, "after": 365, "ago": 365, "nearby": 90, "neighbour": 2, "picture": 2,
         "address": 2}  # fmt: skip
"""By how many days a page's date may lie outside of what a clue supports before the two do not fit: a text announces a
day weeks ahead without a word that says so."""
NEAR = 45
"""A day named with its weekday and no year is taken for the one next to the page's date within so many days."""
DATELINE_NEAR = 7
MOST_RELATIVE = 3
MOST_CHARACTERS, LONGEST_SENTENCE = 40_000, 2_000
BEFORE = 40
"""Letters before a date in which its weekday may stand."""


@dataclass(frozen=True, slots=True)
class TimeClue:
    """One thing that tells when a text was written. `kind` is 'day', 'month', 'year' (the text knows of it), 'weekday',
    'dateline', 'nearby' ("last year, in 2022"), 'after' ("ten years after ... 2013"), 'ago', 'season' ("in July", after
    the year that it knows of), 'relative' ("last Tuesday", which bounds nothing), 'neighbour' (another headline on the
    page), 'address' or 'picture'. `earliest` and `latest` are the days that it supports, None where open; `days` those
    that a day without a year can be."""

    kind: str
    quote: str
    earliest: date | None = None
    latest: date | None = None
    days: tuple[date, ...] = ()


def time_clues(coverage: Coverage) -> tuple[TimeClue, ...]:
    """All clues of an article: of its text in order, then of its address, its pictures and what stands around it."""
    lines = [line[:LONGEST_SENTENCE] for line in sentences(coverage.text[:MOST_CHARACTERS])]
    found = [clue for line in lines if _DIGIT.search(line) for clue in _clues_in(line)]
    found += _seasons(lines, found)
    found += [TimeClue("relative", line) for line in [line for line in lines if _RELATIVE.search(line)][:MOST_RELATIVE]]
    if (match := _DATELINE.match(coverage.text.lstrip())) is not None:
        month = MONTHS[_key(match["month"] or match["month2"])]
        if days := _each_year(month, int(match["day"] or match["day2"])):
            found.append(TimeClue("dateline", match[0], days=days))
    found += _of_address(coverage.url, "address")
    found += [clue for picture in coverage.images for clue in _of_address(picture.url, "picture")]
    seen = sighting(coverage)
    known = [clue for clue in (*found, *_of_neighbours(coverage)) if not (seen and _after(clue, seen.date()))]
    return tuple(dict.fromkeys(known))


def _after(clue: TimeClue, seen: date) -> bool:
    """Whether the clue speaks of a time after we saw the article, which then was no look back."""
    return clue.earliest is not None and clue.earliest > seen


def misfit(clue: TimeClue, claimed: Moment) -> bool:
    """Whether a page dated `claimed` cannot be from the time that the clue supports."""
    day = _day(claimed)
    if clue.days:
        next_to = min(abs((one - day).days) for one in clue.days)
        if clue.kind == "dateline":
            return next_to > DATELINE_NEAR
        near = _nearest(clue.days[0].month, clue.days[0].day, day)
        return near is not None and abs((near - day).days) <= NEAR and next_to > NEAR
    slack = timedelta(days=SLACK.get(clue.kind, 0))
    too_early = clue.earliest is not None and day < clue.earliest - slack
    return too_early or (clue.latest is not None and day > clue.latest + slack)


def looks_back(clue: TimeClue) -> bool:
    """Whether the clue's sentence tells of the clue's time as past, of nothing as still to come and of no change to
    itself."""
    if clue.earliest is None or _NOT_OF_WRITING.search(clue.quote):
        return False
    return any(int(match["year"]) == clue.earliest.year for match in _BACK.finditer(clue.quote))


def supported(clues: Iterable[TimeClue]) -> tuple[date | None, date | None]:
    """The earliest and the latest day that all clues together support, None where they leave it open. Clues that
    contradict each other leave their end open."""
    clues = [clue for clue in clues if not clue.days]
    earliest = max((clue.earliest for clue in clues if clue.earliest), default=None)
    latest = min((clue.latest for clue in clues if clue.latest), default=None)
    return (earliest, None) if earliest and latest and latest < earliest else (earliest, latest)


@lru_cache(maxsize=512)
def _clues_in(line: str) -> tuple[TimeClue, ...]:
    """Kept, for copies have most of their lines in common."""
    return tuple(_of_sentence(line))


def _of_sentence(line: str) -> Iterator[TimeClue]:
    ahead = _AHEAD.search(line) is not None
    for match in (match for pattern in _DATE for match in pattern.finditer(line)):
        month, day = MONTHS[_key(match["month"])], int(match["day"])
        weekday = _WEEKDAY_BEFORE.search(line[max(0, match.start() - BEFORE) : match.start()])
        if match["year"]:
            if not ahead and (on := _made(int(match["year"]), month, day)):
                yield TimeClue("day", line, earliest=on)
        elif weekday:
            number = WEEKDAYS[_key(weekday["weekday"])]
            days = tuple(one for one in _each_year(month, day) if one.isoweekday() == number)
            if days:
                yield TimeClue("weekday", line, days=days)
    for step, pattern in _NEARBY:
        for match in pattern.finditer(line):
            year = int(match["year"] or match["before"]) + step
            yield TimeClue("nearby", line, date(year, 1, 1), date(year, 12, 31))
    for match in _YEARS_AGO.finditer(line):
        year = int(match["year"] or match["before"]) + _count(match["count"] or match["count2"])
        yield TimeClue("ago", line, date(year, 1, 1), date(year, 12, 31))
    for match in _YEARS_AFTER.finditer(line):
        yield TimeClue("after", line, date(int(match["year"]) + _count(match["count"]) - 1, 1, 1))
    if not ahead:
        for match in _MONTH_YEAR.finditer(line):
            yield TimeClue("month", line, date(int(match["year"]), MONTHS[_key(match["month"])], 1))
        years = [int(match["year"]) for match in _IN_YEAR.finditer(line)]
        if years:
            yield TimeClue("year", line, date(max(years), 1, 1))


def _seasons(lines: Sequence[str], clues: Sequence[TimeClue]) -> Iterator[TimeClue]:
    """A month without a year beside a year in one sentence: written after that month of that year or a later one."""
    known = {clue.quote: clue.earliest for clue in clues if clue.kind == "year"}
    for line in lines:
        match = _IN_MONTH.search(line) if line in known and not _AHEAD.search(line) else None
        if match is not None:
            yield TimeClue("season", line, known[line].replace(month=MONTHS[_key(match["month"])]))


def _of_address(url: str | None, kind: str) -> list[TimeClue]:
    match = _ISO_DATE.search(url or "")
    on = _made(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    if on is None:
        return []
    return [TimeClue(kind, url, on, on if kind == "address" else None)]


def _of_neighbours(coverage: Coverage) -> Iterator[TimeClue]:
    lists = coverage.lists
    if lists is None:
        return
    for link in (*lists.related, *lists.ranking, *lists.recommended, *lists.most_read):
        title = link.title[:LONGEST_SENTENCE]
        for pattern in _DATE if not _AHEAD.search(title) else ():
            dated = (match for match in pattern.finditer(title) if match["year"])
            days = [_made(int(match["year"]), MONTHS[_key(match["month"])], int(match["day"])) for match in dated]
            if any(days):
                yield TimeClue("neighbour", link.title, earliest=max(day for day in days if day))
                break


def _each_year(month: int, day: int) -> tuple[date, ...]:
    return tuple(one for year in range(1995, 2040) if (one := _made(year, month, day)) is not None)


def _nearest(month: int, day: int, to: date) -> date | None:
    near = [one for year in (to.year - 1, to.year, to.year + 1) if (one := _made(year, month, day)) is not None]
    return min(near, key=lambda one: abs((one - to).days), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _key(name: str) -> str:
    """A name as the tables have it: patterns that ignore case take the Turkish i's for ours."""
    return name.casefold().replace("\u0307", "").replace("ı", "i")


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[_key(text)]


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
