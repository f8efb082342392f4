"""Finding out what an address or file is, and making sources of it: home page, feed, sitemap, list, article, OPML.

Nothing is stored of an input that turns out to be none of these. The first fetch is left to `fetching`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from coranto.settings import Settings
from coranto.sources import Discovery, discover, write_opml
from coranto.sources.addresses import looks_like_host
from coranto.sources.answers import Answer, FetchError, Request
from coranto.sources.opml import Subscription, Subscriptions
from coranto.store import sources
from coranto.store.source_values import SourceRow

if TYPE_CHECKING:
    from coranto.sources.fetcher import Fetcher  # only to fetch is it loaded: the site rarely does

LARGEST_FILE = 50 * 1024 * 1024
MOST_TRIED = 3
"""Feeds of a page that are looked at until one holds."""
USUAL_FEEDS = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml")
"""Where feeds often lie that no page names."""
WORDS = {"feed": "a feed", "sitemap": "a sitemap", "listing": "a page that lists articles", "page": "a single article"}


class AddError(Exception):
    """An input that gives no source: `message` names it and says what was found, `remedy` what to do."""

    def __init__(self, message: str, remedy: str):
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who adds wants of the sources; None where nothing was said."""

    section: str | None = None
    name: str | None = None
    spacing: float | None = None
    interval: float | None = None
    reading: str | None = None
    allow_private: bool = False
    user_agent: str | None = None
    credential: tuple[str, ...] | None = None
    private_to: int | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input. `kind` is 'feed', 'sitemap', 'listing', 'page' or 'opml'; `fresh` of the `sources` were
    not there before."""

    target: str
    kind: str
    url: str
    outlet: str
    sources: tuple[int, ...]
    fresh: int
    found_on: str | None = None

    def sentence(self) -> str:
        if self.kind == "opml":
            known = len(self.sources) - self.fresh
            return f"{self.target}: {self.fresh:,} feeds added" + (f", {known:,} were there already" if known else "")
        what = WORDS[self.kind] + (f", named by {self.found_on}" if self.found_on else "")
        verb = "Added" if self.fresh else "Known already:"
        return f"{verb} {self.outlet}: {self.url} ({what})"


@dataclass(frozen=True, slots=True)
class Door:
    """Where an outlet's articles are found, before it is stored. `section` is what the person who adds says of the
    source; `usual_section` is the outlet's, for articles whose own labels mean none."""

    kind: str
    url: str
    outlet: str
    home: str | None
    language: str | None = None
    section: str | None = None
    tagline: str | None = None
    spacing: float | None = None
    usual_section: str | None = None


def add(
    settings: Settings, targets: Iterable[str], wish: Wish, report: Callable[[], None] | None = None
) -> tuple[list[Added], list[str]]:
    """Add each of these addresses and files; what became of those that were added, and a sentence for each other."""
    return asyncio.run(add_all(settings, list(targets), wish, report))


async def add_all(settings: Settings, targets: list[str], wish: Wish, report) -> tuple[list[Added], list[str]]:
    from coranto.sources.fetcher import Fetcher

    added: list[Added] = []
    failures: list[str] = []
    async with Fetcher(settings.user_agent, contact="", timeout=settings.fetch_timeout, spacing=0.2) as fetcher:
        for target in targets:
            try:
                added.append(await add_one(fetcher, target, wish))
            except (AddError, FetchError) as error:
                failures.append(told(target, error))
            except OSError as error:
                failures.append(f"{target} cannot be read: {error.strerror or error}. Look for a slip in the path.")
            if report:
                report()
    return added, failures


def told(target: str, error: AddError | FetchError) -> str:
    """The sentences for an input that failed; they name it, also where a redirect led elsewhere first."""
    host = (address_of(target) or "").partition("://")[2].partition("/")[0].rpartition("@")[2]
    led_on = bool(host) and host.lower() not in error.message.lower()
    remedy = error.remedy
    if getattr(error, "kind", "") == "private":
        remedy = "Pass --allow-private if it is yours."
        if led_on:
            remedy = "If it is yours, add that address itself with --allow-private."
    return f"{f'{target} leads elsewhere: ' if led_on else ''}{error.message} {remedy}".strip()


async def add_one(fetcher: Fetcher, target: str, wish: Wish) -> Added:
    url = address_of(target)
    if url is None:
        return from_file(target, wish)
    refuse_unfit(url)
    answer = await fetcher.fetch(request(url, wish))
    if answer.gone:
        raise AddError(f"{url} answered 410: it is gone for good.", "Look for the outlet's present address.")
    found = discover(answer.body, answer.url, answer.headers)
    if found.kind == "opml":
        return from_subscriptions(target, found.subscriptions, wish)
    # What a person typed stays the address, unless the site says that it moved for good.
    door, named_by = await door_of(fetcher, found, answer.moved_to or url, answer, wish)
    return store([door], wish, target, named_by)


