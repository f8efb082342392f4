"""Looking after what is stored: retention, disk use, checks. Backups are `archives`, exports `exporting`; both are
called from here.
"""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime

from coranto import vectors
from coranto.store import database, invitations, originals, picture_files, pictures, reads, schema, sign_ins, times
from coranto.store.archives import backup, restore
from coranto.store.database import row, rows, run, value
from coranto.store.errors import StoreError
from coranto.store.exporting import export
from coranto.store.originals import Keeping
from coranto.store.steps import waiting
from coranto.store.times import DAY, SECOND, moment, stamp
from coranto.store.values import Check, Disk

__all__ = ["backup", "checks", "disk", "export", "restore", "retention"]

GIGABYTE = 10**9
MOST_OF_VOLUME = 0.8
LATE = 3600 * SECOND


def disk() -> Disk:
    """What is used, and what may be: the limit in bytes is that of the settings or 80 % of the volume."""
    data = Keeping.data
    if database.postgresql():
        used = value("SELECT pg_database_size(current_database())")
    else:
        file = database.target.file
        used = sum(part.stat().st_size for part in file.parent.glob(file.name + "*"))
        used -= free_bytes()
    cached = picture_files.size_on_disk()
    volume = shutil.disk_usage(data)
    elsewhere = volume.used - (0 if database.postgresql() else used) - cached
    limit = min(int(Keeping.gigabytes * GIGABYTE), max(0, int(volume.total * MOST_OF_VOLUME) - elsewhere))
    kept = value("SELECT COALESCE(sum(length(body)), 0) FROM original")
    return Disk(used, kept, cached, limit, volume.free)


def free_bytes() -> int:
    """Pages of the SQLite file that hold nothing: they are filled before it grows."""
    return rows("PRAGMA freelist_count")[0][0] * rows("PRAGMA page_size")[0][0]


def retention(now: datetime | None = None) -> dict[str, int]:
    """Drop what has had its time: originals and reads by age, pictures above their own limit; then, over the disk
    limit, pictures nobody looks at and the oldest originals until the store is under it, and no new ones are kept. What
    went, in numbers."""
    at = stamp(now) if now else times.now()
    gone = {
        "originals": originals.drop_due(at),
        "reads": reads.drop_old(Keeping.reads_days),
        "sessions": sign_ins.drop_over(at),
    }
    invitations.drop_over(at)
    reads.drop_keys(Keeping.data / reads.KEYS, moment(at).astimezone(times.zone()).date())
    used = disk()
    gone["pictures"] = picture_files.retention(at, used.database + used.pictures - used.limit)
    used = disk()
    over = used.database + used.pictures - used.limit
    if over > 0:
        gone["over the limit"] = drop_oldest(over)
    still = disk()
    originals.stop_keeping(still.over)
    run("DELETE FROM reading WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.id = reading.document_id)")
    if not database.postgresql():
        if value("SELECT 1 FROM change WHERE what = 'withdraw' AND at > %s LIMIT 1", (at - 2 * DAY,)):
            run("INSERT INTO article_words (article_words) VALUES ('optimize')")  # deleted words leave the index's file
        rows("PRAGMA optimize")
        rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def drop_oldest(size: int) -> int:
    """Forget the oldest originals that are read already, until `size` bytes are free."""
    dropped = 0
    while size > 0:
        oldest = rows(
            "SELECT digest, length(body) FROM original WHERE NOT EXISTS (SELECT 1 FROM document WHERE"
            " document.digest = original.digest AND document.pending) ORDER BY kept_until LIMIT 200"
        )
        if not oldest:
            break
        database.many("DELETE FROM original WHERE digest = %s", [(digest,) for digest, _ in oldest])
        dropped += len(oldest)
        size -= sum(length for _, length in oldest)
    return dropped


def checks() -> list[Check]:
    """What is well and what is not, with the remedy."""
    looked_at = (
        check_database, check_integrity, check_disk, check_sources, check_work, check_pictures, check_vectors,
    )  # fmt: skip
    return [*(look() for look in looked_at), *check_runs()]


