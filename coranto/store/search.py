"""Full-text search: title, body, author, outlet and topic, phrases, exclusions and days, newest first or by
relevance.

Nothing a person can type is an error. Up to 10,000 hits are looked at, the newest stored first; beyond that the count
is capped. Both databases fold words alike (`coranto.store.words`), and highlights are made here for both.
"""

from __future__ import annotations

from dataclasses import dataclass

from coranto.store.cards import COLUMNS, TABLES, WIDTH, card, cursor_of, place_of, seen_by, with_updates
from coranto.store.database import numbers, postgresql, rows, storable
from coranto.store.outlets import named_outlets
from coranto.store.times import day_bounds
from coranto.store.values import Hit, Query, Results
from coranto.store.words import Clause, clauses, excerpt, pattern, runs, spaced, unspaced

MOST_HITS = 10_000
COLUMN_OF = {"title": "title", "author": "byline", "topic": "topics"}
LABEL_OF = {"title": "A", "author": "B", "topic": "C"}
RANKED = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart: the words for the index, and conditions on the articles."""

    clauses: tuple[Clause, ...]
    words: str
    without: str
    conditions: str
    values: tuple


def search(query: Query, user: int | None = None, cursor: str | None = None, per: int = 20) -> Results:
    """What was found: hits with runs of (text, matched), their exact number up to 10,000, and the number of stories."""
    asked = take_apart(query)
    if asked is None:
        return Results((), 0)
    found = hits(asked, query.order == "relevance", seen_by(user))
    capped = len(found) > MOST_HITS
    found = found[:MOST_HITS]
    if query.order != "relevance":
        found.sort(key=lambda one: (one[1], one[0]), reverse=True)
    stories = len({story or -ident for ident, _, story in found})
    start = offset(found, cursor, per)
    shown = found[start : start + per]
    results = shown_hits([ident for ident, _, _ in shown], asked)
    older = cursor_of(results[-1].card, "o") if results and start + per < len(found) else None
    newer = cursor_of(results[0].card, "n") if results and start > 0 else None
    return Results(tuple(results), len(found), capped, stories, older, newer)


def take_apart(query: Query) -> Asked | None:
    """The query for the databases; None where it asks for nothing."""
    given = list(clauses(query.text))
    for field in ("author", "topic"):
        if wanted := getattr(query, field):
            given += [Clause(one.words, one.text, field) for one in clauses('"' + wanted.replace('"', " ") + '"')]
    conditions, values = [], []
    outlets = [query.outlet] if query.outlet else []
    outlets += [one.text for one in given if one.field == "outlet" and not one.excluded]
    conditions += [f"a.outlet_id IN ({numbers(named_outlets(name))})" for name in outlets]
    unwanted = [one.text for one in given if one.field == "outlet" and one.excluded]
    conditions += [f"a.outlet_id NOT IN ({numbers(named_outlets(name))})" for name in unwanted]
    if query.section:
        conditions.append("a.section_id = (SELECT id FROM section WHERE slug = %s)")
        values.append(storable(query.section))
    if query.since:
        conditions.append("a.at >= %s")
        values.append(day_bounds(query.since)[0])
    if query.until:
        conditions.append("a.at < %s")
        values.append(day_bounds(query.until)[1])
    if query.own_only:
        conditions.append("a.copy_of IS NULL")
    given = [one for one in given if one.field != "outlet"]
    if not given and not conditions:
        return None
    words, without = expressions(given)
    return Asked(tuple(given), words, without, "".join(f" AND {one}" for one in conditions), tuple(values))


def expressions(given: list[Clause]) -> tuple[str, str]:
    """What must be found and what must not, in the index's own language; quoted, so that no word is taken for a
    command."""
    write, joint, either = (tsquery, " & ", " | ") if postgresql() else (match, " AND ", " OR ")
    wanted = joint.join(write(one) for one in given if not one.excluded)
    unwanted = either.join(write(one) for one in given if one.excluded)
    return wanted, unwanted


def match(one: Clause) -> str:
    phrase = '"' + spaced(one.text).replace('"', '""') + '"'
    return f"{COLUMN_OF[one.field]} : {phrase}" if one.field else phrase


def tsquery(one: Clause) -> str:
    label = f":{LABEL_OF[one.field]}" if one.field else ""
    words = ("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" + label for word in one.words)
    return "(" + " <-> ".join(words) + ")"


def hits(asked: Asked, by_relevance: bool, visible: str) -> list[tuple[int, int, int | None]]:
    """(article, at, story) of what matches, the newest stored first or the most relevant first."""
    where = f"a.state IN ('listed', 'unlisted'){asked.conditions}{visible}"
    if not asked.words:
        if asked.without:
            where += f" AND a.id NOT IN ({indexed()})"
        return rows(
            f"SELECT a.id, a.at, a.story_id FROM article a WHERE {where} ORDER BY a.at DESC, a.id DESC LIMIT"
            f" {MOST_HITS + 1}",
            (*asked.values, *([asked.without] if asked.without else [])),
        )
    query = asked.words
    if asked.without:
        query = f"{query} & !({asked.without})" if postgresql() else f"({query}) NOT ({asked.without})"
    first = f" LIMIT {MOST_HITS + 1}" if not asked.conditions and not by_relevance else ""
    found = (
        f"SELECT a.id, a.at, a.story_id FROM ({indexed(by_relevance)}{first}) AS hit JOIN article a ON a.id = hit.id"
    )
    order = "hit.worth, a.at DESC" if by_relevance else "a.id DESC"
    return rows(f"{found} WHERE {where} ORDER BY {order} LIMIT {MOST_HITS + 1}", (query, *asked.values))


def indexed(by_relevance: bool = False) -> str:
    """A question to the index: the ids it has for an expression, the newest stored first; with what each is worth,
    the lower the better, for the newest two thousand."""
    if postgresql():
        worth = ", -ts_rank('{0.1, 0.4, 0.4, 1.0}', words, asked) AS worth" if by_relevance else ""
        return (
            f"SELECT article_id AS id{worth} FROM article_text, to_tsquery('simple', %s) AS asked WHERE words @@ asked"
            f" ORDER BY article_id DESC{f' LIMIT {RANKED}' if by_relevance else ''}"
        )
    worth = ", rank AS worth" if by_relevance else ""
    return (
        f"SELECT rowid AS id{worth} FROM article_words WHERE article_words MATCH %s ORDER BY rowid DESC"
        f"{f' LIMIT {RANKED}' if by_relevance else ''}"
    )


def offset(found: list[tuple], cursor: str | None, per: int) -> int:
    """Where in the hits a page begins."""
    place = place_of(cursor)
    if place is None:
        return 0
    direction, at, ident = place
    exact = next((index for index, one in enumerate(found) if one[0] == ident), None)
    if exact is None:
        exact = sum(1 for one in found if (one[1], one[0]) > (at, ident)) - (direction == "o")
    return max(0, exact - per) if direction == "n" else exact + 1


def shown_hits(ids: list[int], asked: Asked) -> list[Hit]:
    """The hits of one page, in order, with what matched."""
    found = {
        each[0]: each
        for each in rows(
            f"SELECT {COLUMNS}, t.body FROM {TABLES} LEFT JOIN article_text t ON t.article_id = a.id WHERE a.id IN"
            f" ({numbers(ids)})"
        )
    }
    cards = {told.id: told for told in with_updates([card(each) for each in found.values()])}
    in_title, in_body = pattern(asked.clauses, (None, "title")), pattern(asked.clauses, (None,))
    results = []
    for ident in ids:
        if ident in found:
            told = cards[ident]
            text = excerpt(unspaced(found[ident][WIDTH] or ""), in_body)
            results.append(Hit(told, runs(told.title, in_title), runs(text, in_body)))
    return results
