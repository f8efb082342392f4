"""What can be said of one page: whom it names, where it differs from itself, when it was written, who has its text.

Values in, a value out: the page as it was read, and the stored articles that may share its text. Findings are data;
`telling` has English sentences for a terminal, pages that readers see have words of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coranto.articles import Article, Moment
from coranto.stories.attribution import attributions
from coranto.stories.contradictions import OF_TEXT, Contradiction, contradictions
from coranto.stories.copies import text_shares
from coranto.stories.coverage import LONGEST, Coverage
from coranto.stories.evidence import LONG_SILENCE
from coranto.stories.findings import Finding
from coranto.stories.fingerprints import COPY_SHARE, LEAST_WORDS
from coranto.stories.naming import host_of
from coranto.stories.origins import first_of, look
from coranto.stories.provenance import compare
from coranto.stories.remarks import Evidence
from coranto.stories.textual_time import TimeClue, supported, time_clues
from coranto.terms import words

LEAST_SHARE = 0.1
"""From this share of the shorter text on, a stored text is told of."""
MOST_MATCHES = 20
MONTH = timedelta(days=31)
DIFFERING = frozenset(("date_differs", "name_differs", "headline_differs", "text_differs"))
PAGE = "page"
"""The id of the page among the articles that it is compared with."""


@dataclass(frozen=True, slots=True)
class Written:
    """When a text was written, as far as its page tells.

    `clues` stand in the text, each sentence once; `beside` are other headlines and the addresses of pictures, which
    only tell when the page was put together as it is: on the day `together` or later. `earliest` and `latest` are the
    days that the text's clues support together, None where they leave it open. `claimed` is the date that the page
    gives; `supported` whether anything on the page speaks of a time within a year of it (None where the page gives no
    date or nothing speaks of time); `witnesses` the places of the page that give it. `month_known` is whether clues
    leave no more than a month.
    """

    clues: tuple[TimeClue, ...]
    beside: tuple[TimeClue, ...]
    earliest: date | None
    latest: date | None
    together: date | None
    claimed: Moment | None
    supported: bool | None
    witnesses: tuple[str, ...]
    month_known: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A stored article that shares text with the page. `share` is of the shorter of the two; from half of it on they
    are one text, and `findings` hold what differs (`here` is the page). `itself` is whether it is the page, stored."""

    article: Coverage
    share: float
    findings: tuple[Finding, ...] = ()
    itself: bool = False

    @property
    def same_text(self) -> bool:
        return self.share >= COPY_SHARE


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of a page. `named` is whom it names as source, reporter or owner of its text besides its own
    outlet; `matches` the texts seen earlier, None where there was no store to ask: first those that are the same, at
    their head who had it first, and `sure` whether that is sure. `too_short` says that the text is too short to be
    compared."""

    article: Article
    named: tuple[Evidence, ...]
    contradictions: tuple[Contradiction, ...]
    written: Written
    matches: tuple[Match, ...] | None
    too_short: bool
    sure: bool = True

    @property
    def copies(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches or () if match.same_text)

def check_page(
    article: Article, url: str | None = None, seen: datetime | None = None, known: Iterable[Coverage] | None = None
) -> Report:
    """The report on a page that was read from `url` at `seen`, beside the stored articles `known`."""
    page = page_coverage(article, url, seen)
    matches, sure = (None, True) if known is None else _matches(page, known)
    return Report(
        article,
        tuple(one for one in attributions(page) if one.kind != "bio_of_other_outlet"),
        contradictions(page),
        written(page),
        matches,
        len(words(page.text)) < LEAST_WORDS,
        sure,
    )


def page_coverage(article: Article, url: str | None = None, seen: datetime | None = None) -> Coverage:
    """The page as an article among others."""
    return Coverage(
        id=PAGE, title=article.title or "", text=article.text[:LONGEST], published=article.published,
        outlet=article.outlet or host_of(url) or "", language=article.language, url=url, authors=article.authors,
        cited=article.cited, seen=seen, people=article.people, images=article.images,
        canonical=article.canonical_url, syndicated_from=article.syndicated_from,
        date_evidence=article.date_evidence, lists=article.lists, notices=article.notices,
    )  # fmt: skip


def written(page: Coverage) -> Written:
    """When the text of a page was written, by what stands on it."""
    found = time_clues(page)
    of_text = _once(clue for clue in found if clue.kind in OF_TEXT or clue.kind == "relative")
    beside = _once(clue for clue in found if clue.kind in ("neighbour", "picture"))
    earliest, latest = supported(of_text)
    given = (one.where for one in page.date_evidence if one.field == "published" and one.value == page.published)
    return Written(
        of_text,
        beside,
        earliest,
        latest,
        together=max((clue.earliest for clue in beside), default=None),
        claimed=page.published,
        supported=_is_supported(page.published, (*of_text, *beside)),
        witnesses=tuple(dict.fromkeys(given)),
        month_known=bool(earliest and latest and latest - earliest <= MONTH),
    )


def _once(clues: Iterable[TimeClue]) -> tuple[TimeClue, ...]:
    """Of each sentence the clue that says most."""
    best: dict[str, TimeClue] = {}
    for clue in clues:
        other = best.get(clue.quote)
        if other is None or _says_more(clue, other):
            best[clue.quote] = clue
    return tuple(best.values())


def _says_more(clue: TimeClue, other: TimeClue) -> bool:
    if (clue.latest is None) != (other.latest is None):
        return clue.latest is not None
    return clue.earliest is not None and (other.earliest is None or clue.earliest > other.earliest)


def _is_supported(claimed: Moment | None, clues: Sequence[TimeClue]) -> bool | None:
    bounding = [clue for clue in clues if clue.earliest or clue.days]
    if claimed is None or not bounding:
        return None
    day = claimed.date() if isinstance(claimed, datetime) else claimed
    spans = [(clue.earliest, clue.latest or clue.earliest) for clue in bounding if clue.earliest]
    spans += [(one, one) for clue in bounding for one in clue.days]
    return any(start - LONG_SILENCE <= day <= end + LONG_SILENCE for start, end in spans)


def _matches(page: Coverage, known: Iterable[Coverage]) -> tuple[tuple[Match, ...], bool]:
    """The stored articles that share text, and whether it is sure who of those with the same text had it first."""
    shares = [(one, text_shares(page.text, one.text[:LONGEST])[0]) for one in known]
    same = sorted((pair for pair in shares if pair[1] >= COPY_SHARE), key=lambda pair: look(pair[0]))
    others = sorted((pair for pair in shares if LEAST_SHARE <= pair[1] < COPY_SHARE), key=lambda pair: -pair[1])
    choice = first_of([one for one, _ in same]) if same else None
    same.sort(key=lambda pair: pair[0] is not choice.first)
    found = []
    for one, share in same:
        itself = page.url is not None and one.url == page.url
        differing = () if itself else _differing(page, one, one is choice.first)
        found.append(Match(one, share, differing, itself))
    return (*found, *(Match(*pair) for pair in others))[:MOST_MATCHES], choice is None or choice.sure


def _differing(page: Coverage, other: Coverage, earliest: bool) -> tuple[Finding, ...]:
    """What the page shows otherwise; whether it names its source is asked of the first of the text alone."""
    found = compare(page, other).findings
    return tuple(one for one in found if one.kind != "share" and (earliest or one.kind in DIFFERING))
