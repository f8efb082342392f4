"""Where an article comes from and what it shows differently from the earliest copy of its text.

Findings are data (a kind, what stands here, what stood there), never sentences: pages put them into words. Nothing here
judges persons, and what is not known stays silent. Which text is the earliest is left to `stream`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from coranto.stories.alignment import Passage, align, plain_words, sentences
from coranto.stories.context import Context
from coranto.stories.copies import same_text, text_shares
from coranto.stories.coverage import ArticleId, Coverage, bounded, each_once, house, instant, interval, sighting
from coranto.stories.credit import find_credit, mentions
from coranto.stories.evidence import OFTEN, doubt_words, evidence_in, explained, first_words
from coranto.stories.findings import Estimate, Finding, Provenance
from coranto.stories.fingerprints import COPY_SHARE
from coranto.stories.naming import names, plainly_names
from coranto.stories.origins import Choice, first_of, share_name
from coranto.stories.sureness import comparable, dates_apart, house_signature, is_agency, signers, stands_on
from coranto.stories.translations import in_common, told_again
from coranto.terms import words

DATE_SLACK = 2 * 86400.0
"""Claimed times up to two days apart are the same publication: embargoes, time zones, the evening's edition."""
STRAY_WORDS, STRAY_SHARE = 12, 0.04
"""Texts that differ in no more than so many words, and no more than this share of a short text, are the same: a line
added, a heading that one page has and the other has not."""
EARLIEST, LATEST = (edge.replace(microsecond=0, tzinfo=UTC).timestamp() for edge in (datetime.min, datetime.max))
WITHIN_WEIGHT = 3
"""What a word replaced within a sentence counts: whole lines come and go with a page's layout, words do not."""

_INVITES = re.compile(
    r"\b(?:sign(?:ing)?\s+up|subscri\w+|newsletter\w*|follow\s+(?:us|the|our)|check\s+out|(?:read|learn)\s+more|click"
    r"|download\w*|not\s+endorse|\d{3}[-.\s]\d{3,4}[-.\s]\d{4}"
    r"|e-?mail\w*|contact|whatsapp|facebook|instagram|podcast\w*|cookies?|affiliate|advertis\w+|all\s+rights"
    r"|editor['’]s\s+note|abonn\w+|folgen\s+sie|mehr\s+lesen|inscri\w+|suscr\w+|iscriv\w+|registr\w+|lesen\s+sie|lisez"
    r"|lea\s+también)\b|https?:|www\.|^\W*(?:\w+\W+){1,4}is\s+(?:an?|our)\s|^(?:\w+\W+){,8}\w+$",
    re.I,
)
"""A sentence in which a page speaks of itself to its readers, not of what happened; or a line that is no sentence."""

_FLAGS = {
    "translated": "translated",
    "date_differs": "redated",
    "name_differs": "resigned",
    "mention_missing": "source_stripped",
    "headline_differs": "headline_changed",
    "text_differs": "body_altered",
}


def compare(
    article: Coverage, earliest: Coverage, context: Context | None = None, others: Sequence[Coverage] = ()
) -> Provenance:
    """Set an article beside the earliest copy of its text, or the text that it translates. Where they share less than
    half of the shorter text, and neither surely translates the other, it is an 'own_report' with the share, and nothing
    else is said. `others` are further copies: a sentence at an end of the text is missing only where they have it. Of
    each text the first `LONGEST` letters are compared."""
    article, earliest, others = bounded(article), bounded(earliest), list(map(bounded, others))
    part, whole = text_shares(article.text, earliest.text)
    marks = in_common(article, earliest) if part < COPY_SHARE else None
    if part < COPY_SHARE and marks is None:
        return Provenance(article.id, "own_report", share=part, published=estimate(article, context))
    passages = align(earliest.text, article.text) if marks is None else ()
    same_house = house(article) == house(earliest)
    changed = _date(article, earliest) + _names(article, earliest, context)
    credit = None if same_house else find_credit(article, earliest, contradicted=len(changed) > 1)
    findings = [Finding("share", here=part)] if marks is None else [_translated(article, earliest, marks)]
    findings += _source(article, earliest, same_house, credit)
    if not same_house and credit is None:
        findings += _missing(article, earliest, passages, others)
    findings += changed
    if marks is None:
        findings += _headline(article, earliest) + _text(passages, earliest, whole)
    role = "credited_copy" if same_house or credit is not None else "uncredited_copy"
    flags = [_FLAGS[f.kind] for f in findings if f.kind in _FLAGS] if role == "uncredited_copy" else []
    share, published = part if marks is None else None, estimate(earliest, context)
    return Provenance(article.id, role, earliest.id, share, tuple(flags), tuple(findings), published)


