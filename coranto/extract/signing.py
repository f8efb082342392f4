"""Who signs an article: every list of names that a page gives for it, what speaks for each, and the one to believe.

Metadata, marked elements and lines near the headline, at the end or anywhere are asked; lists of the same names are one
candidate. Cleaning of single strings is in `names`, what else the page tells of a person in `people`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from . import clutter, judging
from .blocks import Layout
from .bylines import LABEL, LONGEST_BYLINE, distance_of, is_person, lines_that_sign, may_sign, without_date
from .metadata import Facts, as_list, kinds, persons, text_of
from .names import clean_names
from .namesakes import namesakes
from .patterns import by_initial
from .words import fold, plain

_META = {
    "author": "meta author", "article:author_name": "meta author", "parsely-author": "meta author",
    "sailthru.author": "meta author", "byl": "meta author", "cxenseparse:author": "meta author",
    "vr:author": "meta author", "authors": "meta author", "cxenseparse:recs:author": "meta author",
    "articleauthor": "meta author", "dc.creator": "meta creator", "dcterms.creator": "meta creator",
    "creator": "meta creator", "rnews:creator": "meta creator", "dc.contributor": "meta contributor",
    "citation_author": "meta author", "article:author": "meta address", "og:article:author": "meta address",
    "twitter:creator_name": "meta address", "twitter:data1": "meta card",
}  # fmt: skip
_HANDS = by_initial(
    r"\b(?:photo(?:s|graph(?:s|y|ed))?|images?|styl(?:ed|ing|ist)|illustrat(?:ed|ions?)|edited|fact[- ]checked|tested|"
    r"medically reviewed|reviewed|videos?|produced|hair|makeup|art|contributions?)"
    r"(?: and \w+)? (?:by|from):?\s+([^|]{4,60})",
    re.I,
)
_OFFICE = by_initial(
    r"\b(?:staff|admin|team|desk|redaktion|redazione|redacción|rédaction|redactie|editors?|news|nachrichten|"
    r"webmaster|newsroom|developer|agency|agentur|press|reuters|afp|dpa|times|magazine|blog|online|media|contributors?|"
    r"university|institute|cent(?:er|re)|ajansı)\b",
    re.I,
)
_TELLS = re.compile(
    r",? (?:is|was|has|covers|writes|joined|works|lives|reports|holds|ist|schreibt|arbeitet|est|écrit|es|è|scrive)\b"
)
_AROUND = re.compile(
    r"related|recirc|comment|footer|sidebar|widget|teaser|card|promo|most|popular|recommend|quote|testimon"
)
_NO_BYLINE = frozenset("img body html link article section main form input".split())
_NAMED = '[itemprop~="name"],[rel~="author"],[class*="author-name" i],[class*="authorname" i],a[href*="author" i]'
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
_SENTENCE = 60
_SAMPLE = 20_000
_MOST_MARKED = 40
_MOST_SIGNED = 14
_NEAR = frozenset(("named near", "marked near", "names in near", "by near", "name beside a date"))
_LINES = frozenset(
    ("name beside a date", "name beside a date above", "name that leads on", "name next", "name below", "name above")
)
_BESIDE = frozenset(
    ("name beside a date", "name with a date", "name that leads on", "by near", "labelled near", "labelled far",
     "told near", "told below")
)  # fmt: skip
_CALLED_AFTER = ("site of a person", "address of a person")
_STATES = frozenset(("json-ld", "meta author", "site"))
_DOUBTFUL = frozenset(("plain words: some", "plain words: all", "label"))
_ADDRESS = re.compile(r"[@()]|://|www\.")
_UNSEEN = ("json-ld", "meta ")
NOBODY = "nobody"


@dataclass(slots=True)
class Signature:
    """One list of names, what speaks for it, and whether readers see it on the page."""

    names: tuple[str, ...]
    signals: dict[str, float] = field(default_factory=dict)
    shown: bool = False


def signatures(facts: Facts, layout: Layout, sites: list[str], headline: int | None) -> tuple[str, ...]:
    """The names that sign the article, plain, in the page's order. `sites` are the names of the site itself."""
    found = candidates(facts, layout, sites, headline)
    return found[judging.best("authors", [one.signals for one in found])].names


