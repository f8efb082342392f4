"""The inverted index: what it finds, how far it walks, and that NumPy changes nothing but the time it takes."""

from __future__ import annotations

import random

import pytest

from coranto import postings
from coranto.postings import Postings


@pytest.fixture(params=["numpy", "bare"])
def found_by(request, monkeypatch):
    if request.param == "bare":
        monkeypatch.setattr(postings, "_numpy", lambda: None)
    else:
        pytest.importorskip("numpy")


def filled(*numbers_under: tuple[int, tuple[int, ...]]) -> Postings:
    made = Postings()
    for number, keys in numbers_under:
        made.put(number, keys)
    return made


def test_the_most_shared_are_found_and_those_equal_to_the_last(found_by):
    made = filled((3, (1, 2)), (4, (1,)), (5, (1,)), (6, (9,)))
    asked = [(1, 0.5), (2, 2.0), (7, 1.0)]
    assert made.best(asked, walk=100, most=1) == [(4.25, 3)]
    assert sorted(made.best(asked, walk=100, most=2)) == [(0.25, 4), (0.25, 5), (4.25, 3)]
    assert made.best([(8, 1.0)], walk=100, most=2) == Postings().best(asked, walk=100, most=2) == []


def test_the_rarest_are_walked_first_and_no_key_beyond_the_bound(found_by):
    made = filled(*((number, (1,)) for number in range(10)), (20, (2,)), (21, (2, 3)))
    weighted = [(1, 1.0), (2, 1.0), (3, 1.0)]
    assert sorted(number for _, number in made.best(weighted, walk=12, most=99)) == [20, 21]
    assert len(made.best(weighted, walk=13, most=99)) == 12
    assert len(made.best([(1, 1.0)], walk=5, most=99)) == 10  # the first is walked in any case


def test_what_was_dropped_is_not_found(found_by):
    made = filled((1, (5, 6)), (2, (5,)))
    made.drop(1, (5,))
    assert made.best([(5, 1.0)], walk=9, most=9) == [(1.0, 2)]
    made.drop(1, (6,))
    assert made.best([(6, 1.0)], walk=9, most=9) == []
    with pytest.raises(KeyError):
        made.drop(1, (6,))


def test_numpy_gives_the_same_to_the_last_bit(monkeypatch):
    pytest.importorskip("numpy")
    dice = random.Random(7)
    made = filled(*((number, dice.sample(range(300), 20)) for number in range(1_000_000, 1_002_000)))
    for _ in range(20):
        weighted = [(key, dice.random()) for key in dice.sample(range(310), 30)]
        with monkeypatch.context() as bare:
            quick = made.best(weighted, walk=3000, most=50)
            bare.setattr(postings, "_numpy", lambda: None)
            assert sorted(quick) == sorted(made.best(weighted, walk=3000, most=50)) and len(quick) >= 50
