"""The lists beside what is read: which entries are left to show, and what the ranked one is called."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from coranto.store.values import ListedCard
from coranto.web import rights, shell
from coranto.web.door import lists

LISTED, RANKED = 6, 30


def fresh(entries: Iterable[ListedCard], shown: set[int]) -> list[ListedCard]:
    """The entries not yet shown, at most `LISTED`; they count as shown from here on."""
    chosen = [entry for entry in entries if entry.card.id not in shown][:LISTED]
    shown.update(entry.card.id for entry in chosen)
    return chosen


def most_read(user: int | None) -> tuple[ListedCard, ...]:
    """What is read or covered most, more of it than a page shows; one answer for all visitors without an account."""
    if user is not None:
        return lists.most_read(RANKED, user=user)
    return shell.kept.get(f"most read, whole {rights.present().full}", lambda: lists.most_read(RANKED))


def ranking(entries: list[ListedCard]) -> dict:
    """The ranked list with the name and the window that its entries' reasons call for."""
    by_readers = all(entry.reason == "readers" for entry in entries)
    return {
        "ranked": entries,
        "ranked_title": gettext("Most read") if by_readers else gettext("Most covered"),
        "ranked_window": gettext("last 24 hours") if by_readers else gettext("last 3 days"),
    }
