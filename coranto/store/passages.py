"""Stored articles that have given phrases in their text: who may share passages with a text that is not stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coranto.store.cards import seen_by
from coranto.store.covered import Covered, covered
from coranto.store.database import numbers, rows
from coranto.store.search import expressions, indexed
from coranto.store.words import Clause, tokens

BUSY = 200
"""A phrase in more texts than this is everybody's: it tells nothing, but two of them do, for many print some texts."""
MOST = 24


def sharing(phrases: Iterable[str], user: int | None = None, most: int = MOST) -> list[Covered]:
    """The listed articles that this user may see and that have the most of these phrases, those with more of them
    first; before them the originals of those that are known as copies."""
    hits: Counter[int] = Counter()
    rare: set[int] = set()
    for phrase in phrases:
        found = tokens(phrase)
        wanted, _ = expressions([Clause(tuple(found), phrase)]) if found else ("", "")
        ids = [ident for (ident,) in rows(f"{indexed()} LIMIT {BUSY + 1}", (wanted,))] if wanted else []
        hits.update(ids)
        if len(ids) <= BUSY:
            rare.update(ids)
    visible = _visible((ident for ident, count in hits.items() if ident in rare or count > 1), user)
    ranked = sorted(visible, key=lambda ident: (-hits[ident], ident))[:most]
    # Of a busy phrase the index gives the newest texts, and the first of them may be far below.
    originals = _visible({visible[ident] for ident in ranked} - {None, *ranked}, user)
    chosen = [*sorted(originals), *ranked][:most]
    known = covered(chosen)
    return [known[ident] for ident in chosen if ident in known]


def _visible(ids: Iterable[int], user: int | None) -> dict[int, int | None]:
    """The listed articles among these that the user may see, each with the article whose copy it is."""
    sql = f"SELECT a.id, a.copy_of FROM article a WHERE a.id IN ({numbers(ids)}) AND a.state = 'listed'{seen_by(user)}"
    return dict(rows(sql))