def examine(coverages: Sequence[Coverage], context: Context | None = None) -> list[Provenance]:
    """What can be said of each article of one story, in the order given.

    An article without earlier text is an 'original' where others copied it or where it stands alone, an 'own_report'
    where nobody copied it and another outlet reports the same story. Of each text the first `LONGEST` letters are
    compared. ValueError where two that differ have one id.
    """
    known = each_once(coverages)
    first = _firsts(list(known.values()), context)
    copied = {choice.first.id for ident, choice in first.items() if choice.first.id != ident}
    houses = {house(coverage) for coverage in known.values() if first[coverage.id].first.id == coverage.id}
    having: dict[ArticleId, list[Coverage]] = {}
    for coverage in known.values():
        having.setdefault(first[coverage.id].first.id, []).append(coverage)
    return [
        _examined(known[one.id], first[one.id], having[first[one.id].first.id], copied, houses, context)
        for one in coverages
    ]


def _examined(
    coverage: Coverage, choice: Choice, having: list[Coverage], copied: set[ArticleId], houses: set[str],
    context: Context | None,
) -> Provenance:  # fmt: skip
    found = None
    if choice.first.id != coverage.id:
        found = compare(coverage, choice.first, context, having)
    if found is None or found.copy_of is None:
        alone = coverage.id in copied or houses <= {house(coverage)}
        role = "original" if alone else "own_report"
        found = Provenance(coverage.id, role, published=estimate(coverage, context))
        evidence = first_words(choice) if coverage.id in copied else ()
    else:
        evidence = (*explained(found.findings), *doubt_words(choice))
        found = found if choice.sure else replace(found, flags=())
    return replace(found, evidence=(*evidence, *evidence_in(coverage, context)))


def _firsts(coverages: Sequence[Coverage], context: Context | None) -> dict[ArticleId, Choice]:
    """For each article who had its text first, in whatever language."""
    chosen = [(members, first_of(members, context)) for members in same_text(coverages)]
    first = {member.id: choice for members, choice in chosen for member in members}
    for versions in told_again([choice.first for _, choice in chosen]):
        earliest = first_of(versions, context)
        others = {version.id for version in versions} - {earliest.first.id}
        for member in (member for members, choice in chosen if choice.first.id in others for member in members):
            if in_common(member, earliest.first):
                first[member.id] = earliest
    return first


def estimate(coverage: Coverage, context: Context | None = None) -> Estimate:
    """When the text of `coverage`, the earliest copy known, was published: its claimed time where no sighting is
    earlier, else the sighting less the outlet's usual delay."""
    seen, claimed = sighting(coverage), interval(coverage.published)
    if claimed is not None and (seen is None or claimed[0] <= instant(seen)):
        latest = claimed[1] if seen is None else min(claimed[1], instant(seen))
        return Estimate(coverage.published, _moment(claimed[0]), _moment(latest))
    if seen is None:
        return Estimate(None)
    return Estimate(seen - (context.delay(coverage.outlet) if context else seen - seen), None, seen)


def _translated(article: Coverage, earliest: Coverage, marks: Sequence[str]) -> Finding:
    return Finding("translated", here=article.language, earlier=earliest.language, sentence=", ".join(marks))


def _source(article, earliest, same_house, credit) -> list[Finding]:
    if same_house:
        return [Finding("same_outlet", here=article.outlet, earlier=earliest.outlet)]
    if credit is not None:
        others = credit.kind == "agency_mark" and not names(credit.sentence, earliest)
        return [Finding(credit.kind, earlier=credit.sentence if others else earliest.outlet, sentence=credit.sentence)]
    kept = mentions(article, earliest)
    if kept is None:
        return [Finding("source_not_named", earlier=earliest.outlet)]
    return [Finding("mentions_source", earlier=earliest.outlet, sentence=kept)]


def _missing(article, earliest, passages, others) -> list[Finding]:
    gone = missing_mention(article, earliest, passages, others)
    return [] if gone is None else [Finding("mention_missing", earlier=earliest.outlet, sentence=gone)]


