"""Answers kept before the site: which, for whom, for how long, and what empties them."""

from __future__ import annotations

import pytest

from coranto.web import kept_answers
from coranto.web.kept_answers import KeptAnswers

PAGE = [("Content-Type", "text/html"), ("Cache-Control", "private, no-cache"), ("Vary", "Cookie"), ("ETag", '"e1"')]


def visitor(environ):
    return environ.get("REMOTE_ADDR")


class Place:
    """A site that counts how often it is asked, a clock, and a cache round it."""

    def __init__(self, headers=PAGE, status="200 OK"):
        self.headers, self.status, self.asked, self.now, self.done, self.reads = headers, status, 0, 100.0, 0, []
        self.emptied = []
        self.cache = KeptAnswers(
            self.site, visitor, lambda: self.done, self.reads.append, lambda: self.now,
            lambda: self.emptied.append(self.done),
        )  # fmt: skip

    def site(self, environ, start_response):
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [b"page ", str(self.asked).encode()]

    def get(self, path="/", method="GET", **more):
        told = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "news.example", **more}
        body = b"".join(self.cache(environ, lambda status, headers, fault=None: told.extend((status, dict(headers)))))
        return told[0], told[1], body


def test_the_second_visitor_gets_the_kept_answer_until_its_time_is_over():
    place = Place()
    assert place.get()[2] == place.get()[2] == b"page 1"
    place.now += 19.5
    status, headers, body = place.get()
    assert (status, body, headers["Content-Type"]) == ("200 OK", b"page 1", "text/html")
    place.now += 1
    assert place.get()[2] == b"page 2" and len(place.reads) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/else"},
        {"QUERY_STRING": "from=2"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_SAVE_DATA": "on"},
        {"REMOTE_ADDR": "192.0.2.7"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_COOKIE": "session=1"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"method": "POST"},
    ],
    ids=str,
)
def test_another_request_is_not_answered_with_it(other):
    place = Place()
    place.get()
    assert place.get(**other)[2] == b"page 2"
    assert place.get()[2] == b"page 1"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", PAGE),
        ("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "max-age=0, no-store")]),
        ("200 OK", [("Content-Type", "image/webp")]),
        ("200 OK", [*PAGE, ("Set-Cookie", "a=b")]),
        ("200 OK", [("Content-Type", "text/html"), ("Vary", "Cookie, Accept-Language")]),
    ],
)
def test_what_is_not_the_same_for_all_is_not_kept(status, headers):
    place = Place(headers, status)
    place.get()
    assert place.get()[2] == b"page 2"


def test_an_act_of_those_who_run_the_site_empties_it_within_a_second():
    place = Place()
    place.get()
    place.done = 1
    place.now += 1.1
    assert place.get()[2] == b"page 2"
    assert place.emptied == [0, 1], "what new pages are made of is forgotten, too"


def test_an_act_is_heard_of_where_only_signed_in_readers_ask():
    place = Place()
    place.get(HTTP_COOKIE="session=1")
    place.done = 1
    place.now += 1.1
    place.get(HTTP_COOKIE="session=1")
    assert place.emptied == [0, 1]


def test_a_page_made_before_an_act_is_not_kept_after_it():
    place = Place()

    def slow(environ, start_response):
        if place.asked == 0:
            place.asked = 1
            place.done, place.now = 1, place.now + 2
            place.get("/else")
        start_response("200 OK", PAGE)
        return [b"old"]

    place.cache.site, kept = slow, place.cache.site
    place.get()
    place.cache.site = kept
    assert place.get()[2] != b"old"


def test_the_browsers_own_copy_and_a_head_get_no_body():
    place = Place()
    place.get()
    assert place.get(HTTP_IF_NONE_MATCH='"e1"')[::2] == ("304 Not Modified", b"")
    assert place.get(method="HEAD")[::2] == ("200 OK", b"")


def test_it_stays_within_its_bytes_and_lets_the_oldest_go(monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 12)
    place = Place()
    assert [place.get(path)[2] for path in ("/a", "/b", "/c", "/c", "/b", "/a")] == [
        b"page 1", b"page 2", b"page 3", b"page 3", b"page 2", b"page 4"
    ]  # fmt: skip
