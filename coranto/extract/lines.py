"""A flattened page into logical lines: what lynx, html2text, copy and paste or a plain dump made of a page is undone.

Hard-wrapped lines are joined, marks of links, headings, items and quotations are taken off and remembered, reference
sections and form fields dropped. What a line is to the article is decided in `flattened`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import squeeze

_BULLET = re.compile(r"^\s*(?:[-*+•·◦‣▪●○■□►▶»–—o]|\(?\d{1,2}[.)])\s+(?=\S)")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-_*=~]\s*){3,}$")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[(?:IMAGE|INLINE|IMG|image|[\w.-]+\.(?:jpe?g|png|gif|webp|svg))\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)?)>?(?:\s+\"[^\"]*\")?\)")
_NUMBERED = re.compile(r"\[\d{1,4}\](?=\S)")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]{1,200})\]\[\d*\]")
_FIELD = re.compile(r"_{4,}|\(BUTTON\)|\[[ x_]\]\s|\(_\)|\[_+\]")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SLANT = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*_])")
_REFERENCES = re.compile(r"^\s*(?:References|Visible links:?|Hidden links:?|Links:?)\s*$", re.I)
_ADDRESS_LINE = re.compile(r"^\s*(?:\[?\d+[.\]:]?\s+)?(?:https?://|file://|mailto:|javascript:)\S*\s*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_END = re.compile(r"[.!?…:。！？؟।]['\"”’»)\]]*$")
_NARROW = 100


@dataclass(slots=True)
class Line:
    """One logical line. `level` is a heading's depth or 0; `item` whether it was an item of a list; `address` where its
    link leads when the whole line is one; `gap` whether an empty line stood before it."""

    text: str
    item: bool = False
    level: int = 0
    quoted: bool = False
    address: str | None = None
    gap: bool = False


def logical_lines(text: str) -> list[Line]:
    """The lines of `text` as a reader would count them."""
    raw = _without_references(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n"))
    wrapped = _is_wrapped(raw)
    found: list[Line] = []
    gap, ended = False, False
    for line in raw:
        if not line.strip() or _RULE.match(line):
            gap = True
            continue
        if _underlines(line, found, gap):
            continue
        made = _read(line)
        if made is None:
            continue
        made.gap = gap
        if wrapped and found and not gap and not ended and _continues(found[-1], made, line):
            found[-1].text = f"{found[-1].text} {made.text}"
            found[-1].address = None
        else:
            found.append(made)
        ended = wrapped and len(line.rstrip()) < 45 and bool(_END.search(made.text))
        gap = False
    return [line for line in found if line.text]


def _read(line: str) -> Line | None:
    """One raw line without its marks; None where nothing is left."""
    made = Line("")
    if match := _QUOTE.match(line):
        made.quoted = True
        line = line[match.end() :]
    if match := _HEADING.match(line):
        made.level = len(match[1])
        line = match[2]
    elif (match := _BULLET.match(line)) and not re.match(r"^\s*(?:[–—]|\d{1,2}[.)])\s+[a-z]", line):
        made.item = True
        line = line[match.end() :]
        if inner := _HEADING.match(line):
            made.level = len(inner[1])
            line = inner[2]
    line = _PICTURE.sub(" ", line)
    whole = _LINK.fullmatch(line.strip())
    made.address = whole[2] if whole else None
    line = _LINK.sub(lambda match: match[1], line)
    line = _REFERENCE_LINK.sub(lambda match: match[1], line)
    line = _FIELD.sub(" ", _NUMBERED.sub("", line))
    line = _SLANT.sub(lambda match: match[2], _EMPHASIS.sub(lambda match: match[2], line))
    made.text = squeeze(_ESCAPED.sub(r"\1", line))
    if _ADDRESS_LINE.match(made.text):
        return None
    return made if made.text.strip("|[](){}<>*-_ ") else None


def _is_wrapped(raw: list[str]) -> bool:
    """Whether lines were broken at a fixed width: hardly any is long, and many stop just below the same one."""
    sizes = [len(line.rstrip()) for line in raw if line.strip()]
    if len(sizes) < 6 or sum(size > _NARROW for size in sizes) > len(sizes) // 20:
        return False
    widest = sorted(sizes)[-max(1, len(sizes) // 20)]
    return sum(widest - 16 <= size for size in sizes) >= 0.2 * len(sizes) and widest >= 50


def _continues(last: Line, line: Line, raw: str) -> bool:
    """Whether a line of a hard-wrapped page goes on with the one before it."""
    return not line.item and not line.level and not last.level and line.quoted == last.quoted


def _underlines(line: str, found: list[Line], gap: bool) -> bool:
    """Whether `line` only underlines the one before it, which makes that a heading."""
    if found and not gap and re.match(r"^\s*(={3,}|-{3,})\s*$", line):
        found[-1].level = 1 if "=" in line else 2
        return True
    return False


def _without_references(raw: list[str]) -> list[str]:
    """`raw` without the list of numbered addresses that ends a dump by lynx or links."""
    for number in range(len(raw) - 1, -1, -1):
        if _REFERENCES.match(raw[number]):
            rest = [line for line in raw[number + 1 :] if line.strip()]
            if rest and sum(bool(_ADDRESS_LINE.match(line)) for line in rest) >= 0.7 * len(rest):
                return raw[:number]
    return raw
