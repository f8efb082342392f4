"""What is said of an article: its findings, the estimate of when it was published, and both together.

Plain data; made by `provenance`, put into words by `evidence` and by pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coranto.articles import Moment
from coranto.stories.coverage import ArticleId
from coranto.stories.remarks import Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that can be shown. `here` stands in this article, `earlier` in the earliest copy.

    Kinds: 'share' (`here` the share of the shorter text, 0 to 1), 'same_outlet', 'date_differs' (moments, `delta_days`
    whole days from the earliest copy's date to this one's), 'name_differs' (tuples of names), 'headline_differs' (both
    headlines), 'text_differs' (`here` the share of the longer text), 'names_source', 'links_source' (`sentence` the
    line or address), 'agency_mark' (`earlier` whose it is, `sentence` as it stands), 'mentions_source' (`sentence`: a
    mention that the earliest copy has as well), 'source_not_named', 'mention_missing' (`sentence`: where the earliest
    copy named its outlet), 'translated' (both languages; `sentence` the numbers and names that stand in both).
    """

    kind: str
    here: object = None
    earlier: object = None
    delta_days: int | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """When a text was first published: the best guess and the interval in which it must lie, None where open."""

    best: Moment | None
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What can be said of one article. `role` is 'original', 'own_report', 'credited_copy' or 'uncredited_copy';
    `share` is exact, of the shorter text, and None for a translation. `flags` ('redated', 'resigned',
    'source_stripped', 'headline_changed', 'body_altered', 'translated') belong to uncredited copies and are words of
    the library and the owner's pages only; each rests on a finding. `evidence`, given by `examine`, has every finding
    in words and what the article gives away by itself."""

    id: ArticleId
    role: str
    copy_of: ArticleId | None = None
    share: float | None = None
    flags: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    published: Estimate = Estimate(None)
    evidence: tuple[Evidence, ...] = ()
