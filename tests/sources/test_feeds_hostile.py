"""What is no feed, and what means harm: never an exception, always a sentence or what could be saved, in bounded work.

The sizes are chosen so that any work that grows with their square would not end.
"""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from coranto.sources import entry_document, entry_from_document, parse_feed
from coranto.sources.feed.xmlfeed import MOST_ENTRIES

LAUGHS = b"<!ENTITY a0 'ha'>" + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))

FOUND_INSTEAD = {
    b"": "This is an empty answer",
    b" \n\0": "This is an empty answer",
    b"<!DOCTYPE html><title>News of\n the &amp; day</title>": 'HTML page, not a feed; its title is "News of the & day"',
    b"<!-- a --><!-- b --><html><body><p>Hello": "an HTML page, not a feed; it has no title",
    b"<html xmlns='http://www.w3.org/1999/xhtml'/>": "an HTML page, not a feed",
    b"<urlset><url><loc>https://a.example/</loc></url></urlset>": "This is a sitemap, not a feed. Add it as a sitemap.",
    b"<opml version='2.0'/>": "a list of subscriptions (OPML), not a feed",
    b"<wsdl:definitions xmlns:wsdl='w'/>": "XML with the root element <definitions>, not a feed",
    b'{"posts": [], "page": 1}': "JSON that is not a feed; it has the keys posts, page",
    b"[1, 2]": "JSON that is not a feed; it is a list of 2",
    b'{"version": "https://jsonfeed.org/version/1.1", "items"': "looks like JSON, but it is damaged",
    b'{"a":' * 100_000: "looks like JSON, but it is damaged",
    b"%PDF-1.7 ...": "This is a PDF file, not a feed",
    b"PK\x03\x04....": "This is a ZIP archive, not a feed",
    b"Too many requests": 'plain text or unknown data, not a feed; it begins with "Too many requests"',
    b"\x1f\x8bnot gzip at all": "damaged gzip file",
    b"<" * 1_000_000: "no element could be read",
    b"<!-- -->" * 500_000: "no element could be read",
    b"<!DOCTYPE rss ["
    + LAUGHS
    + b"]><rss><channel><title>&a9;</title></channel></rss>": "declares entities of its own",
    b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><title>&x;</title></rss>": "refused",
    b"<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> %x;]><rss/>": "declares entities of its own",
    b"<?a?><!-- <rss> --><!doctype rss [ ]> <!entity x 'y'> ]><rss/>": "",
    b"<!DOCTYPE rss [ <rss><channel/></rss>": "document type that never ends",
}


@pytest.mark.parametrize(("data", "expected"), FOUND_INSTEAD.items(), ids=range(len(FOUND_INSTEAD)))
def test_what_is_no_feed_is_named(data: bytes, expected: str) -> None:
    feed = parse_feed(data)
    assert feed.entries == ()
    if expected:
        assert expected in feed.error
    assert feed.error is None or (feed.error.endswith(".") and len(feed.error) < 300)


