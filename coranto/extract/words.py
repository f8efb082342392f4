"""White space, sentences and names of hosts: the few ways in which every reader here looks at plain words."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

_MARKUP = re.compile(r"<[^<>]{1,400}>")
_UNSEEN = "\u200b\u200c\u2060\ufeff\u00ad\x00"
DIGIT = re.compile(r"\d")
_LOOSE = re.compile(r"[\W_]+")
_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
# A capital or a sign that opens speech must follow, so that "U.S. officials" and "3.5 million" stay whole.
_SENTENCE = re.compile(r"[.!?…»”\"'’](\s+)(?=[\"'“‘„«(¿¡]?[^\W\d_a-zа-яα-ω])")
_WIDE_END = re.compile("(?<=[。！？])")
_LONGEST_ABBREVIATION = 8
MOST_FIGURES = 15
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|vs|No|Nr|Inc|Co|Corp|[A-Z])|\b[A-Z]\.[A-Z])\.$"
)


def squeeze(text: str | None) -> str:
    """`text` on one line: runs of white space become one space, invisible characters go (joiners of scripts stay)."""
    if not text:
        return ""
    text = " ".join(text.split())
    if text.isascii():
        return text
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    return text.strip()


def plain(value: object) -> str:
    """A string from metadata as words: entities resolved (twice, as many pages escape twice), markup dropped."""
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _MARKUP.sub(" ", value)
    return squeeze(value)


def fold(text: str) -> str:
    """`text` for comparison: NFKC, case folded, everything but letters and digits collapsed to one space."""
    return _folded_before(text) if len(text) <= _LONGEST_NAME else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    return _LOOSE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


# Names of people, sites and sections are compared again and again.
_folded_before = lru_cache(maxsize=1_000)(_fold)
_LONGEST_NAME = 40


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, in order; joined by single spaces they give the paragraph again."""
    found: list[str] = []
    for piece in _pieces(paragraph):
        if found and found[-1][-1] == "." and _ABBREVIATION.search(found[-1][-_LONGEST_ABBREVIATION:]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def _pieces(paragraph: str) -> list[str]:
    """`paragraph` cut wherever a sentence may end."""
    pieces, last = [], 0
    for end in _SENTENCE.finditer(paragraph):
        sign = end.start()
        if sign - last >= 2 and paragraph[sign - 2] != "." and not paragraph[sign - 2].isspace():
            pieces.append(paragraph[last : sign + 1])
            last = end.end()
    pieces.append(paragraph[last:])
    if any(sign in paragraph for sign in "。！？"):
        pieces = [part for piece in pieces for part in _WIDE_END.split(piece)]
    return pieces


def count_of(value: object) -> int | None:
    """The number that `value` states in figures alone; None for anything else, and for what no page can mean."""
    figures = str(value)
    return int(figures) if len(figures) <= MOST_FIGURES and figures.isdecimal() else None


def host(url: str | None) -> str:
    """The host of `url` in lower case without "www." and the like; empty where there is none or it is broken."""
    try:
        name = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|mobile|edition)\.", "", name)
