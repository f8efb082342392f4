"""Who had a text first where all its copies were seen in one import, or were seen late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from story_cases import REPORTS

from coranto.stories import Context, Coverage, examine
from coranto.stories.context import Habit, Signing

IMPORT = datetime(2027, 1, 4, 12, tzinfo=UTC)
BACKDATED = timedelta(days=20)
FIRST = replace(next(report for _, report in REPORTS if report.id == "ferry-1"), seen=IMPORT)
PLAIN = replace(FIRST, text=FIRST.text.replace("told the Harrow Sound Post", "said"))


def copy(of: Coverage = PLAIN, outlet: str = "Daily World Digest", **given) -> Coverage:
    """A copy that claims to be older than its original."""
    given = {"published": of.published - BACKDATED, "authors": ("Dale Winters",), **given}
    return replace(of, id=outlet + str(given), outlet=outlet, url=f"https://{outlet.split()[0]}.example/", **given)


HONEST = copy(outlet="Inland Herald", authors=FIRST.authors, published=FIRST.published + timedelta(days=1),
              text=PLAIN.text + f"\n\nThis story first appeared in {FIRST.outlet}.")  # fmt: skip
CASES = {
    "a copy that names it as its source": ([PLAIN, copy(), HONEST], None),
    "its own name in the text": ([FIRST, copy()], None),
    "a copy whose text and headline were cut": (
        [PLAIN, copy(text=PLAIN.text[: len(PLAIN.text) // 4 * 3], title=" ".join(PLAIN.title.split()[:4]) + "…")], None,
    ),
    "an outlet that has it twice, under two names": (
        [PLAIN, copy(), copy(authors=("Ada Vole",), published=PLAIN.published + BACKDATED)], None,
    ),
    "an outlet whose texts are others'": ([PLAIN, copy()], Context({"Daily World Digest": Habit(40, None, 38, 20)})),
    "a byline that signs in many houses": (
        [PLAIN, copy()], Context({}, {"Dale Winters": Signing(30, 12)}),
    ),
    "a date after we saw it": ([PLAIN, copy(published=IMPORT + timedelta(days=300))], None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_in_one_import_what_the_copies_say_decides(case, turned):
    articles, context = CASES[case]
    found = {p.id: p for p in examine(articles[::-1] if turned else articles, context)}
    assert found["ferry-1"].role == "original" and not found["ferry-1"].flags
    assert all(p.copy_of == "ferry-1" for p in found.values() if p.id != "ferry-1")


def test_without_anything_else_the_earlier_claim_counts_and_is_not_held_against_the_other_where_it_is_doubtful():
    found = {p.id: p for p in examine([PLAIN, copy()])}
    assert found["ferry-1"].copy_of is not None
    doubtful = examine([PLAIN, copy(title=PLAIN.title + "…")], Context({"Daily World Digest": Habit(20, None, 5, 1)}))
    assert not any(p.flags for p in doubtful)


def test_who_was_seen_days_before_had_it_first_unless_two_things_speak_against_it():
    late = replace(FIRST, seen=IMPORT + timedelta(days=9))
    early = copy(seen=IMPORT, published=FIRST.published + timedelta(days=5))
    assert {p.id for p in examine([replace(PLAIN, seen=late.seen), early]) if p.role == "original"} == {early.id}
    honest = replace(HONEST, seen=IMPORT + timedelta(days=8))
    assert {p.id for p in examine([late, early, honest]) if p.role == "original"} == {"ferry-1"}


def test_context_knows_what_an_outlet_takes_and_who_signs_everywhere():
    seen = [replace(report, published=IMPORT, seen=IMPORT) for _, report in REPORTS]
    taken = [
        replace(report, id=f"c{n}", outlet="Daily World Digest", authors=("Dale Winters",), published=IMPORT,
                seen=IMPORT + timedelta(days=3 + n)) for n, report in enumerate(seen)
    ]  # fmt: skip
    moved = [replace(one, id=f"m{one.id}", outlet=f"Mirror {n}") for n, one in enumerate(taken)]
    context = Context.from_coverages([*seen, *taken, *moved])
    habit = context.outlets["Daily World Digest"]
    assert (habit.articles, habit.taken, habit.misdated) == (len(taken), len(taken), 0)
    assert context.signs_everything("Dale Winters") is False  # the same texts are counted once
    assert not any(context.outlets[report.outlet].taken for report in seen)
