"""How much of a page's text is expected to be body once the first judge has been asked, and where it stands.

A run in doubt is seen anew among the others: those around it in its containers, those that look alike, its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise
from math import log1p
from operator import mul

from .blocks import Box
from .places import Page, Style

_FRAMES = 3
_NEAR = 6


class Expected:
    """The first judge's `chances`, by run, over a page: what it was not asked about is not body."""

    def __init__(self, page: Page, chances: Mapping[int, float]) -> None:
        count = len(page.values)
        self.page = page
        self.chances = [0.0] * count
        for index, chance in chances.items():
            self.chances[index] = chance
        self.sizes = [end - start for start, end in pairwise(page.sizes)]
        self.texts = list(map(mul, self.chances, self.sizes))
        self.sums = list(accumulate(self.texts, initial=0.0))
        self.total = self.sums[-1] or 1.0
        likely = [index for index, chance in chances.items() if chance > 0.5]
        size = sum([self.sizes[index] for index in likely])
        right = sum([self.texts[index] for index in likely])
        self.measures = (log1p(self.total), size / self.total, right / size if size else 0.0)
        self.frames: dict[int, list[tuple[int, int, float]]] = {}
        self.styled: dict[Style, tuple[float, int]] = {}

    def around(self, index: int) -> tuple[float, ...]:
        """The signals of run `index` that tell of the others, in the order of `signals.GROUPS`."""
        chances, count = self.chances, len(self.chances)
        near, further, outer = self._frames(self.page.layout.runs[index].box)
        return (
            self._share(near[0], near[1], index), near[2], self._share(further[0], further[1], index), further[2],
            self._share(outer[0], outer[1], index), self._alike(index),
            self._share(max(0, index - _NEAR + 1), index + 1, index),
            self._share(index, min(count, index + _NEAR), index),
            chances[index], chances[index - 1] if index else 0.0, chances[index + 1] if index + 1 < count else 0.0,
            self.sums[index] / self.total, *self.measures, self.texts[index] / self.total,
        )  # fmt: skip

    def _share(self, start: int, end: int, index: int) -> float:
        """How much of the text of runs [start, end) is expected, without that of run `index`; -1 for none."""
        size = self.page.sizes[end] - self.page.sizes[start] - self.sizes[index]
        return (self.sums[end] - self.sums[start] - self.texts[index]) / size if size > 0 else -1.0

    def _alike(self, index: int) -> float:
        """The same of the runs that look alike."""
        style = self.page.styles[index]
        if style not in self.styled:
            members = style.members
            self.styled[style] = sum([self.texts[one] for one in members]), sum([self.sizes[one] for one in members])
        expected, size = self.styled[style]
        size -= self.sizes[index]
        return (expected - self.texts[index]) / size if size > 0 else -1.0

    def _frames(self, number: int) -> list[tuple[int, int, float]]:
        """The boxes around a box of which each holds more runs than the one before, as their runs' bounds and their
        share of all that is expected; the page where there are no more."""
        frames = self.frames.get(number)
        if frames is None:
            frames, width, boxes, around = [], 1, self.page.layout.boxes, number
            while around >= 0 and len(frames) < _FRAMES:
                box = boxes[around]
                if box.end - box.start > width:
                    frames.append(self._frame(box))
                    width = box.end - box.start
                around = box.parent
            frames += [self._frame(boxes[0])] * (_FRAMES - len(frames))
            self.frames[number] = frames
        return frames

    def _frame(self, box: Box) -> tuple[int, int, float]:
        return box.start, box.end, (self.sums[box.end] - self.sums[box.start]) / self.total
