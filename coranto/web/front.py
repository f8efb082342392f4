"""The front page: the lead, what else many outlets tell, the river, the sections.

No entry stands in two lists of one page: what was shown is left out of the lists that follow.
"""

from __future__ import annotations

from dataclasses import replace

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coranto.store.values import Home, StoryCard
from coranto.web import pictures, readers
from coranto.web.asking import whose
from coranto.web.beside import ranking, suggested
from coranto.web.door import lists
from coranto.web.habits import marked

SECONDS, PLACES, RIVER, LONGEST_RIVER = 3, 8, 8, 12


@require_safe
def home(request):
    """The front page."""
    found = filled(lists.home(**whose(request)))
    shown = shown_on(found)
    ranked = ranking(shown)
    reader = readers.profile_key(request)
    for_you, known = suggested(reader, shown) if reader else ([], False)
    cards = [story.lead for story in (found.lead, *found.seconds, *found.row) if story]
    context = {
        "current": "home",
        "home": found,
        "ranked": ranked,
        "suggested": for_you if known else [],
        "scope": "all:",
        **marked(request, shown),
        "pictures": pictures.of_cards(request, cards),
    }
    return render(request, "home.html", context, using="pages")


def filled(found: Home) -> Home:
    """The front page with its free places, where few stories are told by several outlets, taken by single reports of
    different outlets; at least `RIVER` stay in the river, and at most `LONGEST_RIVER` are shown."""
    stories = [found.lead] if found.lead else []
    stories += [*found.seconds, *found.row]
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
    latest = replace(found.latest, cards=tuple(river[:LONGEST_RIVER]))
    return replace(found, lead=lead, seconds=seconds, row=row, latest=latest)


def shown_on(found: Home) -> set[int]:
    """The articles whose headlines stand on the front page."""
    stories = [found.lead, *found.seconds, *found.row, *found.others]
    shown = {story.lead.id for story in stories if story}
    shown.update(card.id for story in stories if story for card in story.others)
    shown.update(card.id for card in found.latest.cards)
    shown.update(card.id for _, cards in found.sections for card in cards)
    return shown
