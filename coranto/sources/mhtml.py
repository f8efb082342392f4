"""Pages saved as one file by a browser: MHTML (RFC 2557), the page chosen among its parts and decoded.

The parts are found by their boundary in one pass over the bytes; what is not the page is never decoded.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from coranto.articles import Document
from coranto.sources.answers import content_type

LARGEST_HEAD = 64 * 1024
MOST_PARTS = 5_000
DEEPEST = 4
"""Levels of parts within parts."""
HEAD_END = re.compile(rb"\r?\n\r?\n")
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


class NoPage(ValueError):
    """The file holds no page; says why."""


@dataclass(slots=True)
class _Part:
    head: Message
    body: bytes

    @property
    def media_type(self) -> str:
        return self.head.get_content_type()

    def value(self, name: str) -> str | None:
        """A header's text, unfolded and with encoded words read; None where absent."""
        raw = self.head.get(name)
        if raw is None:
            return None
        text = str(raw)
        if "=?" in text:
            try:
                text = str(make_header(decode_header(text)))
            except (MessageError, LookupError, ValueError):
                return None
        return "".join(text.split()) if name.lower().endswith("location") else " ".join(text.split())


def document(data: bytes) -> Document:
    """The page that an MHTML file was saved of. Raises NoPage where there is none."""
    whole = _part(data)
    parts = list(_leaves(whole, 0))
    chosen = _main(whole, parts)
    if chosen is None:
        raise NoPage("no part of it is a page")
    body = _decoded(chosen)
    if not body.strip():
        raise NoPage("its page is empty")
    address = _web(chosen.value("Content-Location"))
    return Document(
        url=address or _web(whole.value("Snapshot-Content-Location")) or _web(whole.value("Content-Location")),
        body=body,
        media_type=chosen.media_type,
        fetched=datetime.now(UTC),
        charset=content_type(chosen.value("Content-Type"))[1],
        captured=_date(whole.value("Date")),
    )


def _part(data: bytes) -> _Part:
    end = HEAD_END.search(data, 0, LARGEST_HEAD)
    if end is None:
        raise NoPage("it has no headers, as MHTML has to")
    return _Part(BytesHeaderParser().parsebytes(data[: end.end()]), data[end.end() :])


def _leaves(part: _Part, depth: int) -> Iterator[_Part]:
    """The parts that hold something themselves, in order, out of multiparts nested no deeper than DEEPEST."""
    if part.head.get_content_maintype() != "multipart":
        yield part
        return
    boundary = part.head.get_boundary()
    if not boundary or depth >= DEEPEST:
        return
    line = re.compile(
        rb"(?:^|\r?\n)--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*(?=\r?\n|\Z)"
    )
    begin, number = None, 0
    for mark in line.finditer(part.body):
        if begin is not None:
            yield from _inner(part.body[begin : mark.start()], depth)
            number += 1
        if mark[1] or number >= MOST_PARTS:
            return
        begin = mark.end()
    if begin is not None:
        yield from _inner(part.body[begin:], depth)


def _inner(data: bytes, depth: int) -> Iterator[_Part]:
    try:
        inner = _part(data.lstrip(b"\r\n"))
    except NoPage:
        return
    yield from _leaves(inner, depth + 1)


def _main(whole: _Part, parts: list[_Part]) -> _Part | None:
    """The page among `parts`: the one that `start` names, else the one at the address the file was saved from, else
    the first page, HTML before plain text."""
    pages = [part for part in parts if part.media_type in PAGE_TYPES]
    start = whole.head.get_param("start")
    if isinstance(start, str):
        for part in pages:
            if (part.value("Content-ID") or "").strip("<> ") == start.strip("<> "):
                return part
    saved_from = whole.value("Snapshot-Content-Location") or whole.value("Content-Location")
    if saved_from is not None:
        for part in pages:
            if part.value("Content-Location") == saved_from:
                return part
    return min(pages, key=lambda part: part.media_type == "text/plain", default=None)


def _decoded(part: _Part) -> bytes:
    coding = (part.value("Content-Transfer-Encoding") or "").lower()
    if coding == "quoted-printable":
        return quopri.decodestring(part.body)
    if coding == "base64":
        try:
            return binascii.a2b_base64(part.body)
        except binascii.Error:
            raise NoPage("its page is damaged (base64)") from None
    return part.body


def _web(address: str | None) -> str | None:
    return address if address is not None and address.lower().startswith(("http://", "https://")) else None


def _date(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