HOSTILE = {
    "nested": b"<rss><channel>" + b"<a>" * 100_000,
    "nested channels": b"<rss>" + b"<channel>" * 100_000,
    "nested text": b"<rss><channel><item><description>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "many attributes": b"<rss><channel " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/></rss>",
    "one attribute again and again": b"<rss><channel " + b'a="1" ' * 300_000 + b"/></rss>",
    "a huge attribute": b'<rss><channel a="' + b"x" * 12_000_000 + b'"/></rss>',
    "titles that never end": b"<rss><channel><item>" + b"<title>" * 300_000,
    "stray ampersands": b"<rss><channel><item><title>" + b"&" * 1_000_000,
    "sections that never end": b"<rss><channel><item><title>" + b"<![CDATA[" * 300_000,
    "instructions": b"<?a ?>" * 500_000 + b"<rss/>",
    "broken attributes": b"<rss><channel>" + b"<a b=1>" * 200_000,
    "an endless date": b"<rss><channel><item><pubDate>" + b"1 " * 500_000 + b"</pubDate></item></channel></rss>",
    "an endless author": b"<rss><item><author>" + b"a@" * 300_000 + b"</author></item></rss>",
    "many links": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
    + b"<link href='x'/>" * 200_000
    + b"</entry></feed>",
    "endless quotes": b"<rss><item><description><![CDATA[" + b" src='x" * 200_000 + b"]]></description></item></rss>",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_feeds_are_read_in_bounded_work(data: bytes) -> None:
    assert len(parse_feed(data, "https://a.example/feed").entries) <= 1


@pytest.mark.parametrize("number", ["#xD800", "#x00dfff", "#55296", "#57343", "#x110000", "#0", "#xFFFE"])
def test_references_to_no_character_are_dropped_wherever_they_stand(number: str) -> None:
    data = (
        f"<rss><channel><title>t&{number};t</title><item <![CDATA[ a='&{number};'><title>&{number};x</title></channel>"
    )
    assert parse_feed(data).title == "tt"


def test_external_subsets_are_neither_fetched_nor_needed() -> None:
    data = b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'><rss><channel><title>&eacute;t&eacute;</title></channel></rss>"
    assert parse_feed(data).title == "été"


def test_entries_beyond_the_limit_are_left() -> None:
    data = b"<rss><channel>" + b"<item><title>a</title></item>" * (MOST_ENTRIES + 500) + b"</channel></rss>"
    assert len(parse_feed(data).entries) == MOST_ENTRIES


WEDGES = (
    b"<",
    b"&",
    b"<![CDATA[",
    b"]]>",
    b"\0",
    b"<!--",
    b"</item>",
    b"xml:base='http://[' ",
    b"&#xD800;",
    b"{",
    b"\xff\xfe",
)


def test_damaged_feeds_never_raise() -> None:
    folder = Path(__file__).parents[1] / "cases" / "feeds"
    whole = [path.read_bytes() for path in sorted(folder.iterdir())]
    chance = random.Random(7)
    for _ in range(600):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 6)):
            place, length = chance.randrange(len(data) + 1), chance.randint(0, 60)
            data[place : place + length] = chance.choice([b"", chance.choice(WEDGES), data[:length]])
        feed = parse_feed(bytes(data), "https://a.example/feed")
        for entry in feed.entries:
            assert entry_from_document(entry_document(entry, feed)) == entry


def test_gzip_is_unpacked_within_bounds() -> None:
    data = b"<rss><channel><title>Packed</title></channel></rss>"
    assert parse_feed(gzip.compress(data)).title == "Packed"
    assert "unpacks to more than" in parse_feed(gzip.compress(b"<" + b" " * 100_000_000)).error


def test_script_passes_for_the_cleaner_to_remove() -> None:
    data = b"<rss><channel><title><![CDATA[<script>1</script>]]></title><item><title>&lt;script>2&lt;/script></title>"
    feed = parse_feed(data + b"<link>javascript:alert(1)</link></item></channel></rss>")
    assert (feed.title, feed.entries[0].title) == ("<script>1</script>", "<script>2</script>")


CYRILLIC, JAPANESE = "Новости сегодня из города", "日本語のニュースです、今日の天気"
CHARSETS = [
    *[
        (name, CYRILLIC)
        for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
    ],
    ("windows-1251", CYRILLIC),
    ("koi8-r", CYRILLIC),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("iso-2022-jp", JAPANESE),
    ("gb18030", "今天的新闻标题在这里"),
    ("windows-1252", "“Größe” – naïve café"),
]


@pytest.mark.parametrize(("charset", "title"), CHARSETS, ids=[name for name, _ in CHARSETS])
def test_charsets_are_read_right(charset: str, title: str) -> None:
    body = f"<rss><channel><title>{title}</title></channel></rss>"
    declared = f'<?xml version="1.0" encoding="{charset}"?>{body}'.encode(charset)
    assert parse_feed(declared).title == title
    assert parse_feed(body.encode(charset), headers={"content-type": f"text/xml; charset={charset}"}).title == title


@pytest.mark.parametrize(("charset", "title"), CHARSETS[:10], ids=[name for name, _ in CHARSETS[:10]])
def test_a_wrong_declaration_does_not_mislead(charset: str, title: str) -> None:
    wrong = "utf-8" if charset not in ("utf-8", "utf-8-sig") else "iso-8859-1"
    data = f'<?xml version="1.0" encoding="{wrong}"?><rss><channel><title>{title}</title></channel></rss>'.encode(
        charset
    )
    assert parse_feed(data, headers={"content-type": f"text/xml; charset={wrong}"}).title == title


def test_a_few_bad_bytes_do_not_spoil_the_rest() -> None:
    data = b"<rss><channel><title>" + "Žluťoučký kůň úpěl ďábelské ódy".encode() + b"\xff</title></channel></rss>"
    assert parse_feed(data).title == "Žluťoučký kůň úpěl ďábelské ódy\ufffd"
