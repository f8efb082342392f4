"""The ranked lists on a page of their own, and as JSON: of a day or a week, of the site, a section or an outlet."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coranto.web import addresses, readers
from coranto.web.asking import found_or_404
from coranto.web.beside import Ranked, days_of, kept
from coranto.web.door import lists
from coranto.web.habits import marked
from coranto.web.reasons import reason

LISTED = 10
SPANS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a span of `SPANS`, and a section or an outlet by slug and name, '' for the site."""

    span: str
    section: str = ""
    outlet: str = ""
    name: str = ""

    @classmethod
    def of(cls, request) -> Asked:
        """404 for a section or outlet that nobody may see."""
        span = request.GET.get("span", "")
        span = span if span in SPANS else "day"
        if section := request.GET.get("section"):
            return cls(span, section=section, name=found_or_404(lists.section(section))[0].name)
        if outlet := request.GET.get("outlet"):
            return cls(span, outlet=outlet, name=found_or_404(lists.outlet(outlet))[0].name)
        return cls(span)

    def ranked(self) -> list[Ranked]:
        """The lists that hold something; the answer of the store is kept for all readers together."""
        found = kept(
            ("ranking page", self),
            lambda: lists.ranked(LISTED, self.section or None, self.outlet or None, SPANS[self.span]),
        )
        window = gettext("last 24 hours") if self.span == "day" else days_of(SPANS[self.span])
        late = gettext("last 24 hours; the last ones count most") if self.span == "day" else window
        made = [
            Ranked("most-read", gettext("Most read"), late, list(found.most_read)),
            Ranked("rising", gettext("Rising"), gettext("last 3 hours"), list(found.rising)),
            Ranked("covered", gettext("Most covered"), days_of(found.days), list(found.covered)),
            Ranked("discussed", gettext("Most discussed"), window, list(found.discussed)),
        ]
        return [each for each in made if each.entries]

    def address(self, span: str) -> str:
        """The same lists over another span."""
        return addresses.ranking(span=span, section=self.section, outlet=self.outlet)


@require_safe
def page(request):
    """The ranked lists."""
    asked = Asked.of(request)
    ranked, key = asked.ranked(), readers.profile_key(request)
    context = {
        "current": None,
        "asked": asked,
        "ranked": ranked,
        "spans": [("day", gettext("Day")), ("week", gettext("Week"))],
        "logged": readers.listed(request, key, {one.place: one.entries for one in ranked}),
        **marked(request, [entry.card.id for one in ranked for entry in one.entries]),
    }
    return render(request, "ranking.html", context, using="pages")


@require_safe
def data(request):
    """The same as JSON: each list with its entries, and the reason of each in kind, values and words."""
    asked = Asked.of(request)
    told = {
        one.place: [
            {
                "id": entry.card.id,
                "title": entry.card.title,
                "outlet": entry.card.outlet,
                "address": settings.SITE_URL + addresses.article(entry.card),
                "reason": entry.reason,
                "values": entry.values,
                "why": reason(entry),
            }
            for entry in one.entries
        ]
        for one in asked.ranked()
    }
    return JsonResponse({"span": asked.span, "section": asked.section, "outlet": asked.outlet, "lists": told})
