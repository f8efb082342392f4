"""What a document is when it is not what was asked for, said in one sentence that a person can act on.

Every reader of this room says it in the same words. It looks at the beginning only and decides nothing else.
"""

from __future__ import annotations

import html
import json
import re

from lxml import etree

_TITLE = re.compile(r"<title[^>]{0,500}>(.{0,600}?)(?:</title|\Z)", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1|script|center|table)\b",
    re.IGNORECASE,
)
_PROLOG = 100_000
_SPACE = re.compile(r"\s+")
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a media file (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "a sound file (MP3)"),
)
_ROOTS = {
    "urlset": "a sitemap",
    "sitemapindex": "an index of sitemaps",
    "opml": "a list of subscriptions (OPML)",
    "rss": "a feed (RSS)",
    "rdf": "an RDF document",
    "feed": "a feed (Atom)",
    "svg": "a picture (SVG)",
    "error": "an error report in XML",
    "opensearchdescription": "a description of a search (OpenSearch)",
    "service": "an AtomPub service document",
}
_ADVICE = {
    "a feed": {"a sitemap": " Add it as a sitemap.", "an index of sitemaps": " Add it as a sitemap."},
}


def is_html(text: bytes) -> bool:
    """Whether `text` begins as an HTML page does, after an XML declaration and comments."""
    return _HTML.match(text, after_prolog(text)) is not None


def after_prolog(text: bytes) -> int:
    """The place in `text` after leading space, comments and processing instructions. At most 100,000 bytes on."""
    position = 0
    while position < _PROLOG:
        ahead = text[position : position + 4096]
        position += len(ahead) - len(ahead.lstrip(b" \t\r\n\0\xef\xbb\xbf"))
        if text.startswith(b"<?", position):
            end, width = text.find(b"?>", position), 2
        elif text.startswith(b"<!--", position):
            end, width = text.find(b"-->", position), 3
        else:
            return position
        if end < 0:
            return position
        position = end + width
    return position


def binary_kind(data: bytes) -> str | None:
    """What a file is by its first bytes, in words, or None where it may be text."""
    return next((words for magic, words in _MAGIC if data.startswith(magic)), None)


def page_title(text: bytes) -> str | None:
    """The title of an HTML page, shortened to 120 characters."""
    found = _TITLE.search(text[:60_000].decode("utf-8", "replace"))
    title = _SPACE.sub(" ", html.unescape(found[1])).strip() if found else ""
    return (title if len(title) <= 120 else title[:119] + "…") or None


def verdict(text: bytes, root: etree._Element | None, wanted: str) -> str:
    """The sentence for a document that is not `wanted` ('a feed', 'a sitemap')."""
    known = binary_kind(text)
    if known:
        return f"This is {known}, not {wanted}."
    if is_html(text) or _root_name(root) == "html":
        title = page_title(text)
        named = f'its title is "{title}"' if title else "it has no title"
        return f"This is an HTML page, not {wanted}; {named}."
    start = text.lstrip()[:1]
    if start in (b"{", b"["):
        return _about_json(text, wanted)
    if root is not None and start == b"<":
        name = _root_name(root)
        kind = _ROOTS.get(name)
        if kind:
            return f"This is {kind}, not {wanted}.{_ADVICE.get(wanted, {}).get(kind, '')}"
        return f"This is XML with the root element <{name[:60]}>, not {wanted}."
    words = _SPACE.sub(" ", text[:400].decode("utf-8", "replace")).strip()
    shown = "".join(letter for letter in words if letter.isprintable())[:60]
    return f'This is plain text or unknown data, not {wanted}; it begins with "{shown}".'


def _about_json(text: bytes, wanted: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return f"This looks like JSON, but it is damaged and cannot be read; it is not {wanted}."
    keys = [str(key)[:30] for key in list(value)[:5]] if isinstance(value, dict) else []
    told = f"it has the keys {', '.join(keys)}" if keys else ""
    if isinstance(value, list):
        told = f"it is a list of {len(value)}"
    return f"This is JSON that is not {wanted}{'; ' + told if told else ''}."


def _root_name(root: etree._Element | None) -> str:
    if root is None or not isinstance(root.tag, str):
        return ""
    return root.tag.rpartition("}")[2].rpartition(":")[2].lower()
