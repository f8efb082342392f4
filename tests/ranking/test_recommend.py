"""For you: several interests, trying something else, and what a reader's sliders change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.ranking import Balance, Index, Item, Read, ranked, recommend, related, score_candidates
from coranto.ranking.likeness import Prepared
from coranto.vectors import Looking

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
SUBJECTS = {"World": "earthquake in the harbour", "Money": "interest rates of the bank", "Sport": "cup final goals",
            "Culture": "opera premiere sings"}  # fmt: skip


def item(number: int, section: str | None, title: str | None = None, outlet: str = "", **more) -> Item:
    words = title or f"{SUBJECTS[section]} number{number}"
    return Item(number, words, "", section, (), outlet or f"outlet {number}", NOW - timedelta(hours=number), **more)


def shelf(start: int = 100, each: int = 12) -> list[Item]:
    return [item(start + n * 4 + at, section) for n in range(each) for at, section in enumerate(SUBJECTS)]


def reads(section: str, count: int, start: int = 0, **more) -> list[Read]:
    return [Read(item(start + n, section), None, **more) for n in range(count)]


def test_a_rare_interest_stays_apart_from_a_frequent_one():
    history = [*reads("Money", 20), *reads("Sport", 1, start=30)]
    offered = [item(90, "Money"), item(91, "Sport"), item(92, "Culture")]
    rates, goals, opera = score_candidates(history, offered, NOW)
    assert rates > goals > opera


@pytest.mark.parametrize(("surprise", "places"), [(0, []), (1, [5, 11]), (4, [1, 3, 5, 7, 9, 11])])
def test_some_places_go_to_what_was_not_read_and_say_so(surprise, places):
    history = [*reads("World", 3), *reads("Money", 3, 10), *reads("Sport", 3, 20)]
    listed = recommend(history, shelf(), NOW, k=12, balance=Balance(surprise=surprise))
    tried = [at for at, entry in enumerate(listed) if entry.reason == "explore"]
    assert tried == places[: len(tried)] and len(tried) == min(len(places), 4)
    assert all(listed[at].values[0] == "Culture" for at in tried)


@pytest.mark.parametrize(
    ("balance", "first"),
    [
        (Balance(fresh=0.0, outlet=0.0, popular=4.0), "popular"),
        (Balance(fresh=9.0, outlet=0.0, popular=0.0), "new"),
        (Balance(fresh=0.0, outlet=30.0, popular=0.0), "followed"),
    ],
)
def test_sliders_weigh_what_they_name(balance, first):
    offered = {
        "new": item(1, None, "alpha", "one"),
        "followed": item(90, None, "beta", "mine"),
        "popular": item(91, None, "gamma", "two"),
    }
    history = [Read(item(5, None, "delta", "mine"), NOW)]
    listed = recommend(history, list(offered.values()), NOW, {91: (50, 60)}, balance=balance)
    assert listed[0].id == offered[first].id


def test_an_index_is_taken_wherever_candidates_are_and_keeps_up():
    history, offered = [*reads("Money", 3), *reads("Sport", 2, 20)], shelf()
    index = Index(offered)
    assert recommend(history, index, NOW, k=6) == recommend(history, offered, NOW, k=6)
    index.remove(offered[0].id)
    index.add(offered[1])
    index.add(item(999, "Money"))
    scores = [score_candidates(history, one, NOW) for one in (index, [*offered[1:], item(999, "Money")])]
    assert sorted(scores[0]) == pytest.approx(sorted(scores[1]))
    emptied = Index(offered[:1])
    emptied.remove(offered[0].id)
    emptied.add(offered[1])
    assert [entry.id for entry in recommend(history, emptied, NOW)] == [offered[1].id]


def test_a_readers_taste_finds_what_shares_no_word_and_says_so(looking, monkeypatch):
    pytest.importorskip("wordllama")
    monkeypatch.setattr(Looking, "off", True)
    read = ["Quarterback benched after three interceptions", "Rodgers rips Packers' road focus after blowout loss",
            "Coach defends kicker who missed twice"]  # fmt: skip
    offered = {"like": "Shanahan blasts 49ers receivers over dropped passes", "kind": "Yankees sign free agent pitcher",
               "fresh": "Duchess wears blue coat to abbey"}  # fmt: skip
    history = [Read(item(n, None, title), None) for n, title in enumerate(read)]
    shelf = [item(30 + n, None, title) for n, title in enumerate(offered.values())]
    listed = recommend(history, shelf[::-1], NOW, balance=Balance(surprise=0))
    assert [entry.id for entry in listed] == [one.id for one in shelf]
    assert [entry.reason for entry in listed] == list(offered) and listed[0].values == (read[2],)
    hidden = [replace(one, kind="less") for one in history]
    assert score_candidates(hidden, shelf, NOW)[0] < score_candidates(hidden, shelf, NOW)[2]


def test_a_time_without_a_zone_counts_as_utc_everywhere():
    bare = NOW.replace(tzinfo=None)
    read, other = item(1, "World"), replace(item(2, "World"), published=bare - timedelta(days=4))
    assert [one.id for one in related(read, Index([read, other]))] == [2]
    lists = [
        recommend([Read(read, at), Read(item(9, "Sport"), NOW)], [other, item(3, "Money")], now)
        for at, now in ((NOW, NOW), (bare, bare))
    ]
    assert lists[0] == lists[1] and {one.id for one in lists[0]} == {2, 3}


def test_a_list_that_is_kept_holds_no_matrices_of_what_was_offered():
    offered = Prepared(shelf())
    kept, gone = ranked(reads("World", 3), offered, NOW), ref(offered)
    del offered
    assert kept[0].listed.reason and gone() is None


def test_less_of_this_turns_the_list_at_once():
    history = [*reads("Money", 5), *reads("Sport", 5, 20)]
    before = recommend(history, shelf(), NOW, k=6)
    after = recommend([*history, *reads("Money", 3, 40, kind="less")], shelf(), NOW, k=6)
    money = [sum(SUBJECTS["Money"] in by_id[entry.id].title for entry in listed)
             for by_id in ({one.id: one for one in shelf()},) for listed in (before, after)]  # fmt: skip
    assert money[0] == 2 and money[1] == 0


ACTS = st.lists(st.tuples(st.integers(0, 47), st.sampled_from(["read", "star", "hide", "less"])), max_size=8)


@settings(max_examples=40, deadline=None)
@given(ACTS, st.integers(1, 12), st.integers(0, 4), st.data())
def test_whatever_was_done_no_list_holds_it_its_copy_or_too_much_of_anything(acts, k, surprise, data):
    originals = shelf()
    copies = [item(500 + n, "World", one.title, origin=one.id) for n, one in enumerate(originals[:20])]
    offered = data.draw(st.permutations([*originals, *copies]))
    by_id = {one.id: one for one in offered}
    history = [Read(originals[at], None, kind=kind) for at, kind in acts]
    listed = recommend(history, offered, NOW, k=k, balance=Balance(surprise=surprise))
    roots = [by_id[entry.id].root for entry in listed]
    assert len(listed) == k and len(set(roots)) == k
    assert not {read.item.root for read in history} & set(roots)
    sections = [by_id[entry.id].section for entry in listed]
    assert max(sections.count(one) for one in SUBJECTS) <= -(-k // 3)
