"""The files of kept pictures in the data folder, how long they stay, and how much room they take.

Files are written inside the transaction that says they are there, each whole or not at all, and deleted with their
row; those that no row tells of are swept by retention.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from coranto.pictures import SLOTS
from coranto.store.database import numbers, rows, run, value
from coranto.store.originals import Keeping
from coranto.store.times import DAY

MOST_ATTEMPTS = 5
AGAIN = 30 * DAY
"""After this time a refused picture may be asked for anew."""
UNUSED = 7 * DAY
STRAY_AFTER = 3600


class Cache:
    """Whether pictures are fetched and shown, and in how many gigabytes they are kept; set when the store is opened."""

    on = True
    gigabytes = 1.0


def file_of(key: int, slot: int) -> Path:
    """Where a version of a picture lies, or would."""
    name = f"{key:016x}"
    return Keeping.data / "pictures" / name[:2] / f"{name}-{slot}.webp"


def write(path: Path, body: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.{token_hex(4)}")
    aside.write_bytes(body)
    aside.replace(path)


def size_on_disk() -> int:
    """Bytes in the folder of pictures."""
    return sum(file.stat().st_size for file in (Keeping.data / "pictures").rglob("*") if file.is_file())


def forget(keys: Iterable[int]) -> int:
    """Forget pictures, rows and files; how many that was."""
    keys = list(keys)
    for start in range(0, len(keys), 1000):
        part = keys[start : start + 1000]
        run(f"DELETE FROM cached_picture WHERE key IN ({numbers(part)})")
        for key in part:
            for slot in SLOTS:
                file_of(key, slot).unlink(missing_ok=True)
    return len(keys)


def retention(at: int, over: int = 0) -> int:
    """Drop what no article shows any longer, what was asked for long ago in vain, and, of what was not looked at for
    longest, as much as there is above the cache's own limit; `over` is how many bytes the store has above its limit,
    which pictures not looked at for a week make room for. How many went."""
    run(
        "UPDATE cached_picture SET state = 'refused', claim = NULL, due = NULL, made = %s, failure = %s"
        f" WHERE state = 'waiting' AND attempts >= {MOST_ATTEMPTS} AND due <= %s",
        (at, "It was tried five times.", at),
    )
    gone = forget(
        key
        for (key,) in rows(
            "SELECT key FROM cached_picture WHERE (state = 'refused' AND made < %s) OR (state = 'waiting' AND used <"
            " %s) OR NOT EXISTS (SELECT 1 FROM picture p WHERE p.key = cached_picture.key)",
            (at - AGAIN, at - AGAIN),
        )
    )
    used = value("SELECT COALESCE(sum(size), 0) FROM cached_picture WHERE state = 'kept'")
    gone += drop_unused(used - (int(Cache.gigabytes * 10**9) if Cache.on else 0), at)
    gone += drop_unused(over, at - UNUSED)
    sweep()
    return gone


def drop_unused(size: int, before: int) -> int:
    """Forget the pictures last looked at longest ago, and before a time, until so many bytes are free."""
    gone = 0
    while size > 0:
        oldest = rows(
            "SELECT key, size FROM cached_picture WHERE state = 'kept' AND used < %s ORDER BY used LIMIT 200", (before,)
        )
        if not oldest:
            break
        chosen = []
        for key, bytes_ in oldest:
            if size <= 0:
                break
            chosen.append(key)
            size -= bytes_
        gone += forget(chosen)
    return gone


def sweep() -> None:
    """Delete files of no kept picture: what a killed worker or a restored backup left behind."""
    for folder in sorted((Keeping.data / "pictures").glob("??")):
        old = [file for file in folder.iterdir() if file.stat().st_mtime < time.time() - STRAY_AFTER]
        keys = {file: key_of(file.name) for file in old}
        known = {
            key
            for (key,) in rows(
                f"SELECT key FROM cached_picture WHERE state = 'kept' AND key IN"
                f" ({numbers(key for key in keys.values() if key is not None)})"
            )
        }
        for file, key in keys.items():
            if key not in known or not file.name.endswith(".webp"):
                file.unlink(missing_ok=True)


def key_of(name: str) -> int | None:
    try:
        return int(name.partition("-")[0], 16)
    except ValueError:
        return None
