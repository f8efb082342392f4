"""Which of several articles with one text had it first, also where the sightings do not tell.

An article first seen days before the others has it first, unless two things that do not depend on our looking speak for
another. Where all were seen in one import, what the copies say of themselves decides: whom they name, whom the text
names, whose name they kept, which text and headline were cut, how their outlets deal with texts and dates otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coranto.stories.context import Context
from coranto.stories.coverage import Coverage, dated_ahead, each_once, house, instant, sighting
from coranto.stories.credit import Credit, find_credit, mentions
from coranto.stories.naming import host_of, names, same_name
from coranto.stories.textual_time import misfit, time_clues
from coranto.terms import words

SAME_LOOK = 3600.0
"""Sightings less than an hour apart, as when many outlets are read for the first time, do not say who was first; then
the claimed time decides."""
SAME_ROUND = 6 * 3600.0
"""Sightings this close do not say so either where each came within two days after the claimed time: outlets are read at
intervals."""
SAME_IMPORT = 86400.0
LATE_LOOK = 2 * 86400.0
"""Where the first sighting itself came more than two days after the claimed time, or before it, a stock of older pages
was being read: then sightings up to a day apart do not say who was first either."""
CUT = 0.93
"""A text is cut where it has less than so much of the others' length."""
MOST_WEIGHED = 60
"""Of a text that more articles carry, so many are weighed, those first seen."""
WEIGHTS = {
    "seen_first": 6.0,
    "seen_live": 2.0,
    "claimed_first": 1.5,
    "named_as_source": 4.0,
    "names_itself": 3.0,
    "name_kept": 1.0,
    "usual_headline": 1.0,
    "text_cut": -2.0,
    "headline_cut": -3.0,
    "dated_ahead": -3.0,
    "dated_back": -2.0,
    "time_misfit": -3.0,
    "two_names": -2.0,
    "signs_everything": -2.0,
    "takes_texts": -4.0,
    "misdates": -2.0,
}
"""What each piece of evidence counts for an article as the first: twice as much as another where it should decide alone
against it. `named_as_source` and `name_kept` count once for each other house, up to twice; the last two by the share of
the outlet's articles."""
UNSURE = 1.0
"""A lead smaller than this over the best article of another house leaves open who was first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The article that had the text first, whether that is `sure`, and the kinds of evidence for and against it."""

    first: Coverage
    sure: bool
    evidence: tuple[str, ...]


def could_be_first(looks: Sequence[tuple[float, float]]) -> list[bool]:
    """For each of `looks` (seconds of sighting and of claimed time) whether it is so close to the earliest sighting
    that looking does not tell who was first."""
    sighted, claimed = min(looks)
    bound = sighted + (SAME_LOOK if _is_live(sighted, claimed) else SAME_IMPORT)
    rounds = sighted + (SAME_ROUND if _is_live(sighted, claimed) else SAME_IMPORT)
    return [seen <= bound or (seen <= rounds and _is_live(seen, claim)) for seen, claim in looks]


def _is_live(sighted: float, claimed: float) -> bool:
    return 0 <= sighted - claimed <= LATE_LOOK


def first_of(members: Sequence[Coverage], context: Context | None = None) -> Choice:
    """Who of these, which share a text, had it first. ValueError where two that differ have one id."""
    known = each_once(members)
    if len(known) == 1:
        return Choice(members[0], True, ())
    weighed = sorted(known.values(), key=placed)[:MOST_WEIGHED]
    looks = {member.id: look(member) for member in weighed}
    early = {m.id for m, first in zip(weighed, could_be_first(list(looks.values())), strict=True) if first}
    start = min(looks[ident][0] for ident in early)
    # Whoever was seen later can only be first where it claims to be older than our first look.
    credits = {member.id: _credits(member, weighed) for member in weighed}
    able = [member for member in weighed if member.id in early or looks[member.id][1] < start]
    able = [member for member in able if not credits[member.id]] or able
    unread = any(_is_unread(member, looks[member.id], context) for member in able if member.id not in early)
    found = {}
    for member in able:
        found[member.id] = _evidence(member, weighed, able, looks, credits) | _record(member, looks, context)
        if member.id in early and len(early) < len(weighed):
            found[member.id]["seen_live" if unread else "seen_first"] = 1.0
    scores = {ident: sum(WEIGHTS[kind] * count for kind, count in kinds.items()) for ident, kinds in found.items()}
    best = min(able, key=lambda member: (-scores[member.id], min(looks[member.id]), placed(member)))
    others = [scores[member.id] for member in able if house(member) != house(best)]
    sure = not others or scores[best.id] - max(others) >= UNSURE
    first = next(member for member in members if member.id == best.id)
    return Choice(first, sure, tuple(found[best.id]))


