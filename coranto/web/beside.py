"""The lists beside what is read: what is read and covered most, what is suggested, what is left to show."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, ngettext

from coranto.store import outlets, profiles, suggesting
from coranto.store.values import ListedCard, Rankings
from coranto.web import rights, shell
from coranto.web.door import lists

LISTED, FEWER, ASKED = 6, 3, 40


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranked list as it stands on a page: what it is called in readers' logs, its name, its time window in words, its
    entries."""

    place: str
    title: str
    window: str
    entries: list[ListedCard]


def fresh(entries: Iterable[ListedCard], shown: set[int], most: int = LISTED) -> list[ListedCard]:
    """The entries not yet shown, at most `most`; they count as shown from here on."""
    chosen = [entry for entry in entries if entry.card.id not in shown][:most]
    shown.update(entry.card.id for entry in chosen)
    return chosen


def ranking(shown: set[int], section: str | None = None, outlet: str | None = None) -> list[Ranked]:
    """What is read most, rises and is covered most, of the site, a section or an outlet (by slug), without what was
    shown.
    Where too few readers were here for their number to say something, most covered stands alone. The answer of the
    store is kept for all readers together."""
    found: Rankings = kept(("ranking", section, outlet), lambda: lists.ranked(ASKED, section, outlet))
    read = fresh(found.most_read, shown)
    rising = fresh(found.rising, shown, FEWER)
    covered = fresh(found.covered, shown, FEWER if found.most_read else LISTED)
    made = [
        Ranked("most-read", gettext("Most read"), gettext("last 24 hours"), read),
        Ranked("rising", gettext("Rising"), gettext("last 3 hours"), rising),
        Ranked("covered", gettext("Most covered"), days_of(found.days), covered),
    ]
    return [each for each in made if each.entries]


def days_of(number: int) -> str:
    """'last 3 days'."""
    return ngettext("last %(num)s day", "last %(num)s days", number) % {"num": number}


def suggested(reader: str | None, shown: set[int]) -> tuple[list[ListedCard], bool]:
    """What a remembered reader's reading brings, else the lead of each section in the page's language, without what
    was shown; and if it is the first. What there is to choose from is kept for all readers together."""
    known = profiles.profile(reader)
    if known is None or not (known.remembers and known.reads):
        language = get_language()
        leads = kept(f"suggested {language}", lambda: lists.for_you(None, ASKED, language=language))
        return fresh(leads, shown), False
    among, keep = shell.kept.get("shelf", suggesting.shelf), shell.kept.get
    return fresh(lists.for_you(reader, LISTED, exclude=shown, among=among, known=known, keep=keep), shown), True


def kept(name: Hashable, ask: Callable):
    """One answer for all readers who may have as much of it."""
    return shell.kept.get((name, rights.present().full), ask)


def kept_alike(user: int | None, name: Hashable, ask: Callable):
    """One answer for all readers from whom the same outlets are hidden and to whom things are told in one manner;
    visitors without an account (`user` is None) are alike."""
    hidden = None if user is None else outlets.hidden_outlets(user)
    return shell.kept.get((name, hidden, *shell.manner()), ask)
