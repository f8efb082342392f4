"""What the store knows of readers, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

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


class Sliders(NamedTuple):
    """How a reader wants their list made, each from 0 to 4: how much outlets, sections and topics count (2: as they
    are), freshness (4) against popularity (0), how often something else is tried; and whether plain time order is
    wanted instead of all that."""

    outlet: int = 2
    section: int = 2
    topic: int = 2
    fresh: int = 2
    surprise: int = 1
    by_time: bool = False


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
    sliders: Sliders = Sliders()


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
    """An article that may be suggested, or with which something was done (`kind`) at `at`: its card, its topics (name,
    slug) and its outlet; `dwell` is how many seconds it was in view, None where unknown. `authors` are named by what
    they have in common in all outlets."""

    card: Card
    topics: tuple[tuple[str, str], ...]
    outlet_id: int
    at: datetime
    kind: str = "read"
    dwell: int | None = None
    authors: tuple[str, ...] = ()


Place = tuple[str, int]
"""A list, and a place in it, counted from 1."""


class Visit(NamedTuple):
    """A read on its way to be counted: the article, the day's hash of who came, the reader's key where there is one,
    when, and from which list."""

    article: int
    visitor: str
    reader: str | None = None
    at: datetime | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a reader did with an article, as they may have it: the list and place in it where it was opened, and for how
    many seconds at least its text was in view, as far as known."""

    at: datetime
    kind: str
    article: int
    title: str
    outlet: str
    place: str | None
    position: int | None
    dwell: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A list that a reader was shown: the articles' ids in their order."""

    at: datetime
    place: str
    articles: tuple[int, ...]
