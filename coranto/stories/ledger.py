"""What the stream keeps of every article for good: its story, its original, its times and the signature of its text.

In memory about 70 bytes an article besides the index of anchors; the signatures themselves lie in a file where a path
is given (appended to, altered in place, read by position), else in memory. The file is a cache of the store's rows:
written without pickling, cut back to the last whole record after a crash, made anew where its format is another.
"""

from __future__ import annotations

import errno
import json
import os
import struct
from array import array
from collections.abc import Iterator
from math import isnan, nan
from pathlib import Path

from coranto.stories.coverage import ArticleId
from coranto.stories.fingerprints import SAME_TEXT, AnchorIndex, anchors, signature_share
from coranto.stories.numbering import Numbering

_MAGIC = b"coranto fingerprints 1\n"
_HEAD = struct.Struct("<BBHIIIddd")
REASONS = ("new", "alike", "copy", "earlier", "merged", "split", "translated")
ALIVE, PRIVATE = 1, 2
"""The bits of a record's first byte by which the article is present and not for everybody to see."""


class Ledger:
    """Articles by number (the order in which they came), found by id or by likeness of text."""

    def __init__(self, path: str | Path | None = None):
        self.ids = Numbering()
        self.story = array("I")
        self._borne = array("I")
        self.origin = array("I")
        self._share = array("d")
        self._sighted = array("d")
        self._claimed = array("d")
        self._why = bytearray()
        self._flags = bytearray()
        self._copies: dict[int, list[int]] = {}
        self._index = AnchorIndex()
        self._indexed = bytearray()
        self._texts: list[bytes] | array = [] if path is None else array("Q")
        self._file = self._open(Path(path)) if path is not None else None

    def __len__(self) -> int:
        return len(self.ids)

    def number(self, article_id: ArticleId) -> int | None:
        """The number of a present article, None where the id is unknown or removed."""
        number = self.ids.get(article_id)
        return number if number is not None and self.alive(number) else None

    def story_number(self, story_id: ArticleId) -> int | None:
        """The number under which a story of this id is kept, even where the article that opened it is gone."""
        return self.ids.get(story_id)

    def bears(self, number: int) -> bool:
        """Whether a story is named by this number."""
        return self._borne[number] > 0

    def living(self) -> Iterator[int]:
        return (number for number, flags in enumerate(self._flags) if flags & ALIVE)

    def alive(self, number: int) -> bool:
        return bool(self._flags[number] & ALIVE)

    def private(self, number: int) -> bool:
        return bool(self._flags[number] & PRIVATE)

    def set_private(self, number: int, private: bool) -> None:
        if private != self.private(number):
            self._flags[number] ^= PRIVATE
            self._write(number)

    def why(self, number: int) -> str:
        return REASONS[self._why[number]]

    def share(self, number: int) -> float | None:
        return None if isnan(self._share[number]) else self._share[number]

    def sighted(self, number: int) -> float | None:
        return None if isnan(self._sighted[number]) else self._sighted[number]

    def claimed(self, number: int) -> float | None:
        return None if isnan(self._claimed[number]) else self._claimed[number]

    def signature(self, number: int) -> bytes:
        if self._file is None:
            return self._texts[number]
        head = _HEAD.unpack(os.pread(self._file, _HEAD.size, self._texts[number]))
        return os.pread(self._file, head[5], self._texts[number] + _HEAD.size + head[2])

    def copies(self, number: int) -> list[int]:
        """The present articles that point to this one as their original."""
        return [copy for copy in self._copies.get(number, ()) if self.alive(copy)]

    def alike(self, signature: bytes, least: float) -> list[tuple[int, float]]:
        """Present articles sharing at least `least` of the shorter text, with the share."""
        found = []
        for number in self._index.candidates(anchors(signature)):
            if self.alive(number):
                part = signature_share(signature, self.signature(number))
                if part >= least:
                    found.append((number, part))
        return found

    def append(
        self, article_id: ArticleId, sighted: float | None, claimed: float | None, signature: bytes, alive: bool = True
    ) -> int:
        """Take in an article, as a story of its own until `assign` says more; its number. One that was removed, or
        is known as the name of a story, keeps the number it has."""
        known = self.ids.get(article_id)
        number = len(self.ids) if known is None else known
        flags = ALIVE if alive else 0
        times = _or_nan(sighted), _or_nan(claimed)
        text: bytes | int = signature
        if self._file is not None:
            name = json.dumps(article_id).encode()
            head = _HEAD.pack(flags, 0, len(name), number, number, len(signature), nan, *times)
            text = self._write_down(head + name + signature)
        if known is None:
            self._borne.append(1)
        else:
            self._rename(number, number)
        self._remember(number, article_id, flags, 0, number, number, nan, *times, text)
        return number

    def _write_down(self, record: bytes) -> int:
        """Write a record behind the others; its place. OSError where the disk is full, and the file is as before."""
        end = os.lseek(self._file, 0, os.SEEK_END)
        if os.write(self._file, record) < len(record):
            os.ftruncate(self._file, end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return end

    def assign(self, number: int, story: int, origin: int | None, share: float | None, why: str) -> None:
        """Write down the story of an article, and its original where it is a copy."""
        before = self.origin[number]
        if before != number:
            self._copies[before].remove(number)
        self._rename(number, story)
        self.origin[number] = number if origin is None else origin
        self._share[number] = _or_nan(share)
        self._why[number] = REASONS.index(why)
        if origin is not None and origin != number:
            self._copies.setdefault(origin, []).append(number)
        self._write(number)
        if self.alive(number) and not self._indexed[number] and self._found_by_itself(number):
            self._indexed[number] = 1
            self._index.add(number, anchors(self.signature(number)))

    def _rename(self, number: int, story: int) -> None:
        self._borne[self.story[number]] -= 1
        self._borne[story] += 1
        self.story[number] = story

    def _found_by_itself(self, number: int) -> bool:
        return self.origin[number] == number or not self._share[number] >= SAME_TEXT

    def remove(self, number: int) -> None:
        """Forget an article: its signature is overwritten, its number stays as the name of its story."""
        if self.origin[number] != number:
            self.assign(number, self.story[number], None, None, self.why(number))
        self._flags[number] &= ~ALIVE
        self._write(number)
        if self._file is None:
            self._texts[number] = b""
        else:
            head = _HEAD.unpack(os.pread(self._file, _HEAD.size, self._texts[number]))
            os.pwrite(self._file, bytes(head[5]), self._texts[number] + _HEAD.size + head[2])

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _remember(self, number, article_id, flags, why, story, origin, share, sighted, claimed, text) -> None:
        """Write down what is known of a number; `text` is its signature, or the place of its record in the file."""
        self.ids.add(article_id)
        values = {
            "_flags": flags, "_why": why, "story": story, "origin": origin, "_share": share,
            "_sighted": sighted, "_claimed": claimed, "_texts": text, "_indexed": 0,
        }  # fmt: skip
        for name, value in values.items():
            column = getattr(self, name)
            if number == len(column):
                column.append(value)
            else:
                column[number] = value
        if origin != number:
            self._copies.setdefault(origin, []).append(number)

    def _head(self, number: int, name: int, text: int) -> bytes:
        return _HEAD.pack(
            self._flags[number],
            self._why[number],
            name,
            self.story[number],
            self.origin[number],
            text,
            self._share[number],
            self._sighted[number],
            self._claimed[number],
        )

    def _write(self, number: int) -> None:
        if self._file is not None:
            head = _HEAD.unpack(os.pread(self._file, _HEAD.size, self._texts[number]))
            os.pwrite(self._file, self._head(number, head[2], head[5]), self._texts[number])

    def _open(self, path: Path) -> int:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        size = os.fstat(handle).st_size
        at = len(_MAGIC)
        if os.pread(handle, at, 0) != _MAGIC:
            os.ftruncate(handle, 0)
            os.write(handle, _MAGIC)
            return handle
        while at + _HEAD.size <= size:
            record = self._read(handle, at, size)
            if record is None:
                break
            at = record
        os.ftruncate(handle, at)
        for pointers in (self.origin, self.story):
            for number, target in enumerate(pointers):
                if target >= len(self.ids):
                    pointers[number] = number
        self._borne = array("I", bytes(4 * len(self.ids)))
        for story in self.story:
            self._borne[story] += 1
        return handle

    def _read(self, handle: int, at: int, size: int) -> int | None:
        """Take in the record at `at`; where the next one begins, or None where this one is torn."""
        flags, why, name, story, origin, text, share, sighted, claimed = _HEAD.unpack(os.pread(handle, _HEAD.size, at))
        body = at + _HEAD.size
        if body + name + text > size or why >= len(REASONS):
            return None
        data = os.pread(handle, name + min(text, 256), body)
        try:
            article_id = json.loads(data[:name])
        except ValueError:
            return None
        known = self.ids.get(article_id)
        number = len(self.ids) if known is None else known
        self._remember(number, article_id, flags, why, story, origin, share, sighted, claimed, at)
        if flags & ALIVE and self._found_by_itself(number):
            self._indexed[number] = 1
            self._index.add(number, anchors(data[name:]))
        return body + name + text


def _or_nan(value: float | None) -> float:
    return nan if value is None else value
