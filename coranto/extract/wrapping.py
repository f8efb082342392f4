"""Lines that an engine broke at a fixed width, put together again. Looks at widths alone and knows no page."""

from __future__ import annotations

import re

_WIDE = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_STARTS = re.compile(
    r"^\s*(?:[-*+•·◦‣▪●○■□►▶»o]\s|\(?\d{1,2}[.)]\s|#{1,6}\s|\*{2,6}\s|\||\[\d+\]:|(?:[-_*=~─━]\s*){3,}$)"
)
_NARROWEST, _WIDEST = 50, 140
_NEAR = 10
_FEWEST = 4


def unwrapped(raw: list[str]) -> list[str]:
    """`raw` with each line joined to the one before it where that one was full; untouched where no width was kept."""
    widths = [_width(line.rstrip()) for line in raw]
    full = _fixed_width(raw, widths)
    if not full:
        return raw
    found: list[list[str]] = []  # the pieces of each line
    last = 0  # the width of the raw line that was taken last
    for line, width in zip(raw, widths, strict=True):
        if found and last and width and last <= full + 2 and _was_full(found[-1][0], last, line, full):
            pieces, rest = found[-1], line.strip()
            cut = pieces[-1].rstrip()
            space = "" if _WIDE.match(cut[-1:]) and _WIDE.match(rest[:1]) else " "
            pieces[-1] = f"{cut}{space}"
            pieces.append(rest)
        else:
            found.append([line])
        last = width
    return list(map("".join, found))


def _was_full(beginning: str, width: int, line: str, full: int) -> bool:
    """Whether the first word of `line` had no room behind one that begins so, whose last raw line is `width` wide."""
    if _STARTS.match(line) or (line.lstrip()[:1] == ">") != (beginning.lstrip()[:1] == ">"):
        return False
    words = line.split(None, 1)
    first = min(_width(words[0]), 2 if _WIDE.match(words[0]) else 40)
    return width + 1 + first > full - 2


def _fixed_width(raw: list[str], widths: list[int]) -> int:
    """The width at which lines were broken, or 0: most lines that go on below come near it, and hardly one is wider."""
    counts, wider = [0] * (_WIDEST + 42), 0
    for line, width, below, follows in zip(raw, widths, raw[1:], widths[1:], strict=False):
        # The last line of a paragraph says nothing of the width, and addresses are never broken.
        if width >= len(counts):
            wider += "://" not in line and "](" not in line and not line.lstrip().startswith(("<", "|", "#"))
        elif follows and width > _NARROWEST // 2 and not _STARTS.match(below):
            counts[width] += 1
    best, full = 0, 0
    for width in range(_NARROWEST, _WIDEST):
        score = sum(counts[width - _NEAR : width + 1]) - 3 * sum(counts[width + 1 : width + 40])
        if score > best:
            best, full = score, width
    near, long = sum(counts[full - _NEAR : full + 1]), sum(counts[full * 2 // 3 :])
    return full if best >= _FEWEST and near >= 0.45 * long and wider <= 0.2 * near else 0


def _width(line: str) -> int:
    """Columns that `line` takes on a terminal."""
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))
