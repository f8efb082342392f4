"""What the store hands out: plain values for pages and commands, never ORM rows. What is known of readers stands in
`reader_values`, sources and their work in `source_values`.

Times are aware `datetime`s in UTC; a claimed time that carried its own offset keeps it in `published_as_given`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from coranto.articles import Article, Picture


@dataclass(frozen=True, slots=True)
class OutletValue:
    """An outlet as pages show it; `private_to` is the account that alone may see it, or None."""

    id: int
    name: str
    slug: str
    home_url: str | None = None
    language: str | None = None
    section: str | None = None
    tagline: str | None = None
    since: datetime | None = None
    articles: int = 0
    demo: bool = False
    private_to: int | None = None


@dataclass(frozen=True, slots=True)
class SectionValue:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class AuthorValue:
    """An author is a name within one outlet; `joined` are the same person's names in others, as markup or an editor
    says."""

    id: int
    name: str
    slug: str
    outlet: str = ""
    outlet_slug: str = ""
    role: str | None = None
    bio: str | None = None
    url: str | None = None
    joined: tuple[AuthorValue, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicValue:
    name: str
    slug: str
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """An article on a list. `at` orders it (claimed time, never later than first seen); `copies` counts later copies
    here; `copy_of` is set on a copy; `story_outlets`, `story_articles` and
    `story_origins` speak of its story. `nosnippet` keeps the lead from
    the public; `free` says that its outlet allows whole texts to all, and its page, once read, forbids nothing.
    `modified` is the last change as the outlet gives it, `updated` as it was seen here, where a list tells of it."""

    id: int
    slug: str
    title: str
    lead: str
    outlet: str
    outlet_slug: str
    section: str | None
    section_slug: str | None
    at: datetime
    seen: datetime
    published: datetime | None
    language: str | None
    kind: str
    byline: str
    image: Picture | None = None
    story_id: int | None = None
    story_slug: str | None = None
    story_outlets: int = 1
    story_articles: int = 1
    copies: int = 0
    copy_of: int | None = None
    nosnippet: bool = False
    free: bool = False
    modified: datetime | None = None
    updated: datetime | None = None
    story_origins: int = 1


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story on the home page: its headline's article, who had it first, who spoke last, and a mark per article.
    `origins` are independent: copies count with the text they carry, outlets of one publisher as one."""

    id: int
    slug: str
    title: str
    lead: Card
    outlets: int
    articles: int
    copies: int
    first: Card
    latest: Card
    others: tuple[Card, ...] = ()
    marks: tuple[Mark, ...] = ()
    origins: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """One article on a story's strip: `kind` is 'first', 'own', 'credited', 'unnamed' or 'changed'."""

    at: datetime
    kind: str
    article_id: int
    outlet: str


