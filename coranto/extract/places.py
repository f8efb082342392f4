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
_UNNAMED = (False, False, False, False)
_INSIDE = {"article": 0, "main": 1, "footer": 2, "form": 3, "figure": 4, "figcaption": 4, "li": 5, "table": 6}
_TEXT_VALUE = 80
_FAR = 50
_TITLE_WORD = re.compile(r"\w{4,}")
_MOST_TITLE_WORDS = 12


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


@dataclass(slots=True)
class Style:
    """Runs that look alike: the sum of their values, how many, their characters, those in links, the first and the last
    of them, and how many stand in the body's box by rule."""

    first: int
    value: float = 0.0
    count: int = 0
    size: int = 0
    linked: int = 0
    last: int = 0
    in_best: int = 0


class Page:
    """A page's sums over runs, styles, repeated texts and marks of boxes. `best` is the body's box by rule."""

    def __init__(self, layout: Layout, values: list[float], best: int, known: Known) -> None:
        self.layout, self.values, self.best = layout, values, best
        self.headline = known.headline if known.headline is not None else -1
        self.title, self.description = known.title.casefold(), known.description.casefold()
        self.stated = " ".join(known.stated.split()).casefold()
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
        self.paths: dict[int, list] = {}
        self.around: dict[int, tuple[float, ...]] = {}
        self.marks: dict[int, tuple[bool, bool, bool, bool]] = {}
        self.names: dict[int, naming.Weights] = {}
        self.measures = self._measures(known)

    def _styles(self) -> list[Style]:
        """The style of every run. What looks alike has the same tag and class, and so has the box around."""
        boxes, best = self.layout.boxes, self.layout.boxes[self.best]
        found: dict[tuple[str, str, str], Style] = {}
        styles: list[Style] = []
        for index, run in enumerate(self.layout.runs):
            box = boxes[run.box]
            key = (run.tag, box.ident[:60], boxes[max(0, box.parent)].ident[:60])
            style = found.get(key)
            if style is None:
                style = found[key] = Style(index)
            style.value += max(0.0, self.values[index])
            style.count += 1
            style.size += len(run.text)
            style.linked += run.linked
            style.last = index
            style.in_best += best.start <= index < best.end
            styles.append(style)
        return styles

    def _measures(self, known: Known) -> tuple[float, ...]:
        """The signals that all runs of the page share."""
        boxes, runs = self.layout.boxes, self.layout.runs
        return (
            log1p(self.total), log1p(len(runs)), self.links[-1] / max(1, self.sizes[-1]),
            self.value_share(boxes[self.best]),
            min(20, sum(box.tag == "article" and box.end > box.start for box in boxes)),
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
        """What the containers of a box say, from the box outwards; cached, as neighbours share it."""
        missing = []
        around = number
        while around >= 0 and around not in self.paths:
            missing.append(around)
            around = self.layout.boxes[around].parent
        for each in reversed(missing):
            box = self.layout.boxes[each]
            self.marks[each] = self._marks(each)
            self.names[each] = naming.weights_of(box.tag, box.ident)
            self.paths[each] = self._path(each)
        return self.paths[number]

    def _marks(self, number: int) -> tuple[bool, bool, bool, bool]:
        """Whether a box by itself is clutter, and whether it is called a body, caption or lead."""
        box = self.layout.boxes[number]
        named = box.marks if number else 0
        is_clutter = bool(named & clutter.IS_CLUTTER or (box.tag in _CLUTTER_TAGS and number))
        # A container that holds most of the page's text is no clutter whatever it is called.
        return (
            is_clutter and self.value_share(box) < 0.45,
            bool(named & clutter.IS_BODY),
            bool(named & clutter.IS_CAPTION),
            bool(named & clutter.IS_LEAD),
        )

    def _path(self, number: int) -> list:
        """The numbers of one box, from those of the box around it: depth, marks (1-7), kinds of boxes around (8-14),
        distance to the body's box, list (16-17), distances to the headline and to what holds the body, the article
        around, what names weigh here, and what those further out weigh for boxes inside."""
        box = self.layout.boxes[number]
        distance = 0.0 if number == self.best else -1.0
        if not number:
            steps = -1.0 if self.headline < 0 else 0.0
            return [1.0, *[0.0] * 14, distance, 0.0, 0.0, steps, 0.0, 0, self.names[0][naming.OWN], 0.0]
        above = self.paths[box.parent]
        own, near = self.marks[number], self.marks[box.parent]
        around = self.layout.boxes[box.parent].parent
        far = self.marks.get(around, _UNNAMED)
        if distance and above[15] >= 0:
            distance = above[15] + 1
        inside = above[8:15]
        if box.tag in _INSIDE:
            inside[_INSIDE[box.tag]] = 1.0
        lists = above[16:18]
        if box.tag in ("ul", "ol") and box.end > box.start:
            lists = [box.end - box.start, self.link_share(box)]
        return [
            min(above[0] + 1, 30.0), own[0], own[0] + near[0] + far[0], above[3] + own[0],
            own[1] + near[1] + far[1], above[5] + own[1], own[2] + near[2] + far[2], own[3] + near[3],
            *inside, distance, *lists,
            0.0 if box.start <= self.headline < box.end else above[18] + (self.headline >= 0),
            0.0 if number in self.around_best else above[19] + 1, number if box.tag == "article" else above[20],
            self._names_around(number, box.parent, around), above[22] + self.names[number][naming.FAR],
        ]  # fmt: skip

    def _names_around(self, number: int, parent: int, around: int) -> float:
        """What the names of a box and of those around it weigh for text in it; the page's own box has no say."""
        weight = self.names[number][naming.OWN]
        if parent > 0:
            weight += self.names[parent][naming.NEAR]
        if around > 0:
            outside = self.layout.boxes[around].parent
            weight += self.names[around][naming.NEAR] + (self.paths[outside][22] if outside > 0 else 0.0)
        return weight


def _gaps(values: list[float]) -> list[int]:
    """For every run how many runs ago the last text before it stood, at most 50."""
    gaps = []
    gap = _FAR
    for value in values:
        gaps.append(gap)
        gap = 1 if value >= _TEXT_VALUE else min(_FAR, gap + 1)
    return gaps
