"""Web archives: the pages inside WARC and WACZ files, one record at a time.

A record counts as a page where it is a response of status 200 with HTML or plain text. Nothing is written anywhere
and no member's path is ever used as a path. What claims to unpack to far more than the archive's own size is a bomb
and ends the archive; whatever else is wrong with one record is reported and passed over.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from coranto.articles import Document
from coranto.sources import codings
from coranto.sources.answers import bounded_headers, content_type, headers_that_matter

LARGEST_MEMBER = 50 * 1024 * 1024
"""Bytes of one page, unpacked."""
MOST_RECORDS = 5_000_000
MOST_MEMBERS = 10_000
"""Files within one WACZ."""
LARGEST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of a WACZ's list of members, which is read whole."""
HIGHEST_RATIO = 200
"""Unpacked to packed bytes; pages pack 5 to 30 times."""
UNSUSPECTED = 64 * 1024 * 1024
"""Unpacked bytes below which the ratio is nobody's business."""
PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")

Key = tuple[int, ...]
"""Where in an archive a member stands; keys rise within an archive."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file, or with one `member` of it, and what to do."""

    message: str
    remedy: str
    member: str | None = None


@dataclass(slots=True)
class _Budget:
    """The bytes that an archive of `packed` bytes may unpack to, all records together."""

    packed: int
    unpacked: int = 0
    records: int = 0

    def spend(self, size: int) -> bool:
        self.unpacked += size
        return self.unpacked <= max(UNSUSPECTED, self.packed * HIGHEST_RATIO)


BOMB = Trouble(
    f"it claims to hold more than {HIGHEST_RATIO} times its own size",
    "It is damaged, or made to fill this machine; leave it out.",
)
CUT_OFF = Trouble("it breaks off or is damaged here; what came before was read", "Fetch or copy the archive again.")
TOO_MANY = Trouble(f"it holds more than {MOST_RECORDS} records", "Split it, and import the parts.")


def warc_pages(path: Path, after: Key = (), largest: int = LARGEST_MEMBER) -> Iterator[tuple[Key, Document | Trouble]]:
    """The pages of a .warc or .warc.gz behind the key `after`, each with its key: the record's number.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as stream:
        yield from _pages(stream, _Budget(path.stat().st_size), after, largest)


def wacz_pages(path: Path, after: Key = (), largest: int = LARGEST_MEMBER) -> Iterator[tuple[Key, Document | Trouble]]:
    """The pages of all WARC files within a .wacz behind the key `after`; a key is the numbers
    of member and record.

    Raises OSError where the file cannot be opened.
    """
    budget = _Budget(path.stat().st_size)
    with path.open("rb") as stream:
        trouble = _directory_trouble(stream)
        if trouble is None:
            try:
                archive = zipfile.ZipFile(stream)
            except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
                trouble = NO_ZIP
        if trouble is not None:
            yield (0,), trouble
            return
        with archive:
            for number, member in enumerate(archive.infolist()):
                if not after or number >= after[0]:
                    yield from _member_pages(archive, number, member, budget, after, largest)


def count_pages(path: Path) -> int:
    """How many pages and troubles an archive will give. It is scanned once, unpacked but not decoded."""
    pages = wacz_pages if path.name.lower().endswith(".wacz") else warc_pages
    return sum(1 for _ in pages(path, largest=0))


NO_ZIP = Trouble("it is no zip file, as a WACZ has to be", "Fetch or copy the archive again.")


def _directory_trouble(stream: BinaryIO) -> Trouble | None:
    """Whether the list of members is small enough to be read, by the record at the file's end (APPNOTE 4.3.14-16)."""
    size = stream.seek(0, 2)
    tail_at = max(0, size - 65_536 - 22 - 20)
    stream.seek(tail_at)
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        return NO_ZIP
    directory = struct.unpack_from("<I", tail, end + 12)[0]
    if directory == 0xFFFFFFFF and end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07":
        stream.seek(min(struct.unpack_from("<Q", tail, end - 12)[0], size))
        record = stream.read(56)
        if len(record) < 56 or record[:4] != b"PK\x06\x06":
            return NO_ZIP
        directory = struct.unpack_from("<Q", record, 40)[0]
    stream.seek(0)
    if directory > LARGEST_DIRECTORY:
        return Trouble("its list of members is too long to be read", "Split it, and import the parts.")
    return None


