"""What a page asks of collectors holds for the article, whatever its feed says, and for every original of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import entry, page_document, read

from coranto.store import articles, intake, keep
from coranto.store.database import row, value


def save(**changes) -> None:
    """Read all that waits; `changes` are what the pages say, the feed's entries say nothing of it."""
    works = articles.claim("read", "test", 100)
    made = [(work, read(work, **(changes if work.document.media_type == "text/html" else {}))) for work in works]
    articles.save_readings(made, 1, keys_of=lambda url: [url])


def flags() -> tuple[bool, bool]:
    return tuple(map(bool, row("SELECT reserved, nosnippet FROM article WHERE id = 1")))


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (("noarchive",), (True, False)), (("tdm-reservation",), (True, False)), (("nosnippet",), (False, True)),
        (("noindex", "noai"), (False, False)), (("noarchive", "nosnippet"), (True, True)),
    ],
)  # fmt: skip
def test_a_wish_of_the_page_stays_until_the_page_takes_it_back(newsroom, robots, expected):
    source = newsroom.source()
    newsroom.take(source, entry(1, text="Long. " * 200))
    intake.store_document(page_document("Bridge 1 closes", "Short."), article_id=1)
    save(robots=robots)
    assert flags() == expected, "the feed's text is shown, and the page's wish holds for it"
    newsroom.take(source, entry(1, title="Bridge 1 closed", text="Longer. " * 300))
    save()
    assert flags() == expected, "a new entry of the feed takes nothing back"
    intake.store_document(page_document("Not found", "Gone."), article_id=1)
    save(kind="error")
    assert flags() == expected, "an error page takes nothing back"
    intake.store_document(page_document("Bridge 1 closes", "Short and free."), article_id=1)
    save()
    assert flags() == (False, False)


@pytest.mark.parametrize("robots", ["noarchive", "tdm-reservation"])
def test_no_original_of_a_reserved_article_outlives_a_week(newsroom, robots):
    source = newsroom.source()
    newsroom.take(source, entry(1), at=datetime.now(UTC))
    page = replace(page_document("Bridge 1 closes", "The whole."), fetched=datetime.now(UTC))
    intake.store_document(page, article_id=1)
    save(robots=(robots,))
    newsroom.take(source, entry(1, title="Bridge 1 closed"), at=datetime.now(UTC))
    save()
    assert value("SELECT count(*) FROM original") == 3
    keep.retention(datetime.now(UTC) + timedelta(days=6, hours=23))
    assert value("SELECT count(*) FROM original") == 3
    keep.retention(datetime.now(UTC) + timedelta(days=7, minutes=1))
    assert value("SELECT count(*) FROM original") == 0
