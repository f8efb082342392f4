"""How fast the store grows: measured between the sizes that the hourly tidying writes down, never guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from coranto.store import keep
from coranto.store.database import rows
from coranto.store.times import DAY, now
from coranto.store.values import Disk

SHORTEST = DAY
"""Between the first and the last size looked at; less history says nothing."""
LONGEST = 7 * DAY


@dataclass(frozen=True, slots=True)
class Growth:
    """Bytes a day, of the database with its originals, of the originals alone and of the pictures, measured over
    `days`."""

    database: int
    originals: int
    pictures: int
    days: float

    @property
    def total(self) -> int:
        return self.database + self.pictures

    def days_until_full(self, used: Disk) -> int | None:
        """Whole days until the limit, or until the volume is full, at this pace; None where nothing grows."""
        room = min(used.limit - used.database - used.pictures, used.free)
        return max(0, room // self.total) if self.total > 0 else None


def sizes() -> dict[str, int]:
    """What a run of the tidying writes down."""
    used = keep.disk()
    return {"database": used.database, "originals": used.originals, "pictures": used.pictures}


def growth() -> Growth | None:
    """The pace of the last seven days, as far as they are known; None where that is less than one day."""
    found = rows(
        "SELECT began, counts FROM run WHERE kind = 'retention' AND ok AND began > %s ORDER BY began",
        (now() - LONGEST,),
    )
    measured = [(at, counts) for at, text in found if "database" in (counts := json.loads(text))]
    if len(measured) < 2 or measured[-1][0] - measured[0][0] < SHORTEST:
        return None
    (start, before), (end, after) = measured[0], measured[-1]
    days = (end - start) / DAY
    pace = {name: int((after[name] - before[name]) / days) for name in ("database", "originals", "pictures")}
    return Growth(**pace, days=days)
