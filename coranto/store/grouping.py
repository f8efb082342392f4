"""What grouping needs of the rows and gives back to them: assignments to stories, copies, findings, related articles.

The rows are the truth: a grouper's own state can be rebuilt from `window_rows` at any time. One grouper at a time
holds the lease. Nothing that a private outlet tells is ever taken for another outlet's original, and its counts stay
its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coranto.store import notes
from coranto.store.database import many, numbers, rows, run, storable, writing
from coranto.store.erase import recount_copies
from coranto.store.story_rows import refresh_stories
from coranto.store.times import SECOND, moment, now, stamp

ROLES = ("original", "credited_copy", "uncredited_copy", "own_report")


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the rows keep of a grouped article. `signature` is what the grouper gave with the assignment."""

    article_id: int
    story_id: int
    copy_of: int | None
    share: float | None
    seen: datetime
    published: datetime | None
    title: str
    outlet: str
    signature: bytes | None
    private: bool = False


def window_rows(since: datetime | None = None, after: int = 0, most: int = 1_000_000_000) -> list[Grouped]:
    """The grouped articles seen since then (None: all), in order of storing; at most `most`, behind id `after`."""
    found = rows(
        "SELECT a.id, a.story_id, a.copy_of, a.share, a.seen, a.published, a.title, o.name, t.signature,"
        " o.private_to_id IS NOT NULL FROM article a"
        " JOIN outlet o ON o.id = a.outlet_id LEFT JOIN trace t ON t.article_id = a.id"
        " WHERE a.story_id IS NOT NULL AND a.state = 'listed' AND a.seen >= %s AND a.id > %s"
        " ORDER BY a.id LIMIT %s",
        (stamp(since) if since else 0, after, most),
    )
    return [
        Grouped(
            *each[:4], moment(each[4]), moment(each[5]), *each[6:8], bytes(each[8]) if each[8] else None, bool(each[9])
        )
        for each in found
    ]


def stories_of(articles: Iterable[int]) -> set[int]:
    """The stories in which these articles stand."""
    found = rows(f"SELECT DISTINCT story_id FROM article WHERE id IN ({numbers(articles)}) AND story_id IS NOT NULL")
    return {story for (story,) in found}


def save_assignments(assignments: Iterable[Mapping], then: str | None = None) -> None:
    """Save where articles belong, in one transaction; saving the same again changes nothing.

    Each is a mapping with `article_id`, `story_id` and, as known, `copy_of`, `share`, `role`, `findings` (a sequence
    of dictionaries), `flags`, `source` (who the article says its text is from), `signature` (bytes) and `claim`: where
    a claim is given and no longer holds, the assignment is passed over, and where it holds, the article's step is done,
    or goes on to `then`. An article that an editor put into its story stays there."""
    with writing():
        given = list(assignments)
        ids = numbers(each["article_id"] for each in given)
        known = {
            found[0]: found[1:]
            for found in rows(
                f"SELECT id, story_id, copy_of, claim, decided FROM article WHERE id IN ({ids}) AND state = 'listed'"
            )
        }
        kept = [
            {**each, "story_id": known[each["article_id"]][0]} if known[each["article_id"]][3] else each
            for each in given
            if each["article_id"] in known and each.get("claim") in (None, known[each["article_id"]][2])
        ]
        allowed = public_originals(kept)
        hidden = notes.hidden_of(each["article_id"] for each in kept)
        at = now()
        many(
            "UPDATE article SET story_id = %s, copy_of = %s, share = %s, role = %s, differs = %s WHERE id = %s",
            [article_row(each, allowed, hidden.get(each["article_id"], frozenset())) for each in kept],
        )
        many(
            "UPDATE article SET step = %s, due = %s, claim = NULL, attempts = 0, failure = NULL,"
            " decided = CASE WHEN decided <> 'undone' THEN decided END WHERE id = %s",
            [(then, at if then else None, each["article_id"]) for each in kept if each.get("claim")],
        )
        many(
            "INSERT INTO trace (article_id, findings, signature) VALUES (%s, %s, %s) ON CONFLICT (article_id) DO"
            " UPDATE SET"
            " findings = excluded.findings, signature = COALESCE(excluded.signature, trace.signature)",
            [trace_row(each, allowed) for each in kept],
        )
        many(
            "UPDATE article SET named_source = %s WHERE id = %s",
            [(storable(each["source"] or "")[:200] or None, each["article_id"]) for each in kept if "source" in each],
        )
        originals = {known[each["article_id"]][1] for each in kept} | {each.get("copy_of") for each in kept}
        recount_copies(originals - {None})
        moves = [(known[each["article_id"]][0], each["story_id"]) for each in kept]
        refresh_stories({story for move in moves for story in move})
        lead_on({old: new for old, new in moves if old is not None and old != new})


