"""What of a flattened page may be its headline, its date or its signature, and what is measurable about each.

Each maker gives candidates with a row of numbers in the order of its names; `flattened` lets the trained models choose.
The same makers give the rows for training.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from math import log1p

from coranto.articles import Moment

from . import clutter
from .dates import day_of, find_moment
from .line_signals import Sheet, words_of
from .lists import name_by_heading
from .names import clean_names
from .shapes import BY, END_SIGN, MENU, NAME_SHAPE, SHARE, WIDE, is_way
from .words import fold, squeeze

TITLE_NAMES = (
    "size", "words", "ended", "question", "closed_quote", "capital_first", "capitals", "title_case", "digits",
    "variant", "part_words", "part_seen", "seen", "begins_others", "inside_first", "cohesion", "matched",
    "level", "item", "number", "from_block", "text_before", "gap", "gap_after", "indent", "links", "link_share",
    "inside_way", "by_after", "date_after", "way_before", "date_before", "to_text", "from_text", "size_before",
    "size_after", "ended_after", "share", "promotion", "by", "dated", "way", "list", "name", "rank_of_level",
    "levels",
)  # fmt: skip
DATE_NAMES = (
    "to_title", "from_block", "to_block", "published", "updated", "offset", "rest", "size", "clocked", "order", "same",
    "after_earliest", "before_latest", "near", "item", "links", "notice", "gap", "by", "by_near", "level", "seen",
    "number", "text_before", "place",
)  # fmt: skip
NAME_NAMES = (
    "by", "shape", "names", "words", "to_title", "from_block", "to_block", "dated", "dated_before", "dated_after",
    "by_before", "level", "item", "links", "link_share", "gap", "gap_after", "rest", "role", "seen", "begins_text",
    "in_text", "capitals", "digits", "title_case", "notice", "share", "promotion", "size", "text_before", "in_title",
    "number", "short_before",
)  # fmt: skip

UPDATED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|stand|mis à jour|modifié|actualizad[oa]|aggiornat[oa]|обновлено|atualizado|"
    r"bijgewerkt|zaktualizowan\w+|ενημέρωση|更新)\b",
    re.I,
)
PUBLISHED = re.compile(
    r"\b(?:date|published|publish|posted|created|datum|veröffentlicht|erstellt|publié|publicado|pubblicato|дата|"
    r"опубликовано|publicação|gepubliceerd|opublikowano|dodano|δημοσίευση|发布|公開|発表)\b",
    re.I,
)
_VIEWS = re.compile(r"\s*\b(?:views?|reads?|aufrufe|vues|visitas)\b\s*:?\s*[\d.,]*\s*[kKmM]?\s*$", re.I)
_SEPARATOR = re.compile(r"\s+(?:[|•·»«›¦–—―:]|-{1,2}|::|/)\s+|\s*[|｜]\s*|\s-(?=[^\W\d_])|(?<=\w):\s+")
_DATE_LABEL = re.compile(
    r"(?:\b(?:on|at|am|le)|(?:\b|(?-i:(?<=[a-zà-ÿ])(?=[A-Z])))(?:published|posted|updated|veröffentlicht|publié))\b"
    r"\s*:?\s*$",
    re.I,
)
_BY_INSIDE = re.compile(r"(?:记者|記者|作者|撰文)\s*[:：/]\s*")
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|contributor|columnist|journalist|staff|redakteur\w*|korrespondent\w*|"
    r"journaliste|periodista|giornalista|корреспондент)\b",
    re.I,
)
_MORE = re.compile(r"\b(?:more|all|posts?|articles?|stories|view|see|about|mehr|plus)\b", re.I)
_FIRST_LINES = 700
_MOST_DATES = _MOST_SIGNATURES = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a line may give: the value, the line's number, and its row of numbers. `rest` is what a headline's line
    holds beyond the headline."""

    value: object
    number: int
    signals: list[float]
    rest: str = ""


