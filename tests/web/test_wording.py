"""The sentences of the record, from structured findings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixtures import NOW, World

from coranto.store.values import CopyRecord, ListedCard
from coranto.web import reasons, wording


@pytest.mark.parametrize(
    ("share", "words"), [(0.979, "97 %"), (1.0, "100 %"), (0.5, "50 %"), (0.29, "29 %"), (0.0, "0 %")]
)
def test_a_share_is_rounded_down(share, words):
    assert wording.percent(share) == words


def test_the_record_of_a_copy_under_another_name_and_date():
    record = wording.record(World().copy(), "changed", NOW)
    assert record.says == "97 % of this text was seen earlier in The Ansel Courier, under another name and date."
    rows = {row.name: (row.value, str(row.here)) for row in record.rows}
    assert rows["Signed there"] == ("Mirela Tosk", "here: Dale Winters")
    assert rows["Dated there"][0] == "21 March 2026" and "24 March 2026" in rows["Dated there"][1]
    assert "3 days later" in rows["Dated there"][1]
    assert rows["Credit"] == (
        "No link or mention of The Ansel Courier found here", "the earliest copy says: “Read by the Courier.”",
    )  # fmt: skip
    assert record.notes[-1] == "We have read this outlet since 3 January; an earlier copy elsewhere is possible."
    assert record.other_name and not record.line


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (0.979, "97 % of this text stands in The Ansel Courier, too. Which of the two was first is not sure."),
        (None, "This text stands in The Ansel Courier, too, in another language. Which of the two was first is not"
               " sure."),
    ],
)  # fmt: skip
def test_where_it_is_open_who_was_first_nothing_is_held_against_a_copy(share, says):
    page = World().copy()
    findings = (*page.record.findings, {"kind": "first_unsure"})
    record = wording.record(replace(page, record=replace(page.record, share=share, findings=findings)), "unnamed", NOW)
    assert (record.says, record.sure, record.other_name) == (says, False, False)
    names = "Also seen in", "Signed there", "Dated there", "Headline there", "Text"
    assert tuple(row.name for row in record.rows) == names
    assert not any(row.here for row in record.rows[1:])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("links_source", "Links to The Ansel Courier"),
        ("names_source", "Names The Ansel Courier as its source"),
        ("agency_mark", "Carries the mark of The Ansel Courier"),
        ("same_outlet", "Comes from the same house as The Ansel Courier"),
        ("mentions_source", "Mentions The Ansel Courier, as the earliest copy does"),
    ],
)
def test_how_a_copy_names_its_source(kind, words):
    page = World().copy()
    findings = ({"kind": kind, "earlier": "The Ansel Courier", "sentence": "Via the Courier."},)
    page = replace(page, record=replace(page.record, findings=findings))
    record = wording.record(page, "own", NOW)
    assert record.says == "97 % of this text was seen earlier in The Ansel Courier."
    assert (record.rows[-1].value, record.rows[-1].here, record.mark) == (words, "“Via the Courier.”", "credited")
    assert not record.other_name


@pytest.mark.parametrize(
    ("outlets", "words"),
    [
        ((), "No other outlet carries this text."),
        ((3,), "1 other outlet carries this text."),
        ((3, 4, 4), "2 other outlets carry this text."),
    ],
)
def test_the_one_line_of_an_honest_article(outlets, words):
    world = World()
    copies = tuple(world.card(20 + n, outlet) for n, outlet in enumerate(outlets))
    page = replace(world.honest(), record=CopyRecord("original", copies=copies), versions=())
    assert wording.record(page, "first", NOW).line == f"First seen here, Saturday 21 March, 19:02. {words}"


def test_a_changed_headline_is_told():
    assert wording.changed_texts(World().honest(), NOW) == (
        "Headline changed at 12:52. It was: “Bank hints at June cut”.",
    )


def test_what_backs_a_date():
    assert wording.evidence(World().honest()) == [
        "The page’s own markup says 24 March 2026, 07:52 (+00:00).",
        "The outlet’s feed says the same.",
        "The page’s address says 21 March 2026.",
        "First seen here on 21 March 2026, 19:02 UTC.",
    ]


@pytest.mark.parametrize(
    ("reason", "values", "words"),
    [
        ("readers", ("1204",), "1,204 readers"),
        ("covered", ("2",), "2 independent origins"),
        ("rising", ("30", "11.4"), "30 readers in 3 hours, about 11 expected"),
        ("words", ("ferry",), "Shares the word ferry"),
        ("topic", ("Ferries", "3"), "You read 3 articles on Ferries"),
        ("topics", ("Roads", "Ferries"), "Shares the topics Roads, Ferries"),
        ("section", ("Valley",), "The newest of Valley"),
        ("a reason of a later version", ("x",), ""),
        ("readers", (), "0 readers"),
    ],
)
def test_a_reason(reason, values, words):
    assert reasons.reason(ListedCard(World().card(1), reason, values)) == words
