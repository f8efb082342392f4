"""What is measurable about each run of a page: its shape, its place, its containers, its neighbours and its likes.

One row of numbers a run, in the order of `NAMES`; `body` lets the trained model weigh them. The same function makes the
rows for training, so that both always agree.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log1p

from . import clutter
from .blocks import Layout, Run

NAMES = (
    "size", "words", "word_length", "link_share", "anchors", "strong_share", "sentence_marks", "ended", "capital_first",
    "capitals", "digits", "is_p", "is_heading", "is_item", "is_div", "is_cell", "is_quote", "is_caption",
    "heading_level", "place", "place_in_text", "after_headline", "depth", "clutter_own", "clutter_near", "clutter_any",
    "body_near", "body_any", "caption_near", "byline_near", "lead_near", "in_article", "in_main", "in_aside",
    "in_footer",
    "in_header", "in_form", "in_figure", "in_list", "in_table", "in_link_box", "promotion", "pointer", "notice",
    "in_best", "best_distance", "reason", "box_value_share", "box_link_share", "box_runs", "same_style_share",
    "same_style_count", "previous_value", "next_value", "previous_links", "next_links", "window_value",
    "previous_heading",
    "next_heading", "repeated", "is_title", "in_description", "in_stated_body", "values_before", "values_after",
    "short_item",
    "colon_end", "list_size", "list_links", "hidden",
)  # fmt: skip

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def _of_tag(tag: str) -> tuple[float, ...]:
    """The signals from "is_p" to "heading_level" of a run in an element `tag`."""
    kinds = (("p",), tuple(_HEADINGS), ("li",), ("div", "section", "article", "main"), ("td", "th"), ("blockquote",),
             ("figcaption", "caption"))  # fmt: skip
    return (*(float(tag in kind) for kind in kinds), float(_HEADINGS.get(tag, 0)))


_OF_OTHERS = _of_tag("")
_OF_TAG = {
    tag: _of_tag(tag)
    for tag in (*_HEADINGS, *"p li div section article main td th blockquote figcaption caption".split())
}
_ENDS = frozenset(".!?…。！？؟।\"”»’'")
_CLUTTER_TAGS = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "noscript", "legend", "address"))
_UNNAMED = (False, False, False, False, False)
_INSIDE = {
    "article": 0, "main": 1, "aside": 2, "footer": 3, "header": 4, "form": 5, "figure": 6, "figcaption": 6, "li": 7,
    "table": 8,
}  # fmt: skip
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class Page:
    """What is computed once a page: sums over runs, marks of boxes, styles and repeated texts."""

    def __init__(self, layout: Layout, values: list[float], best: int, headline: int | None) -> None:
        self.layout, self.values, self.best = layout, values, best
        self.headline = headline if headline is not None else -1
        self.sums, self.links, self.sizes = [0.0], [0], [0]
        for run, value in zip(layout.runs, values, strict=True):
            self.sums.append(self.sums[-1] + max(0.0, value))
            self.links.append(self.links[-1] + run.linked)
            self.sizes.append(self.sizes[-1] + len(run.text))
        self.total = self.sums[-1] or 1.0
        self.run_styles = [self._style(run) for run in layout.runs]
        self.styles: dict[tuple[str, str, str], float] = {}
        self.style_counts = Counter(self.run_styles)
        self.seen = Counter(run.text for run in layout.runs)
        for style, value in zip(self.run_styles, values, strict=True):
            self.styles[style] = self.styles.get(style, 0.0) + max(0.0, value)
        self.paths: dict[int, list[float]] = {}
        self.named: dict[int, tuple[bool, bool, bool, bool, bool]] = {}

    def _style(self, run: Run) -> tuple[str, str, str]:
        """A run's looks: its element's tag and class and that of the box around."""
        box = self.layout.boxes[run.box]
        around = self.layout.boxes[box.parent] if box.parent >= 0 else box
        return run.tag, box.ident[:60], around.ident[:60]

    def path(self, number: int) -> list[float]:
        """What the containers of a box say, from the box outwards; cached, as neighbours share it."""
        missing = []
        around = number
        while around >= 0 and around not in self.paths:
            missing.append(around)
            around = self.layout.boxes[around].parent
        for each in reversed(missing):
            self.named[each] = self._named(each)
            self.paths[each] = self._path(each)
        return self.paths[number]

    def _named(self, number: int) -> tuple[bool, bool, bool, bool, bool]:
        """Whether a box by itself is clutter, and whether it is called a body, caption, byline or lead."""
        box = self.layout.boxes[number]
        named = clutter.marks_of(box.ident) if box.ident and number else 0
        is_clutter = bool(named & clutter.IS_CLUTTER or (box.tag in _CLUTTER_TAGS and number))
        # A container that holds most of the page's text is no clutter whatever it is called.
        return (
            is_clutter and (self.sums[box.end] - self.sums[box.start]) / self.total < 0.45,
            bool(named & clutter.IS_BODY),
            bool(named & clutter.IS_CAPTION),
            bool(named & clutter.IS_BYLINE),
            bool(named & clutter.IS_LEAD),
        )

    def _path(self, number: int) -> list[float]:
        """The numbers of one box, from those of the box around it."""
        box = self.layout.boxes[number]
        distance = 0.0 if number == self.best else -1.0
        if not number:
            return [1.0, *[0.0] * 17, distance, 0.0, 0.0, 0.0]
        above = self.paths[box.parent]
        own, near = self.named[number], self.named[box.parent]
        far = self.named.get(self.layout.boxes[box.parent].parent, _UNNAMED)
        if distance and above[18] >= 0:
            distance = above[18] + 1
        inside = above[9:18]
        if box.tag in _INSIDE:
            inside[_INSIDE[box.tag]] = 1.0
        list_size, list_links = above[19:21]
        if box.tag in ("ul", "ol") and box.end > box.start:
            list_size = float(box.end - box.start)
            size = self.sizes[box.end] - self.sizes[box.start]
            list_links = (self.links[box.end] - self.links[box.start]) / (size or 1)
        return [
            min(above[0] + 1, 30.0), float(own[0]), float(own[0] + near[0] + far[0]), above[3] + own[0],
            float(own[1] + near[1] + far[1]), above[5] + own[1], float(own[2] + near[2] + far[2]),
            float(own[3] + near[3]), float(own[4] + near[4]), *inside, distance, list_size, list_links,
            1.0 if box.hidden else above[21],
        ]  # fmt: skip


def _letters(text: str) -> tuple[int, int]:
    """How many capitals and how many digits stand in `text`."""
    data = text.encode("ascii", "ignore")
    capitals = len(data) - len(data.translate(None, _CAPITALS))
    digits = len(data) - len(data.translate(None, _DIGITS))
    if len(data) < len(text):
        others = "".join(_NOT_ASCII.findall(text))
        capitals += sum(map(str.isupper, others))
        digits += sum(map(str.isdigit, others))
    return capitals, digits


def row(page: Page, index: int, title: str, description: str, stated: str, reason: int) -> list[float]:
    """The numbers of run `index`, in the order of `NAMES`. `title`, `description` and `stated` are folded texts."""
    layout, values = page.layout, page.values
    run = layout.runs[index]
    text = run.text
    size = len(text)
    words = text.count(" ") + 1
    path = page.path(run.box)
    box = layout.boxes[run.box]
    around = layout.boxes[box.parent] if box.parent >= 0 else box
    if around.end - around.start < 2 and around.parent >= 0:
        around = layout.boxes[around.parent]
    around_size = page.sizes[around.end] - page.sizes[around.start] or 1
    last = len(values) - 1
    before, after = (values[index - 1] if index else 0.0), (values[index + 1] if index < last else 0.0)
    previous = layout.runs[index - 1] if index else run
    following = layout.runs[index + 1] if index < last else run
    style = page.run_styles[index]
    capitals, digits = _letters(text[:200])
    low = text[:400].casefold()
    lower_window = page.sums[max(0, index - 4)]
    upper_window = page.sums[min(last + 1, index + 5)]
    marks = text.count(".") + text.count(",") + text.count("?")
    if not text.isascii():
        marks += text.count("。") + text.count("、") + text.count("，")
    return [
        log1p(size), float(words), size / words, run.linked / size, float(run.anchors), run.strong / size,
        marks / words, 1.0 if text[-1] in _ENDS else 0.0, 1.0 if text[0].isupper() else 0.0,
        capitals / min(size, 200), digits / min(size, 200), *_OF_TAG.get(run.tag, _OF_OTHERS),
        index / (last + 1), page.sums[index] / page.total, float(max(-50, min(200, index - page.headline))),
        *path[:18], 1.0 if around.end - around.start == 1 and run.anchors > 0 else 0.0,
        1.0 if size < 300 and clutter.PROMOTION.match(text) else 0.0,
        1.0 if size < 250 and clutter.RELATED.match(text) else 0.0,
        1.0 if size < 300 and clutter.is_notice(text) else 0.0,
        1.0 if path[18] >= 0 else 0.0, path[18], float(reason),
        (page.sums[around.end] - page.sums[around.start]) / page.total,
        (page.links[around.end] - page.links[around.start]) / around_size, float(min(100, around.end - around.start)),
        page.styles[style] / page.total, float(min(60, page.style_counts[style])),
        before, after, previous.linked / len(previous.text), following.linked / len(following.text),
        upper_window - lower_window, 1.0 if previous.tag in _HEADINGS else 0.0,
        1.0 if following.tag in _HEADINGS else 0.0, 1.0 if page.seen[text] > 1 else 0.0,
        1.0 if title and (low == title or (size < 200 and title in low)) else 0.0,
        1.0 if description and size > 30 and (low[:80] in description or description[:80] in low) else 0.0,
        (1.0 if low[:60] in stated else -1.0) if stated else 0.0,
        page.sums[index] / 1000, (page.total - page.sums[index + 1]) / 1000,
        1.0 if run.tag == "li" and size < 60 else 0.0, 1.0 if text[-1] in ":：" else 0.0, path[19], path[20], path[21],
    ]  # fmt: skip