def missing_mention(
    article: Coverage, earliest: Coverage, passages: Sequence[Passage], others: Sequence[Coverage] = ()
) -> str | None:
    """The first sentence in which the earliest copy names its outlet and which is missing between others that this one
    has, None where the outlet is still named or nothing like that is missing. What stands before or after all that both
    have may be the page's and not the text's unless another house's copy has it too, and so may be what invites to
    subscribe."""
    if not words(article.text) or any(names(sentence, earliest) for sentence in sentences(article.text)):
        return None
    both = [place for place, passage in enumerate(passages) if passage.here and passage.earlier]
    for place, passage in enumerate(passages) if both else ():
        if passage.earlier and passage.kind in ("dropped", "reworded"):
            for sentence in sentences(passage.earlier):
                if not plainly_names(sentence, earliest) or len(words(sentence)) <= 5 or _INVITES.search(sentence):
                    continue
                if both[0] <= place <= both[-1] or _is_kept(sentence, earliest, others):
                    return sentence
    return None


def _is_kept(sentence: str, earliest: Coverage, others: Sequence[Coverage]) -> bool:
    """Whether a copy in another house has the sentence."""
    plain = " ".join(plain_words(sentence))
    elsewhere = (other for other in others if house(other) != house(earliest))
    return any(plain in " ".join(plain_words(other.text)) for other in elsewhere)


def altered_words(passages: Sequence[Passage], earliest: Coverage) -> int:
    """How many words were dropped, added, moved or (these weigh more) replaced, besides the sentences in which only
    one of the two texts names the earliest copy's outlet."""
    return sum(
        passage.changed * (WITHIN_WEIGHT if passage.kind == "reworded" else 1)
        for passage in passages
        if passage.changed and names(passage.earlier, earliest) == names(passage.here, earliest)
    )


def _date(article: Coverage, earliest: Coverage) -> list[Finding]:
    gap = dates_apart(article, earliest, DATE_SLACK)
    if gap is None:
        return []
    days = int(abs(gap) // 86400)
    return [Finding("date_differs", article.published, earliest.published, days if gap > 0 else -days)]


def _names(article: Coverage, earliest: Coverage, context: Context | None) -> list[Finding]:
    # A byline that names the earliest copy's outlet or an agency, as reprints have, is credit and no other name.
    here = tuple(name for name in signers(article) if not names(name, earliest) and not is_agency(name))
    known, there = _takes_texts(article, here, context), signers(earliest)
    # A house may have signed for its writer, and another script may spell the same name, unless records speak.
    there = there or (house_signature(earliest) if known else ())
    if not here or not there or share_name(article.authors, earliest.authors):
        return []
    alike = known or any(comparable(one, other) for one in here for other in there)
    return [Finding("name_differs", here, there)] if alike and not any(stands_on(one, earliest) for one in here) else []


def _takes_texts(article: Coverage, signing: Sequence[str], context: Context | None) -> bool:
    """Whether the records say that many of the outlet's texts are others', or that one of the names signs in many
    houses."""
    if context is None:
        return False
    habit = context.outlets.get(article.outlet)
    return any(map(context.signs_everything, signing)) or (habit is not None and habit.share_taken >= OFTEN)


def _text(passages: Sequence[Passage], earliest: Coverage, whole: float) -> list[Finding]:
    stray = min(STRAY_WORDS, STRAY_SHARE * len(words(earliest.text)))
    return [Finding("text_differs", here=whole)] if altered_words(passages, earliest) > stray else []


def _headline(article: Coverage, earliest: Coverage) -> list[Finding]:
    if not words(article.title) or not words(earliest.title):
        return []
    if _bare_title(article) == _bare_title(earliest):
        return []
    return [Finding("headline_differs", article.title, earliest.title)]


def _bare_title(coverage: Coverage) -> list[str]:
    """The words of the headline without the outlet's name at its end; a dotless i as one with a dot, for capitals do
    not tell them apart."""
    title, outlet = plain_words(coverage.title.replace("ı", "i")), plain_words(coverage.outlet)
    return title[: -len(outlet)] if outlet and len(title) > len(outlet) and title[-len(outlet) :] == outlet else title


def _moment(second: float) -> datetime:
    """A second since 1970 as a time; the nearest there is, where the zones of a first or last day lead beyond."""
    return datetime.fromtimestamp(min(max(second, EARLIEST), LATEST), UTC)