def address_of(target: str) -> str | None:
    """The address that was given, with its scheme; None where it names a file."""
    if re.match(r"[a-z][a-z0-9+.-]*://", target, re.IGNORECASE):
        return re.sub(r"^feed://", "http://", target, flags=re.IGNORECASE)
    if target.lower().startswith("feed:http"):
        return target[5:]
    if Path(target).exists() or not looks_like_host(target):
        return None
    return f"https://{target}"


def refuse_unfit(url: str) -> None:
    """Raise `AddError` for what looks like an address and is none, and for one with a password in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise AddError(f"{url} is no address.", "Write it as in https://news.example/feed.") from None
    if parts.username or parts.password:
        raise AddError(
            f"{hidden(url)} holds a password.", "Leave it out and pass --login USER; the password is asked for."
        )


def hidden(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def request(url: str, wish: Wish) -> Request:
    """A person entered this address, so robots.txt, which speaks to crawlers, is not asked."""
    return Request(
        url,
        allow_private=wish.allow_private,
        spacing=wish.spacing,
        credential=wish.credential,
        user_agent=wish.user_agent,
        obey_robots=False,
    )


async def door_of(fetcher: Fetcher, found: Discovery, url: str, answer: Answer, wish: Wish) -> tuple[Door, str | None]:
    """The best way to an outlet's articles that its page offers, and the page's address where another one named it."""
    home = urljoin(answer.url, "/")
    if found.kind == "feed":
        feed = found.feed
        return Door("feed", url, feed.title or host(url), feed.link or home, feed.language, tagline=feed.subtitle), None
    if found.kind == "sitemap":
        name = next((page.publication for page in found.sitemap.pages if page.publication), None)
        language = next((page.language for page in found.sitemap.pages if page.language), None)
        return Door("sitemap", url, name or host(url), home, language), None
    if found.kind == "other":
        raise AddError(f"{url}: {found.error}", "Give a home page, a feed, a sitemap, an article, or an OPML file.")
    name = short_name(found.title) or host(url)
    front = is_front(answer.url)
    if found.kind == "article" and not front:
        return Door("page", url, article_outlet(answer) or host(url), home, found.language), None
    if feed := await feed_of_page(fetcher, found, answer.url, wish):
        return replace(feed, outlet=name, home=answer.url, language=feed.language or found.language), url
    if found.kind == "listing" and found.links:
        return Door("listing", url, name, answer.url, found.language), None
    if sitemap := await sitemap_of_site(fetcher, found, answer.url, wish):
        return Door("sitemap", sitemap, name, answer.url, found.language), url
    if found.kind == "article":
        return Door("page", url, article_outlet(answer) or name, home, found.language), None
    raise AddError(
        f"{url} is a page without a feed, a sitemap or a list of articles.",
        "Look on it for a link to its feed (RSS, Atom), or give the page that lists its articles.",
    )


async def feed_of_page(fetcher: Fetcher, found: Discovery, url: str, wish: Wish) -> Door | None:
    """The first feed of a page that answers with one: those it names, then, on a home page, where feeds often lie."""
    named = [link.url for link in found.feeds if not link.comments][:MOST_TRIED]
    usual = [urljoin(url, path) for path in USUAL_FEEDS] if not named and is_front(url) else []
    for address in [*named, *usual]:
        try:
            answer = await fetcher.fetch(request_near(address, url, wish))
        except FetchError:
            continue
        feed = discover(answer.body, answer.url, answer.headers)
        if feed.kind == "feed" and (feed.feed.entries or address in named):
            return Door("feed", address, "", None, feed.language, tagline=feed.feed.subtitle)
    return None


async def sitemap_of_site(fetcher: Fetcher, found: Discovery, url: str, wish: Wish) -> str | None:
    """A sitemap that the page or the site's robots.txt names, news before others, and that answers as one."""
    try:
        listed = (await fetcher.rules(request_near(url, url, wish))).sitemaps
    except FetchError:
        listed = ()
    named = list(dict.fromkeys((*found.sitemaps, *listed, urljoin(url, "/sitemap.xml"))))
    for address in sorted(named, key=lambda address: "news" not in address.lower())[:MOST_TRIED]:
        try:
            answer = await fetcher.fetch(request_near(address, url, wish))
        except FetchError:
            continue
        if discover(answer.body, answer.url, answer.headers).kind == "sitemap":
            return address
    return None


def request_near(address: str, page: str, wish: Wish) -> Request:
    """A request for an address that a page named: what the person allowed holds for that page's own place alone."""
    asked, given = urlsplit(address), urlsplit(page)
    if asked.netloc == given.netloc:
        return request(address, wish)
    return request(address, replace(wish, allow_private=False, credential=None))


