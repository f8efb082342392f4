"""The fetcher against a site on loopback: redirects, limits, conditions, manners, and what it tells of failures."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from loopback_site import PRIVATE, PUBLIC, Asked, Site, answer, public_only, redirect

from coranto.sources.answers import document_of
from coranto.sources.fetcher import Answer, Fetcher, FetchError, Request, retry_after
from coranto.sources.guard import is_public

FEED = b"<rss><channel/></rss>"


@dataclass
class Fetched:
    """What became of one request after another: answers, or errors in their place."""

    results: list[Answer | FetchError]
    site: Site

    @property
    def answer(self) -> Answer:
        result = self.results[-1]
        assert isinstance(result, Answer), result
        return result

    @property
    def error(self) -> FetchError:
        result = self.results[-1]
        assert isinstance(result, FetchError), result
        return result


def fetch(site: Site, *paths: str, at_once: bool = False, fetcher: dict | None = None, **options) -> Fetched:
    """Fetch paths (or whole addresses) of `site`, with Request's `options` and the fetcher's."""
    settings = {"spacing": 0.0, "allow": public_only, "timeout": 5.0, "max_bytes": 100_000} | (fetcher or {})

    async def one(fetcher: Fetcher, path: str) -> Answer | FetchError:
        url = path if "://" in path else site.url(path)
        try:
            return await fetcher.fetch(Request(url, **({"obey_robots": False} | options)))
        except FetchError as error:
            return error

    async def run() -> list[Answer | FetchError]:
        async with site.open(), Fetcher("Coranto/0.1", contact="mailto:desk@paper.example", **settings) as fetcher:
            if at_once:
                return list(await asyncio.gather(*(one(fetcher, path) for path in paths)))
            return [await one(fetcher, path) for path in paths]

    return Fetched(asyncio.run(run()), site)


def test_an_answer_holds_what_came_back():
    site = Site({"/feed": answer(200, FEED, Content_Type="text/xml; charset=ISO-8859-1", ETag='"1"', Link="</a>")})
    got = fetch(site, "/feed").answer
    assert (got.url, got.status, got.body, got.not_modified, got.gone, got.moved_to) == (
        site.url("/feed"), 200, FEED, False, False, None,
    )  # fmt: skip
    assert got.headers["etag"] == '"1"' and got.fetched.tzinfo is UTC and got.elapsed > 0
    document = document_of(got)
    assert (document.media_type, document.charset, document.headers) == ("text/xml", "iso-8859-1", (("link", "</a>"),))


def test_it_says_who_it_is():
    site = Site({"/feed": answer()})
    fetch(site, "/feed")
    headers = site.asked[0].headers
    assert headers["user-agent"] == "Coranto/0.1 (+mailto:desk@paper.example)"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    fetch(site, "/feed", user_agent="Own/1", accept="text/x")
    assert (site.asked[1].headers["user-agent"], site.asked[1].headers["accept"]) == ("Own/1", "text/x")


# ---- the guard ----


@pytest.mark.parametrize("host", [PRIVATE, "[::1]", "localhost", "0x7f.2", "169.254.169.254", "2852039166"])
def test_it_does_not_connect_inside(host):
    error = fetch(Site(), f"http://{host}:9/feed", fetcher={"allow": is_public}).error
    assert error.kind == "private" and "--allow-private" in error.remedy and "/feed" in error.message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", [f"http://{PRIVATE}:9/", "//[::ffff:127.0.0.2]:9/x", "http://169.254.169.254/latest/"])
def test_a_redirect_does_not_lead_inside(status, to):
    assert fetch(Site({"/feed": redirect(to, status)}), "/feed").error.kind == "private"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://news.example/", "javascript:1", "http://", "data:,x"])
def test_a_redirect_leads_to_web_addresses_only(to):
    error = fetch(Site({"/feed": redirect(to)}), "/feed").error
    assert error.kind == "redirects" and "/feed" in error.message


def test_a_private_source_is_fetched_where_allowed_and_nowhere_else():
    async def run() -> tuple[bytes, list[str]]:
        inner, other = Site({"/feed": answer(200, FEED), "/away": b""}), Site({"*": answer(200, b"secret")})
        async with (
            inner.open(PRIVATE),
            other.open(PRIVATE),
            Fetcher("C", contact="", spacing=0, allow=public_only) as f,
        ):
            inner.routes["/away"] = redirect(other.url("/x", PRIVATE))
            allowed = {"allow_private": True, "obey_robots": False}
            body = (await f.fetch(Request(inner.url("/feed", PRIVATE), **allowed))).body
            kinds = []
            # The connection made for the allowed request is still open, and must not serve one that is not.
            for request in (
                Request(inner.url("/feed", PRIVATE), obey_robots=False),
                Request(inner.url("/away", PRIVATE), **allowed),
            ):
                with pytest.raises(FetchError) as caught:
                    await f.fetch(request)
                kinds.append(caught.value.kind)
            assert other.asked == []
            return body, kinds

    assert asyncio.run(run()) == (FEED, ["private", "private"])


def test_a_name_that_answers_differently_the_second_time_gains_nothing():
    answers = iter([[PUBLIC], [PRIVATE], [PUBLIC, PRIVATE]])
    closing = answer(200, FEED, Connection="close")
    site = Site({"*": closing})

    async def run() -> list[str]:
        fetcher = Fetcher("C", contact="", spacing=0, allow=public_only, lookup=lambda *asked: next(answers))
        async with site.open(), fetcher:
            seen = []
            for _ in range(3):
                try:
                    got = await fetcher.fetch(Request(site.url("/", "rebound.example"), obey_robots=False))
                    seen.append(got.body.decode())
                except FetchError as error:
                    seen.append(error.kind)
            return seen

    assert asyncio.run(run()) == [FEED.decode(), "private", FEED.decode()]
    assert all(asked.headers["host"].startswith("rebound.example:") for asked in site.asked)


def test_no_proxy_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://{PRIVATE}:9")
    monkeypatch.setenv("HTTP_PROXY", f"http://{PRIVATE}:9")
    assert fetch(Site({"/feed": answer(200, FEED)}), "/feed").answer.body == FEED


# ---- redirects ----


def test_permanent_moves_are_told_as_far_as_they_are_permanent():
    site = Site({"/a": redirect("/b", 301), "/b": redirect("/c", 308), "/c": answer(), "/d": redirect("/e", 301),
                 "/e": redirect("/c", 302), "/f": redirect("/a", 307)})  # fmt: skip
    moves = [result.moved_to for result in fetch(site, "/a", "/d", "/f", "/c").results]
    assert moves == [site.url("/c"), site.url("/e"), None, None]


def test_a_move_does_not_carry_trust_to_another_host():
    site = Site({"/feed": b"", "/here": answer(), "/new": redirect("/here", 301)})

    async def run() -> list[str | None]:
        other = Site({"*": answer(200, FEED)})
        async with other.open(), site.open(), Fetcher("C", contact="", spacing=0, allow=public_only) as fetcher:
            site.routes["/feed"] = redirect(other.url("/there"), 301)
            moves = []
            for path, options in (
                ("/feed", {}),
                ("/feed", {"allow_private": True}),
                ("/feed", {"credential": ("basic", "a", "b")}),
                ("/new", {"credential": ("basic", "a", "b")}),
            ):
                got = await fetcher.fetch(Request(site.url(path), obey_robots=False, **options))
                moves.append(got.moved_to and got.moved_to.rpartition("/")[2])
            return moves

    assert asyncio.run(run()) == ["there", None, None, "here"]


def test_redirects_end():
    site = Site({"/a": redirect("/b"), "/b": redirect("/a"), "/lost": answer(302)})
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(10)} | {"/10": answer(200, FEED)}
    circle, many, lost, enough = fetch(site, "/a", "/0", "/lost", "/5").results
    assert [circle.kind, many.kind, lost.kind] == ["redirects"] * 3
    assert "circle" in circle.message and "more than 5" in many.message and "302" in lost.message
    assert enough.body == FEED


@pytest.mark.parametrize("credential, header", [
    (("basic", "ann", "pass:wörd"), ("authorization", "Basic YW5uOnBhc3M6d8O2cmQ=")),
    (("header", "X-Key", "abc"), ("x-key", "abc")),
])  # fmt: skip
def test_a_credential_stays_with_its_host(credential, header):
    name, value = header

    async def run() -> tuple[list, list]:
        site, other = Site({"/page": answer()}), Site({"*": answer()})
        async with site.open(), other.open(), Fetcher("C", contact="", spacing=0, allow=public_only) as fetcher:
            site.routes["/feed"] = redirect(other.url("/x"))
            site.routes["/near"] = redirect("/page")
            for path in ("/feed", "/near"):
                await fetcher.fetch(Request(site.url(path), credential=credential, obey_robots=True))
        return site.asked, other.asked

    asked, elsewhere = asyncio.run(run())
    assert {a.path: a.headers.get(name) for a in asked} == {
        "/robots.txt": None, "/feed": value, "/near": value, "/page": value,
    }  # fmt: skip
    assert elsewhere and all(name not in a.headers for a in elsewhere)


def test_a_secret_in_the_address_is_refused_and_not_repeated():
    error = fetch(Site(), "http://ann:hush@news.example/feed").error
    assert error.kind == "address" and "hush" not in str(error) and "credential" in error.remedy
    assert "hush" not in repr(Request("http://news.example/", credential=("basic", "ann", "hush")))


def test_cookies_are_not_sent_back_and_not_kept():
    site = Site(
        {"/feed": answer(302, Set_Cookie="id=1; Path=/", Location="/next"), "/next": answer(200, Set_Cookie="a=b")}
    )
    assert "set-cookie" not in fetch(site, "/feed", "/next").answer.headers
    assert all("cookie" not in asked.headers for asked in site.asked)


# ---- limits ----


def test_a_bomb_stops_at_the_cap():
    bomb = gzip.compress(bytes(20_000_000))
    site = Site({"/feed": answer(200, bomb, Content_Encoding="gzip")})
    error = fetch(site, "/feed").error
    assert error.kind == "too-large" and "97.7 KB" in error.message


def test_an_endless_body_stops_at_the_cap():
    async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"<item/>" * 1_000)
            await writer.drain()

    assert fetch(Site({"/feed": endless}), "/feed").error.kind == "too-large"


def test_a_body_that_says_it_is_too_large_is_not_read():
    site = Site({"/feed": b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"})
    assert fetch(site, "/feed").error.kind == "too-large"
    assert fetch(Site({"/feed": answer(200, FEED)}), "/feed", max_bytes=5).error.kind == "too-large"


def test_time_ends_a_slow_body_and_a_slow_chain_of_redirects():
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.02)

    async def slow_redirect(asked: Asked, writer: asyncio.StreamWriter) -> bytes:
        await asyncio.sleep(0.12)
        return redirect(asked.path + "x")

    site = Site({"/feed": slow, "*": slow_redirect})
    body, chain = fetch(site, "/feed", "/r", fetcher={"timeout": 0.3}).results
    assert (body.kind, chain.kind) == ("timeout", "timeout") and site.url("/feed") in body.message


@pytest.mark.parametrize("head", [
    b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 40_000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5_000)) + b"\r\n",
    b"HTTP/1.1 200 " + b"OK" * 30_000 + b"\r\n\r\n",
    b"HTTP/1.1 twohundred\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
])  # fmt: skip
def test_headers_that_are_huge_or_senseless_are_a_failure(head):
    assert fetch(Site({"/feed": head + FEED}), "/feed").error.kind == "header"


def test_headers_are_kept_in_bounds_and_readable():
    many = b"".join(b"X-%d: y\r\n" % n for n in range(110))
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Name: caf\xe9\r\nX-Big: " + b"b" * 9_000 + b"\r\n" + many + b"\r\n"
    )
    headers = fetch(Site({"/feed": head}), "/feed").answer.headers
    assert len(headers) == 100 and len(headers["x-big"]) == 4_096 and headers["x-name"] == "café"


@pytest.mark.parametrize("reply", [
    b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<rss>",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n<rss>\r\n",
])  # fmt: skip
def test_an_answer_that_breaks_off_is_no_answer(reply):
    async def cut(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()

    assert fetch(Site({"/feed": cut}), "/feed").error.kind == "broken"


def test_a_coding_that_is_wrong_is_seen_through_or_said():
    site = Site({
        "/plain": answer(200, FEED, Content_Encoding="gzip"),
        "/utf": answer(200, FEED, Content_Encoding="UTF-8"),
        "/cut": answer(200, gzip.compress(FEED * 99)[:-12], Content_Encoding="gzip"),
    })  # fmt: skip
    plain, utf, cut = fetch(site, "/plain", "/utf", "/cut").results
    assert plain.body == utf.body == FEED
    assert cut.kind == "decode" and "ends in the middle" in cut.message


# ---- statuses ----


def test_not_modified():
    async def conditional(asked: Asked, writer: asyncio.StreamWriter) -> bytes:
        known = asked.headers.get("if-none-match") == 'W/"7"' or asked.headers.get("if-modified-since") == "then"
        return answer(304, ETag='W/"7"') if known else answer(200, FEED)

    site = Site({"/feed": conditional, "/odd": answer(304)})
    by_tag = fetch(site, "/feed", etag='W/"7"').answer
    assert by_tag.not_modified and by_tag.status == 304 and by_tag.body == b"" and by_tag.headers["etag"] == 'W/"7"'
    assert fetch(site, "/feed", last_modified="then").answer.not_modified
    assert not fetch(site, "/feed").answer.not_modified
    assert fetch(site, "/odd").error.kind == "status"


def test_gone():
    got = fetch(Site({"/feed": answer(410, b"gone")}), "/feed").answer
    assert got.gone and got.status == 410 and got.body == b""


@pytest.mark.parametrize("status, remedy", [
    (401, "credential"), (403, "refuses readers; try its feed"), (404, "home page"), (451, "legal"), (418, "refuses"),
    (422, "browser"), (500, "later"), (502, "later"), (300, "no document"),
])  # fmt: skip
def test_a_status_is_a_sentence_with_a_remedy(status, remedy):
    site = Site({"/feed": answer(status, b"x" * 100)})
    error = fetch(site, "/feed").error
    assert (error.kind, error.status) == ("status", status)
    assert site.url("/feed") in error.message and str(status) in error.message and remedy in error.remedy


def test_a_host_that_asks_for_rest_gets_it_from_all():
    site = Site({"/busy": answer(503, Retry_After="120"), "/feed": answer(200, FEED)})
    busy, resting = fetch(site, "/busy", "/feed").results
    assert (busy.kind, busy.status, busy.retry_after) == ("busy", 503, 120)
    assert resting.kind == "busy" and 110 < resting.retry_after <= 120 and f"{PUBLIC}:{site.port}" in resting.message
    assert site.paths() == ["/busy"]


def test_too_many_requests_is_a_rest_even_without_a_time():
    site = Site({"/busy": answer(429), "/down": answer(503), "/feed": answer(200, FEED)})
    down, after_down, busy, after_busy = fetch(site, "/down", "/feed", "/busy", "/feed").results
    assert (down.kind, down.retry_after, after_down.body) == ("busy", None, FEED)
    assert (busy.kind, busy.retry_after, after_busy.kind) == ("busy", 60, "busy")


@pytest.mark.parametrize("value, seconds", [
    ("120", 120), (" 7 ", 7), ("0", 0), ("999999999999999999", 86_400), ("-5", None), ("soon", None), ("", None),
    (None, None), ("١٢", None), ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
])  # fmt: skip
def test_retry_after_is_read_or_passed_over(value, seconds):
    assert retry_after(value) == seconds


def test_retry_after_may_be_a_date():
    assert 50 < retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)) <= 60


# ---- what cannot be reached ----


def test_what_cannot_be_reached_is_said():
    def unknown(*asked):
        raise OSError(-2, "Name or service not known")

    dns = fetch(Site(), "http://nowhere.example/feed", fetcher={"lookup": unknown}).error
    assert dns.kind == "dns" and "nowhere.example" in dns.message
    refused = fetch(Site(), f"http://{PUBLIC}:1/feed").error
    assert refused.kind == "refused" and f"{PUBLIC}:1/feed" in refused.message
    site = Site({"*": answer()})
    tls = fetch(
        site, "https://secure.example:PORT/".replace("PORT", "1"), fetcher={"lookup": lambda *a: [PUBLIC]}
    ).error
    assert tls.kind == "refused"
    assert fetch(site, "not an address").error.kind == "address"


def test_a_site_that_does_not_speak_tls_is_said():
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ready\r\n")
        writer.close()

    async def run() -> FetchError:
        server = await asyncio.start_server(plain, PUBLIC, 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Fetcher("C", contact="", spacing=0, allow=public_only) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(Request(f"https://{PUBLIC}:{port}/", obey_robots=False))
        return caught.value

    error = asyncio.run(run())
    assert error.kind == "tls" and "certificate" in error.remedy


@pytest.mark.parametrize("options", [
    {"user_agent": "Own\r\nX-Evil: 1"}, {"credential": ("header", "X-Key", "a\nb")}, {"etag": '"a"\r\nX: 1'},
])  # fmt: skip
def test_a_header_cannot_be_smuggled_in(options):
    site = Site({"*": answer()})
    assert fetch(site, "/feed", **options).error.kind == "header" and site.asked == []


# ---- manners ----


def test_many_feeds_of_one_host_are_fetched_at_once_where_nobody_asks_for_space():
    running, most = 0, 0

    async def counted(asked: Asked, writer: asyncio.StreamWriter) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        return answer(200, FEED)

    site = Site({"*": counted})
    paths = [f"/{n}" for n in range(40)]
    assert len(fetch(site, *paths, at_once=True, fetcher={"concurrency": 16}).results) == 40
    assert 2 < most <= 16
    most = 0
    fetch(site, *paths[:8], at_once=True, spacing=0.001)
    assert most <= 2


@pytest.mark.parametrize("wishes", [(0.1, 0.0), (0.0, 0.1), (0.1, None), (0.1, 0.0, None)])
def test_requests_to_a_host_are_spaced_by_the_largest_wish(wishes):
    async def run() -> float:
        site = Site({"*": answer()})
        async with site.open(), Fetcher("C", contact="", spacing=0.02, allow=public_only) as fetcher:
            requests = [Request(site.url(f"/{n}"), obey_robots=False, spacing=wish) for n, wish in enumerate(wishes)]
            began = asyncio.get_running_loop().time()
            await asyncio.gather(*map(fetcher.fetch, requests))
            return asyncio.get_running_loop().time() - began

    # From the first to the last; single arrivals tell nothing, for a busy machine delays each by another time.
    assert asyncio.run(run()) >= 0.1 * (len(wishes) - 1)


def test_a_cancelled_fetch_leaves_its_place_to_the_next():
    async def stuck(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    async def run() -> bytes:
        site = Site({"/stuck": stuck, "/feed": answer(200, FEED)})
        async with site.open(), Fetcher("C", contact="", concurrency=1, spacing=0.01, allow=public_only) as fetcher:
            task = asyncio.create_task(fetcher.fetch(Request(site.url("/stuck"), obey_robots=False)))
            await asyncio.sleep(0.1)
            task.cancel()
            return (await fetcher.fetch(Request(site.url("/feed"), obey_robots=False))).body

    assert asyncio.run(run()) == FEED
