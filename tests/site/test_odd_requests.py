"""Addresses and fields that no page of ours makes: each gets a plain answer, none is a fault."""

from __future__ import annotations

import pytest

LONG = "9" * 30
HUGE = "9" * 5000  # more figures than Python makes a number of unasked


@pytest.fixture
def owner(site):
    client = site.account("edda", owner=True)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/run/outlet/{LONG}", 404),
        (f"/run/changes?before={LONG}", 200),
        (f"/a/1/versions?to={LONG}", 404),
        (f"/latest?from={HUGE}", 200),
        ("/kept?from=%00", 200),
        ("/search?q=%00a&since=9999-12-31&until=0001-01-01", 200),
        ("/search/feed?q=a%00&since=0001-01-01", 200),
        ("/section/%00", 404),
        ("/topic/x%ff", 404),
        ("/author/1/%00/feed", 200),
        ("/archive/0001-01-01", 200),
        ("/archive/9999-12-31", 200),
        ("/archive/0000-00-00", 400),
        (f"/stories?from=n{LONG}.1", 200),
        ("/picture/ffffffffffffffff-208.webp", 404),
    ],
)
def test_an_odd_address(owner, address, status):
    assert owner.get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        ("/marks", {"keep": HUGE}, 404),
        ("/marks", {"older": "1", "scope": "outlet:\0"}, 404),
        ("/marks", {"older": "1", "scope": f"author:{LONG}"}, 404),
        ("/for-you/forget", {"article": HUGE}, 404),
        ("/for-you/wishes", {"topic:\0": "more"}, 302),
        ("/article/1/place", {"paragraph": HUGE}, 404),
        ("/article/1/reaction", {"kind": "\0"}, 404),
        ("/sources/follow", {"only": "\0"}, 404),
        ("/account/settings", {"email": "a\0@b.example", "time_zone": "../../etc"}, 302),
        ("/account/sessions/end", {"session": HUGE}, 302),
        (f"/run/article/{LONG}/withdraw", {"reason": "x", "sure": "1"}, 404),
        (f"/run/changes/{LONG}/undo", {}, 404),
        ("/run/article/1/record", {"finding": "\0", "note": "\0"}, 302),
        ("/run/author/1/join", {"other": LONG}, 302),
        ("/run/work/retry", {"article": LONG}, 302),
        ("/run/settings/save", {"CONTACT": "\0'\""}, 422),
        ("/run/add/look", {"address": "http://["}, 422),
        ("/run/add/keep", {"feed": "http://edda:word@feeds.example/", "kind": "feed"}, 422),
    ],
)
def test_odd_fields(owner, address, fields, status):
    assert owner.post(address, fields).status_code == status
