"""What repeats across the pages of an outlet: blocks of text, known by numbers, that belong to the site and not to an
article.

Several pages are compared by all that they show, so a block counts whether or not it was taken for body anywhere. Two
pages of one article say nothing about the outlet and count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil

from coranto.articles import OutletProfile

from .blocks import Run, lay_out
from .charset import text_of
from .tree import parse
from .words import squeeze

SHORTEST = 20
"""Characters from which on a block may be told from a label ("Pros:", "What we like") that articles share."""
MOST = 300
"""Blocks that a profile holds."""
_SHARE = 3
_TELLING = 80
_TITLES = 'title, meta[property="og:title"], h1'
_HALF, _NEARLY_ALL = 0.5, 0.95
_STANDING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "caption", "figcaption"))


def number(text: str) -> int:
    """The number of a block: the same in every process, positive, 63 bits."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def may_repeat(run: Run) -> bool:
    """Whether a run that stands on several pages belongs to none of them: headings and cells do recur in articles."""
    return len(run.text) >= SHORTEST and run.tag not in _STANDING


def profile_of(pages: Iterable[str | bytes], known: OutletProfile | None = None) -> OutletProfile:
    """What repeats across `pages` of one outlet, in addition to what is `known`: blocks on a third of them, on three
    at least, or on two of two or three. Raises TypeError for a page that is neither a string nor bytes."""
    shown: list[_Shown] = []
    for page in pages:
        this = _shown(page)
        if not any(_same_article(this, other) for other in shown):
            shown.append(this)
    counts = Counter(each for page in shown for each in page.blocks)
    least = max(min(len(shown) // 2 + 1, 3), 2, ceil(len(shown) / _SHARE))
    repeated = [each for each, count in counts.most_common() if count >= least]
    return OutletProfile(frozenset(repeated[:MOST]) | (known.repeated if known else frozenset()))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page as others are held against it: what it gives for a headline anywhere, its blocks by their numbers, and
    those among them that are long and no links."""

    titles: frozenset[str] = frozenset()
    blocks: frozenset[int] = frozenset()
    long: frozenset[int] = frozenset()


def _shown(page: str | bytes) -> _Shown:
    tree, _ = parse(text_of(page)[0])
    if tree.body is None:
        return _Shown()
    titles = [node.attributes.get("content") or node.text() for node in tree.css(_TITLES)[:4]]
    numbers = {number(run.text): run for run in lay_out(tree).runs if may_repeat(run)}
    long = (each for each, run in numbers.items() if len(run.text) >= _TELLING and run.linked <= 0.5 * len(run.text))
    return _Shown(frozenset(map(squeeze, titles)), frozenset(numbers), frozenset(long))


def _same_article(page: _Shown, other: _Shown) -> bool:
    """Whether two pages share nearly all of their long blocks, or half of them under one headline."""
    share = _HALF if page.titles & other.titles else _NEARLY_ALL
    least = min(len(page.long), len(other.long))
    return least > 0 and len(page.long & other.long) >= share * least
