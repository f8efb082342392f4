"""The log of what readers do: what is written of whom, and what is learned from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from newsroom import entry

from coranto.store import database, events, keep, marks, originals, profiles, reactions, reads
from coranto.store.covered import linked
from coranto.store.impressions import impressions
from coranto.store.reader_values import Visit

NOW = datetime.now(UTC)
DEVICE, OTHER = "device:kx7Qv2mZw9Lr4T", "device:zz"


@pytest.fixture
def shelf(newsroom) -> list[int]:
    """Six articles, and a device whose reader is remembered."""
    ids = newsroom.filled(6)
    profiles.remember(DEVICE)
    return ids


def log_of(key: str) -> list[tuple]:
    return [(one.kind, one.article, one.place, one.position, one.dwell) for one in events.of(key)]


def test_what_a_remembered_reader_does_is_written_down_once_a_day(shelf):
    for _ in range(100):
        reads.record_many([Visit(1, "a", DEVICE, NOW, ("related", 3))])
    for kind in ("share", "less", "hide", "share"):
        assert events.press(DEVICE, 2, kind)
    for seconds, step in ((4, 0), (75, 60), (31, 60), (10**6, 180)):
        events.dwell(DEVICE, 1, seconds)
        assert log_of(DEVICE)[-1] == ("read", 1, "related", 3, step)
    for word in ("useful", "moving"):
        reactions.react(3, DEVICE, word)
    assert sorted(log_of(DEVICE)) == [
        ("hide", 2, None, None, None), ("less", 2, None, None, None), ("moving", 3, None, None, None),
        ("read", 1, "related", 3, 180), ("share", 2, None, None, None),
    ]  # fmt: skip
    reactions.react(3, DEVICE, "moving")
    assert "moving" not in {kind for kind, *_ in log_of(DEVICE)} and events.of(OTHER) == ()


def test_what_an_account_keeps_for_later_is_a_star_until_it_is_dropped(shelf):
    from django.contrib.auth.models import User

    user = User.objects.create_user("ada").pk
    marks.keep(user, 2)
    marks.keep(user, 3)
    marks.keep(user, 2, False)
    assert log_of(f"user:{user}") == [("star", 3, None, None, None)]


@pytest.mark.parametrize("key", [OTHER, "device:said", "device:off"])
def test_of_a_reader_who_is_not_remembered_nothing_is_written(shelf, key):
    reactions.react(1, "device:said", "useful")
    profiles.remember("device:off")
    profiles.remember("device:off", False)
    reads.record_many([Visit(1, "a", key, NOW, ("related", 1))])
    events.dwell(key, 1, 60)
    events.show_many([(key, "related", [1, 2], NOW)])
    assert not events.press(key, 1, "less") and not events.press(DEVICE, 99, "less")
    assert not events.press(DEVICE, 1, "read")
    assert events.of(key) == () == events.shown_to(key)


def test_the_same_list_shown_again_at_once_is_one_showing(shelf):
    for minutes, articles in ((0, [1, 2]), (5, [1, 2]), (6, [2, 1]), (50, [2, 1])):
        events.show_many([(DEVICE, "related", articles, NOW + timedelta(minutes=minutes))])
    assert [one.articles for one in events.shown_to(DEVICE)] == [(2, 1), (2, 1), (1, 2)]


def test_the_log_goes_after_the_days_that_were_set(shelf, monkeypatch):
    monkeypatch.setattr(originals.Keeping, "reads_days", 7)
    for article, days in ((1, 6), (2, 8)):
        when = NOW - timedelta(days=days)
        reads.record_many([Visit(article, "a", DEVICE, when)])
        events.show_many([(DEVICE, "related", [article], when)])
    assert keep.retention()["reads"] == 1
    assert [one.article for one in events.of(DEVICE)] == [1] == [one.articles[0] for one in events.shown_to(DEVICE)]


def test_hidden_and_unwanted_articles_tell_of_the_taste(shelf):
    reads.record_many([Visit(1, "a", DEVICE, NOW - timedelta(minutes=1))])
    events.press(DEVICE, 2, "less")
    found = profiles.history(profiles.profile(DEVICE).reader)
    assert [(one.card.id, one.kind) for one in found] == [(1, "read"), (2, "less")]
    assert profiles.profile(DEVICE).reads == 1


def test_an_impression_is_a_list_as_it_was_shown_with_what_was_opened_of_it(shelf):
    profiles.remember(OTHER)
    at = [NOW - timedelta(minutes=60 - n) for n in range(10)]
    reads.record_many([Visit(6, "a", DEVICE, at[0])])
    events.show_many([(DEVICE, "for-you", [3, 1, 2], at[1]), (OTHER, "for-you", [1, 2], at[1])])
    reads.record_many([Visit(1, "a", DEVICE, at[2], ("for-you", 2)), Visit(5, "b", OTHER, at[2], ("for-you", 1))])
    events.show_many([(DEVICE, "related", [1, 4], at[3]), (DEVICE, "for-you", [2, 5], at[4])])
    reads.record_many([Visit(4, "a", DEVICE, at[5], ("related", 2)), Visit(2, "a", DEVICE, at[6], ("for-you", 1))])
    events.dwell(DEVICE, 4, 45)
    made = [
        ([one.item.id for one in each.history], [one.id for one in each.candidates], each.clicked, each.popularity)
        for each in impressions()
    ]
    assert made == [
        ([6], [3, 1, 2], [False, True, False], {}),
        ([6, 1], [1, 4], [False, True], {1: (1, 2)}),
        ([6, 1], [2, 5], [True, False], {2: (0, 2), 5: (1, 0)}),
    ]
    assert [each.at for each in impressions(since=at[3], places=["for-you"])] == [at[4]]
    assert [each.at for each in impressions(last=True)] == [at[4]]
    reads.forget(DEVICE)
    assert list(impressions()) == [] and database.value("SELECT count(*) FROM event") == 1


def test_links_between_articles_are_told_by_their_addresses(newsroom):
    newsroom.filled(3)
    source = newsroom.source("two")
    (new,) = newsroom.take(source, entry(9, "two")).article_ids
    links = "https://one.example/news/1", "https://one.example/news/2?a=1&amp;b=2", "https://two.example/news/9", "#x"
    newsroom.read(html="".join(f'<p><a rel="nofollow" href="{link}">more</a></p>' for link in links))
    newsroom.group((new,))
    assert linked([1, new], lambda url: [url]) == {new: (2,)}


def test_what_readers_went_on_to_is_told_where_three_did(shelf):
    for reader in ("device:a", "device:b", "device:c"):
        profiles.remember(reader)
    for n, reader in enumerate(("device:a", "device:b", "device:c")):
        at = NOW - timedelta(minutes=90 - n)
        steps = ((1, 0), (2, 5), *(((3, 8),) if n else ()), (4, 70))
        reads.record_many([Visit(article, f"v{n}", reader, at + timedelta(minutes=later)) for article, later in steps])
    assert events.went_on(shelf) == {1: {2: 3}}
    assert sorted(events.read_by_several(NOW - timedelta(hours=2), 9)) == [1, 2, 4]
    reads.forget("device:a")
    assert events.went_on(shelf) == {}
