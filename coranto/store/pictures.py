"""Pictures: which are wanted, which wait to be fetched, and which are kept and may be shown.

The rows are the queue, as with articles: `due` says when a picture may be tried, a claim moves it past the lease, and
what a worker tells counts only while its claim holds. Their files are the business of `picture_files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from coranto.pictures import KeptPicture
from coranto.store import times
from coranto.store.cards import FREE
from coranto.store.database import many, number_of, numbers, postgresql, row, rows, run, storable, value, writing
from coranto.store.picture_files import MOST_ATTEMPTS, Cache, file_of, forget, write
from coranto.store.source_values import SourceRow
from coranto.store.sources import selected
from coranto.store.times import DAY, SECOND

EAGER = 14 * DAY
"""Lead pictures of articles up to this age are fetched at once; older ones when a page shows them."""
LOOKED_AT = 3600 * SECOND
"""`used` is as true as this."""


@dataclass(frozen=True, slots=True)
class PictureWork:
    """A picture claimed to be fetched. `sources` are those, open to everybody, whose articles show it."""

    key: int
    claim: str
    url: str
    attempts: int
    sources: tuple[SourceRow, ...] = ()


def want(pictures: Iterable[tuple[str, int]]) -> None:
    """Have pictures of new articles fetched: (address, the article's time) each. The newest come first, and those of
    old articles wait until a page shows them."""
    at = times.now()
    if Cache.on:
        enter([(url, due, at) for url, due in pictures if due > at - EAGER])


def wish(urls: Iterable[str]) -> None:
    """Note that a page showed these pictures, or would have, and have those that are not there fetched."""
    at = times.now()
    if Cache.on:
        with writing():
            enter([(url, at, at) for url in urls])


def enter(pictures: Sequence[tuple[str, int, int]]) -> None:
    many(
        "INSERT INTO cached_picture (key, url, state, due, attempts, failure, size, used)"
        " VALUES (%s, %s, 'waiting', %s, 0, '', 0, %s) ON CONFLICT (key) DO UPDATE SET used = excluded.used"
        f" WHERE cached_picture.used < excluded.used - {LOOKED_AT}",
        [(number_of(storable(url)), storable(url), due, used) for url, due, used in pictures],
    )


def claim(worker: str, limit: int, lease: float = 600, now: int | None = None) -> list[PictureWork]:
    """Take up to `limit` pictures that wait, for `lease` seconds, the newest first. One that no article shows any
    longer is forgotten."""
    at, token = times.now() if now is None else now, f"{worker}:{token_hex(6)}"
    taken = rows(
        "UPDATE cached_picture SET claim = %s, due = %s, attempts = attempts + 1 WHERE key IN (SELECT key FROM"
        f" cached_picture WHERE state = 'waiting' AND due <= %s AND attempts < {MOST_ATTEMPTS} ORDER BY due DESC"
        f" LIMIT %s{' FOR UPDATE SKIP LOCKED' if postgresql() else ''}) RETURNING key, url, attempts",
        (token, at + int(lease * SECOND), at, limit),
    )
    if not taken:
        return []
    shown: dict[int, set[int]] = {}
    for key, source, private_to in rows(
        "SELECT DISTINCT p.key, a.source_id, o.private_to_id FROM picture p JOIN article a ON a.id = p.article_id"
        f" JOIN outlet o ON o.id = a.outlet_id WHERE p.key IN ({numbers(key for key, _, _ in taken)})"
    ):
        # What was allowed to a private outlet's source must not bring what others could then look at.
        shown.setdefault(key, set()).update({source} if source is not None and private_to is None else ())
    forget(key for key, _, _ in taken if key not in shown)
    wanted = set().union(*shown.values())
    known = {source.id: source for source in selected(f"s.id IN ({numbers(wanted)})")} if wanted else {}
    return [
        PictureWork(key, token, url, attempts, tuple(known[one] for one in sorted(shown[key]) if one in known))
        for key, url, attempts in taken
        if key in shown
    ]


def keep(work: PictureWork, width: int, height: int, files: Mapping[int, bytes]) -> bool:
    """Keep a picture: the original's size and WebP by slot. False where the claim was lost, and then nothing is."""
    at, size = times.now(), sum(map(len, files.values()))
    with writing():
        held = run(
            "UPDATE cached_picture SET state = 'kept', claim = NULL, due = NULL, failure = '', width = %s, height = %s,"
            " size = %s, made = %s WHERE key = %s AND claim = %s AND state = 'waiting'",
            (width, height, size, at, work.key, work.claim),
        )
        if held:
            for slot, body in files.items():
                write(file_of(work.key, slot), body)
    return bool(held)


def later(work: PictureWork, failure: str, seconds: float) -> None:
    """Try it again in so many seconds."""
    run(
        "UPDATE cached_picture SET claim = NULL, due = %s, failure = %s WHERE key = %s AND claim = %s",
        (times.now() + int(seconds * SECOND), storable(failure)[:500], work.key, work.claim),
    )


def refuse(work: PictureWork, failure: str) -> None:
    """Try it no more."""
    run(
        "UPDATE cached_picture SET state = 'refused', claim = NULL, due = NULL, failure = %s, made = %s"
        " WHERE key = %s AND claim = %s",
        (storable(failure)[:500], times.now(), work.key, work.claim),
    )


def kept(urls: Iterable[str]) -> dict[str, KeptPicture]:
    """Those of these pictures that are kept, by address, in one question."""
    keys = {number_of(storable(url)): url for url in urls} if Cache.on else {}
    if not keys:
        return {}
    found = rows(
        "SELECT key, width, height, made FROM cached_picture WHERE state = 'kept'"
        f" AND key IN ({numbers(keys)})"
    )  # fmt: skip
    return {keys[key]: KeptPicture(key, width, height, made // SECOND) for key, width, height, made in found}


def waits(now: int | None = None) -> bool:
    """Whether a picture may be fetched now."""
    sql = f"SELECT 1 FROM cached_picture WHERE state = 'waiting' AND due <= %s AND attempts < {MOST_ATTEMPTS} LIMIT 1"
    return Cache.on and value(sql, (times.now() if now is None else now,)) is not None


def counts() -> dict[str, int]:
    """How many pictures there are by state, and 'bytes' in their files."""
    found = rows("SELECT state, count(*), COALESCE(sum(size), 0) FROM cached_picture GROUP BY state")
    return {**{state: count for state, count, _ in found}, "bytes": int(sum(size for _, _, size in found))}


def may_be_shown(key: int, user: int | None, full: bool) -> bool:
    """Whether a picture is kept that a stored article shows which `user` may see; without the right to whole texts
    (`full`), one that is free."""
    right = "" if full else f" AND {FREE}"
    return Cache.on and row(
        "SELECT 1 FROM cached_picture c JOIN picture p ON p.key = c.key JOIN article a ON a.id = p.article_id"
        " JOIN outlet o ON o.id = a.outlet_id WHERE c.key = %s AND c.state = 'kept' AND a.state IN ('listed',"
        f" 'unlisted') AND (o.private_to_id IS NULL OR o.private_to_id = %s){right} LIMIT 1",
        (key, user),
    ) is not None  # fmt: skip
