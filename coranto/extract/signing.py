"""Who signs an article: the candidates a page gives, and which of them to believe.

Metadata and the page's own byline are compared; the byline that readers see wins where metadata names the outlet, an
account or nobody. Cleaning of single strings is in `names`.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from coranto.articles import Person

from .blocks import Layout
from .cleaning import absolute
from .metadata import Facts, persons, text_of
from .names import clean_names
from .words import fold, plain, squeeze

_META = ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "citation_author", "og:article:author", "cxenseparse:author", "vr:author", "article:author", "twitter:creator_name", "authors", "creator", "rnews:creator", "cxenseparse:recs:author")  # noqa: E501
_MARKED = '[rel~="author"],[itemprop~="author"],[class*="byline" i],[class*="author" i],[class*="autor" i],[data-testid*="byline" i],[class*="writer" i]'
_BY = re.compile(r"^(?:(?:written|posted|reported|story|text|words)\s+)?(?:by|von|par|por|di|door|av|af|przez|автор|text|texto|autor(?:in)?)\b:?\s+(?=[^\W\d_])", re.I)
_AROUND = re.compile(r"related|recirc|comment|footer|sidebar|widget|teaser|card|promo|most|popular|recommend", re.I)
_BIO_IDENT = re.compile(r"(?<![a-z])(?:author|autor|contributor|writer|bio|profile)", re.I)
_BIO_VERB = re.compile(r"\b(?:is|was|has|covers|writes|joined|works|lives|reports|ist|schreibt|arbeitet|est|écrit|es|escribe|è|scrive)\b")


def signatures(facts: Facts, tree: LexborHTMLParser, layout: Layout, outlet: str | None, headline: int | None) -> tuple[str, ...]:
    """The names that sign the article, plain, in the page's order."""
    linked = clean_names([text_of(person.get("name")) for person in persons(facts)], outlet)
    linked = tuple(name for name in linked if not _is_outlet(name, outlet))
    if linked:
        return linked
    meta = clean_names([value for name in _META for value in facts.meta.get(name, ())[:6]], outlet)
    shown = _shown(tree, layout, outlet, headline)
    meta = tuple(name for name in meta if not _is_outlet(name, outlet))
    if meta and (not shown or _is_account(meta) is False):
        return meta
    if shown:
        return shown
    if meta:
        return meta
    return clean_names([text_of(person.get("name")) for person in persons(facts)])


def people(names: tuple[str, ...], facts: Facts, layout: Layout, url: str | None, notes: list[str]) -> tuple[Person, ...]:
    """The signing persons with role, bio and address where the page has them.

    `notes` are paragraphs that tell of somebody; one goes with the person whom it names, signing or not.
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
                bio=text_of(person.get("description")) or bio_for(name, notes),
                url=absolute(address, url) if isinstance(address, str) else None,
            )
        )
    return tuple(found)


def bio_for(name: str, notes: list[str]) -> str | None:
    """The note that opens with `name` and says something about the person."""
    for note in notes:
        head = note[: len(name) + 12]
        if fold(name) in fold(head) and _BIO_VERB.search(note[len(name) : len(name) + 60]):
            return note
    return None


def bio_notes(layout: Layout) -> list[str]:
    """Paragraphs in boxes about the author, outside any judgement whether they are the body's."""
    notes = []
    for run in layout.runs:
        if 40 <= len(run.text) <= 900 and run.linked < 0.6 * len(run.text) and run.text[0].isupper():
            idents = [layout.boxes[number].ident for number in list(layout.ancestors(run.box))[:4]]
            if any(ident and _BIO_IDENT.search(ident) for ident in idents):
                notes.append(run.text)
    return notes[:12]


def _shown(tree: LexborHTMLParser, layout: Layout, outlet: str | None, headline: int | None) -> tuple[str, ...]:
    """The byline that readers see: marked elements in the page's order, else a line near the headline that begins with "By"."""
    raw: list[str] = []
    for node in tree.css(_MARKED)[:40]:
        attributes = node.attributes
        ident = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if _AROUND.search(ident) or node.tag in ("img", "body", "html", "link", "article", "section", "main", "form", "input"):
            continue
        names = node.css('[itemprop~="name"],[rel~="author"],[class*="author-name" i],[class*="authorname" i],a[href*="author" i]')
        texts = [plain(name.attributes.get("content") or name.text()) for name in names if name.tag != "img"] or [plain(attributes.get("content") or node.text())]
        texts = [text for text in texts if text and len(text) <= 140]
        if texts:
            found = clean_names(texts, outlet)
            if found:
                raw.extend(texts)
                break
    if not raw and headline is not None:
        for run in layout.runs[max(0, headline - 4) : headline + 12]:
            if len(run.text) <= 120 and _BY.match(run.text):
                raw.append(_cut_date(run.text))
                break
    return tuple(name for name in clean_names(raw, outlet))


def _cut_date(text: str) -> str:
    return squeeze(re.split(r"\s*(?:\d{1,2}[./:]\d|\b(?:19|20)\d\d\b|\bon \w+day|\|)", text)[0])


def _is_outlet(name: str, outlet: str | None) -> bool:
    return bool(outlet) and fold(name) == fold(outlet or "")


def _is_account(names: tuple[str, ...]) -> bool:
    """Whether the only name given looks like a login rather than a person ("jsmith", "webadmin2")."""
    return len(names) == 1 and " " not in names[0] and (names[0].islower() or any(c.isdigit() for c in names[0]))
