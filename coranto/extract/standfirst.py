"""The line under a headline: where a page marks one, repeats it as its description, or sets it apart by its place."""

from __future__ import annotations

from . import asides, clutter
from .blocks import HEADINGS, Layout, Run
from .dates import find_moment
from .metadata import Facts
from .shapes import BY, END_SIGN, is_way
from .words import fold, plain

_SHORTEST, _LONGEST = 20, 400
_PARAGRAPH = 100
_REACH = 7
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
_MOST_IN_HEAD = 8


def shown(facts: Facts, layout: Layout, headline: int | None) -> int | None:
    """The run that readers see as the line under the headline: called so, repeating the description, bold right
    beneath it, in one header with it, or a heading before any text."""
    if headline is None:
        return None
    described = facts.first("og:description", "description", "twitter:description") or ""
    captions, first = asides.captions(layout), fold(layout.runs[headline].text)
    begun = False
    for index in range(headline + 1, min(headline + 1 + _REACH, len(layout.runs))):
        run = layout.runs[index]
        if index in captions or not _may_be(layout, run) or fold(run.text).endswith(first):
            begun = begun or len(run.text) > _LONGEST
            continue
        called = any(layout.boxes[number].marks & clutter.IS_LEAD for number in layout.ancestors(run.box, 2))
        if called or run.text == described:
            return index
        if not begun and (run.tag == "h2" or _is_beneath(layout, headline, index)):
            return index
        begun = begun or (len(run.text) >= _PARAGRAPH and run.tag not in HEADINGS)
    return None


def _may_be(layout: Layout, run: Run) -> bool:
    if not _SHORTEST <= len(run.text) <= _LONGEST or run.linked > 0.5 * len(run.text) or asides.in_figure(layout, run):
        return False
    if is_way(run.text) or (len(run.text) <= 160 and not END_SIGN.search(run.text) and find_moment(run.text)):
        return False
    return not any(layout.boxes[number].tag in _ELSEWHERE for number in layout.ancestors(run.box))


def _is_beneath(layout: Layout, headline: int, index: int) -> bool:
    """Whether a paragraph that is no byline stands in bold right beneath the headline, or in one header with it."""
    run = layout.runs[index]
    if run.tag != "p" or BY.match(run.text):
        return False
    if index == headline + 1 and run.strong >= 0.9 * len(run.text):
        return True
    for number in layout.ancestors(layout.runs[headline].box):
        box = layout.boxes[number]
        if box.tag in ("header", "hgroup"):
            return index < box.end <= box.start + _MOST_IN_HEAD
    return False


def stated(facts: Facts, title: str | None) -> str | None:
    """The second headline that structured data give, where it says something else than the first."""
    alternative = facts.article.get("alternativeHeadline")
    second = plain(alternative) if isinstance(alternative, str) else ""
    words, known = set(fold(second).split()), set(fold(title or "").split())
    return second if words and len(words & known) < 0.6 * len(words | known) else None
