"""The body that a page keeps in its scripts' data and does not show, or only the beginning of it; and the day that such
data give a page without any date.

State that a page's program starts from ("__NEXT_DATA__", "Fusion.globalContent", "window.__APOLLO_STATE__" and whatever
others call it; see `programs`) is searched by shape and not by name: a list of paragraphs, or one long string of
markup. What is found counts only where it continues what the page shows, or tells of its title.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from .programs import SMALLEST, values
from .words import fold, plain, squeeze

_DEEPEST = 40
_PARAGRAPH = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|figure|table|tr)\b[^<>]*>|<br\s*/?>\s*<br\s*/?>", re.I
)
_CUT = re.compile(r"<(script|style|figure|iframe|aside)\b.*?</\1\s*>", re.I | re.S)
_SENTENCE = re.compile(r"[.!?…。！？؟।](?:[\"'”’»」)]|\s|$)")
_TEXTS = ("value", "text", "content", "html", "children", "content_elements", "nodes", "body", "model", "blocks")
_NO_TEXT = re.compile(
    r"image|video|gallery|embed|promo|newsletter|advert|^ads?$|script|style|related|iframe|caption|photo|audio", re.I
)
_OTHER_ARTICLE = frozenset(("headline", "headlines", "slug", "canonical_url", "teaser", "publishedAt", "published_at"))
_QUOTE = r"\\{0,3}(?:\"|&quot;|&#34;)"
# Begins with plain letters, for which a long page is searched fast: "datePublished", "published_at", "publishDate".
_PUBLISHED = re.compile(
    rf"ubli(?:sh(?:ed)?|cation)(?:_?(?:[Aa]t|[Oo]n|[Dd]ate|[Tt]ime))?{_QUOTE}\s{{0,2}}:\s{{0,2}}{_QUOTE}"
    r"(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_MOST_DATES = 50
_SHORTEST = 60
_SHOWN = 50
_THIN = 250
_FEWEST = 400


def hidden_body(page: str, shown: str, title: str | None) -> list[str]:
    """The paragraphs of the article that the scripts of `page` (its markup) hold, where they hold much more than is
    `shown` and belong to it; else none."""
    best: list[str] = []
    enough = 2 * len(shown) + _THIN
    for value in values(page, max(SMALLEST, enough)):
        for paragraphs in _bodies(value, 0):
            if _size(paragraphs) > _size(best) and _belongs(paragraphs, shown, title):
                best = paragraphs
    return best if _size(best) > enough else []


def published(page: str) -> str | None:
    """The date of publication that the data of `page` (its markup) give; None where they give several days."""
    found = [match[1] for match in islice(_PUBLISHED.finditer(page), _MOST_DATES)]
    return max(found, key=len) if len({value[:10] for value in found}) == 1 else None


def _size(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _belongs(paragraphs: list[str], shown: str, title: str | None) -> bool:
    """Whether one of the paragraphs shown is among `paragraphs`; where hardly any is shown, whether they share a
    third of their title's words."""
    text = fold(" ".join(paragraphs))
    starts = [fold(part)[:_SHOWN] for part in shown.split("\n\n") if len(part) >= _SHORTEST]
    if starts and len(shown) >= _THIN:
        return any(start in text for start in starts)
    words = {word for word in fold(title or "").split() if len(word) > 3}
    return bool(words) and 3 * sum(word in text for word in words) >= len(words)


def _bodies(value: object, depth: int) -> Iterator[list[str]]:
    """All that looks like a body in a value, at every level of it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if len(value) > _FEWEST and "<" in value and (paragraphs := _of_markup(value)):
            yield paragraphs
        return
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    parts = [_element(part) for part in parts]
    if len(parts) >= 3:
        found = [text for part in parts if isinstance(part, dict) for text in _paragraphs(part)]
        if _is_prose(found):
            yield found
    for part in parts:
        if isinstance(part, dict | list | str):
            yield from _bodies(part, depth + 1)


def _element(value: object) -> object:
    """A value; of an element that a program is handed, `["$", tag, key, properties]`, the properties and the tag as its
    type."""
    if isinstance(value, list) and len(value) == 4 and value[0] == "$" and isinstance(value[3], dict):
        return {**value[3], "type": value[1]}
    return value


def _of_markup(text: str) -> list[str]:
    if text[0] in "{[" or not _PARAGRAPH.search(text):
        return []
    pieces = _PARAGRAPH.split(_CUT.sub(" ", text))
    found = [words for piece in pieces if (words := plain(piece))]
    return found if _is_prose(found) else []


def _is_prose(paragraphs: list[str]) -> bool:
    """Whether most of the text stands in paragraphs of sentences, and there are several."""
    prose = [text for text in paragraphs if len(text) >= _SHORTEST and _SENTENCE.search(text)]
    return len(prose) >= 2 and _size(prose) >= max(_FEWEST, 0.7 * _size(paragraphs))


def _paragraphs(part: dict) -> list[str]:
    """The text of an element of a list: its own, or those of the markup in it; none for pictures and other articles."""
    kind = part.get("type") or part.get("__typename") or ""
    if (isinstance(kind, str) and _NO_TEXT.search(kind)) or not _OTHER_ARTICLE.isdisjoint(part):
        return []
    text = _inline(part, 0)
    if "<" in text and _PARAGRAPH.search(text):
        return [words for piece in _PARAGRAPH.split(_CUT.sub(" ", text)) if (words := plain(piece))]
    text = squeeze(plain(text) if "<" in text or "&" in text else text)
    return [text] if text and not text.startswith(("http:", "https:", "{", "/")) else []


def _inline(part: object, depth: int) -> str:
    """The words of an element with those of the elements in it, in order."""
    if isinstance(part, str):
        return part
    if depth > 8:
        return ""
    part = _element(part)
    if isinstance(part, list):
        return "".join(_inline(each, depth + 1) for each in part)
    if isinstance(part, dict):
        kind = part.get("type")
        if isinstance(kind, str) and _NO_TEXT.search(kind):
            return ""
        for name in _TEXTS:
            if part.get(name) and (text := _inline(part[name], depth + 1)):
                return text
    return ""


def as_markup(paragraphs: list[str]) -> str:
    """Paragraphs as markup, for `composing.from_statement`."""
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)
