"""Entries made ready: which pages are wanted, what names an entry for good, what a sitemap and a list lead to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from outlet_server import paragraphs

from coranto.pipeline.preparing import prepare_feed, prepare_listing, prepare_sitemap
from coranto.sources.entrydocument import entry_from_document

BASE = "https://lantern.example"
WHOLE = paragraphs("Kerrin", 9)
TEASERS = (
    "The pier was shut. Read more",
    "The pier was shut […]",
    "The pier was shut ...",
    "Der Pier ist zu. Weiterlesen »",
)


def feed(*entries: tuple[str, str, str]) -> bytes:
    """RSS of (path, guid, text); an empty path or guid is left out."""
    items = "".join(
        "<item><title>News</title>"
        + (f"<link>{BASE}{path}</link>" if path else "")
        + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
        + f"<description><![CDATA[{text}]]></description></item>"
        for path, guid, text in entries
    )
    return f"<rss version='2.0'><channel><title>The Lantern</title><link>{BASE}/</link>{items}</channel></rss>".encode()


def prepared(body: bytes, reading: str = "auto"):
    found = prepare_feed(body, f"{BASE}/feed.xml", {}, reading)
    assert found.error is None
    return found.entries


@pytest.mark.parametrize(
    ("texts", "reading", "wanted"),
    [
        ([WHOLE] * 3, "auto", [False] * 3),
        ([WHOLE] * 3, "page", [True] * 3),
        (["Short."] * 3, "auto", [True] * 3),
        (["Short."] * 3, "feed", [False] * 3),
        ([WHOLE, WHOLE, "A brief of two lines."], "auto", [False, False, False]),
        ([WHOLE, "A brief of two lines.", "Another brief."], "auto", [False, True, True]),
        ([WHOLE, WHOLE, WHOLE, WHOLE + TEASERS[0]], "auto", [False, False, False, True]),
        ([WHOLE, WHOLE, WHOLE, ""], "auto", [False, False, False, True]),
        (["港の橋が閉鎖された。" * 60] * 2, "auto", [False, False]),
        *[([WHOLE, WHOLE, teaser], "auto", [False, False, True]) for teaser in TEASERS],
    ],
)
def test_a_page_is_fetched_where_the_entry_does_not_hold_the_article(texts, reading, wanted):
    body = feed(*((f"/{n}", f"guid {n}", text) for n, text in enumerate(texts)))
    assert [entry.want_page for entry in prepared(body, reading)] == wanted


def test_an_entry_without_an_address_asks_for_no_page():
    assert [entry.want_page for entry in prepared(feed(("", "one", "Short.")))] == [False]


@pytest.mark.parametrize(
    ("entries", "keys"),
    [
        ([("/1?utm_source=rss", "one")], [("https://lantern.example/1", "one")]),
        ([("/1", f"{BASE}/1/")], [("https://lantern.example/1",)]),
        ([("/1", ""), ("/2", "")], [("https://lantern.example/1",), ("https://lantern.example/2",)]),
        # One guid for all: it names the feed, not its entries.
        ([("/1", "same"), ("/2", "same")], [("https://lantern.example/1",), ("https://lantern.example/2",)]),
        # One address for all, as of a live page: the guids name the entries.
        ([("/live", "one"), ("/live", "two")], [("one",), ("two",)]),
        # The outlet's front page is no article's address.
        ([("/", "one"), ("/", "two")], [("one",), ("two",)]),
    ],
)
def test_an_entry_is_known_by_what_is_its_own(entries, keys):
    assert [entry.address_keys for entry in prepared(feed(*((*one, "Short.") for one in entries)))] == keys


def test_entries_without_any_name_are_known_by_what_they_say():
    first, second = prepared(feed(("", "", "One."), ("", "", "Two.")))
    assert first.address_keys[0].startswith("entry ")
    assert first.title == second.title


def test_the_original_is_the_whole_entry():
    (entry,) = prepared(feed(("/1", "one", WHOLE)))
    stored = entry_from_document(entry.original)
    assert (stored.link, stored.id, stored.summary) == (f"{BASE}/1", "one", WHOLE)
    assert "<p>" not in entry.text
    assert "Kerrin ferry" in entry.text


def test_what_is_no_feed_says_so():
    found = prepare_feed(b"<html><title>Hello</title><p>Hi", f"{BASE}/feed.xml", {}, "auto")
    assert found.entries == ()
    assert "not a feed" in found.error


def test_a_sitemap_gives_its_newest_pages_first_and_never_the_front_page():
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{BASE}/</loc></url><url><loc>{BASE}/old</loc><lastmod>2026-01-02</lastmod></url>"
        f"<url><loc>{BASE}/undated</loc></url><url><loc>{BASE}/new</loc><lastmod>2026-03-24T10:00:00Z</lastmod></url></urlset>"
    ).encode()
    found = prepare_sitemap(body, f"{BASE}/sitemap.xml", {})
    assert [link.url for link in found.links] == [f"{BASE}/new", f"{BASE}/old", f"{BASE}/undated"]
    assert found.links[0].keys == ("https://lantern.example/new",)


def test_a_news_sitemap_gives_titles_and_dates():
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{BASE}/1</loc><n:news><n:title>Ferry is back</n:title>"
        "<n:publication_date>2026-03-24T08:00:00Z</n:publication_date></n:news></url></urlset>"
    ).encode()
    (link,) = prepare_sitemap(body, f"{BASE}/news.xml", {}).links
    assert (link.title, link.published) == ("Ferry is back", datetime(2026, 3, 24, 8, tzinfo=UTC))


def test_a_page_without_articles_is_no_list():
    assert "no list of articles" in prepare_listing(b"<html><body><p>Nothing here.</p></body></html>", BASE, {}).error
