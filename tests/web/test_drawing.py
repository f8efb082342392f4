"""Places of marks, ticks and bars, and the words that stand for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.store.values import Mark
from coranto.web import drawing

START = datetime(2026, 3, 21, 18, 40, tzinfo=UTC)
KINDS = ("first", "own", "credited", "unnamed", "changed")


def marks(*hours: float, kinds=KINDS) -> list[Mark]:
    return [Mark(START + timedelta(hours=h), kinds[i % len(kinds)], i, f"Outlet {i}") for i, h in enumerate(hours)]


@given(st.lists(st.floats(0, 5000), max_size=120), st.booleans())
def test_a_strip_keeps_to_its_box_and_its_number(hours, rtl):
    placed = drawing.strip(marks(*hours), rtl)
    assert len(placed) == min(len(hours), drawing.MOST_MARKS)
    assert all(2 <= mark.x <= 98 for mark in placed)


def test_time_runs_from_the_right_in_a_right_to_left_page():
    there = {mark.kind: mark.x for mark in drawing.strip(marks(0, 5, 10), False)}
    mirrored = {mark.kind: mark.x for mark in drawing.strip(marks(0, 5, 10), True)}
    assert there["first"] < there["own"] < there["credited"]
    assert mirrored == {kind: 100 - x for kind, x in there.items()}


def test_a_thinned_strip_keeps_first_last_and_what_differs():
    many = marks(*range(100), kinds=("own",))
    many[0] = Mark(START, "first", 0, "A")
    many[50] = Mark(many[50].at, "changed", 50, "B")
    kept = drawing.thin(many)
    assert len(kept) == 40 and {0, 50, 99} <= {mark.article_id for mark in kept}
    assert [mark.at for mark in kept] == sorted(mark.at for mark in kept)


@pytest.mark.parametrize("hours", [0, 0.5, 30, 70, 24 * 40])
def test_an_axis_has_lines_at_midnight_and_room_for_its_words(hours):
    line = drawing.axis([START, START + timedelta(hours=hours)])
    ticks = drawing.ticks(line)
    assert line.start <= START and START + timedelta(hours=hours) < line.end
    assert len(ticks) <= 9 and ticks[0].x == drawing.EDGE and ticks[0].label
    assert all(tick.moment.hour == 0 for tick in ticks[1:])
    labelled = [tick.x for tick in ticks if tick.label]
    assert all(after - before >= 12 for before, after in zip(labelled, labelled[1:], strict=False))


def test_a_sparkline():
    drawn = drawing.spark([0] * 28 + [4, 8])
    assert drawn.days == "M114 23v-10" and drawn.today == "M118 23v-21"
    assert drawing.spark([0] * 30) == drawing.Spark("", "") == drawing.spark([])
    assert drawing.spark([1000] * 29 + [1]).today == "M118 23v-1"
