"""Pictures in the store: which are wanted, who works on them, how long they stay, and that they go with the article."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import entry, read

from coranto.articles import Picture
from coranto.store import articles, keep, outlets, picture_files, pictures, times
from coranto.store.database import run, value
from coranto.store.times import DAY, SECOND

NOW = datetime.now(UTC)
FILES = {480: b"a" * 400, 208: b"b" * 100}


def publish(newsroom, name: str, ages: list[float], urls: list[str], **outlet) -> list[int]:
    """Articles of an outlet, so many days old, each with its lead picture."""
    source = newsroom.source(name, outlet=outlet)
    made = [entry(n, name, published=NOW - timedelta(days=age)) for n, age in enumerate(ages)]
    ids = newsroom.take(source, *made, at=NOW).article_ids
    works = sorted(articles.claim("read", "test", 100), key=lambda work: work.article_id)
    shown = [(work, read(work, image=Picture(url))) for work, url in zip(works, urls, strict=True)]
    articles.save_readings(shown, 1, keys_of=lambda url: [url])
    return list(ids)


def kept(*urls: str) -> list[pictures.PictureWork]:
    """Have these pictures, and no others that wait, kept."""
    pictures.wish(urls)
    works = [work for work in pictures.claim("test", 100) if work.url in urls]
    for work in works:
        assert pictures.keep(work, 960, 640, FILES)
    return works


def files(stored) -> int:
    return sum(file.is_file() for file in (stored.data / "pictures").rglob("*"))


def test_new_articles_ask_for_their_lead_picture_the_newest_first(newsroom):
    publish(newsroom, "one", [3, 1, 40, 2], [f"https://p.example/{n}.jpg" for n in range(4)])
    assert [pictures.claim("test", 1)[0].url[-5] for _ in range(3)] == ["1", "3", "0"]
    assert pictures.claim("test", 10) == []
    pictures.wish(["https://p.example/2.jpg"])
    (work,) = pictures.claim("test", 10)
    assert work.url == "https://p.example/2.jpg" and [source.url for source in work.sources] == [
        "https://one.example/feed"
    ]


def test_a_claim_that_was_lost_keeps_nothing(newsroom, stored):
    publish(newsroom, "one", [1], ["https://p.example/a.jpg"])
    (lost,) = pictures.claim("dead", 1)
    assert pictures.claim("test", 1) == []
    (work,) = pictures.claim("test", 1, now=times.now() + 601 * SECOND)
    assert work.attempts == 2 and not pictures.keep(lost, 10, 10, FILES) and files(stored) == 0
    pictures.refuse(lost, "too late")
    assert pictures.keep(work, 10, 10, FILES) and files(stored) == 2
    assert not pictures.keep(work, 10, 10, FILES)


def test_a_failure_waits_and_a_refusal_is_asked_for_again_after_a_month(newsroom):
    publish(newsroom, "one", [1], ["https://p.example/a.jpg"])
    (work,) = pictures.claim("test", 1)
    pictures.later(work, "busy", 600)
    assert not pictures.waits() and pictures.waits(times.now() + 601 * SECOND)
    (work,) = pictures.claim("test", 1, now=times.now() + 601 * SECOND)
    pictures.refuse(work, "It is a banner.")
    pictures.wish(["https://p.example/a.jpg"])
    assert not pictures.waits() and pictures.counts()["refused"] == 1
    picture_files.retention(times.now() + 31 * DAY)
    assert pictures.counts() == {"bytes": 0}


def test_a_picture_that_ends_its_worker_is_tried_five_times(newsroom):
    publish(newsroom, "one", [1], ["https://p.example/a.jpg"])
    tries = [pictures.claim("dead", 1, now=times.now() + n * 601 * SECOND) for n in range(7)]
    assert [len(found) for found in tries] == [1, 1, 1, 1, 1, 0, 0]
    picture_files.retention(times.now() + DAY)
    assert pictures.counts()["refused"] == 1


def test_an_address_that_no_article_shows_is_never_fetched(newsroom):
    pictures.wish(["https://p.example/elsewhere.jpg"])
    assert pictures.claim("test", 10) == [] and pictures.counts() == {"bytes": 0}


def test_what_a_private_outlet_may_do_fetches_nothing_that_others_see(newsroom, stored):
    from django.contrib.auth.models import User

    owner, other = (User.objects.create(username=name).pk for name in ("ada", "bea"))
    publish(newsroom, "one", [1], ["https://one.example/a.jpg"], private_to=owner)
    (work,) = kept("https://one.example/a.jpg")
    assert work.sources == ()
    assert pictures.may_be_shown(work.key, owner, True)
    assert not any(pictures.may_be_shown(work.key, user, True) for user in (other, None))
    assert not pictures.may_be_shown(work.key, owner, False)


@pytest.mark.parametrize("way", ["withdraw", "outlet"])
def test_pictures_go_with_the_last_article_that_shows_them(newsroom, stored, way):
    first, _ = publish(newsroom, "one", [1, 2], ["https://p.example/own.jpg", "https://p.example/shared.jpg"])
    publish(newsroom, "two", [1], ["https://p.example/shared.jpg"])
    kept("https://p.example/own.jpg", "https://p.example/shared.jpg")
    assert files(stored) == 4
    if way == "withdraw":
        assert articles.withdraw(first, "Asked for", "owner") == ("https://p.example/own.jpg",)
    else:
        outlets.delete_outlet(1, with_articles=True)
    assert files(stored) == 2 and pictures.kept(["https://p.example/own.jpg"]) == {}
    assert value("SELECT url FROM cached_picture") == "https://p.example/shared.jpg"


def test_a_picture_withdrawn_while_it_is_fetched_is_not_kept(newsroom, stored):
    (ident,) = publish(newsroom, "one", [1], ["https://p.example/a.jpg"])
    (work,) = pictures.claim("test", 1)
    articles.withdraw(ident, "Asked for", "owner")
    assert not pictures.keep(work, 960, 640, FILES) and files(stored) == 0


def test_above_its_limit_the_cache_loses_what_nobody_looked_at(newsroom, stored, monkeypatch):
    urls = [f"https://p.example/{n}.jpg" for n in range(4)]
    publish(newsroom, "one", [1, 1, 1, 1], urls)
    kept(*urls)
    for n, url in enumerate(urls):
        run("UPDATE cached_picture SET used = used - %s WHERE url = %s", ((4 - n) * DAY, url))
    monkeypatch.setattr(picture_files.Cache, "gigabytes", 1100 / 10**9)
    assert keep.retention()["pictures"] == 2
    assert set(pictures.kept(urls)) == set(urls[2:]) and files(stored) == 4
    assert keep.disk().pictures == 1000
    assert next(check for check in keep.checks() if check.name == "pictures").message.startswith("2 kept in 0.0 MB")
    monkeypatch.setattr(picture_files.Cache, "on", False)
    keep.retention()
    assert files(stored) == 0


def test_stray_files_are_swept(newsroom, stored):
    publish(newsroom, "one", [1], ["https://p.example/a.jpg"])
    kept("https://p.example/a.jpg")
    stray = picture_files.file_of(0x1234, 480)
    aside = stray.with_name("0000000000001234-480.webp.77.abcd")
    for path in (stray, aside):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    picture_files.sweep()
    assert stray.exists()
    for path in (stray, aside, *(stored.data / "pictures").rglob("*.webp")):
        os.utime(path, (0, 0))
    picture_files.sweep()
    assert not stray.exists() and not aside.exists() and files(stored) == 2


def test_a_page_asks_once_for_all_its_pictures(newsroom, statements):
    urls = [f"https://p.example/{n}.jpg" for n in range(20)]
    publish(newsroom, "one", [1] * 20, urls)
    kept(*urls)
    with statements() as asked:
        assert set(pictures.kept(urls)) == set(urls)
    assert len(asked) == 1
