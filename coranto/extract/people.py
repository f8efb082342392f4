"""What a page tells of those who sign an article: role, biography, address; and of whom else it tells at the end."""

from __future__ import annotations

import re

from coranto.articles import Person

from . import clutter
from .blocks import Layout
from .body import BEHIND, Body
from .cleaning import absolute
from .metadata import Facts, persons, text_of
from .words import fold

_OPENING_NAME = re.compile(
    r"^((?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*)(?:\s+(?:de|van|von|der|bin|al|del|la)){0,2}"
    r"(?:\s+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*){1,3}),?\s+[a-zà-öø-ÿа-яα-ω]"
)
_BIO_VERB = re.compile(
    r"\b(?:is|was|has|covers|writes|joined|works|lives|reports|ist|schreibt|arbeitet|est|écrit|es|escribe|è|scrive)\b"
)


def people(
    names: tuple[str, ...], facts: Facts, url: str | None, notes: list[str], closing: list[str]
) -> tuple[Person, ...]:
    """The signing persons with role, bio and address where the page has them, and whoever else a closing note tells of.

    `notes` are paragraphs in boxes about an author, `closing` those behind the body and its topics: a person whom one
    of these names has it as bio, signing or not.
    """
    described = {fold(text_of(person.get("name"))): person for person in persons(facts)}
    found = []
    for name in names:
        person = described.get(fold(name), {})
        address = person.get("url")
        address = address[0] if isinstance(address, list) and address else address
        found.append(
            Person(
                name,
                role=text_of(person.get("jobTitle")) or None,
                bio=text_of(person.get("description")) or bio_for(name, [*notes, *closing]),
                url=absolute(address, url) if isinstance(address, str) else None,
            )
        )
    told = {fold(name) for name in names}
    for note in closing:
        match = _OPENING_NAME.match(note)
        if match and fold(match[1]) not in told:
            told.add(fold(match[1]))
            found.append(Person(match[1], bio=note))
    return tuple(found)


def closing_notes(layout: Layout, body: Body) -> list[str]:
    """The paragraphs that stand behind the body and its topics."""
    behind = [layout.runs[index].text for index, reason in body.cut.items() if reason == BEHIND]
    return [text for text in behind if 40 <= len(text) <= 900]


def bio_for(name: str, notes: list[str]) -> str | None:
    """The note that opens with `name` and says something about the person."""
    for note in notes:
        head = note[: len(name) + 12]
        if fold(name) in fold(head) and _BIO_VERB.search(note[len(name) : len(name) + 60]):
            return note
    return None


def bio_notes(layout: Layout) -> list[str]:
    """Paragraphs in boxes about the author, outside any judgement whether they are the body's."""
    notes: list[str] = []
    boxes = [layout.boxes[number] for number in layout.marked if layout.boxes[number].marks & clutter.IS_BIO]
    for index in sorted({index for box in boxes for index in range(box.start, box.end)}):
        run = layout.runs[index]
        if not 40 <= len(run.text) <= 900 or run.linked >= 0.6 * len(run.text) or not run.text[0].isupper():
            continue
        if any(layout.boxes[number].marks & clutter.IS_BIO for number in layout.ancestors(run.box, 4)):
            notes.append(run.text)
    return notes[:12]
