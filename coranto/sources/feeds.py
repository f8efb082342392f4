"""`parse_feed`: bytes of any feed -> `Feed`. It finds out what the bytes are and hands them to the reader for that.

It never raises and never touches the network. Fetching is done elsewhere in this room, cleaning in `coranto.extract`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from coranto.sources.addresses import absolute
from coranto.sources.feed.jsonfeed import is_json_feed, read_json_feed
from coranto.sources.feed.values import Feed
from coranto.sources.feed.xmlfeed import feed_format, read_xml_feed
from coranto.sources.verdicts import binary_kind, is_html, verdict
from coranto.sources.xmldoor import Opened, open_xml, unpacked


def parse_feed(data: bytes | str, url: str | None = None, headers: Mapping[str, str] | None = None) -> Feed:
    """The feed in `data`: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, or CDF.

    `url` is where it came from: relative addresses are resolved against it. `headers` are the answer's, keyed in
    lower case; 'content-type', 'content-language' and 'content-location' count. What is not a feed gives a `Feed`
    without entries and with `error`, a sentence that names what was found instead.
    """
    headers = headers or {}
    opened = unpacked(data, headers)
    if opened.problem:
        return Feed(error=opened.problem)
    base = absolute(headers.get("content-location"), url) or url
    language = (headers.get("content-language") or "").split(",")[0].strip() or None
    if opened.text.lstrip()[:1] == b"{":
        return _from_json(opened.text, base, language)
    return _from_xml(opened, base, language)


def _from_json(text: bytes, base: str | None, language: str | None) -> Feed:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Feed(error=verdict(text, None, "a feed"))
    if not is_json_feed(value):
        return Feed(error=verdict(text, None, "a feed"))
    return read_json_feed(value, base, language)


def _from_xml(opened: Opened, base: str | None, language: str | None) -> Feed:
    if binary_kind(opened.text) or b"<" not in opened.text:
        return Feed(error=verdict(opened.text, None, "a feed"))
    page = is_html(opened.text)
    opened = open_xml(opened)
    if opened.problem:
        return Feed(error=verdict(opened.text, None, "a feed") if page else opened.problem)
    if feed_format(opened.root) is None:
        return Feed(error=verdict(opened.text, opened.root, "a feed"))
    return read_xml_feed(opened.root, base, language, b"xml:base" in opened.text, opened.repaired)
