"""robots.txt: which rules hold for this reader, and what holds when there are none to be had."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from loopback_site import PRIVATE, Site, answer, public_only, redirect

from coranto.sources import robots
from coranto.sources.fetcher import Fetcher, FetchError, Request
from coranto.sources.robots import Robots, RobotsCopy, Rules

PAGE = answer(200, b"<p>News</p>", Content_Type="text/html")


@pytest.mark.parametrize("text, path, allowed", [
    ("", "/a", True),
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: CORANTO\nDisallow: /", "/a", False),
    ("User-agent: Coranto/2.0\nDisallow: /", "/a", False),
    ("User-agent: cor\nDisallow: /", "/a", True),
    ("User-agent: corantobot\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: coranto\nDisallow: /b", "/a", True),
    ("User-agent: other\nUser-agent: coranto\nDisallow: /a", "/a", False),
    ("User-agent: coranto\nUser-agent: other\nDisallow: /a", "/a", False),
    ("User-agent: coranto\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
    ("User-agent: coranto\nDisallow: /a\nUser-agent: coranto\nDisallow: /b", "/b", False),
    ("User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open/1", True),
    ("User-agent: *\nAllow: /news\nDisallow: /news/shut", "/news/shut/1", False),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    ("User-agent: *\nDisallow: /a%3Cb", "/a%3cb", False),
    ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
    ("User-agent: *  # all\r\nDisallow: /a # closed\r\n", "/a", False),
    ("Sitemap: /s.xml\nUser-agent: *\nSitemap: /t.xml\nDisallow: /a", "/a", False),
    ("Disallow: /", "/a", True),
    ("<!doctype html><p>Not found</p>", "/a", True),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
])  # fmt: skip
def test_rules(text, path, allowed):
    assert Rules(text).allows(f"https://news.example{path}") is allowed


@pytest.mark.parametrize("text, delay", [
    ("User-agent: *\nCrawl-delay: 2.5", 2.5), ("User-agent: *\nCrawl-delay: 86400", 60), ("", None),
    ("User-agent: *\nCrawl-delay: soon", None), ("User-agent: *\nCrawl-delay: 0", None),
    ("User-agent: *\nCrawl-delay: nan", None), ("User-agent: other\nCrawl-delay: 9", None),
    ("User-agent: *\nCrawl-delay: -3", None),
    ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: coranto\nDisallow: /x", None),
])  # fmt: skip
def test_crawl_delay(text, delay):
    assert Rules(text).crawl_delay == delay


def test_sitemaps_are_listed_once():
    assert Rules("Sitemap: https://a.example/1.xml\nSitemap: https://a.example/1.xml\nsitemap:/2.xml").sitemaps == (
        "https://a.example/1.xml",
        "/2.xml",
    )


def test_a_file_made_to_take_long_does_not():
    agents = "".join(f"User-agent: a{n}\n" for n in range(15_000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(15_000))
    stars = "User-agent: *\nDisallow: /" + "*a" * 5_000 + "$\n"
    began = time.process_time()
    assert Rules(agents + rules + stars).allows("https://news.example/" + "a" * 4_000)
    assert time.process_time() - began < 5


# ---- over the network ----


def fetched(site: Site, *requests: dict, **settings) -> list:
    """What fetching '/page' of `site` gave, once for each of `requests`: the status, or the error."""

    async def run() -> list:
        results = []
        async with site.open(), Fetcher("C", contact="", spacing=0, allow=public_only, **settings) as fetcher:
            for options in requests or ({},):
                try:
                    results.append((await fetcher.fetch(Request(site.url("/page"), **options))).status)
                except FetchError as error:
                    results.append(error)
        return results

    return asyncio.run(run())


def test_a_closed_page_is_not_asked_for():
    site = Site({"/robots.txt": answer(200, b"User-agent: *\nDisallow: /page"), "/page": PAGE})
    error, subscribed = fetched(site, {}, {"obey_robots": False})
    assert error.kind == "robots" and site.url("/page") in error.message and "feed" in error.remedy
    assert subscribed == 200 and site.paths() == ["/robots.txt", "/page"]


def test_the_file_is_read_once():
    site = Site({"/robots.txt": answer(200, b""), "/page": PAGE})
    assert fetched(site, {}, {}, {}) == [200] * 3
    assert site.paths() == ["/robots.txt", "/page", "/page", "/page"]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_where_there_is_none_all_is_allowed(status):
    assert fetched(Site({"/robots.txt": answer(status), "/page": PAGE})) == [200]


@pytest.mark.parametrize("status", [500, 502, 504])
def test_where_the_site_fails_nothing_is_allowed(status):
    site = Site({"/robots.txt": answer(status), "/page": PAGE})
    first, second = fetched(site, {}, {})
    assert first.kind == second.kind == "robots" and str(status) in first.message and 0 < first.retry_after <= 600
    assert site.paths() == ["/robots.txt"]


def test_a_busy_site_is_said_to_be_busy():
    (error,) = fetched(Site({"/robots.txt": answer(429, Retry_After="30"), "/page": PAGE}))
    assert error.kind == "busy" and 25 < error.retry_after <= 30


UNREACHED = [("http://127.0.0.1:1/page", "refused"), ("http://inside.example/page", "private")]


@pytest.mark.parametrize("url, kind", UNREACHED)
def test_a_host_that_cannot_be_reached_is_told_of_the_page(url, kind):
    async def run() -> FetchError:
        settings = {"spacing": 0, "allow": public_only, "lookup": lambda *asked: [PRIVATE]}
        async with Fetcher("C", contact="", **settings) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(Request(url))
            return caught.value

    error = asyncio.run(run())
    assert error.kind == kind and url in error.message and "robots.txt" not in error.message


def test_redirects_of_the_file_are_followed_five_times():
    site = Site({"/robots.txt": redirect("/1"), "/page": PAGE, "/5": answer(200, b"User-agent: *\nDisallow: /")})
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 5)}
    assert fetched(site)[0].kind == "robots"
    site.routes |= {"/5": redirect("/6"), "/6": answer(200, b"User-agent: *\nDisallow: /")}
    assert fetched(site) == [200]


def test_a_redirect_of_the_file_does_not_lead_inside():
    site = Site({"/robots.txt": redirect(f"http://{PRIVATE}:9/robots.txt"), "/page": PAGE})
    assert fetched(site)[0].kind == "private"


def test_a_redirected_page_obeys_the_rules_of_where_it_leads():
    async def run() -> tuple[str, list[str]]:
        site, other = Site(), Site({"/robots.txt": answer(200, b"User-agent: *\nDisallow: /shut"), "/shut": PAGE})
        async with site.open(), other.open(), Fetcher("C", contact="", spacing=0, allow=public_only) as fetcher:
            site.routes["/page"] = redirect(other.url("/shut"))
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(Request(site.url("/page")))
            return caught.value.kind, other.paths()

    assert asyncio.run(run()) == ("robots", ["/robots.txt"])


def test_what_is_behind_the_first_500_kilobytes_is_not_read():
    early, late = b"User-agent: *\nDisallow: /page\n", b"#" + b"x" * (500 * 1024)
    page = Site({"/robots.txt": answer(200, late + b"\n" + early), "/page": PAGE})
    assert fetched(page) == [200]
    page.routes["/robots.txt"] = answer(200, early + late)
    assert fetched(page)[0].kind == "robots"


def test_crawl_delay_spaces_requests():
    began: list[float] = []

    async def noted(asked, writer) -> bytes:
        began.append(asyncio.get_running_loop().time())
        return PAGE

    site = Site({"/robots.txt": answer(200, b"User-agent: *\nCrawl-delay: 0.15"), "/page": noted})
    fetched(site, {}, {}, {})
    assert began[1] - began[0] > 0.14 and began[2] - began[1] > 0.14


def test_the_rules_can_be_asked_for():
    async def run() -> Rules:
        site = Site({"/robots.txt": answer(200, b"Sitemap: https://a.example/s.xml")})
        async with site.open(), Fetcher("C", contact="", spacing=0, allow=public_only) as fetcher:
            return await fetcher.rules(Request(site.url("/some/page")))

    assert asyncio.run(run()).sitemaps == ("https://a.example/s.xml",)


# ---- copies ----


class Shelf:
    """Keeps copies of robots.txt, as a store would."""

    def __init__(self, copy: RobotsCopy | None = None) -> None:
        self.copy = copy
        self.saved: list[str] = []

    async def load(self, origin: str) -> RobotsCopy | None:
        return self.copy

    async def save(self, origin: str, copy: RobotsCopy) -> None:
        self.saved.append(origin)
        self.copy = copy


CLOSED = "User-agent: *\nDisallow: /"


@pytest.mark.parametrize("age_hours, reads, allowed", [(1, 0, False), (25, 1, True)])
def test_a_kept_copy_serves_for_a_day(age_hours, reads, allowed):
    shelf = Shelf(RobotsCopy(CLOSED, datetime.now(UTC) - timedelta(hours=age_hours)))
    asked = []

    async def read() -> bytes:
        asked.append(1)
        return b""

    rules = asyncio.run(Robots(shelf.load, shelf.save).rules("https://news.example", read))
    assert (len(asked), rules.allows("https://news.example/a")) == (reads, allowed)
    assert shelf.saved == ["https://news.example"] * reads


async def failing() -> bytes:
    raise FetchError("status", "500.", "Later.", status=500)


@pytest.mark.parametrize("days, obeyed", [(2, True), (29, True), (31, False)])
def test_an_old_copy_is_obeyed_for_a_month_while_the_site_fails(days, obeyed):
    shelf = Shelf(RobotsCopy("User-agent: *\nDisallow: /a", datetime.now(UTC) - timedelta(days=days)))
    known = Robots(shelf.load, shelf.save)
    if obeyed:
        rules = asyncio.run(known.rules("https://news.example", failing))
        assert rules.allows("https://news.example/b") and not rules.allows("https://news.example/a")
    else:
        with pytest.raises(FetchError, match="cannot be read"):
            asyncio.run(known.rules("https://news.example", failing))
    assert shelf.saved == []


def test_copies_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(robots, "MOST_ORIGINS", 3)
    known = Robots()
    asked = []

    async def run() -> None:
        for n in (1, 2, 3, 4, 4, 1):

            async def read(n=n) -> bytes:
                asked.append(n)
                return b""

            await known.rules(f"https://{n}.example", read)

    asyncio.run(run())
    assert asked == [1, 2, 3, 4, 1]


def test_many_who_ask_at_once_read_it_once():
    asked = []

    async def read() -> bytes:
        asked.append(1)
        await asyncio.sleep(0.01)
        return b""

    async def run() -> None:
        known = Robots()
        await asyncio.gather(*(known.rules("https://news.example", read) for _ in range(20)))

    asyncio.run(run())
    assert asked == [1]
