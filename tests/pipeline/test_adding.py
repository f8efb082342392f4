"""What a given address turns out to be, and what is made of it."""

from __future__ import annotations

import pytest
from outlet_server import Page, article_page, paragraphs, rss

from coranto.pipeline import adding
from coranto.store import sources

WISH = adding.Wish(allow_private=True, spacing=0.0)
FEED = [{"path": "/1", "title": "News", "text": paragraphs("Kerrin")}]
LINKS = "".join(
    f'<li><a href="/2026/03/24/harbour-report-{n}">Harbour report number {n} of this spring</a></li>' for n in range(12)
)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{base}/1</loc></url></urlset>'


def site(outlet, pages: dict[str, str]) -> None:
    for path, body in pages.items():
        kind = "application/xml" if body.startswith(("<rss", "<urlset", "<opml")) else "text/html; charset=utf-8"
        outlet.pages[path] = Page(body.replace("{base}", outlet.base), kind)


def outlet_pages(base: str) -> dict[str, dict[str, str]]:
    feed = rss(base, "The Lantern feed", FEED)
    head = "<html><head><title>The Lantern – News from the harbour</title>"
    return {
        "feed": {"/": feed},
        "home with feed": {
            "/": f'{head}<link rel="alternate" type="application/rss+xml" href="/f"></head></html>',
            "/f": feed,
        },
        "home with a link to its feed": {"/": f'{head}</head><a href="/rss.xml">RSS</a></html>', "/rss.xml": feed},
        "home with an unnamed feed": {"/": f"{head}</head><p>Hello</p></html>", "/feed": feed},
        "sitemap": {"/": SITEMAP},
        "home with a sitemap": {"/": f"{head}</head><p>Hello</p></html>", "/sitemap.xml": SITEMAP},
        "list": {"/": f"{head}</head><body><h1>News</h1><ul>{LINKS}</ul></body></html>"},
        "OPML": {"/": '<opml><body><outline text="Lantern" xmlUrl="{base}/f"/></body></opml>'},
    }


@pytest.mark.parametrize(
    ("given", "kind", "path"),
    [
        ("feed", "feed", "/"),
        ("home with feed", "feed", "/f"),
        ("home with a link to its feed", "feed", "/rss.xml"),
        ("home with an unnamed feed", "feed", "/feed"),
        ("sitemap", "sitemap", "/"),
        ("home with a sitemap", "sitemap", "/sitemap.xml"),
        ("list", "listing", "/"),
        ("OPML", "opml", "/f"),
    ],
)
def test_an_address_is_looked_into(stored, outlet, given, kind, path):
    site(outlet, outlet_pages(outlet.base)[given])

    found, failures = adding.add(stored.settings, [outlet.base + "/"], WISH)

    assert failures == []
    assert (found[0].kind, found[0].url, found[0].fresh) == (kind, outlet.base + path, 1)
    row = sources.listed()[0]
    assert (row.url, row.spacing, row.allow_private) == (outlet.base + path, 0.0, True)
    again, _ = adding.add(stored.settings, [outlet.base + "/"], WISH)
    assert again[0].fresh == 0
    assert len(sources.listed()) == len(sources.outlets()) == 1


def test_a_single_article_is_a_source_of_its_own(stored, outlet):
    outlet.pages["/1"] = Page(article_page(outlet.base, "/1", "Ferry is back", "Kerrin"))
    found, _ = adding.add(stored.settings, [f"{outlet.base}/1"], WISH)
    assert (found[0].kind, found[0].outlet) == ("page", "The Lantern")


def test_wishes_are_stored_in_the_rows(stored, outlet):
    site(outlet, outlet_pages(outlet.base)["feed"])
    wish = adding.Wish("Science", "My Lantern", 3.0, 900.0, "feed", True, "Reader of mine")
    adding.add(stored.settings, [outlet.base + "/"], wish)
    row = sources.listed()[0]
    assert (row.outlet, row.section, row.spacing, row.interval) == ("My Lantern", "Science", 3.0, 900.0)
    assert (row.reading, row.allow_private, row.user_agent) == ("feed", True, "Reader of mine")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Page("gone", status=410), "gone for good"),
        (Page("no", status=403), "refuses readers"),
        (Page("nothing", status=404), "answered 404"),
        (Page(b"%PDF-1.7 ...", "application/pdf"), "PDF"),
        (Page('{"a": 1}', "application/json"), "JSON"),
        (Page("<html><title>Hi</title><p>Hello.</p></html>"), "without a feed"),
        (Page(status=302, headers={"Location": "http://10.0.0.1/"}), "not on the public internet"),
    ],
    ids=["gone", "refused", "missing", "pdf", "json", "bare page", "redirect inside"],
)
def test_what_gives_no_source_is_told_and_stores_nothing(stored, outlet, page, words):
    outlet.pages["/x"] = page
    found, failures = adding.add(stored.settings, [f"{outlet.base}/x"], WISH)
    assert found == []
    assert len(failures) == 1
    assert outlet.base in failures[0]
    assert words in failures[0]
    assert sources.outlets() == []
