"""Looking at how stored pages are read, and trying a rule on an outlet's pages before it is kept. Changes nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coranto.articles import Article, Document, Rule
from coranto.pipeline.single import explained, read
from coranto.store import ways

if TYPE_CHECKING:
    from coranto.extract import Explanation

TRIED_ON = 20
LONGEST_TRY = 4.0
"""Seconds of work after which no further page is tried."""
EXAMPLES = 3
HARDLY_ANY = 0.1
"""What is left of a text that a rule empties."""


@dataclass(frozen=True, slots=True)
class Example:
    """A stored page that a rule would have read otherwise: its article, and the reading before and after."""

    article_id: int
    headline: str
    before: Article
    after: Article


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would change: of how many stored pages tried, how many would be read otherwise, and how many would be
    left with hardly any text; the first few of them, those it would empty before the others."""

    tried: int
    changed: int
    emptied: int
    examples: tuple[Example, ...]

    @property
    def fault(self) -> str:
        """Why the rule must not be kept: 'untried' where no page is stored, 'emptied' where one would be left with
        hardly any text; '' where it may."""
        return "untried" if not self.tried else "emptied" if self.emptied else ""


def try_rule(outlet_id: int, rule: Rule) -> Trial:
    """Read the last stored pages of an outlet by its present rules, and by this one too. Raises
    `coranto.extract.RuleError` where the rule cannot be followed."""
    from coranto.extract import check_rule

    check_rule(rule)
    rules, profile = ways.known_of([outlet_id]).get(outlet_id, ((), None))
    found: list[Example] = []
    tried, end = 0, time.monotonic() + LONGEST_TRY
    for article_id, headline, page in ways.stored_pages(outlet_id, TRIED_ON):
        if time.monotonic() > end:
            break
        tried += 1
        before, after = (read(page, each, profile) for each in (rules, (*rules, rule)))
        if before != after:
            found.append(Example(article_id, headline, before, after))
    emptied = [example for example in found if empties(example)]
    first = (emptied + [example for example in found if example not in emptied])[:EXAMPLES]
    return Trial(tried, len(found), len(emptied), tuple(first))


def empties(example: Example) -> bool:
    """Whether hardly any text is left."""
    before, after = len(example.before.text), len(example.after.text)
    return before > 0 and after <= HARDLY_ANY * before


def why(outlet_id: int, page: Document) -> Explanation | None:
    """The explanation of a stored page as its outlet's pages are read now; None for what is no page."""
    rules, profile = ways.known_of([outlet_id]).get(outlet_id, ((), None))
    return explained(page, rules, profile)
