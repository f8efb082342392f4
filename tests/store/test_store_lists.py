"""Lists, cursors, the home page, and a number of questions that does not grow with what stands on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from newsroom import NOON, entry

from coranto.store import (
    articles,
    events,
    grouping,
    lists,
    marks,
    outlets,
    profiles,
    reactions,
    reads,
    search,
    suggesting,
)
from coranto.store.reader_values import Visit
from coranto.store.values import Gone, Query, Rankings


def test_pages_of_a_list_meet_without_gap_or_double_in_both_directions(newsroom):
    ids = newsroom.filled(25)
    first = lists.latest(per=10)
    second = lists.latest(first.older, per=10)
    third = lists.latest(second.older, per=10)
    assert [card.id for page in (first, second, third) for card in page.cards] == ids
    assert (first.newer, third.older) == (None, None)
    assert lists.latest(third.newer, per=10).cards == second.cards
    assert lists.latest(second.newer, per=10).cards == first.cards


@pytest.mark.parametrize(
    "cursor", ["", "x", "o", "oz.z", "o1.", "n99999999999999999999.1", "o" + "f" * 30 + ".1", "o-1.-1"]
)
def test_a_cursor_that_is_none_of_ours_does_no_harm(newsroom, cursor):
    newsroom.filled(2)
    assert len(lists.latest(cursor).cards) in (0, 2)
    assert len(search.search(Query("bridge"), cursor=cursor).hits) in (0, 2)


def test_lists_by_day_section_outlet_author_and_topic(newsroom):
    newsroom.take(newsroom.source(outlet={"section": "Valley"}), *(entry(n) for n in range(0, 40, 10)))
    newsroom.read()
    assert [card.id for card in lists.day(date(2026, 3, 24)).cards] == [1, 2]
    assert lists.day(date.min).cards == () and lists.day(date.max).cards == ()
    assert lists.section("valley")[0].name == "Valley" and len(lists.section("valley")[1].cards) == 4
    assert len(lists.outlet("the-one")[1].cards) == 4
    author = articles.page(1).authors[0]
    assert len(lists.author(author.id)[1].cards) == 4 and lists.author(author.id)[0].name == "Ada Fenn"
    assert lists.topic("bridges")[0].articles == 4
    assert [lists.section("no"), lists.outlet("no"), lists.author(99), lists.topic("no"), lists.story(99)] == [None] * 5
    assert [section.slug for section in lists.sections()] == ["valley"]
    for odd in ("\0", "\ud800", "'", "%"):
        assert [lists.section(odd), lists.outlet(odd), lists.topic(odd)] == [None] * 3


def stories_of(newsroom) -> None:
    """Three outlets tell of story 1, two of story 2, one of each of the others; article 3 is a copy of 1."""
    for number, name in enumerate(("one", "two", "three")):
        later = timedelta(minutes=10 * number)
        told = (entry(n, name, published=NOON - timedelta(hours=n + 1) + later) for n in range(4))
        newsroom.take(newsroom.source(name, outlet={"section": "Valley"}), *told)
    newsroom.read()
    newsroom.group((1, 5, 9), (2, 6), (3,), (4,), (7,), (8,), (10,), (11,), (12,))
    grouping.save_assignments(
        [{"article_id": 9, "story_id": 1, "copy_of": 1, "share": 0.97, "role": "uncredited_copy", "flags": ["redated"]}]
    )


def test_the_home_page_leads_with_what_most_outlets_tell_and_repeats_nothing(newsroom):
    stories_of(newsroom)
    home = lists.home()
    assert (home.lead.id, home.lead.outlets, home.lead.articles, home.lead.copies) == (1, 3, 3, 1)
    assert home.lead.first.id == 1 and [mark.kind for mark in home.lead.marks].count("changed") == 1
    stories = [home.lead, *home.seconds, *home.row, *home.others]
    heads = [story.lead.id for story in stories] + [card.id for card in home.latest.cards]
    heads += [card.id for _, cards in home.sections for card in cards]
    assert len(heads) == len(set(heads))
    assert 9 not in heads


def test_an_empty_store_has_an_empty_home_page(stored):
    home = lists.home()
    assert home.lead is None and home.latest.cards == ()
    assert lists.ranked() == Rankings() and lists.for_you(None) == ()
    assert lists.status().articles == 0


def test_copies_fold_and_tell_of_their_original(newsroom):
    stories_of(newsroom)
    assert 9 not in [card.id for card in lists.latest().cards]
    assert 9 in [card.id for card in lists.outlet("the-three")[1].cards]
    original, copy = articles.page(1), articles.page(9)
    assert original.card.copies == 1 and [card.id for card in original.record.copies] == [9]
    assert copy.record.earliest.id == 1 and copy.record.share == pytest.approx(0.97)
    page = lists.story(1)
    assert [card.id for card in page.cards] == [1, 5, 9]
    assert page.roles[9] == "changed" and page.topics[0].name in ("Bridges", "Roads")


def test_the_address_of_a_story_that_became_part_of_another_leads_there(newsroom):
    stories_of(newsroom)
    newsroom.group((1, 2, 6))
    assert lists.story(2) == Gone(2, moved_to=1, moved_slug=lists.story(1).card.slug)
    assert lists.story(1).card.articles == 5


def test_the_rows_are_enough_to_begin_grouping_again(newsroom):
    newsroom.filled(3)
    newsroom.group((1, 2), signature=b"\x00\xff")
    assert [(one.article_id, one.story_id, one.signature) for one in grouping.window_rows()] == [
        (1, 1, b"\x00\xff"), (2, 1, b"\x00\xff"), (3, 3, None),
    ]  # fmt: skip
    assert grouping.window_rows(datetime.now(UTC) + timedelta(days=1)) == []


def test_related_articles_keep_their_order_and_reason(newsroom):
    ids = newsroom.filled(4)
    grouping.save_related({ids[0]: [(ids[2], "terms", ["ferry"]), (ids[1], "topic", []), (999, "terms", [])]})
    assert [(one.card.id, one.reason, one.values) for one in articles.page(1).related] == [
        (3, "terms", ("ferry",)), (2, "topic", ()),
    ]  # fmt: skip


def told(listed):
    return [(one.card.id, one.reason, one.values) for one in listed]


def test_most_read_speaks_when_ten_readers_did_and_most_covered_before(newsroom):
    stories_of(newsroom)
    before = lists.ranked(2)
    assert [(one.card.story_id, one.reason, one.values) for one in before.covered] == [
        (1, "covered", ("2",)), (2, "covered", ("2",)),
    ]  # fmt: skip
    now = datetime.now(UTC)
    reads.record_many([(4, f"visitor {n}", None, now) for n in range(9)])
    assert reads.record(4, "visitor 1", None, now) is False
    assert lists.ranked(2) == before
    reads.record(7, "visitor 10", None, now)
    after = lists.ranked(2)
    assert told(after.most_read) == [(4, "readers", ("9",)), (7, "readers", ("1",))] and after.covered == before.covered
    assert articles.page(4).readers == 9
    assert told(lists.ranked(2, section="no such section").most_read) == []


def test_what_rises_is_read_more_than_the_day_before_the_last_hours_led_to_expect(newsroom):
    stories_of(newsroom)
    now = datetime.now(UTC)
    for article, recent, earlier in ((4, 2, 40), (7, 20, 1), (2, 1, 9)):
        reads.record_many([(article, f"late {n}", None, now - timedelta(minutes=n)) for n in range(recent)])
        reads.record_many([(article, f"early {n}", None, now - timedelta(hours=4, minutes=n)) for n in range(earlier)])
    found = lists.ranked(6)
    assert [one.card.id for one in found.most_read] == [4, 7, 2]
    assert [(one.card.id, one.reason, one.values[0]) for one in found.rising] == [(7, "rising", "20")]
    assert float(found.rising[0].values[1]) < 10


def test_rankings_keep_to_a_span_a_section_and_an_outlet(newsroom):
    valley, harbour = newsroom.filled(3, outlet={"section": "Valley"}), newsroom.filled(3, "two")
    now = datetime.now(UTC)
    for article, count, hours in ((valley[0], 12, 0), (harbour[0], 11, 0), (harbour[1], 30, 60)):
        when = now - timedelta(hours=hours)
        reads.record_many([(article, f"{hours} {article} {n}", None, when) for n in range(count)])
        for n in range(count // 4):
            reactions.react(article, f"device:{n}", "useful")

    def listed(**scope):
        found = lists.ranked(6, **scope)
        return [[int(one.values[0]) for one in entries] for entries in (found.most_read, found.discussed)]

    assert listed() == [[12, 11], [7, 3, 2]] and listed(days=7) == [[30, 12, 11], [7, 3, 2]]
    assert listed(section="valley") == [[12], [3]] and listed(outlet="the-two", days=7) == [[30, 11], [7, 2]]
    assert listed(section="nowhere") == listed(outlet="nowhere") == [[], []]
    reactions.react(harbour[1], "device:0", "useful")
    assert listed()[1] == [6, 3, 2]


def test_what_is_read_of_late_is_popular_where_enough_readers_come(newsroom):
    stories_of(newsroom)
    assert suggesting.popularity([1, 2]) is None
    reads.record_many([Visit(1, f"visitor {n}") for n in range(10)])
    (often, shown), (never, as_often) = suggesting.popularity([1, 2]).values()
    assert often == pytest.approx(10, rel=0.01) and never == 0 and shown == as_often == pytest.approx(125, rel=0.01)


@pytest.mark.parametrize(("every", "kind"), [(1, "new"), (2, "new"), (1000, None)])
def test_now_and_then_the_list_is_shared_and_what_is_opened_is_counted(newsroom, monkeypatch, every, kind):
    monkeypatch.setattr(suggesting, "TRIED_EVERY", every)
    stories_of(newsroom)
    reader = "device:a"
    profiles.remember(reader)
    for article in (1, 2):
        reads.record_many([Visit(article, "visitor", reader)])
    listed = lists.for_you(reader)
    assert {one.place for one in listed} == ({"you-or-new", "new-or-you"} if kind else {""})
    if kind:
        theirs = [one for one in listed if one.place == "new-or-you"]
        assert {one.reason for one in theirs} == {"tried"} and not {1, 2} & {one.card.id for one in listed}
        reads.record_many([Visit(theirs[0].card.id, "visitor", reader, None, ("new-or-you", 1))])
    assert events.opened_beside() == {"read": (0, 0), "new": (0, 1 if kind else 0)}


def test_for_you_follows_what_was_read_and_wished_and_forgets_when_asked(newsroom):
    stories_of(newsroom)
    reader = "device:a"
    newcomers = lists.for_you(reader)
    assert {one.reason for one in newcomers} == {"covered"}
    profiles.remember(reader)
    reads.record(2, "visitor", reader)
    assert [card.id for card, _ in reads.history(reader)] == [2]
    chosen = lists.for_you(reader)
    assert (chosen[0].reason, chosen[0].values) == ("topic", ("Bridges", "1"))
    assert not {2} & {one.card.id for one in chosen} and len({one.card.story_id for one in chosen}) == len(chosen)
    unwanted = chosen[0].card.outlet_slug
    profiles.wish(reader, {("outlet", unwanted): "never"})
    left = lists.for_you(reader, among=suggesting.shelf())
    assert left and unwanted not in {one.card.outlet_slug for one in left}
    profiles.remember(reader, False)
    assert [one.reason for one in lists.for_you(reader)] == ["covered"] * len(newcomers)
    reads.forget(reader)
    assert reads.history(reader) == () and lists.for_you(reader) == newcomers


def test_following_some_outlets_keeps_to_them(newsroom):
    stories_of(newsroom)
    chosen = [outlet.id for outlet in outlets.outlets() if outlet.slug == "the-two"]
    assert {card.outlet_slug for card in lists.latest(follows=chosen).cards} == {"the-two"}
    assert lists.home(follows=chosen).lead.lead.outlet_slug == "the-two"


@pytest.mark.parametrize(
    "page",
    [
        lists.home,
        lists.latest,
        lambda: lists.day(NOON.date()),
        lambda: lists.section("valley"),
        lambda: lists.outlet("the-one"),
        lambda: lists.topic("bridges"),
        lambda: lists.author(1),
        lambda: lists.story(1),
        lambda: articles.page(1),
        lambda: search.search(Query("bridge")),
        lambda: lists.ranked(50),
        lambda: lists.for_you("device:a"),
        profiles.candidates,
        lambda: marks.of(1, range(60)),
        lists.status,
    ],
)
def test_the_number_of_questions_does_not_grow_with_what_is_shown(newsroom, statements, page):
    counts = []
    profiles.remember("device:a")
    for count in (5, 50):
        source = newsroom.source(outlet={"section": "Valley"})
        ids = newsroom.take(source, *(entry(n) for n in range(count))).article_ids
        newsroom.read()
        newsroom.group((1, *ids))
        grouping.save_related({1: [(one, "terms", ()) for one in ids if one != 1][:12]})
        reads.record(1, f"visitor {count}", "device:a")
        with statements() as seen:
            page()
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15
