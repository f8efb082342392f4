"""The whole road on a loopback outlet: added, fetched, read, grouped, found; and how sources behave on the way."""

from __future__ import annotations

import gzip

import pytest
from outlet_server import Page, article_page, paragraphs, rss

from coranto.pipeline import adding, fetching, worker
from coranto.store import articles, database, search, sources, steps
from coranto.store.values import Query

PRIVATE = adding.Wish(allow_private=True, spacing=0.0)


def added(stored, outlet, path: str, wish: adding.Wish = PRIVATE) -> adding.Added:
    found, failures = adding.add(stored.settings, [outlet.base + path], wish)
    assert not failures
    return found[0]


def found_by(words: str):
    return [hit.card for hit in search.search(Query(text=words)).hits]


def full_feed(outlet, *names: str) -> None:
    entries = [{"path": f"/{name}", "title": f"News of {name}", "text": paragraphs(name)} for name in names]
    outlet.pages["/feed.xml"] = Page(rss(outlet.base, "The Lantern", entries), "application/rss+xml")


def test_a_feed_with_full_text_is_found_read_and_searched(stored, outlet):
    outlet.pages["/"] = Page(
        '<title>The Lantern | News</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )
    full_feed(outlet, "Kerrin", "Orlo")

    first = added(stored, outlet, "/")
    tally = fetching.fetch(stored.settings)

    assert (first.kind, first.outlet, first.url) == ("feed", "The Lantern", f"{outlet.base}/feed.xml")
    assert (tally.sources, tally.new, tally.pages, tally.failed) == (1, 2, 0, 0)
    assert [card.title for card in found_by("Kerrin ferry")] == ["News of Kerrin"]
    assert outlet.times_asked("/Kerrin") == 0
    worker.work(stored.settings, until_idle=True)
    assert steps.waiting()["group"] == 0
    card = found_by("Kerrin ferry")[0]
    page = articles.page(card.id)
    assert "<p>" in page.reading.html
    assert card.story_id is not None


def test_a_feed_of_summaries_brings_its_pages_and_robots_is_obeyed(stored, outlet):
    outlet.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /closed/", "text/plain")
    outlet.pages["/open/1"] = Page(article_page(outlet.base, "/open/1", "Ferry is back", "Kerrin"))
    outlet.pages["/closed/2"] = Page(article_page(outlet.base, "/closed/2", "Pier shut", "Orlo"))
    entries = [
        {"path": "/open/1?utm_source=rss", "title": "Ferry is back", "text": "The ferry is back ..."},
        {"path": "/closed/2", "title": "Pier shut", "text": "The old pier was shut on Tuesday ..."},
    ]
    outlet.pages["/feed.xml"] = Page(rss(outlet.base, "The Lantern", entries), "application/rss+xml")
    added(stored, outlet, "/feed.xml")

    tally = fetching.fetch(stored.settings)
    worker.work(stored.settings, until_idle=True)

    assert (tally.new, tally.pages, tally.pages_failed) == (2, 1, 1)
    assert outlet.times_asked("/closed/2") == 0
    assert [card.title for card in found_by("cranes")] == ["Ferry is back"]
    assert [card.title for card in found_by('"old pier"')] == ["Pier shut"]


def test_the_same_article_from_feed_sitemap_and_list_is_one(stored, outlet):
    full_feed(outlet, "Kerrin")
    outlet.pages["/Kerrin"] = Page(article_page(outlet.base, "/Kerrin", "News of Kerrin", "Kerrin"))
    outlet.pages["/Orlo"] = Page(article_page(outlet.base, "/Orlo", "News of Orlo", "Orlo"))
    links = "".join(f"<url><loc>{outlet.base}/{name}</loc></url>" for name in ("Kerrin", "Orlo"))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{links}</urlset>'
    outlet.pages["/map.xml.gz"] = Page(gzip.compress(sitemap.encode()), "application/gzip")
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{outlet.base}/map.xml.gz</loc>'
    outlet.pages["/sitemap.xml"] = Page(index + "</sitemap></sitemapindex>", "application/xml")
    wish = adding.Wish(allow_private=True, spacing=0.0, name="The Lantern")
    assert added(stored, outlet, "/feed.xml", wish).kind == "feed"
    assert added(stored, outlet, "/sitemap.xml", wish).kind == "sitemap"

    fetching.fetch(stored.settings)
    worker.work(stored.settings, until_idle=True)

    assert sorted(card.title for card in found_by("cranes")) == ["News of Kerrin", "News of Orlo"]


def test_nothing_changed_is_asked_conditionally_and_stores_nothing(stored, outlet):
    full_feed(outlet, "Kerrin")
    outlet.pages["/feed.xml"].headers["ETag"] = '"one"'
    added(stored, outlet, "/feed.xml")
    fetching.fetch(stored.settings)

    again = fetching.fetch(stored.settings)

    assert (again.sources, again.unchanged, again.new) == (1, 1, 0)
    assert outlet.asked[-1][1]["if-none-match"] == '"one"'


def test_a_changed_entry_is_a_new_version_and_a_repeated_one_is_not(stored, outlet):
    full_feed(outlet, "Kerrin")
    added(stored, outlet, "/feed.xml")
    fetching.fetch(stored.settings)
    full_feed(outlet, "Kerrin")
    assert fetching.fetch(stored.settings).changed == 0
    entries = [{"path": "/Kerrin", "title": "Corrected news of Kerrin", "text": paragraphs("Kerrin")}]
    outlet.pages["/feed.xml"] = Page(rss(outlet.base, "The Lantern", entries), "application/rss+xml")

    tally = fetching.fetch(stored.settings)
    worker.work(stored.settings, until_idle=True)

    assert (tally.new, tally.changed) == (0, 1)
    page = articles.page(found_by("Corrected")[0].id)
    assert [version.changed for version in page.versions] == [None, ("headline",)]


@pytest.mark.parametrize(
    ("answer", "kind", "state"),
    [
        (Page("no", status=403), "status", "slow"),
        (Page("gone", status=410), "gone", "gone"),
        (Page("later", status=503, headers={"Retry-After": "7200"}), "busy", "slow"),
        (Page("<html><title>Moved in</title><p>This is a page.</p></html>"), "not-a-feed", "slow"),
    ],
    ids=["refused", "gone for good", "busy", "no feed any more"],
)
def test_a_failure_stays_with_its_source_and_stops_no_other(stored, outlet, answer, kind, state):
    full_feed(outlet, "Kerrin")
    outlet.pages["/other.xml"] = Page(rss(outlet.base, "Other", []), "application/rss+xml")
    added(stored, outlet, "/other.xml")
    added(stored, outlet, "/feed.xml")
    outlet.pages["/other.xml"] = answer

    tally = fetching.fetch(stored.settings)

    source = sources.get(f"{outlet.base}/other.xml")
    assert (source.health.state, source.health.kind) == (state, kind)
    assert source.health.message and source.health.remedy
    assert tally.new == 1
    asked = outlet.times_asked("/other.xml")
    fetching.fetch(stored.settings)
    assert outlet.times_asked("/other.xml") == asked


def test_a_feed_that_moved_for_good_is_remembered_at_its_new_address(stored, outlet):
    full_feed(outlet, "Kerrin")
    added(stored, outlet, "/feed.xml")
    outlet.pages["/new.xml"] = outlet.pages["/feed.xml"]
    outlet.pages["/feed.xml"] = Page(status=301, headers={"Location": "/new.xml"})

    fetching.fetch(stored.settings)

    assert [row.url for row in sources.listed()] == [f"{outlet.base}/new.xml"]


def test_what_a_private_outlet_was_allowed_does_not_go_to_other_addresses(stored, outlet):
    """A feed may name any address: its entries must not make this machine ask its own services."""
    other = outlet.base.replace("127.0.0.1", "localhost")
    entries = [{"path": "/1", "title": "Look here", "text": "Short."}]
    outlet.pages["/feed.xml"] = Page(rss(other, "The Lantern", entries), "application/rss+xml")
    outlet.pages["/1"] = Page(article_page(outlet.base, "/1", "A secret", "Kerrin"))
    added(stored, outlet, "/feed.xml")

    tally = fetching.fetch(stored.settings)

    assert (tally.pages, tally.pages_failed) == (0, 1)
    assert outlet.times_asked("/1") == 0
    assert database.value("SELECT failure FROM article").startswith(f"{other}/1 is not on the public internet")
