"""The words of the trade: what travels from room to room, as frozen values.

Everything here is plain data: no behaviour beyond a shorthand, no import from another room. Times are aware
`datetime`s unless a field says otherwise; texts are Unicode without markup unless the field is called `html`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

Moment = datetime | date
"""When something was, as a page gives it: a `datetime` with its own offset (naive where the page names no zone), or a
`date` where only a day is known."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs an article, as the page presents them."""

    name: str
    role: str | None = None
    bio: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One witness of a date: what it says, where it stands and how much it is worth.

    `field` is 'published' or 'modified'; `where` one of 'json-ld', 'meta', 'microdata', 'time', 'address', 'title',
    'text', 'data' (in the page's scripts), 'feed', 'sitemap', 'archive', 'header'; `detail` names the property or
    quotes the text (at most 200 characters); `confidence` lies between 0 and 1.
    """

    field: str
    value: Moment
    where: str
    detail: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article: absolute address, caption, credit, alternative text, and size in pixels where given."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that the text itself names: `kind` is 'outlet' or 'person', `verb` as it stands ("told", "first
    reported"), `sentence` the whole sentence, `position` its offset in `Article.text`, in characters."""

    name: str
    kind: str
    verb: str
    sentence: str
    position: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words that lead to it. `url` is None where a flattened page kept the words alone."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link of a listing page: its words and address, whether it leads to an `article`, and how sure that is, between
    .5 and 1."""

    title: str
    url: str
    article: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Lists:
    """The clutter around an article, kept apart from it: other articles' headlines, comments, promotion, and what
    would read like its text but is `repeated` on other pages of the outlet."""

    related: tuple[Link, ...] = ()
    ranking: tuple[Link, ...] = ()
    recommended: tuple[Link, ...] = ()
    most_read: tuple[Link, ...] = ()
    comments: tuple[str, ...] = ()
    promotion: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What the page states about itself; never mixed with what Coranto counts."""

    views: int | None = None
    reactions: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, without its clutter: the result of reading one document. What a page does not say is None or
    empty."""

    title: str | None = None
    """The headline as readers see it, without the site's name."""
    subtitle: str | None = None
    """The standfirst: the lead under the headline, or else the second headline that structured data give."""
    authors: tuple[str, ...] = ()
    """Who signs, as plain names in the page's order: no "By", no roles, no joined names."""
    people: tuple[Person, ...] = ()
    """The same persons with role, bio and address where the page has them, then whoever else it tells of."""
    published: Moment | None = None
    """The day under which the page presents its text: that of publication, or of the last change where it shows readers
    no other. With the page's own offset and never converted; naive where the page names no zone."""
    modified: Moment | None = None
    """When it was changed last, by the same rules."""
    date_evidence: tuple[DateEvidence, ...] = ()
    """Every date that was found: what it says, where it stands, how sure it is. `published` and `modified` are among
    them."""
    dateline: str | None = None
    """Place and agency that open the text, as in "GRUND (Nordwire)"; they stay in `text`."""
    section: str | None = None
    """The section that the page files the article under."""
    breadcrumb: tuple[str, ...] = ()
    """The way from the site's home to the section, without the headline."""
    tags: tuple[str, ...] = ()
    """The topics that the page names, in its order."""
    outlet: str | None = None
    """The name of the site as it calls itself, else its host."""
    canonical_url: str | None = None
    """The address that the page gives itself, absolute."""
    syndicated_from: str | None = None
    """The address of the original on another site, where the page names one."""
    language: str | None = None
    """A tag such as "de" or "pt-BR": what the page declares, unless a long text plainly is in another."""
    image: Picture | None = None
    """The picture that leads the article."""
    images: tuple[Picture, ...] = ()
    """All pictures of the article in its order, with captions and credits, `image` before the others."""
    text: str = ""
    """The body as plain text, paragraphs separated by a blank line, the first of them the standfirst where shown."""
    html: str = ""
    """The same body as clean, safe markup with absolute addresses, without the standfirst."""
    counts: Counts = field(default_factory=Counts)
    """Views, reactions and comments as the page states them."""
    cited: tuple[Citation, ...] = ()
    """Whom the text names as its sources, in its order."""
    lists: Lists = field(default_factory=Lists)
    """The clutter around the article, kept apart from it."""
    notices: tuple[str, ...] = ()
    """Copyright and agency lines cut from the body."""
    robots: tuple[str, ...] = ()
    """The page's own directives in lower case: 'noindex', 'noarchive', 'nosnippet', 'tdm-reservation' and the like."""
    kind: str = "article"
    """'article', 'live', 'gallery', 'video', 'listing', 'paywall' (a teaser), 'error', or 'none' (not an article)."""
    confidence: float = 1.0
    """How sure `kind` is, between 0 and 1."""
    warnings: tuple[str, ...] = ()
    """What went wrong in reading, one sentence each: bytes that could not be decoded, tags dropped, a text cut."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A correction of how an outlet's pages are read. `kind` says what becomes of `value`: 'keep' and 'drop' take a CSS
    selector (what it matches is body, or is not looked at), 'title' takes what is cut off the end of headlines."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """What is known of an outlet's pages beside the one that is read: `repeated` holds the numbers of the blocks that
    stand on several of them (`coranto.extract.profile_of`)."""

    repeated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """One thing an outlet gave us, at one moment, before anybody read it.

    `body` is the bytes as received (already decompressed), `media_type` the bare type in lower case ('text/html',
    'text/plain', or ENTRY_TYPE for one entry of a feed), `charset` what the transport declared. `url` is where it
    came from, `fetched` when it was received here, `captured` when an archive took it. `headers` are the answer's, in
    lower case, and only those that matter to reading ('content-language', 'link', 'x-robots-tag', 'last-modified').
    """

    url: str | None
    body: bytes
    media_type: str
    fetched: datetime
    charset: str | None = None
    captured: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()


ENTRY_TYPE = "application/x-coranto-entry+json"
"""The media type of a stored feed entry: the entry's fields as `coranto.sources.entry_document` writes them."""


def lead(text: str, limit: int = 200) -> str:
    """The opening of `text`, cut at a word within `limit` characters, with an ellipsis where something was left out."""
    opening = " ".join(text.split("\n\n", 1)[0].split())
    if len(opening) <= limit:
        return opening
    cut = opening[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.-") + "…"
