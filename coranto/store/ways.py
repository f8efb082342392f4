"""How an outlet's pages are read: the rules of those who run the site, and what repeats across its pages.

A rule that is added or taken away has the outlet's stored pages read again. What either changed in a reading is told
by the number of its ways, so that readings of different ways are never held against each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coranto.articles import Article, Document, OutletProfile, Rule
from coranto.store import changes, originals, packing
from coranto.store.database import number_of, numbers, row, rows, run, value, writing
from coranto.store.source_values import Work
from coranto.store.times import moment, now

MOST_RULES = 20
FIRST_PROFILE, MOST_BETWEEN = 6, 100
"""An outlet's profile is made when it has so many articles, again when it has twice as many, later every so many."""
SAMPLE, SAMPLED_FROM = 10, 60
PAGES = "d.media_type <> 'text/plain' AND d.media_type NOT LIKE 'application/x-coranto%%'"


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule of an outlet, who made it and when."""

    id: int
    outlet_id: int
    rule: Rule
    by: str
    at: datetime


def is_page(media_type: str) -> bool:
    """Whether rules and profile are for such a document: entries of feeds and plain texts have no site around them."""
    return media_type != "text/plain" and not media_type.startswith("application/x-coranto")


def rules_of(outlet_id: int) -> list[KeptRule]:
    """An outlet's rules, the first first."""
    sql = "SELECT id, outlet_id, kind, value, by, at FROM outlet_rule WHERE outlet_id = %s ORDER BY id"
    return [kept(each) for each in rows(sql, (outlet_id,))]


def kept(found: tuple) -> KeptRule:
    ident, outlet, kind, text, by, at = found
    return KeptRule(ident, outlet, Rule(kind, text), by, moment(at))


def known_of(outlets: Iterable[int]) -> dict[int, tuple[tuple[Rule, ...], OutletProfile | None]]:
    """Rules and profile of those of these outlets that have any."""
    these = numbers(set(outlets))
    made: dict[int, tuple[tuple[Rule, ...], OutletProfile | None]] = {}
    for outlet, repeated in rows(f"SELECT outlet_id, repeated FROM outlet_profile WHERE outlet_id IN ({these})"):
        if found := json.loads(repeated):
            made[outlet] = (), OutletProfile(frozenset(found))
    for outlet, kind, text in rows(
        f"SELECT outlet_id, kind, value FROM outlet_rule WHERE outlet_id IN ({these}) ORDER BY id"
    ):
        rules, profile = made.get(outlet, ((), None))
        made[outlet] = (*rules, Rule(kind, text)), profile
    return made


def number(work: Work, reading: Article) -> int | None:
    """What rules and repeated blocks changed in a reading, as a number; None for nothing."""
    changed = [[rule.kind, rule.value] for rule in work.rules], list(reading.lists.repeated)
    return number_of(json.dumps(changed)) if any(changed) else None


def add_rule(outlet_id: int, rule: Rule, by: str) -> int | None:
    """Read an outlet's pages by this rule, too; its id. None where it has it already, or `MOST_RULES` others."""
    with writing():
        outlet = row("SELECT name FROM outlet WHERE id = %s", (outlet_id,))
        if outlet is None or not may_have(outlet_id, rule):
            return None
        ident = put_rule(outlet_id, rule, by)
        changes.log("add rule", by, outlet=outlet_id, name=outlet[0], kind=rule.kind, value=rule.value)
        return ident


def may_have(outlet_id: int, rule: Rule) -> bool:
    present = [each.rule for each in rules_of(outlet_id)]
    return rule not in present and len(present) < MOST_RULES


def put_rule(outlet_id: int, rule: Rule, by: str) -> int:
    """Keep a rule without writing it down. Called inside a transaction."""
    read_again(outlet_id)
    return value(
        "INSERT INTO outlet_rule (outlet_id, kind, value, by, at) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        (outlet_id, rule.kind, rule.value, by, now()),
    )


def remove_rule(rule_id: int, by: str) -> KeptRule | None:
    """Read by this rule no longer; the rule, or None where there is none."""
    with writing():
        found = row(
            "SELECT r.id, r.outlet_id, r.kind, r.value, r.by, r.at, o.name FROM outlet_rule r JOIN outlet o"
            " ON o.id = r.outlet_id WHERE r.id = %s",
            (rule_id,),
        )
        if found is None:
            return None
        gone = kept(found[:6])
        take_rule(gone.outlet_id, gone.rule)
        told = {"kind": gone.rule.kind, "value": gone.rule.value}
        changes.log("remove rule", by, outlet=gone.outlet_id, name=found[6], **told)
        return gone


def take_rule(outlet_id: int, rule: Rule) -> bool:
    """Forget a rule without writing it down; whether it was there. Called inside a transaction."""
    gone = run(
        "DELETE FROM outlet_rule WHERE outlet_id = %s AND kind = %s AND value = %s", (outlet_id, rule.kind, rule.value)
    )
    if gone:
        read_again(outlet_id)
    return bool(gone)


