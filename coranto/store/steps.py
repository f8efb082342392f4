"""The queue, which is the data: articles say what they wait for, workers claim them for a while and tell of the end.

A claim is one conditional UPDATE that moves `due` past the lease; a worker that dies lets go by doing nothing. What a
worker tells counts only while its claim holds, so no row is ever in two hands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from coranto.articles import Document
from coranto.store import originals, packing, times, ways
from coranto.store.database import numbers, postgresql, row, rows, run, writing
from coranto.store.source_values import Work
from coranto.store.sources import selected
from coranto.store.times import SECOND, moment, stamp

MOST_ATTEMPTS = 5
STEPS = ("fetch", "read", "group")


def claim(
    step: str,
    worker: str,
    limit: int,
    lease: float = 600,
    now: datetime | None = None,
    only: Iterable[int] | None = None,
) -> list[Work]:
    """Take up to `limit` articles that wait for a step (`only`: of these), for `lease` seconds, oldest first.

    'fetch' gives addresses with their source, 'read' a document each (all that are unread, so it may be more than
    `limit`), 'group' the reading. An article that ended its worker five times is left alone (`waiting` counts it).
    """
    if step not in STEPS:
        raise ValueError(f"there is no step {step!r}; steps are {', '.join(STEPS)}")
    at = stamp(now) if now else times.now()
    token = f"{worker}:{token_hex(6)}"
    among = "" if only is None else f" AND id IN ({numbers(only)})"
    while True:
        taken = rows(
            "UPDATE article SET claim = %s, due = %s, attempts = attempts + 1 WHERE id IN (SELECT id FROM article"
            f" WHERE step = %s AND due <= %s AND attempts < {MOST_ATTEMPTS}{among} ORDER BY due, id LIMIT %s"
            f"{' FOR UPDATE SKIP LOCKED' if postgresql() else ''}) RETURNING id",
            (token, at + int(lease * SECOND), step, at, limit),
        )
        if not taken:
            return []
        found = works(step, token, [ident for (ident,) in taken])
        if found:
            return found


def works(step: str, token: str, ids: list[int]) -> list[Work]:
    these = numbers(ids)
    articles = rows(
        "SELECT a.id, a.url, o.name, a.outlet_id, a.source_id, a.document_id, a.seen, a.attempts FROM article a"
        f" JOIN outlet o ON o.id = a.outlet_id WHERE a.id IN ({these}) ORDER BY a.id"
    )
    wanted = {source for _, _, _, _, source, *_ in articles if source is not None}
    sources = {source.id: source for source in selected(f"s.id IN ({numbers(wanted)})")} if wanted else {}
    made = {
        ident: Work(
            ident, step, token, url, outlet, outlet_id, sources.get(source), document, seen=moment(seen), attempts=tries
        )
        for ident, url, outlet, outlet_id, source, document, seen, tries in articles
    }
    if step == "fetch":
        return list(made.values())
    return unread(made) if step == "read" else to_group(made)


def with_(work: Work, **changes) -> Work:
    values = {name: getattr(work, name) for name in Work.__dataclass_fields__}
    return Work(**{**values, **changes})


def unread(made: dict[int, Work]) -> list[Work]:
    """A work for each document that waits to be read; articles whose originals are gone go on without."""
    found = rows(
        "SELECT d.article_id, d.id, d.url, d.digest, d.media_type, d.charset, d.headers, d.fetched, d.captured"
        f" FROM document d WHERE d.article_id IN ({numbers(made)}) AND d.pending ORDER BY d.article_id, d.number"
    )
    bodies = originals.load(list({each[3] for each in found}))
    known = ways.known_of(made[each[0]].outlet_id for each in found if ways.is_page(each[4]))
    result = []
    for ident, document, url, digest, kind, charset, headers, fetched, captured in found:
        if digest in bodies:
            pairs = tuple((name, value) for name, value in json.loads(headers))
            body = Document(url, bodies[digest], kind, moment(fetched), charset, moment(captured), pairs)
            rules, profile = known.get(made[ident].outlet_id, ((), None)) if ways.is_page(kind) else ((), None)
            result.append(with_(made[ident], document_id=document, document=body, rules=rules, profile=profile))
    idle = made.keys() - {work.article_id for work in result}
    if idle:
        with writing():
            run(f"UPDATE document SET pending = %s WHERE article_id IN ({numbers(idle)})", (False,))
            for ident in idle:
                go_on(ident, made[ident].claim)
    return result


def to_group(made: dict[int, Work]) -> list[Work]:
    found = rows(
        "SELECT a.id, r.body FROM article a JOIN reading r ON r.document_id = a.document_id"
        f" WHERE a.id IN ({numbers(made)}) AND a.state = 'listed' ORDER BY a.id"
    )
    idle = made.keys() - {ident for ident, _ in found}
    if idle:
        run(f"UPDATE article SET step = NULL, due = NULL, claim = NULL WHERE id IN ({numbers(idle)})")
    return [with_(made[ident], reading=packing.unpack(body)) for ident, body in found]


def go_on(article: int, claim: str, failure: str | None = None) -> None:
    """Let an article go on from reading: to grouping where it is listed and was read, else to rest."""
    run(
        "UPDATE article SET claim = NULL, attempts = 0, failure = %s, due = CASE WHEN state = 'listed' AND EXISTS"
        " (SELECT 1"
        " FROM reading r WHERE r.document_id = article.document_id) THEN %s END, step = CASE WHEN state = 'listed' AND"
        " EXISTS (SELECT 1 FROM reading r WHERE r.document_id = article.document_id) THEN 'group' END"
        " WHERE id = %s AND claim = %s",
        (failure, times.now(), article, claim),
    )


def release(work: Work, failure: str | None = None, retry_in: float | None = None) -> bool:
    """Let go of an article. With `retry_in` it waits that many seconds and is tried again; with a `failure` alone the
    step is given up: an article whose page cannot be had is read from what its feed gave. False where the claim was
    lost."""
    with writing():
        if row("SELECT 1 FROM article WHERE id = %s AND claim = %s", (work.article_id, work.claim)) is None:
            return False
        if failure is None or retry_in is not None:
            run(
                "UPDATE article SET claim = NULL, due = %s, failure = %s, attempts = attempts - %s WHERE id = %s",
                (times.now() + int((retry_in or 0) * SECOND), failure, 0 if failure else 1, work.article_id),
            )
        elif work.step == "fetch" and row(
            "SELECT 1 FROM document WHERE article_id = %s AND pending", (work.article_id,)
        ):
            run(
                "UPDATE article SET step = 'read', due = %s, claim = NULL, failure = %s, attempts = 0 WHERE id = %s",
                (times.now(), failure[:500], work.article_id),
            )
        elif work.step == "group":
            run(
                "UPDATE article SET step = NULL, due = NULL, claim = NULL, failure = %s, attempts = 0 WHERE id = %s",
                (failure[:500], work.article_id),
            )
        else:
            if work.step == "read":
                run("UPDATE document SET pending = %s WHERE id = %s", (False, work.document_id))
            go_on(work.article_id, work.claim, failure[:500])
    return True


def waiting() -> dict[str, int]:
    """How many articles wait for each step; 'stuck' are those that were tried too often."""
    counts = dict.fromkeys(STEPS, 0)
    counts.update(
        rows(f"SELECT step, count(*) FROM article WHERE step IS NOT NULL AND attempts < {MOST_ATTEMPTS} GROUP BY step")
    )
    counts["stuck"] = row(f"SELECT count(*) FROM article WHERE step IS NOT NULL AND attempts >= {MOST_ATTEMPTS}")[0]
    return counts


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a step: how many, since when the oldest is due (None: none is), how many are being worked on."""

    step: str
    waiting: int
    oldest: datetime | None
    at_work: int


