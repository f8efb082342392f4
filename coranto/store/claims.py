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


def free_dead() -> int:
    """Let go of everything that processes of this host held when they died; how many claims that were."""
    freed = 0
    host = socket.gethostname()
    for table in ("source", "article"):
        held = [claim for (claim,) in rows(f"SELECT DISTINCT claim FROM {table} WHERE claim IS NOT NULL")]  # noqa: S608
        for claim in held:
            place, _, pid = claim.partition(":")[0].rpartition("/")
            if place == host and pid.isdecimal() and int(pid) != os.getpid() and not alive(int(pid)):
                with writing():
                    sql = f"UPDATE {table} SET claim = NULL, due = %s WHERE claim = %s"  # noqa: S608 - two names above
                    freed += run(sql, (now(), claim))
    return freed


def askable() -> list[int]:
    """The sources that may be asked now, whatever their interval: all that are active and not backing off."""
    sql = "SELECT id FROM source WHERE state = 'active' AND kind <> 'file' AND (failures = 0 OR due <= %s) ORDER BY due, id"
    return [found for (found,) in rows(sql, (now(),))]
