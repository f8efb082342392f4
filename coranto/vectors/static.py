"""wordllama's vectors: an article's is the mean of the static vectors of its word pieces, .2 ms of one thread.

Of each piece's vector the first 128 numbers serve. The two files are read where the wheel put them: importing the
package itself would bring an HTTP client and 30 MB, and its loader may download, which nothing here does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from coranto.vectors.arithmetic import scaled

if TYPE_CHECKING:
    import numpy
    from tokenizers import Tokenizer

MODEL = "wordllama l2_supercat 128"
SIZE = 128
"""Numbers of a vector. The model is made so that the first half of its numbers serves by itself."""
NEEDS = ("numpy", "tokenizers", "wordllama")
WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
ROWS_AT_ONCE = 2000
START = "\u2581"
"""What the tokenizer puts before a word."""
WORDS_KEPT = 16_384
"""Words whose pieces are remembered: most of any article, in some 4 MB."""


def missing() -> str | None:
    """What is not there for making vectors, as a sentence; None where all is."""
    if lacking := [name for name in NEEDS if find_spec(name) is None]:
        return f"{', '.join(lacking)} not installed"
    if lost := [name for name in (WEIGHTS, TOKENIZER) if not (_folder() / name).is_file()]:
        return f"wordllama lacks its {' and '.join(lost)}"
    return None


@cache
def present() -> bool:
    """Whether nothing is `missing`, as this process found it when it first asked."""
    return missing() is None


def vectors(texts: Sequence[str]) -> list[bytes]:
    """The packed vector of each text, all 0 for one without words. Only where nothing is `missing`."""
    return [model().vector(text).tobytes() for text in texts]


class Pieces:
    """The vectors of word pieces, as 8-bit numbers with a scale each (4 MB), and what cuts a text into pieces."""

    def __init__(self, tokenizer: Tokenizer, pieces: numpy.ndarray, scales: numpy.ndarray):
        self._tokenizer, self._pieces, self._scales = tokenizer, pieces, scales
        self._known: dict[str, tuple[int, ...]] = {}

    def vector(self, text: str) -> numpy.ndarray:
        import numpy

        words = text.encode("utf-8", "replace").decode().split()
        known = self._known
        if unknown := [word for word in dict.fromkeys(words) if word not in known]:
            known |= self._cut(unknown)
        found = numpy.fromiter(chain.from_iterable(map(known.__getitem__, words)), numpy.intp)
        if len(known) > WORDS_KEPT:
            self._known = {}  # and not cleared: another thread may be reading it
        return scaled((self._pieces[found] * self._scales[found]).sum(0))

    def _cut(self, words: list[str]) -> dict[str, tuple[int, ...]]:
        """The pieces of words, all by one call where it can be told which piece begins a word."""
        whole = self._tokenizer.encode(" ".join(words), add_special_tokens=False)
        ids = whole.ids
        starts = [at for at, piece in enumerate(whole.tokens) if piece.startswith(START)]
        if len(starts) == len(words):
            cuts = zip(words, starts, [*starts[1:], None], strict=True)
            return {word: tuple(ids[start:end]) for word, start, end in cuts}
        return {word: tuple(self._tokenizer.encode(word, add_special_tokens=False).ids) for word in words}


@cache
def model() -> Pieces | None:
    if not present():
        return None
    # Several threads would only stand in each other's way; what the owner has set is left as it is.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import numpy
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_folder() / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # It would keep thousands of texts by itself; what is worth keeping is cut words.
    tokenizer.model._resize_cache(0)
    return Pieces(tokenizer, *_weights(numpy.memmap(_folder() / WEIGHTS, numpy.uint8, "r")))


def _weights(file: numpy.memmap) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The one matrix of a safetensors file (a length, a JSON head, half floats) as 8-bit numbers and their scales."""
    import numpy

    start = 8 + int.from_bytes(bytes(file[:8]), "little")
    (head,) = (value for name, value in json.loads(bytes(file[8:start])).items() if name != "__metadata__")
    whole = file[start:].view(numpy.float16).reshape(head["shape"])[:, :SIZE]
    pieces, scales = numpy.empty(whole.shape, numpy.int8), numpy.empty((len(whole), 1), numpy.float32)
    for at in range(0, len(whole), ROWS_AT_ONCE):
        rows = whole[at : at + ROWS_AT_ONCE].astype(numpy.float32)
        scale = numpy.abs(rows).max(1, keepdims=True).clip(1e-9) / 127
        scales[at : at + ROWS_AT_ONCE], pieces[at : at + ROWS_AT_ONCE] = scale, numpy.rint(rows / scale)
    return pieces, scales


def _folder() -> Path:
    return Path(find_spec("wordllama").origin).parent
