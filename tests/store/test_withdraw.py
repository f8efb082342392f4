"""What was withdrawn leaves nothing behind but its address, and nothing brings it back."""

from __future__ import annotations

import io

import pytest
from newsroom import NOON, columns_holding, entry, page_document, read

from coranto.articles import Picture
from coranto.store import articles, changes, grouping, intake, keep, lists, outlets, reads, search
from coranto.store.database import rows, value
from coranto.store.values import Gone, Query

SECRET = "Quintessa"


def withdrawn(newsroom):
    """A withdrawn article beside one that shares its original and picture, in one story."""
    body = page_document(f"{SECRET} speaks", f"{SECRET} said so.").body
    shared = Picture("https://one.example/shared.jpg")
    for number, name in enumerate(("one", "two")):
        source = newsroom.source(name)
        newsroom.take(source, entry(1, name, title=f"{SECRET} speaks", original=body, byline=SECRET))
        own = Picture(f"https://{name}.example/{SECRET}.jpg")
        works = articles.claim("read", "test", 9)
        told = [(work, read(work, image=shared, images=(own,), tags=(SECRET,), authors=(SECRET,))) for work in works]
        articles.save_readings(told, 1, keys_of=lambda url: [url])
        assert number + 1 == value("SELECT count(*) FROM article")
    newsroom.group((1, 2))
    grouping.save_assignments([{"article_id": 2, "story_id": 1, "copy_of": 1, "role": "uncredited_copy", "share": 1.0}])
    grouping.save_related({2: [(1, "terms", [SECRET])]})
    reads.record(1, "visitor", "device")
    return articles.withdraw(1, "Asked for by the person concerned", "owner")


def test_its_address_says_why_and_everything_else_is_gone(newsroom):
    pictures = withdrawn(newsroom)
    page = articles.page(1)
    assert isinstance(page, Gone) and page.reason == "Asked for by the person concerned" and page.at is not None
    assert pictures == (f"https://one.example/{SECRET}.jpg",)
    assert [card.id for card in lists.latest().cards] == [2]
    assert [hit.card.id for hit in search.search(Query(SECRET)).hits] == [2]
    assert articles.documents_of(1) == [] and reads.history("device") == ()
    assert articles.page(2).related == () and articles.page(2).card.copy_of is None
    assert lists.story(1).card.articles == 1
    assert lists.outlet("the-one")[0].articles == 0
    assert [change.what for change in changes.of_article(1)] == ["withdraw"]


def test_no_word_of_it_is_left_in_any_table(newsroom):
    withdrawn(newsroom)
    articles.withdraw(2, "This as well", "owner")
    assert columns_holding(SECRET) == []
    assert value("SELECT count(*) FROM original") == 0
    assert lists.topic(SECRET.lower()) is None


def test_nothing_brings_it_back(newsroom):
    withdrawn(newsroom)
    source = newsroom.source("one")
    assert newsroom.take(source, entry(1)).refused == 1
    assert newsroom.take(source, entry(1, title="Under another title")).refused == 1
    assert intake.store_links(source, [(entry(1).url, "Again", NOON, entry(1).address_keys)]).refused == 1
    told = intake.store_document(
        page_document("Again", "Again."), outlet_hint=1, via="import", keys=entry(1).address_keys
    )
    assert told.refused == 1
    assert intake.store_document(page_document("Again", "Again."), article_id=1).refused == 1
    articles.reread(version=99)
    newsroom.read(version=99)
    assert isinstance(articles.page(1), Gone)
    assert rows("SELECT state, title, url FROM article WHERE id = 1") == [("withdrawn", "", entry(1).url)]


def test_a_worker_that_held_it_cannot_bring_it_back(newsroom):
    newsroom.take(newsroom.source(), entry(1))
    (work,) = articles.claim("read", "test", 1)
    articles.withdraw(1, "Now", "owner")
    articles.save_readings([(work, read(work))], 1)
    newsroom.group((1,))
    assert isinstance(articles.page(1), Gone) and value("SELECT count(*) FROM reading") == 0


def test_withdrawing_what_is_not_there_or_gone_already(newsroom):
    newsroom.filled(1)
    with pytest.raises(LookupError):
        articles.withdraw(99, "", "owner")
    articles.withdraw(1, "First", "owner")
    assert articles.withdraw(1, "Second", "owner") == ()
    assert articles.page(1).reason == "First"


def test_an_outlet_goes_with_or_without_its_articles(newsroom):
    newsroom.filled(2, "one")
    newsroom.filled(2, "two")
    one, two = (lists.outlet(slug)[0].id for slug in ("the-one", "the-two"))
    assert outlets.delete_outlet(one, with_articles=False) == 0
    assert len(lists.latest().cards) == 4
    assert outlets.delete_outlet(two, with_articles=True) == 2
    assert [card.outlet_slug for card in lists.latest().cards] == ["the-one", "the-one"]
    assert lists.outlet("the-two") is None and lists.status().articles == 2
    assert newsroom.take(newsroom.source("two"), entry(0, "two")).article_ids == (5,), "ids are never used again"


def test_exports_leave_out_what_may_not_leave(newsroom):
    newsroom.filled(2)
    newsroom.take(newsroom.source(), entry(7), entry(8))
    newsroom.read(robots=("tdm-reservation",))
    articles.withdraw(2, "Asked for", "owner")
    out = io.StringIO()
    assert keep.export(out) == 4
    lines = out.getvalue().splitlines()
    assert [("reading" in line, "withdrawn" in line, "reserved" in line) for line in lines] == [
        (True, False, False), (False, True, False), (False, False, True), (False, False, True),
    ]  # fmt: skip
