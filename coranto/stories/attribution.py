"""Whose text a page says it is: reporters the text names, biographies, marks, copyright lines, credits, addresses.

Reads one article alone, and says only what names somebody other than its own outlet and byline. Whether a copy credits
the text it shares with another is `credit`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coranto.articles import Person
from coranto.stories.agencies import AGENCIES, CLOSING_MARK, DATELINE_MARK, agency_mark
from coranto.stories.alignment import sentences
from coranto.stories.coverage import Coverage
from coranto.stories.credit import EDGE, credited_in
from coranto.stories.naming import host_of, names
from coranto.stories.remarks import Evidence
from coranto.terms import words

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©(c):]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?[\s,:]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.;|\n]{1,60})", re.I,
)  # fmt: skip
_PLACED = re.compile(
    r"\b(?i:correspondent|reporter|editor|writer|columnist|journalist\w*|anchor|producer|photographer|contributor|critic"
    r"|fellow|redakteur\w*|korrespondent\w*|autor\w*|rédact\w+|correspondante?|corresponsal|redactora?|periodista"
    r"|giornalista|corrispondente|jornalista|redacteur|verslaggever)\b[^.;]{0,40}?\s"
    r"(?:for|at|with|of|bei|beim|für|chez|au|à|de|del|di|per|da|do|van|voor)\s+(?:the\s+|der\s+|la\s+|el\s+)?"
    r"(?P<name>[A-ZÀ-ÖØ-Þ](?:[\w&-]|[’'.](?=\w))*(?:\s+(?:of\s+the\s+|&\s+)?[A-ZÀ-ÖØ-Þ](?:[\w&-]|[’'](?=\w))*){0,4})"
)
_FORMERLY = re.compile(
    r"\b(?:former(?:ly)?|previous(?:ly)?|once|was|has\s+been|ehemalig\w*|früher\w*|zuvor|war|ancien\w*|exredactora?|fue"
    r"|anteriormente|precedentemente|voormalig\w*)\b", re.I,
)  # fmt: skip
MOST_REPORTERS = 5
MOST_CREDITS = 3


def attributions(coverage: Coverage) -> Iterator[Evidence]:
    """What on the page names another source, reporter or owner than its outlet and byline."""
    yield from _reporters(coverage)
    for person in coverage.people:
        yield from _biography(coverage, person)
    yield from _marks(coverage)
    yield from _owners(coverage)
    credits = [picture.credit for picture in coverage.images if picture.credit and not names(picture.credit, coverage)]
    for credit in list(dict.fromkeys(credits))[:MOST_CREDITS]:
        yield Evidence("picture_credit", "picture", credit, f"A picture is credited to {credit}.", credit)
    yield from _addresses(coverage)


def source_of(coverage: Coverage) -> str | None:
    """The agency, press service or outlet that the article itself names as the one its text is from, None where it
    names none or only itself. Who was told something or is quoted is no source of the text."""
    return next((name for name in _sources(coverage) if not names(name, coverage)), None)


def _sources(coverage: Coverage) -> Iterator[str]:
    beside = (host_of(coverage.syndicated_from) or coverage.syndicated_from, _canonical_host(coverage))
    text = coverage.text.strip()
    lines = (*coverage.notices, *sentences(text[:EDGE])[:2], *sentences(text[-EDGE:])[-2:])
    yield from filter(None, (agency_mark(coverage), *beside, *map(credited_in, lines)))


def _reporters(coverage: Coverage) -> Iterator[Evidence]:
    others = {}
    for cited in coverage.cited:
        if cited.kind == "outlet" and not names(cited.name, coverage):
            others.setdefault(" ".join(words(cited.name)).removeprefix("the "), cited)
    for cited in list(others.values())[:MOST_REPORTERS]:
        says = f"The text names {cited.name} as who was told or reported it."
        yield Evidence("reported_by", "text", cited.sentence, says, cited.name)


def _biography(coverage: Coverage, person: Person) -> Iterator[Evidence]:
    if not person.bio:
        return
    outlet = placed_at(person.bio, coverage)
    if outlet is not None:
        says = f"The biography places {person.name} at {outlet}; the page is in {coverage.outlet}."
        yield Evidence("bio_of_other_outlet", "biography", person.bio, says, person.name)


def placed_at(bio: str, coverage: Coverage) -> str | None:
    """The outlet other than the coverage's own at which a biography says that its person works, None where it says
    none."""
    for line in sentences(bio):
        match = _PLACED.search(line)
        if match is not None and not _FORMERLY.search(line[: match.start()]) and not _is_own(match["name"], coverage):
            return match["name"].removesuffix("’s").removesuffix("'s")
    return None


def _is_own(name: str, coverage: Coverage) -> bool:
    """Whether a name is the outlet's, also as its host writes it: "the Star" at thestar.example."""
    label = (host_of(coverage.url) or "").partition(".")[0]
    return names(name, coverage) or (len(label) > 2 and "".join(words(name)) in (label, label.removeprefix("the")))


def _marks(coverage: Coverage) -> Iterator[Evidence]:
    text = coverage.text.strip()
    for where, match in (("dateline", DATELINE_MARK.match(text)), ("end", CLOSING_MARK.search(text[-60:]))):
        if match is not None and set(words(match[1])) & AGENCIES and not names(match[1], coverage):
            says = f"The text bears the mark of an agency: {match[1]}."
            yield Evidence("agency_mark", where, match[0].strip(), says, match[1])


def _owners(coverage: Coverage) -> Iterator[Evidence]:
    for line in (*coverage.notices, *sentences(coverage.text)[-3:]):
        match = _COPYRIGHT.search(line)
        if match is not None and not names(match["name"], coverage):
            name = match["name"].strip()
            yield Evidence("copyright_line", "notice", line, f"A copyright line names {name}.", name)
            return


def _addresses(coverage: Coverage) -> Iterator[Evidence]:
    own, canonical = host_of(coverage.url), _canonical_host(coverage)
    if canonical:
        says = f"The page gives an address at {canonical} as that of its text."
        yield Evidence("canonical_elsewhere", "markup", coverage.canonical, says, canonical)
    source = coverage.syndicated_from
    if source and not names(source, coverage) and (host_of(source) or source) != own:
        name = host_of(source) or source
        says = f"The feed or the page names {name} as the source of the text."
        yield Evidence("feed_source", "feed", source, says, name)


def _canonical_host(coverage: Coverage) -> str | None:
    """The host that the page gives as that of its text, where it is another's."""
    own, canonical = host_of(coverage.url), host_of(coverage.canonical)
    if not own or not canonical or own == canonical:
        return None
    return None if own.endswith("." + canonical) or canonical.endswith("." + own) else canonical
