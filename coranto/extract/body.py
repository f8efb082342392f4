"""Which runs of a page are the article's body.

First by rule: every run gets a value (how much it reads like body text), clutter containers lose theirs, the box that
gathers most value in the least space is the body's, and inside it what only points elsewhere is cut. Then the trained
judge weighs each run with that as one signal among many. Pure decisions on a `Layout`; what becomes of the pieces is
for others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from . import asides, clutter, signals, weighing
from .blocks import HEADINGS, Layout, Run
from .places import Known, Page
from .shapes import WIDE
from .words import fold

_CLUTTER_TAGS = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "noscript", "legend", "address"))
_ENDS = frozenset(".,;:!?…。、，！？؟،۔\"”»'’)")
LONGEST_DATED = 200
"""A longer line that tells times is none that says when the page came."""
MOST_WEIGHED = 4_000
"""Runs of a page up to which the judge is asked; a page of more is read by the rules alone."""
_MARK = re.compile("[.,;?!。、，]")
_REASONS = (
    None, "container", "caption", "control", "byline", "title", "heading of a list", "link", "promotion", "pointer",
    "notice", "repeated", "heading without text", "outside",
)  # fmt: skip
BEHIND = "behind the body"
REPEATED = "on other pages, too"
_CODES = {reason: code for code, reason in enumerate(_REASONS)}
_OUTSIDE = _CODES["outside"]
_PROMOTION = _CODES["promotion"]
_POINTING = (_CODES["pointer"], _CODES["heading of a list"])
_FEW_WORDS = 60
_AGAINST = -2.0


@dataclass(slots=True)
class Body:
    """`kept` are indexes of body runs in order; `cut` maps other runs to the reason why they are not; `box` is the
    container in which most of the body stands; `chances` are how sure the judge was of runs, where it was asked."""

    kept: list[int]
    cut: dict[int, str]
    box: int
    chances: Mapping[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """What the rules make of a page: a `rough` body, and where the judge is asked (`page` is none where it is not) what
    they said of each run, what they cut for good, and the runs that they leave `open`."""

    rough: Body
    page: Page | None = None
    codes: list[int] = field(default_factory=list)
    cut: dict[int, str] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


def find_body(layout: Layout, known: Known) -> Body:
    """Choose the body of `layout`."""
    made = draft(layout, known)
    if made.page is None:
        return made.rough
    # All signals first, then all trees: in turn, each would put the other out of the processor's cache.
    return decided(made, known, weighing.chances(made.page, _rows(made, made.open)))


def draft(layout: Layout, known: Known) -> Draft:
    """What the rules make of a page."""
    values = [_value(run) for run in layout.runs]
    rough = _by_rule(layout, known.title, values)
    if len(layout.runs) > MOST_WEIGHED or not any(value > 0 for value in values):
        return Draft(rough)
    page = Page(layout, values, rough.box, known)
    codes = _codes(rough, len(layout.runs))
    cut = dict.fromkeys(asides.signature_lines(layout, known.headline), "byline")
    cut.update(dict.fromkeys(asides.captions(layout), "caption"))
    left: list[int] = []
    for index, run in enumerate(layout.runs):
        reason = codes[index]
        if index in cut:
            continue
        if index == known.headline or reason == _CODES["title"]:
            cut[index] = "title"
        elif reason == _PROMOTION and " " not in run.text:
            cut[index] = "promotion"
        elif reason and (_hopeless(run, page, reason) or _goes_without_saying(run, page, reason)):
            cut[index] = _REASONS[reason] or "link"
        elif len(run.text) < LONGEST_DATED and clutter.is_dated(run.text):
            cut[index] = "byline"
        else:
            left.append(index)
    return Draft(rough, page, codes, cut, left)


def decided(made: Draft, known: Known, chances: Mapping[int, float]) -> Body:
    """The body, where the runs left open are body with these `chances`."""
    layout, cut = made.page.layout, dict(made.cut)
    kept: list[int] = []
    for index in made.open:
        if chances[index] > 0.5:
            kept.append(index)
        else:
            cut[index] = _REASONS[made.codes[index]] or "unlike the body"
    kept = _whole(layout, kept, cut, made.rough.box, known.headline)
    while kept and clutter.claims_rights(layout.runs[kept[-1]].text):
        cut[kept.pop()] = "notice"
    kept = drop_idle_headings(layout, kept, cut)
    if not kept:
        return made.rough
    if known.standfirst is not None and known.standfirst < kept[0]:
        kept.insert(0, known.standfirst)
        cut.pop(known.standfirst, None)
    return Body(kept, cut, made.rough.box, chances)


def _whole(layout: Layout, kept: list[int], cut: dict[int, str], box: int, headline: int | None) -> list[int]:
    """The kept runs with their tables whole, without what only trails behind the body and without a motto above."""
    mottos = asides.mottos(layout, kept, headline)
    cut.update(dict.fromkeys(mottos, "outside"))
    kept = [index for index in kept if index not in mottos]
    trailing = asides.behind_topics(layout, headline, kept)
    cut.update(dict.fromkeys(trailing, BEHIND))
    kept = [index for index in kept if index not in trailing]
    trailing = asides.scraps(layout, kept)
    cut.update(dict.fromkeys(trailing, BEHIND))
    kept = [index for index in kept if index not in trailing]
    if more := asides.tables(layout, kept, box).difference(kept):
        kept = sorted([*kept, *more])
        for index in more:
            cut.pop(index, None)
    return kept


def asked(made: Draft) -> dict[int, tuple[float, ...]]:
    """The runs that the judge is trained on, by index, with their signals for the first look: those left open, and
    others that are not hopeless."""
    if made.page is None:
        return {}
    page, codes = made.page, made.codes
    likely = [index for index, run in enumerate(page.layout.runs) if not _hopeless(run, page, codes[index])]
    return _rows(made, likely)


def _rows(made: Draft, indexes: list[int]) -> dict[int, tuple[float, ...]]:
    """The signals of runs for the first look."""
    return dict(zip(indexes, signals.rows(made.page, indexes, made.codes), strict=True)) if indexes else {}


def _codes(rough: Body, count: int) -> list[int]:
    """What the rules said of each of `count` runs, as numbers."""
    codes = [_OUTSIDE] * count
    for index in rough.kept:
        codes[index] = _CODES[None]
    for index, reason in rough.cut.items():
        codes[index] = _CODES[reason]
    return codes


def _hopeless(run: Run, page: Page, reason: int) -> bool:
    """Whether a run need not be weighed: nearly all link and outside the body, or a link in a clutter container."""
    if not reason or not run.linked:
        return False
    share = run.linked / len(run.text)
    if share > 0.9 and run.anchors > 2:
        return True
    if share > 0.3 and reason in _POINTING:
        return True
    return (share > 0.7 and reason == _OUTSIDE) or (share > 0.4 and page.path(run.box)[2] > 1)


def _goes_without_saying(run: Run, page: Page, reason: int) -> bool:
    """Whether a run is but a few words outside the body, in containers whose names speak against it. The judge is
    trained on these, too, since that is how names get their weights."""
    return reason == _OUTSIDE and len(run.text) < _FEW_WORDS and page.names(run.box) < _AGAINST


def _by_rule(layout: Layout, title: str, values: list[float]) -> Body:
    """The body by rules alone."""
    total = sum(value for value in values if value > 0)
    if not total:
        return Body([], {}, 0)
    marks = mark_clutter(layout, values)
    open_values = [0.0 if marks[run.box] else value for run, value in zip(layout.runs, values, strict=True)]
    if sum(open_values) < 0.25 * total:
        marks, open_values = [False] * len(layout.boxes), values
    return _prune(layout, _best_box(layout, open_values), marks, title)


def _value(run: Run) -> float:
    """How much a run reads like body text: long, punctuated and free of links; negative for link lists."""
    if run.tag in HEADINGS:
        return 0.0
    text = run.text
    share = run.linked / len(text)
    size = len(text) if text.isascii() else _weigh(text)
    if share > 0.6:
        return -min(size, 100) * 0.3
    ended = text[-1] in _ENDS
    if size < 25 or (size < 70 and not ended):
        return -3.0 if run.tag != "td" else 0.0
    if not _MARK.search(text):
        return 2.0
    return min(size, 600) * (1 - share) * (1.0 if ended else 0.5)


def _weigh(text: str) -> int:
    """The length of `text` where a sign of Chinese, Japanese or Korean counts as two and a half letters."""
    wide = len(WIDE.findall(text))
    return int(len(text) + 1.5 * wide)


def mark_clutter(layout: Layout, values: list[float]) -> list[bool]:
    """For every box, whether it or one around it is a clutter container that holds only a minor share of the text."""
    sums = list(accumulate([value if value > 0 else 0.0 for value in values], initial=0.0))
    most = 0.45 * sums[-1]
    marks = [False]
    for box in layout.boxes[1:]:
        marked = marks[box.parent]
        if not marked and (box.marks & clutter.IS_CLUTTER or box.tag in _CLUTTER_TAGS or box.hidden):
            marked = box.end > box.start and sums[box.end] - sums[box.start] < most
        marks.append(marked)
    return marks


def _best_box(layout: Layout, values: list[float]) -> int:
    """The box whose paragraphs, as its own or in boxes near below, weigh most; up again while that gains enough."""
    boxes = layout.boxes
    score = [0.0] * len(boxes)
    for run, value in zip(layout.runs, values, strict=True):
        if value <= 0:
            continue
        gain, number = min(value, 400) + 10, run.box
        box = boxes[number]
        if box.tag in ("p", "li", "blockquote", "span") and box.parent >= 0:
            number = box.parent
        for step in (1.0, 0.6, 0.3, 0.12):
            if number < 0:
                break
            score[number] += gain * step
            number = boxes[number].parent
    sums = list(accumulate(values, initial=0.0))

    def inside(number: int) -> float:
        return sums[boxes[number].end] - sums[boxes[number].start]

    for number, value in enumerate(score):
        if value:
            box = boxes[number]
            if box.tag == "article" or "articlebody" in box.ident:
                score[number] *= 1.3
            elif box.marks & clutter.IS_BODY:
                score[number] *= 1.25
    best = score.index(max(score))
    while boxes[best].parent > 0 and inside(boxes[best].parent) > 1.3 * inside(best) and boxes[best].tag != "article":
        best = boxes[best].parent
    return best


def _prune(layout: Layout, box: int, marks: list[bool], title: str) -> Body:
    """Walk the body's box and cut what is not body, with the reason."""
    frame = layout.boxes[box]
    own_marks = marks if not marks[box] else [False] * len(layout.boxes)
    key = fold(title)
    kept: list[int] = []
    cut: dict[int, str] = {}
    seen: set[str] = set()
    for index in range(frame.start, frame.end):
        run = layout.runs[index]
        reason = _reason(run, layout, own_marks, key)
        if not reason and len(run.text) > 40:
            if run.text in seen:
                reason = "repeated"
            seen.add(run.text)
        if reason:
            cut[index] = reason
        else:
            kept.append(index)
    kept = drop_idle_headings(layout, kept, cut)
    return Body(kept, cut, box)


