"""The readable end of an address, made from a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

BETWEEN = re.compile(r"[\W_]+")
LONGEST_WRITTEN = 200
"""Bytes that a slug may take in an address, where a letter of another script is written as six or nine."""


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
    shorter = cut(plain, limit)
    while len(quote(shorter)) > LONGEST_WRITTEN:
        shorter = cut(shorter, len(shorter) - 1)
    return shorter


def cut(plain: str, limit: int) -> str:
    """At most `limit` characters of a slug, at the end of a word where it has several."""
    if len(plain) <= limit:
        return plain
    begun = plain[: limit + 1]
    return (begun.rsplit("-", 1)[0] if "-" in begun[1:] else begun[:limit]).strip("-")


def free_slug(text: str, taken: Callable[[str], bool], otherwise: str) -> str:
    """A slug for `text` that nothing else has: numbered where needed; `otherwise` for a nameless text."""
    base = slug(text) or otherwise
    if not taken(base):
        return base
    number = 2
    while taken(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"
