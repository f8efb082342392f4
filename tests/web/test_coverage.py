"""A story's texts with their copies as a tree, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fixtures import World

from coranto.store.values import Carried
from coranto.web import coverage

PLAIN = re.compile("<[^>]+>")


def story(carried: dict[int, Carried] | None = None):
    found = World().story_page()
    return found if carried is None else replace(found, carried=carried)


def first_text(found, **options):
    kinds = coverage.mark_kinds(found, options.get("hidden"))
    return coverage.texts(found, kinds, **options)[0]


def test_copies_stand_under_the_one_they_were_taken_from_and_say_so():
    text = first_text(story())
    assert [(copy.card.outlet, copy.depth, copy.rails) for copy in text.copies] == [
        ("Halvard Morning", 0, ()), ("NewsGlint", 1, ()), ("Quayside Post", 2, ()),
    ]  # fmt: skip
    assert [PLAIN.sub("", str(copy.says)) for copy in text.copies] == [
        "Names The Ansel Courier as its source.",
        "Shares with Halvard Morning what the earliest text lacks. Signed Dale Winters. Dated 24 March 2026, 3 days"
        " later. No mention of The Ansel Courier found.",
        "Taken from NewsGlint, which it names. No mention of The Ansel Courier found.",
    ]
    assert text.folded == (
        "3 copies on 3 sites; in 2 no mention of the source was found; 1 carries another date; 1 carries another name"
    )


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ({}, [(4, 0, (0,)), (5, 0, (0,)), (6, 0, ())]),
        ({5: 4}, [(4, 0, (0,)), (5, 1, (0,)), (6, 0, ())]),
        ({5: 4, 6: 4}, [(4, 0, ()), (5, 1, (1,)), (6, 1, ())]),
        ({5: 6, 6: 5}, [(4, 0, (0,)), (5, 0, ()), (6, 1, ())]),
        ({4: 99, 5: 2, 6: 6}, [(4, 0, (0,)), (5, 0, (0,)), (6, 0, ())]),
    ],
)
def test_a_tree_holds_every_copy_once_whatever_the_rows_say(taken, expected):
    text = first_text(story({ident: Carried(taken_from=taken.get(ident)) for ident in (4, 5, 6)}))
    assert [(copy.card.id, copy.depth, copy.rails) for copy in text.copies] == expected


def test_a_chain_of_copies_may_be_longer_than_any_stack():
    copies = [replace(story().cards[0], id=number) for number in range(1, 3001)]
    carried = {card.id: Carried(taken_from=card.id - 1) for card in copies}
    placed = coverage.descending(0, copies, carried)
    assert [card.id for card, _ in placed] == list(range(1, 3001)) and placed[-1][1] == coverage.DEEPEST


def test_what_is_hidden_is_neither_told_nor_counted():
    hidden = {5: frozenset({"name_differs", "date_differs", "source_not_named"})}
    text = first_text(story(), hidden=hidden)
    assert text.folded == "3 copies on 3 sites; in 1 no mention of the source was found"
    assert str(text.copies[1].says) == "Shares with Halvard Morning what the earliest text lacks."


@pytest.mark.parametrize(
    ("kind", "says"),
    [("date_differs", "Dated 24 March 2026, 3 days later."), ("name_differs", "Signed Dale Winters.")],
)
def test_only_what_was_found_to_differ_is_said_whatever_the_bylines_and_dates_look_like(kind, says):
    text = first_text(story({5: Carried(kinds=frozenset({kind}))}))
    copy = next(copy for copy in text.copies if copy.card.id == 5)
    assert (copy.mark, PLAIN.sub("", str(copy.says))) == ("changed", says)


def test_an_agencys_mark_is_not_said_to_name_the_outlet_of_the_earliest_copy():
    text = first_text(story({4: Carried(kinds=frozenset({"agency_mark"}))}))
    assert "Carries an agency’s mark." in [str(copy.says) for copy in text.copies]


def test_of_a_copy_that_may_have_been_first_only_that_is_said():
    kinds = frozenset({"name_differs", "date_differs", "source_not_named", "first_unsure"})
    found = replace(story({6: Carried(kinds=kinds)}), roles={**story().roles, 6: "unnamed"})
    text = first_text(found)
    copy = next(copy for copy in text.copies if copy.card.id == 6)
    assert str(copy.says) == "Which of the two was first is not sure."
    assert text.folded == "3 copies on 3 sites"
    assert "Copy; which text was first is not sure" in [row.says for row in coverage.context(found)["rows"]]
    told = coverage.context(found, hidden={6: frozenset({"first_unsure"})})["rows"]
    assert "Copy; which text was first is not sure" not in [row.says for row in told]


def test_a_copy_that_mentions_the_source_is_not_said_to_be_silent():
    text = first_text(story({4: Carried(), 5: Carried(), 6: Carried(kinds=frozenset({"mentions_source"}))}))
    assert str(text.copies[2].says) == "Mentions The Ansel Courier, as the earliest text does."
    assert text.folded == "3 copies on 3 sites"


def test_many_copies_are_cut_with_the_way_to_all_of_them():
    text = first_text(story(), most=1)
    assert len(text.copies) == 1 and text.more == 2 and text.folded.startswith("3 copies")
