"""Who signs an article: the candidates a page gives, and which of them to believe.

Metadata and the page's own byline are compared; the byline that readers see wins where metadata names the outlet, an
account or nobody. Cleaning of single strings is in `names`.
"""

from __future__ import annotations

import re

from coranto.articles import Person

from . import clutter
from .blocks import Layout
from .body import BEHIND, Body
from .cleaning import absolute
from .dates import find_moment
from .metadata import Facts, persons, text_of
from .names import clean_names
from .words import fold, plain, squeeze

_META = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "citation_author",
    "og:article:author",
    "cxenseparse:author",
    "vr:author",
    "article:author",
    "twitter:creator_name",
    "authors",
    "creator",
    "rnews:creator",
    "cxenseparse:recs:author",
)
_BY = re.compile(
    r"(?:^|(?<=[|\d\s])(?=by\s))(?:(?:written|posted|reported|story|text|words)\s+)?(?:by|von|par|por|di|door|av|"
    r"af|przez|автор|text|texto|autor(?:in)?)(?:\b:?\s+(?=[^\W\d_])|(?-i:(?=[A-Z][a-z])))",
    re.I,
)
_HANDS = re.compile(
    r"\b(?:photo(?:s|graph(?:s|y|ed))?|images?|styl(?:ed|ing|ist)|illustrat(?:ed|ions?)|edited|fact[- ]checked|"
    r"(?:medically )?reviewed|videos?|produced|hair|makeup|art)(?: and \w+)? by:?\s+([^|]{4,60})",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:staff|admin|team|desk|redaktion|redazione|redacción|rédaction|redactie|editors?|news|nachrichten|"
    r"webmaster|newsroom|developer)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:see|view|read|full|more|all|profile|related|topics?|follow|share|home|blog|about|menu|search|log ?in|"
    r"subscribe|social media|written|twitter|facebook|instagram|linkedin|"
    r"author|authors|editor|writer|director|founder|publisher|officer|intern|manager|expert|coach|student|click|"
    r"find|location|posts?|comments?|min(?:ute)?s?|updated|published|photography|"
    r"category|categories|tags?|tips|marketing|finance|news|sports?|politics|opinion|commentary|payments?|privacy|"
    r"strategy|front page|football|kommentar|von|mehr|kontakt|artikel)\b",
    re.I,
)
_NAME_SHAPE = re.compile(
    r"^[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]+(?:\s+(?:de|van|von|der|bin|al|del|la|Mc|"
    r"[A-Z]\.?))?(?:\s+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]+){1,2}$"
)
_OPENING_NAME = re.compile(
    r"^((?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*)(?:\s+(?:de|van|von|der|bin|al|del|la)){0,2}"
    r"(?:\s+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*){1,3}),?\s+[a-zà-öø-ÿа-яα-ω]"
)
_VIEW_COUNT = re.compile(r"\b(?:views?|reads?|aufrufe|vues|visitas|visualizzazioni)$", re.I)
_AROUND = re.compile(r"related|recirc|comment|footer|sidebar|widget|teaser|card|promo|most|popular|recommend", re.I)
_MOST_MARKED = 40
_BIO_VERB = re.compile(
    r"\b(?:is|was|has|covers|writes|joined|works|lives|reports|ist|schreibt|arbeitet|est|écrit|es|escribe|è|scrive)\b"
)


def signatures(
    facts: Facts, layout: Layout, sites: list[str], headline: int | None
) -> tuple[str, ...]:
    """The names that sign the article, plain, in the page's order. `sites` are the names of the site itself.

    Structured data first, then meta tags, then the byline that readers see; a byline with more names than the data
    wins, a name that is only the site's counts if there is no other, and whoever merely photographed or edited does
    not.
    """
    own = {fold(site) for site in sites if site}
    others = _other_hands(layout, headline)

    def believed(values: list) -> tuple[str, ...]:
        names = tuple(name for name in clean_names(values) if fold(name) not in own)
        return tuple(name for name in names if fold(name) not in others) or names

    stated = believed([text_of(person.get("name")) for person in persons(facts)])
    given = [value for name in _META for value in facts.meta.get(name, ())[:6]]
    if not stated:
        stated = believed(given)
    if stated and not _is_nobody(stated) and len(stated) > 1:
        return stated
    shown = believed(list(_shown(layout, headline, own)))
    if stated and not _is_nobody(stated):
        more = len(stated) < len(shown) <= 4 and {fold(name) for name in stated} < {fold(name) for name in shown}
        return shown if more and all(_NAME_SHAPE.match(name) for name in shown) else stated
    return (
        shown or stated or clean_names([text_of(person.get("name")) for person in persons(facts)]) or clean_names(given)
    )