def save_descent(found: Mapping[int, tuple[int, bool] | None]) -> None:
    """Save, for copies, the copy that each was taken from and whether it names that; None for those taken from their
    original."""
    many(
        "UPDATE article SET taken_from = %s, taken_named = %s WHERE id = %s",
        [(*(taken or (None, False)), article) for article, taken in found.items()],
    )


def lead_on(left: Mapping[int, int]) -> None:
    """Let the addresses of stories that nothing is left of lead to where their articles went."""
    full = {one for (one,) in rows(f"SELECT DISTINCT story_id FROM article WHERE story_id IN ({numbers(left)})")}
    for old, new in left.items():
        if old not in full:
            point(old, new)


def point(old: int, new: int) -> None:
    run("UPDATE story SET moved_to = %s WHERE moved_to = %s", (new, old))
    run(
        "INSERT INTO story (id, title, outlets, articles, copies, moved_to) VALUES (%s, '', 0, 0, 0, %s)"
        " ON CONFLICT (id) DO UPDATE SET moved_to = excluded.moved_to, articles = 0, outlets = 0, latest_at = NULL",
        (old, new),
    )


def public_originals(assignments: Sequence[Mapping]) -> set[tuple[int, int]]:
    """The pairs (copy, original) that may be told: the original is everybody's, or both are of one private outlet."""
    ids = {each["article_id"] for each in assignments} | {each.get("copy_of") or 0 for each in assignments}
    private = dict(
        rows(
            "SELECT a.id, o.private_to_id FROM article a JOIN outlet o ON o.id = a.outlet_id WHERE a.id IN"
            f" ({numbers(ids)})"
        )
    )
    pairs = ((each["article_id"], each.get("copy_of")) for each in assignments)
    return {(one, other) for one, other in pairs if other in private and private[other] in (None, private[one])}


def article_row(given: Mapping, allowed: set[tuple[int, int]], hidden: frozenset[str]) -> tuple:
    """The columns of an article; findings that the people who run the site hid give it no mark."""
    article, original = given["article_id"], given.get("copy_of")
    if (article, original) not in allowed:
        original = None
    role = given.get("role") if original or given.get("copy_of") is None else "own_report"
    if role is not None and role not in ROLES:
        raise ValueError(f"an article has no role {role!r}; roles are {', '.join(ROLES)}")
    kinds = [kind for kind, flag in notes.DIFFERING.items() if flag in given.get("flags", ())]
    differs = original is not None and notes.told_to_differ(kinds, hidden)
    share = given.get("share") if original else None
    return given["story_id"], original, share, role, differs, article


def trace_row(given: Mapping, allowed: set[tuple[int, int]]) -> tuple:
    told = given.get("copy_of") is None or (given["article_id"], given["copy_of"]) in allowed
    findings = json.dumps(list(given.get("findings", ())) if told else [], default=str)
    return given["article_id"], findings, given.get("signature")


def house_changed(outlet_id: int) -> None:
    """An outlet belongs to another house: its stories are counted anew, what it copied and what was copied from it is
    looked at again. Called inside a transaction."""
    outlet = int(outlet_id)
    touched = f"(outlet_id = {outlet} OR copy_of IN (SELECT id FROM article WHERE outlet_id = {outlet}))"
    refresh_stories(story for (story,) in rows(f"SELECT DISTINCT story_id FROM article WHERE {touched}"))
    run(
        "UPDATE article SET step = 'group', due = %s, attempts = 0 WHERE copy_of IS NOT NULL AND state = 'listed'"
        f" AND step IS NULL AND {touched}",
        (now(),),
    )


def save_related(found: Mapping[int, Sequence[tuple[int, str, Sequence[str]]]]) -> None:
    """Save, for articles, the others that are like them: (article, reason, values) each, the likest first."""
    with writing():
        these = numbers(found)
        run(f"DELETE FROM related WHERE article_id IN ({these})")
        others = {other for entries in found.values() for other, _, _ in entries} | set(found)
        known = {one for (one,) in rows(f"SELECT id FROM article WHERE id IN ({numbers(others)}) AND state = 'listed'")}
        many(
            "INSERT INTO related (article_id, position, other_id, reason, reason_values) VALUES (%s, %s, %s, %s, %s)",
            [
                (article, position, other, reason, json.dumps(list(values)))
                for article, entries in found.items() if article in known
                for position, (other, reason, values) in enumerate(entries) if other in known and other != article
            ],
        )  # fmt: skip


def lease(name: str, holder: str, seconds: float) -> bool:
    """Take or renew the right to be the only one at something; False while somebody else has it."""
    at = now()
    taken = rows(
        "INSERT INTO lease (name, holder, until) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET"
        " holder = excluded.holder, until = excluded.until WHERE lease.holder = excluded.holder OR lease.until <= %s"
        " RETURNING name",
        (name, holder, at + int(seconds * SECOND), at),
    )
    return bool(taken)


def let_go(name: str, holder: str) -> None:
    """Give a lease back before its time."""
    run("DELETE FROM lease WHERE name = %s AND holder = %s", (name, holder))
