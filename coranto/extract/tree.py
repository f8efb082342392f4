"""Text of a page into a lexbor tree, guarded: lexbor needs quadratic time on deeply nested tags.

Cuts what is larger than a page can reasonably be, drops tags nested deeper than any layout needs, and removes what
never holds text for readers. Leaves every judgement about content to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

MOST_CHARACTERS = 6_000_000
DEEPEST = 300
_SUSPECT = 2_000
_MANY = 12_000
_LONGEST_TAG = 20_000
_SLICE = 16_384

# Nobody listens to changes of the tree.
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value

BREAK = "\x1e"
"""Stands for a <br> in gathered text. It counts as white space for `str.split`, so collapsed text never shows it."""

_TAG = re.compile(
    r"<(?:!--.*?(?:-->|$)|(script|style)\b.*?(?:</\1\s*>|$)|(/?)([a-zA-Z][^\s/>]{0,60})(?:[^>]*?(/?)>)?)", re.S
)
_ROOT = re.compile(r"<(?:html|body)\b[^>]*>?", re.I)
_MOST_ROOTS = 20
_STYLE = "(?:[bisuBISU]|[eE][mM]|[tT][tT]|(?i:big|code|font|nobr|small|strike|strong))"
_STYLED = re.compile(rf"</?{_STYLE}(?:[\s/][^>]*)?>")
_STYLED_APART = re.compile(rf"<(?=[bcefinstuBCEFINSTU]){_STYLE}[\s/]".encode())
_SOME = 2_000
_MOST_STYLED_ALIKE = 20_000
_MOST_REPEATED = 1_000_000
_OPENS = re.compile("<[a-zA-Z]")

# Elements that never nest: void ones, and those that the parser closes by itself at the next of their kind.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th tbody thead tfoot option"
    " optgroup colgroup html head body".split()
)
UNREAD = frozenset("script style svg math iframe object embed canvas select template textarea video audio".split())
"""Elements that never hold text for readers."""


def parse(html: str) -> tuple[LexborHTMLParser, list[str]]:
    """Return the tree of `html` and warnings about what had to be cut before parsing."""
    warnings = []
    if len(html) > MOST_CHARACTERS:
        html = html[:MOST_CHARACTERS]
        warnings.append(f"page cut after {MOST_CHARACTERS} characters")
    data = _encoded(html)
    if b"\x00" in data:
        html = html.replace("\x00", "")
        data = _encoded(html)
    html, cut = without_long_tags(html)
    if cut:
        warnings.append(f"{cut} tags of more than {_LONGEST_TAG} characters dropped")
        data = _encoded(html)
    counted, tags = html, data.count(b"<")
    if tags >= _SOME and _may_style_much(data, tags):
        html, dropped = _STYLED.subn("", html)
        if dropped:
            warnings.append(f"{dropped} tags of type styles dropped: the page has too many tags")
    if tags >= _MANY:
        html, dropped = flatten(_with_few_roots(html))
        if dropped:
            warnings.append(f"{dropped} tags nested deeper than {DEEPEST} levels dropped")
    return LexborHTMLParser(data if html is counted else html, options=_WITHOUT_EVENTS), warnings


def _encoded(html: str) -> bytes:
    """`html` as the parser takes it. Signs are looked for sooner in it than in text of two bytes a letter."""
    return html.encode("utf-8", "ignore")


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


def _may_style_much(html: bytes, tags: int) -> bool:
    """Whether unclosed tags of type styles may make a tree far larger than `html`: the parser repeats every one of them
    in each block behind it, of like ones three."""
    return tags > _MOST_STYLED_ALIKE or tags * len(_STYLED_APART.findall(html)) > _MOST_REPEATED


def _with_few_roots(html: str) -> str:
    """`html` without its further <html> and <body> tags: the parser is quadratic in the attributes that they add up."""
    further = list(_ROOT.finditer(html))[_MOST_ROOTS:]
    kept, last = [], 0
    for tag in further:
        kept.append(html[last : tag.start()])
        last = tag.end()
    return "".join([*kept, html[last:]]) if kept else html


def _may_be_deep(html: str) -> bool:
    """Whether some stretch of `html` may leave more tags open than the parser copes with quickly.

    Counted at C speed on slices. Void elements other than <br> count as open, so this errs to the safe side; the exact
    walk follows.
    """
    unclosed = 0
    for start in range(0, len(html), _SLICE):
        piece = html[start : start + _SLICE]
        closing = piece.count("</")
        unclosed = max(0, unclosed + piece.count("<") - 2 * closing - piece.count("/>") - piece.count("<br>"))
        if unclosed > _SUSPECT:
            return True
    return False


def without_long_tags(html: str) -> tuple[str, int]:
    """Drop tags that carry data rather than layout: the parser is quadratic in the number of a tag's attributes."""
    kept: list[str] = []
    last = 0
    for start, end in _long_tags(html):
        kept += [html[last:start], "<br"]
        last = end
    return ("".join([*kept, html[last:]]), len(kept) // 2) if kept else (html, 0)


def _long_tags(html: str) -> Iterator[tuple[int, int]]:
    """Where tags of more than `_LONGEST_TAG` characters begin, and where the sign is that closes them.

    Such a one leaves a window of half its length without that sign, so that hardly more is looked at than windows.
    """
    window = _LONGEST_TAG // 2
    done = told = 0
    in_script = False
    for place in range(0, len(html), window):
        if place < done or html.find(">", place, place + window) >= 0:
            continue
        start, end = html.rfind(">", 0, place) + 1, html.find(">", place)
        end = len(html) if end < 0 else end
        tag = _OPENS.search(html, start, end) if end - start > _LONGEST_TAG else None
        # What looks like a tag in a script or in a comment is none.
        if tag and end - tag.start() > _LONGEST_TAG and html[end - 2 : end] != "--":
            opened, closed = html.rfind("<script", told, start), html.rfind("</script", told, start)
            in_script = opened > closed or (in_script and closed < 0)
            told = end
            if not in_script:
                yield tag.start(), end
        done = end
