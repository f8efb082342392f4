"""A trace: all that grouping needs of an article, some 2 KB for a store to keep beside it, made once from its words.

Made wherever there is time, also by another process; what is found with it is left to `stream`.
"""

from __future__ import annotations

import struct

from coranto.stories.fingerprints import signature
from coranto.stories.likeness import outline
from coranto.vectors import SIZE, article_vector

HAS_VECTOR = 0x8000
VECTOR_MODEL = 1
"""Which model made the vector in a trace: 1 is wordllama's. Those of another are left unread, terms serve."""


def trace(title: str, text: str) -> bytes:
    """The trace of an article: the length of its outline (16 bits, little-endian, the highest set where a vector
    follows), the outline, with the `learn` extra the article's vector (8 bits for the model, 16 for the length), the
    signature of its text. Valid across versions."""
    terms, vector = outline(title, text), article_vector(title, text)
    meaning = b"" if vector is None else struct.pack("<BH", VECTOR_MODEL, len(vector)) + vector
    return struct.pack("<H", len(terms) | (HAS_VECTOR if meaning else 0)) + terms + meaning + signature(text)


def split_trace(traced: bytes | None) -> tuple[bytes, bytes | None, bytes]:
    """The outline, the vector (None without one of this model) and the signature in a trace; nothing of None or of a
    trace cut short."""
    nothing = b"", None, b""
    if not traced or len(traced) < 2:
        return nothing
    (size,) = struct.unpack_from("<H", traced)
    end = after = 2 + (size & ~HAS_VECTOR)
    vector = None
    if size & HAS_VECTOR:
        if end + 3 > len(traced):
            return nothing
        model, length = struct.unpack_from("<BH", traced, end)
        after = end + 3 + length
        vector = traced[end + 3 : after] if (model, length) == (VECTOR_MODEL, SIZE) else None
    return (traced[2:end], vector, traced[after:]) if after <= len(traced) else nothing


def vector_of(traced: bytes | None) -> bytes | None:
    """The article's vector in a trace; None without one of this model."""
    return split_trace(traced)[1]


def same_words(one: bytes | None, other: bytes | None) -> bool:
    """Whether two traces are of the same words, whatever else they hold."""
    return split_trace(one)[::2] == split_trace(other)[::2]