def _other_hands(layout: Layout, headline: int | None) -> set[str]:
    """Those whom the lines around the headline name as photographers, editors or reviewers, folded."""
    found: set[str] = set()
    start = max(0, (headline or 0) - 5)
    for run in layout.runs[start : start + 40]:
        if len(run.text) <= 200:
            for match in _HANDS.finditer(run.text):
                found.update(fold(name) for name in clean_names([match[1]]))
    return found


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
    notes = []
    for run in layout.runs:
        if 40 <= len(run.text) <= 900 and run.linked < 0.6 * len(run.text) and run.text[0].isupper():
            idents = [layout.boxes[number].ident for number in list(layout.ancestors(run.box))[:4]]
            if any(ident and clutter.marks_of(ident) & clutter.IS_BIO for ident in idents):
                notes.append(run.text)
    return notes[:12]


def _shown(layout: Layout, headline: int | None, own: set[str]) -> tuple[str, ...]:
    """The byline that readers see: marked elements in the page's order, else lines near the headline."""
    for node, attributes in layout.elements.signed[:_MOST_MARKED]:
        ident = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if _AROUND.search(ident) or node.tag in (
            "img",
            "body",
            "html",
            "link",
            "article",
            "section",
            "main",
            "form",
            "input",
        ):
            continue
        inner = node.css(
            '[itemprop~="name"],[rel~="author"],[class*="author-name" i],[class*="authorname" i],a[href*="author" i]'
        )
        texts = [
            plain(name.attributes.get("content") or name.text(separator=" ")) for name in inner if name.tag != "img"
        ]
        texts = texts or [_without_date(plain(attributes.get("content") or node.text(separator=" ")))]
        names = tuple(
            name for name in clean_names([text for text in texts if text and len(text) <= 140]) if _may_sign(name)
        )
        if names and not all(fold(name) in own for name in names):
            return names
    return _from_lines(layout, headline) if headline is not None else ()


def _from_lines(layout: Layout, headline: int) -> tuple[str, ...]:
    """A line near the headline that begins with "By" or else has it inside, or holds nothing but a name right beside a
    date. Inside a line "by" is mostly a word like others: a name in capitals must follow, or a date stand there."""
    start = max(0, headline - 4)
    near = layout.runs[start : headline + 14]
    signed = [(match.start(), run.text) for run in near if len(run.text) <= 140 and (match := _BY.search(run.text))]
    for place, text in sorted(signed, key=lambda pair: pair[0] > 0):
        names = tuple(name for name in clean_names([_without_date(text[place:])]) if _may_sign(name))
        if names and (not place or not names[0][0].islower() or find_moment(text)):
            return names
    for number, run in enumerate(near):
        if run.tag in ("h1", "h2") or abs(start + number - headline) > 7 or not _NAME_SHAPE.match(run.text):
            continue
        if _VIEW_COUNT.search(run.text):
            continue
        beside = near[max(0, number - 2) : number] + near[number + 1 : number + 3]
        if any(len(other.text) <= 80 and find_moment(other.text) for other in beside):
            return clean_names([run.text])
    return ()


def _may_sign(name: str) -> bool:
    """Whether what stands in a byline's place can be a name: no sentence, no label, no menu."""
    if _LABEL.search(name) or name[-1] in "?!…:" or (name[0].islower() and " " in name):
        return False
    return not any(character.isdigit() for character in name)


def _without_date(text: str) -> str:
    """A byline without the date and hour that often stand on the same line."""
    hit = find_moment(text) if len(text) <= 200 else None
    if hit is None:
        return text
    before = re.sub(
        r"(?:\b(?:on|am|le|el|published|updated|posted|last)\b|[|,·•:\s-])+$", "", text[: hit[1]], flags=re.I
    )
    return squeeze(
        before
        if len(before) > 4
        else text[hit[2] :].split("|")[-1]
        if _BY.search(text[hit[2] :]) is None
        else text[hit[2] :]
    )


def _is_nobody(names: tuple[str, ...]) -> bool:
    """Whether the only name given is a login or an office rather than a person ("jsmith2", "Web Desk")."""
    if len(names) != 1:
        return False
    name = names[0]
    login = " " not in name and (name.islower() or any(character.isdigit() for character in name))
    return login or bool(_OFFICE.search(name))
