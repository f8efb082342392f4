"""What a fetched document is, and which feeds a page leads to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coranto.sources import discover

HOME = (
    """<!doctype html><html lang="nl"><head><title>De Ebbe - nieuws</title>
<meta property="og:site_name" content="De Ebbe"><base href="/nl/">
<link rel="alternate" type="application/rss+xml" title="Reacties" href="/comments/feed/">
<link rel="alternate" type="application/json" href="/api/pages/2">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title="Alles" href="atom.xml">
<link rel="shortcut icon" href="/favicon.ico"><link rel="canonical" href="https://ebbe.example/nl/"></head>
<body><nav><a href="/rss">RSS</a> <a href="https://else.example/feed">elsewhere</a>
<a href="atom.xml">again</a></nav><main>"""
    + "".join(
        f"<article><h2><a href='/nl/2026/03/{n}/lange-kop-{n}'>Een lange kop over bericht nummer {n}</a></h2></article>"
        for n in range(1, 25)
    )
    + '</main><a href="/sitemap.xml">Sitemap</a></body></html>'
)


def test_a_home_page_names_its_feeds_best_first() -> None:
    found = discover(HOME.encode(), "https://ebbe.example/")
    assert [(link.url, link.certain, link.comments) for link in found.feeds] == [
        ("https://ebbe.example/nl/atom.xml", True, False),
        ("https://ebbe.example/rss", False, False),
        ("https://ebbe.example/comments/feed/", True, True),
    ]
    assert found.feeds[0].title == "Alles"
    assert (found.title, found.language, found.icon) == ("De Ebbe", "nl", "https://ebbe.example/favicon.ico")
    assert found.sitemaps == ("https://ebbe.example/sitemap.xml",)
    assert found.canonical == "https://ebbe.example/nl/"


def test_a_front_page_of_headlines_is_a_listing() -> None:
    found = discover(HOME.encode(), "https://ebbe.example/")
    assert found.kind == "listing"
    assert ("https://ebbe.example/nl/2026/03/7/lange-kop-7") in [url for _, url in found.links]


def test_an_article_is_an_article() -> None:
    sentences = [
        f"Sentence number {n} tells one more thing about the weir, the council and the winter flood." for n in range(40)
    ]
    paragraphs = "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, 40, 4))
    head = "<head><title>Weir rebuilt | Ebb</title><meta property='og:type' content='article'></head>"
    page = f"<html>{head}<body><article><h1>Weir rebuilt</h1>{paragraphs}</article></body></html>"
    assert discover(page, "https://ebb.example/2026/03/weir-rebuilt").kind == "article"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<rss><channel><title>T</title></channel></rss>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}', "feed"),
        (b"<urlset><url><loc>https://a.example/1</loc></url></urlset>", "sitemap"),
        (b"<opml><body><outline text='a' xmlUrl='https://a.example/f'/></body></opml>", "opml"),
    ],
)
def test_machine_readable_documents_are_told_apart(data: bytes, kind: str) -> None:
    found = discover(data, "https://a.example/x", {"content-type": "text/html"})
    assert found.kind == kind
    assert found.feed or found.sitemap or found.subscriptions


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty answer"),
        (b"%PDF-1.4", "a PDF file, not a feed, a sitemap or a page"),
        (b"hello", "plain text"),
        (b"<x/>", "root element <x>"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "declares entities of its own"),
        (b"<html>" + b"<div>" * 50_000 + b"</div>" * 50_000, "too deeply"),
    ],
)
def test_anything_else_is_named(data: bytes, expected: str) -> None:
    found = discover(data, "https://a.example/")
    assert found.kind == "other"
    assert expected in found.error


def test_reading_feeds_loads_no_network_library() -> None:
    code = "import sys, coranto.sources as s; s.parse_feed(b'<rss/>'); print([m for m in %r if m in sys.modules])"
    code %= (("aiohttp", "django", "selectolax"),)
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
