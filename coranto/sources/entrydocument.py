"""A feed entry as the bytes that are kept as its original, and back: canonical JSON, exact in both directions.

The media type is `coranto.articles.ENTRY_TYPE`. Two entries that say the same give the same bytes, so that a change
of the bytes is a change of the entry. Keys have one order, and what is missing is left out.
"""

from __future__ import annotations

import json
from datetime import datetime

from coranto.sources.feed.values import Enclosure, Entry, EntrySource, Feed

_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_LISTS = ("authors", "tags", "images")
_TEXTS = ("id", "title", "link", "summary", "content", "comments", "language")
_MOMENTS = ("published", "updated")


def entry_document(entry: Entry, feed: Feed) -> bytes:
    """`entry` as canonical JSON in UTF-8, with the feed's language, title and site under the key 'feed'.

    What belongs to the feed is told for the reader of the document alone: `entry_from_document` leaves it out.
    """
    fields: dict[str, object] = {}
    for name in _TEXTS:
        value = getattr(entry, name)
        if value is not None:
            fields[name] = value
    for name in _MOMENTS:
        value = getattr(entry, name)
        if value is not None:
            fields[name] = value.isoformat()
    for name in _LISTS:
        value = getattr(entry, name)
        if value:
            fields[name] = value
    if entry.enclosures:
        fields["enclosures"] = [(file.url, file.type, file.length) for file in entry.enclosures]
    if entry.source is not None:
        fields["source"] = (entry.source.title, entry.source.url)
    about = {"title": feed.title, "link": feed.link, "language": feed.language}
    fields["feed"] = {name: value for name, value in about.items() if value is not None}
    return _WRITE(fields).encode("utf-8", "surrogatepass")


def entry_from_document(data: bytes) -> Entry:
    """The entry that `entry_document` wrote. Raises ValueError, naming what is wrong, for any other bytes."""
    return Entry(**_entry_fields(_fields(data)))


def feed_of_document(data: bytes) -> Feed:
    """What a stored entry tells of its feed: a `Feed` with title, link and language alone."""
    about = _fields(data).get("feed")
    about = about if isinstance(about, dict) else {}
    return Feed(**{name: about.get(name) for name in ("title", "link", "language")})


def _fields(data: bytes) -> dict:
    try:
        fields = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"This is no stored feed entry: {error}") from None
    if not isinstance(fields, dict):
        raise ValueError("This is no stored feed entry: it is not a JSON object.")
    return fields


def _entry_fields(fields: dict) -> dict[str, object]:
    try:
        known = {name: fields[name] for name in _TEXTS if name in fields}
        for name in _MOMENTS:
            if name in fields:
                known[name] = datetime.fromisoformat(fields[name])
        for name in _LISTS:
            if name in fields:
                known[name] = tuple(fields[name])
        if "enclosures" in fields:
            known["enclosures"] = tuple(Enclosure(*file) for file in fields["enclosures"])
        if "source" in fields:
            known["source"] = EntrySource(*fields["source"])
    except (TypeError, ValueError) as error:
        raise ValueError(f"This is a damaged stored feed entry: {error}") from None
    return known
