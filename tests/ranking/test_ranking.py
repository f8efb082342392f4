"""Related, most read and for you: what is listed, why, and what never is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.names import names
from coranto.ranking import (
    Counted,
    Index,
    Item,
    Read,
    Warm,
    apart,
    left,
    most_counted,
    most_read,
    recommend,
    related,
    related_many,
    rising,
    score_candidates,
    together,
)
from coranto.ranking.most_read import AMONG, HOSTILE

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CASES = Path(__file__).parents[1] / "cases" / "ranking" / "shelf.json"


def shelf() -> list[Item]:
    rows = json.loads(CASES.read_text(encoding="utf-8"))
    return [Item(**{**row, "topics": tuple(row["topics"])}, published=NOW - timedelta(hours=row["id"])) for row in rows]


SHELF = shelf()
BY_ID = {item.id: item for item in SHELF}


def test_related_gives_two_of_the_story_then_background_each_with_its_reason():
    listed = related(BY_ID[1], Index(SHELF))
    found = {entry.id: (entry.reason, entry.values) for entry in listed}
    assert found.keys() == {2, 3, 5, 6}
    assert found[2] == ("same-story", ()) == found[3]
    assert found[5] == ("topics", ("Ferries",))
    assert found[6][0] == "words" and "Harrow" in found[6][1]


def test_related_works_in_other_languages_by_shared_words():
    (entry,) = related(BY_ID[11], Index(SHELF))
    assert entry.id == 12 and "Sindelbach" in entry.values


@settings(max_examples=30, deadline=None)
@given(st.permutations(SHELF), st.sets(st.integers(1, 12), max_size=4), st.integers(1, 8))
def test_related_never_lists_itself_a_copy_or_what_is_excluded(order, exclude, k):
    index = Index(order[:6])
    for item in order[6:]:
        index.add(item)
    for item, listed in ((BY_ID[i], entries) for i, entries in related_many(order, index, k, exclude).items()):
        ids = [entry.id for entry in listed]
        roots = [BY_ID[i].root for i in ids]
        assert len(ids) <= k and item.id not in ids and item.root not in roots and not exclude & set(ids)
        assert len(set(roots)) == len(roots)
        assert max(([BY_ID[i].story for i in ids].count(BY_ID[j].story) for j in ids), default=0) <= 2


def test_an_index_forgets_what_is_removed_and_replaces_what_is_added_again():
    index = Index(SHELF)
    index.remove(2)
    index.remove(2)
    assert 2 not in index and len(index) == 11
    assert 2 not in [entry.id for entry in related(BY_ID[1], index)]
    index.add(BY_ID[2])
    index.add(BY_ID[2])
    assert len(index) == 12 and [entry.id for entry in related(BY_ID[1], index)].count(2) == 1


@pytest.mark.parametrize(
    ("of", "other", "changes", "reason", "values"),
    [
        (1, 2, {"published": NOW - DAY}, "earlier-in-story", ()),
        (1, 5, {"published": NOW - 3 * DAY}, "earlier", ("Ferries",)),
        (1, 9, {"text": "The harbour master, said Ida Brandt, saved it."}, "names", ("Ida Brandt",)),
        (1, 9, {"text": "Ida Brandt’s failed ferry engine.", "published": NOW - 9 * DAY}, "earlier", ("Ida Brandt",)),
        (1, 9, {"cites": (1,)}, "cites", ()),
        (1, 7, {}, "cited", ()),
        (1, 8, {}, "went-on", ()),
    ],
)
def test_related_says_by_what_an_article_belongs_here(of, other, changes, reason, values):
    changed = [replace(item, **changes) if item.id == other else item for item in SHELF if item.id != of]
    item = replace(BY_ID[of], text=BY_ID[of].text + " Two hours later Ida Brandt spoke.", cites=(7,))
    listed = related(item, Index([*changed, item]), k=12, went_on={8: 5, 2: 3, 99: 4})
    found = {entry.id: (entry.reason, entry.values) for entry in listed}
    assert found[other] == (reason, values)


def test_links_and_readers_bring_an_article_forward():
    places = []
    for cites, went_on in (((), {}), ((), {5: 40}), ((5,), {})):
        listed = related(replace(BY_ID[1], cites=cites), Index(SHELF), went_on=went_on)
        places.append([entry.id for entry in listed].index(5))
    assert places[0] > places[1] == places[2] == 0


def test_names_are_told_by_their_capitals():
    text = (
        "The Kerrin Bridge shut. But Mirela Tosk told Kim Jong Un’s aide: STAY AWAY. Ursula von der Leyen was in"
        " Saint-Denis and New York’s harbour. Владимир Путин сказал. 安妮 did not."
    )
    assert names(text) == (
        "Kerrin Bridge", "Mirela Tosk", "Kim Jong Un", "Ursula von der Leyen", "New York", "Владимир Путин"
    )


def test_an_article_outside_the_index_has_related_ones_too():
    listed = related(replace(BY_ID[3], id=99), Index(SHELF))
    assert {entry.id for entry in listed} >= {3, 5}


@given(st.lists(st.floats(1, 500), min_size=1, max_size=30), st.randoms())
def test_heat_is_the_decayed_count_of_reads_in_any_order(halvings, chance):
    """The sum of 2^-(age in half-lives) at any moment is 2^(heat - that moment)."""
    chance.shuffle(halvings)
    now, heat = 501.0, reduce(together, halvings, 0.0)
    assert 2 ** (heat - now) == pytest.approx(sum(2 ** (at - now) for at in halvings))


@given(st.lists(st.floats(1, 500), min_size=2, max_size=20))
def test_what_is_taken_out_of_a_heat_is_gone_and_the_rest_is_left(halvings):
    first, *others = halvings
    rest = apart(reduce(together, halvings, 0.0), first)
    assert left(rest, 500) == pytest.approx(sum(2 ** (at - 500) for at in others), abs=1e-9)
    assert apart(first, first) == 0.0 == left(0.0, 500) and left(10**9, 1) == 2.0**50


def test_two_readers_of_a_new_article_do_not_beat_two_hundred():
    others = [Warm(n, 20.0, 12.0) for n in range(20)]
    for known, first in ((Warm("read", 200.0, 12.0), "read"), (Warm("burst", 60.0, 0.5), "burst")):
        warm = [*others, Warm("new", 2.0, 0.05), known]
        assert most_read(warm, ((one.id, one.readers) for one in warm), 0, 30)[0] == first


BY_DAY = st.lists(st.integers(0, 500), min_size=2, max_size=2)


@given(st.lists(BY_DAY, max_size=30), BY_DAY, st.integers(0, 2000))
def test_hostile_visitors_bring_nothing_among_the_most_read(others, honest, visitors):
    pushed = [count + visitors // HOSTILE for count in honest]
    days = [(n, count) for n, counts in enumerate([*others, pushed]) for count in counts]
    warm = [Warm(n, float(sum(counts)), 9.0) for n, counts in enumerate([*others, pushed])]
    for found in (most_counted(days, visitors, 99), most_read(warm, days, visitors, 99)):
        if len(others) in found:
            assert sum(honest) > 0 and sum(sum(counts) > sum(honest) for counts in others) < AMONG


def reads(*ids: int, kind: str = "read") -> list[Read]:
    return [Read(BY_ID[i], NOW - (len(ids) - n) * timedelta(hours=1), kind=kind) for n, i in enumerate(ids)]


def test_somebody_new_gets_each_section_in_turn():
    listed = recommend([], SHELF, NOW, k=4)
    assert [entry.reason for entry in listed] == ["section"] * 4
    assert len({entry.values for entry in listed}) == 4
    loud = [replace(BY_ID[7], id=100 + n, story=None, outlet="Loud", section=f"Section {n}") for n in range(9)]
    outlets = [BY_ID[entry.id].outlet for entry in recommend([], [*loud, *SHELF], NOW, k=6) if entry.id in BY_ID]
    assert len(outlets) == 4


def test_a_reader_of_rates_gets_rates_with_the_reason():
    first = recommend(reads(7), SHELF, NOW, k=4)[0]
    assert (first.id, first.reason, first.values) == (8, "topic", ("Interest rates", "1"))


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        ({}, [1, 3, 2, 4]),
        ({("topic", "Rail"): 0.0}, [2, 4]),
        ({("outlet", "a"): 0.0, ("topic", "Eels"): 0.0}, [3]),
        ({("topic", "Rail"): 0.1}, [2, 4, 1, 3]),
        ({("outlet", "d"): 50.0}, [4, 1, 3, 2]),
    ],
)
def test_wishes_weigh_and_never_means_never(factors, expected):
    def item(number: int, topic: str, outlet: str) -> Item:
        return Item(number, f"Number {number}", "", None, (topic,), outlet, NOW - number * timedelta(minutes=1))

    offered = [item(1, "Rail", "a"), item(2, "Eels", "b"), item(3, "Rail", "c"), item(4, "Eels", "d")]
    listed = recommend([Read(item(9, "Rail", "e"), NOW)], offered, NOW, factors=factors)
    assert [entry.id for entry in listed] == expected


def test_what_is_not_wanted_sinks():
    liked = recommend(reads(7, 9), SHELF, NOW)
    less = recommend([*reads(7, 9), Read(replace(BY_ID[8], id=80), NOW, kind="less")], SHELF, NOW)
    places = [[entry.id for entry in listed].index(8) for listed in (liked, less)]
    assert places[0] < places[1]


def test_a_glance_counts_less_than_a_read():
    glance = [replace(read, dwell=3.0) for read in reads(9)]
    rates_first = recommend([*glance, *reads(7)], SHELF, NOW, k=1)[0]
    assert rates_first.id == 8


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SHELF), max_size=6), st.sampled_from(["read", "star", "hide"]), st.integers(1, 12))
def test_nothing_read_hidden_or_copied_from_it_is_ever_recommended(history, kind, k):
    listed = recommend([Read(item, None, kind=kind) for item in history], SHELF, NOW, k=k)
    roots = [BY_ID[entry.id].root for entry in listed]
    stories = [BY_ID[entry.id].story for entry in listed]
    assert not {item.root for item in history} & set(roots)
    assert len(set(roots)) == len(roots) and len(set(stories)) == len(stories) and len(listed) <= k


def test_no_section_takes_more_than_its_share_while_others_are_left():
    many = [replace(BY_ID[7], id=100 + n, story=100 + n, title=f"Rate story {n}") for n in range(20)]
    listed = recommend(reads(7), [*many, *SHELF], NOW, k=6)
    sections = [{item.id: item for item in [*many, *SHELF]}[entry.id].section for entry in listed]
    assert sections.count("Money") <= 2 and len(listed) == 6


def test_scores_are_finite_without_times_or_texts_and_follow_popularity():
    bare = [Item(n, "", "", None, (), "", None) for n in range(3)]
    assert recommend([Read(bare[0], None)], bare, NOW)[0].reason == "fresh"
    scores = score_candidates([Read(bare[0], None)], bare, NOW, {1: (10, 20), 2: (0, 20)})
    assert scores[1] > scores[0] > scores[2]


def test_a_small_shelf_fills_related_with_the_next_likest_and_a_large_one_keeps_to_the_like():
    made = [
        Item(n, f"Ferry number {n} leaves pier{n}", f"word{n} tail{n} ferry", None, (), "one", NOW) for n in range(12)
    ]
    listed = related(made[0], Index(made), k=12)
    assert len(listed) >= 3 and all(one.score > 0 and one.reason == "words" and one.values for one in listed)


def test_rising_is_what_outruns_its_own_and_its_outlets_expectation():
    steady = [Counted(n, "one", 6, 42, 21) for n in range(10)]
    loved = Counted("always read", "one", 40, 280, 21)
    rises = Counted("rises", "two", 24, 7, 21)
    new = Counted("new in a read outlet", "one", 6, 0, 0)
    few = Counted("two readers", "two", 2, 0, 0)
    found = rising([*steady, loved, rises, new, few], 3)
    assert [(one.id, one.reason, one.values[0]) for one in found] == [("rises", "rising", "24")]
    assert 1 < float(found[0].values[1]) < 12 and found[0].score > 1


def test_nothing_rises_where_everything_is_read_more_or_nothing_is():
    morning = [Counted(n, n % 3, 30, 21, 21) for n in range(20)]
    assert rising(morning, 3) == rising([], 3) == rising([Counted(1, "one", 0, 9, 21)], 3) == []


@given(st.lists(st.builds(Counted, st.integers(), st.integers(0, 3), st.integers(0, 500), st.integers(0, 9000),
                          st.floats(0, 21)), max_size=20, unique_by=lambda one: one.id))  # fmt: skip
def test_rising_lists_only_what_was_read_more_than_expected(counts):
    by_id = {one.id: one for one in counts}
    for one in rising(counts, 3):
        assert by_id[one.id].recent >= 3 and by_id[one.id].recent > float(one.values[1])
