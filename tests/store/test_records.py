"""What is usual for an outlet and for a byline, counted from rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import NOON, Newsroom, entry

from coranto.store import database, grouping, records

DAY = timedelta(days=1)
HOUSE = {"one": "Nord-Preß", "sister": "NORD-PRESS"}


@pytest.fixture
def told(stored):
    """Two texts of one outlet, and what three others made of them days later: copies with the date of the day, one of
    them in the same house, and an own report."""
    room = Newsroom()
    given = (("one", NOON - 9 * DAY, 2, {}), ("sister", NOON - 5 * DAY, 1, {}), ("digest", NOON - 5 * DAY, 3, {}))
    ids = {}
    for name, at, count, changes in given:
        outlet = {"publisher": HOUSE[name]} if name in HOUSE else {}
        entries = (entry(n, name, published=at - timedelta(hours=2), **changes) for n in range(count))
        ids[name] = room.take(room.source(name, outlet=outlet), *entries, at=at).article_ids
    room.read(authors=("Ada Fenn",))
    room.group(*((ident,) for found in ids.values() for ident in found))
    first, second = ids["one"]
    copies = {ids["sister"][0]: first, ids["digest"][0]: first, ids["digest"][1]: second}
    grouping.save_assignments(
        {"article_id": copy, "story_id": original, "copy_of": original, "role": "uncredited_copy", "share": 1.0}
        for copy, original in copies.items()
    )
    return ids


def test_what_an_outlet_took_and_dated_otherwise_is_counted_and_its_own_house_is_not(told):
    found = records.of_outlets(["The One", "The Sister", "The Digest", "The Other"])
    assert {name: (one.articles, one.taken, one.misdated) for name, one in found.items()} == {
        "The One": (2, 0, 0), "The Sister": (1, 0, 0), "The Digest": (3, 2, 2),
    }  # fmt: skip
    assert {one.delay for one in found.values()} == {timedelta(hours=2)}
    assert all(one.since is not None for one in found.values())


def test_a_text_that_several_print_under_one_name_is_that_of_who_had_it_first(told):
    assert records.of_bylines(["Ada Fenn", "Nobody"]) == {"Ada Fenn": (3, 1)}
    database.run("UPDATE outlet SET publisher = 'nord-press' WHERE name = 'The Digest'")
    assert records.of_bylines(["Ada Fenn"]) == {}, "one house's own reporter"


def test_what_a_private_outlet_does_is_nobodys_record(told):
    from coranto.store import accounts

    owner = accounts.add("edda", "correct horse", owner=True)
    database.run("UPDATE outlet SET private_to_id = %s WHERE name = 'The Digest'", (owner.id,))
    assert records.of_outlet("The Digest") is None and records.of_bylines(["Ada Fenn"]) == {}
