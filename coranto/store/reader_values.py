"""What the store knows of readers, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coranto.store.values import Card


@dataclass(frozen=True, slots=True)
class ReaderMark:
    """What an account did with an article; `paragraph` is where it was last, counted from 1, 0 where unknown."""

    read: bool = False
    kept: bool = False
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Reactions:
    """How often each word was said of an article, and which one the asking reader said."""

    counts: dict[str, int]
    mine: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of a reader. `reader` is None for an account that did nothing yet; `wishes` are {('topic' or
    'outlet', slug): 'more', 'less' or 'never'}; `reads` counts since `first`."""

    reader: int | None
    remembers: bool
    wishes: dict[tuple[str, str], str]
    last: datetime | None = None
    reads: int = 0
    first: datetime | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """A topic or outlet of which a reader read `read` articles, with their wish ('' for none)."""

    field: str
    name: str
    slug: str
    read: int
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be suggested, or that was read at `at`: its card, its topics (name, slug) and its outlet."""

    card: Card
    topics: tuple[tuple[str, str], ...]
    outlet_id: int
    at: datetime
