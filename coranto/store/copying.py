"""Who carries whose texts, and what each outlet does with them: counted for those who run the site, with the articles
as proof. Private outlets stand in no count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coranto.store.cards import cards_of
from coranto.store.database import numbers, rows
from coranto.store.notes import DIFFERING
from coranto.store.times import DAY, now
from coranto.store.values import Card
from coranto.store.versions import updated

NEWEST = 500
DAYS = 90
TAKEN = "a.state = 'listed' AND a.copy_of IS NOT NULL AND a.role = 'uncredited_copy' AND a.at > %s"
KINDS = ("own", "credited", "unnamed", "date", "name", "corrected")


@dataclass(frozen=True, slots=True)
class Deeds:
    """Of the newest `articles` of an outlet those of each of `KINDS`, by id, the newest first: own reports, copies that
    name their source and that do not, copies with another date or name, articles corrected after they were seen."""

    articles: int
    kinds: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Carrying:
    """Who carried whose texts of late. `names` and `articles` by outlet; `taken` are (outlet, outlet of the original,
    texts, of these under another name or date), `shared` (outlet, outlet, texts that both took)."""

    names: dict[int, str]
    articles: dict[int, int]
    taken: tuple[tuple[int, int, int, int], ...]
    shared: tuple[tuple[int, int, int], ...]


def deeds(outlet_id: int) -> Deeds:
    """What an outlet does with texts."""
    kinds: dict[str, list[int]] = {kind: [] for kind in KINDS}
    newest = (
        f"SELECT id FROM article WHERE outlet_id = {int(outlet_id)} AND state = 'listed' ORDER BY at DESC, id DESC"
        f" LIMIT {NEWEST}"
    )
    found = rows(
        "SELECT a.id, a.copy_of, a.role, a.differs, t.findings FROM article a LEFT JOIN trace t ON t.article_id = a.id"
        f" AND a.differs WHERE a.id IN (SELECT id FROM ({newest}) AS latest) ORDER BY a.at DESC, a.id DESC"
    )
    for ident, copy_of, role, differs, findings in found:
        if copy_of is None:
            kinds["own"].append(ident)
            continue
        kinds["credited" if role == "credited_copy" else "unnamed"].append(ident)
        for finding in DIFFERING:
            if differs and f'"{finding}"' in (findings or ""):
                kinds[finding.removesuffix("_differs")].append(ident)
    changed = updated(ident for ident, *_ in found)
    kinds["corrected"] = sorted(changed, key=lambda ident: changed[ident], reverse=True)
    return Deeds(len(found), {kind: tuple(ids) for kind, ids in kinds.items()})


def proof(ids: Iterable[int]) -> tuple[tuple[Card, Card | None], ...]:
    """These articles, each with the earliest of its text where it is a copy."""
    ids = list(ids)
    found = cards_of(ids)
    earliest = cards_of(one.copy_of for one in found.values() if one.copy_of)
    return tuple((found[ident], earliest.get(found[ident].copy_of)) for ident in ids if ident in found)


def carrying(days: int = DAYS) -> Carrying:
    """Who carried whose texts in the last days, as far as that was not said beside them."""
    since = now() - days * DAY
    taken = rows(
        "SELECT a.outlet_id, e.outlet_id, count(*), sum(CASE WHEN a.differs THEN 1 ELSE 0 END) FROM article a"
        " JOIN article e ON e.id = a.copy_of JOIN outlet o ON o.id = a.outlet_id JOIN outlet p ON p.id = e.outlet_id"
        f" WHERE {TAKEN} AND a.outlet_id <> e.outlet_id AND o.private_to_id IS NULL AND p.private_to_id IS NULL"
        " GROUP BY a.outlet_id, e.outlet_id ORDER BY count(*) DESC, a.outlet_id, e.outlet_id",
        (since,),
    )
    takers = numbers(outlet for outlet, *_ in taken)
    shared = rows(
        "SELECT a.outlet_id, b.outlet_id, count(DISTINCT a.copy_of) FROM article a JOIN article b ON b.copy_of ="
        f" a.copy_of AND b.outlet_id > a.outlet_id AND b.role = 'uncredited_copy' AND b.state = 'listed' WHERE {TAKEN}"
        f" AND a.outlet_id IN ({takers}) AND b.outlet_id IN ({takers}) GROUP BY a.outlet_id, b.outlet_id",
        (since,),
    )
    named = numbers({outlet for one, other, *_ in taken for outlet in (one, other)})
    names = dict(rows(f"SELECT id, name FROM outlet WHERE id IN ({named})"))
    articles = dict(
        rows(
            f"SELECT outlet_id, count(*) FROM article WHERE outlet_id IN ({named}) AND state = 'listed' AND at > %s"
            " GROUP BY outlet_id",
            (since,),
        )
    )
    return Carrying(names, articles, tuple(tuple(map(int, each)) for each in taken), tuple(shared))
