"""Sites that bear the name of the person who writes them: "Ada Byron", "Ada Byron's Blog", "© 2026 Ada Byron".

Whether words name a person is told by their shape and by `given_names.txt`, given names of many languages in small
letters. Whether that person signs an article, `signing` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from . import titles
from .blocks import Layout
from .bylines import is_person
from .metadata import Facts
from .words import fold, squeeze

_RIGHTS = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?:by\s+)?"
    r"([^\d|.,·•]{4,40}?)\s*(?:\d{4}|all rights|[|.,·•]|$)",
    re.I,
)
_SORT = re.compile(r"(?:['’]s)?\s+(?:\w+\s+)?(?:blog|weblog|website|site|home ?page|newsletter|journal)$|['’]s$", re.I)
_END = 25
_LONGEST = 160


def namesakes(facts: Facts, layout: Layout, sites: list[str], host: str) -> Iterable[tuple[str, bool]]:
    """The persons after whom the site is called, each with whether the address is too. Those who only hold the rights
    in it are among them where it is."""
    address = host.replace("-", "").replace(".", "")
    feeds = [link.get("title") or "" for link in layout.elements.links if "alternate" in (link.get("rel") or "")]
    glued = [part for _, part, last in titles.cuts(facts.document_title) if last]
    for name in dict.fromkeys([*sites, *feeds, *sorted(glued, key=len)[:1]]):
        if person := _person_in(name):
            yield person, _is_in(person, address)
    for run in layout.runs[-_END:]:
        if len(run.text) <= _LONGEST and (match := _RIGHTS.match(run.text)):
            person = _person_in(match[1])
            if person and _is_in(person, address):
                yield person, True


def _person_in(name: str) -> str | None:
    person = _SORT.sub("", squeeze(name))
    return person if is_person(person) and fold(person).split()[0] in _given_names() else None


def _is_in(person: str, address: str) -> bool:
    words = fold(person).split()
    return "".join(words) in address or any(len(word) > 3 and word in address for word in (words[0], words[-1]))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("given_names.txt").read_text("utf-8").split())
