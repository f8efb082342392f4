"""Feeds as outlets write them: every file in tests/cases/feeds with the values it must give, and every date."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from coranto.sources import Enclosure, EntrySource, parse_feed
from coranto.sources.feed.dates import read_date

CASES = Path(__file__).parents[1] / "cases" / "feeds"
EXPECTED = sorted(CASES.glob("*.expected.json"))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enclosure):
        return [value.url, value.type, value.length]
    if isinstance(value, EntrySource):
        return [value.title, value.url]
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_a_feed_gives_the_values_beside_it(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    name = path.name.removesuffix(".expected.json")
    source = next(file for file in CASES.glob(f"{name}.*") if not file.name.endswith(".expected.json"))
    feed = parse_feed(source.read_bytes(), expected.get("url"), expected.get("headers"))
    found = {name: _plain(getattr(feed, name)) for name in expected.get("feed", {})}
    assert found == expected.get("feed", {})
    assert len(feed.entries) == len(expected["entries"])
    for entry, wanted in zip(feed.entries, expected["entries"], strict=True):
        assert {name: _plain(getattr(entry, name)) for name in wanted} == wanted


@pytest.mark.parametrize("line", (CASES / "dates.txt").read_text(encoding="utf-8").splitlines())
def test_a_date_is_read_with_its_own_offset(line: str) -> None:
    written, _, expected = line.partition(" = ")
    found = read_date(written)
    assert (found.isoformat() if found else "none") == expected


def test_the_answers_headers_give_language_base_and_charset() -> None:
    data = "<rss><channel><title>Größe</title><item><link>a.html</link></item></channel></rss>".encode("latin-1")
    headers = {
        "content-type": "text/xml; charset=ISO-8859-1",
        "content-language": "de, en",
        "content-location": "https://real.example/dir/feed",
    }
    feed = parse_feed(data, "https://alias.example/feed", headers)
    assert (feed.title, feed.language, feed.entries[0].link) == ("Größe", "de", "https://real.example/dir/a.html")
    assert parse_feed(data.replace(b"<rss>", b"<rss xml:lang='fr'>"), headers=headers).language == "fr"


def test_text_that_was_decoded_already_is_read_whatever_it_declares() -> None:
    feed = parse_feed('<?xml version="1.0" encoding="koi8-r"?><rss><channel><title>Žluťoučký</title></channel></rss>')
    assert feed.title == "Žluťoučký"
