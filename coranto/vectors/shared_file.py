"""A file of vectors that all processes share: memory-mapped, found by model and text, never larger than allowed.

A head (magic, version, where the table lies), a table of slots (open addressing, at most half full), and records, each
with its key, the model's name, the vector and a checksum. Records are only ever appended; a table that grows too full
is written anew behind them. One process writes at a time, by a lock on the file. Readers take no lock: what a slot
leads to counts only where key and checksum agree, so a record cut short, by a kill or a full disk, is one that is not
there. A record takes its vector's length and about 60 bytes more, its slots in the table among them.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

MAGIC, VERSION = b"corantov", 1
HEAD = struct.Struct("<8sIIQII")
"""Magic, version, slots, where the table begins, how many are taken, the checksum of what stands before it."""
RECORD = struct.Struct("<I16sHH")
"""The checksum of the rest, the key, the lengths of the model's name and of the vector, which follow."""
SLOT = struct.Struct("<II")
"""The first 32 bits of the key, and where the record begins in units of 8 bytes; 0 where the slot is free."""
UNIT = 8
MOST = UNIT << 32
"""Bytes that a slot can point into (34 GB); a file that may take more stays within."""
FIRST_SLOTS = 1024
LIMIT = 250_000_000
"""Bytes that a file may take: some 500,000 vectors of 384 numbers."""


class NotVectors(OSError):
    """The path names a file of something else, which is left as it is."""


class View(NamedTuple):
    """A file as it is mapped, with its table."""

    data: mmap.mmap
    slots: int
    table: int
    taken: int


