"""The readable end of an address, made from a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

BETWEEN = re.compile(r"[\W_]+")


def slug(text: str, limit: int = 80) -> str:
    """`text` in lower case with hyphens between its words, in its own script, at most `limit` characters long.

    May be empty where the text holds no letter or digit.
    """
    if text.isascii():
        plain = BETWEEN.sub("-", text.lower().replace("'", "")).strip("-")
    else:
        text = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("\u2019", "")
        letters = (letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else "-" for letter in text)
        plain = re.sub(r"-{2,}", "-", "".join(letters)).strip("-")
    if len(plain) <= limit:
        return plain
    cut = plain[: limit + 1]
    return (cut.rsplit("-", 1)[0] if "-" in cut[1:] else cut[:limit]).strip("-")


def free_slug(text: str, taken: Callable[[str], bool], otherwise: str) -> str:
    """A slug for `text` that nothing else has: numbered where needed; `otherwise` for a nameless text."""
    base = slug(text) or otherwise
    if not taken(base):
        return base
    number = 2
    while taken(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"
