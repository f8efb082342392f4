"""What counts as a read, and what is kept of who read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from fixtures import World

from coranto.store import StoreError
from coranto.web import readers

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ADDRESS = "/article/5/bridge-5"


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({"HTTP_USER_AGENT": FIREFOX}, True),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_SEC_FETCH_DEST": "document"}, True),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_SEC_FETCH_DEST": "image"}, False),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_SEC_PURPOSE": "prefetch;prerender"}, False),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_PURPOSE": "prefetch"}, False),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_X_MOZ": "prefetch"}, False),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_X_PURPOSE": "preview"}, False),
        ({"HTTP_USER_AGENT": FIREFOX, "QUERY_STRING": "said=useful"}, False),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; SomeBot/2.1; +https://bot.example)"}, False),
        ({"HTTP_USER_AGENT": "curl/8.5"}, False),
        ({}, False),
    ],
)
def test_a_read_is_a_browsers_request_for_the_page(store, client, headers, counted):
    recorded = store(World())
    client.get(ADDRESS, **headers)
    readers.counter.flush()
    assert len(recorded.reads) == counted


def test_one_visitor_counts_once_and_leaves_no_address(store, client):
    recorded = store(World())
    for _ in range(3):
        client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="127.0.0.7")
    client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="127.0.0.8")
    client.get("/a/5", HTTP_USER_AGENT=FIREFOX)
    client.head(ADDRESS, HTTP_USER_AGENT=FIREFOX)
    readers.counter.flush()
    assert [(one.article, one.reader) for one in recorded.reads] == [(5, None), (5, None)]
    visitors = {one.visitor for one in recorded.reads}
    assert len(visitors) == 2 and all(len(visitor) == 32 and "." not in visitor for visitor in visitors)


def test_the_days_key_is_shared_private_and_gone_with_the_day(store):
    store(World())
    first, again = readers.DayKey(), readers.DayKey()
    key = first.get(date(2026, 3, 24))
    assert len(key) == 32 and again.get(date(2026, 3, 24)) == key
    kept = settings.READ_KEYS / "2026-03-24"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert first.get(date(2026, 3, 25)) != key and not kept.exists()


def test_reads_wait_while_the_store_is_away(store, client, monkeypatch):
    recorded = store(World())
    take = readers.reads.record_many

    def away(given):
        raise StoreError("locked")

    client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX)
    monkeypatch.setattr(readers.reads, "record_many", away)
    readers.counter.flush()
    monkeypatch.setattr(readers.reads, "record_many", take)
    readers.counter.flush()
    assert len(recorded.reads) == 1


@pytest.mark.parametrize(
    ("query", "place"),
    [("in=related.3", ("related", 3)), ("in=for-you.100", ("for-you", 100)), ("in=related.0", None),
     ("in=related.101", None), ("in=secrets.1", None), ("in=related.²", None), ("", None)],
)  # fmt: skip
def test_a_read_tells_of_the_list_that_its_address_names(store, client, query, place):
    recorded = store(World())
    client.cookies[readers.COOKIE] = readers.new_cookie()
    client.get(f"{ADDRESS}?{query}", HTTP_USER_AGENT=FIREFOX)
    readers.counter.flush()
    assert [one.place for one in recorded.reads] == [place]


def test_lists_are_noted_and_links_name_them_for_remembered_readers_alone(store, client):
    recorded = store(World())
    stranger = client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX)
    assert b"?in=" not in stranger.content and not stranger.cookies and b"reading." not in stranger.content
    assert client.get(f"{ADDRESS}?in=related.1", HTTP_USER_AGENT=FIREFOX).content == stranger.content
    client.cookies[readers.COOKIE] = readers.new_cookie()
    page = client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX).content.decode()
    client.get(ADDRESS, HTTP_USER_AGENT=FIREFOX, HTTP_SEC_PURPOSE="prefetch")
    readers.counter.flush()
    shown = {place: articles for _, place, articles, _ in recorded.shown}
    assert shown.keys() == {"related", "most-read", "rising", "covered", "for-you"} and len(recorded.shown) == 5
    for place, articles in shown.items():
        for at, article in enumerate(articles, 1):
            assert re.search(rf'href="/article/{article}/[^"?]*\?in={place}\.{at}"', page)
    assert "?in=" not in re.search(r'rel="canonical" href="([^"]+)"', page)[1]
