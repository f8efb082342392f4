"""Text of a page into a lexbor tree, guarded: lexbor needs quadratic time on deeply nested tags.

Cuts what is larger than a page can reasonably be, drops tags nested deeper than any layout needs, and removes what
never holds text for readers. Leaves every judgement about content to others.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

MOST_CHARACTERS = 6_000_000
DEEPEST = 300
_SUSPECT = 2_000
_MANY = 12_000
_LONGEST_TAG = 20_000
_SLICE = 16_384

BREAK = "\x1e"
"""Stands for a <br> in gathered text. It counts as white space for `str.split`, so collapsed text never shows it."""

_TAG = re.compile(
    r"<(?:!--.*?(?:-->|$)|(script|style)\b.*?(?:</\1\s*>|$)|(/?)([a-zA-Z][^\s/>]{0,60})(?:[^>]*?(/?)>)?)", re.S
)

# Elements that never nest: void ones, and those that the parser closes by itself at the next of their kind.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th tbody thead tfoot option"
    " optgroup colgroup rp rt html head body".split()
)
UNREAD = frozenset("script style svg math iframe object embed canvas select template textarea video audio".split())
"""Elements that never hold text for readers."""


def parse(html: str) -> tuple[LexborHTMLParser, list[str]]:
    """Return the tree of `html` and warnings about what had to be cut before parsing."""
    warnings = []
    if len(html) > MOST_CHARACTERS:
        html = html[:MOST_CHARACTERS]
        warnings.append(f"page cut after {MOST_CHARACTERS} characters")
    if "\x00" in html:
        html = html.replace("\x00", "")
    html, cut = _without_long_tags(html)
    if cut:
        warnings.append(f"{cut} tags of more than {_LONGEST_TAG} characters dropped")
    html, dropped = flatten(html)
    if dropped:
        warnings.append(f"{dropped} tags nested deeper than {DEEPEST} levels dropped")
    return LexborHTMLParser(html), warnings


def strip_unread(tree: LexborHTMLParser) -> None:
    """Remove from `tree` what is never text for readers."""
    tree.strip_tags(list(UNREAD))


def flatten(html: str) -> tuple[str, int]:
    """Drop the tags of `html` that stand deeper than `DEEPEST`; return the rest and how many were dropped.

    A page that never leaves many tags open is returned untouched, at little cost.
    """
    if html.count("<") < _MANY or not _may_be_deep(html):
        return html, 0
    kept, dropped, depth, last = [], 0, 0, 0
    for tag in _TAG.finditer(html):
        name = tag[3]
        if name is None or name.lower() in _FLAT or tag[4]:
            continue
        if tag[2]:
            excess = depth > DEEPEST
            depth = max(0, depth - 1)
        else:
            depth += 1
            excess = depth > DEEPEST
        if excess:
            kept.append(html[last : tag.start()])
            last = tag.end()
            dropped += 1
    if not dropped:
        return html, 0
    kept.append(html[last:])
    return "".join(kept), dropped


def _may_be_deep(html: str) -> bool:
    """Whether some stretch of `html` may leave more tags open than the parser copes with quickly.

    Counted at C speed on slices. Void elements count as open, so this errs to the safe side; the exact walk follows.
    """
    unclosed = 0
    for start in range(0, len(html), _SLICE):
        piece = html[start : start + _SLICE]
        closing = piece.count("</")
        unclosed = max(0, unclosed + piece.count("<") - 2 * closing - piece.count("/>"))
        if unclosed > _SUSPECT:
            return True
    return False


def _without_long_tags(html: str) -> tuple[str, int]:
    """Drop tags that carry data rather than layout: the parser is quadratic in the number of a tag's attributes."""
    if len(html) <= _LONGEST_TAG:
        return html, 0
    pieces = html.split(">")
    cut = 0
    for number, piece in enumerate(pieces):
        if len(piece) > _LONGEST_TAG:
            start = piece.rfind("<")
            if start >= 0 and len(piece) - start > _LONGEST_TAG and piece[start + 1 : start + 2].isalpha():
                pieces[number] = piece[:start] + "<br"
                cut += 1
    return (">".join(pieces), cut) if cut else (html, 0)
