"""What comes in, and what it becomes: new, known, changed, refused, one article under many addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from newsroom import NOON, entry, page_document

from coranto.store import articles, intake, lists, search, sources
from coranto.store.database import rows, value
from coranto.store.values import Gone, Query


def test_entries_are_listed_and_searchable_before_they_are_read(newsroom):
    told = newsroom.take(newsroom.source(), entry(1), entry(2))
    assert (told.new, told.article_ids) == (2, (1, 2))
    assert [card.id for card in lists.latest().cards] == [1, 2]
    assert [hit.card.id for hit in search.search(Query("kerrin day 2")).hits] == [2]
    page = articles.page(1)
    assert page.reading.text.startswith("The bridge") and page.reading.tags == ("Bridges", "Roads")


def test_the_same_entries_again_are_nothing_new(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1), entry(2))
    again = newsroom.take(source, entry(1), entry(2), entry(3))
    assert (again.new, again.known, again.changed) == (1, 2, 0)
    assert value("SELECT count(*) FROM document") == 3


def test_two_entries_of_a_batch_with_one_key_are_one_article(newsroom):
    first, second = newsroom.source("one"), newsroom.source("two")
    same = entry(1, address_keys=("https://one.example/news/1",))
    told = intake.store_entries([(first, "en", [same, same]), (second, "en", [same])], NOON)
    assert [each.new for each in told] == [1, 0]
    assert value("SELECT count(*) FROM article") == 1


def test_a_guid_counts_within_its_outlet_only(newsroom):
    one = newsroom.take(newsroom.source("one"), entry(1, "one", address_keys=("7",)))
    two = newsroom.take(newsroom.source("two"), entry(1, "two", address_keys=("7",)))
    assert one.new == two.new == 1


def test_a_changed_entry_is_a_new_version_and_is_found_by_its_new_words(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1))
    newsroom.read()
    told = newsroom.take(source, entry(1, title="Ferry replaces bridge"))
    assert told.changed == 1
    assert [hit.card.title for hit in search.search(Query("ferry")).hits] == ["Ferry replaces bridge"]
    assert search.search(Query("closes")).total == 0
    newsroom.read()
    assert [version.changed for version in articles.page(1).versions] == [None, ("headline",)]


def test_another_outlet_cannot_change_an_article(newsroom):
    newsroom.take(newsroom.source("one"), entry(1))
    told = newsroom.take(newsroom.source("two"), entry(1, title="Nothing of this is true"))
    assert (told.new, told.changed, told.known) == (0, 0, 1)
    assert articles.page(1).card.title == "Bridge 1 closes"


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        (NOON - timedelta(hours=3), NOON - timedelta(hours=3)),
        (NOON + timedelta(days=400), NOON),
        (date(2026, 3, 24), NOON),
        (date(2026, 3, 20), datetime(2026, 3, 20, 12, tzinfo=NOON.tzinfo)),
        (date(1, 1, 1), NOON),
        (datetime(9999, 12, 31, 23, 59), NOON),
        (None, NOON),
    ],
)
def test_an_article_stands_where_it_says_but_never_later_than_it_was_seen(newsroom, claimed, expected):
    newsroom.take(newsroom.source(), entry(1, published=claimed))
    assert lists.latest().cards[0].at == expected


def test_ids_are_in_order_of_storing_and_batches_are_all_or_nothing(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1))
    with pytest.raises(TypeError):
        intake.store_entries([(source, "en", [entry(2)]), (source, "en", [replace(entry(3), text=None)])], NOON)
    assert newsroom.take(source, entry(4)).article_ids == (2,)
    assert rows("SELECT id FROM article ORDER BY id") == [(1,), (2,)]


def test_text_that_no_database_takes_is_mended(newsroom):
    newsroom.take(newsroom.source(), entry(1, title="Half \ud800 a\0 letter", byline="N\0ull"))
    newsroom.read(title="Half \ud800 a\0 letter", tags=("\ud800\0 odd",), authors=("A\0b",))
    assert articles.page(1).card.title == "Half ? a letter"


def test_links_wait_unlisted_until_their_page_was_read(newsroom):
    source = newsroom.source(name="map")
    told = intake.store_links(source, [("https://map.example/a", "A quay", NOON, ("https://map.example/a",))] * 2)
    assert (told.new, told.known) == (1, 1)
    assert lists.latest().cards == () and articles.page(1) is None
    (work,) = articles.claim("fetch", "test", 10)
    intake.store_document(page_document("A quay opens", "Boats land there."), article_id=work.article_id)
    newsroom.read()
    assert [card.title for card in lists.latest().cards] == ["A quay opens"]
    assert lists.outlet("the-map")[0].articles == 1


def test_a_feed_entry_brings_a_known_link_to_life(newsroom):
    source = newsroom.source()
    intake.store_links(source, [(entry(1).url, None, None, (entry(1).url,))])
    assert newsroom.take(source, entry(1)).changed == 1
    assert [card.title for card in lists.latest().cards] == ["Bridge 1 closes"]
    assert lists.outlet("the-one")[0].articles == 1


def test_imported_pages_find_their_outlet_and_come_once(newsroom):
    document = page_document("Old news", "From an archive.")
    first = intake.store_document(document, outlet_hint=("Archive", "https://archive.example/"), via="import")
    again = intake.store_document(document, outlet_hint=("Archive", "https://archive.example/"), via="import")
    assert (first.new, again.new, again.article_ids) == (1, 0, first.article_ids)
    newsroom.read()
    assert articles.page(1).outlet.home_url == "https://archive.example/"


def test_two_saved_pages_of_one_article_are_imported_once(stored):
    pages = [page_document("A quay opens", text) for text in ("Boats land there.", "Boats and ferries land there.")]
    keys = entry(7, "archive").address_keys

    def take_in() -> list[tuple[int, int, int]]:
        told = [intake.store_document(one, outlet_hint="Archive", via="import", keys=keys) for one in pages]
        return [(each.new, each.changed, each.known) for each in told]

    assert take_in() == [(1, 0, 0), (0, 1, 0)]
    assert take_in() == [(0, 0, 1), (0, 0, 1)]



def test_a_page_that_is_no_article_is_found_but_on_no_list(newsroom):
    newsroom.take(newsroom.source(), entry(1))
    newsroom.read(kind="error")
    assert lists.latest().cards == () and lists.outlet("the-one")[0].articles == 0
    assert search.search(Query("kerrin")).total == 1
    assert articles.page(1).state == "unlisted"


def test_a_page_takes_the_place_of_its_teaser_unless_it_holds_less(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1, want_page=True), entry(2, want_page=True))
    bodies = {1: "The whole of the report stands here. " * 9, 2: "Gone."}
    for work in articles.claim("fetch", "test", 10):
        intake.store_document(page_document("Bridge", bodies[work.article_id]), article_id=work.article_id)
    newsroom.read()
    assert articles.page(1).reading.text == bodies[1]
    assert articles.page(2).reading.text.startswith("The bridge over")


def test_an_article_whose_page_cannot_be_had_is_read_from_its_feed(newsroom):
    newsroom.take(newsroom.source(), entry(1, want_page=True))
    (work,) = articles.claim("fetch", "test", 10)
    articles.release(work, failure="robots.txt closes it")
    newsroom.read()
    assert articles.page(1).authors[0].name == "Ada Fenn"


def test_an_address_that_two_articles_share_makes_them_one(newsroom):
    source = newsroom.source()
    newsroom.take(source, entry(1))
    newsroom.read()
    newsroom.take(source, entry(2, title="Bridge one closes"))
    newsroom.read(canonical_url=entry(1).url)
    assert articles.page(2) == Gone(2, moved_to=1, moved_slug=articles.page(1).card.slug)
    newsroom.read()
    assert [version.number for version in articles.page(1).versions] == [1, 2]
    assert newsroom.take(source, entry(2)).new == 0
    assert lists.outlet("the-one")[0].articles == 1


def test_a_page_cannot_take_over_another_sites_address(newsroom):
    newsroom.filled(1, "one")
    newsroom.take(newsroom.source("two"), entry(5, "two"))
    newsroom.read(canonical_url=entry(0, "one").url)
    assert articles.page(2).state == "listed"
    newsroom.read(canonical_url="https://three.example/news/9")
    told = newsroom.take(newsroom.source("three"), entry(9, "three"))
    assert told.new == 1


def test_slugs_keep_their_script_and_sources_are_known_by_address(newsroom):
    newsroom.take(newsroom.source("one"), entry(1, title="Ångström: «Брод» が閉鎖 — " + "long " * 40))
    card = lists.latest().cards[0]
    assert card.slug.startswith("ångström-брод-が閉鎖-long") and len(card.slug) <= 80
    again = newsroom.source("one", interval=600)
    assert (again.id, again.interval, len(sources.listed())) == (1, 600, 1)
