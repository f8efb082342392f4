"""The addresses of the site's own pages. They last; `urls.py` answers them, and a test holds the two together."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import quote, urlencode, urlsplit

HOME = "/"
LATEST = "/latest"
STORIES = "/stories"
RANKING = "/ranking"
SEARCH = "/search"
SOURCES = "/sources"
FOR_YOU = "/for-you"
KEPT = "/kept"
MARKS = "/marks"
FOLLOW = "/sources/follow"
OPML = "/sources/opml"
TEXT = "/text-and-colours"
CHECK = "/check"
ABOUT = "/about"
GROUPING = "/about/stories"
KEYBOARD = "/about/keyboard"
MANIFEST = "/manifest.webmanifest"
SPECULATION = "/speculation-rules.json"
ADD = "/run/add"
REMOVE_DEMO = "/run/demo/remove"
WORK = "/run/work"
COPYING = "/run/copying"
DISK = "/run/disk"
EARNS = "/run/for-you"
CHANGES = "/run/changes"
OPTIONS = "/run/settings"
PEOPLE = "/run/accounts"
ACCOUNT = "/account/"
SIGN_IN = "/account/login/"
SIGN_OUT = "/account/logout/"
SIGN_UP = "/account/signup/"


def with_slug(room: str, number: int, slug: str | None) -> str:
    """The page of a numbered thing, with the words of its name where there are any."""
    return f"/{room}/{number}/{quote(slug)}" if slug else f"/{room}/{number}"


def article(card) -> str:
    """A card's article."""
    return with_slug("article", card.id, card.slug)


def short(number: int) -> str:
    """The short address of an article."""
    return f"/a/{number}"


def versions(number: int, version: int | None = None) -> str:
    """How the stored versions of an article differ; without a number the last two."""
    return f"/a/{number}/versions" + (f"?to={version}" if version else "")


def compared(number: int) -> str:
    """A copy beside the earliest text like it."""
    return f"/a/{number}/compared"


def reaction(number: int) -> str:
    """Where a word on an article goes."""
    return f"/article/{number}/reaction"


def place(number: int) -> str:
    """Where the paragraph in view is noted."""
    return f"/article/{number}/place"


def story(number: int, slug: str | None) -> str:
    """A story by its number."""
    return with_slug("story", number, slug)


def author(value) -> str:
    """An author's page."""
    return with_slug("author", value.id, value.slug)


def section(slug: str) -> str:
    """A section's list."""
    return f"/section/{quote(slug)}"


def outlet(slug: str) -> str:
    """An outlet's list."""
    return f"/outlet/{quote(slug)}"


def run(thing: str, number: int, act: str = "") -> str:
    """What the owner does with an outlet, a source, an article, an author or a change."""
    return f"/run/{thing}/{number}/{act}" if act else f"/run/{thing}/{number}"


def topic(slug: str) -> str:
    """A topic's list."""
    return f"/topic/{quote(slug)}"


def archive(day: date | datetime) -> str:
    """All of one day."""
    return f"/archive/{day:%Y-%m-%d}"


def invited(secret: str) -> str:
    """Where the person invited makes an account."""
    return f"/account/invited/{quote(secret)}"


def search(**fields: str | None) -> str:
    """A search with the given fields; empty ones are left out."""
    given = {name: value for name, value in fields.items() if value}
    return f"{SEARCH}?{urlencode(given)}" if given else SEARCH


def ranking(**fields: str) -> str:
    """The ranked lists of a span, a section or an outlet; empty fields are left out, and so is the span of a day."""
    given = {name: value for name, value in fields.items() if value and value != "day"}
    return f"{RANKING}?{urlencode(given)}" if given else RANKING


def feed(address: str) -> str:
    """The Atom feed of a list: the list's address, with `feed` before its query."""
    path, _, query = address.partition("?")
    return f"{path.rstrip('/')}/feed" + (f"?{query}" if query else "")


def story_feed(number: int, slug: str | None) -> str:
    """The feed of a story; where it has no words, a dash stands for them."""
    return f"/story/{number}/{quote(slug or '-')}/feed"


def author_feed(value) -> str:
    """The feed of an author."""
    return f"/author/{value.id}/{quote(value.slug or '-')}/feed"


def sitemap(kind: str, first: int) -> str:
    """A part of the sitemap: pages of a kind, from a number on."""
    return f"/sitemap/{kind}-{first}.xml"


def picture(kept, slot: int) -> str:
    """A version of a kept picture; what follows the question mark changes when it is made anew."""
    return f"/picture/{kept.key:016x}-{slot}.webp?{kept.made:x}"


def web(address: str | None) -> str | None:
    """An address of the outside world that may stand in a link: http or https with a host, else None."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        known = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return address if known else None


def host(address: str) -> str:
    """The host an address leads to, without 'www.', with its port where one is named."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return (parts.hostname or "").removeprefix("www.") + port


def front(address: str) -> str:
    """The front page of the site that an address is of."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


def without_scheme(address: str) -> str:
    """An address as people write it down."""
    return address.partition("://")[2] or address


def at(cursor: str, address: str) -> str:
    """A list's address from the given place on."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'from': cursor})}"
