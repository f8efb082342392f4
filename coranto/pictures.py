"""Pictures as they are kept here: the sizes each is made in, and how large a page may show it. Arithmetic alone."""

from __future__ import annotations

from dataclasses import dataclass

WIDTHS = (480, 960)
"""The sides of the squares, in pixels, into which a whole picture is fitted."""
SQUARE = 208
"""The side of the square cut from its middle, twice what a page gives it."""
SLOTS = (*WIDTHS, SQUARE)
SMALLEST = 60
"""Pixels; what is narrower or lower counts visits or is an ornament."""
LONGEST_SIDES = 8
"""A picture so many times as long as it is wide is a rule or a banner."""
MOST_BYTES = 60_000
TALLEST = 360
"""The height in a page's pixels of a picture that is shown whole: half a small window."""
LEAST_LEAD = 320
"""The width in pixels from which a picture may stand at the head of a page."""


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """The size of a picture brought into a square of that side; never more than its own."""
    scale = min(1.0, side / width, side / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is kept. `width` and `height` are the original's in pixels, `made` is when it was made here, in
    seconds since 1970."""

    key: int
    width: int
    height: int
    made: int

    def sizes(self) -> dict[int, tuple[int, int]]:
        """The size of each whole version, by slot; the large one only where it is larger."""
        found = {side: fitted(self.width, self.height, side) for side in WIDTHS}
        return {side: size for side, size in found.items() if side == WIDTHS[0] or size != found[WIDTHS[0]]}

    def square(self) -> int:
        """The side of its square version."""
        return min(SQUARE, *fitted(self.width, self.height, WIDTHS[-1]))

    def can_lead(self) -> bool:
        """Whether it may stand at the head of a page, cut to 3:2."""
        return self.width >= LEAST_LEAD and 0.6 <= self.width / self.height <= 2.4

    def is_wide(self) -> bool:
        """Whether little is lost where it is cut to 3:2."""
        return self.can_lead() and 1.2 <= self.width / self.height <= 2.0

    def cut(self) -> tuple[int, int]:
        """The largest 3:2 box that it fills without being enlarged."""
        width, height = self.sizes()[max(self.sizes())]
        box = min(width, height * 3 // 2)
        return box, box * 2 // 3

    def whole(self) -> tuple[int, int]:
        """The box for the whole picture, neither enlarged nor taller than half a window."""
        width, height = self.sizes()[max(self.sizes())]
        scale = min(1.0, TALLEST / height)
        return max(1, round(width * scale)), max(1, round(height * scale))
