"""Why an article's page was read as it was: its parts in order, with what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from coranto.extract import Block
from coranto.pipeline import correcting
from coranto.store import ways
from coranto.web import wording
from coranto.web.owner.articles import page_of
from coranto.web.owner.only import owners_page, shown
from coranto.web.wording import percent

MOST_PARTS, LONGEST_PART = 400, 600
CUT = ("clutter", "list", "promotion", "notice")


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a page as it is shown: `place` is 'body', 'field' or 'cut', the rest is in words."""

    text: str
    place: str
    name: str
    why: str
    likeness: str
    selector: str

    @property
    def act(self) -> str:
        """The rule that would have it otherwise."""
        return "drop" if self.place == "body" else "keep"


@owners_page
def page(request, number: int):
    """The blocks of the page behind an article, with what became of each and why."""
    article = page_of(request, number)
    behind = ways.page_behind(number)
    told = correcting.why(article.outlet.id, behind.page) if behind and behind.page else None
    blocks, names, whys = told.blocks if told else (), verdicts(), reasons()
    context = {
        "here": None,
        "card": article.card,
        "outlet": article.outlet,
        "behind": behind,
        "told": told.article if told else None,
        "evidence": wording.evidence(article),
        "parts": [part(block, names, whys) for block in blocks[:MOST_PARTS]],
        "left": max(0, len(blocks) - MOST_PARTS),
    }
    return shown(request, "owner_why.html", **context)


def part(block: Block, names: dict[str, str], whys: dict[str, str]) -> Part:
    place = block.verdict if block.verdict == "body" else "cut" if block.verdict in CUT else "field"
    text = block.text if len(block.text) <= LONGEST_PART else block.text[:LONGEST_PART] + "…"
    likeness = "" if block.score is None else percent(block.score)
    name, why = names.get(block.verdict, block.verdict), whys.get(block.why, block.why)
    return Part(text, place, name, why, likeness, block.selector)


def verdicts() -> dict[str, str]:
    """What became of a block, by the word that the reader has for it."""
    return {
        "body": gettext("Text."),
        "title": gettext("Headline."),
        "subtitle": gettext("Standfirst."),
        "byline": gettext("Name."),
        "date": gettext("Date."),
        "caption": gettext("Caption."),
        "topics": gettext("Topics."),
        "breadcrumb": gettext("Way here."),
        "list": gettext("List, kept apart."),
        "promotion": gettext("Promotion, cut."),
        "notice": gettext("Notice, cut."),
        "clutter": gettext("Cut."),
    }


def reasons() -> dict[str, str]:
    """Why it became so, by the code that the reader gives."""
    return {
        "a rule drops it": gettext("A rule of this site drops it."),
        "on other pages, too": gettext("It stands on other pages of this outlet, too."),
        "outside": gettext("It stands outside the part of the page that holds the text."),
        "unlike the body": gettext("It does not read like the text around it."),
        "container": gettext("It stands in a part of the page whose name says that it is no text."),
        "behind the body": gettext("It trails behind the end of the text."),
        "link": gettext("It is a link to somewhere else."),
        "pointer": gettext("It points to another article."),
        "promotion": gettext("It sells something, or asks for something."),
        "notice": gettext("It is a line on rights or agencies."),
        "control": gettext("It is a button or another control."),
        "repeated": gettext("It stands on this page twice."),
        "heading of a list": gettext("It heads a list of other articles."),
        "heading without text": gettext("No text follows this heading."),
        "caption": gettext("It tells of a picture."),
        "title": gettext("It says the headline again."),
        "byline": gettext("It stands where a page says who wrote it, and when."),
        "names an author": gettext("It names who wrote the article."),
        "a date": gettext("It is a date."),
        "a topic of the article": gettext("It is one of the article’s topics."),
        "the way from the front page": gettext("It is the way here from the front page."),
        "under the headline": gettext("It stands under the headline and tells more."),
        "headline": "",
        "related": gettext("A list of related articles."),
        "ranking": gettext("A list in an order of rank."),
        "recommended": gettext("A list of recommendations."),
        "most_read": gettext("A list of what is read most."),
        "comments": gettext("A comment of a reader."),
    }