def _member_pages(
    archive: zipfile.ZipFile, number: int, member: zipfile.ZipInfo, budget: _Budget, after: Key, largest: int
) -> Iterator[tuple[Key, Document | Trouble]]:
    name, shown = member.filename.lower(), repr(member.filename[-120:])
    record_after = after[1:] if after and after[0] == number else ()
    if number >= MOST_MEMBERS:
        if number == MOST_MEMBERS:
            yield (number, 0), Trouble(f"it holds more than {MOST_MEMBERS} files", "Split it, and import the parts.")
        return
    trouble = None
    if name.endswith((".wacz", ".zip")):
        trouble = Trouble("an archive within the archive is not opened", "Unpack it and import it by itself.", shown)
    elif not name.endswith((".warc", ".warc.gz")):
        return
    elif member.flag_bits & 1:
        trouble = Trouble("it is encrypted", "Decrypt the archive and import it again.", shown)
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        trouble = Trouble("it is packed in a way that WACZ does not know", "Pack the archive again.", shown)
    if trouble is not None:
        if not record_after:
            yield (number, 0), trouble
        return
    try:
        with archive.open(member) as stream:
            for key, page in _pages(stream, budget, record_after, largest, shown):
                yield (number, *key), page
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, RuntimeError):
        yield (number, 2**62), Trouble(CUT_OFF.message, CUT_OFF.remedy, shown)


def _pages(
    stream: BinaryIO, budget: _Budget, after: Key, largest: int, member: str | None = None
) -> Iterator[tuple[Key, Document | Trouble]]:
    """The pages of one WARC stream, keyed by the number of their record (an offset would not do: in a file that was
    packed as a whole, all records have the same). With `largest` 0 bodies are not read: they are there to be counted.
    """
    number, offset = -1, 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, parse_http=False, quirks_mode=True)):
            offset = record.stream_pos
            budget.records += 1
            if budget.records > MOST_RECORDS:
                yield (number,), Trouble(TOO_MANY.message, TOO_MANY.remedy, member)
                return
            if not budget.spend(record.content_length):
                yield (number,), Trouble(BOMB.message, BOMB.remedy, member)
                return
            if record.record_type != WarcRecordType.response or (after and number <= after[0]):
                continue
            page = _page(record, budget, largest)
            if page is not None:
                yield (number,), page
        if number < 0:
            yield (0,), Trouble("it holds no WARC record", "Fetch or copy the archive again.", member)
        elif member is None and _breaks_off(stream, offset):
            yield (number + 1,), CUT_OFF
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
        yield (number + 1,), Trouble(CUT_OFF.message, CUT_OFF.remedy, member)


def _breaks_off(stream: BinaryIO, offset: int) -> bool:
    """Whether a gzip member behind the record at `offset`, the last that was read, or its own, is not whole: the
    iterator takes such a rest for the end of the file."""
    stream.seek(offset)
    if stream.read(2) != codings.GZIP_MAGIC:
        return False
    stream.seek(offset)
    engine = zlib.decompressobj(wbits=31)
    rest = b""
    while not engine.eof:
        rest = rest or stream.read(codings.PIECE)
        if not rest:
            return True
        engine.decompress(rest, codings.PIECE)
        rest = engine.unconsumed_tail
    return (engine.unused_data or stream.read(1))[:1] == codings.GZIP_MAGIC[:1]


def _page(record: WarcRecord, budget: _Budget, largest: int) -> Document | Trouble | None:
    """The document in a response record; None for what is no page."""
    address = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    shown = address[:300] or None
    try:
        record.parse_http(quirks_mode=True)
    except (OSError, ValueError):
        return Trouble("its HTTP headers cannot be read", "Capture the page again.", shown)
    http = record.http_headers
    if http is None or http.status_code != 200:
        return None
    headers = bounded_headers(http.items())
    media_type, charset = content_type(headers.get("content-type"))
    if (media_type or "text/html") not in PAGE_TYPES or address.lower().endswith("/robots.txt"):
        return None
    size = record.content_length
    if not largest:
        return Trouble("", "", shown)
    if size > largest:
        return Trouble(f"it is larger than {largest // 1_048_576} MB", "It is no article; leave it out.", shown)
    body = record.reader.read(size)
    if len(body) < size:
        return Trouble(CUT_OFF.message, CUT_OFF.remedy, shown)
    try:
        body = _unpacked(body, headers, largest)
    except codings.TooLarge:
        budget.spend(largest)
        return Trouble(f"it unpacks to more than {largest // 1_048_576} MB", "It is no article; leave it out.", shown)
    except codings.Broken as reason:
        return Trouble(f"its content is damaged: {reason}", "Capture the page again.", shown)
    budget.spend(len(body))
    return Document(
        url=address if address.lower().startswith(("http://", "https://")) else None,
        body=body,
        media_type=media_type or "text/html",
        fetched=datetime.now(UTC),
        charset=charset,
        captured=_aware(record.record_date),
        headers=headers_that_matter(headers),
    )


def _unpacked(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = dechunk(body)
    return codings.decode(body, headers.get("content-encoding"), limit)


def dechunk(body: bytes) -> bytes:
    """A body with HTTP's chunks joined. One that does not begin with a chunk's size was joined when it was captured
    and is handed back; a chunk that breaks off is taken as far as it goes."""
    parts, at = [], 0
    while (size := CHUNK_SIZE.match(body, at)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(parts) if parts else body


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