def _reason(run: Run, layout: Layout, marks: list[bool], title: str) -> str | None:
    """Why a run inside the body's box is not body, or None."""
    box = layout.boxes[run.box]
    if marks[run.box]:
        return "container"
    if box.tag in ("figcaption", "caption", "button", "time"):
        return "caption" if box.tag in ("figcaption", "caption") else "control"
    size = len(run.text)
    parent = layout.boxes[max(0, box.parent)]
    if parent.tag in ("figure", "figcaption"):
        return "caption"
    if size < 400 and (box.marks | parent.marks) & clutter.IS_CAPTION:
        return "caption"
    if size < 200 and (box.marks | parent.marks) & clutter.IS_BYLINE:
        return "byline"
    if run.tag in HEADINGS:
        if _says(run.text, title):
            return "title"
        if clutter.RELATED.match(run.text) or clutter.MOST_READ.match(run.text) or clutter.RECOMMENDED.match(run.text):
            return "heading of a list"
        return "link" if run.linked > 0.8 * size else None
    if size < 300 and clutter.PROMOTION.match(run.text):
        return "promotion"
    if size < 250 and clutter.RELATED.match(run.text):
        return "pointer"
    if size < 120 and title and _says(run.text, title):
        return "title"
    share = run.linked / size
    if share > 0.75 and run.tag != "td":
        return "link"
    if size < 200 and clutter.is_notice(run.text):
        return "notice"
    return None


def _says(text: str, title: str) -> bool:
    """Whether `text` is the `title`, which is folded."""
    return not (text.isascii() and len(text) < len(title)) and fold(text) == title


def drop_idle_headings(layout: Layout, kept: list[int], cut: dict[int, str]) -> list[int]:
    """Cut headings after which no body text follows."""
    result: list[int] = []
    follows = False
    for index in reversed(kept):
        run = layout.runs[index]
        if run.tag in HEADINGS:
            if not follows:
                cut[index] = "heading without text"
                continue
            result.append(index)
        else:
            follows = True
            result.append(index)
    return result[::-1]