@dataclass(frozen=True, slots=True)
class RecordNote:
    """What the people who run the site say of a finding of a record ('' is the whole of it): `hidden`, or a note."""

    finding: str
    hidden: bool
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CopyRecord:
    """What stands between an article and the earliest text like it. `share` lies between 0 and 1; `findings` are the
    structured findings of `coranto.stories.examine`, as dictionaries; `said` is what those who run the site say;
    `unsure` are those of the `copies` that may have had the text first themselves."""

    role: str
    share: float | None = None
    earliest: Card | None = None
    findings: tuple[dict, ...] = ()
    copies: tuple[Card, ...] = ()
    said: tuple[RecordNote, ...] = ()
    unsure: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """One stored document of an article and what the reader made of it. `changed` names the fields ('headline',
    'date', 'body') in which it differs from the one before, both read by the same version of the reader; None where
    that cannot be said."""

    number: int
    fetched: datetime
    title: str | None
    reader_version: int | None
    changed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A stored document of an article with what the reader made of it; `free` as in `Card`."""

    number: int
    fetched: datetime
    reading: Article
    free: bool = False


@dataclass(frozen=True, slots=True)
class ListedCard:
    """An entry of Related, a ranking or For you: the card and the structured reason (kind and values). In a list of two
    orders `place` says whose it is (`events.TRIED`)."""

    card: Card
    reason: str
    values: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Rankings:
    """What is read most, what rises in the last three hours, what is covered most in some `days`, what is discussed
    most."""

    most_read: tuple[ListedCard, ...] = ()
    rising: tuple[ListedCard, ...] = ()
    covered: tuple[ListedCard, ...] = ()
    days: int = 3
    discussed: tuple[ListedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the article page shows. `state` is 'listed', 'unlisted' (stored, but no article) or 'reserved'.
    `whole` is False where the reading was cut down to what may be shown to the visitor."""

    card: Card
    state: str
    reading: Article
    url: str | None
    outlet: OutletValue
    authors: tuple[AuthorValue, ...]
    topics: tuple[TopicValue, ...]
    published_as_given: datetime | date | None
    modified: datetime | None
    readers: int
    record: CopyRecord
    versions: tuple[Version, ...]
    story: StoryCard | None
    related: tuple[ListedCard, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Gone:
    """Why an article cannot be shown: `moved_to` is the survivor of a merge, else it was withdrawn at `at` for
    `reason`."""

    id: int
    moved_to: int | None = None
    moved_slug: str | None = None
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A piece of a list: `newer` and `older` are opaque cursors, None at the ends."""

    cards: tuple[Card, ...]
    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class Stories:
    """A piece of the list of stories; cursors as in `Cards`."""

    stories: tuple[StoryCard, ...]
    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list's page says of its list: `days` counts the articles of the last 30 days, today's last; `outlets` are
    (name, slug, articles of these days) of those with most, of `telling` in all; `own` is a share, `delay` in
    seconds."""

    articles: int
    first: datetime | None = None
    days: tuple[int, ...] = ()
    telling: int = 0
    outlets: tuple[tuple[str, str, int], ...] = ()
    authors: tuple[AuthorValue, ...] = ()
    own: float | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: title and excerpt as runs of (text, matched)."""

    card: Card
    title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. `total` is exact up to 10,000 (`capped` beyond); `stories` counts their stories."""

    hits: tuple[Hit, ...]
    total: int
    capped: bool = False
    stories: int = 0
    older: str | None = None
    newer: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `text` may hold "phrases", -exclusions, and the words author:, outlet:, topic: with a value;
    the same can be given by field. Days are inclusive, in the site's zone. `order` is 'time' (newest first) or
    'relevance' (matches in the title weigh most)."""

    text: str = ""
    outlet: str | None = None
    topic: str | None = None
    author: str | None = None
    section: str | None = None
    since: date | None = None
    until: date | None = None
    own_only: bool = False
    order: str = "time"


@dataclass(frozen=True, slots=True)
class Home:
    """The home page. `lead`, `seconds` (at most 3), `row` (at most 4) and `others` are different stories; `latest`
    and `sections` repeat none of their headlines."""

    lead: StoryCard | None
    seconds: tuple[StoryCard, ...] = ()
    row: tuple[StoryCard, ...] = ()
    others: tuple[StoryCard, ...] = ()
    latest: Cards = field(default_factory=lambda: Cards(()))
    sections: tuple[tuple[SectionValue, tuple[Card, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What is known of a copy: how much of it was seen earlier (`share`), the kinds of its findings, and, where it was
    not taken from the original, which copy it was `taken_from` and whether it `names` that."""

    share: float | None = None
    kinds: frozenset[str] = frozenset()
    taken_from: int | None = None
    names: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Reports of a long story that belong together, in order of time; `lead` is the one whose headline stands for
    them."""

    lead: int
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with its articles in order of time, copies included; `roles` gives each the kind of its mark, `topics`
    are those its articles share most, `carried` tells of the copies, `changed` are the articles of which two stored
    versions differ."""

    card: StoryCard
    cards: tuple[Card, ...]
    roles: dict[int, str] = field(default_factory=dict)
    topics: tuple[TopicValue, ...] = ()
    carried: dict[int, Carried] = field(default_factory=dict)
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The site in numbers: `outlets` are read, up to `read_to`; `waiting` counts articles by the step they wait for."""

    outlets: int
    read_to: datetime | None
    articles: int
    waiting: dict[str, int] = field(default_factory=dict)
    failing: int = 0
    originals_kept: bool = True


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: the database with its originals, the pictures, the limit that holds, and what the volume has free."""

    database: int
    originals: int
    pictures: int
    limit: int
    free: int

    @property
    def over(self) -> bool:
        """Whether originals are no longer kept."""
        return self.database + self.pictures >= self.limit


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was found, and what to do where it is not."""

    name: str
    ok: bool
    message: str
    remedy: str = ""
