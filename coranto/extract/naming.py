"""What containers call themselves, weighed: how much each word of a class, id or role speaks for or against the body.

The weights lie in `body_names.json`, learned by `benchmarks/articles_train.py` from the development pages; only words
that many domains use are in it. A word weighs differently by how near to the text it stands.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

OWN, NEAR, FAR = range(3)
"""Where a name stands: on the text's own box, on one of the two around it, further out."""
_WORD = re.compile(r"[a-z]{2,23}")

Weights = tuple[float, float, float]


def words_of(tag: str, ident: str) -> list[str]:
    """The words by which a box is known: its tag in angle brackets, and each word of its names once."""
    return [f"<{tag}>", *dict.fromkeys(_WORD.findall(ident))]


@cache
def _weights() -> dict[str, Weights]:
    text = files(__package__).joinpath("body_names.json").read_text("utf-8")
    return {word: tuple(weights) for word, weights in json.loads(text).items()}


@lru_cache(maxsize=20_000)
def weights_of(tag: str, ident: str) -> Weights:
    """What a box's names weigh to text in it, to text a little deeper, and to text far below."""
    known, own, near, far = _weights(), 0.0, 0.0, 0.0
    for word in words_of(tag, ident):
        if word in known:
            weights = known[word]
            own, near, far = own + weights[OWN], near + weights[NEAR], far + weights[FAR]
    return own, near, far
