"""Whether For you earns its place: what was opened where it shared its list, and what it has learned."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from coranto.ranking import share, verdict
from coranto.store import events, taught
from coranto.web.owner.only import owners_page, shown
from coranto.web.wording import number


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: the other order, how often each was opened, and what that says."""

    name: str
    ours: int
    theirs: int
    says: str


@owners_page
def page(request):
    """The comparisons, as far as the log goes back, and the model in use."""
    names = {"read": gettext("Most read"), "new": gettext("Latest")}
    rows = [Row(names[name], *counts, says(*counts)) for name, counts in events.opened_beside().items()]
    return shown(request, "owner_earning.html", here="for-you", rows=rows, learned=learned())


def says(ours: int, theirs: int) -> str:
    """What two counts say, with how sure it is."""
    if not ours + theirs:
        return gettext("Nothing yet: no shared list was opened.")
    own, low, high = (number_format(100 * each, 0) for each in share(ours, theirs))
    return {
        "better": gettext("It earns its place: %(own)s %% of what is opened is its own (%(low)s to %(high)s)."),
        "worse": gettext("It does not earn its place: %(own)s %% of what is opened is its own (%(low)s to %(high)s)."),
        "unclear": gettext("Not to be told yet: %(own)s %% of what is opened is its own (%(low)s to %(high)s)."),
    }[verdict(ours, theirs)] % {"own": own, "low": low, "high": high}


def learned() -> str:
    """What the model in use did when it was tried; that there is none."""
    model = taught.current()
    if model is None:
        return gettext("Nothing is learned from all readers together; “coranto train” does it where enough was opened.")
    figures = model.figures["auc"]
    return gettext(
        "A model of %(lists)s lists is in use: on days held out it put what was opened above what was not in"
        " %(with)s %% of cases, without it %(without)s %%."
    ) % {
        "lists": number(model.figures["impressions"]),
        "with": number_format(100 * figures[model.figures["kind"]], 1),
        "without": number_format(100 * figures["fixed"], 1),
    }