def candidates(facts: Facts, layout: Layout, sites: list[str], headline: int | None) -> list[Signature]:
    """Every list of names that the page gives for its signature, and the empty one. The last of `sites` is the host."""
    own = {fold(site) for site in sites if site}
    others = _other_hands(layout, headline)
    found: dict[frozenset[str], Signature] = {}
    seen: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    said = chain(_said(facts, layout, headline, own), _called_after(facts, layout, sites))
    for place, names in said:
        if place in _LINES and own.issuperset(map(fold, names)):
            continue
        if names not in seen:
            seen[names] = list(_variants(tuple(_without_site(name, own) for name in names), own, others))
        for kept, how in seen[names]:
            one = found.setdefault(frozenset(map(fold, kept)), Signature(kept))
            one.signals[place] = 1.0
            one.shown = one.shown or not place.startswith(_UNSEEN)
            if how:
                one.signals[how] = 1.0
    if found:
        _describe(found, own, others, _told_of(layout, found.values()))
        _weigh_words(found, layout)
        _weigh_rivals(found, own)
    return [*found.values(), Signature((), {NOBODY: 1.0})]


def _without_site(name: str, own: set[str]) -> str:
    """A person's name without the site's that stands behind it."""
    words = name.split()
    return next((" ".join(words[:cut]) for cut in range(2, len(words)) if fold(" ".join(words[cut:])) in own), name)


def _is_part_of_site(name: str, own: set[str]) -> bool:
    """Whether a name is the site's, or the host's, in capitals with more behind it ("BBC Sport")."""
    first, _, rest = name.partition(" ")
    key = fold(first)
    return bool(rest) and first.isupper() and (key in own or any(site.startswith(f"{key} ") for site in own))


