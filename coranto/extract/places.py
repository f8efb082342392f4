"""What is computed once a page for the signals of its runs: sums, styles, what its boxes say, and its measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from . import clutter, naming
from .blocks import Box, Layout

_CLUTTER_TAGS = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "noscript", "legend", "address"))
_MOST_CLUTTER = 0.45
_TEXT_VALUE = 80
_FAR = 50
_DEEPEST = 30.0
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


Path = tuple[float, ...]
"""What the containers of a box say: the signals of `signals` from "clutter_own" to "article_value_share"; then, for the
boxes inside it, how many of it and the one around are clutter."""


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
        self.sums = list(accumulate([value if value > 0 else 0.0 for value in values], initial=0.0))
        self.links = list(accumulate([run.linked for run in layout.runs], initial=0))
        self.sizes = list(accumulate([len(run.text) for run in layout.runs], initial=0))
        self.total = self.sums[-1] or 1.0
        self.seen = Counter([run.text for run in layout.runs])
        self.styles = self._styles()
        self.since = _gaps(values)
        self.pictured = sorted(index for index, _, _ in layout.pictures)
        self.around_best = frozenset(layout.ancestors(best))
        self.paths: dict[int, Path] = {0: self._outermost()}
        own, _, _ = naming.weights_of("body", layout.boxes[0].ident)
        self.named: dict[int, tuple[float, ...]] = {0: (own, 0.0, 0.0, 0.0, 0.0)}
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
            min(20, sum(box.end > box.start for box in self.layout.tagged("article"))), known.article,
        )  # fmt: skip

    def value_share(self, box: Box) -> float:
        """How much of the page's value stands in a box."""
        return (self.sums[box.end] - self.sums[box.start]) / self.total

    def link_share(self, box: Box) -> float:
        """How much of a box's text stands in links."""
        return (self.links[box.end] - self.links[box.start]) / (self.sizes[box.end] - self.sizes[box.start] or 1)

    def surroundings(self, number: int) -> tuple[float, ...]:
        """What stands in the box around a box, value and links, and in the one around that, value and pictures, at most
        30. A box that holds but one run is passed over once."""
        boxes = self.layout.boxes
        parent = max(0, boxes[number].parent)
        if parent not in self.around:
            around = boxes[parent]
            outer = boxes[max(0, around.parent)]
            if around.end - around.start < 2:
                around = outer
            outer = boxes[max(0, outer.parent)]
            self.around[parent] = (
                self.value_share(around), self.link_share(around), self.value_share(outer),
                min(30, bisect_left(self.pictured, outer.end) - bisect_left(self.pictured, outer.start)),
            )  # fmt: skip
        return self.around[parent]

    def path(self, number: int) -> Path:
        """What the containers of a box say, from the box outwards."""
        path = self.paths.get(number)
        return path if path is not None else self._inwards(self.paths, number, self._path)

    def names(self, number: int) -> float:
        """What the names of a box and of those around it weigh."""
        named = self.named.get(number)
        return (named if named is not None else self._inwards(self.named, number, self._named))[0]

    def _inwards(self, known: dict[int, tuple], number: int, follow: Callable[[int, tuple], tuple]) -> tuple:
        """What is `known` of a box once it is made out, from what is known of a box further out, box by box: all of
        that is kept, as neighbours share it."""
        boxes, missing = self.layout.boxes, []
        while number not in known:
            missing.append(number)
            number = boxes[number].parent
        found = known[number]
        for number in reversed(missing):
            found = known[number] = follow(number, found)
        return found

    def _outermost(self) -> Path:
        """The path of the page's own box, whose marks and names have no say."""
        return 0, 0, 0, 0, 1.0, -float(self.best != 0), 0.0, 0.0, 0

    def _path(self, number: int, above: Path) -> Path:
        """The path of one box, from that of the box around it."""
        around, _, clutter_any, body_any, depth, best, body_distance, article, near = above
        box = self.layout.boxes[number]
        own = 0
        if box.marks or box.tag in _CLUTTER_TAGS:
            own = int(self._is_clutter(box))
            body_any += 1 if box.marks & clutter.IS_BODY else 0
        return (
            own, own + near, clutter_any + own, body_any, depth + 1 if depth < _DEEPEST else _DEEPEST,
            0.0 if number == self.best else best + 1 if best >= 0 else best,
            0.0 if number in self.around_best else body_distance + 1,
            self.value_share(box) if box.tag == "article" else article, own + around,
        )  # fmt: skip

    def _is_clutter(self, box: Box) -> bool:
        """Whether a box is called clutter. One that holds most of the page's text is none whatever it is called."""
        called = box.marks & clutter.IS_CLUTTER or box.tag in _CLUTTER_TAGS
        return bool(called) and self.value_share(box) < _MOST_CLUTTER

    def _named(self, number: int, above: tuple[float, ...]) -> tuple[float, ...]:
        """What names weigh in a box; then, for the boxes inside it, what its own weigh near by, what those around it
        weigh there, and what weighs far below: with its own names and without."""
        box = self.layout.boxes[number]
        own, near, far = naming.weights_of(box.tag, box.ident)
        return own + above[1] + above[2], near, above[1] + above[4], above[3] + far, above[3]


def _gaps(values: list[float]) -> list[int]:
    """For every run how many runs ago the last text before it stood, at most 50."""
    gaps = []
    gap = _FAR
    for value in values:
        gaps.append(gap)
        gap = 1 if value >= _TEXT_VALUE else gap + 1 if gap < _FAR else _FAR
    return gaps
