"""Does a copy say where its text comes from: credit lines, agency marks, bylines, addresses.

Reads one copy beside the earliest text like it. Which texts are copies, and what else differs, is left to others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coranto.stories.agencies import DATELINE_MARK, agency_mark, signing_agency
from coranto.stories.alignment import sentences
from coranto.stories.coverage import Coverage
from coranto.stories.naming import host_of, names, plainly_names
from coranto.terms import terms, words

_CREDIT_LINES = re.compile(
    r"""
    (?:originally|first|initially|previously)\s(?:published|appeared|ran|posted|reported)
    | (?:re-?published|reprinted|reproduced|syndicated|cross-?posted)\s(?:here\s)?(?:from|with|by|via|under|courtesy)
    | (?:used|printed|shown)\s(?:here\s)?(?:with|by)\s(?:kind\s)?permission
    | with\s(?:additional\s)?(?:reporting|material)\s(?:from|by)
    | courtesy\sof | shared\s(?:through|via|by)\s | content\spartner | under\sa\screative\scommons
    | (?:story|article|report)\s(?:is|was|comes|came)\s(?:produced\s|provided\s|written\s)?(?:by|from)\s
    | erschien\szuerst | zuerst\s(?:erschienen|veröffentlicht) | mit\s(?:freundlicher\s)?genehmigung | übernommen\svon
    | (?:publié|paru)e?s?\s(?:initialement|d['’]abord|pour\sla\spremière\sfois|à\sl['’]origine)
    | avec\sl['’]autorisation
    | (?:publicad|aparecid)[oa]\soriginalmente | publicó\s(?:originalmente|por\sprimera\svez)
    | apareció\s(?:primero|original)
    | pubblicat[oa]\s(?:originariamente|originalmente|per\sla\sprima\svolta) | per\sgentile\sconcessione
    | reproduzid[oa]\s(?:de|com) | oorspronkelijk\s(?:gepubliceerd|verschenen) | verscheen\s(?:eerder|eerst)
    | overgenomen\s(?:van|uit)
    | publicerades\s(?:först|ursprungligen) | først\s(?:publisert|publiceret|udgivet|bragt)
    | pierwotnie\sopublikowan | впервые\sопубликован | первоначально\sопубликован
    | перепечатк | نقلا\sعن | نُ?شر(?:ت)?\s(?:أولا|لأول\sمرة)
    | ilk\solarak\s.{0,40}yayınlan | 转载自 | 轉載自 | 原载于 | から転載 | より転載 | 에서\s전재
    | ^(?:\W{0,3})
      (?:source|quelle|fuente|fonte|bron|källa|kilde|źródło|источник|джерело|kaynak
      |المصدر|מקור|来源|來源|出典|출처)\s?[:：]
    | ^(?:\W{0,3})(?:via|by\sarrangement\swith|mit\smaterial\svon)\s
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How credit is given in the languages at hand; a line that matches says that a text comes from elsewhere."""

_CLOSING_MARK = re.compile(r"(?:[(\[]|[—–-]\s?)([^()\[\]\n—–]{2,40})[)\]]?$")
_IN_PART = re.compile(r"\b(?:reporting|material)\b", re.I)
_BEFORE_NAME = re.compile(
    r"^(?:\W|(?:in|on|at|by|from|with|of|the|and|permission|bei|von|der|dem|des|par|dans|sur|en|por|su|da|di|op|i|hos)\b)+",
    re.I,
)
_NAME = re.compile(
    r"(?:[\w-]+\.)+[a-z]{2,}|[^\W\d_][\w&’'-]*(?:\s(?:of\sthe\s|of\s|&\s)?[A-ZÀ-ÖØ-Þ][\w&’'-]*){0,4}"
)
EDGE = 400
"""Characters at either end of a text in which a page gives credit."""


@dataclass(frozen=True, slots=True)
class Credit:
    """How a copy names its source: `kind` is 'links_source', 'names_source' or 'agency_mark'; `sentence` is the
    line that does it, or the address."""

    kind: str
    sentence: str


def find_credit(copy: Coverage, earliest: Coverage, contradicted: bool = False) -> Credit | None:
    """The plainest way in which `copy` says that its text is not its own, None where there is none. A mark within the
    text says so only where the page does not claim the text for another person and another time (`contradicted`)."""
    for way in (_linked, _named_aside, _signed if contradicted else _marked, _credit_line):
        found = way(copy, earliest)
        if found is not None:
            return found
    return None


def credited_in(line: str) -> str | None:
    """The name or the host to which a credit line gives the whole text, None where the line is no such."""
    found = _CREDIT_LINES.search(line)
    if found is None or _IN_PART.search(found[0]):
        return None
    name = _NAME.match(_BEFORE_NAME.sub("", line[found.end() :]))
    return name[0] if name else None


def mentions(copy: Coverage, earliest: Coverage) -> str | None:
    """The first sentence of `copy` that plainly names the earliest copy's outlet, None where none does."""
    return next((line for line in sentences(copy.text) if plainly_names(line, earliest)), None)


def _linked(copy: Coverage, earliest: Coverage) -> Credit | None:
    home, own = host_of(earliest.url), host_of(copy.url)
    for address in (copy.canonical, copy.syndicated_from):
        host = host_of(address)
        theirs = host == home or address == copy.syndicated_from or names(host or "", earliest)
        if host is not None and host != own and theirs:
            return Credit("links_source", address)
    return None


def _named_aside(copy: Coverage, earliest: Coverage) -> Credit | None:
    """A name outside the running text: the feed's source, the byline, the notices, the source read from the text."""
    if copy.syndicated_from and host_of(copy.syndicated_from) is None and copy.syndicated_from != copy.outlet:
        return Credit("names_source", copy.syndicated_from)
    for line in (*copy.authors, *copy.notices):
        if names(line, earliest):
            return Credit("names_source", line)
    named = [one.sentence for one in copy.cited if one.kind == "outlet" and names(one.name, earliest)]
    kept = set(sentences(earliest.text)) if named else ()
    return next((Credit("names_source", sentence) for sentence in named if sentence not in kept), None)


def _marked(copy: Coverage, earliest: Coverage) -> Credit | None:
    """An agency's mark: the earliest copy's outlet at the dateline or at the very end, the same dateline mark in both,
    which then have a common source, or that of a known agency at either end or in the byline."""
    opening, theirs = DATELINE_MARK.match(copy.text.lstrip()), DATELINE_MARK.match(earliest.text.lstrip())
    closing = _CLOSING_MARK.search(copy.text.rstrip()[-60:])
    for mark in (opening, closing):
        if mark is not None and names(mark[1], earliest):
            return Credit("agency_mark", mark[1])
    if opening is not None and theirs is not None and opening[1] == theirs[1] and not names(opening[1], copy):
        return Credit("agency_mark", opening[1])
    return _agencys(agency_mark(copy), copy)


def _signed(copy: Coverage, earliest: Coverage) -> Credit | None:
    """A known agency in the byline."""
    return _agencys(signing_agency(copy), copy)


def _agencys(mark: str | None, copy: Coverage) -> Credit | None:
    return Credit("agency_mark", mark) if mark is not None and not names(mark, copy) else None


def _credit_line(copy: Coverage, earliest: Coverage) -> Credit | None:
    """A line at either end, or cut from it, that gives credit or names the source, and is not the original's own."""
    edges = (*copy.notices, *_sentences_of(copy.text[:EDGE]), *_sentences_of(copy.text[-EDGE:]))
    told = [line for line in edges if _gives_credit(line, copy, earliest) or _only_names(line, earliest)]
    if not told:
        return None
    theirs = [*sentences(earliest.text), *earliest.notices]
    kept, naming = {_plain(line) for line in theirs}, [_plain(line) for line in theirs if names(line, earliest)]
    for line in told:
        plain = _plain(line)
        if plain in kept or not plain or any(plain in other for other in kept if len(other) > len(plain)):
            continue
        if _gives_credit(line, copy, earliest) or not _is_like(line, naming, earliest):
            return Credit("names_source", line)
    return None


def _gives_credit(line: str, copy: Coverage, earliest: Coverage) -> bool:
    """Whether a line says that a text comes from elsewhere, and not that it comes from the copy's own outlet."""
    return _is_credit_line(line) and (names(line, earliest) or not names(line, copy))


def _only_names(line: str, earliest: Coverage) -> bool:
    return names(line, earliest) and len(words(line)) <= 40


# A copy is held against each of the others that have its text.
_sentences_of = lru_cache(maxsize=256)(sentences)


@lru_cache(maxsize=1024)
def _is_credit_line(line: str) -> bool:
    return _CREDIT_LINES.search(line) is not None


def _is_like(line: str, others: list[str], earliest: Coverage) -> bool:
    """Whether most of what the line says besides the outlet's name stands in one of the others: a sentence that was
    reworded, not added."""
    own = set(terms(line)) - set(terms(f"{earliest.outlet} {earliest.publisher or ''}"))
    return len(own) > 1 and any(2 * len(own & set(terms(other))) > len(own) for other in others)


def _plain(line: str) -> str:
    return " ".join(words(line))
