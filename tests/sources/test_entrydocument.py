"""An entry as kept bytes: the same entry comes back, and the same entry gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.sources import Enclosure, Entry, EntrySource, Feed, entry_document, entry_from_document, feed_of_document

WORDS = st.text(max_size=40)
MAYBE = st.none() | WORDS
MOMENTS = st.none() | st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=8))])
)
ENTRIES = st.builds(
    Entry,
    id=MAYBE,
    title=MAYBE,
    link=MAYBE,
    published=MOMENTS,
    updated=MOMENTS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    summary=MAYBE,
    content=MAYBE,
    tags=st.lists(WORDS, max_size=3).map(tuple),
    enclosures=st.lists(st.builds(Enclosure, WORDS, MAYBE, st.none() | st.integers(0, 10**12)), max_size=2).map(tuple),
    comments=MAYBE,
    source=st.none() | st.builds(EntrySource, MAYBE, MAYBE),
    language=MAYBE,
    images=st.lists(WORDS, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    stored = entry_document(entry, Feed(title="The Ebb", language="en"))
    assert entry_from_document(stored) == entry
    assert entry_document(entry_from_document(stored), feed_of_document(stored)) == stored


def test_the_feed_is_told_beside_the_entry() -> None:
    stored = entry_document(Entry(title="Ebb"), Feed(title="F", link="https://f.example/", language="nl", ttl=60))
    assert json.loads(stored) == {
        "title": "Ebb",
        "feed": {"title": "F", "link": "https://f.example/", "language": "nl"},
    }
    assert feed_of_document(stored) == Feed(title="F", link="https://f.example/", language="nl")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b'{"published": 3}', b'{"enclosures": [[1, 2, 3, 4]]}', b'{"tags": 1}']
)
def test_other_bytes_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(ValueError, match="stored feed entry"):
        entry_from_document(data)
