"""What stands beside an article: the likest others, found when it is grouped, and found again when new ones come.

The newest articles are kept in memory by their terms; everything else stands in rows. What makes articles alike is
`coranto.ranking`'s knowledge.
"""

from __future__ import annotations

import ctypes
from collections import OrderedDict, deque
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from coranto.pipeline.keys import keys_of
from coranto.ranking import Index, Item, Recommended, related
from coranto.ranking.items import OPENING_CHARACTERS
from coranto.store import events, grouping
from coranto.store.covered import Opening, latest_grouped, linked, openings, unrelated
from coranto.stories import vector_of

BATCH = 50
AT_ONCE = 500
MOST = 16_000
"""Articles kept in memory, the newest: about 30 MB with their vectors."""
SHOWN = 10
"""More than a page lists: it leaves out what stands elsewhere on it."""
OLDER = 2
"""Older articles, of those a new one is likest to, whose own lists are made again: the new one may belong there."""
FLOOD = 500
"""Where more than this wait for their own lists, older lists stay as they are: those who wait are among themselves."""
WINDOW = timedelta(days=14)
LOOKED_EVERY = timedelta(minutes=10)


class Relating:
    """The lists beside articles, as far as this process is to make them."""

    def __init__(self) -> None:
        self.index: Index | None = None
        self.kept: deque[int] = deque()
        self.waiting: OrderedDict[int, None] = OrderedDict()
        self.looked = datetime.now(UTC)

    def note(self, ids: Iterable[int]) -> None:
        """Articles were grouped: their lists are to be made when there is time."""
        self.waiting |= dict.fromkeys(ids)

    def open(self) -> None:
        """Fill the memory from rows, and note what an earlier process left undone. What the articles in it link to is
        not read again: their own lists have it."""
        if self.index is None:
            self.index = Index()
            ids = latest_grouped(MOST)
            for start in range(0, len(ids), AT_ONCE):
                for opening in openings(ids[start : start + AT_ONCE], OPENING_CHARACTERS):
                    self.remember(item_of(opening))
            self.note(unrelated(datetime.now(UTC) - WINDOW, MOST))
            give_back()

    def batch(self, limit: int = BATCH) -> int:
        """Make the lists of up to `limit` noted articles, and some older ones' anew; how many were noted."""
        self.open()
        if not self.waiting:
            self.note_read()
        ids = [self.waiting.popitem(last=False)[0] for _ in range(min(limit, len(self.waiting)))]
        if not ids:
            return 0
        items = items_of(ids)
        for item in items:
            self.remember(item)
        found = self.likest(items)
        older: set[int] = set()
        if len(self.waiting) < FLOOD:
            older = {one.id for listed in found.values() for one in listed[:OLDER]} - found.keys() - self.waiting.keys()
        found |= self.likest(items_of(older))
        rows = {ident: [(one.id, one.reason, one.values) for one in listed] for ident, listed in found.items()}
        grouping.save_related(rows)
        return len(ids)

    def likest(self, items: list[Item]) -> dict[int, list[Recommended]]:
        """What stands beside each of these articles."""
        went_on = events.went_on(item.id for item in items)
        return {item.id: related(item, self.index, SHOWN, went_on=went_on.get(item.id)) for item in items}

    def note_read(self) -> None:
        """Now and then: what several readers read of late is to stand beside what they read before."""
        now = datetime.now(UTC)
        if now - self.looked >= LOOKED_EVERY:
            self.note(events.read_by_several(self.looked, BATCH))
            self.looked = now

    def remember(self, item: Item) -> None:
        if item.id not in self.index:
            self.kept.append(item.id)
        self.index.add(item)
        while len(self.kept) > MOST:
            self.index.remove(self.kept.popleft())


def give_back() -> None:
    """Hand memory that the rows of a whole window took for a moment back to the system, where the C library can: with
    100,000 articles some 10 MB that would else stay with this process."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def items_of(ids: Collection[int]) -> list[Item]:
    """The listed articles among these as the lists see them."""
    cites = linked(ids, keys_of)
    return [item_of(opening, cites.get(opening.article_id, ())) for opening in openings(ids, OPENING_CHARACTERS)]


def item_of(opening: Opening, cites: tuple[int, ...] = ()) -> Item:
    return Item(
        id=opening.article_id,
        title=opening.title,
        text=opening.text,
        section=opening.section,
        topics=opening.topics,
        outlet=opening.outlet,
        published=opening.published,
        language=opening.language,
        story=opening.story_id,
        origin=opening.copy_of,
        vector=vector_of(opening.trace),
        cites=cites,
    )
