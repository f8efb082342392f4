"""What is measurable about each run of a page: its shape, its place, its containers, its neighbours and its likes.

One row of numbers a run, in the order of `NAMES`; `body` lets the trained model weigh them. The same function makes the
rows for training, so that both always agree.
"""

from __future__ import annotations

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
_ENDS = frozenset(".!?…。！？؟।\"”»’'")
_CLUTTER_TAGS = frozenset(("nav", "footer", "aside", "button", "dialog", "menu", "noscript", "legend", "address"))


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
        self.styles: dict[tuple[str, str, str], float] = {}
        self.style_counts: dict[tuple[str, str, str], int] = {}
        self.seen: dict[str, int] = {}
        for run, value in zip(layout.runs, values, strict=True):
            style = self.style(run)
            self.styles[style] = self.styles.get(style, 0.0) + max(0.0, value)
            self.style_counts[style] = self.style_counts.get(style, 0) + 1
            self.seen[run.text] = self.seen.get(run.text, 0) + 1
        self.paths: dict[int, list[float]] = {}

    def style(self, run: Run) -> tuple[str, str, str]:
        """A run's looks: its element's tag and class and that of the box around."""
        box = self.layout.boxes[run.box]
        around = self.layout.boxes[box.parent] if box.parent >= 0 else box
        return run.tag, box.ident[:60], around.ident[:60]

    def path(self, number: int) -> list[float]:
        """What the containers of a box say, from the box outwards; cached, as neighbours share it."""
        known = self.paths.get(number)
        if known is None:
            known = self.paths[number] = self._path(number)
        return known

    def _path(self, number: int) -> list[float]:
        boxes = self.layout.boxes
        depth = 0
        clutter_own = clutter_near = clutter_any = body_near = body_any = caption = byline = lead = hidden = 0.0
        tags: set[str] = set()
        list_size = list_links = 0.0
        distance = -1.0
        current = number
        while current >= 0:
            box = boxes[current]
            if current == self.best:
                distance = float(depth)
            if current:
                tags.add(box.tag)
                if box.tag in ("ul", "ol") and not list_size:
                    list_size = float(box.end - box.start)
                    size = self.sizes[box.end] - self.sizes[box.start]
                    list_links = (self.links[box.end] - self.links[box.start]) / (size or 1)
                if box.hidden:
                    hidden = 1.0
                is_clutter = box.tag in _CLUTTER_TAGS
                if box.ident:
                    named = clutter.marks_of(box.ident)
                    is_clutter = is_clutter or bool(named & clutter.IS_CLUTTER)
                    is_named_body = bool(named & clutter.IS_BODY)
                    if depth < 3:
                        body_near += is_named_body
                        caption += bool(named & clutter.IS_CAPTION)
                        if depth < 2:
                            byline += bool(named & clutter.IS_BYLINE)
                            lead += bool(named & clutter.IS_LEAD)
                    body_any += is_named_body
                if is_clutter:
                    # A container that holds most of the page's text is no clutter whatever it is called.
                    share = (self.sums[box.end] - self.sums[box.start]) / self.total
                    if share < 0.45:
                        clutter_any += 1
                        if depth < 1:
                            clutter_own += 1
                        if depth < 3:
                            clutter_near += 1
            depth += 1
            current = box.parent
        return [
            min(depth, 30.0), clutter_own, clutter_near, clutter_any, body_near, body_any, caption, byline, lead,
            float("article" in tags), float("main" in tags), float("aside" in tags), float("footer" in tags),
            float("header" in tags), float("form" in tags), float("figure" in tags or "figcaption" in tags),
            float("li" in tags), float("table" in tags), distance, list_size, list_links, hidden,
        ]  # fmt: skip


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
    style = page.style(run)
    low = text[:400].casefold()
    lower_window = page.sums[max(0, index - 4)]
    upper_window = page.sums[min(last + 1, index + 5)]
    level = _HEADINGS.get(run.tag, 0)
    marks = text.count(".") + text.count(",") + text.count("?") + text.count("。") + text.count("、") + text.count("，")
    return [
        log1p(size), float(words), size / words, run.linked / size, float(run.anchors), run.strong / size,
        marks / words, float(text[-1] in _ENDS), float(text[0].isupper()),
        sum(map(str.isupper, text[:200])) / min(size, 200), sum(map(str.isdigit, text[:200])) / min(size, 200),
        float(run.tag == "p"), float(level > 0), float(run.tag == "li"),
        float(run.tag in ("div", "section", "article", "main")),
        float(run.tag in ("td", "th")), float(run.tag == "blockquote"), float(run.tag in ("figcaption", "caption")),
        float(level), index / (last + 1), page.sums[index] / page.total,
        float(max(-50, min(200, index - page.headline))),
        *path[:18], float(around.end - around.start == 1 and run.anchors > 0),
        float(size < 300 and bool(clutter.PROMOTION.match(text))),
        float(size < 250 and bool(clutter.RELATED.match(text))),
        float(size < 300 and clutter.is_notice(text)),
        float(path[18] >= 0), path[18], float(reason),
        (page.sums[around.end] - page.sums[around.start]) / page.total,
        (page.links[around.end] - page.links[around.start]) / around_size, float(min(100, around.end - around.start)),
        page.styles[style] / page.total, float(min(60, page.style_counts[style])),
        before, after, previous.linked / len(previous.text), following.linked / len(following.text),
        upper_window - lower_window, float(previous.tag in _HEADINGS), float(following.tag in _HEADINGS),
        float(page.seen[text] > 1), float(bool(title) and (low == title or (size < 200 and title in low))),
        float(bool(description) and size > 30 and (low[:80] in description or description[:80] in low)),
        (1.0 if low[:60] in stated else -1.0) if stated else 0.0,
        page.sums[index] / 1000, (page.total - page.sums[index + 1]) / 1000,
        float(run.tag == "li" and size < 60), float(text[-1] in ":："), path[19], path[20], path[21],
    ]  # fmt: skip
