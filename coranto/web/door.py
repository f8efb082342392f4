"""The store's reading rooms as visitors get them: what they answer is cut down to what the visitor may have.

Pages and feeds ask here and never the rooms themselves. For somebody with the right to whole texts nothing changes. For
others an article is its headline, its lead of at most 200 characters and the link; a value of a kind that this module
does not know is not handed out at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime
from functools import wraps
from html import escape
from types import ModuleType

from django.core.exceptions import PermissionDenied

from coranto import articles as kept
from coranto.store import articles as store_articles
from coranto.store import lists as store_lists
from coranto.store import marks as store_marks
from coranto.store import reads as store_reads
from coranto.store import search as store_search
from coranto.store import values
from coranto.web import rights

LEAD = 200


class Room:
    """A module of the store behind the door; its functions answer with what the present visitor may have."""

    def __init__(self, module: ModuleType):
        self._module = module

    def __getattr__(self, name: str):
        ask = getattr(self._module, name)

        @wraps(ask)
        def asked(*args, **options):
            return shown(ask(*args, **options))

        return asked


def shown(value):
    """What the present visitor may have of a value of the store."""
    return value if rights.present().full else cut(value)


def cut(value):
    """What the public may have of a value of the store."""
    if isinstance(value, (tuple, list)):
        return type(value)(cut(each) for each in value)
    if isinstance(value, dict):
        return {name: cut(each) for name, each in value.items()}
    way = WAYS.get(type(value))
    if way is None:
        raise PermissionDenied
    return way(value)


def as_it_is(value):
    """Numbers, names, times: facts about an article, not its text."""
    return value


def its_parts(value):
    """A value that holds others."""
    return replace(value, **{field.name: cut(getattr(value, field.name)) for field in fields(value)})


def card(value: values.Card) -> values.Card:
    """A card: the lead goes where its page allows none, the picture where the article is not free."""
    if value.free or not (value.image or value.nosnippet):
        return value
    return replace(value, image=None, lead="" if value.nosnippet else value.lead)


def article(value: values.ArticlePage) -> values.ArticlePage:
    """An article's page: of one that is not free the lead stands for the whole."""
    free = value.card.free
    return replace(
        value,
        card=card(value.card),
        reading=value.reading if free else opening(value),
        authors=value.authors if free else cut(value.authors),
        record=cut(value.record),
        story=cut(value.story),
        related=cut(value.related),
        whole=free,
    )


def opening(page: values.ArticlePage) -> kept.Article:
    """What a reading comes down to: the facts that lists tell, too, and the lead as its only paragraph."""
    told, lead = page.reading, "" if page.card.nosnippet else kept.lead(page.card.lead, LEAD)
    return kept.Article(
        title=told.title, authors=told.authors, published=told.published, modified=told.modified,
        date_evidence=tuple(replace(witness, detail="") for witness in told.date_evidence), section=told.section,
        tags=told.tags, canonical_url=told.canonical_url, syndicated_from=told.syndicated_from,
        language=told.language, text=lead, html=f"<p>{escape(lead)}</p>" if lead else "", robots=told.robots,
        kind=told.kind, confidence=told.confidence,
    )  # fmt: skip


def read_version(value: values.ReadVersion) -> values.ReadVersion:
    """A version of an article without its text."""
    if value.free:
        return value
    told = value.reading
    facts = kept.Article(title=told.title, authors=told.authors, published=told.published, language=told.language)
    return replace(value, reading=facts)


def author(value: values.AuthorValue) -> values.AuthorValue:
    """An author by name alone: what the outlet tells of the person is the outlet's text."""
    return replace(value, role=None, bio=None, joined=cut(value.joined))


def record(value: values.CopyRecord) -> values.CopyRecord:
    """A record without the sentences that its findings quote, be it from this text or from another."""
    findings = tuple({name: each for name, each in one.items() if name != "sentence"} for one in value.findings)
    return replace(value, earliest=cut(value.earliest), copies=cut(value.copies), findings=findings)


def hit(value: values.Hit) -> values.Hit:
    """A search result with its lead in place of the passage that was found."""
    told = card(value.card)
    if told.free:
        return value
    return replace(value, card=told, excerpt=((told.lead, False),) if told.lead else ())


FACTS = (
    type(None), bool, int, float, str, date, datetime, values.Carried, values.Gone, values.Mark, values.OutletValue,
    values.Part,
    values.SectionValue, values.Status, values.TopicValue, values.Version,
)  # fmt: skip
HOLDERS = (
    values.Cards, values.Home, values.ListedCard, values.Rankings, values.Results, values.Stories,
    values.StoryCard, values.StoryPage, values.ListFacts,
)  # fmt: skip
WAYS: dict[type, Callable] = {
    **dict.fromkeys(FACTS, as_it_is),
    **dict.fromkeys(HOLDERS, its_parts),
    values.Card: card,
    values.ArticlePage: article,
    values.AuthorValue: author,
    values.CopyRecord: record,
    values.Hit: hit,
    values.ReadVersion: read_version,
}

articles, lists, marks, reads, search = map(
    Room, (store_articles, store_lists, store_marks, store_reads, store_search)
)
