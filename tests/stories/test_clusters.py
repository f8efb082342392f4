"""Outlets put together by the texts that they carry."""

from __future__ import annotations

import pytest

from coranto.stories.clusters import clusters, takers


def test_an_outlet_takes_texts_where_they_are_many_of_its_articles():
    assert takers({1: 40, 2: 40, 3: 2, 4: 3}, {1: 100, 2: 200, 3: 2}) == [1, 4]


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        ([], [(2,), (1,), (3,), (4,)]),
        ([(1, 2, 2)], [(2,), (1,), (3,), (4,)]),
        ([(1, 2, 3), (3, 4, 9)], [(2, 1), (3, 4)]),
        ([(1, 2, 3), (2, 3, 3), (4, 9, 50)], [(2, 1, 3), (4,)]),
        ([(1, 2, 3), (3, 4, 3), (4, 1, 3)], [(2, 1, 3, 4)]),
    ],
)
def test_who_carries_the_same_texts_stands_together_by_any_way(shared, expected):
    assert [one.outlets for one in clusters({1: 40, 2: 50, 3: 30, 4: 20}, shared)] == expected
