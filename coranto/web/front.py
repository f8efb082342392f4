"""The front page: the lead, what else many outlets tell, the river, the sections.

No entry stands in two lists of one page: what was shown is left out of the lists that follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coranto.store.values import Home, StoryCard
from coranto.web import figures, pictures, readers
from coranto.web.asking import whose
from coranto.web.beside import kept_alike, ranking, suggested
from coranto.web.door import lists
from coranto.web.habits import marked

SECONDS, PLACES, RIVER, SHORT = 3, 8, 8, 3
BESIDE_TEXT, ACROSS = 2, 4
"""Stories beside a lead that has no picture, and in each row below it."""
FEW_SECTIONS = 6
"""Up to so many sections show all their newest, more show two each: the page has its weight."""


@require_safe
def home(request):
    """The front page."""
    mine = whose(request)
    found = kept_alike(mine["user"], ("home", mine["follows"]), lambda: filled(lists.home(**mine)))
    if mine["user"]:  # the words to press on every card weigh as much as the second row and one card more
        latest = replace(found.latest, cards=found.latest.cards[: RIVER - 1])
        found = replace(found, others=(), latest=latest)
    cards = [story.lead for story in (found.lead, *found.seconds, *found.row) if story]
    kept = pictures.of_cards(request, cards)
    picture = figures.leading(found.lead.lead.image, kept) if found.lead else None
    if picture is None:
        found = led_by_text(found)
    shown = shown_on(found)
    ranked = ranking(shown)
    reader = readers.profile_key(request)
    for_you, known = suggested(reader, shown) if reader else ([], False)
    if known:  # two lists share the room beside the latest
        ranked, for_you = [replace(one, entries=one.entries[:SHORT]) for one in ranked], for_you[:SHORT]
    noted = {**{one.place: one.entries for one in ranked}, "for-you": for_you if known else ()}
    context = {
        "current": "home",
        "home": found,
        "lead_picture": picture,
        "ranked": ranked,
        "suggested": for_you if known else [],
        "logged": readers.listed(request, reader, noted),
        "scope": "all:",
        **marked(request, shown),
        "pictures": kept,
    }
    return render(request, "home.html", context, using="pages")


def filled(found: Home) -> Home:
    """The front page with its free places, where few stories are told by several outlets, taken by single reports of
    different outlets; at least `RIVER` stay in the river, which shows as many. Of many sections each shows less."""
    if len(found.sections) > FEW_SECTIONS:
        found = replace(found, sections=tuple((section, cards[:2]) for section, cards in found.sections))
    stories = [found.lead] if found.lead else []
    told_here = spread((*found.seconds, *found.row, *found.others))
    stories += told_here[: PLACES - 1]
    outlets, told = {story.lead.outlet_slug for story in stories}, {story.id for story in stories}
    river = list(found.latest.cards)
    for card in found.latest.cards:
        if len(stories) == PLACES or len(river) == RIVER:
            break
        if card.outlet_slug not in outlets and card.story_id not in told and card.story_outlets < 2:
            outlets.add(card.outlet_slug)
            river.remove(card)
            stories.append(StoryCard(card.id, card.slug, card.title, card, 1, 1, card.copies, card, card))
    if not stories:
        return found
    lead, seconds, row = stories[0], tuple(stories[1 : 1 + SECONDS]), tuple(stories[1 + SECONDS :])
    latest = replace(found.latest, cards=tuple(river[:RIVER]))
    others = tuple(told_here[PLACES - 1 :])
    return replace(found, lead=lead, seconds=seconds, row=row, others=others, latest=latest)


def led_by_text(found: Home) -> Home:
    """The front page whose lead has no picture, and so is shorter: one story fewer stands beside it and begins the rows
    below, which stay whole."""
    below = (*found.seconds[BESIDE_TEXT:], *found.row, *found.others)
    below = below[: max(ACROSS, len(below) // ACROSS * ACROSS)]
    return replace(found, seconds=found.seconds[:BESIDE_TEXT], row=below[:ACROSS], others=below[ACROSS:])


def spread(stories: Sequence[StoryCard]) -> list[StoryCard]:
    """The stories in their order, but of single reports first one of each outlet, those in the pages' language before
    others: so no outlet that wrote last has the top of the page to itself."""
    own, met = str(get_language() or "").partition("-")[0], Counter()
    placed = []
    for story in stories:
        if story.outlets < 2:
            outlet, language = story.lead.outlet_slug, (story.lead.language or own).partition("-")[0]
            placed.append((met[outlet], language != own, len(placed), story))
            met[outlet] += 1
    singles = iter(sorted(placed, key=lambda one: one[:3]))
    return [story if story.outlets > 1 else next(singles)[3] for story in stories]


def shown_on(found: Home) -> set[int]:
    """The articles whose headlines stand on the front page."""
    stories = [found.lead, *found.seconds, *found.row, *found.others]
    shown = {story.lead.id for story in stories if story}
    shown.update(card.id for story in stories if story for card in story.others)
    shown.update(card.id for card in found.latest.cards)
    shown.update(card.id for _, cards in found.sections for card in cards)
    return shown
