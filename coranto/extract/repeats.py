"""What repeats across the pages of an outlet: blocks of text, known by numbers, that belong to the site and not to an
article.

Several pages are compared by all that they show, so a block counts whether or not it was taken for body anywhere. Two
pages of one article say nothing about the outlet and count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from math import ceil

from coranto.articles import OutletProfile

from . import charset as charsets
from .blocks import Run, lay_out
from .tree import parse

SHORTEST = 20
"""Characters from which on a block may be told from a label ("Pros:", "What we like") that articles share."""
MOST = 300
"""Blocks that a profile holds."""
_SHARE = 3
_TELLING = 80
_STANDING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "caption", "figcaption"))


def number(text: str) -> int:
    """The number of a block: the same in every process, positive, 63 bits."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def may_repeat(run: Run) -> bool:
    """Whether a run that stands on several pages belongs to none of them: headings and cells do recur in articles."""
    return len(run.text) >= SHORTEST and run.tag not in _STANDING and run.linked <= 0.5 * len(run.text)


def profile_of(pages: Iterable[str | bytes], known: OutletProfile | None = None) -> OutletProfile:
    """What repeats across `pages` of one outlet, in addition to what is `known`: blocks on a third of them, and on two
    at least. Raises TypeError for a page that is neither a string nor bytes."""
    shown: list[dict[int, int]] = []
    for page in pages:
        blocks = _blocks(page)
        if not any(_same_article(blocks, other) for other in shown):
            shown.append(blocks)
    counts = Counter(each for blocks in shown for each in blocks)
    least = max(2, ceil(len(shown) / _SHARE))
    repeated = [each for each, count in counts.most_common() if count >= least]
    return OutletProfile(frozenset(repeated[:MOST]) | (known.repeated if known else frozenset()))


def _blocks(page: str | bytes) -> dict[int, int]:
    """The blocks of a page that may repeat: their numbers, with their lengths."""
    if isinstance(page, bytes | bytearray | memoryview):
        page, _ = charsets.decode(bytes(page), None, None)
    elif not isinstance(page, str):
        raise TypeError(f"a page is a string or bytes, not {type(page).__name__}")
    tree, _ = parse(page)
    return {number(run.text): len(run.text) for run in lay_out(tree).runs if may_repeat(run)}


def _same_article(blocks: dict[int, int], others: dict[int, int]) -> bool:
    """Whether two pages share most of their long blocks."""
    long, longer = ({each for each, size in page.items() if size >= _TELLING} for page in (blocks, others))
    return bool(long and longer) and 2 * len(long & longer) >= min(len(long), len(longer))
