"""Lists of subscriptions: folders, odd spellings, what is none, and the way back."""

from __future__ import annotations

import pytest

from coranto.sources import Subscription, parse_opml, write_opml

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1"><head><title> Mine &amp; yours </title></head><body>
<outline text="News"><outline title="World" text="w"><outline type="rss" text="Ebb" xmlUrl="https://ebb.example/feed" htmlUrl="https://ebb.example/"/></outline>
<outline text="Flood" title="The Flood" xmlurl="feed://flood.example/rss"/></outline>
<outline text="Loose" url="https://loose.example/atom" category="/Science/Sea,/Other"/>
<outline type="rss" xmlUrl="bare.example/rss"/>
<outline text="Ebb again" xmlUrl="https://ebb.example/feed"/>
<outline type="link" text="A page" url="https://page.example/"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""
ITEMS = (
    Subscription("https://ebb.example/feed", "Ebb", "https://ebb.example/", "News / World"),
    Subscription("http://flood.example/rss", "The Flood", None, "News"),
    Subscription("https://loose.example/atom", "Loose", None, "Science / Sea"),
    Subscription("http://bare.example/rss"),
)


def test_folders_are_sections_and_every_feed_comes_once() -> None:
    found = parse_opml(LIST)
    assert (found.title, found.items, found.error) == ("Mine & yours", ITEMS, None)


def test_what_is_written_is_read_again() -> None:
    items = (*ITEMS[:3], Subscription("https://x.example/?a=1&b=2", 'Quote " < \x00 and &', None, "News / World"))
    found = parse_opml(write_opml("Tides & <tests>", items))
    assert found.title == "Tides & <tests>"
    assert sorted((one.url, one.section or "") for one in found.items) == sorted(
        (one.url, one.section or "") for one in items
    )
    assert next(one.title for one in found.items if "x.example" in one.url) == 'Quote " <  and &'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty answer"),
        (b"<opml><body/></opml>", "names no feed"),
        (b"<rss/>", "This is a feed (RSS), not a list of subscriptions (OPML)."),
        (b"<!doctype html><title>T</title>", "an HTML page"),
        (b"https://a.example/", "plain text or unknown data"),
        (b'{"a": 1}', "JSON that is not a list"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "declares entities of its own"),
        (b"<opml>" + b"<outline>" * 200_000, "names no feed"),
    ],
    ids=range(8),
)
def test_what_is_no_list_is_named(data: bytes, expected: str) -> None:
    found = parse_opml(data)
    assert found.items == ()
    assert expected in found.error
