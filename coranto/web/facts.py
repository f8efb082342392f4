"""What a list's page says of its list in words: the row of facts, the pace of the last 30 days, who fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from coranto.store.values import Card, ListFacts
from coranto.web import drawing, times
from coranto.web.wording import number, percent

LARGER, ENOUGH, NEW = 3, 9, timedelta(days=3)
"""How many cards stand larger above a river, how long a list must be for that, and how much older than the newest."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The articles of 30 days, as bars and in words."""

    drawn: drawing.Spark
    says: str


def row(found: ListFacts, now: datetime) -> list[tuple[str, str]]:
    """(name, value) of each fact that is known."""
    facts = [(npgettext("fact", "article", "articles", found.articles), number(found.articles))]
    if found.telling > 1:
        facts.append((pgettext("fact", "outlets in 30 days"), number(found.telling)))
    if found.first:
        facts.append((pgettext("fact", "the earliest"), times.day(found.first, now)))
    if found.own is not None:
        facts.append((pgettext("fact", "own reports"), percent(found.own)))
    if found.delay is not None:
        facts.append((pgettext("fact", "median until read here"), times.span(found.delay)))
    return facts


def pace(days: Sequence[int], now: datetime) -> Pace | None:
    """'12 a day, none since Sunday' with its bars; None where 30 days brought nothing."""
    if not any(days):
        return None
    says = rate(days)
    quiet = next(n for n, count in enumerate(reversed(days)) if count)
    if quiet > 1:
        last = times.local(now).date() - timedelta(days=quiet)
        since = str(WEEKDAYS[last.weekday()]) if quiet < 7 else times.day(last, now)
        says = gettext("%(rate)s, none since %(day)s") % {"rate": says, "day": since}
    return Pace(drawing.spark(days), says)


def rate(days: Sequence[int]) -> str:
    """'12 a day', on the average of days that brought something."""
    a_day = round(sum(days) / len(days))
    if not a_day:
        return gettext("fewer than one a day")
    return ngettext("%(num)s a day", "%(num)s a day", a_day) % {"num": number(a_day)}


def larger(cards: Sequence[Card]) -> tuple[list[Card], list[Card]]:
    """What stands larger above the river, and what is left for it: of the newest those that most outlets tell, one of
    each story. A short list has none."""
    if len(cards) < ENOUGH:
        return [], list(cards)
    chosen: list[Card] = []
    stories: set[int] = set()
    new = [card for card in cards if cards[0].at - card.at <= NEW]
    for card in sorted(new, key=lambda one: -one.story_outlets):
        if card.story_id not in stories and len(chosen) < LARGER:
            chosen.append(card)
            stories.add(card.story_id or -card.id)
    shown = {card.id for card in chosen}
    return chosen, [card for card in cards if card.id not in shown]
