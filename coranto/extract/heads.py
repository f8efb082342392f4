"""What stands before the body of a flattened page: the way from home, the outlet's name, counts, a standfirst."""

from __future__ import annotations

from .context import counts_in
from .lines import Line
from .lists import name_by_heading
from .shapes import BY, MENU, SHARE, STEP, WAY, Findings, is_way
from .words import fold

_FURTHEST = 12


def read_head(lines: list[Line], headline: int | None, body: int, taken: set[int], found: Findings) -> None:
    """Read what stands before line `body`. `headline` is the line of `found.title`; `taken` are the lines that gave
    dates and names."""
    top = headline if headline is not None else body
    _way(lines[: max(top + 4, 6)], found)
    if headline is not None and headline < body and any(body < number <= body + 8 for number in taken):
        # Who wrote it and when stands below the first of the text: that is the standfirst.
        found.lead = _lead(lines[body], found)
    for number, line in enumerate(lines[:body]):
        if abs(number - top) > _FURTHEST:
            continue
        found.counts.update({name: value for name, value in counts_in(line.text).items() if name not in found.counts})
        if headline is not None and headline < number and number not in taken and not found.lead:
            found.lead = _lead(line, found)


def _lead(line: Line, found: Findings) -> str | None:
    """A line between headline and body as the standfirst, where it may be one."""
    text = line.text
    if not (30 <= len(text) <= 400 or (line.level and 12 <= len(text) <= 300)) or line.item or line.address:
        return None
    if fold(text) == fold(found.title or "") or is_way(text) or BY.match(text) or name_by_heading(text):
        return None
    return None if SHARE.match(text[:100]) or MENU.match(text[:60]) or counts_in(text[:60]) else text


def _way(lines: list[Line], found: Findings) -> None:
    """The steps from home, without the headline (and what is glued to it) at their end."""
    steps = next((_steps(line.text) for line in lines if is_way(line.text)), [])
    title = found.title or ""
    if steps and title and title in steps[-1]:
        before, after = steps[-1].split(title, 1)
        found.outlet = _site(after) or found.outlet
        steps = [*steps[:-1], before.strip()] if before.strip() else steps[:-1]
    elif steps and title and (fold(steps[-1]) == fold(title) or _shortened(steps[-1], title)):
        steps = steps[:-1]
    found.way = tuple(step for step in steps if len(step) <= 80)


def _steps(text: str) -> list[str]:
    return [step for step in STEP.split(WAY.sub("", text)) if step]


def _shortened(step: str, title: str) -> bool:
    return len(step) > 12 and fold(title).startswith(fold(step.rstrip("….")))


def outlet_beside(lines: list[Line], title: str) -> str | None:
    """The outlet's name in a line that holds the headline and little more."""
    for line in lines:
        if line.text.startswith(title) and (site := _site(line.text.removeprefix(title))):
            return site
    return None


def _site(text: str) -> str | None:
    """The site's name in what follows a headline (" - Name", "|Name")."""
    text = text.strip()
    name = text.lstrip("-–—|·•:»｜ ").strip()
    return name if name and name != text and len(name) <= 60 else None
