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
"""A phrase in more texts than this is everybody's and tells nothing."""
MOST = 24


def sharing(phrases: Iterable[str], user: int | None = None, most: int = MOST) -> list[Covered]:
    """The listed articles that this user may see and that have the most of these phrases, those with more of them
    first."""
    hits: Counter[int] = Counter()
    for phrase in phrases:
        found = tokens(phrase)
        wanted, _ = expressions([Clause(tuple(found), phrase)]) if found else ("", "")
        ids = rows(f"{indexed()} LIMIT {BUSY + 1}", (wanted,)) if wanted else []
        if len(ids) <= BUSY:
            hits.update(ident for (ident,) in ids)
    sql = f"SELECT a.id FROM article a WHERE a.id IN ({numbers(hits)}) AND a.state = 'listed'{seen_by(user)}"
    visible = [ident for (ident,) in rows(sql)] if hits else []
    ranked = sorted(visible, key=lambda ident: (-hits[ident], ident))[:most]
    known = covered(ranked)
    return [known[ident] for ident in ranked if ident in known]
