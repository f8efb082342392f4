"""Words as search sees them: folding, scripts that write no blanks, what a query asks for, and where it matched.

Both databases index by letters and digits, without case and accents. Scripts without blanks between words (Chinese,
Japanese, Thai and their like) get a zero-width space between letters, so that a word in them is found as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
ANY_UNSPACED = re.compile(f"[{UNSPACED}]")
SEAM = re.compile(f"(?<=[{UNSPACED}])(?=\\w)|(?<=\\w)(?=[{UNSPACED}])")
SPACE = "\u200b"
TOKEN = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")
CLAUSE = re.compile(r'(-?)(?:(title|author|outlet|topic):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
LONGEST_QUERY = 500
MOST_CLAUSES = 24
LONGEST_TOKEN = 200


class Folding(dict):
    """A table for `str.translate`: each character to the small letter without accents, one for one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        folded = (plain.casefold() or letter)[0]
        self[code] = folded
        return folded


FOLDING = Folding()


def fold(text: str) -> str:
    """The text without case and accents, each character in its place."""
    return text.lower() if text.isascii() else text.translate(FOLDING)


def spaced(text: str) -> str:
    """The text as it is indexed: a zero-width space between the letters of scripts without blanks."""
    if text.isascii() or not ANY_UNSPACED.search(text):
        return text
    return SEAM.sub(SPACE, text)


def unspaced(text: str) -> str:
    """The text as it is shown."""
    return text if text.isascii() else text.replace(SPACE, "")


def tokens(text: str) -> list[str]:
    """The folded words of a text, for PostgreSQL and for highlighting."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return [token[:LONGEST_TOKEN] for token in TOKEN.findall(fold(text))]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a query asks for: words in a row, in any field or in one ('title', 'author', 'outlet', 'topic')."""

    words: tuple[str, ...]
    text: str
    field: str | None = None
    excluded: bool = False


def clauses(query: str) -> tuple[Clause, ...]:
    """What a query asks for. Nothing a person types is an error: what holds no word is left out."""
    query = query[:LONGEST_QUERY].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    found = []
    for minus, field, phrase, word in CLAUSE.findall(query):
        text = phrase or word.strip('"')
        words = tokens(text)
        if words:
            found.append(Clause(tuple(words), text, field.lower() or None, bool(minus)))
    return tuple(found[:MOST_CLAUSES])


def pattern(wanted: tuple[Clause, ...], fields: tuple[str | None, ...]) -> re.Pattern[str] | None:
    """A pattern for folded text that finds what the clauses for these fields ask for, or None where none does."""
    phrases = sorted(
        {clause.words for clause in wanted if not clause.excluded and clause.field in fields}, key=len, reverse=True
    )
    if not phrases:
        return None
    return re.compile("|".join(edged(r"[\W_]*".join(map(re.escape, words)), words) for words in phrases))


def edged(expression: str, words: tuple[str, ...]) -> str:
    """The expression, bound to whole words where the script has them."""
    before = "" if ANY_UNSPACED.match(words[0]) else r"(?<![^\W_])"
    after = "" if ANY_UNSPACED.match(words[-1]) else r"(?![^\W_])"
    return f"{before}{expression}{after}"


def runs(text: str, wanted: re.Pattern[str] | None) -> tuple[tuple[str, bool], ...]:
    """The text cut into runs of (text, matched)."""
    if wanted is None or not text:
        return ((text, False),) if text else ()
    cut, place = [], 0
    for match in wanted.finditer(fold(text)):
        if match.start() > place:
            cut.append((text[place : match.start()], False))
        cut.append((text[match.start() : match.end()], True))
        place = match.end()
    if place < len(text):
        cut.append((text[place:], False))
    return tuple(cut)


def excerpt(text: str, wanted: re.Pattern[str] | None, size: int = 220) -> str:
    """The part of a text round its first match, about `size` characters, cut at blanks and marked with ellipses."""
    match = wanted.search(fold(text)) if wanted else None
    start = max(0, match.start() - size // 3) if match else 0
    if start:
        blank = text.find(" ", start, match.start())
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + size)
    if end < len(text):
        blank = text.rfind(" ", match.end() if match and match.end() < end else start + size // 2, end)
        end = blank if blank > start else end
    shown = " ".join(text[start:end].split())
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")