def queues() -> list[Queue]:
    """The steps in their order, each with what waits for it."""
    at = times.now()
    found = {
        step: (waits, oldest, held)
        for step, waits, oldest, held in rows(
            "SELECT step, count(*), min(CASE WHEN claim IS NULL THEN due END),"
            " sum(CASE WHEN claim IS NOT NULL AND due > %s THEN 1 ELSE 0 END)"
            f" FROM article WHERE step IS NOT NULL AND attempts < {MOST_ATTEMPTS} GROUP BY step",
            (at,),
        )
    }
    made = []
    for step in STEPS:
        waits, oldest, held = found.get(step, (0, None, 0))
        made.append(Queue(step, waits, moment(oldest) if oldest is not None and 0 < oldest < at else None, held))
    return made


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that something went wrong with: at which step it stands (None: it was given up), what was said, how
    often it was tried, and whether it is shown all the same."""

    article_id: int
    title: str
    outlet: str
    outlet_id: int
    step: str | None
    message: str
    attempts: int
    seen: datetime
    shown: bool


def failed(limit: int = 50, user: int | None = None) -> list[Failure]:
    """What failed, newest first, as far as `user` may see it."""
    found = rows(
        "SELECT a.id, COALESCE(NULLIF(a.title, ''), a.url, ''), o.name, o.id, a.step, COALESCE(a.failure, ''),"
        " a.attempts, a.seen, a.state FROM article a JOIN outlet o ON o.id = a.outlet_id"
        f" WHERE {FAILED} AND (o.private_to_id IS NULL OR o.private_to_id = %s) ORDER BY a.id DESC LIMIT %s",
        (user or 0, limit),
    )
    return [Failure(*each[:7], moment(each[7]), each[8] == "listed") for each in found]


FAILED = f"(a.failure IS NOT NULL OR (a.step IS NOT NULL AND a.attempts >= {MOST_ATTEMPTS}))"


def all_failed() -> list[int]:
    """The ids of all articles that something went wrong with."""
    return [ident for (ident,) in rows(f"SELECT a.id FROM article a WHERE {FAILED} ORDER BY a.id")]


def let_go(ids: Iterable[int]) -> int:
    """Say no more of what failed: these articles stay as they are, and wait for nothing."""
    return run(
        "UPDATE article SET step = CASE WHEN attempts < %s THEN step END, due = CASE WHEN attempts < %s THEN due END,"
        f" claim = CASE WHEN attempts < %s THEN claim END, failure = NULL WHERE id IN ({numbers(ids)})",
        (MOST_ATTEMPTS,) * 3,
    )


def retry(ids: Iterable[int]) -> int:
    """Try these articles again, from the step at which they stand; one that had given up is fetched again."""
    return run(
        "UPDATE article SET step = COALESCE(step, 'fetch'), due = %s, claim = NULL, attempts = 0, failure = NULL"
        f" WHERE id IN ({numbers(ids)}) AND state IN ('listed', 'unlisted', 'unread')",
        (times.now(),),
    )
