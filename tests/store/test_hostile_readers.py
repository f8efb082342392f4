"""Counts are safe: what a reader, a machine or a twentieth of all visitors can do about them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import pytest
from newsroom import together

from coranto.store import articles, counting, database, lists, profiles, reactions, reads
from coranto.store.reader_values import Visit

NOW = datetime.now(UTC)
VISITORS, ARTICLES, HOSTILE = 200, 25, 10


def visitor(network: str, agent: str) -> str:
    return "".join(blake2b(who.encode(), digest_size=8).hexdigest() for who in (network, network + agent))


def test_one_network_counts_a_little_however_often_it_presses(newsroom):
    newsroom.filled(2)
    for press in range(100):
        reads.record(1, visitor("home", f"browser {press}"), at=NOW - timedelta(seconds=press))
    assert articles.page(1).readers == counting.MOST_ALIKE
    told = database.rows("SELECT readers FROM tally WHERE article_id = 1 AND hours = 24")
    assert [readers for (readers,) in told] in ([1], [1, 1])
    reads.record(2, visitor("home", "browser 1"), at=NOW)
    came = dict(database.rows("SELECT scope, readers FROM visitors WHERE hours = 24"))
    assert set(came.values()) == {1} and came.keys() == {"all", "outlet:1"}


def test_who_reads_more_than_people_do_is_counted_no_longer(newsroom, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 5)
    ids = newsroom.filled(9)
    assert reads.record_many([Visit(one, visitor("machine", "x"), None, NOW) for one in ids]) == 5


def test_forgetting_lets_nobody_count_twice(newsroom):
    newsroom.filled(1)
    for _ in range(3):
        reads.record(1, visitor("home", "x"), "user:77", NOW)
        reads.forget("user:77")
    assert articles.page(1).readers == 1


def honest(draw: random.Random, ids: list[int]) -> list[Visit]:
    """Visitors over a day, each with a few articles: some are read much, most a little (Zipf)."""
    weights = [1 / place for place in range(1, len(ids) + 1)]
    made = []
    for number in range(VISITORS - HOSTILE):
        at = NOW - timedelta(minutes=draw.uniform(1, 1430))
        for one in set(draw.choices(ids, weights, k=1 + draw.randrange(6))):
            made.append(Visit(one, visitor(f"net {number}", "a"), None, at))
    return made


def hostile(target: int, late: bool) -> list[Visit]:
    """A twentieth of the visitors, each pressing from a network of their own with one browser after another."""
    draw = random.Random(7)
    return [
        Visit(target, visitor(f"bad {number}", f"agent {press}"), None, NOW - timedelta(minutes=minutes))
        for number in range(HOSTILE)
        for minutes in [draw.uniform(0, 3) if late else draw.uniform(1, 1430)]
        for press in range(6)
    ]


@pytest.mark.parametrize("late", [False, True], ids=["all day", "at once"])
def test_a_twentieth_of_the_visitors_lifts_no_article_into_a_list(newsroom, late):
    ids = newsroom.filled(ARTICLES)
    target = ids[-1]
    reads.record_many(honest(random.Random(3), ids[:-1]))
    before = lists.ranked(6)
    reads.record_many(hostile(target, late))
    for key in range(HOSTILE):
        reactions.react(ids[0], f"device:honest {key}", "useful")
    reactions.react(target, "device:bad", "useful")
    for days in (1, 7):
        after = lists.ranked(6, days=days)
        listed = [one.card.id for one in (*after.most_read, *after.rising, *after.discussed)]
        assert target not in listed and after.most_read and after.discussed
    assert {one.card.id for one in after.most_read} >= {one.card.id for one in before.most_read[:3]}
    crowd = [Visit(target, visitor(f"many {n}", "a"), None, NOW) for n in range(VISITORS // 2)]
    reads.record_many(crowd)
    assert lists.ranked(6).most_read[0].card.id == target, "what a crowd reads does rise"


def test_what_several_processes_count_at_once_is_all_there(newsroom):
    newsroom.filled(1)

    def press(process: int) -> None:
        for each in range(8):
            reads.record(1, visitor(f"net {process} {each}", "a"), at=NOW)
            reactions.react(1, f"device:{process} {each}", "useful")
            profiles.wish("device:one", {("topic", f"{process}-{each}"): "more"})

    together(press)
    for column, half_life in counting.HALF_LIVES.items():
        level = database.value(f"SELECT {column} FROM article")
        assert 2 ** (level - NOW.timestamp() * 1e6 / half_life) == pytest.approx(32, rel=0.01), column
    assert len(profiles.profile("device:one").wishes) == 32
