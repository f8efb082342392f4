"""What is computed once a page for the signals of its runs: sums, styles, what its boxes say, and its measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from . import clutter, naming
from .blocks import Box, Layout

_CLUTTER_TAGS = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "noscript", "legend", "address"))
_INSIDE = {"article": 0, "main": 1, "footer": 2, "form": 3, "figure": 4, "figcaption": 4, "li": 5, "table": 6}
_MOST_CLUTTER = 0.45
_TEXT_VALUE = 80
_FAR = 50
_TITLE_WORD = re.compile(r"\w{4,}")
_MOST_TITLE_WORDS = 12
_MOST_STATED = 50_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article before its body is: headline, the run that shows it, description, the body text that
    metadata states, the run that is its standfirst, with which the body begins, and how the page calls itself: 2 for
    news, 1 for another article, 0 for neither."""

    title: str = ""
    headline: int | None = None
    description: str = ""
    stated: str = ""
    standfirst: int | None = None
    article: int = 0


class Style:
    """Runs that look alike, by their indexes; and once somebody asks, what `Page.likes` says of them."""

    __slots__ = ("members", "measures")

    def __init__(self) -> None:
        self.members: list[int] = []
        self.measures: tuple[float, ...] | None = None


class Page:
    """A page's sums over runs, styles, repeated texts and marks of boxes. `best` is the body's box by rule."""

    def __init__(self, layout: Layout, values: list[float], best: int, known: Known) -> None:
        self.layout, self.values, self.best = layout, values, best
        self.headline = known.headline if known.headline is not None else -1
        self.title, self.description = known.title.casefold(), known.description.casefold()
        self.stated = " ".join(known.stated[:_MOST_STATED].split()).casefold()
        self.title_words = _TITLE_WORD.findall(self.title)[:_MOST_TITLE_WORDS]
        self.sums = list(accumulate([max(0.0, value) for value in values], initial=0.0))
        self.links = list(accumulate([run.linked for run in layout.runs], initial=0))
        self.sizes = list(accumulate([len(run.text) for run in layout.runs], initial=0))
        self.total = self.sums[-1] or 1.0
        self.seen = Counter(run.text for run in layout.runs)
        self.styles = self._styles()
        self.since, self.until = _gaps(values), _gaps(values[::-1])[::-1]
        self.pictured = sorted(index for index, _, _ in layout.pictures)
        self.pictured_at = frozenset(self.pictured)
        self.around_best = frozenset(layout.ancestors(best))
        self.paths: dict[int, list] = {0: self._outermost()}
        self.around: dict[int, tuple[float, ...]] = {}
        self.measures = self._measures(known)

    def _styles(self) -> list[Style]:
        """The style of every run. What looks alike has the same tag and class, and so has the box around."""
        boxes = self.layout.boxes
        found: dict[tuple[str, str, str], Style] = {}
        cut: dict[tuple[str, str, str], Style] = {}
        styles: list[Style] = []
        for index, run in enumerate(self.layout.runs):
            box = boxes[run.box]
            key = (run.tag, box.ident, boxes[max(0, box.parent)].ident)
            style = found.get(key)
            if style is None:
                style = found[key] = cut.setdefault((run.tag, key[1][:60], key[2][:60]), Style())
            style.members.append(index)
            styles.append(style)
        return styles

    def likes(self, index: int) -> tuple[float, ...]:
        """What the runs that look like run `index` are: the share of the page's value in them, how many they are, how
        much of them is linked, their mean length, where the first stands, and how many of them stand in the body's box
        by rule; then the first and the last of them."""
        style = self.styles[index]
        if style.measures is None:
            runs, values, members = self.layout.runs, self.values, style.members
            best, count = self.layout.boxes[self.best], len(members)
            size = sum([len(runs[member].text) for member in members])
            value = sum([value for member in members if (value := values[member]) > 0])
            style.measures = (
                value / self.total, min(60, count), sum([runs[member].linked for member in members]) / size,
                size / count, members[0] / len(values),
                (bisect_left(members, best.end) - bisect_left(members, best.start)) / count, members[0], members[-1],
            )  # fmt: skip
        return style.measures

    def _measures(self, known: Known) -> tuple[float, ...]:
        """The signals that all runs of the page share."""
        boxes, runs = self.layout.boxes, self.layout.runs
        return (
            log1p(self.total), log1p(len(runs)), self.links[-1] / max(1, self.sizes[-1]),
            self.value_share(boxes[self.best]),
            min(20, sum(box.end > box.start for box in self.layout.tagged("article"))),
            min(5, sum(run.tag == "h1" for run in runs)), bool(known.description), known.article,
        )  # fmt: skip

    def value_share(self, box: Box) -> float:
        """How much of the page's value stands in a box."""
        return (self.sums[box.end] - self.sums[box.start]) / self.total

    def link_share(self, box: Box) -> float:
        """How much of a box's text stands in links."""
        return (self.links[box.end] - self.links[box.start]) / (self.sizes[box.end] - self.sizes[box.start] or 1)

    def surroundings(self, number: int) -> tuple[float, ...]:
        """What stands in the box around a box and in the one around that: value, links and how many runs, and the
        pictures of the second, at most 30. A box that holds but one run is passed over once."""
        boxes = self.layout.boxes
        parent = max(0, boxes[number].parent)
        if parent not in self.around:
            around = boxes[parent]
            outer = boxes[max(0, around.parent)]
            if around.end - around.start < 2:
                around = outer
            outer = boxes[max(0, outer.parent)]
            self.around[parent] = (
                self.value_share(around), self.link_share(around), min(100, around.end - around.start),
                self.value_share(outer), self.link_share(outer), min(100, outer.end - outer.start),
                min(30, bisect_left(self.pictured, outer.end) - bisect_left(self.pictured, outer.start)),
            )  # fmt: skip
        return self.around[parent]

    def path(self, number: int) -> list:
        """What the containers of a box say, from the box outwards; cached, as neighbours share it.

        The signals are depth, marks (1-7), kinds of boxes around (8-14), list (15-16), distance to the body's box,
        distances to the headline and to what holds the body, the article around, and what names weigh here (21). What
        follows is for the boxes inside: marks of this box alone, then of it and the one around, and weights of names.
        """
        paths, boxes = self.paths, self.layout.boxes
        missing = []
        while number not in paths:
            missing.append(number)
            number = boxes[number].parent
        path = paths[number]
        for number in reversed(missing):
            path = paths[number] = self._path(number, path)
        return path

    def _outermost(self) -> list:
        """The path of the page's own box, whose marks and names have no say."""
        own, _, _ = naming.weights_of("body", self.layout.boxes[0].ident)
        distance, steps = -float(self.best != 0), -float(self.headline < 0)
        return [1.0, *[0] * 7, *[0.0] * 9, distance, steps, 0.0, 0, own, *[0] * 7, 0.0, 0.0, 0.0, 0.0]

    def _path(self, number: int, above: list) -> list:
        """The path of one box, from that of the box around it."""
        box = self.layout.boxes[number]
        tag, named = box.tag, box.marks
        is_clutter = named & clutter.IS_CLUTTER or tag in _CLUTTER_TAGS
        # A container that holds most of the page's text is no clutter whatever it is called.
        cluttered = 1 if is_clutter and self.value_share(box) < _MOST_CLUTTER else 0
        body = 1 if named & clutter.IS_BODY else 0
        caption = 1 if named & clutter.IS_CAPTION else 0
        lead = 1 if named & clutter.IS_LEAD else 0
        inside, distance = above[8:17], above[17]
        if number == self.best:
            distance = 0.0
        elif distance >= 0:
            distance += 1
        if tag in _INSIDE:
            inside[_INSIDE[tag]] = 1.0
        elif tag in ("ul", "ol") and box.end > box.start:
            inside[7:] = float(box.end - box.start), self.link_share(box)
        own, near, far = naming.weights_of(tag, box.ident)
        return [
            min(above[0] + 1, 30.0), cluttered, cluttered + above[26], above[3] + cluttered, body + above[27],
            above[5] + body, caption + above[28], lead + above[25], *inside, distance,
            0.0 if box.start <= self.headline < box.end else above[18] + (self.headline >= 0),
            0.0 if number in self.around_best else above[19] + 1, number if tag == "article" else above[20],
            own + above[29] + above[30],
            cluttered, body, caption, lead, cluttered + above[22], body + above[23], caption + above[24],
            near, above[29] + above[32], above[31] + far, above[31],
        ]  # fmt: skip


def _gaps(values: list[float]) -> list[int]:
    """For every run how many runs ago the last text before it stood, at most 50."""
    gaps = []
    gap = _FAR
    for value in values:
        gaps.append(gap)
        gap = 1 if value >= _TEXT_VALUE else min(_FAR, gap + 1)
    return gaps
