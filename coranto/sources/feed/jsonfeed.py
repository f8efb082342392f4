"""A JSON Feed (versions 1.0 and 1.1) -> `Feed`. Values of a wrong type count as missing."""

from __future__ import annotations

import re

from coranto.sources.addresses import absolute
from coranto.sources.feed.dates import read_date
from coranto.sources.feed.people import distinct, name_in
from coranto.sources.feed.texts import as_html, with_absolute_links
from coranto.sources.feed.values import Enclosure, Entry, Feed
from coranto.sources.feed.xmlfeed import MOST_ENTRIES

_PARAGRAPH = re.compile(r"\n\s*\n")
_MOST = 200


def is_json_feed(value: object) -> bool:
    """Whether parsed JSON is a feed: by its version address, or by items that look like a feed's."""
    if not isinstance(value, dict):
        return False
    version = value.get("version")
    if isinstance(version, str) and "jsonfeed.org" in version:
        return True
    items = value.get("items")
    return isinstance(items, list) and any(
        isinstance(item, dict) and ("id" in item or "url" in item) and any(key.startswith("content_") for key in item)
        for item in items[:5]
    )


def read_json_feed(value: dict, base: str | None, language: str | None) -> Feed:
    """The feed in a parsed JSON document."""
    site = absolute(_text(value, "home_page_url"), base)
    authors = _authors(value)
    language = _text(value, "language") or language
    items = value.get("items")
    items = [item for item in items[:MOST_ENTRIES] if isinstance(item, dict)] if isinstance(items, list) else []
    hubs = [hub.get("url") for hub in _list(value, "hubs") if isinstance(hub, dict)]
    return Feed(
        title=_plain(value, "title"),
        subtitle=_plain(value, "description"),
        link=site,
        language=language,
        entries=tuple(_entry(item, site or base, authors) for item in items),
        image=absolute(_text(value, "icon") or _text(value, "favicon"), site or base),
        self_link=absolute(_text(value, "feed_url"), base),
        hub=next((hub for hub in hubs if isinstance(hub, str)), None),
        next=absolute(_text(value, "next_url"), base),
        authors=authors,
        format="json",
    )


def _entry(item: dict, base: str | None, inherited: tuple[str, ...]) -> Entry:
    identity = item.get("id")
    identity = str(identity) if isinstance(identity, int | float) else _text(item, "id")
    link = absolute(_text(item, "url") or _text(item, "external_url"), base)
    if link is None and identity and identity.startswith(("http://", "https://")):
        link = identity
    updated = read_date(_text(item, "date_modified"))
    content = _text(item, "content_html")
    content = with_absolute_links(content, link or base) if content else _paragraphs(_text(item, "content_text"))
    files = tuple(_files(item, link or base))
    pictures = [absolute(_text(item, key), link or base) for key in ("image", "banner_image")]
    return Entry(
        id=identity,
        title=_plain(item, "title"),
        link=link,
        published=read_date(_text(item, "date_published")) or updated,
        updated=updated,
        authors=_authors(item) or inherited,
        summary=_plain(item, "summary"),
        content=content,
        tags=distinct(tag.strip() for tag in _list(item, "tags") if isinstance(tag, str)),
        enclosures=files,
        language=_text(item, "language"),
        images=distinct([*pictures, *(file.url for file in files if (file.type or "").startswith("image/"))]),
    )


def _files(item: dict, base: str | None) -> list[Enclosure]:
    found = []
    for file in _list(item, "attachments"):
        url = absolute(_text(file, "url"), base) if isinstance(file, dict) else None
        if url:
            size = file.get("size_in_bytes")
            size = int(size) if isinstance(size, int | float) and 0 <= size < 1e15 else None
            found.append(Enclosure(url, _text(file, "mime_type"), size))
    return found


def _authors(value: dict) -> tuple[str, ...]:
    people = _list(value, "authors") or [value.get("author")]
    return distinct(name_in(_text(one, "name")) if isinstance(one, dict) else None for one in people)


def _list(value: dict, key: str) -> list:
    found = value.get(key)
    return found[:_MOST] if isinstance(found, list) else []


def _text(value: dict, key: str) -> str | None:
    found = value.get(key)
    return found.strip() or None if isinstance(found, str) else None


def _plain(value: dict, key: str) -> str | None:
    text = _text(value, key)
    return as_html(text) if text else None


def _paragraphs(text: str | None) -> str | None:
    if not text:
        return None
    blocks = [as_html(block.strip()) for block in _PARAGRAPH.split(text)]
    return "".join(f"<p>{block}</p>" for block in blocks if block) if len(blocks) > 1 else blocks[0]