class Notes:
    """What is known of every line of a sheet before any candidate is weighed."""

    def __init__(self, sheet: Sheet) -> None:
        lines = sheet.lines
        self.folded = [fold(line.text) if len(line.text) <= 400 else "" for line in lines]
        self.by = [
            len(line.text) <= 160 and bool(BY.match(line.text) or _BY_INSIDE.search(line.text)) for line in lines
        ]
        self.way = [is_way(line.text) for line in lines]
        self.moments = [_moments(line.text) if len(line.text) <= 300 else [] for line in lines]
        self.seen: dict[str, int] = {}
        for key in self.folded:
            self.seen[key] = self.seen.get(key, 0) + 1
        self.sorted = sorted({key for key in self.folded if key})
        self.text = [number for number, value in enumerate(sheet.values) if value >= 70]

    def begins_others(self, key: str) -> int:
        """How many other lines begin with the folded text `key`."""
        at, count = bisect_left(self.sorted, f"{key} "), 0
        while at < len(self.sorted) and self.sorted[at].startswith(f"{key} ") and count < 5:
            at, count = at + 1, count + 1
        return count


def _moments(text: str) -> list[tuple[Moment, int, int]]:
    """Up to three dates in one line, with their places."""
    found: list[tuple[Moment, int, int]] = []
    start = 0
    while len(found) < 3 and any(map(str.isdigit, text[start:])) and (hit := find_moment(text[start:])):
        found.append((hit[0], hit[1] + start, hit[2] + start))
        start += hit[2]
    return found


def headlines(sheet: Sheet, notes: Notes) -> list[Candidate]:
    """Lines that may be the headline, whole and without what a separator cuts off at an end."""
    levels: dict[int, int] = {}
    found = []
    for number, line in enumerate(sheet.lines[: min(_FIRST_LINES, max(sheet.end, 60))]):
        if line.level:
            levels[line.level] = levels.get(line.level, 0) + 1
        count = line.text.count(" ") + 1 + len(WIDE.findall(line.text)) // 2
        if not 2 <= count <= 45 or len(line.text) > 300 or (line.item and not line.level and number > 5):
            continue
        if _is_menu(line.text):
            continue
        around = _around(sheet, notes, number, levels)
        found.append(Candidate(line.text, number, _headline(sheet, notes, number, line.text, "", 0.0, around)))
        if count >= 4:
            for rest, part, variant in _cuts(line.text):
                if rest.count(" ") + 1 + len(WIDE.findall(rest)) // 2 >= 2:
                    signals = _headline(sheet, notes, number, rest, part, variant, around)
                    found.append(Candidate(rest, number, signals, part))
    return found


def _is_menu(text: str) -> bool:
    """Whether a line in a script without spaces is a row of short words, as menus have them."""
    words = text.split()
    return len(words) >= 4 and max(map(len, words)) <= 4 and bool(WIDE.search(text))


def _cuts(text: str) -> list[tuple[str, str, float]]:
    """A line as headline and rest, where separators part it: (headline, rest, 1 for a rest behind it, 2 before it)."""
    places = [(found.start(), found.end()) for found in _SEPARATOR.finditer(text) if found.start()]
    behind = [(text[:start], text[end:], 1.0) for start, end in places[-2:]]
    before = [(text[end:], text[:start], 2.0) for start, end in places[:2]]
    return [(head.strip(), rest.strip(), side) for head, rest, side in behind + before if head.strip() and rest.strip()]


def _headline(
    sheet: Sheet, notes: Notes, number: int, text: str, part: str, variant: float, around: list[float]
) -> list[float]:
    key, words, named = fold(text), words_of(text), text.split()
    matched = sum(sheet.words.get(word, 0) > 0 for word in words)
    return [
        log1p(len(text) + 2 * len(WIDE.findall(text))), float(len(named)), float(bool(END_SIGN.search(text))),
        float(text[-1] in "?？"), float(text[-1] in "\"”»’"), float(text[0].isupper()),
        sum(map(str.isupper, text)) / len(text), sum(word[0].isupper() for word in named) / len(named),
        sum(map(str.isdigit, text)) / len(text), variant, float(len(part.split())),
        float(notes.seen.get(fold(part), 0)) if part else -1.0, float(notes.seen.get(key, 0)),
        float(notes.begins_others(key)), float(number > 0 and key in notes.folded[0]),
        matched / len(words) if words else 0.0, float(matched), *around,
    ]  # fmt: skip


