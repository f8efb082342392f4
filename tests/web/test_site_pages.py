"""Every page from invented values: its parts, its headers, and what hostile values become."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from fixtures import World
from selectolax.lexbor import LexborHTMLParser

from coranto.extract import clean_html

PAGES = {
    "/": 200,
    "/latest": 200,
    "/ranking": 200,
    "/ranking?span=week&section=valley": 200,
    "/ranking?outlet=nowhere": 404,
    "/stories": 200,
    "/archive/2026-03-24": 200,
    "/section/valley": 200,
    "/outlet/newsglint": 200,
    "/topic/bridges": 200,
    "/author/7/dale-winters": 200,
    "/article/1/bridge-1": 200,
    "/article/5/bridge-5": 200,
    "/article/900/bridge-900": 200,
    "/story/1/bridge": 200,
    "/search": 200,
    "/search?q=bridge&time=week&own=1&outlet=x&topic=y&author=z&section=valley&since=2026-01-01&until=2026-03-01": 200,
    "/check": 200,
    "/sources": 200,
    "/for-you": 200,
    "/text-and-colours": 200,
    "/about": 200,
    "/about/stories": 200,
    "/about/keyboard": 200,
    "/account/login/": 200,
    "/nothing/kerrin-bridge": 404,
    "/archive/2026-02-31": 400,
}
FEEDS = (
    "/feed",
    "/latest/feed",
    "/archive/2026-03-24/feed",
    "/section/valley/feed",
    "/outlet/newsglint/feed",
    "/topic/bridges/feed",
    "/author/7/dale-winters/feed",
    "/story/1/bridge/feed",
    "/search/feed?q=bridge",
)


DATA = 'script[type="application/ld+json"]'


def tree(answer) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content.decode())


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_a_page_is_whole(store, client, address, status):
    store(World())
    answer = client.get(address)
    assert answer.status_code == status
    page = tree(answer)
    assert len(page.css("h1")) == 1 and page.css_first("title").text().strip()
    assert page.css_first("html").attributes["lang"] == "en" and page.css_first("main#main")
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert max(ids.values()) == 1
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    for name in ("aria-labelledby", "for", "form"):
        assert all(node.attributes[name] in ids for node in page.css(f"[{name}]"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_nothing_that_the_policy_forbids(store, client, address):
    store(World())
    answer = client.get(address)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert all(policy[f"{kind}-src"] == "'self'" for kind in ("style", "img", "font", "script", "connect"))
    assert policy["form-action"] == "'self'"
    page = tree(answer)
    assert not page.css("[style], style, base, iframe, object, embed")
    for node in page.css(f"script:not({DATA})"):
        assert node.attributes.get("src", "").startswith("/static/") and not node.text()
    assert all(node.attributes["src"].startswith("/") for node in page.css("img"))
    assert not [name for node in page.css("*") for name in node.attributes if name.startswith("on")]


@pytest.mark.parametrize("address", [*PAGES, *FEEDS, "/robots.txt"])
def test_a_visitor_without_a_cookie_gets_none_and_the_same_bytes(store, client, address):
    store(World())
    first = client.get(address, HTTP_USER_AGENT="Mozilla/5.0 one", HTTP_ACCEPT_LANGUAGE="fr")
    second = client.get(address, HTTP_USER_AGENT="Mozilla/5.0 two")
    assert not first.cookies and "Set-Cookie" not in first
    assert first.content == second.content


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_ours_leads_somewhere(store, client, address):
    store(World())
    page = tree(client.get(address))
    for node in page.css("a[href], form[action]"):
        to = node.attributes.get("href") or node.attributes.get("action")
        if to.startswith("/") and not to.startswith("/static/"):
            assert resolve(urlsplit(to).path), to
        else:
            assert to.startswith(("#", "https://", "mailto:?", "http://")), to


def test_no_entry_stands_in_two_lists_of_an_article(store, client):
    store(World())
    page = tree(client.get("/article/5/bridge-5"))
    links = [node.attributes["href"] for node in page.css(".thisstory li h3 a, .lists h3 a")]
    assert links and len(links) == len(set(links)) and "/article/5/bridge-5" not in links


HOSTILE = (
    "<script>alert(1)</script>{}",
    '"><img src=x onerror=alert(1)>{}',
    "' onmouseover='alert(1)' x='{}",
    "javascript:alert(1)//{}",
    "{{{{ 7*7 }}}} {{% raw %}} %(name)s %s {}",
    "\u202e{}\u0000\ufffe",
)


@pytest.mark.parametrize("address", [*PAGES, *FEEDS])
@pytest.mark.parametrize("form", HOSTILE)
def test_hostile_values_are_never_live(store, client, address, form):
    body = clean_html(form.format("x") + "<p>x</p><table><tr><td>1</td></tr></table><h1>y</h1>")
    store(World(lambda text: form.format(text), url="javascript:alert(1)", body=body))
    answer = client.get(address)
    assert answer.status_code == PAGES.get(address, 200)
    if address in FEEDS:
        from lxml import etree

        feed = etree.fromstring(answer.content)
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed" and not feed.xpath("//*[local-name()='script']")
        return
    page = tree(answer)
    assert not [node for node in page.css(f"script:not({DATA})") if node.attributes.get("src") is None]
    assert all(json.loads(node.text())["@type"] for node in page.css(DATA))
    assert not page.css("img[src='x'], [onerror], [onmouseover]")
    for node in page.css("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            assert not (node.attributes.get(name) or "").strip().lower().startswith("javascript:")


def test_an_article_keeps_the_order_of_the_design(store, client):
    store(World())
    page = tree(client.get("/article/5/bridge-5"))
    marks = [".crumb", "h1", ".stand", ".by", ".dated", ".record", ".prose", ".cites", ".chips", ".thisstory", ".lists"]
    html = page.html
    places = [html.index(page.css_first(f"main {mark}").html[:60]) for mark in marks]
    assert places == sorted(places)
    assert "Signed" in page.css_first(".by").text() and "97" in page.css_first(".say").text()
    assert page.css_first("link[rel=canonical]").attributes["href"] == "https://courier.example/bridge"
    assert not page.css(".prose img, .prose figure, .prose h1")
    assert page.css_first(".prose h2").text() == "Two boats"


def test_what_is_unknown_is_absent(store, client):
    store(World())
    text = tree(client.get("/article/900/bridge-900")).css_first(".art").text()
    for word in ("Signed", "Dated", "reader", "Unknown", "None", "Topics", "Updated", "original at"):
        assert word not in text


FORBIDDEN_WORDS = re.compile(
    r"stolen|plagiari|\bfake|\breal\b|verified|suspicious|trusted source|\blied|re-dated|redated|resigned|uncredited",
    re.I,
)


@pytest.mark.parametrize("address", ["/article/5/bridge-5", "/story/1/bridge", "/about/stories", "/"])
def test_provenance_never_judges(store, client, address):
    store(World())
    assert not FORBIDDEN_WORDS.search(tree(client.get(address)).body.text())


def test_addresses_lead_to_the_right_ones(store, client):
    recorded = store(World())
    from fixtures import NOW

    from coranto.store.values import Gone

    recorded.pages[3] = Gone(3, moved_to=1, moved_slug="bridge-1")
    recorded.pages[4] = Gone(4, at=NOW, reason="at the outlet's wish")
    for short, there in (
        ("/a/5", "/article/5/bridge-5"),
        ("/article/5", "/article/5/bridge-5"),
        ("/article/5/old", "/article/5/bridge-5"),
        ("/article/3/x", "/article/1/bridge-1"),
        ("/story/1", "/story/1/bridge"),
        ("/author/7", "/author/7/dale-winters"),
    ):
        answer = client.get(short)
        assert (answer.status_code, answer["Location"]) == (301, there)
    withdrawn = client.get("/article/4/x")
    assert withdrawn.status_code == 410 and "at the outlet’s wish" in unescape(withdrawn.content.decode()).replace(
        "'", "’"
    )
    for nowhere in ("/article/77/x", f"/article/{2**63}/x", "/article/0", "/section/none", "/story/9/x", "/outlet/a/b"):
        assert client.get(nowhere).status_code == 404


def test_methods_that_a_page_does_not_take_are_refused(store, client):
    store(World())
    assert client.post("/latest", HTTP_ORIGIN="http://testserver").status_code == 405
    assert client.get("/for-you/use").status_code == 405


def test_single_reports_take_the_free_places_of_the_front_page():
    from coranto.store.values import Cards, Home
    from coranto.web.front import PLACES, RIVER, filled

    world = World()
    cards = tuple(world.card(n, n % 6, n, outlet_slug=f"outlet-{n % 12}") for n in range(1, 21))
    found = filled(Home(world.story(1), latest=Cards(cards)))
    stories = [found.lead, *found.seconds, *found.row]
    assert len(stories) == PLACES and len(found.seconds) == 3
    shown = [story.lead.id for story in stories[1:]] + [card.id for card in found.latest.cards]
    assert len(shown) == len(set(shown)) and set(shown) < set(range(1, 21))
    assert len(found.latest.cards) == RIVER
    assert len({story.lead.outlet_slug for story in stories}) == PLACES
    assert len(filled(Home(None, latest=Cards(cards[:9]))).latest.cards) == RIVER
    assert filled(Home(None)) == Home(None)


@pytest.mark.parametrize(
    ("row", "others", "shown"), [(0, 0, (2, 1, 0)), (2, 0, (2, 3, 0)), (4, 0, (2, 4, 0)), (4, 4, (2, 4, 4))]
)
def test_a_lead_without_a_picture_has_fewer_stories_beside_it_and_whole_rows_below(row, others, shown):
    from coranto.store.values import Cards, Home
    from coranto.web.front import led_by_text

    stories = [World().story(n) for n in range(1, 5 + row + others)]
    parts = (tuple(stories[1:4]), tuple(stories[4 : 4 + row]), tuple(stories[4 + row :]))
    found = led_by_text(Home(stories[0], *parts, Cards(())))
    assert (len(found.seconds), len(found.row), len(found.others)) == shown
    assert [*found.seconds, *found.row, *found.others] == stories[1 : 1 + sum(shown)]


def test_the_ranking_is_told_to_machines_with_its_reasons(store, client):
    store(World())
    told = client.get("/ranking.json?span=week&section=valley").json()
    assert (told["span"], told["section"], told["outlet"]) == ("week", "valley", "")
    assert list(told["lists"]) == ["most-read", "rising", "covered", "discussed"]
    first = told["lists"]["discussed"][0]
    assert (first["reason"], first["values"], first["why"]) == ("discussed", ["12"], "12 words of readers")
    assert first["address"].startswith("https://news.example/article/460/")
    assert client.get("/ranking.json?outlet=nowhere").status_code == 404
