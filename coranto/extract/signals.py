"""What is measurable about each run of a page: its shape, its place, its containers, its neighbours and its likes.

One row of numbers a run, in the order of `NAMES`; `body` lets the trained model weigh them. The same function makes the
rows for training, so that both always agree. What is computed once a page lies in `places`.
"""

from __future__ import annotations

import re
from math import log1p

from .blocks import Run
from .places import Page, Path

_TEXT = (
    "size", "words", "word_length", "link_share", "anchors", "strong_share", "quiet_share", "sentence_marks", "ended",
    "capital_first", "capitals", "digits", "is_p", "heading_level", "is_item", "is_div", "is_cell", "is_code",
    "has_bar", "has_at",
)  # fmt: skip
_PLACE = (
    "place", "place_in_text", "after_headline", "values_before", "values_after", "depth", "headline_distance",
    "body_distance", "in_best", "best_distance", "reason",
)  # fmt: skip
_CONTAINERS = (
    "clutter_own", "clutter_near", "clutter_any", "body_near", "body_any", "caption_near", "lead_near", "in_article",
    "in_main", "in_footer", "in_form", "in_figure", "in_list", "in_table", "list_size", "list_links",
    "in_headline_article", "article_value_share", "box_value_share", "box_link_share", "box_runs", "outer_value_share",
    "outer_link_share", "outer_runs", "outer_pictures",
)  # fmt: skip
_NAMED = ("names",)
_NEIGHBOURS = (
    "previous_value", "next_value", "second_previous_value", "second_next_value", "previous_size", "next_size",
    "previous_links", "next_links", "previous_heading", "previous_alike", "next_alike", "window_value", "since_text",
    "until_text", "picture_before", "picture_behind",
)  # fmt: skip
_LIKES = (
    "style_value_share", "style_count", "style_links", "style_size", "style_first", "style_in_best", "style_place",
    "repeated",
)  # fmt: skip
_STATED = ("is_title", "title_share", "in_description", "in_stated_body")
_PAGE = (
    "page_value", "page_runs", "page_links", "best_value_share", "articles", "first_headings", "described", "news",
)  # fmt: skip
GROUPS = {
    "text": _TEXT, "place": _PLACE, "containers": _CONTAINERS, "names": _NAMED, "neighbours": _NEIGHBOURS,
    "likes": _LIKES, "stated": _STATED, "page": _PAGE,
}  # fmt: skip
"""The signals by what they look at."""
NAMES = tuple(name for names in GROUPS.values() for name in names)
WHOLE = frozenset(
    "words anchors ended capital_first is_p heading_level is_item is_div is_cell is_code has_bar has_at after_headline"
    " in_best reason clutter_own clutter_near clutter_any body_near body_any caption_near lead_near in_headline_article"
    " box_runs outer_runs outer_pictures previous_size next_size previous_heading previous_alike next_alike since_text"
    " until_text picture_before picture_behind style_count repeated is_title in_description in_stated_body articles"
    " first_headings described news".split()
)
"""The signals that are always whole numbers, or so-or-not. All others are floats: that compares fastest."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = (("p",), (), ("li",), ("div", "section", "article", "main"), ("td", "th"), ("pre",))
_SHAPES = {
    tag: tuple(_HEADINGS.get(tag, 0) if place == 1 else tag in tags for place, tags in enumerate(_KINDS))
    for tag in ("", *_HEADINGS, *(tag for tags in _KINDS for tag in tags))
}
"""What the tag of a run says: is_p, heading_level, is_item, is_div, is_cell, is_code."""
_SHAPELESS = _SHAPES[""]
_FAR, _VERY_FAR = 50, 200
_BEGINNING = 200
_ENDS = frozenset(".!?…。！？؟।\"”»’'")
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def row(page: Page, index: int, reason: int) -> list[float]:
    """The numbers of run `index`, in the order of `NAMES`. `reason` is what the rules said of it, as a number."""
    run = page.layout.runs[index]
    path = page.path(run.box)
    return [
        *_of_text(run), *_of_place(page, index, path, reason), *_of_boxes(page, run, path), page.names(run.box),
        *_of_neighbours(page, index, run), *_of_likes(page, index), *_of_stated(page, run.text), *page.measures,
    ]  # fmt: skip


def _of_text(run: Run) -> tuple[float, ...]:
    text = run.text
    size, words, ascii_only = len(text), text.count(" ") + 1, text.isascii()
    marks = text.count(".") + text.count(",") + text.count("?")
    if not ascii_only:
        marks += text.count("。") + text.count("、") + text.count("，")
    seen = size if size < _BEGINNING else _BEGINNING
    capitals, digits = _letters(text[:_BEGINNING], ascii_only)
    return (
        log1p(size), words, size / words, run.linked / size, run.anchors, run.strong / size, run.quiet / size,
        marks / words, text[-1] in _ENDS, text[0].isupper(), capitals / seen, digits / seen,
        *_SHAPES.get(run.tag, _SHAPELESS), "|" in text, "@" in text,
    )  # fmt: skip


def _letters(text: str, ascii_only: bool) -> tuple[int, int]:
    """How many capitals and how many digits stand in `text`."""
    data = text.encode("ascii", "ignore")
    size = len(data)
    capitals = size - len(data.translate(None, _CAPITALS))
    digits = size - len(data.translate(None, _DIGITS))
    if not ascii_only:
        others = "".join(_NOT_ASCII.findall(text))
        capitals += sum(map(str.isupper, others))
        digits += sum(map(str.isdigit, others))
    return capitals, digits


def _of_place(page: Page, index: int, path: Path, reason: int) -> tuple[float, ...]:
    before, after = page.sums[index], page.total - page.sums[index + 1]
    behind = index - page.headline
    _, _, depth, best, headline, body, _, _, _ = path
    return (
        index / len(page.values), before / page.total,
        -_FAR if behind < -_FAR else _VERY_FAR if behind > _VERY_FAR else behind, before / 1000,
        after / 1000, depth, headline, body, best >= 0, best, reason,
    )  # fmt: skip


def _of_boxes(page: Page, run: Run, path: Path) -> tuple[float, ...]:
    article = page.layout.boxes[path[6]] if path[6] else None
    return (
        *path[0], *path[1],
        0 if article is None else 1 if article.start <= page.headline < article.end else -1,
        page.value_share(article) if article else 0.0, *page.surroundings(run.box),
    )  # fmt: skip


def _of_neighbours(page: Page, index: int, run: Run) -> tuple[float, ...]:
    runs, values, styles, sums = page.layout.runs, page.values, page.styles, page.sums
    last, style = len(runs) - 1, styles[index]
    value, size, next_value, next_size = 0.0, 0, 0.0, 0
    previous = following = run
    previous_alike = next_alike = False
    if index:
        previous, value, previous_alike = runs[index - 1], values[index - 1], styles[index - 1] is style
        size = len(previous.text)
    if index < last:
        following, next_value, next_alike = runs[index + 1], values[index + 1], styles[index + 1] is style
        next_size = len(following.text)
    return (
        value, next_value, values[index - 2] if index > 1 else 0.0, values[index + 2] if index + 2 <= last else 0.0,
        size, next_size, previous.linked / len(previous.text), following.linked / len(following.text),
        previous.tag in _HEADINGS, previous_alike, next_alike,
        sums[index + 5 if index + 4 < last else last + 1] - sums[index - 4 if index > 4 else 0],
        page.since[index], page.until[index], index in page.pictured_at, index + 1 in page.pictured_at,
    )  # fmt: skip


def _of_likes(page: Page, index: int) -> tuple[float, ...]:
    *likes, first, last = page.likes(index)
    return (
        *likes, (index - first) / (last - first + 1), page.seen[page.layout.runs[index].text] > 1,
    )  # fmt: skip


def _of_stated(page: Page, text: str) -> tuple[float, ...]:
    low = text[:400].casefold()
    title, description, stated = page.title, page.description, page.stated
    words = page.title_words
    return (
        bool(title) and (low == title or (len(text) < 200 and title in low)),
        sum(map(low.__contains__, words)) / len(words) if words else -1.0,
        bool(description) and len(text) > 30 and (low[:80] in description or description[:80] in low),
        (1 if low[:60] in stated else -1) if stated else 0,
    )
