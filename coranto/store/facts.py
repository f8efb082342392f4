"""What a list's page says of its list: how many articles since when, how many a day, and whose they are.

Private outlets are left out of sections and topics, so that the answer is the same for all.
"""

from __future__ import annotations

from statistics import median

from coranto.store.cards import seen_by
from coranto.store.database import numbers, row, rows, storable
from coranto.store.times import DAY, SECOND, moment, now
from coranto.store.values import AuthorValue, ListFacts

DAYS, OUTLETS, AUTHORS, NEWEST = 30, 10, 12, 200
SECTION = ("article a", "a.section_id = (SELECT id FROM section WHERE slug = %s)", "a.at")
TOPIC = (
    "article_topic l JOIN article a ON a.id = l.article_id",
    "l.topic_id = (SELECT id FROM topic WHERE slug = %s)",
    "l.at",
)
OUTLET = ("article a", "a.outlet_id = (SELECT id FROM outlet WHERE slug = %s)", "a.at")


def section_facts(slug: str) -> ListFacts:
    """Of a section, with the outlets that fill it."""
    return facts(*SECTION, slug, seen_by(None))


def topic_facts(slug: str) -> ListFacts:
    """Of a topic, with the outlets that write on it."""
    return facts(*TOPIC, slug, seen_by(None))


def outlet_facts(slug: str, owner: bool = False) -> ListFacts:
    """Of an outlet, with those who sign most of late; for an `owner` also the share of own reports and the median time
    in seconds from publication to the first sighting here, over the newest articles."""
    found = facts(*OUTLET, slug, "")
    own, delay = habits(slug) if owner else (None, None)
    return ListFacts(found.articles, found.first, found.days, authors=signing(slug), own=own, delay=delay)


def facts(tables: str, where: str, at: str, slug: str, visible: str) -> ListFacts:
    slug, today = storable(slug), now() // DAY
    where = f"{where} AND a.state = 'listed'{visible}"
    articles, first = row(f"SELECT count(*), min({at}) FROM {tables} WHERE {where}", (slug,))
    days, by_outlet = [0] * DAYS, {}
    for outlet, day, count in rows(
        f"SELECT a.outlet_id, {at} / {DAY}, count(*) FROM {tables} WHERE {where} AND {at} >= %s"
        f" GROUP BY a.outlet_id, {at} / {DAY}",
        (slug, (today - DAYS + 1) * DAY),
    ):
        days[min(DAYS - 1, day - (today - DAYS + 1))] += count
        by_outlet[outlet] = by_outlet.get(outlet, 0) + count
    return ListFacts(articles, moment(first), tuple(days), len(by_outlet), outlets_of(by_outlet))


def outlets_of(counts: dict[int, int]) -> tuple[tuple[str, str, int], ...]:
    most = sorted(counts, key=lambda outlet: (-counts[outlet], outlet))[:OUTLETS]
    named = {ident: (name, slug) for ident, name, slug in rows(
        f"SELECT id, name, slug FROM outlet WHERE id IN ({numbers(most)})"
    )}  # fmt: skip
    return tuple((*named[outlet], counts[outlet]) for outlet in most if outlet in named)


def signing(slug: str) -> tuple[AuthorValue, ...]:
    """The names that sign most in an outlet of late."""
    found = rows(
        "SELECT u.id, u.name, u.slug, o.name, o.slug FROM outlet o JOIN author u ON u.outlet_id = o.id"
        " JOIN article_author l ON l.author_id = u.id AND l.at >= %s WHERE o.slug = %s"
        f" GROUP BY u.id, u.name, u.slug, o.name, o.slug ORDER BY count(*) DESC, u.name LIMIT {AUTHORS}",
        (now() - DAYS * DAY, storable(slug)),
    )
    return tuple(AuthorValue(*each) for each in found)


def habits(slug: str) -> tuple[float | None, float | None]:
    found = rows(
        "SELECT a.copy_of, a.seen - a.published FROM article a WHERE a.outlet_id = (SELECT id FROM outlet WHERE"
        f" slug = %s) AND a.state = 'listed' ORDER BY a.at DESC LIMIT {NEWEST}",
        (storable(slug),),
    )
    late = [delay / SECOND for _, delay in found if delay is not None and delay >= 0]
    own = sum(copy is None for copy, _ in found) / len(found) if found else None
    return own, median(late) if late else None
