"""The headline of a page: every wording that it offers for one, what speaks for each, and the one to believe.

A page names its headline in several places (heading, JSON-LD, meta tags, title), often with the site's name, a kicker
or a section glued to it, and often not in the same words. Wordings that say the same are one candidate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from . import judging, metadata, titles
from .blocks import Layout, Run
from .metadata import Facts
from .shapes import WIDE
from .words import fold, plain, squeeze

_SHORTENED = ("headline", "og", "twitter", "itemprop", "h1", "title")
_PAIRS = (
    ("h1", "og"), ("h1", "headline"), ("h1", "title"), ("h1", "twitter"), ("h1", "itemprop"), ("og", "headline"),
    ("og", "title"), ("og", "twitter"), ("headline", "title"),
)  # fmt: skip
_META = {
    "og": ("og:title",),
    "twitter": ("twitter:title",),
    "itemprop": ("headline",),
    "named": ("name",),
    "meta": ("dc.title", "dcterms.title", "sailthru.title", "parsely-title", "title", "cxenseparse:title"),
}
_SIGNS = " :|-–—"
_STATED = frozenset(("headline", "og", "twitter", "itemprop"))
_IN_HEAD = _STATED | {"title"}
_LEADING = frozenset(("h1", "og", "headline", "title"))
_HEADING = frozenset(("h1", "later h1"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SHOWN = frozenset(("h1", "later h1", "shown"))
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
_LOGO = re.compile(r"logo|site-title|brand|sr-only|visually-hidden")
_CALLED = re.compile(r"(?:entry|post|article|page|story)[-_]{0,2}(?:title|head)|headline")
_TAG = re.compile(r"<[a-z]+>")
_EXTENSION = re.compile(r"\.\w{2,5}$")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_HEADINGS = 4
_LONGEST = 400
_STEPS = (1, 2, 4, 7, 13, 21)


@dataclass(slots=True)
class Wording:
    """One wording of the headline. `places` are where it stands by itself, or with a site's name that was taken off;
    `cuts` tell what it was cut from: (place, kind of the part cut off, side it stood on)."""

    text: str
    places: set[str] = field(default_factory=set)
    cuts: set[tuple[str, str, str]] = field(default_factory=set)
    signals: dict[str, float] = field(default_factory=dict)


def headline_of(
    facts: Facts, layout: Layout, sites: list[str], host: str, url: str | None
) -> tuple[str | None, int | None]:
    """The headline, and the index of the run that shows it."""
    wordings = list(candidates(facts, layout, sites, host, url).values())
    title = wordings[judging.best("title", [one.signals for one in wordings])].text if wordings else None
    return title, _shown_at(layout, title)


def _shown_at(layout: Layout, title: str | None) -> int | None:
    """The run that shows `title`: a heading of its words, a line of its words, a heading much like it, else any h1."""
    headings = [index for index, run in enumerate(layout.runs) if run.tag == "h1"]
    key = fold(title or "")
    if key and title:
        least, most = 0.8 * len(title), 1.25 * len(title)
        lines = (index for index, run in enumerate(layout.runs) if least <= len(run.text) <= most)
        shown = next((index for index in (*headings, *lines) if fold(layout.runs[index].text) == key), None)
        if shown is None:
            shown = _much_like(key, layout, most)
        if shown is not None:
            return shown
    return headings[0] if headings else None


def _much_like(key: str, layout: Layout, most: float) -> int | None:
    words = set(key.split())
    best, place = 0.6, None
    for index, run in enumerate(layout.runs):
        if run.tag in _HEADINGS and len(run.text) <= 2 * most:
            seen = set(fold(run.text).split())
            alike = len(words & seen) / len(words | seen)
            if alike > best:
                best, place = alike, index
    return place


def candidates(
    facts: Facts, layout: Layout, sites: list[str], host: str, url: str | None
) -> dict[str, Wording]:
    """Every wording by its folded text, with what speaks for it."""
    headings = [run for run in layout.runs if run.tag == "h1"][: _MOST_HEADINGS + 1]
    # The name of the site in a heading of its own heads every page of it.
    headings = [run for run in headings if not titles.is_exactly_site(run.text, sites, host)][:_MOST_HEADINGS]
    found: dict[str, Wording] = {}
    said = _said(facts, layout, headings)
    for place, text in said:
        whole = titles.without_site(text, sites, host, place in _SHOWN)
        if key := fold(whole):
            found.setdefault(key, Wording(whole)).places.add(place)
    if len(found) == 1:
        return found
    for wording in list(found.values()):
        _cut(wording, found, sites, host)
    for heading in headings:
        _with_opening(heading, found)
        _without_kicker(heading, found, layout)
    _describe(found, sites, host, url)
    _describe_headings(found, headings, layout)
    return found


def _said(facts: Facts, layout: Layout, headings: list[Run]) -> list[tuple[str, str]]:
    """The wordings as they stand, with their places, the best spelt first."""
    said = [("h1" if number == 0 else "later h1", plain(run.text)) for number, run in enumerate(headings)]
    if not headings and facts.document_title:
        parts = titles.parts_of(facts.document_title)
        shown = (run.text for run in layout.runs if 12 < len(run.text) < 300 and fold(run.text) in parts)
        said += [("shown", text) for text in list(shown)[:1]]
    for number, node in enumerate(facts.articles[:3]):
        kinds = metadata.kinds(node)
        if any(kind.endswith(("VideoObject", "ImageObject")) for kind in kinds):
            place = "other"
        else:
            place = "page" if any("Page" in kind for kind in kinds) else "name" if number == 0 else "other"
        first = "headline" if number == 0 and place != "other" else place
        said += [(first, metadata.text_of(node.get("headline"))), (place, metadata.text_of(node.get("name")))]
        said += [("alternative", metadata.text_of(node.get("alternativeHeadline")))]
    marked = (node for node, _, _ in layout.elements.with_item("headline") if node.tag != "meta")
    said += [("itemprop", plain(node.text())) for node in list(marked)[:1]]
    for place, names in _META.items():
        said += [(place, text) for name in names for text in facts.every(name)[:2]]
    said += [("title", facts.document_title)]
    # What looks like markup in a heading is what readers see ("30 years of <br>"); elsewhere it is taken for markup.
    seen = {fold(plain(run.text)): squeeze(run.text) for run in headings if _TAG.search(run.text)}
    return [(place, seen.get(fold(text), text)) for place, text in said if 0 < len(text) <= _LONGEST]


def _cut(wording: Wording, found: dict[str, Wording], sites: list[str], host: str) -> None:
    """Add what is left of `wording` when its first or last parts are cut off."""
    places = [place for place in _SHORTENED if place in wording.places]
    if not places:
        return
    for rest, part, last in titles.cuts(wording.text):
        if key := fold(rest):
            kind = "site" if titles.is_site(part, sites, host) else "part"
            side = "end" if last else "front"
            found.setdefault(key, Wording(rest)).cuts.update((place, kind, side) for place in places)


def _with_opening(heading: Run, found: dict[str, Wording]) -> None:
    """Let a heading that begins with a sign count for the wording, given by metadata, that has words before it: they
    stand in a block of their own."""
    text = plain(heading.text)
    if text[0] not in _SIGNS or (key := fold(text)) not in found:
        return
    for other, wording in found.items():
        if other.endswith(" " + key) and wording.places & _STATED:
            wording.places.update(found[key].places & _HEADING)
            found[key].places -= _HEADING
            return


def _without_kicker(heading: Run, found: dict[str, Wording], layout: Layout) -> None:
    """Let a heading count for the rest of it, where words in elements of their own stand before or behind a wording
    that the head of the page gives."""
    text = plain(heading.text)
    whole = found.get(fold(text))
    if whole is None or not whole.places & _HEADING:
        return
    for wording in list(found.values()):
        rest = wording.text
        if wording is whole or len(rest.split()) < 3 or not wording.places & _IN_HEAD:
            continue
        glued = text[: -len(rest)] if text.endswith(rest) else text[len(rest) :] if text.startswith(rest) else ""
        if glued.strip(_SIGNS) and _stands_apart(glued.strip(_SIGNS), layout.boxes[heading.box].node):
            wording.places.update(whole.places & _HEADING)
            whole.places -= _HEADING
            whole.cuts.add(("h1", "kicker", "kept"))
            return


def _stands_apart(words: str, heading: LexborNode) -> bool:
    """Whether elements inside `heading` hold all of `words`, together or one by one."""
    parts = {plain(part.text()).strip(_SIGNS) for part in heading.css("span,a,strong,b,em,small,div,time")}
    for part in sorted(parts & {words} or parts, key=len, reverse=True):
        words = words.replace(part, "", 1) if part else words
    return not words.strip(_SIGNS)


def _describe(found: dict[str, Wording], sites: list[str], host: str, url: str | None) -> None:
    slug = _slug(url)
    leading = {place: key for place in ("og", "headline", "h1") for key, one in found.items() if place in one.places}
    heads = sum(1 for one in found.values() if one.places & _HEADING)
    # What is made for search engines describes the page beside the article, and words its titles for them.
    described = any("page" in one.places for one in found.values())
    for key, one in found.items():
        signals, places = one.signals, one.places
        for place in places:
            signals[f"in {place}"] = 1.0
            if "h1" not in leading:
                signals[f"in {place}, no h1"] = 1.0
            if described and place in _LEADING:
                signals[f"in {place}, page"] = 1.0
        for place, kind, side in one.cuts:
            signals[f"cut {kind} {side}"] = 1.0
            signals[f"of {place}"] = 1.0
        for left, right in _PAIRS:
            if left in places and right in places:
                signals[f"in {left} and {right}"] = 1.0
        signals[f"votes {len(places & set(_SHORTENED))}"] = 1.0
        if "h1" in places:
            if heads == 1:
                signals["only h1"] = 1.0
            if places <= _HEADING:
                signals["h1 alone"] = 1.0
            if len(leading) == 1:
                signals["h1, no metadata"] = 1.0
        _compare(key, signals, leading)
        _look_at(one, key, sites, host)
        words = set(key.split())
        if len(slug) >= 3:
            signals["of address"] = len(words & slug) / len(slug)
            signals["in address"] = len(words & slug) / len(words)


def _compare(key: str, signals: dict[str, float], leading: dict[str, str]) -> None:
    """How a wording goes with those in the leading places."""
    words = set(key.split())
    for place, other in leading.items():
        if other == key:
            continue
        shared = words & set(other.split())
        alike = len(shared) / len(words | set(other.split()))
        degree = "much" if alike > 0.7 else "some" if alike > 0.35 else "little" if shared else "not"
        signals[f"{degree} like {place}"] = 1.0
        for name, short, long in (("of", key, other), ("more than", other, key)):
            if long.startswith(short + " "):
                signals[f"begin {name} {place}"] = 1.0
            elif long.endswith(" " + short):
                signals[f"end {name} {place}"] = 1.0


def _look_at(one: Wording, key: str, sites: list[str], host: str) -> None:
    """What the words themselves tell."""
    signals, text = one.signals, one.text
    size = len(key.split()) + len(WIDE.findall(key)) // 3
    signals[f"size {sum(size > step for step in _STEPS)}"] = 1.0
    if titles.is_exactly_site(text, sites, host):
        signals["is site"] = 1.0
    elif titles.is_site(text, sites, host):
        signals["like site"] = 1.0
    if text.endswith(("…", "...")):
        signals["broken off"] = 1.0
    if text[0] in ":-–—|,":
        signals["begun late"] = 1.0
    if text.isupper() and size > 2:
        signals["in capitals"] = 1.0
    if len(text) > 200:
        signals["long"] = 1.0


def _describe_headings(found: dict[str, Wording], headings: list[Run], layout: Layout) -> None:
    for run in headings:
        one = found.get(fold(plain(run.text)))
        if one is None:
            continue
        around = layout.ancestors(run.box)
        tags = {layout.boxes[number].tag for number in around}
        idents = " ".join(layout.boxes[number].ident for number in around[:2])
        for name, so in (
            ("h1 linked", run.linked > 0.5 * len(run.text)),
            ("h1 aside", bool(tags & _ELSEWHERE)),
            ("h1 in article", "article" in tags or "main" in tags),
            ("h1 is logo", bool(_LOGO.search(idents))),
            ("h1 called so", bool(_CALLED.search(idents))),
        ):
            if so:
                one.signals[name] = 1.0


def _slug(url: str | None) -> set[str]:
    """The words of the address that were made from the headline: those of the wordiest part of its path."""
    try:
        parts = unquote(urlsplit(url or "").path).split("/")
    except ValueError:
        return set()
    longest = max(parts, key=lambda part: len(_LETTERS.findall(part)))
    return {word for word in fold(_EXTENSION.sub("", longest)).split() if not word.isdigit() or len(word) <= 4}
