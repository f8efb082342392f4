"""A flattened page into logical lines: what lynx, html2text, copy and paste or a plain dump made of a page is undone.

Hard-wrapped lines are joined (`wrapping`), marks of links, headings, items, quotations and emphasis are taken off and
remembered, reference sections, form fields and left-over tags dropped, paragraphs joined that were broken at their
links. What a line is to the article is decided in `flattened`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import squeeze
from .wrapping import unwrapped

BULLET = re.compile(r"^\s*(?:[-*+•·◦‣▪●○■□►▶»–—o]|\(?\d{1,2}[.)])\s+(?=\S)")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
STARS = re.compile(r"^\s*(\*{2,6})\s(?=\S)(.*\S)\s\1\s*$")
"""A heading by Debian's html2text: six stars around the first level, two around the fifth."""
RULE = re.compile(r"^\s*(?:[-_*=~─━]\s*){3,}$")
QUOTE = re.compile(r"^\s*(?:>\s?)+")
UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|~{3,})\s*$")

_OPEN, _CLOSE, _END = "\ue000", "\ue001", "\ue002"
"""Around a link's words, and after its address, once the engines' own marks are read."""
# No part gives back what it took: all of them match white space, and a text may hold a lot of it.
_ADDRESS = r"\(\s*+<?+((?:[^()<>]|\([^()<>]*+\)){0,4000}+)>?+\s*+\)"
_PICTURE = re.compile(
    rf"!\[((?:[^\[\]]|\[[^\[\]]*+\]){{0,600}}+)\]{_ADDRESS}|\[(?:IMAGE|INLINE|IMG|image|picture|[\w.%-]+\."
    r"(?:jpe?g|png|gif|webp|svg))\]|\[(?:image|img|picture|video|embedded \w+)\s*:[^\[\]]{0,300}\]",
    re.I,
)
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]{{0,80}}\]){{0,600}}+)\]{_ADDRESS}")
_NUMBERED = re.compile(r"\[\d{1,4}\](?=\S)")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]{1,200})\]\[\d*\]")
_FIELD = re.compile(r"_{4,}|\(BUTTON\)|\[[ x_]\]\s|\(_\)|\[_+\]|\[[^\[\]]{0,40}_{3,}\]|\[\s{3,}\]|^\s*IFRAME:.*$")
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|br|button|center|cite|div|em|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|"
    r"iframe|img|input|label|li|main|nav|ol|p|picture|section|small|source|span|strong|sub|sup|svg|table|tbody|td|"
    r"th|thead|time|tr|u|ul|video)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,600}?)(?<=\S)\1")
_SLANT = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]{1,600}?)(?<=\S)\1(?![\w*_])")
_LONGEST_MARKED = 20_000
"""Emphasis is looked for in lines shorter than this: its patterns look ahead from every mark."""
_LONGEST_JOINED = 20_000
"""Nothing is added to lines longer than this."""
_TAIL = 40
_REFERENCES = re.compile(r"^\s*(?:References|Visible links:?|Hidden links:?|Links:?|Quellen|Références)\s*$", re.I)
_ADDRESS_LINE = re.compile(r"^\s*(?:\[?\d+[.\]:]*\s+)?(?:https?://|file://|mailto:|javascript:|data:)\S*\s*$")
_DEFINITION = re.compile(r"^\s*\[[^\[\]]{1,80}\]:\s+\S+.*$")
_STRUNG = re.compile(r"(?<!\S)[^\W\d_]+(?:_[^\W\d_]+){2,}(?!\S)")
_STRING = re.compile(r"(?<=[^\s_])_(?=[^\s_])")
"""Between the words of a link, as Debian's html2text strings them together."""
_FEWEST_STRUNG = 5
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<$&\"'])")
_LAST = re.compile(r"\\$")
_ENDED = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]]*$|[\"”»]$")
_LABEL = re.compile(
    r"^(?:(?:written|posted|published|reported|story|text|words|article)\s+)?(?:by|von|par|por|di|door|av|af|przez|"
    r"автор|text|published(?: on)?|posted(?: on)?|updated(?: on)?|last updated(?: on)?|modified|date|datum|"
    r"veröffentlicht(?: am)?|aktualisiert(?: am)?|publié(?: le)?|mis à jour(?: le)?|publicado(?: el)?|"
    r"actualizado(?: el)?|pubblicato(?: il)?|опубликовано|обновлено|gepubliceerd)\s*[:：]?$",
    re.I,
)


@dataclass(slots=True)
class Line:
    """One logical line. `level` is a heading's depth or 0; `item` whether it was an item of a list; `address` where its
    link leads when the whole line is one; `gap` whether an empty line stood before it; `indent` its first column;
    `links` how many links it shows, and `linked` how many of its characters belong to them where that can be seen."""

    text: str
    item: bool = False
    level: int = 0
    quoted: bool = False
    address: str | None = None
    gap: bool = False
    indent: int = 0
    links: int = 0
    linked: int = 0


