"""What stands among a body's paragraphs and is never body, and what is body as a whole or not at all.

Captions beneath pictures, the line that signs and dates, the list of topics at the end and what follows it, scraps
behind links; data tables. The trained judge weighs run by run and sees none of these; `body` asks here around it.
"""

from __future__ import annotations

import re

from . import clutter
from .blocks import HEADINGS, Layout, Run
from .dates import find_moment
from .shapes import BY, END_SIGN, weight
from .words import DIGIT

_CAPTION_TAGS = frozenset(("figure", "figcaption", "caption"))
_TOPICS = re.compile(
    r"^(?:in|tags?|topics?|keywords?|filed under|themen|schlagw[oö]rter|mots-clés|etiquetas|temas|argomenti|"
    r"related topics)\s*:$",
    re.I,
)
_DATE_WORDS = re.compile(
    r"\b(?:by|von|par|por|on|am|le|el|at|um|à|updated?|published|posted|date|datum|fecha|first|last)\b", re.I
)
_BETWEEN_NAMES = frozenset(
    "and und et y e och en i de del della da di du la le van von der den bin al for of the &".split()
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:Uhr|h|[ap]\.?m\.?|[A-Z]{3,4}))?", re.I)
_LONGEST_CLOCK, _FEWEST_ENTRIES = 12, 3
_NEAR = 9
_LONGEST_CAPTION = 400
_LONGEST_SIGNATURE = 160
_LONGEST_SCRAP = 60
_FEWEST_CELLS = 6
_LONGEST_CELL = 200


def entry_clocks(layout: Layout, kept: list[int]) -> dict[int, int]:
    """The headings of entries by their index, each with the run beside it that is but the entry's time of day; none
    where there are fewer than three."""
    found: dict[int, int] = {}
    for place, index in enumerate(kept):
        text = layout.runs[index].text
        if len(text) <= _LONGEST_CLOCK and _CLOCK.fullmatch(text):
            beside = (*kept[place + 1 : place + 2], *kept[max(place - 1, 0) : place])
            heading = next((one for one in beside if layout.runs[one].tag in HEADINGS), None)
            if heading is not None:
                found.setdefault(heading, index)
    return found if len(found) >= _FEWEST_ENTRIES else {}


def captions(layout: Layout) -> set[int]:
    """The runs that tell of a picture without any mark but their place and type."""
    found = (caption_of(layout, box) for _, box, _ in layout.pictures)
    return {index for index in found if index is not None}


def caption_of(layout: Layout, box: int) -> int | None:
    """The run that tells of the picture in `box`: in small or slanted type in the same paragraph, or in the next one
    where the first holds the picture alone."""
    frame = layout.boxes[box]
    if frame.start >= len(layout.runs):
        return None
    run = layout.runs[frame.start]
    if len(run.text) > _LONGEST_CAPTION or run.quiet < 0.9 * len(run.text):
        return None
    around = layout.boxes[run.box]
    beneath = frame.start == frame.end and frame.parent == around.parent and frame.tag == around.tag
    return frame.start if run.box == box or beneath else None


def in_figure(layout: Layout, run: Run) -> bool:
    """Whether a run stands in a figure or a caption."""
    return any(layout.boxes[number].tag in _CAPTION_TAGS for number in layout.ancestors(run.box, 4))


def signature_lines(layout: Layout, headline: int | None) -> set[int]:
    """The runs near the headline that only say who wrote it, or when."""
    if headline is None:
        return set()
    near = range(max(0, headline - 2), min(len(layout.runs), headline + _NEAR))
    return {index for index in near if index != headline and _signs(layout.runs[index])}


def _signs(run: Run) -> bool:
    text = run.text
    if len(text) > _LONGEST_SIGNATURE or run.tag in HEADINGS or END_SIGN.search(text):
        return False
    if not DIGIT.search(text):
        signed = BY.match(text)
        return bool(signed) and _only_names(text[signed.end() :])
    hit = find_moment(text)
    if hit is None:
        return False
    rest = f"{text[: hit[1]]} {text[hit[2] :]}"
    return bool(BY.match(text)) and len(rest) <= 80 or len(re.sub(r"\W", "", _DATE_WORDS.sub("", rest))) <= 4