def _around(sheet: Sheet, notes: Notes, number: int, levels: dict[int, int]) -> list[float]:
    """What the place of a line says, the same for the whole line and its parts."""
    lines, line = sheet.lines, sheet.lines[number]
    last = len(lines) - 1
    before, after = range(max(0, number - 3), number), range(number + 1, min(last, number + 5) + 1)
    at = bisect_left(notes.text, number)
    to_text = notes.text[at] - number if at < len(notes.text) else 60
    from_text = number - notes.text[at - 1] if at else 60
    brief = line.text[:300]
    ways = [other for other in range(max(0, number - 40), min(last, number + 3) + 1) if notes.way[other]]
    key = notes.folded[number]
    return [
        float(line.level), float(line.item), float(min(number, 400)), float(max(-100, min(100, number - sheet.start))),
        sheet.sums[number] / sheet.total, float(line.gap), float(number == last or lines[number + 1].gap),
        float(max(-20, min(40, line.indent - sheet.indent))), float(line.links), line.linked / len(line.text),
        float(any(key and other != number and key in notes.folded[other] for other in ways)),
        float(any(notes.by[other] for other in after)), float(any(notes.moments[other] for other in after)),
        float(any(notes.way[other] for other in before)), float(any(notes.moments[other] for other in before)),
        float(min(60, to_text)), float(min(60, from_text)),
        log1p(sheet.sizes[max(0, number - 1)]), log1p(sheet.sizes[min(last, number + 1)]),
        float(sheet.ended[min(last, number + 1)]), float(bool(SHARE.match(brief[:100]) or MENU.match(brief[:60]))),
        float(bool(clutter.PROMOTION.match(brief) or clutter.is_notice(brief))), float(notes.by[number]),
        float(bool(notes.moments[number])), float(notes.way[number]), float(name_by_heading(line.text) is not None),
        float(bool(NAME_SHAPE.match(brief))), float(levels.get(line.level, 0)), float(len(levels)),
    ]  # fmt: skip


def dates(sheet: Sheet, notes: Notes, headline: int | None) -> list[Candidate]:
    """Every date in a line of at most 300 characters; `value` is (moment, whether it is one of a change, quoted)."""
    hits = [
        (number, moment, start, end)
        for number, moments in enumerate(notes.moments[:3000])
        for moment, start, end in moments
    ][:_MOST_DATES]
    days = sorted(day_of(moment) for _, moment, _, _ in hits)
    at = sheet.start if headline is None else headline
    found = []
    for order, (number, moment, start, end) in enumerate(hits):
        line = sheet.lines[number]
        own = day_of(moment)
        label = line.text[max(0, start - 40) : start]
        if number and start < 3 and len(sheet.lines[number - 1].text) <= 40:
            label = f"{sheet.lines[number - 1].text} {label}"
        updated = bool(UPDATED.search(label[-34:]))
        near = sum(abs(other - number) <= 8 for other, *_ in hits[max(0, order - 12) : order + 12])
        found.append(Candidate((moment, updated, line.text[:200]), number, [
            float(max(-60, min(150, number - at))), float(max(-60, min(150, number - sheet.start))),
            float(max(-60, min(150, sheet.end - number))), float(bool(PUBLISHED.search(label))), float(updated),
            float(start), float(len(line.text) - end), float(len(line.text)), float(isinstance(moment, datetime)),
            float(order), float(days.count(own)), _days(own, days[0]), _days(days[-1], own), float(near),
            float(line.item), float(line.links), float(clutter.is_notice(line.text)), float(line.gap),
            float(notes.by[number]),
            float(any(notes.by[max(0, number - 3) : number + 4])), float(line.level),
            float(notes.seen.get(notes.folded[number], 0)), float(min(number, 400)), sheet.sums[number] / sheet.total,
            number / len(sheet.lines),
        ]))  # fmt: skip
    return found


