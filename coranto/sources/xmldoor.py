"""The one door by which XML comes in: feeds, sitemaps and subscription lists are all opened here.

It reads charsets, unpacks gzip within bounds, refuses entity declarations, never reaches outside the document, bounds
size, depth and time, and recovers what is ill-formed. What the elements mean is for the callers to say.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from coranto.sources.charsets import to_utf8
from coranto.sources.verdicts import after_prolog
from coranto.sources.xmlrepair import calls_for_repair, repaired, restored

DOCUMENT_BYTES = 32 * 1024 * 1024
"""The largest document that is read, in bytes after decompression. A sitemap may have 50 MB by its protocol; few do."""

_GZIP = b"\x1f\x8b"
_RATIO = 200
"""How many times larger than its gzip form a document may be, beyond the first megabyte."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document at the door: `text` is its UTF-8, `root` the tree or None, `problem` a sentence that says why not.

    `repaired` is true where the document was ill-formed and what could be saved was saved.
    """

    text: bytes = b""
    root: etree._Element | None = None
    problem: str | None = None
    repaired: bool = False


def unpacked(data: bytes | str, headers: Mapping[str, str] | None = None) -> Opened:
    """`data` as UTF-8 text, unpacked and decoded, without a tree. `problem` names what stands in the way."""
    if isinstance(data, str):
        data, headers = data.encode("utf-8", "replace"), None
    if data.startswith(_GZIP):
        inflated, problem = _inflated(data)
        if problem:
            return Opened(problem=problem)
        data = inflated
    if len(data) > DOCUMENT_BYTES:
        return Opened(problem=f"The document has {len(data):,} bytes; at most {DOCUMENT_BYTES:,} are read.")
    text = to_utf8(data, headers)
    if not text.strip(b"\0 \t\r\n"):
        return Opened(problem="This is an empty answer: there is nothing in it to read.")
    return Opened(text=text)


def open_xml(opened: Opened) -> Opened:
    """The tree of an unpacked document. Without a tree, `problem` says what is wrong in one sentence."""
    if opened.problem:
        return opened
    text, problem = _without_doctype(opened.text)
    if problem:
        return Opened(opened.text, problem=problem)
    mended = calls_for_repair(text)
    if not mended:
        try:
            root = etree.fromstring(text, _parser(recover=False))
        except etree.XMLSyntaxError:
            mended = True
        else:
            return Opened(opened.text, root)
    text = repaired(text)
    for attempt in (lambda: (text, False), lambda: (restored(text), False), lambda: (text, True)):
        candidate, recover = attempt()
        try:
            root = etree.fromstring(candidate, _parser(recover))
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            return Opened(opened.text, root, repaired=True)
    return Opened(opened.text, problem="This is no XML: no element could be read in it.", repaired=True)


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _inflated(data: bytes) -> tuple[bytes, str | None]:
    limit = min(DOCUMENT_BYTES, max(1024 * 1024, len(data) * _RATIO))
    parts, size = [], 0
    try:
        while data.startswith(_GZIP) and size <= limit:
            unpacker = zlib.decompressobj(wbits=31)
            parts.append(unpacker.decompress(data, limit + 1 - size))
            size += len(parts[-1])
            data = unpacker.unused_data
    except zlib.error:
        if not size:
            return b"", "This is a damaged gzip file: it cannot be unpacked."
    if size > limit:
        return b"", f"This gzip file unpacks to more than {limit:,} bytes, which is more than is read."
    return b"".join(parts), None


def _without_doctype(text: bytes) -> tuple[bytes, str | None]:
    """`text` without its document type, or a refusal where that declares entities."""
    place = after_prolog(text)
    if text[place : place + 9].upper() != b"<!DOCTYPE":
        return text, None
    bracket, close = text.find(b"[", place), text.find(b">", place)
    if close < 0:
        return text, None
    if 0 <= bracket < close:
        end = text.find(b"]", bracket)
        while end >= 0 and not text[end + 1 : end + 200].lstrip().startswith(b">"):
            end = text.find(b"]", end + 1)
        if end < 0:
            return text, "The XML has a document type that never ends, and is refused."
        if b"<!ENTITY" in text[bracket:end].upper():
            return text, "The XML declares entities of its own, which is refused: they can be made to exhaust a reader."
        close = text.find(b">", end)
    return text[:place] + text[close + 1 :], None
