"""Dates and ages in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from coranto.web import times

NOW = datetime(2026, 3, 24, 14, 52, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_utc():
    with times.in_zone(ZoneInfo("UTC")):
        yield


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "1 min ago"),
        (timedelta(minutes=22), "22 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(hours=20, minutes=12), "Yesterday 18:40"),
        (timedelta(days=2, hours=20, minutes=12), "Sat 18:40"),
        (timedelta(days=6), "Wed 14:52"),
        (timedelta(days=7), "17 March"),
        (timedelta(days=300), "28 May 2025"),
        (-timedelta(hours=1), "15:52"),
        (-timedelta(days=3), "27 March"),
    ],
)
def test_an_age(ago, words):
    assert times.age(NOW - ago, NOW) == words


def test_ages_at_midnight():
    night = datetime(2026, 3, 24, 0, 10, tzinfo=UTC)
    assert times.age(night - timedelta(minutes=30), night) == "30 min ago"
    assert times.age(night - timedelta(hours=3), night) == "Yesterday 21:10"


def test_times_are_told_on_the_readers_clock():
    with times.in_zone(ZoneInfo("Asia/Tokyo")):
        assert times.clock(NOW) == "23:52"
        assert times.full(NOW) == "24 March 2026, 23:52 JST"
        assert times.age(NOW - timedelta(hours=15), NOW) == "15 h ago"


def test_dates_in_full():
    assert times.full(date(2026, 3, 24)) == "24 March 2026"
    assert times.full(NOW) == "24 March 2026, 14:52 UTC"
    assert times.as_given(NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "24 March 2026, 20:22 (+05:30)"
    assert times.as_given(datetime(2026, 3, 24, 7, 30)) == "24 March 2026, 07:30"
    assert times.as_given(date(2026, 3, 24)) == "24 March 2026"
    assert times.day_head(date(2026, 3, 24), NOW) == "Tuesday 24 March"
    assert times.iso(NOW) == "2026-03-24T14:52Z" and times.iso(date(2026, 3, 24)) == "2026-03-24"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(days=3), "3 days later"),
        (-timedelta(days=2), "2 days earlier"),
        (timedelta(hours=5), "5 h later"),
        (-timedelta(minutes=4), "1 h earlier"),
        (timedelta(days=1), "1 day later"),
    ],
)
def test_how_far_apart(gap, words):
    assert times.apart(NOW, NOW + gap) == words
