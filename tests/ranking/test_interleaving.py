"""Two orders in one list: fair to both, and what the counts say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.ranking import share, team_draft, verdict

ORDERS = st.lists(st.integers(0, 12), unique=True, max_size=10)


@given(ORDERS, ORDERS, st.integers(0, 8), st.booleans())
def test_both_sides_put_forward_as_many_each_its_best(ours, theirs, k, first):
    drafted = team_draft(ours, theirs, k, first)
    ids, sides = [one for one, _ in drafted], [side for _, side in drafted]
    assert len(ids) == len(set(ids)) <= k and abs(sides.count(True) - sides.count(False)) <= 1
    for side, order in ((True, ours), (False, theirs)):
        own = [one for one, of in drafted if of is side]
        assert own == [one for one in order if one in own]
        for place, (one, of) in enumerate(drafted):
            if of is side:
                assert set(order[: order.index(one)]) <= set(ids[:place])


def test_who_begins_changes_each_round():
    assert team_draft("abcd", "wxyz", 6, first=True) == [
        ("a", True), ("w", False), ("x", False), ("b", True), ("c", True), ("y", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [(0, 0, "unclear"), (5, 0, "unclear"), (6, 0, "better"), (3, 12, "worse"), (60, 45, "unclear"),
     (600, 450, "better"), (20_000, 19_700, "unclear"), (19_500, 20_000, "worse")],  # fmt: skip
)
def test_counts_say_no_more_than_they_can(ours, theirs, said):
    own, low, high = share(ours, theirs)
    assert verdict(ours, theirs) == said and 0 <= low <= own <= high <= 1
    assert said == "unclear" or (low > 0.5) is (said == "better")
