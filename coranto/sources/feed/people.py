"""Who signs an entry: names from the forms in which feeds give people. Bylines are not split; readers do that."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from coranto.sources.feed.names import Names

_ADDRESS = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]*[A-Za-z0-9]"
_MAIL_THEN_NAME = re.compile(rf"\s*(?:mailto:)?<?{_ADDRESS}>?\s*[(\[,;:\-]\s*(.+?)\s*[)\]]?\s*\Z", re.DOTALL)
_NAME_THEN_MAIL = re.compile(rf"\s*(.+?)\s*[(\[<,]\s*(?:mailto:)?\s*{_ADDRESS}\s*[)\]>]?\s*\Z", re.DOTALL)
_ONLY_EMPTY = re.compile(r"\(\s*\)|<\s*>")
_SPACE = re.compile(r"\s+")
_LONGEST = 500


def name_in(text: str | None) -> str | None:
    """The name in 'mail (name)', 'name <mail>' and their like; a bare mail address stands for the name it lacks."""
    if not text or not text.strip():
        return None
    text = _SPACE.sub(" ", _ONLY_EMPTY.sub("", text[:_LONGEST])).strip(" ,;\"'")
    if "@" in text:
        found = _MAIL_THEN_NAME.match(text) or _NAME_THEN_MAIL.match(text)
        if found and found[1].strip(' "'):
            return found[1].strip(' "')
    return text or None


def person(element: etree._Element, names: Names) -> str | None:
    """The name in one author element: Atom's with children, or anybody's with plain text."""
    if not len(element):
        return name_in(element.text)
    parts = {}
    for child in element:
        local = names[child.tag].rpartition(":")[2]
        text = "".join(child.itertext()).strip()
        if text:
            parts.setdefault(local, text)
    if "name" in parts:
        return name_in(parts["name"])
    return (
        name_in(element.text)
        or name_in(parts.get("email"))
        or (None if parts else name_in("".join(element.itertext())))
    )


def distinct(found: Iterable[str | None]) -> tuple[str, ...]:
    """The texts that are there, each once, in their order."""
    return tuple(dict.fromkeys(text for text in found if text))
