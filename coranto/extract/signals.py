"""What is measurable about each run of a page: its shape, its place, its containers, its neighbours and its likes.

Rows of numbers, in the order of `NAMES`; `weighing` lets the trained judges weigh them. The same functions make the
rows for training, so that both always agree. What is computed once a page lies in `places` and `expected`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

from .blocks import Run
from .expected import Expected
from .places import Page

_TEXT = ("words", "link_share", "ended", "heading_level", "is_div")
_PLACE = ("place", "place_in_text", "after_headline", "values_before", "reason")
_CONTAINERS = (
    "clutter_own", "clutter_near", "clutter_any", "body_any", "depth", "best_distance", "body_distance",
    "article_value_share", "box_value_share", "box_link_share", "outer_value_share", "outer_pictures",
)  # fmt: skip
_NAMED = ("names",)
_NEIGHBOURS = ("previous_value", "next_value", "second_previous_value", "next_alike", "since_text")
_LIKES = (
    "style_value_share", "style_count", "style_links", "style_size", "style_first", "style_in_best", "style_place",
    "repeated",
)  # fmt: skip
_STATED = ("is_title", "title_share", "in_description", "in_stated_body")
_PAGE = ("page_value", "page_runs", "page_links", "best_value_share", "articles", "news")
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
    "words ended heading_level is_div after_headline reason clutter_own clutter_near clutter_any body_any"
    " outer_pictures next_alike since_text style_count repeated is_title in_description in_stated_body articles"
    " news".split()
)
"""The signals that are always whole numbers, or so-or-not. All others are floats: that compares fastest."""

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_DIVISIONS = frozenset(("div", "section", "article", "main"))
_ENDS = frozenset(".!?…。！？؟।\"”»’'")


def rows(page: Page, indexes: list[int], codes: list[int]) -> list[tuple[float, ...]]:
    """The numbers of these runs, of which there is at least one, for the first look, in the order of `NAMES`. `codes`
    are what the rules said of all runs of the page, as numbers. Made column by column, which is faster than run by run.
    """
    runs = [page.layout.runs[index] for index in indexes]
    columns = (
        *_of_text(runs), *_of_place(page, indexes, codes), *_of_boxes(page, runs),
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
    return (
        [text.count(" ") + 1 for text in texts], [run.linked / len(run.text) for run in runs],
        [text[-1] in _ENDS for text in texts], [_HEADINGS.get(run.tag, 0) for run in runs],
        [run.tag in _DIVISIONS for run in runs],
    )  # fmt: skip


def _of_place(page: Page, indexes: list[int], codes: list[int]) -> tuple[Column, ...]:
    count, total, sums, headline = len(page.values), page.total, page.sums, page.headline
    return (
        [index / count for index in indexes], [sums[index] / total for index in indexes],
        [max(-50, min(200, index - headline)) for index in indexes], [sums[index] / 1000 for index in indexes],
        [codes[index] for index in indexes],
    )  # fmt: skip


def _of_boxes(page: Page, runs: list[Run]) -> tuple[Column, ...]:
    *paths, _ = zip(*[page.path(run.box) for run in runs], strict=True)
    return *paths, *zip(*[page.surroundings(run.box) for run in runs], strict=True)


def _of_neighbours(page: Page, indexes: list[int]) -> tuple[Column, ...]:
    styles, last = page.styles, len(page.values) - 1
    values = [0.0, 0.0, *page.values, 0.0]
    return (
        [values[index + 1] for index in indexes], [values[index + 3] for index in indexes],
        [values[index] for index in indexes],
        [index < last and styles[index + 1] is styles[index] for index in indexes],
        [page.since[index] for index in indexes],
    )  # fmt: skip


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