def logical_lines(text: str) -> list[Line]:
    """The lines of `text` as a reader would count them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNWANTED)
    if _strings_links(text):
        text = _STRING.sub(" ", text)
    raw = unwrapped(_without_references(text.split("\n")))
    marked = _TAG.sub(" ", _PICTURE.sub(" ", "\n".join(raw)))
    marked = _LINK.sub(_marked, marked)
    found: list[Line] = []
    gap = False
    for line in marked.split("\n"):
        if not line.strip() or RULE.match(line):
            if found and not gap and (under := UNDERLINE.match(line)):
                found[-1].level = 1 if "=" in under[1] else 2
            gap = True
            continue
        made = _read(line)
        if made is not None:
            made.gap = gap
            found.append(made)
            gap = False
    return _joined(found)


_UNWANTED = dict.fromkeys(map(ord, "\x00\x01\x02\ue000\ue001\ue002\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069"))


def _strings_links(text: str) -> bool:
    """Whether the words of links are strung together. Those of a program are, too, but begin with small letters."""
    if "_" not in text or "](" in text:
        return False
    strung = _STRUNG.findall(text)
    return len(strung) >= _FEWEST_STRUNG and any(words[0].isupper() for words in strung)


def _marked(link: re.Match[str]) -> str:
    """A link of Markdown between our own marks; each line of it by itself where its words stand on several."""
    address = "".join(link[2].split(' "')[0].split())
    parts = link[1].split("\n")
    return "\n".join(f"{_OPEN}{part}{_CLOSE}{address}{_END}" if part.strip() else part for part in parts)


_OURS = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}([^{_END}]*){_END}")


def _read(line: str) -> Line | None:
    """One raw line without its marks; None where nothing is left."""
    if _DEFINITION.match(line):
        return None
    made = Line("", indent=len(line) - len(line.lstrip()))
    line = _prefix(_LAST.sub("", line), made)
    whole = _OURS.fullmatch(line.strip())
    made.address = whole[2] or None if whole else None
    for link in _OURS.finditer(line):
        made.links += 1
        made.linked += len(link[1].strip())
    line = _OURS.sub(r"\1", line)
    if whole:
        line = _prefix(line, made)
    line, numbered = _NUMBERED.subn("", line)
    line, referred = _REFERENCE_LINK.subn(r"\1", line)
    made.links += numbered + referred
    line = _FIELD.sub(" ", line)
    if len(line) < _LONGEST_MARKED:
        line = _SLANT.sub(r"\2", _EMPHASIS.sub(r"\2", line))
    made.text = squeeze(_ESCAPED.sub(r"\1", line)).strip("\ue000\ue001\ue002")
    if _ADDRESS_LINE.match(made.text):
        return None
    return made if made.text.strip("|[](){}<>*-_+#\\ ") else None


def _prefix(line: str, made: Line) -> str:
    """`line` without the marks of quotation, heading and item before it, which `made` remembers."""
    if match := QUOTE.match(line):
        made.quoted = True
        line = line[match.end() :]
    if not (match := HEADING.match(line)) and (match := BULLET.match(line)):
        if re.match(r"^\s*(?:[–—]|\d{1,2}[.)])\s+[a-z]", line):
            return line
        while match:
            line = line[match.end() :]
            match = BULLET.match(line)
        made.item = True
        match = HEADING.match(line)
    if match:
        made.level = len(match[1])
        return match[2]
    if match := STARS.match(line):
        made.level = 7 - len(match[1])
        return match[2]
    return line


def _without_references(raw: list[str]) -> list[str]:
    """`raw` without the list of numbered addresses that ends a dump by lynx, elinks or links."""
    heads = [number for number, line in enumerate(raw) if len(line) < 60 and _REFERENCES.match(line)]
    for number in heads[:-4:-1]:
        rest = [line for line in raw[number + 1 :] if line.strip()]
        if rest and sum(bool(_ADDRESS_LINE.match(line)) for line in rest) >= 0.6 * len(rest):
            return raw[:number]
    return raw


def _joined(lines: list[Line]) -> list[Line]:
    """`lines` with those put together that a flattening broke at a link, and labels with what they announce."""
    found: list[Line] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if found and not line.gap and not line.item and not line.level and _continues(found[-1], line, following):
            last = found[-1]
            space = "" if line.text[0] in ",.;:!?)]”’»%" else " "
            last.text = f"{last.text}{space}{line.text}"
            last.links, last.linked, last.address = last.links + line.links, last.linked + line.linked, None
        else:
            found.append(line)
    return found


def _continues(last: Line, line: Line, following: Line | None) -> bool:
    """Whether `line`, right under `last`, goes on with it."""
    if last.level or last.quoted != line.quoted or len(last.text) > _LONGEST_JOINED:
        return False
    if _LABEL.match(last.text) and len(line.text) < 80:
        return True
    if _ENDED.search(last.text[-_TAIL:]):
        return False
    if _goes_on(line.text):
        return len(last.text) >= 40 or len(line.text) >= 60
    broken = following is not None and not (following.gap or following.item or following.level)
    return broken and len(line.text) < 80 and len(last.text) >= 40 and _goes_on(following.text)


def _goes_on(text: str) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return text[0].islower() or (text[0] in ",.;:!?)]”’»%" and (len(text) == 1 or not text[1].isalnum()))
