"""Content codings undone in pieces, with a cap on what comes out: gzip, deflate, br, zstd and stacks of them.

Used on the network's answers and on archives' records. A bomb costs the memory of the cap, not of what it claims to
hold. It knows nothing of HTTP beyond the names of the codings.
"""

from __future__ import annotations

import sys
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
PIECE = 256 * 1024
"""Bytes taken out of a decompressor at a time."""
MOST_CODINGS = 3
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_WINDOW = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MB, the most that RFC 9659 lets the coding ask for."""


class TooLarge(Exception):
    """More bytes than the cap allows."""


class Broken(Exception):
    """Bytes that are not what their coding says, or that end too early."""


def known_codings(header: str | None) -> list[str]:
    """The codings of a Content-Encoding header that there is something to undo for, in the order they were applied.

    Unknown names are passed over: nothing but `ACCEPTED` was asked for, and what servers put there otherwise is a
    charset or a word such as 'none' on a body that is not coded at all. Raises Broken where too many are stacked.
    """
    names = [name.strip().lower().removeprefix("x-") for name in (header or "").split(",")]
    codings = [name for name in names if name in ("gzip", "deflate", "br", "zstd")]
    if len(codings) > MOST_CODINGS:
        raise Broken(f"{len(codings)} codings on top of each other")
    return codings


def decode(data: bytes | Iterable[bytes], header: str | None, limit: int) -> bytes:
    """All of `data` with the codings of `header` undone. Raises TooLarge above `limit` bytes, and Broken."""
    decoder = Decoder(header, limit)
    out = bytearray()
    for chunk in [data] if isinstance(data, bytes) else data:
        out += decoder.feed(chunk)
    out += decoder.finish()
    return bytes(out)


def gunzip(data: bytes, limit: int) -> bytes:
    """A gzip file's content. Raises TooLarge above `limit` bytes, and Broken."""
    return decode(data, "gzip", limit)


class Decoder:
    """Feeds chunks through the codings that a header names and counts what comes out.

    A body that says gzip or zstd but does not begin so is handed on as it is: many servers mark what they no longer
    compress.
    """

    def __init__(self, header: str | None, limit: int) -> None:
        self._stages = [_STAGES[name](limit) for name in reversed(known_codings(header))]
        self._limit = limit
        self._size = 0

    def feed(self, chunk: bytes) -> bytes:
        for stage in self._stages:
            chunk = stage.feed(chunk)
        return self._counted(chunk)

    def finish(self) -> bytes:
        """What was still held back. Raises Broken where the coded data end too early."""
        rest = b""
        for stage in self._stages:
            rest = stage.feed(rest) + stage.finish()
        return self._counted(rest)

    def _counted(self, chunk: bytes) -> bytes:
        self._size += len(chunk)
        if self._size > self._limit:
            raise TooLarge(f"more than {self._limit} bytes")
        return chunk


class _Stage(ABC):
    """One coding: waits for the bytes that tell what it is, then takes output piece by piece under the limit."""

    magic_size = 0

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._head = b""
        self._started = False
        self._plain = False
        self._ended = False

    def feed(self, chunk: bytes) -> bytes:
        if not chunk:
            return b""
        if not self._started:
            self._head += chunk
            if len(self._head) < self.magic_size:
                return b""
            chunk = self._begin()
        return self._pass(chunk)

    def finish(self) -> bytes:
        rest = b""
        if not self._started and self._head:
            rest = self._pass(self._begin())
        if self._started and not self._plain and not self._ended:
            raise Broken("it ends in the middle of the compressed data")
        return rest

    def _begin(self) -> bytes:
        head, self._head, self._started = self._head, b"", True
        self._plain = not self.open(head)
        return head

    def _pass(self, chunk: bytes) -> bytes:
        if self._plain:
            return chunk
        out = bytearray()
        try:
            for piece in self.expand(chunk):
                out += piece
                self._size += len(piece)
                if self._size > self._limit:
                    raise TooLarge(f"more than {self._limit} bytes when unpacked")
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as reason:
            raise Broken(f"it cannot be unpacked ({reason})") from None
        return bytes(out)

    @abstractmethod
    def open(self, head: bytes) -> bool:
        """Prepare for data that begin with `head`; False where they are not coded."""

    @abstractmethod
    def expand(self, chunk: bytes) -> Iterable[bytes]:
        """The output for `chunk`, in pieces of at most PIECE bytes; sets `_ended` at the end of the coded data."""


class _Gzip(_Stage):
    magic_size = 2

    def open(self, head: bytes) -> bool:
        self._engine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return head[:2] == GZIP_MAGIC

    def expand(self, chunk: bytes) -> Iterable[bytes]:
        while chunk:
            if self._ended:
                # A further member follows; anything else behind a member is padding, as gzip(1) has it.
                if chunk[:1] != GZIP_MAGIC[:1]:
                    return
                self._engine, self._ended = zlib.decompressobj(16 + zlib.MAX_WBITS), False
            yield self._engine.decompress(chunk, PIECE)
            # The check sum at the end is read last: while output is held back, so is some input.
            self._ended = self._engine.eof
            chunk = self._engine.unused_data if self._ended else self._engine.unconsumed_tail


class _Deflate(_Stage):
    magic_size = 2

    def open(self, head: bytes) -> bool:
        # Meant is zlib's format (RFC 9110, 8.4.1.2), sent is often the bare stream: the header's check sum tells.
        wrapped = len(head) >= 2 and head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0
        self._engine = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        return True

    def expand(self, chunk: bytes) -> Iterable[bytes]:
        while not self._ended:
            piece = self._engine.decompress(chunk, PIECE)
            yield piece
            self._ended, chunk = self._engine.eof, self._engine.unconsumed_tail
            if not chunk and len(piece) < PIECE:
                return


class _Brotli(_Stage):
    def open(self, head: bytes) -> bool:
        self._engine = brotli.Decompressor()
        return True

    def expand(self, chunk: bytes) -> Iterable[bytes]:
        while not self._ended:
            piece = self._engine.process(chunk, output_buffer_limit=PIECE)
            yield piece
            chunk = b""
            self._ended = self._engine.is_finished()
            # It may take more input while it still holds output back, and says so by a full piece.
            if len(piece) < PIECE and self._engine.can_accept_more_data():
                return


class _Zstd(_Stage):
    magic_size = 4

    def open(self, head: bytes) -> bool:
        self._engine = zstd.ZstdDecompressor(options=ZSTD_WINDOW)
        return head[:4] == ZSTD_MAGIC

    def expand(self, chunk: bytes) -> Iterable[bytes]:
        while True:
            if self._ended:
                if chunk[:1] != ZSTD_MAGIC[:1]:
                    return
                self._engine, self._ended = zstd.ZstdDecompressor(options=ZSTD_WINDOW), False
            yield self._engine.decompress(chunk, PIECE)
            self._ended, chunk = self._engine.eof, b""
            if self._ended:
                chunk = self._engine.unused_data
            elif self._engine.needs_input:
                return


_STAGES = {"gzip": _Gzip, "deflate": _Deflate, "br": _Brotli, "zstd": _Zstd}
