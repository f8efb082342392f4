"""The values of this room: what is known of an article, what the stream says of it, and how its times are read.

Plain data; grouping is left to `stream`, texts to `fingerprints`, who took from whom to `provenance`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from coranto.articles import Citation, DateEvidence, Lists, Moment, Person, Picture

ArticleId = int | str
LONGEST = 200_000
"""Letters of a text that are compared."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of one article.

    `seen` is when it was first fetched here, `captured` when an archive took it, both aware. `syndicated_from` is an
    address or a name given by the feed's `<source>` or by `rel=syndication`. `publisher` is the family the outlet
    belongs to, None for the outlet itself. `notices` are copyright and agency lines cut from the body. `published`
    may be a naive time or a date: it then counts as that whole day in any time zone. What is
    `private`, not for everybody to see, is the original of no article that is not.
    """

    id: ArticleId
    title: str
    text: str
    published: Moment | None
    outlet: str
    language: str | None
    url: str | None = None
    authors: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()
    seen: datetime | None = None
    captured: datetime | None = None
    people: tuple[Person, ...] = ()
    images: tuple[Picture, ...] = ()
    canonical: str | None = None
    syndicated_from: str | None = None
    publisher: str | None = None
    date_evidence: tuple[DateEvidence, ...] = ()
    lists: Lists | None = None
    notices: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where an article belongs. `story_id` is the id of the article that opened the story.

    `copy_of` is the earliest seen article most of whose word 5-grams this one shares, or whose text this one tells in
    another language, or None; `share` (0 to 1) is the part of the shorter of the two texts, None where there is no copy
    and in translations. `why` is 'new' (opened the story), 'alike' (title and lead), 'copy' (text), 'translated',
    'earlier' (the original of a text that was known already), 'merged' or 'split' (an editor).
    `changed` holds the new assignments of other articles that this step altered (an earlier original came in late).
    """

    id: ArticleId
    story_id: ArticleId
    copy_of: ArticleId | None
    share: float | None
    why: str
    changed: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it stands: the ids of its articles in the order in which they arrived."""

    id: ArticleId
    article_ids: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store keeps of an article so that the stream can be rebuilt from rows without grouping again.

    `seen` is the earliest sighting (`captured` or `seen`), `trace` the bytes of `trace(title, text)`; it may be None
    where the article left the window and the stream keeps its own file.
    """

    id: ArticleId
    story_id: ArticleId
    copy_of: ArticleId | None
    seen: datetime | None
    published: Moment | None
    trace: bytes | None = None
    share: float | None = None
    why: str = "new"
    private: bool = False


def bounded(coverage: Coverage) -> Coverage:
    """The article with no more of its text than is compared."""
    return coverage if len(coverage.text) <= LONGEST else replace(coverage, text=coverage.text[:LONGEST])


def each_once(coverages: Iterable[Coverage]) -> dict[ArticleId, Coverage]:
    """The articles by id, `bounded`; what is given twice stands once. ValueError where two that differ have one id."""
    found: dict[ArticleId, Coverage] = {}
    for coverage in coverages:
        if found.setdefault(coverage.id, coverage) != coverage:
            raise ValueError(f"two articles that differ have the id {coverage.id!r}; give each an id of its own")
    return {ident: bounded(coverage) for ident, coverage in found.items()}


def interval(moment: Moment | None) -> tuple[float, float] | None:
    """The earliest and latest second since 1970 that `moment` can mean; both the same for an aware time.

    A date or a naive time is that day anywhere on earth, from UTC+14 to UTC-12.
    """
    if moment is None:
        return None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        second = moment.timestamp()
        return second, second
    day = moment.date() if isinstance(moment, datetime) else moment
    start = datetime.combine(day, time(), UTC).timestamp()
    return start - 14 * 3600, start + 36 * 3600


def instant(moment: Moment | None) -> float | None:
    """One second since 1970 to stand for `moment` where a single value is needed: naive times are read as UTC, a date
    as its noon."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12), UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def sighting(coverage: Coverage) -> datetime | None:
    """When the text was first seen by anybody: by an archive or by us, whichever is earlier."""
    moments = [_aware(moment) for moment in (coverage.captured, coverage.seen) if moment is not None]
    return min(moments, default=None)


def house(coverage: Coverage) -> str:
    """The family an article belongs to: its publisher, else its outlet, casefolded."""
    return (coverage.publisher or coverage.outlet).casefold()


def gap_seconds(here: Moment | None, there: Moment | None) -> float | None:
    """The least number of seconds that can lie between `there` and `here`, negative where `here` is the earlier.

    0 where their intervals touch, None where one is unknown.
    """
    a, b = interval(here), interval(there)
    if a is None or b is None:
        return None
    return max(a[0] - b[1], 0.0) or min(a[1] - b[0], 0.0)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


CLAIM_SLACK = timedelta(days=1)
"""How far a claimed time may lie after the first sighting and still be believed: clocks and zones differ, no more."""


def dated_ahead(coverage: Coverage) -> bool:
    """Whether an article is dated after it was seen, in whatever zone its date is meant."""
    claimed, seen = interval(coverage.published), instant(sighting(coverage))
    return claimed is not None and seen is not None and claimed[0] > seen + CLAIM_SLACK.total_seconds()


def event_second(published: Moment | None, seen: datetime | None) -> float:
    """The second at which an article takes its place in time: the claimed time unless it lies after the sighting."""
    claimed, sighted = instant(published), instant(seen)
    if claimed is None:
        return sighted or 0.0
    if sighted is not None and claimed > sighted + CLAIM_SLACK.total_seconds():
        return sighted
    return claimed
