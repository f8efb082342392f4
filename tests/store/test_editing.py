"""What the people who run the site do to outlets, records and names: done, written down, undone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import Newsroom

from coranto.articles import Person
from coranto.store import (
    articles,
    changes,
    database,
    editing,
    grouping,
    growth,
    joins,
    lists,
    notes,
    runs,
    sources,
    steps,
    undoing,
)
from coranto.store.values import Disk


def last() -> int:
    return changes.listed(1)[0].id


def test_what_is_changed_of_an_outlet_is_written_down_and_comes_back(stored):
    room = Newsroom()
    source = room.source("one", outlet={"section": "Valley"}, section="Valley")
    room.take(source)
    editing.edit_outlet(source.outlet_id, "edda", name="The Other", section="World", republish=True)
    editing.edit_source(source.id, "edda", reading="page", interval=1800.0, url="https://one.example/new")
    editing.pause(source.id, "edda", "back after the strike")

    now = sources.get(source.id)
    assert (now.outlet, now.section, now.reading, now.interval, now.url, now.state) == (
        "The Other", "World", "page", 1800.0, "https://one.example/new", "paused",
    )  # fmt: skip
    assert editing.outlet_fields(source.outlet_id)["republish"] is True
    assert editing.pauses() == {source.id: ("edda", "back after the strike")}
    for change in changes.listed():
        assert undoing.undo(change.id, "finn") is not None
        assert undoing.undo(change.id, "finn") is None

    before = sources.get(source.id)
    assert (before.outlet, before.section, before.reading, before.url, before.state) == (
        "The One", "Valley", "auto", "https://one.example/feed", "active",
    )  # fmt: skip
    assert editing.source_fields(source.id)["interval"] is None
    assert [(change.what, change.by) for change in changes.listed(3)] == [("undo", "finn")] * 3


def test_a_section_takes_along_only_what_stood_in_it_by_default(stored):
    room = Newsroom()
    room.filled(2, "one", outlet={"section": "Valley"}, section="Valley")
    outlet = sources.outlets()[0]
    sport = editing.outlets.section_id("Sport")
    database.run("UPDATE article SET section_id = %s WHERE id = 2", (sport,))
    editing.edit_outlet(outlet.id, "edda", section="World")
    assert {card.id: card.section for card in lists.latest().cards} == {1: "World", 2: "Sport"}


def test_a_credential_is_never_written_down_and_only_for_a_private_outlet(stored):
    from coranto.store import accounts

    owner = accounts.add("edda", "correct horse", owner=True)
    room = Newsroom()
    everybodys = room.source("one")
    with pytest.raises(ValueError, match="no credential"):
        editing.edit_source(everybodys.id, "edda", credential=("basic", "edda", "s3cret-word"))
    own = room.source("two", outlet={"private_to": owner.id})
    editing.edit_source(own.id, "edda", credential=("basic", "edda", "s3cret-word"))
    assert sources.get(own.id).credential == ("basic", "edda", "s3cret-word")
    assert "s3cret-word" not in json.dumps([change.details for change in changes.listed()])
    with pytest.raises(ValueError, match="read already"):
        other = sources.add_source(own.outlet_id, "feed", "https://two.example/other")
        editing.edit_source(other.id, "edda", url=own.url)


def test_a_record_is_hidden_and_annotated_and_both_are_undone(stored):
    room = Newsroom()
    (first,) = room.filled(1)
    notes.write(first, "", False, "The outlet says that both bought it.", "edda")
    notes.write(first, "name_differs", True, "", "edda")
    said = articles.page(first).record.said
    assert [(note.finding, note.hidden, note.note) for note in said] == [
        ("", False, "The outlet says that both bought it."), ("name_differs", True, ""),
    ]  # fmt: skip
    assert notes.hidden_of([first, 99]) == {first: {"name_differs"}}
    undoing.undo(last(), "edda")
    assert notes.hidden_of([first]) == {} and len(articles.page(first).record.said) == 1
    notes.write(first, "", False, "", "edda")
    assert articles.page(first).record.said == ()
    assert [change.what for change in changes.of_article(first)] == ["note", "undo", "note", "note"]
    with pytest.raises(LookupError):
        notes.write(99, "", True, "", "edda")


def test_a_hidden_difference_gives_no_mark_in_lists_and_comes_back_with_the_undoing(stored):
    room = Newsroom()
    first, copy = room.filled(2)
    kinds = ("name_differs", "date_differs")
    assigned = {"article_id": copy, "story_id": first, "copy_of": first, "role": "uncredited_copy", "share": 0.97,
                "findings": [{"kind": kind} for kind in kinds], "flags": ["resigned", "redated"]}  # fmt: skip
    grouping.save_assignments([{"article_id": first, "story_id": first, "role": "original"}, assigned])

    def mark() -> str:
        return lists.story(first).roles[copy]

    assert mark() == "changed"
    notes.write(copy, "name_differs", True, "", "edda")
    assert mark() == "changed", "the date still differs"
    notes.write(copy, "date_differs", True, "", "edda")
    assert mark() == "unnamed"
    grouping.save_assignments([assigned])
    assert mark() == "unnamed", "grouping it again tells nothing that was hidden"
    undoing.undo(last(), "edda")
    assert mark() == "changed"
    notes.write(copy, "", True, "", "edda")
    assert mark() == "own" and articles.page(copy).record.earliest is None, "nothing is told of a hidden record"


def people(*names: str, url: str | None = None) -> dict:
    return {"authors": names, "people": tuple(Person(name, None, None, url) for name in names)}


def authors() -> dict[str, int]:
    sql = "SELECT o.slug, a.name, a.id FROM author a JOIN outlet o ON o.id = a.outlet_id"
    return {f"{outlet} {name}": ident for outlet, name, ident in database.rows(sql)}


@pytest.mark.parametrize(
    "end",
    [
        lambda: editing.delete(lists.outlet("the-one")[0].id, True, "edda"),
        lambda: articles.withdraw(2, "Asked for", "edda"),
    ],
    ids=["outlet deleted", "withdrawn"],
)
def test_a_note_does_not_come_back_to_an_article_that_is_gone(stored, end):
    Newsroom().filled(3)
    notes.write(2, "", False, "A word about it", "edda")
    notes.write(2, "", False, "", "edda")
    taken_back = last()
    end()
    assert undoing.undo(taken_back, "edda") is None and notes.of(2) == ()
    with pytest.raises(LookupError, match="no article 2"):
        notes.write(2, "", False, "Another", "edda")


def test_names_are_joined_and_parted_by_an_editor(stored):
    room = Newsroom()
    for outlet in ("one", "two", "three"):
        room.filled(1, outlet)
    one, two, three = (authors()[f"the-{name} Ada Fenn"] for name in ("one", "two", "three"))
    assert [name.id for name in joins.named_alike(one)] == [three, two]
    joins.join(one, two, "edda")
    joins.join(three, two, "edda")
    value, found = lists.author(one)
    assert [other.outlet for other in value.joined] == ["The Two", "The Three"] and len(found.cards) == 3
    assert len(lists.author(three)[1].cards) == 3
    with pytest.raises(ValueError, match="joined already"):
        joins.join(one, three, "edda")
    joins.part(one, "edda")
    assert len(lists.author(one)[1].cards) == 1 and len(lists.author(two)[1].cards) == 2
    undoing.undo(last(), "edda")
    assert len(lists.author(one)[1].cards) == 3


@pytest.mark.parametrize(
    "end",
    [
        lambda outlet, article: editing.delete(outlet, True, "edda"),
        lambda outlet, article: articles.withdraw(article, "Asked for", "edda"),
    ],
    ids=["outlet deleted", "last article withdrawn"],
)
def test_a_name_that_goes_leaves_the_others_of_its_group_together(stored, end):
    room = Newsroom()
    for outlet in ("one", "two", "three"):
        room.filled(1, outlet)
    one, two, three = (authors()[f"the-{name} Ada Fenn"] for name in ("one", "two", "three"))
    joins.join(one, two, "edda")
    joins.join(three, two, "edda")
    end(lists.outlet("the-one")[0].id, 1)
    assert joins.group_of(one) == () and joins.group_of(three) == (three, two)


def test_the_same_address_of_an_author_in_two_outlets_joins_the_names(stored):
    room = Newsroom()
    for outlet in ("one", "two"):
        room.take(room.source(outlet), *[entry_of(outlet)])
        room.read(**people("Ada Fenn", url="https://fenn.example/ada"))
    one, two = authors()["the-one Ada Fenn"], authors()["the-two Ada Fenn"]
    assert joins.group_of(one) == (one, two)
    joins.part(two, "edda")
    room.take(room.source("two"), entry_of("two", 2))
    room.read(**people("Ada Fenn", url="https://fenn.example/ada"))
    assert joins.group_of(one) == (one,)


@pytest.mark.parametrize("address", ["https://fenn.example/", "https://fenn.example/staff", "mailto:ada@fenn.example"])
def test_an_address_that_is_not_one_persons_joins_nobody(stored, address):
    room = Newsroom()
    for outlet in ("one", "two"):
        room.take(room.source(outlet), entry_of(outlet))
        room.read(**people("Ada Fenn", "Ben Marsh", url=address))
    assert all(len(joins.group_of(ident)) == 1 for ident in authors().values())


def entry_of(outlet: str, number: int = 1):
    from newsroom import entry

    return entry(number, outlet)


def test_what_failed_is_listed_tried_again_and_let_go(stored):
    room = Newsroom()
    source = room.source()
    room.take(source, entry_of("one", 1), entry_of("one", 2))
    for work in articles.claim("read", "test", 10):
        articles.release(work, "The page cannot be read.")
    assert [(one.outlet, one.message) for one in steps.failed()] == [("The One", "The page cannot be read.")] * 2
    steps.retry([1])
    assert [one.article_id for one in steps.failed()] == [2]
    assert {queue.step: queue.waiting for queue in steps.queues()} == {"fetch": 1, "read": 0, "group": 0}
    steps.let_go(steps.all_failed())
    assert steps.failed() == [] and steps.queues()[0].waiting == 1


def test_growth_is_measured_and_never_guessed(stored):
    day, last_run = timedelta(days=1), datetime.now(UTC).replace(microsecond=0)
    assert growth.growth() is None
    for ago, size in ((3 * day, 100), (1 * day, 700), (timedelta(), 1300)):
        run = runs.begin("retention")
        runs.end(run, True, {"database": size, "originals": size // 2, "pictures": 0})
        at = int((last_run - ago).timestamp()) * 10**6
        database.run("UPDATE run SET began = %s WHERE id = %s", (at, run))
    pace = growth.growth()
    assert (pace.database, pace.originals, pace.pictures) == (400, 200, 0)
    assert pace.days_until_full(Disk(1300, 650, 0, 5300, 10**9)) == 10
    assert pace.days_until_full(Disk(1300, 650, 0, 5300, 800)) == 2
    assert runs.latest(1)[0].counts["database"] == 1300