def _variants(names: tuple[str, ...], own: set[str], others: set[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The names as they stand, and the same without what is no person's name or without other hands."""
    names = tuple(name for name in names if fold(name) not in own) or names
    names = tuple(name for name in names if not _is_part_of_site(name, own)) or names
    if not names:
        return
    people = tuple(name for name in names if _is_writer(name) and fold(name) not in own)
    writers = tuple(name for name in names if fold(name) not in others)
    yield names, "with others than persons" if 0 < len(people) < len(names) else ""
    if 0 < len(people) < len(names):
        yield people, "only persons"
    if 0 < len(writers) < len(names):
        yield writers, "without other hands"


def _said(
    facts: Facts, layout: Layout, headline: int | None, own: set[str]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The lists of names as they stand, with their places."""
    people = list(persons(facts))
    yield "json-ld", _stated([text_of(person.get("name")) for person in people], own)
    yield "json-ld person", clean_names([text_of(one.get("name")) for one in people if "Person" in kinds(one)])
    further = (one for node in facts.articles[1:4] for one in as_list(node.get("author")))
    yield "json-ld further", clean_names([text_of(one) for one in further])
    for name, place in _META.items():
        if values := facts.meta.get(name):
            yield place, _stated(values[:6], own)
    yield from _signed(layout, headline or 0)
    if headline is not None:
        yield from lines_that_sign(layout, headline)


def _called_after(facts: Facts, layout: Layout, sites: list[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The persons whose names the site bears."""
    for person, in_address in namesakes(facts, layout, sites[:-1], sites[-1] if sites else ""):
        if not _OFFICE.search(person):
            yield "site of a person", (person,)
            if in_address:
                yield "address of a person", (person,)


def _stated(values: list[str], own: set[str]) -> tuple[str, ...]:
    """The names that metadata give; the site's own whole, whatever words it is made of ("Luxury Travel Expert")."""
    names, whole = clean_names(values), tuple(dict.fromkeys(map(plain, values)))
    keys = set(map(fold, whole))
    if keys and keys <= own and keys != set(map(fold, names)) and not any(map(_ADDRESS.search, whole)):
        return whole
    return names


def _signed(layout: Layout, headline: int) -> Iterable[tuple[str, tuple[str, ...]]]:
    """What the elements that call themselves an author's or a byline hold."""
    seen: set[str] = set()
    last: tuple[int, str, tuple[str, ...]] | None = None
    for node, attributes, run in layout.elements.signed[:_MOST_MARKED]:
        if len(seen) >= _MOST_SIGNED or node.tag in _NO_BYLINE:
            continue
        ident = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        text = plain(attributes.get("content") or node.text(separator=" "))
        if not text or text in seen or "comment" in ident:
            continue
        seen.add(text)
        place = _place(layout, run, headline, ident)
        named = "name" in ident or "author" in (attributes.get("rel") or "") or attributes.get("itemprop") == "author"
        if len(text) <= LONGEST_BYLINE:
            names = may_sign(clean_names([without_date(text)]))
            yield f"{'named' if named else 'marked'} {place}", names
            if last and last[1] == ident and 0 <= run - last[0] <= 3 and names and not set(names) <= set(last[2]):
                names = (*last[2], *names)
                yield f"marked together {place}", names
            last = (run, ident, names) if names else last
        inner = [plain(one.attributes.get("content") or one.text(separator=" ")) for one in node.css(_NAMED)[:8]]
        if len(inner) > 1 or len(text) > LONGEST_BYLINE:
            yield f"names in {place}", may_sign(clean_names([one for one in inner if len(one) <= LONGEST_BYLINE]))


def _place(layout: Layout, run: int, headline: int, ident: str) -> str:
    """Where on the page a marked element stands."""
    if _AROUND.search(ident):
        return "around"
    if run < len(layout.runs):
        for number in layout.ancestors(layout.runs[run].box):
            box = layout.boxes[number]
            if box.tag in _ELSEWHERE or box.marks & (clutter.IS_COMMENTS | clutter.IS_RELATED | clutter.IS_RECOMMENDED):
                return "elsewhere"
    return distance_of(run - headline)


def _told_of(layout: Layout, found: Iterable[Signature]) -> set[str]:
    """The names with which a paragraph begins that tells of somebody ("Ada Byron is ...")."""
    names = tuple({name for one in found for name in one.names})
    notes = (run.text for run in layout.runs if 60 <= len(run.text) <= 900)
    openings = [text[:80] for text in notes if text.startswith(names) and text[0].isupper()]
    told = [opening[: match.start()] for opening in openings if (match := _TELLS.search(opening))]
    return {name for name in names for opening in told if opening.startswith(name)}


def _describe(found: dict[frozenset[str], Signature], own: set[str], others: set[str], told_of: set[str]) -> None:
    leading = {
        name: next((key for key, one in found.items() if begin in one.signals and not key <= own), None)
        for name, begin in (("stated", "json-ld"), ("given", "meta author"))
    }
    signing = [key for key, one in found.items() if not _NEAR.isdisjoint(one.signals) and _are_persons(one.names, own)]
    leading["near"] = frozenset().union(*signing) or None
    whole = {name for one in found.values() for name in one.names if " " in name}
    for key, one in found.items():
        if key <= own:
            kept = {"site near": 1.0} if not _NEAR.isdisjoint(one.signals) else {}
            one.signals = kept | {name: 1.0 for name in _CALLED_AFTER if name in one.signals}
        signals, names, is_site = one.signals, one.names, not key.isdisjoint(own)
        looks = [_look_of(name) for name in names]
        signals[f"places {min(len(signals), 5)}"] = 1.0
        signals[f"names {min(len(names), 4)}"] = 1.0
        signals.update((name, 1.0) for look in looks for name in look if name != "person")
        for name, so in (
            ("all near", len(key) > 1 and key == leading["near"]),
            ("all persons", all("person" in look for look in looks)),
            ("site", is_site),
            ("like site", any(_is_like(one, site) for one in key for site in own)),
            ("begins as another", any(one != other and one.startswith(other) for one in names for other in whole)),
            ("other hand", not key.isdisjoint(others)),
            ("biography", not told_of.isdisjoint(names)),
        ):
            if so:
                signals[name] = 1.0
        for name, other in leading.items():
            if other is not None and other != key:
                more = "more than" if key > other else "share with" if key & other else "not"
                signals[f"{'less than' if key < other else more} {name}"] = 1.0


def _weigh_words(found: dict[frozenset[str], Signature], layout: Layout) -> None:
    """Whether the words of names that no metadata gives stand in small letters on the page, as a person's do not."""
    doubtful = [one for one in found.values() if _STATES.isdisjoint(one.signals) and _may_be_plain(one)]
    text = " ".join([run.text for run in layout.runs if len(run.text) > _SENTENCE])[:_SAMPLE] if doubtful else ""
    for one in doubtful:
        words = [word for name in one.names for word in name.split() if len(word) > 3 and not word.islower()]
        plain = sum(f" {word.lower()} " in text for word in words)
        if words:
            one.signals[f"plain words: {'none' if not plain else 'some' if plain < len(words) else 'all'}"] = 1.0


def _weigh_rivals(found: dict[frozenset[str], Signature], own: set[str]) -> None:
    """What speaks against a site's or an office's name: others whom metadata name, a person who stands where a writer
    does, or is told of."""
    persons = [
        one.signals for key, one in found.items()
        if one.shown and key.isdisjoint(own) and _are_persons(one.names, own) and _DOUBTFUL.isdisjoint(one.signals)
    ]  # fmt: skip
    told_of = any("biography" in signals for signals in persons)
    beside = not all(map(_BESIDE.isdisjoint, persons))
    stated = any(not _STATES.isdisjoint(one.signals) and key.isdisjoint(own) for key, one in found.items())
    for key, one in found.items():
        if stated and key <= own:
            one.signals["site, though another is stated"] = 1.0
        for kind, so in (("site", not key.isdisjoint(own)), ("office", "office" in one.signals)):
            if so and told_of:
                one.signals[f"{kind}, though a person is told of"] = 1.0
            if so and beside:
                one.signals[f"{kind}, though a person stands beside"] = 1.0


def _may_be_plain(one: Signature) -> bool:
    return "one name beside a date" in one.signals or all("person" in _look_of(name) for name in one.names)


def _are_persons(names: tuple[str, ...], own: set[str]) -> bool:
    return all(_is_writer(name) and fold(name) not in own for name in names)


def _is_writer(name: str) -> bool:
    look = _look_of(name)
    return "person" in look and "office" not in look


@lru_cache(maxsize=1_000)
def _look_of(name: str) -> tuple[str, ...]:
    """What the letters of a name tell of it."""
    looks = (
        ("person", is_person(name)),
        ("office", _OFFICE.search(name)),
        ("label", LABEL.search(name)),
        ("login", " " not in name and (name.islower() or any(map(str.isdigit, name)))),
        ("one word", " " not in name),
        ("long", name.count(" ") > 3),
        ("in small letters", name[0].islower()),
        ("in capitals", name.isupper() and len(name) > 4),
    )
    return tuple(look for look, so in looks if so)


def _is_like(name: str, site: str) -> bool:
    return name != site and len(site) > 3 and (name in site or site in name)


def _other_hands(layout: Layout, headline: int | None) -> set[str]:
    """Those whom the lines around the headline name as photographers, editors or reviewers, folded."""
    found: set[str] = set()
    start = max(0, (headline or 0) - 5)
    for run in layout.runs[start : start + 40]:
        if len(run.text) <= 200 and (" by" in (text := run.text.lower()) or " from" in text):
            for match in _HANDS.finditer(run.text):
                found.update(fold(name) for name in clean_names([match[1]]))
    return found