def forget(outlet_id: int) -> None:
    """Forget how an outlet's pages are read: it goes. Called inside a transaction."""
    run("DELETE FROM outlet_rule WHERE outlet_id = %s", (outlet_id,))
    run("DELETE FROM outlet_profile WHERE outlet_id = %s", (outlet_id,))


def read_again(outlet_id: int, only: Iterable[int] | None = None) -> int:
    """Have the stored pages of an outlet's articles read again (`only`: of these); how many articles that is. Called
    inside a transaction."""
    among = "" if only is None else f" AND a.id IN ({numbers(only)})"
    pages = (
        "SELECT d.id FROM document d JOIN article a ON a.id = d.article_id JOIN original o ON o.digest = d.digest"
        f" WHERE a.outlet_id = %s AND a.state IN ('listed', 'unlisted') AND {PAGES}{among}"
    )
    run(f"UPDATE document SET pending = %s WHERE id IN ({pages})", (True, outlet_id))
    return run(
        "UPDATE article SET step = 'read', due = %s, claim = NULL, attempts = 0 WHERE id IN"
        f" (SELECT d.article_id FROM document d WHERE d.id IN ({pages}))",
        (now(), outlet_id),
    )


def unprofiled(outlets: Iterable[int]) -> list[int]:
    """Those of these outlets whose profile is to be made, or made anew."""
    found = rows(
        "SELECT o.id, o.articles, COALESCE(p.articles, 0) FROM outlet o LEFT JOIN outlet_profile p"
        f" ON p.outlet_id = o.id WHERE o.id IN ({numbers(set(outlets))})"
    )
    return [
        ident
        for ident, articles, then in found
        if articles >= FIRST_PROFILE and articles >= min(2 * then, then + MOST_BETWEEN) and articles > then
    ]


def stored_pages(outlet_id: int, limit: int, distinct: bool = False) -> list[tuple[int, str, Document]]:
    """The last pages that an outlet's listed articles show and whose originals are kept: (article, headline, page).
    `distinct`: one of a story at most."""
    found = rows(
        "SELECT a.id, a.title, COALESCE(a.story_id, a.id), d.url, d.digest, d.media_type, d.charset, d.headers,"
        " d.fetched, d.captured FROM article a JOIN document d ON d.id = a.document_id JOIN original o"
        f" ON o.digest = d.digest WHERE a.outlet_id = %s AND a.state = 'listed' AND {PAGES} ORDER BY a.at DESC,"
        " a.id DESC LIMIT %s",
        (outlet_id, max(limit, SAMPLED_FROM) if distinct else limit),
    )
    chosen = list({each[2]: each for each in reversed(found)}.values())[::-1] if distinct else found
    return [(each[0], each[1], page) for each in chosen[:limit] if (page := page_of(each[3:])) is not None]


@dataclass(frozen=True, slots=True)
class StoredPage:
    """The page behind an article: None where its original is no longer kept; `shown` says whether it is what the
    article shows, rather than what its feed gave."""

    page: Document | None
    shown: bool


def page_behind(article_id: int) -> StoredPage | None:
    """The page that an article shows, else the last one that was fetched for it; None where there was none."""
    found = row(
        "SELECT d.id = a.document_id, d.url, d.digest, d.media_type, d.charset, d.headers, d.fetched, d.captured"
        f" FROM article a JOIN document d ON d.article_id = a.id WHERE a.id = %s AND {PAGES}"
        " ORDER BY CASE WHEN d.id = a.document_id THEN 0 ELSE 1 END, d.number DESC LIMIT 1",
        (article_id,),
    )
    return StoredPage(page_of(found[1:]), bool(found[0])) if found else None


def page_of(found: tuple) -> Document | None:
    """A stored page from (url, digest, media type, charset, headers, fetched, captured); None where its original is no
    longer kept."""
    url, digest, kind, charset, headers, fetched, captured = found
    body = originals.original(digest)
    if body is None:
        return None
    pairs = tuple((name, text) for name, text in json.loads(headers))
    return Document(url, body, kind, moment(fetched), charset, moment(captured), pairs)


def put_profile(outlet_id: int, profile: OutletProfile) -> None:
    """Keep what repeats across an outlet's pages, in place of what was known before."""
    with writing():
        run(
            "INSERT INTO outlet_profile (outlet_id, repeated, articles) SELECT id, %s, articles FROM outlet"
            " WHERE id = %s ON CONFLICT (outlet_id) DO UPDATE SET repeated = excluded.repeated,"
            " articles = excluded.articles",
            (json.dumps(sorted(profile.repeated)), outlet_id),
        )


def last_texts(outlet_id: int, limit: int) -> list[tuple[int, str]]:
    """The texts of the last articles of an outlet that show a page: (article, text as it was read)."""
    found = rows(
        "SELECT a.id, r.body FROM article a JOIN document d ON d.id = a.document_id JOIN reading r"
        f" ON r.document_id = d.id WHERE a.outlet_id = %s AND a.state = 'listed' AND {PAGES} ORDER BY a.at DESC"
        " LIMIT %s",
        (outlet_id, limit),
    )
    return [(ident, packing.unpack(body).text) for ident, body in found]