def check_database() -> Check:
    try:
        schema.look()
    except StoreError as fault:
        return Check("database", False, fault.message, fault.remedy)
    engine = f"SQLite {sqlite3.sqlite_version}"
    if database.postgresql():
        engine = f"PostgreSQL {value('SHOW server_version')}"
    articles = value("SELECT COALESCE(sum(articles), 0) FROM outlet")
    return Check("database", True, f"{engine}, {database.name()}, {articles:,} articles")


def check_integrity() -> Check:
    if database.postgresql():
        return Check("integrity", True, "looked after by PostgreSQL")
    found = value("PRAGMA quick_check(1)")
    return Check(
        "integrity", found == "ok", "the file is whole" if found == "ok" else f"the file is damaged: {found}",
        "" if found == "ok" else "Stop coranto and restore the last backup: coranto restore FILE",
    )  # fmt: skip


def check_disk() -> Check:
    used = disk()
    taken, limit, free = ((used.database + used.pictures) / GIGABYTE, used.limit / GIGABYTE, used.free / GIGABYTE)
    told = f"{taken:.2f} GB used of {limit:.2f} GB, {free:.1f} GB free"
    if used.over:
        return Check(
            "disk", False, f"{told}; originals are no longer kept",
            "Free some space, raise DISK_LIMIT_GB or lower ORIGINALS_DAYS.",
        )  # fmt: skip
    return Check("disk", True, told)


def check_sources() -> Check:
    failing, total = row(
        "SELECT COALESCE(sum(CASE WHEN failures > 2 THEN 1 ELSE 0 END), 0), count(*) FROM source WHERE state = 'active'"
    )
    worst = row(
        "SELECT o.name, s.failure, s.remedy FROM source s JOIN outlet o ON o.id = s.outlet_id WHERE s.state = 'active'"
        " AND s.failures > 2 ORDER BY s.failing_since LIMIT 1"
    )
    told = f"{total - failing} of {total} sources are well"
    if worst is None:
        return Check("sources", True, told)
    return Check("sources", False, f"{told}; {worst[0]}: {worst[1]}", worst[2] or "See 'coranto sources'.")


def check_work() -> Check:
    counts = waiting()
    told = ", ".join(f"{count:,} to {step}" for step, count in counts.items() if step != "stuck")
    if counts["stuck"]:
        return Check("work", False, f"{told}; {counts['stuck']} articles failed five times", "Retry or withdraw them.")
    oldest = value("SELECT min(due) FROM article WHERE step IS NOT NULL AND claim IS NULL")
    if oldest is not None and oldest and times.now() - oldest > LATE:
        return Check(
            "work", False, f"{told}; the oldest waits since {moment(oldest):%Y-%m-%d %H:%M}", "Start 'coranto work'."
        )
    return Check("work", True, told)


def check_pictures() -> Check:
    if not picture_files.Cache.on:
        return Check("pictures", True, "switched off")
    found = pictures.counts()
    count = {state: f"{found.get(state, 0):,}" for state in ("kept", "waiting", "refused")}
    room = f"{found['bytes'] / 1e6:,.1f} MB of {picture_files.Cache.gigabytes * 1e3:,.0f}"
    told = f"{count['kept']} kept in {room}, {count['waiting']} waiting, {count['refused']} not to be had"
    return Check("pictures", True, told)


def check_vectors() -> Check:
    """Whether the `learn` extra is at work. Doing without is no fault."""
    lacking = vectors.missing()
    if lacking is None:
        return Check("vectors", True, f"{vectors.MODEL}, for Related and stories")
    told = f"none, {lacking}: Related and stories go by words alone (pip install 'coranto[learn]')"
    return Check("vectors", True, told)


def check_runs() -> list[Check]:
    """The last run of each kind."""
    found = rows(
        "SELECT r.kind, r.began, r.ended, r.ok, r.message FROM run r JOIN (SELECT kind, max(id) AS id FROM run"
        " GROUP BY kind)"
        " AS newest ON newest.id = r.id ORDER BY r.kind"
    )
    told = []
    for kind, began, ended, ok, message in found:
        when = f"began {moment(began):%Y-%m-%d %H:%M}"
        if ended is None:
            fine = times.now() - began < DAY
            told.append(Check(f"run: {kind}", fine, f"{when}, not ended", "" if fine else "It died; start it again."))
        else:
            told.append(Check(f"run: {kind}", bool(ok), f"{when}. {message}".strip(), "" if ok else "Start it again."))
    return told