def _days(late: date, early: date) -> float:
    return float(min(4000, (late - early).days))


def signatures(sheet: Sheet, notes: Notes, headline: int | None, outlet: str | None) -> list[Candidate]:
    """Lines that may name who wrote the article; `value` is a tuple of names. A line that is the `outlet`'s name is
    none."""
    site = fold(outlet or "")
    at = sheet.start if headline is None else headline
    found = []
    for number, line in enumerate(sheet.lines[:3000]):
        near = -6 <= number - at <= 25 or -4 <= number - sheet.start <= 6 or -2 <= number - sheet.end <= 8
        if len(line.text) > 160 or not (notes.by[number] or near) or (site and notes.folded[number] == site):
            continue
        bare = _bare(line.text, notes.moments[number])
        names = clean_names([bare]) if bare else ()
        if not names or (headline is not None and notes.folded[number] == notes.folded[headline]):
            continue
        found.append(Candidate(names, number, _signature(sheet, notes, number, at, bare, names)))
        if len(found) == _MOST_SIGNATURES:
            break
    return found


def _bare(text: str, moments: list[tuple[Moment, int, int]]) -> str:
    """A line without its "By", its dates and its counts."""
    if inside := _BY_INSIDE.search(text):
        return text[inside.end() :].split(" ")[0]
    if moments:
        _, start, end = moments[0]
        text = text[:start] if len(text[:start].strip(" |·•,-–—")) > 3 else text[end:]
    text = BY.sub("", _DATE_LABEL.sub("", squeeze(text)), count=1)
    return _VIEWS.sub("", text).split("|")[0].strip(" |·•,-–—:")


def _signature(
    sheet: Sheet, notes: Notes, number: int, at: int, bare: str, names: tuple[str, ...]
) -> list[float]:
    lines, line = sheet.lines, sheet.lines[number]
    last = len(lines) - 1
    text, words, first = line.text, bare.split(), names[0]
    others = [place for place in range(len(lines)) if place != number and first in lines[place].text]
    since = bisect_left(notes.text, number)
    return [
        float(notes.by[number]), float(bool(NAME_SHAPE.match(bare))), float(len(names)), float(len(words)),
        float(max(-40, min(80, number - at))), float(max(-40, min(80, number - sheet.start))),
        float(max(-40, min(80, sheet.end - number))), float(bool(notes.moments[number])),
        float(number > 0 and bool(notes.moments[number - 1])), float(number < last and bool(notes.moments[number + 1])),
        float(number > 0 and notes.by[number - 1]), float(line.level), float(line.item), float(line.links),
        line.linked / len(text), float(line.gap), float(number == last or lines[number + 1].gap),
        float(len(bare) - sum(map(len, names))), float(bool(_ROLE.search(text))),
        float(notes.seen.get(notes.folded[number], 0)),
        float(any(lines[place].text.startswith(first) and sheet.sizes[place] > 60 for place in others)),
        float(any(sheet.start <= place < sheet.end for place in others)),
        sum(map(str.isupper, bare)) / len(bare), sum(map(str.isdigit, text)) / len(text),
        sum(word[0].isupper() for word in words) / len(words),
        float(clutter.is_notice(text) or bool(_MORE.search(text))), float(bool(SHARE.match(text[:100]))),
        float(bool(clutter.PROMOTION.match(text) or MENU.match(text))), log1p(len(text)),
        sheet.sums[number] / sheet.total, float(fold(first) in notes.folded[min(at, last)]), float(min(number, 400)),
        float(min(40, number - (notes.text[since - 1] if since else 0))),
    ]  # fmt: skip
