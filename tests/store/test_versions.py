"""The outlet's document and our reading of it are versioned apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from newsroom import NOON, entry, page_document, read

from coranto.articles import Citation, DateEvidence, Link, Lists, Person, Picture
from coranto.store import articles, intake, keep, lists, originals, packing
from coranto.store.database import rows, run, value


def page_again(newsroom, title: str, text: str, published=NOON) -> None:
    intake.store_document(page_document(title, text, published), article_id=1)
    newsroom.read()


def changes() -> list:
    return [version.changed for version in articles.page(1).versions]


def test_headline_date_and_body_make_versions_and_nothing_else_does(newsroom):
    newsroom.take(newsroom.source(), entry(1, want_page=True))
    page_again(newsroom, "Bridge closed", "The whole of the text stands here, long enough.")
    page_again(newsroom, "Bridge closed", "The whole of the text  stands here, long enough.")
    page_again(newsroom, "Bridge shut", "The whole of the text stands here, long enough.")
    page_again(newsroom, "Bridge shut", "The whole of the text stands here, and more.", NOON + timedelta(hours=1))
    assert changes() == [None, None, ("headline",), ("date", "body")]
    assert articles.page(1).card.title == "Bridge shut"


def test_reading_again_replaces_readings_and_makes_no_version(newsroom):
    newsroom.filled(2)
    assert articles.reread(version=1) == 0
    assert articles.reread(version=2) == 2
    newsroom.read(version=2, title="A better reading")
    page = articles.page(1)
    assert (page.card.title, len(page.versions), page.versions[0].reader_version) == ("A better reading", 1, 2)
    assert articles.reread(version=2) == 0


def test_nothing_is_said_of_versions_that_different_readers_read(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1))
    newsroom.read(version=1)
    newsroom.take(source, entry(1, title="Another headline"))
    newsroom.read(version=2)
    assert changes() == [None, None]
    articles.reread(version=2)
    newsroom.read(version=2)
    assert changes() == [None, ("headline",)]


def test_an_error_page_does_not_take_the_place_of_the_article(newsroom):
    newsroom.take(newsroom.source(), entry(1, want_page=True))
    page_again(newsroom, "Bridge closed", "The whole of the text stands here, long enough.")
    intake.store_document(page_document("404", "Not found"), article_id=1)
    newsroom.read(kind="error")
    assert articles.page(1).reading.text.startswith("The whole") and articles.page(1).state == "listed"


def test_a_reading_comes_back_as_it_went_in(newsroom):
    (source,) = (newsroom.source(),)
    newsroom.take(source, entry(1))
    (work,) = articles.claim("read", "test", 1)
    whole = read(
        work, subtitle="Under it", people=(Person("Ada Fenn", "reporter", "Writes.", "https://one.example/ada"),),
        date_evidence=(DateEvidence("published", NOON, "json-ld", "datePublished", 0.9),
                       DateEvidence("modified", NOON.date(), "text")),
        image=Picture("https://one.example/a.jpg", "A bridge", width=640), images=(Picture("https://one.example/b.jpg"),),
        cited=(Citation("The Two", "outlet", "told", "She told The Two.", 3),),
        lists=Lists(related=(Link("Other", "https://one.example/o"),), comments=("First!",)),
        breadcrumb=("Home", "Valley"),
        published=datetime.fromisoformat("2026-03-24T13:00:00+05:30"), robots=("nosnippet",), warnings=("odd",),
    )  # fmt: skip
    articles.save_readings([(work, whole)], 1, keys_of=lambda url: [url])
    page = articles.page(1)
    assert page.reading == whole and packing.unpack(packing.pack(whole)) == whole
    assert page.published_as_given.utcoffset() == timedelta(hours=5, minutes=30)
    assert page.authors[0].bio == "Writes." and page.card.image.width == 640
    kept = [url.rpartition("/")[2] for (url,) in rows("SELECT url FROM picture WHERE article_id = 1 ORDER BY id")]
    assert kept == ["a.jpg", "b.jpg"]


def test_originals_are_kept_once_and_for_their_time(newsroom):
    body = page_document("Agency text", "The same everywhere.").body
    for name in ("one", "two"):
        newsroom.take(newsroom.source(name), entry(1, name, original=body))
    assert value("SELECT count(*) FROM original") == 1
    digest = articles.documents_of(1)[0][4]
    assert articles.original(digest) == body
    now = datetime.now(UTC)
    run("UPDATE original SET kept_until = 0")
    keep.retention(now)
    assert articles.original(digest) == body, "it waits to be read"
    newsroom.read(robots=("noarchive",))
    keep.retention(NOON + timedelta(days=59))
    assert articles.original(digest) is None
    assert articles.page(1).state == "reserved" and articles.reread(version=9) == 0


def test_over_the_disk_limit_originals_go_first_and_the_store_says_so(newsroom, monkeypatch):
    newsroom.filled(3)
    monkeypatch.setattr(originals.Keeping, "gigabytes", 0.0)
    keep.retention()
    assert value("SELECT count(*) FROM original") == 0
    assert lists.status().originals_kept is False
    assert [check.ok for check in keep.checks() if check.name == "disk"] == [False]
    newsroom.take(newsroom.source(), entry(9))
    newsroom.read()
    assert articles.page(4).reading.title == "Bridge 9 closes"
    monkeypatch.setattr(originals.Keeping, "gigabytes", 20.0)
    keep.retention()
    assert lists.status().originals_kept is True


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        (datetime(2026, 3, 24, 12), datetime(2026, 3, 24, 11, tzinfo=UTC)),
        (datetime(2026, 3, 24, 16, 30), datetime(2026, 3, 24, 11, tzinfo=UTC)),
        (datetime(2026, 3, 24, 12, 7), datetime(2026, 3, 24, 12, 7, tzinfo=UTC)),
        (datetime(2026, 3, 26, 12), datetime(2026, 3, 26, 12, tzinfo=UTC)),
    ],
    ids=["an hour ahead", "in another half-hour zone", "no zone shows it so", "days apart"],
)
def test_a_clock_without_zone_is_the_instant_of_the_entry_where_both_can_be_one(newsroom, clock, instant):
    newsroom.take(newsroom.source(), entry(1, want_page=True), at=NOON + timedelta(days=4))
    for _ in range(2):
        page_again(newsroom, "Bridge closed", "The whole of the text stands here, long enough.", clock)
        page = articles.page(1)
        assert page.card.published == instant
        assert page.published_as_given == clock and page.published_as_given.tzinfo is None
        articles.reread(version=2)
        newsroom.read(version=2)


def test_an_entry_of_a_headline_alone_does_not_take_the_place_of_its_page(newsroom):
    newsroom.take(newsroom.source(), entry(1, text="", want_page=True))
    newsroom.read()
    intake.store_document(page_document("Bridge closed", "The beginning of the text."), article_id=1)
    newsroom.read(kind="paywall")
    page = articles.page(1)
    assert (page.reading.text, page.state) == ("The beginning of the text.", "listed")