class VectorFile:
    """The file at `path`, which need not exist; at most `limit` bytes (and `MOST`). When it is full the older half
    is dropped."""

    def __init__(self, path: Path | str, limit: int = LIMIT):
        self.path, self.limit = Path(path), min(limit, MOST)
        self._mapped: tuple[tuple[int, int, int], mmap.mmap] | None = None

    def get(self, model: str, texts: Iterable[str]) -> list[bytes | None]:
        """The vector of each text by that model; None where there is none. A file that is not there, cannot be read or
        is of another version has none."""
        view = self._view()
        return [None if view is None else _find(view, key_of(model, text)) for text in texts]

    def size_class(self) -> int:
        """A number that changes each time the file has doubled."""
        view = self._view()
        return 0 if view is None else view.slots

    def sample(self, model: str, most: int) -> list[bytes]:
        """About `most` vectors of that model, the same ones while the file is the same."""
        view = self._view()
        if view is None or not view.taken:
            return []
        stride, name = max(1, view.taken // most), model.encode()
        units = sorted(unit for _, unit in _entries(view))[::stride]
        records = (_whole(view.data, unit * UNIT) for unit in units)
        return [vector for record in records if record and (vector := _vector_of(record, name))]

    def add(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Keep (text, vector) pairs of that model; what is there stays as it is. OSError where the file cannot be
        written, with nothing lost but these."""
        name = model.encode()
        records = {key: _record(key, name, vector) for key, vector in ((key_of(model, t), v) for t, v in vectors)}
        with self._writing(records) as (file, view):
            new = {key: record for key, record in records.items() if _find(view, key) is None}
            end = os.fstat(file).st_size
            end += -end % UNIT
            if _crowded(view, len(new)):
                end, view = _regrown(file, view, end, len(new))
            _write(file, b"".join(new.values()), end)
            # Before the slots: whoever is killed in between leaves a table that is emptier than its head says.
            _write(file, _head(view.slots, view.table, view.taken + len(new)), 0)
            with mmap.mmap(file, 0) as data:
                for key, record in new.items():
                    _take(data, view.table, view.slots, key[:4], end // UNIT)
                    end += len(record)

    def refusal(self) -> str | None:
        """Why nothing can be kept, as a sentence with the remedy; None where it can."""
        try:
            self.add("", ())
        except OSError as fault:
            return self.told(fault)
        return None

    def told(self, fault: OSError) -> str:
        """A fault of `add` as a sentence with the remedy."""
        return f"No vectors are kept in {self.path} ({fault.strerror or fault}): name another file by CORANTO_VECTORS"

    def _view(self) -> View | None:
        """The file as it is at this moment, or None."""
        while True:
            try:
                mark = _mark(os.stat(self.path))
                if self._mapped is None or self._mapped[0] != mark:
                    with open(self.path, "rb") as file:
                        mark = _mark(os.fstat(file.fileno()))
                        self._mapped = mark, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                view = _looked_at(self._mapped[1])
                # A table that moved since lies behind what is mapped.
                if view is not None or mark == _mark(os.stat(self.path)):
                    return view
            except (OSError, ValueError):
                return None

    @contextmanager
    def _writing(self, records: Mapping[bytes, bytes]) -> Iterator[tuple[int, View]]:
        """The file, whole and locked, with room for the records."""
        more, anew = sum(map(len, records.values())), False
        if not self.path.parent.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not self._is(file):
                    continue
                size = os.fstat(file).st_size
                with mmap.mmap(file, 0, access=mmap.ACCESS_READ) if size else mmap.mmap(-1, 1) as data:
                    view = _looked_at(data)
                    if view is None and data[: min(size, len(MAGIC))] != MAGIC[:size]:
                        raise NotVectors("it is a file of something else")
                    if view is not None:
                        table = _crowded(view, len(records)) * SLOT.size
                        if anew or size + more + table <= self.limit:
                            yield file, view
                            return
                    self._begin_anew(view)
                    anew = True
            finally:
                os.close(file)

    def _is(self, file: int) -> bool:
        """Whether the path still names this open file."""
        try:
            return os.path.samestat(os.fstat(file), os.stat(self.path))
        except FileNotFoundError:
            return False

    def _begin_anew(self, view: View | None) -> None:
        """Put a fresh file in the place of this one, with the newest records that fill half of what is allowed."""
        kept = _newest(view, self.limit // 2) if view is not None else []
        slots = _slots_for(len(kept))
        table, end = bytearray(slots * SLOT.size), HEAD.size + slots * SLOT.size
        for record in kept:
            _take(table, 0, slots, record[4:8], end // UNIT)
            end += len(record)
        # Readers may have the old file mapped, so it is never cut short: another takes its name.
        aside = self.path.with_name(self.path.name + ".new")
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_head(slots, HEAD.size, len(kept)) + table)
            file.writelines(kept)
        aside.replace(self.path)


def key_of(model: str, text: str) -> bytes:
    """The key of a text's vector by a model (name and version)."""
    return blake2b(f"{model}\0{text}".encode("utf-8", "replace"), digest_size=16).digest()


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_dev, found.st_ino, found.st_size


def _head(slots: int, table: int, taken: int) -> bytes:
    told = HEAD.pack(MAGIC, VERSION, slots, table, taken, 0)[:-4]
    return told + struct.pack("<I", crc32(told))


def _looked_at(data: mmap.mmap) -> View | None:
    """What the head says; None where there is none of this version, or the table is cut short."""
    for _ in range(3):  # it may be written at this moment
        if len(data) < HEAD.size:
            return None
        magic, version, slots, table, taken, check = HEAD.unpack_from(data)
        if crc32(data[: HEAD.size - 4]) == check:
            whole = slots and slots & (slots - 1) == 0 and table + slots * SLOT.size <= len(data)
            return View(data, slots, table, taken) if (magic, version) == (MAGIC, VERSION) and whole else None
    return None


def _find(view: View, key: bytes) -> bytes | None:
    data, slots, table, _ = view
    tag = int.from_bytes(key[:4], "little")
    for step in range(slots):
        found, unit = SLOT.unpack_from(data, table + SLOT.size * ((tag + step) & (slots - 1)))
        if not unit:
            return None
        if found == tag and (record := _whole(data, unit * UNIT)) and record[4:20] == key:
            return _vector_of(record)
    return None


def _vector_of(record: bytes, name: bytes | None = None) -> bytes | None:
    """The vector in a record; None where it is not of the model `name`."""
    _, _, named, size = RECORD.unpack_from(record)
    start = RECORD.size + named
    return record[start : start + size] if name in (None, record[RECORD.size : start]) else None


def _record(key: bytes, name: bytes, vector: bytes) -> bytes:
    rest = RECORD.pack(0, key, len(name), len(vector))[4:] + name + vector
    record = struct.pack("<I", crc32(rest)) + rest
    return record + bytes(-len(record) % UNIT)


def _whole(data: mmap.mmap, at: int) -> bytes | None:
    """The record that begins there, padding included; None where it is cut short or damaged."""
    if at + RECORD.size > len(data):
        return None
    check, _, named, size = RECORD.unpack_from(data, at)
    length = RECORD.size + named + size
    record = data[at : at + length + -length % UNIT]
    return record if crc32(record[4:length]) == check else None


def _take(table: bytearray | mmap.mmap, start: int, slots: int, tag: bytes, unit: int) -> None:
    """Fill the first free slot of a tag; a damaged table without one takes nothing."""
    number = int.from_bytes(tag, "little")
    for step in range(slots):
        at = start + SLOT.size * ((number + step) & (slots - 1))
        if not SLOT.unpack_from(table, at)[1]:
            SLOT.pack_into(table, at, number, unit)
            return


def _entries(view: View) -> Sequence[tuple[int, int]]:
    table = view.data[view.table : view.table + view.slots * SLOT.size]
    return [(tag, unit) for tag, unit in SLOT.iter_unpack(table) if unit]


def _slots_for(count: int) -> int:
    return max(FIRST_SLOTS, 1 << (2 * count).bit_length())


def _crowded(view: View, more: int) -> int:
    """How many slots a table must have that takes so many more; 0 where this one does."""
    return _slots_for(view.taken + more) if 2 * (view.taken + more) > view.slots else 0


def _regrown(file: int, view: View, end: int, more: int) -> tuple[int, View]:
    """A larger table at `end`, with all entries of the former; where the file ends then, and its view."""
    slots, entries = _crowded(view, more), _entries(view)
    table = bytearray(slots * SLOT.size)
    for tag, unit in entries:
        _take(table, 0, slots, tag.to_bytes(4, "little"), unit)
    _write(file, table, end)
    _write(file, _head(slots, end, len(entries)), 0)
    return end + len(table), View(view.data, slots, end, len(entries))


def _newest(view: View, room: int) -> list[bytes]:
    """The records that were added last and take no more than `room` with their slots, in order."""
    kept: list[bytes] = []
    for unit in sorted((unit for _, unit in _entries(view)), reverse=True):
        if record := _whole(view.data, unit * UNIT):
            room -= len(record) + 4 * SLOT.size
            if room < 0:
                break
            kept.append(record)
    return kept[::-1]


def _write(file: int, data: bytes | bytearray, at: int) -> None:
    while data:
        written = os.pwrite(file, data, at)
        data, at = data[written:], at + written
