"""A trace: all that grouping needs of an article, 2 to 4 KB for a store to keep beside it, made once from its words.

Made wherever there is time, also by another process; what is found with it is left to `stream`.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from coranto.stories.fingerprints import signature
from coranto.stories.likeness import outline
from coranto.stories.translations import packed_marks
from coranto.vectors import SIZE, article_vector

HAS_VECTOR, HAS_MARKS = 0x8000, 0x4000
VECTOR_MODEL = 1
"""Which model made the vector in a trace: 1 is wordllama's. Those of another are left unread, terms serve."""


class Parts(NamedTuple):
    """What a trace holds; `terms` are the outline, `vector` is wordllama's, None without one of this model."""

    terms: bytes = b""
    vector: bytes | None = None
    signature: bytes = b""
    marks: bytes = b""


def trace(title: str, text: str) -> bytes:
    """The trace of an article: the length of its outline (14 bits of 16, little-endian; the highest is set where a
    vector, the next where marks follow), the outline, with the `learn` extra the article's vector (8 bits for the
    model, 16 for the length), the marks by which translations are known (16 bits for the length), the signature of its
    text. Valid across versions."""
    terms, vector, marks = outline(title, text), article_vector(title, text), packed_marks(text)
    size = len(terms) | (0 if vector is None else HAS_VECTOR) | (HAS_MARKS if marks else 0)
    meaning = b"" if vector is None else struct.pack("<BH", VECTOR_MODEL, len(vector)) + vector
    marked = struct.pack("<H", len(marks)) + marks if marks else b""
    return struct.pack("<H", size) + terms + meaning + marked + signature(text)


def split_trace(traced: bytes | None) -> Parts:
    """The parts of a trace; nothing of None or of a trace cut short."""
    nothing = Parts()
    if not traced or len(traced) < 2:
        return nothing
    (size,) = struct.unpack_from("<H", traced)
    end = after = 2 + (size & ~(HAS_VECTOR | HAS_MARKS))
    vector, marks = None, b""
    if size & HAS_VECTOR:
        if end + 3 > len(traced):
            return nothing
        model, length = struct.unpack_from("<BH", traced, end)
        after = end + 3 + length
        vector = traced[end + 3 : after] if (model, length) == (VECTOR_MODEL, SIZE) else None
    if size & HAS_MARKS:
        if after + 2 > len(traced):
            return nothing
        (length,) = struct.unpack_from("<H", traced, after)
        marks = traced[after + 2 : after + 2 + length]
        after += 2 + length
    return Parts(traced[2:end], vector, traced[after:], marks) if after <= len(traced) else nothing


def outline_in(traced: bytes | None) -> bytes:
    """The outline in a trace; empty without one."""
    return split_trace(traced and bytes(traced))[0]


def vector_of(traced: bytes | None) -> bytes | None:
    """The article's vector in a trace; None without one of this model."""
    return split_trace(traced).vector


def same_words(one: bytes | None, other: bytes | None) -> bool:
    """Whether two traces are of the same words, whatever else they hold."""
    here, there = split_trace(one), split_trace(other)
    return (here.terms, here.signature) == (there.terms, there.signature)