def look(member: Coverage) -> tuple[float, float]:
    """The seconds of first sighting and of claimed time, each standing in for the other where one is unknown."""
    return looked(instant(sighting(member)), instant(member.published))


def looked(seen: float | None, claimed: float | None) -> tuple[float, float]:
    """The same of known seconds."""
    first = seen if seen is not None else claimed
    if first is None:
        return float("inf"), float("inf")
    return first, first if claimed is None else claimed


def placed(member: Coverage) -> tuple[float, float, str]:
    """What articles are ordered by: the look, and where all is the same the id, so that no order of giving counts."""
    return (*look(member), str(member.id))


def _evidence(member, members, able, looks, credits) -> dict[str, float]:
    """The kinds of evidence about `member` on the pages themselves, each with how often it counts."""
    sighted, claimed = looks[member.id]
    others = [other for other in members if house(other) != house(member)]
    naming = {house(other) for other in others if any(_is_to(credit, member) for credit in credits[other.id])}
    keeping = {house(other) for other in others if share_name(other.authors, member.authors)}
    titles = Counter(tuple(words(other.title)) for other in members)
    found = {
        "claimed_first": min(looks[member.id]) == min(min(looks[other.id]) for other in able),
        "named_as_source": min(2, len(naming)),
        "names_itself": mentions(member, member) is not None,
        "name_kept": min(2, len(keeping)),
        "usual_headline": titles[tuple(words(member.title))] == max(titles.values()) > 1,
        "text_cut": _is_shorter(member, [other for other in members if not credits[other.id]]),
        "headline_cut": any(is_cut(member.title, other.title) for other in members),
        "dated_ahead": dated_ahead(member),
        "time_misfit": member.published is not None
        and any(misfit(clue, member.published) for clue in time_clues(member)),
        "two_names": any(_other_name(member, other) for other in members),
    }
    return {kind: float(count) for kind, count in found.items() if count}


def _record(member: Coverage, looks: dict, context: Context | None) -> dict[str, float]:
    """What the records of its outlet and byline say about `member`."""
    if context is None:
        return {}
    sighted, claimed = looks[member.id]
    habit, since = context.outlets.get(member.outlet), context.since(member.outlet)
    late = sighted - claimed > LATE_LOOK + 3 * context.delay(member.outlet).total_seconds()
    found = {
        "dated_back": late and since is not None and since <= claimed - SAME_IMPORT,
        "signs_everything": any(context.signs_everything(name) for name in member.authors),
        "takes_texts": habit.share_taken if habit is not None else 0.0,
        "misdates": habit.share_misdated if habit is not None else 0.0,
    }
    return {kind: float(count) for kind, count in found.items() if count}


def _is_unread(member: Coverage, looked: tuple[float, float], context: Context | None) -> bool:
    """Whether its outlet was not read yet at the time that it claims, so that it could not be seen then."""
    since = None if context is None else context.since(member.outlet)
    return since is not None and looked[1] < since and looked[0] - looked[1] > LATE_LOOK


def _is_shorter(member: Coverage, others: Sequence[Coverage]) -> float:
    """Whether clearly more text is in at least two of the others; half so where there is but one other, which may as
    well have added to it."""
    lengths = sorted((len(other.text) for other in others), reverse=True)
    if len(lengths) < 2:
        return 0.0
    few = len(lengths) == 2
    return (0.5 if few else 1.0) * (len(member.text) < CUT * lengths[0 if few else 1])


def share_name(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two bylines have a name in common."""
    return any(same_name(a, b) for a in ones for b in others if words(a) and words(b))


def is_cut(title: str, other: str) -> bool:
    """Whether `title` is the beginning of `other` with an ellipsis for the rest."""
    title = title.rstrip()
    if not title.endswith(("…", "...")):
        return False
    stem = words(title)
    return len(stem) > 2 and len(words(other)) > len(stem) and words(other)[: len(stem)] == stem


def _credits(member: Coverage, members: Sequence[Coverage]) -> list[Credit]:
    """What `member` says of its text's source, by which it is a copy by its own word."""
    found = []
    for other in members:
        if house(other) != house(member):
            credit = find_credit(member, other)
            # The same mark at both datelines is a common source: it does not say which of them was first.
            if credit is not None and (credit.kind != "agency_mark" or names(credit.sentence, other)):
                found.append(credit)
    return found


def _is_to(credit: Credit, member: Coverage) -> bool:
    host = host_of(member.url)
    return names(credit.sentence, member) or (host is not None and host_of(credit.sentence) == host)


def _other_name(member: Coverage, other: Coverage) -> bool:
    """Whether the same house carries the text a second time, under other names."""
    if other.id == member.id or house(other) != house(member) or not member.authors or not other.authors:
        return False
    return not share_name(member.authors, other.authors)
