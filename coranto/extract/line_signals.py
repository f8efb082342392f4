"""What is measurable about each line of a flattened page: its shape, its place, its neighbours, what it announces.

One row of numbers a line, in the order of `NAMES`; `flattened` lets the trained model weigh them. The same function
makes the rows for training, so that both always agree.
"""

from __future__ import annotations

import re
from math import log1p

from . import clutter
from .context import counts_in
from .dates import find_moment
from .lines import Line
from .lists import name_by_heading
from .shapes import BY, CLOSED, END_SIGN, MENU, SHARE, TOPICS, WIDE, is_way, weight
from .words import fold

NAMES = (
    "size", "words", "word_length", "ended", "closed", "colon_end", "capital_first", "lower_first", "capitals",
    "digits", "marks", "item", "level", "quoted", "gap", "gap_after", "indent", "links", "link_share",
    "links_by_words", "promotion", "pointer", "notice", "share", "menu", "by", "way", "dated", "counted", "topics",
    "list_size", "list_mean", "list_ended", "place", "place_in_text", "in_block", "from_block", "to_block",
    "after_title", "title_words", "is_title", "repeated", "cohesion", "before", "after", "window", "wide_window",
    "ended_before", "ended_after", "level_before", "level_after", "item_before", "item_after", "size_before",
    "size_after", "text_before", "text_after", "since_list", "text_since_list", "list_named", "since_comments",
    "short_before", "short_after", "gaps", "items", "linked", "total", "mean_size",
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
_RUNNING = 70


class Sheet:
    """A flattened page with what is computed once: values, the block of most running text, lists, repeated lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.sizes = [weight(line.text) for line in lines]
        self.ended = [bool(END_SIGN.search(line.text)) for line in lines]
        self.values = list(map(_value, lines, self.sizes, self.ended))
        self.sums, self.texts = [0.0], [0]
        for value, size in zip(self.values, self.sizes, strict=True):
            self.sums.append(self.sums[-1] + max(0.0, value))
            self.texts.append(self.texts[-1] + size)
        self.total = self.sums[-1] or 1.0
        self.start, self.end = _block(self.values)
        self.seen: dict[str, int] = {}
        for line in lines:
            self.seen[line.text] = self.seen.get(line.text, 0) + 1
        self.words: dict[str, int] = {}
        for number in range(self.start, self.end):
            if self.values[number] > 0:
                for word in words_of(lines[number].text):
                    self.words[word] = self.words.get(word, 0) + 1
        self.lists = _lists(lines)
        self.indent = _main_indent(lines, self.sizes)
        count = len(lines) or 1
        self.shares = (
            sum(line.gap for line in lines) / count,
            sum(line.item for line in lines) / count,
            float(any(line.links for line in lines)),
            log1p(self.total),
            sum(self.sizes) / count,
        )


def _value(line: Line, size: int, ended: bool) -> float:
    """How much a line speaks for running text around it; below zero where it speaks against it."""
    if line.level:
        return -5.0
    if line.item:
        return size / 4 if ended and size >= _RUNNING else -25.0
    if size >= 140 or (size >= _RUNNING and ended):
        return float(min(size, 600)) * (0.3 if line.links > 4 and line.linked > 0.6 * len(line.text) else 1.0)
    return 10.0 if ended and size >= 30 else -20.0


def _block(values: list[float]) -> tuple[int, int]:
    """Where the stretch of lines with the largest sum begins and ends."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for number, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, number
        total += value
        if total > best:
            best, span = total, (start, number + 1)
    return span


def words_of(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _lists(lines: list[Line]) -> list[tuple[int, float, float]]:
    """For each line the list it stands in: how many items, their mean length, the share of them that are sentences."""
    found: list[tuple[int, float, float]] = []
    number = 0
    while number < len(lines):
        end = number
        while end < len(lines) and lines[end].item:
            end += 1
        if end == number:
            found.append((0, 0.0, 0.0))
            number += 1
            continue
        items = lines[number:end]
        mean = sum(len(line.text) for line in items) / len(items)
        ended = sum(bool(END_SIGN.search(line.text)) for line in items) / len(items)
        found += [(len(items), mean, ended)] * len(items)
        number = end
    return found


def _main_indent(lines: list[Line], sizes: list[int]) -> int:
    """The first column of most running text."""
    columns: dict[int, int] = {}
    for line, size in zip(lines, sizes, strict=True):
        if size >= _RUNNING and not line.item:
            columns[line.indent] = columns.get(line.indent, 0) + size
    return max(columns, key=columns.__getitem__, default=0)


def rows(sheet: Sheet, title: str | None, headline: int | None) -> list[list[float]]:
    """The numbers of every line, in the order of `NAMES`. `headline` is the line that shows the `title`."""
    key = fold(title or "")
    named = words_of(key)
    since, text_since, kind, comments = 99, 0.0, 0.0, 999
    short = _short_runs(sheet)
    found = []
    for number, line in enumerate(sheet.lines):
        name = name_by_heading(line.text) if len(line.text) <= 80 else None
        if name or (len(line.text) <= 80 and TOPICS.match(line.text)):
            since, text_since, kind = 0, 0.0, 1.0
        if len(line.text) <= 60 and clutter.COMMENTS.match(line.text):
            comments = 0
        found.append([
            *_shape(line, sheet, number), *_place(sheet, number, headline),
            *_likeness(sheet, number, key, named), *_neighbours(sheet, number),
            float(min(since, 99)), min(text_since, 5000.0), kind, float(min(comments, 999)), *short[number],
            *sheet.shares,
        ])  # fmt: skip
        since, comments = since + 1, comments + 1
        text_since += max(0.0, sheet.values[number])
    return found


def _shape(line: Line, sheet: Sheet, number: int) -> list[float]:
    text = line.text
    size = len(text)
    words = text.count(" ") + 1 + len(WIDE.findall(text[:2000])) // 2
    sample = text[:200]
    marks = text.count(".") + text.count(",") + text.count("?") + text.count("。") + text.count("、") + text.count("，")
    after = sheet.lines[number + 1] if number + 1 < len(sheet.lines) else None
    brief = size <= 300
    return [
        log1p(sheet.sizes[number]), float(words), size / words, float(sheet.ended[number]),
        float(bool(CLOSED.search(text))), float(text[-1] in ":："), float(text[0].isupper()), float(text[0].islower()),
        sum(map(str.isupper, sample)) / len(sample), sum(map(str.isdigit, sample)) / len(sample), marks / words,
        float(line.item), float(line.level), float(line.quoted), float(line.gap), float(after is None or after.gap),
        float(max(-20, min(20, line.indent - sheet.indent))), float(line.links), line.linked / size, line.links / words,
        float(brief and bool(clutter.PROMOTION.match(text))), float(size <= 250 and bool(clutter.RELATED.match(text))),
        float(brief and clutter.is_notice(text)), float(size <= 100 and bool(SHARE.match(text))),
        float(size <= 60 and bool(MENU.match(text))), float(brief and bool(BY.match(text))), float(is_way(text)),
        float(size <= 160 and find_moment(text) is not None), float(size <= 80 and bool(counts_in(text))),
        float(brief and bool(TOPICS.match(text))), *map(float, sheet.lists[number]),
    ]  # fmt: skip


def _place(sheet: Sheet, number: int, headline: int | None) -> list[float]:
    return [
        number / len(sheet.lines), sheet.sums[number] / sheet.total, float(sheet.start <= number < sheet.end),
        float(max(-60, min(100, number - sheet.start))), float(max(-60, min(100, sheet.end - 1 - number))),
        float(max(-60, min(200, number - headline))) if headline is not None else -99.0,
    ]  # fmt: skip


def _likeness(sheet: Sheet, number: int, key: str, named: set[str]) -> list[float]:
    """What a line shares with the headline and with the block of running text."""
    line = sheet.lines[number]
    words = words_of(line.text[:1500])
    own = 1 if sheet.start <= number < sheet.end and sheet.values[number] > 0 else 0
    shared = sum(sheet.words.get(word, 0) > own for word in words)
    is_title = bool(key) and len(line.text) < 400 and fold(line.text) == key
    return [
        len(words & named) / len(words) if words else 0.0, float(is_title),
        float(sheet.seen[line.text] > 1), shared / len(words) if words else 0.5,
    ]  # fmt: skip


def _neighbours(sheet: Sheet, number: int) -> list[float]:
    last = len(sheet.lines) - 1
    before, after = max(0, number - 1), min(last, number + 1)
    above, below = sheet.lines[before], sheet.lines[after]
    return [
        sheet.values[before], sheet.values[after],
        sheet.sums[min(last + 1, number + 4)] - sheet.sums[max(0, number - 3)],
        sheet.sums[min(last + 1, number + 11)] - sheet.sums[max(0, number - 10)],
        float(sheet.ended[before]), float(sheet.ended[after]), float(above.level), float(below.level),
        float(above.item), float(below.item), log1p(sheet.sizes[before]), log1p(sheet.sizes[after]),
        sheet.sums[number] / 1000, (sheet.total - sheet.sums[number + 1]) / 1000,
    ]  # fmt: skip


def _short_runs(sheet: Sheet) -> list[tuple[float, float]]:
    """How many lines without running text stand right before and right after each line."""
    before, after = [], []
    count = 0
    for value in sheet.values:
        before.append(float(min(count, 40)))
        count = 0 if value > 0 else count + 1
    count = 0
    for value in reversed(sheet.values):
        after.append(float(min(count, 40)))
        count = 0 if value > 0 else count + 1
    return list(zip(before, reversed(after), strict=True))
