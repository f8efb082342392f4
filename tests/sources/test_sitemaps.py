"""Sitemaps in every form, and what is none."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta, timezone

import pytest

from coranto.sources import SitemapPage, parse_sitemap

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://ebb.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-02T10:00:00+01:00</lastmod>
<n:news><n:publication><n:name>The Ebb</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-03-01</n:publication_date>
<n:title>Fish &amp; tides</n:title><n:keywords>fish, tides,fish,</n:keywords></n:news>
<image:image><image:loc>/a.jpg</image:loc><image:title>no</image:title></image:image></url>
<url><loc>/relative</loc></url><url><loc>javascript:alert(1)</loc></url><url><priority>1</priority></url>
</urlset>"""


def test_the_news_and_image_extensions_are_read() -> None:
    full = SitemapPage(
        url="https://ebb.example/a?x=1&y=2",
        modified=datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1))),
        title="Fish & tides",
        published=datetime(2026, 3, 1, tzinfo=UTC),
        publication="The Ebb",
        language="en",
        keywords=("fish", "tides"),
        images=("https://ebb.example/a.jpg",),
    )
    found = parse_sitemap(NEWS, "https://ebb.example/news.xml")
    assert found.pages == (full, SitemapPage("https://ebb.example/relative"))
    assert parse_sitemap(gzip.compress(NEWS), "https://ebb.example/news.xml.gz") == found


def test_an_index_names_its_parts() -> None:
    data = b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2026</lastmod></sitemap><sitemap/></sitemapindex>"
    found = parse_sitemap(data)
    assert [(part.url, part.modified) for part in found.parts] == [
        ("https://a.example/1.xml", datetime(2026, 1, 1, tzinfo=UTC))
    ]
    assert found.pages == ()


def test_a_list_of_addresses_in_text_is_a_sitemap() -> None:
    found = parse_sitemap("\ufeffhttps://a.example/1\r\nhttps://a.example/2\n\n")
    assert [page.url for page in found.pages] == ["https://a.example/1", "https://a.example/2"]


def test_an_ill_formed_sitemap_gives_what_can_be_saved() -> None:
    found = parse_sitemap(
        b"\n<?xml version='1.0'?><urlset><url><loc>https://a.example/?a=1&b=2</loc></url><url><loc>https://a.ex"
    )
    assert found.pages[0].url == "https://a.example/?a=1&b=2"
    assert found.repaired


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty answer"),
        (b"<rss><channel/></rss>", "This is a feed (RSS), not a sitemap."),
        (b"<!doctype html><title>Not found</title>", 'an HTML page, not a sitemap; its title is "Not found"'),
        (b"User-agent: *\nDisallow: /", "plain text or unknown data"),
        (b'{"a": 1}', "JSON that is not a sitemap"),
        (
            b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>",
            "declares entities of its own",
        ),
        (gzip.compress(b" " * 200_000_000), "unpacks to more than"),
        (b"<urlset>" + b"<url>" * 200_000, None),
    ],
    ids=range(8),
)
def test_what_is_no_sitemap_is_named(data: bytes, expected: str | None) -> None:
    found = parse_sitemap(data)
    assert (found.pages, found.parts) == ((), ())
    assert found.error is None if expected is None else expected in found.error
