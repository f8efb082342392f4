"""Ids and their numbers, whatever the ids are."""

from __future__ import annotations

import pytest

from coranto.stories.numbering import LEAST, Numbering

MANY = 3 * LEAST


@pytest.mark.parametrize(
    "ids",
    [range(MANY), range(0, MANY << 44, 1 << 44), [f"id {n}" for n in range(MANY)], [*range(-5, 5), "a", 1 << 70, "b"]],
    ids=["in order", "far apart", "words", "mixed"],
)
def test_every_id_has_the_number_of_its_arrival_and_no_other(ids):
    numbering = Numbering()
    assert [numbering.add(one) for one in ids] == list(range(len(ids)))
    assert [numbering.add(one) for one in ids] == [numbering.get(one) for one in ids] == list(range(len(ids)))
    assert list(numbering) == list(ids) and len(numbering) == len(ids)
    assert numbering.get("unknown") is numbering.get(-99) is None
