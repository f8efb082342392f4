"""The sources that a text names, each with its sentence, and linked to its outlet's page where that is known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coranto.articles import Citation
from coranto.store import sources
from coranto.store.values import OutletValue
from coranto.web import addresses, shell

SHORTEST_LABEL = 5
"""A host's first label shorter than this is a word too common to be an outlet's name."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as the page lists it; `address` leads to its outlet's page here, empty where it is not known."""

    name: str
    sentence: str
    address: str = ""


def named(found: Iterable[Citation], own: str = "") -> list[Cited]:
    """Each source once, by its first sentence, in the order of the text; `own` is the slug of the article's own outlet,
    which its text may name, too."""
    listed: dict[str, Cited] = {}
    for source in found:
        key = plain(source.name)
        slug = known().get(key, "") if source.kind == "outlet" else ""
        address = addresses.outlet(slug) if slug and slug != own else ""
        listed.setdefault(slug or key, Cited(source.name, source.sentence, address))
    return list(listed.values())


def known() -> dict[str, str]:
    """Slugs of the outlets that everybody may see, by their plain names and hosts; asked once in a while for all."""
    return shell.kept.get("outlets by name", lambda: by_name(sources.outlets()))


def by_name(outlets: Iterable[OutletValue]) -> dict[str, str]:
    """Slugs by all that names an outlet; what names two of them names none."""
    found: dict[str, set[str]] = {}
    for outlet in outlets:
        for name in names(outlet):
            found.setdefault(name, set()).add(outlet.slug)
    return {name: slugs.pop() for name, slugs in found.items() if name and len(slugs) == 1}


def names(outlet: OutletValue) -> set[str]:
    """An outlet's name, its host, and its host's first label, all plain."""
    host = addresses.host(addresses.web(outlet.home_url) or "")
    label = host.partition(".")[0]
    return {plain(outlet.name), plain(host), plain(label) if len(label) >= SHORTEST_LABEL else ""}


def plain(name: str) -> str:
    """A name without case, blanks, points and its English article, so that "The BBC News" and "bbcnews" are one."""
    words = name.casefold().split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "".join(letter for letter in "".join(words) if letter.isalnum())
