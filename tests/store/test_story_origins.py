"""How many independent origins a story has: what is counted once, whatever the number of copies."""

from __future__ import annotations

import pytest
from newsroom import Newsroom, entry

from coranto.store import changes, editing, grouping, lists, undoing
from coranto.store.database import rows


@pytest.fixture
def told(stored):
    """A story of five outlets: one text with two copies, a report of their own in two more; the articles' ids."""
    room = Newsroom()
    ids = {}
    for name in ("one", "two", "three", "four", "five"):
        ids[name] = room.take(room.source(name), entry(1, name)).article_ids[0]
    room.read()
    room.group(tuple(ids.values()), role="own_report")
    copy = {"story_id": ids["one"], "copy_of": ids["one"], "role": "uncredited_copy", "share": 1.0}
    grouping.save_assignments({"article_id": ids[name], **copy} for name in ("two", "three"))
    return ids


def outlet(article: int) -> int:
    return rows("SELECT outlet_id FROM article WHERE id = %s", (article,))[0][0]


def origins(story: int) -> set[int]:
    """The number, from every place that tells it."""
    covered = [int(entry.values[0]) for entry in lists.ranked().covered if entry.card.story_id == story]
    page = lists.story(story)
    return {page.card.origins, *(card.story_origins for card in page.cards), *covered}


def test_copies_count_with_their_original_and_outlets_of_one_publisher_as_one(told):
    story = told["one"]
    assert origins(story) == {3} and lists.story(story).card.outlets == 5
    for name, expected in (("four", 3), ("five", 2), ("one", 1)):
        editing.edit_outlet(outlet(told[name]), "edda", publisher="North Press")
        assert lists.story(story).card.origins == expected
    assert lists.ranked().covered == (), "one house's story is not covered by many"
    for change in changes.listed(2):
        undoing.undo(change.id, "edda")
    assert origins(story) == {3}


def test_an_original_in_another_story_counts_as_the_origin_of_its_copy(told):
    story = told["four"]
    grouping.save_assignments(
        {"article_id": told[name], "story_id": story, **({"copy_of": told["one"]} if name == "two" else {})}
        for name in ("two", "four")
    )
    assert origins(story) == {2} and origins(told["one"]) == {2}


def test_where_a_house_changes_its_copies_are_looked_at_again(told):
    editing.edit_outlet(outlet(told["two"]), "edda", publisher="North Press")
    assert rows("SELECT id FROM article WHERE step = 'group'") == [(told["two"],)]


def test_what_one_agency_sent_counts_once_however_its_prints_differ(told):
    named = {"four": "AP", "five": "The Associated Press"}
    grouping.save_assignments(
        {"article_id": told[name], "story_id": told["one"], "role": "own_report", "source": source}
        for name, source in named.items()
    )
    assert origins(told["one"]) == {2}
