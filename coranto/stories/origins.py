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
from coranto.stories.coverage import Coverage, gap_seconds, house, instant, sighting
from coranto.stories.credit import Credit, find_credit, mentions
from coranto.stories.naming import host_of, names, same_name
from coranto.stories.textual_time import misfit, time_clues
from coranto.terms import words

SAME_LOOK = 3600.0
"""Sightings less than an hour apart, as when many outlets are read for the first time, do not say who was first; then
the claimed time decides."""
SAME_IMPORT = 86400.0
LATE_LOOK = 2 * 86400.0
"""Where the first sighting itself came more than two days after the claimed time, or before it, a stock of older pages
was being read: then sightings up to a day apart do not say who was first either."""
MOST_WEIGHED = 60
"""Of a text that more articles carry, so many are weighed, those first seen."""
WEIGHTS = {
    "seen_first": 6.0,
    "claimed_first": 1.5,
    "named_as_source": 4.0,
    "names_itself": 3.0,
    "name_kept": 1.0,
    "usual_headline": 1.0,
    "text_cut": -2.0,
    "headline_cut": -3.0,
    "dated_ahead": -3.0,
    "time_misfit": -3.0,
    "two_versions": -2.0,
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


def first_lookers(looks: Sequence[tuple[float, float]]) -> float:
    """The latest sighting that is too close to the earliest to tell who was first; `looks` are the seconds of sighting
    and of claimed time."""
    sighted, claimed = min(looks)
    live = 0 <= sighted - claimed <= LATE_LOOK
    return sighted + (SAME_LOOK if live else SAME_IMPORT)


def first_of(members: Sequence[Coverage], context: Context | None = None) -> Choice:
    """Who of these, which share a text, had it first."""
    if len(members) == 1:
        return Choice(members[0], True, ())
    looks = {member.id: look(member) for member in members}
    weighed = sorted(members, key=lambda member: looks[member.id])[:MOST_WEIGHED]
    bound = first_lookers([looks[member.id] for member in weighed])
    start = min(min(look) for look in looks.values() if look[0] <= bound)
    # Whoever was seen later can only be first where it claims to be older than what was seen first.
    able = [member for member in weighed if looks[member.id][0] <= bound or looks[member.id][1] < start]
    credits = {member.id: _credits(member, weighed) for member in weighed}
    able = [member for member in able if not credits[member.id]] or able
    found = {member.id: _evidence(member, weighed, able, looks, credits, context) for member in able}
    if len({looks[member.id][0] <= bound for member in weighed}) == 2:
        for member in able:
            if looks[member.id][0] <= bound:
                found[member.id]["seen_first"] = 1.0
    scores = {ident: sum(WEIGHTS[kind] * count for kind, count in kinds.items()) for ident, kinds in found.items()}
    order = {member.id: place for place, member in enumerate(members)}
    best = min(able, key=lambda m: (-scores[m.id], min(looks[m.id]), looks[m.id][0], order[m.id]))
    others = [scores[member.id] for member in able if house(member) != house(best)]
    sure = not others or scores[best.id] - max(others) >= UNSURE
    return Choice(best, sure, tuple(kind for kind, count in found[best.id].items() if count))


def look(member: Coverage) -> tuple[float, float]:
    """The seconds of first sighting and of claimed time, each standing in for the other where one is unknown."""
    seen, claimed = instant(sighting(member)), instant(member.published)
    first = seen if seen is not None else claimed
    if first is None:
        return float("inf"), float("inf")
    return first, first if claimed is None else claimed


def _evidence(member, members, able, looks, credits, context) -> dict[str, float]:
    """The kinds of evidence about `member`, each with how often it counts."""
    sighted, claimed = looks[member.id]
    others = [other for other in members if house(other) != house(member)]
    naming = {house(other) for other in others if any(_is_to(credit, member) for credit in credits[other.id])}
    keeping = {house(other) for other in others if share_name(other.authors, member.authors)}
    lengths = {other.id: len(other.text) for other in members if not credits[other.id]}
    titles = Counter(tuple(words(other.title)) for other in members)
    found = {
        "claimed_first": min(looks[member.id]) == min(min(looks[other.id]) for other in able),
        "named_as_source": min(2, len(naming)),
        "names_itself": mentions(member, member) is not None,
        "name_kept": min(2, len(keeping)),
        "usual_headline": titles[tuple(words(member.title))] == max(titles.values()) > 1,
        "text_cut": len(member.text) < 0.93 * max(lengths.values(), default=0),
        "headline_cut": any(is_cut(member.title, other.title) for other in members),
        "dated_ahead": claimed > sighted + SAME_IMPORT,
        "time_misfit": member.published is not None
        and any(misfit(clue, member.published) for clue in time_clues(member)),
        "two_versions": any(_other_version(member, other) for other in members),
    }
    if context is not None:
        habit = context.outlets.get(member.outlet)
        found["signs_everything"] = any(context.signs_everything(name) for name in member.authors)
        found["takes_texts"] = habit.share_taken if habit is not None else 0.0
        found["misdates"] = habit.share_misdated if habit is not None else 0.0
    return {kind: float(count) for kind, count in found.items() if count}


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


def _other_version(member: Coverage, other: Coverage) -> bool:
    """Whether the same house carries the text a second time, under another date or other names."""
    if other.id == member.id or house(other) != house(member):
        return False
    gap = gap_seconds(member.published, other.published)
    renamed = member.authors and other.authors and not share_name(member.authors, other.authors)
    return bool(renamed) or (gap is not None and abs(gap) > LATE_LOOK)
