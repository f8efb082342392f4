"""What is measurable about each run of a page: its shape, its place, its containers, its neighbours and its likes.

Rows of numbers, in the order of `NAMES`; `weighing` lets the trained judges weigh them. The same functions make the
rows for training, so that both always agree. What is computed once a page lies in `places` and `expected`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat
from math import log1p
from operator import truediv

from .blocks import Run
from .expected import Expected
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
_EXPECTED = (
    "frame_expected", "frame_share", "further_expected", "further_share", "outer_expected", "style_expected",
    "expected_before", "expected_behind", "chance", "previous_chance", "next_chance", "expected_so_far",
    "page_expected", "page_likely", "page_sure", "expected_share",
)  # fmt: skip
GROUPS = {
    "text": _TEXT, "place": _PLACE, "containers": _CONTAINERS, "names": _NAMED, "neighbours": _NEIGHBOURS,
    "likes": _LIKES, "page": _PAGE, "stated": _STATED, "expected": _EXPECTED,
}  # fmt: skip
"""The signals by what they look at. The last two are for the second look only."""
NAMES = tuple(name for names in GROUPS.values() for name in names)
FIRST = len(NAMES) - len(_STATED) - len(_EXPECTED)
"""How many of the signals the first look has."""
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
_BEGINNING = 200
_ENDS = frozenset(".!?…。！？؟।\"”»’'")
_CAPITALS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def rows(page: Page, indexes: list[int], codes: list[int]) -> list[tuple[float, ...]]:
    """The numbers of these runs, of which there is at least one, for the first look, in the order of `NAMES`. `codes`
    are what the rules said of all runs of the page, as numbers. Made column by column, which is faster than run by run.
    """
    runs = [page.layout.runs[index] for index in indexes]
    paths = [page.path(run.box) for run in runs]
    columns = (
        *_of_text(runs), *_of_place(page, indexes, paths, codes), *_of_boxes(page, runs, paths),
        [page.names(run.box) for run in runs], *_of_neighbours(page, indexes), *_of_likes(page, indexes),
        *map(repeat, page.measures),
    )  # fmt: skip
    return list(zip(*columns, strict=False))


def again(first: tuple[float, ...], expected: Expected, index: int) -> tuple[float, ...]:
    """The numbers of run `index` for the second look: those of the `first`, and what that leads to expect around it."""
    page = expected.page
    return (*first, *_of_stated(page, page.layout.runs[index].text), *expected.around(index))


Column = Iterable[float]
"""One signal of all runs that are asked for."""


def _of_text(runs: list[Run]) -> tuple[Column, ...]:
    texts = [run.text for run in runs]
    sizes = list(map(len, texts))
    words = [text.count(" ") + 1 for text in texts]
    seen = [size if size < _BEGINNING else _BEGINNING for size in sizes]
    letters = [_letters(text[:_BEGINNING]) for text in texts]
    return (
        map(log1p, sizes), words, map(truediv, sizes, words),
        [run.linked / size for run, size in zip(runs, sizes, strict=True)], [run.anchors for run in runs],
        [run.strong / size for run, size in zip(runs, sizes, strict=True)],
        [run.quiet / size for run, size in zip(runs, sizes, strict=True)],
        map(truediv, map(_marks, texts), words), [text[-1] in _ENDS for text in texts],
        [text[0].isupper() for text in texts],
        [capitals / size for (capitals, _), size in zip(letters, seen, strict=True)],
        [digits / size for (_, digits), size in zip(letters, seen, strict=True)],
        *zip(*[_SHAPES.get(run.tag, _SHAPELESS) for run in runs], strict=True),
        ["|" in text for text in texts], ["@" in text for text in texts],
    )  # fmt: skip


def _marks(text: str) -> int:
    """How many signs stand in `text` that part sentences or their parts."""
    marks = text.count(".") + text.count(",") + text.count("?")
    return marks if text.isascii() else marks + text.count("。") + text.count("、") + text.count("，")


def _letters(text: str) -> tuple[int, int]:
    """How many capitals and how many digits stand in `text`."""
    data = text.encode("ascii", "ignore")
    size = len(data)
    capitals = size - len(data.translate(None, _CAPITALS))
    digits = size - len(data.translate(None, _DIGITS))
    if size < len(text):
        others = "".join(_NOT_ASCII.findall(text))
        capitals += sum(map(str.isupper, others))
        digits += sum(map(str.isdigit, others))
    return capitals, digits


def _of_place(page: Page, indexes: list[int], paths: list[Path], codes: list[int]) -> tuple[Column, ...]:
    count, total, sums, headline = len(page.values), page.total, page.sums, page.headline
    _, _, depths, best, to_headline, to_body, _, _, _ = zip(*paths, strict=True)
    after = [total - sums[index + 1] for index in indexes]
    return (
        [index / count for index in indexes], [sums[index] / total for index in indexes],
        [max(-50, min(200, index - headline)) for index in indexes], [sums[index] / 1000 for index in indexes],
        [value / 1000 for value in after], depths, to_headline, to_body, [distance >= 0 for distance in best], best,
        [codes[index] for index in indexes],
    )  # fmt: skip


def _of_boxes(page: Page, runs: list[Run], paths: list[Path]) -> tuple[Column, ...]:
    headline, boxes = page.headline, page.layout.boxes
    articles = [boxes[path[6]] if path[6] else None for path in paths]
    return (
        *zip(*[path[0] for path in paths], strict=True), *zip(*[path[1] for path in paths], strict=True),
        [0 if box is None else 1 if box.start <= headline < box.end else -1 for box in articles],
        [page.value_share(box) if box else 0.0 for box in articles],
        *zip(*[page.surroundings(run.box) for run in runs], strict=True),
    )  # fmt: skip


def _of_neighbours(page: Page, indexes: list[int]) -> tuple[Column, ...]:
    runs, values, styles, sums = page.layout.runs, page.values, page.styles, page.sums
    last = len(runs) - 1
    before = [runs[index - 1] if index else None for index in indexes]
    behind = [runs[index + 1] if index < last else None for index in indexes]
    return (
        [values[index - 1] if index else 0.0 for index in indexes],
        [values[index + 1] if index < last else 0.0 for index in indexes],
        [values[index - 2] if index > 1 else 0.0 for index in indexes],
        [values[index + 2] if index + 2 <= last else 0.0 for index in indexes],
        [len(run.text) if run else 0 for run in before], [len(run.text) if run else 0 for run in behind],
        [_linked(run or runs[index]) for run, index in zip(before, indexes, strict=True)],
        [_linked(run or runs[index]) for run, index in zip(behind, indexes, strict=True)],
        [(run or runs[index]).tag in _HEADINGS for run, index in zip(before, indexes, strict=True)],
        [index > 0 and styles[index - 1] is styles[index] for index in indexes],
        [index < last and styles[index + 1] is styles[index] for index in indexes],
        [sums[min(last + 1, index + 5)] - sums[max(0, index - 4)] for index in indexes],
        [page.since[index] for index in indexes], [page.until[index] for index in indexes],
        [index in page.pictured_at for index in indexes], [index + 1 in page.pictured_at for index in indexes],
    )  # fmt: skip


def _linked(run: Run) -> float:
    return run.linked / len(run.text)


def _of_likes(page: Page, indexes: list[int]) -> tuple[Column, ...]:
    *likes, first, last = zip(*map(page.likes, indexes), strict=True)
    runs, seen = page.layout.runs, page.seen
    return (
        *likes, [(index - start) / (end - start + 1) for index, start, end in zip(indexes, first, last, strict=True)],
        [seen[runs[index].text] > 1 for index in indexes],
    )  # fmt: skip


def _of_stated(page: Page, text: str) -> tuple[float, ...]:
    low = text[:400].casefold()
    title, description, words = page.title, page.description, page.title_words
    return (
        bool(title) and (low == title or (len(text) < 200 and title in low)),
        sum(map(low.__contains__, words)) / len(words) if words else -1.0,
        bool(description) and len(text) > 30 and (low[:80] in description or description[:80] in low),
        (1 if low[:60] in page.stated else -1) if page.stated else 0,
    )
