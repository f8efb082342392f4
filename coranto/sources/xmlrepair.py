"""Mending ill-formed XML before it is parsed: junk before the first tag, stray ampersands, HTML's entities, bare HTML.

Every pass is linear in the size of the text. Nothing here decides what a document is.
"""

from __future__ import annotations

import re
from html import escape
from html.entities import html5

_C1 = bytes(range(0x80, 0xA0)).decode("cp1252", "replace")
_SUSPECT = re.compile(rb"&#(?:1[2-5][0-9]|0?x0*[89][0-9a-f]);", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:#(?P<decimal>[0-9]{1,8});|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,7});"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL,
)
_ALLOWED = ((9, 10), (13, 13), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
_XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
_OPENING = re.compile(
    r"<((?:[a-z]+:)?(?:title|description|encoded|summary|content|subtitle|tagline|copyright|rights|abstract))"
    r"(?:\s[^<>]*)?(?<!/)>",
    re.IGNORECASE,
)
_SURROGATE = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));", re.I
)
_FIRST_TAG = re.compile(r"<(?:\?xml|!DOCTYPE|!--|[A-Za-z_])", re.IGNORECASE)


def calls_for_repair(text: bytes) -> bool:
    """Whether well-formed `text` would still read wrong: numeric references into the range of C1 controls."""
    return b"&#" in text and _SUSPECT.search(text) is not None


def repaired(text: bytes) -> bytes:
    """`text` without junk before its first tag, without forbidden characters, with every reference resolvable."""
    words = text.decode("utf-8", "replace")
    first = _FIRST_TAG.search(words)
    if first:
        words = words[first.start() :]
    words = _CONTROLS.sub("", words)
    if "&#" in words:
        # Gone even where a section seems to hide them: a recovering parser may see no section there, and build them.
        words = _SURROGATE.sub("", words)
    if "&" in words:
        words = _REFERENCE.sub(_reference, words)
    return words.encode("utf-8", "replace")


def _reference(found: re.Match[str]) -> str:
    whole = found[0]
    if whole[0] == "<":
        return whole if whole.endswith("]]>") else whole + "]]>"
    if found["name"]:
        return _named(found["name"], whole)
    if not found["decimal"] and not found["hexadecimal"]:
        return "&amp;"
    number = int(found["decimal"]) if found["decimal"] else int(found["hexadecimal"], 16)
    if 0x80 <= number < 0xA0:
        return _C1[number - 0x80]
    return whole if any(least <= number <= most for least, most in _ALLOWED) else ""


def _named(name: str, whole: str) -> str:
    if name in _XML_NAMES:
        return whole
    if name.lower() in _XML_NAMES:
        return f"&{name.lower()};"
    characters = html5.get(name + ";")
    return escape(characters, quote=False) if characters else f"&amp;{whole[1:]}"


def restored(text: bytes) -> bytes:
    """`text` with bare HTML inside titles and descriptions escaped: unclosed tags there would swallow what follows."""
    words = text.decode("utf-8", "replace")
    parts, position, closed = [], 0, {}
    for opening in _OPENING.finditer(words):
        if opening.start() < position:
            continue
        name = opening[1]
        if closed.get(name, True) is False:
            continue
        end = words.find(f"</{name}", opening.end())
        if end < 0:
            closed[name] = False
            continue
        inner = words[opening.end() : end]
        parts.append(words[position : opening.end()])
        bare = "<" in inner and not inner.lstrip().startswith("<![CDATA[")
        parts.append(escape(inner, quote=False) if bare else inner)
        position = end
    parts.append(words[position:])
    return "".join(parts).encode("utf-8", "replace")
