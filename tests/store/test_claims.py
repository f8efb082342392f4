"""The rows are the queue: nobody gets what another holds, nothing is lost when its holder dies."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import timedelta

import pytest
from newsroom import NOON, entry, read, together

from coranto.store import articles, claims, grouping, sources, steps
from coranto.store.database import run, value
from coranto.store.source_values import Fetched


def test_two_workers_never_hold_the_same_article(newsroom):
    newsroom.take(newsroom.source(), *(entry(n) for n in range(60)))

    def all_i_get(number: int) -> list[int]:
        mine: list[int] = []
        while works := articles.claim("read", f"worker {number}", 7):
            mine += [work.article_id for work in works]
        return mine

    found = [one for mine in together(all_i_get) for one in mine]
    assert sorted(found) == list(range(1, 61))


def test_two_workers_never_hold_the_same_source(newsroom):
    sources.add_many(
        {"outlet": {"name": f"Outlet {n}"}, "kind": "feed", "url": f"https://o{n}.example/feed"} for n in range(30)
    )
    taken = together(lambda number: [source.id for source in sources.claim_due(f"worker {number}", 30)])
    assert sorted(one for mine in taken for one in mine) == list(range(1, 31))


def test_what_a_dead_process_of_this_host_held_is_free_at_once(newsroom):
    ended = subprocess.Popen(["true"])
    ended.wait()
    here = socket.gethostname()
    dead, elsewhere, alive = f"{here}/{ended.pid}", f"other-{here}/{ended.pid}", f"{here}/{os.getppid()}"
    newsroom.take(newsroom.source(), *(entry(n) for n in range(3)))
    for number, holder in enumerate((dead, elsewhere, alive)):
        assert len(articles.claim("read", holder, 1)) == 1
        assert grouping.lease(f"task {number}", holder, 600)
    claims.free_dead()
    assert len(articles.claim("read", "test", 3)) == 1
    assert [grouping.lease(f"task {number}", "test", 600) for number in range(3)] == [True, False, False]


def test_the_same_entries_stored_at_once_are_stored_once(newsroom):
    source = newsroom.source()
    told = together(lambda number: newsroom.take(source, *(entry(n) for n in range(20))))
    assert sum(each.new for each in told) == 20
    assert value("SELECT count(*) FROM article") == 20


def test_a_claim_ends_with_its_lease_and_a_late_result_counts_for_nothing(newsroom):
    newsroom.take(newsroom.source(), entry(1))
    (late,) = articles.claim("read", "slow", 1, lease=60)
    assert articles.claim("read", "quick", 1) == []
    run("UPDATE article SET due = 0")
    (quick,) = articles.claim("read", "quick", 1)
    articles.save_readings([(late, read(late, title="Too late"))], 1)
    assert articles.page(1).card.title == "Bridge 1 closes"
    assert articles.release(late) is False
    articles.save_readings([(quick, read(quick, title="In time"))], 1)
    assert articles.page(1).card.title == "In time"


def test_saving_twice_leaves_no_double(newsroom):
    newsroom.take(newsroom.source(), entry(1))
    (work,) = articles.claim("read", "test", 1)
    for _ in range(2):
        articles.save_readings([(work, read(work))], 1)
    newsroom.group((1,))
    newsroom.group((1,))
    assert value("SELECT count(*) FROM article_topic") == 2
    assert value("SELECT sum(articles) FROM topic") == 2
    assert value("SELECT articles FROM story WHERE id = 1") == 1


def test_an_article_that_kills_its_worker_is_left_alone_after_five_times(newsroom):
    newsroom.take(newsroom.source(), entry(1), entry(2))
    for _ in range(5):
        assert articles.claim("read", "dying", 1)
        run("UPDATE article SET due = 0 WHERE claim IS NOT NULL")
    assert articles.waiting() == {"fetch": 0, "read": 1, "group": 0, "stuck": 1}
    assert [failure.article_id for failure in steps.failed()] == [1]
    articles.retry([1])
    assert articles.waiting()["read"] == 2


def test_articles_go_from_reading_to_grouping_to_rest(newsroom):
    newsroom.take(newsroom.source(), entry(1))
    newsroom.read()
    (work,) = articles.claim("group", "test", 5)
    assert work.reading.title == "Bridge 1 closes"
    grouping.save_assignments([{"article_id": 1, "story_id": 1, "claim": work.claim}])
    assert not any(articles.waiting().values())


def test_a_step_fails_later_again_or_for_good(newsroom):
    newsroom.take(newsroom.source(), entry(1, want_page=True))
    (work,) = articles.claim("fetch", "test", 1)
    assert articles.release(work, failure="503", retry_in=60)
    assert articles.claim("fetch", "test", 1) == []
    assert articles.claim("fetch", "test", 1, now=NOON + timedelta(days=3650))
    with pytest.raises(ValueError, match="no step 'wash'"):
        articles.claim("wash", "test", 1)


def test_intervals_follow_the_news_and_failures_back_off(newsroom):
    one = newsroom.source("one")
    set_by_owner = newsroom.source("two", interval=1200)
    for _ in range(3):
        sources.fetched_many([Fetched(one.id, new=4), Fetched(set_by_owner.id, not_modified=True)])
    assert sources.get(one.id).interval == 450 and sources.get(one.id).days[-1] == 12
    assert sources.get(set_by_owner.id).interval == 1200
    sources.fetched(one.id, ttl=7200)
    row = sources.get(one.id)
    assert (row.due - row.health.fetched).total_seconds() == 7200
    for _ in range(3):
        sources.failed(one.id, "status", "403: the site refuses readers", "Try its other feed.", retry_after=10)
    health = sources.get(one.id).health
    assert (health.state, health.failures, health.message) == ("failing", 3, "403: the site refuses readers")
    sources.resume(one.id)
    assert sources.get(one.id).health.state == "well"
    sources.gone(one.id, "410")
    assert sources.claim_due("test", 10, now=NOON + timedelta(days=3650))[0].id == set_by_owner.id


def test_validators_stay_when_nothing_changed_and_a_move_is_remembered(newsroom):
    one = newsroom.source("one")
    sources.fetched(one.id, etag='"a"', last_modified="Tue", new=1)
    sources.fetched(one.id, not_modified=True)
    assert sources.get(one.id).etag == '"a"'
    sources.fetched(one.id, moved_to="https://one.example/new")
    assert sources.get("https://one.example/new").id == one.id
    other = sources.add_source(one.outlet_id, "feed", "https://one.example/feed")
    sources.fetched(other.id, moved_to="https://one.example/new")
    assert sources.get(other.id).state == "gone"


def test_one_grouper_at_a_time(stored):
    assert grouping.lease("group", "a", 60) and not grouping.lease("group", "b", 60)
    assert grouping.lease("group", "a", -1) and grouping.lease("group", "b", 60)
