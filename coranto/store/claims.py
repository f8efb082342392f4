"""Who holds what: claims of processes that died on this host are let go at once, before their lease ends.

A claim is written 'HOST/PID:TOKEN' (`worker_name` gives the part before the colon), so that whoever starts on the same
host can tell whether its holder is still there. Claims of other hosts end with their lease.
"""

from __future__ import annotations

import os
import socket

from coranto.store.database import rows, run, writing
from coranto.store.times import now


def worker_name() -> str:
    """What this process claims under."""
    return f"{socket.gethostname()}/{os.getpid()}"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def free(worker: str, began: bool = True) -> int:
    """Let go of all that a worker holds; how much that was. Without `began` it does not count as an attempt."""
    with writing():
        at, prefix = now(), f"{worker}:"
        like = (prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",)
        freed = run("UPDATE source SET claim = NULL, due = %s WHERE claim LIKE %s ESCAPE '\\'", (at, *like))
        for table in ("article", "cached_picture"):
            freed += run(
                f"UPDATE {table} SET claim = NULL, due = %s, attempts = attempts - %s WHERE claim LIKE %s ESCAPE '\\'",  # noqa: S608
                (at, 0 if began else 1, *like),
            )
        return freed + run("DELETE FROM lease WHERE holder = %s", (worker,))


def free_dead() -> int:
    """Let go of everything that processes of this host held when they died; how much that was."""
    host = socket.gethostname()
    held = rows(
        "SELECT DISTINCT claim FROM source WHERE claim IS NOT NULL UNION"
        " SELECT DISTINCT claim FROM article WHERE step IS NOT NULL AND claim IS NOT NULL UNION"
        " SELECT DISTINCT claim FROM cached_picture WHERE state = 'waiting' AND claim IS NOT NULL UNION"
        " SELECT holder FROM lease"
    )
    freed = 0
    for worker in {claim.partition(":")[0] for (claim,) in held}:
        place, _, pid = worker.rpartition("/")
        if place == host and pid.isdecimal() and int(pid) != os.getpid() and not alive(int(pid)):
            freed += free(worker)
    return freed


def askable() -> list[int]:
    """The sources that may be asked now, whatever their interval: all that are active and not backing off."""
    ready = "state = 'active' AND kind <> 'file' AND (failures = 0 OR due <= %s)"
    return [found for (found,) in rows(f"SELECT id FROM source WHERE {ready} ORDER BY due, id", (now(),))]
