"""Why a page was read as it was: its blocks in page order, each with what became of it and for what reason.

For people who look at one page; `extract` alone makes none of this. Reasons are short codes in plain English, so that
a site can say them in its own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coranto.articles import Article, OutletProfile, Rule

from . import clutter
from .blocks import Box, Layout
from .dates import find_moment
from .reader import Reading, read_page, with_siblings
from .words import fold

VERDICTS = (
    "body", "title", "subtitle", "byline", "date", "caption", "topics", "breadcrumb", "list", "promotion", "notice",
    "clutter",
)  # fmt: skip
RULE = "a rule drops it"
_FIELDS = {"title": "title", "byline": "byline", "caption": "caption", "promotion": "promotion", "notice": "notice"}
_LISTS = ("related", "ranking", "recommended", "most_read")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text as readers see it, and one of `VERDICTS` on it.

    `why` is the reason as a code: for a field the name of what it gave ("headline"), for a list which one, for clutter
    what speaks against it. `score` is how much the block reads like body text by the trained judge, between 0 and 1;
    None where it was not asked, for a rule drops the block or the page has too many. `selector` names the innermost
    element with a name of its own around the block, as a rule would.
    """

    text: str
    verdict: str
    why: str = ""
    score: float | None = None
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The article of a page and the page's blocks in their order."""

    article: Article
    blocks: tuple[Block, ...]


def explain(
    html: str | bytes,
    url: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    charset: str | None = None,
    rules: Iterable[Rule] = (),
    profile: OutletProfile | None = None,
    siblings: Iterable[str | bytes] = (),
) -> Explanation:
    """Read one page as `extract` does, and tell of each of its blocks what became of it. Raises what `extract` does."""
    rules = tuple(rules)
    profile = with_siblings(html, profile, siblings)
    given = {"headers": headers, "charset": charset, "profile": profile}
    reading = read_page(html, url, rules=rules, **given)
    blocks = _blocks(reading)
    if any(rule.kind == "drop" for rule in rules):
        others = tuple(rule for rule in rules if rule.kind != "drop")
        blocks = _with_dropped(_blocks(read_page(html, url, rules=others, **given)), blocks)
    return Explanation(reading.article, tuple(blocks))


def _blocks(reading: Reading) -> list[Block]:
    layout, body, known = reading.layout, reading.body, reading.known
    if layout is None or body is None or known is None or not layout.runs:
        return []
    kept = set(body.kept)
    scores = {index: round(chance, 3) for index, chance in body.chances.items()}
    places = _Places(reading.article)
    blocks = []
    for index, run in enumerate(layout.runs):
        if index == known.standfirst:
            verdict, why = "subtitle", "under the headline"
        elif index in kept:
            verdict, why = "body", ""
        elif index == known.headline:
            verdict, why = "title", "headline"
        else:
            reason = "caption" if run.tag in ("figcaption", "caption") else body.cut.get(index, "outside")
            verdict, why = places.field(run.text, reason)
        blocks.append(Block(run.text, verdict, why, scores.get(index), _selector(layout, run.box)))
    return blocks


class _Places:
    """Where the words of an article's fields stand, to be found again in its blocks."""

    def __init__(self, article: Article) -> None:
        self.names = [fold(name) for name in article.authors]
        self.topics = {fold(tag) for tag in article.tags}
        self.crumbs = {fold(name) for name in article.breadcrumb}
        self.lists = {fold(link.title): name for name in _LISTS for link in getattr(article.lists, name)}
        self.comments = set(article.lists.comments)

    def field(self, text: str, reason: str) -> tuple[str, str]:
        """Verdict and reason for a block that is not body, which was cut for `reason`."""
        key = fold(text[:400])
        if key in self.lists:
            return "list", self.lists[key]
        if text in self.comments:
            return "list", "comments"
        if len(text) <= 200 and reason not in ("caption", "promotion", "notice"):
            if any(name in key for name in self.names if name):
                return "byline", "names an author"
            if len(text) <= 80 and find_moment(text) is not None:
                return "date", "a date"
            if key and len(key) <= sum(len(topic) + 1 for topic in self.topics if topic in key):
                return "topics", "a topic of the article"
            if key in self.crumbs:
                return "breadcrumb", "the way from the front page"
        return _FIELDS.get(reason, "clutter"), reason


def _with_dropped(whole: list[Block], read: list[Block]) -> list[Block]:
    """The blocks `read`, and where they stood among them those of the `whole` page that a rule drops. A block that
    loses a part of its line stands there twice, as it was and as it is."""
    left = Counter(block.text for block in whole)
    blocks: list[Block] = []
    place = 0
    for block in whole:
        while place < len(read) and not left[read[place].text]:
            blocks.append(read[place])
            place += 1
        left[block.text] -= 1
        if place < len(read) and read[place].text == block.text:
            blocks.append(read[place])
            place += 1
        else:
            blocks.append(Block(block.text, "clutter", RULE, None, block.selector))
    return blocks + read[place:]


def _selector(layout: Layout, number: int) -> str:
    """What a rule would call the innermost element around a block that has a name of its own; empty for none."""
    for place in layout.ancestors(number):
        if place and (name := _name(layout.boxes[place])):
            return name
    return ""


def _name(box: Box) -> str:
    attributes = box.node.attributes
    names = [name for name in (attributes.get("class") or "").split() if _is_plain(name)]
    if names:
        telling = [name for name in names if clutter.marks_of(name.lower())]
        return f"{box.tag}.{(telling or names)[0]}"
    given = (attributes.get("id") or "").strip()
    return f"{box.tag}#{given}" if _is_plain(given) else ""


def _is_plain(name: str) -> bool:
    return bool(name) and len(name) <= 60 and set(name) <= _PLAIN and not name[0].isdigit() and name[0] != "-"