def _only_names(text: str) -> bool:
    """Whether there are two to ten words, with a capital or such as join names."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words)
    joining = sum(word in _BETWEEN_NAMES for word in words)
    return capitals >= 2 and capitals + joining == len(words) <= 10


def topic_list(layout: Layout, headline: int | None) -> range | None:
    """The runs of the first list after the headline that calls itself the article's topics ("In:", "Tags:"), its label
    first; None where there is none."""
    for box in layout.tagged("ul", "ol", "dl"):
        if box.start <= (headline or 0) or not 2 <= box.end - box.start <= 30:
            continue
        runs = layout.runs[box.start : box.end]
        if _TOPICS.match(runs[0].text) and all(len(run.text) <= 60 for run in runs):
            return range(box.start, box.end)
    return None


def behind_topics(layout: Layout, headline: int | None, kept: list[int]) -> set[int]:
    """The topics of an article and what stands behind them, where that is little beside the text before."""
    listed = topic_list(layout, headline)
    if listed is None:
        return set()
    before = sum(len(layout.runs[index].text) for index in kept if index < listed.start)
    behind = [index for index in kept if index >= listed.stop]
    small = sum(len(layout.runs[index].text) for index in behind) < 0.2 * before
    return {*listed, *(behind if small else ())}


def scraps(layout: Layout, kept: list[int]) -> set[int]:
    """Short lines at the end of the body that are parted from it by links to elsewhere."""
    found: set[int] = set()
    rest = list(kept)
    while len(rest) > 1:
        run, between = layout.runs[rest[-1]], layout.runs[rest[-2] + 1 : rest[-1]]
        listed = run.tag in HEADINGS or run.tag in ("li", "td", "th", "dd", "blockquote")
        if listed or weight(run.text) > _LONGEST_SCRAP or END_SIGN.search(run.text):
            break
        if not any(other.linked > 0.6 * len(other.text) for other in between):
            break
        found.add(rest.pop())
    return found


def mottos(layout: Layout, kept: list[int], headline: int | None) -> set[int]:
    """Short lines above the headline that are parted from it by links to elsewhere: what a site says of itself."""
    if headline is None or not kept or kept[-1] < headline:
        return set()
    found = set()
    for index in kept:
        run, between = layout.runs[index], layout.runs[index + 1 : headline]
        if index >= headline or weight(run.text) > _LONGEST_SCRAP:
            break
        if any(other.anchors and other.linked > 0.6 * len(other.text) for other in between):
            found.add(index)
    return found


def tables(layout: Layout, kept: list[int], stop: int) -> set[int]:
    """The runs of data tables that stand in the body: with heads of columns, short cells and hardly a link. `stop` is
    the body's box."""
    if not kept:
        return set()
    found: set[int] = set()
    for number in layout.structured:
        box = layout.boxes[number]
        if box.tag == "table" and kept[0] < box.start <= kept[-1] + 1 and _holds_data(layout, number, stop):
            found.update(range(box.start, box.end))
    return found


def _holds_data(layout: Layout, number: int, stop: int) -> bool:
    box = layout.boxes[number]
    runs = layout.runs[box.start : box.end]
    cells = [run for run in runs if run.tag in ("td", "th")]
    if len(cells) < _FEWEST_CELLS or len(cells) < len(runs) - 1 or not any(run.tag == "th" for run in cells):
        return False
    if max(len(run.text) for run in runs) > _LONGEST_CELL or sum(run.anchors for run in runs) > len(runs) // 4:
        return False
    for around in layout.ancestors(number):
        if around == stop:
            return True
        if layout.boxes[around].tag in ("aside", "nav", "footer") or layout.boxes[around].marks & clutter.IS_CLUTTER:
            return False
    return False