def from_file(target: str, wish: Wish) -> Added:
    """The outlets of an OPML file; any other file is an import."""
    path = Path(target)
    if not path.exists():
        raise AddError(f"{target} is neither an address nor a file.", "Write addresses with https:// in front.")
    if path.is_dir():
        raise AddError(f"{target} is a folder.", f"To import saved pages: coranto import {target}")
    with path.open("rb") as file:
        body = file.read(LARGEST_FILE)
    found = discover(body, path.absolute().as_uri())
    if found.kind == "opml":
        return from_subscriptions(target, found.subscriptions, wish)
    if found.kind == "feed" and (address := found.feed.self_link):
        feed = found.feed
        return store(
            [Door("feed", address, feed.title or host(address), feed.link, feed.language)], wish, target, target
        )
    if found.kind in ("listing", "article", "page"):
        raise AddError(f"{target} is a saved page.", f"To import it: coranto import {target}")
    raise AddError(
        f"{target}: {found.error or 'it is a feed or sitemap that does not name its own address.'}",
        "Give an OPML file, or the address of a feed or a home page.",
    )


def from_subscriptions(target: str, found: Subscriptions, wish: Wish) -> Added:
    if not found.items:
        raise AddError(f"{target} lists no feeds.", "Export the list again from the reader it came from.")
    doors = [Door("feed", one.url, one.title or host(one.url), one.site, section=one.section) for one in found.items]
    return replace(store(doors, replace(wish, name=None), target, None), kind="opml")


def store(doors: list[Door], wish: Wish, target: str, named_by: str | None) -> Added:
    """Make the rows of these doors, in one transaction; doors that are there already stay, with what was wished."""
    known = {row.url: row.outlet_id for row in sources.listed(wish.private_to) if row.private_to == wish.private_to}
    rows = sources.add_many([fields_of(door, wish, known.get(door.url)) for door in doors])
    fresh = len({row.id for row in rows if row.url not in known})
    first = rows[0]
    return Added(target, doors[0].kind, first.url, first.outlet, tuple(row.id for row in rows), fresh, named_by)


def fields_of(door: Door, wish: Wish, outlet_id: int | None) -> dict:
    """What `sources.add_many` takes; a door that is there already stays with its outlet."""
    section = wish.section or door.section
    outlet = {
        "outlet": {
            "name": wish.name or door.outlet or host(door.url),
            "home_url": door.home or urljoin(door.url, "/"),
            "language": door.language,
            "section": section or door.usual_section,
            "tagline": door.tagline,
            "demo": wish.demo,
            "private_to": wish.private_to,
        }
    }
    return {
        **(outlet if outlet_id is None else {"outlet_id": outlet_id}),
        "kind": door.kind,
        "url": door.url,
        "section": section,
        "reading": wish.reading,
        "interval": wish.interval,
        "spacing": wish.spacing if wish.spacing is not None else door.spacing,
        "allow_private": wish.allow_private or None,
        "credential": wish.credential,
        "user_agent": wish.user_agent,
    }


def host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def is_front(url: str) -> bool:
    """Whether an address is a site's front page: no path to speak of."""
    parts = urlsplit(url)
    return not parts.query and not re.sub(r"/(?:index\.\w+)?$", "", parts.path)


def short_name(title: str | None) -> str | None:
    """An outlet's name out of the title of its home page: the part before the motto."""
    if not title:
        return None
    name = re.split(r"\s+[|–—·•:]\s+|\s+-\s+", title.strip())[0].strip()
    return name if 2 <= len(name) <= 80 else title.strip()[:80]


def article_outlet(answer: Answer) -> str | None:
    from coranto.extract import extract

    return extract(answer.body, answer.url).outlet


def as_opml(settings: Settings) -> str:
    """All feeds that everybody may see, sections as folders."""
    feeds = (row for row in sources.listed() if row.kind == "feed" and not row.demo)
    homes = {outlet.id: outlet.home_url for outlet in sources.outlets()}
    items = [Subscription(row.url, row.outlet, homes.get(row.outlet_id), row.section) for row in feeds]
    return write_opml(settings.site_name, items).decode("utf-8")


def add_demo(settings: Settings) -> list[SourceRow]:
    """Make sources of the invented outlets, by the same road as any other."""
    from coranto import demo

    wish = Wish(allow_private=True, demo=True)
    doors = [
        Door(
            door.kind,
            door.url,
            door.outlet,
            door.home_url,
            door.language,
            tagline=door.tagline,
            spacing=door.spacing,
            usual_section=door.section,
        )
        for door in demo.doors(demo.ensure(settings.data))
    ]
    return [row for row in map(sources.get, store(doors, wish, "demo", None).sources) if row is not None]


def remove_demo(settings: Settings) -> tuple[int, int]:
    """Remove all invented outlets: how many, and how many articles of theirs."""
    from coranto import demo

    invented = [outlet for outlet in sources.outlets() if outlet.demo]
    articles = sum(sources.delete_outlet(outlet.id, with_articles=True) for outlet in invented)
    demo.forget(settings.data)
    return len(invented), articles
