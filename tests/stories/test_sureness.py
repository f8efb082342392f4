"""What is read in doubt is held against nobody: names that are no names, dates that other witnesses bring together, and
lines that are the page's rather than the text's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from story_cases import REPORTS

from coranto.articles import DateEvidence
from coranto.stories import Context, Coverage, compare, examine
from coranto.stories.context import Habit

FIRST = next(report for _, report in REPORTS if report.id == "ferry-1")
COPY = replace(
    FIRST, id="copy", outlet="Daily Digest", url="https://digest.example/1", seen=FIRST.seen + timedelta(days=3),
    text=FIRST.text.replace("told the Harrow Sound Post", "said"),
)  # fmt: skip


def flags(copy: Coverage, first: Coverage = FIRST) -> set[str]:
    return set(compare(copy, first).flags) - {"source_stripped"}


def witness(day: date, confidence: float, field: str = "published") -> DateEvidence:
    return DateEvidence(field, day, "text", "", confidence)


@pytest.mark.parametrize(
    ("here", "there", "differs"),
    [
        (("Dale Winters",), ("Tilda Brask",), True),
        (("Dale Winters",), ("dpa",), True),
        (("Dale Winters",), ("Tilda Brask", "Harrow Sound Post"), True),
        (("Dale Winters",), ("Harrow Sound Post",), False),
        (("Daily Digest",), ("Tilda Brask",), False),
        (("Dale Winters",), ("{{ article.author_name }}",), False),
        (("Dale Winters",), ("From staff reports",), False),
        (("Dale Winters",), ("News",), False),
        (("The Associated Press",), ("Tilda Brask",), False),
        (("AP",), ("Tilda Brask",), False),
        (("Dale Winters", "AP"), ("Tilda Brask", "AP"), False),
        (("Tilda Brösk",), ("Tilda Brosk",), False),
        (("編集部",), ("佐藤一郎",), True),
        (("新間太郎",), ("Tilda Brask",), False),
        (("Dale Winters",), ("Text analysis: data",), False),
        (("Dale Winters",), ("Harrow Sound Post Culture",), False),
    ],
)
def test_only_names_that_can_be_writers_differ(here, there, differs):
    assert ("resigned" in flags(replace(COPY, authors=here), replace(FIRST, authors=there))) is differs


def test_a_house_that_signs_for_its_writer_differs_only_where_records_speak_against_the_copy():
    copy, first = replace(COPY, authors=("Dale Winters",)), replace(FIRST, authors=("Sound Post Staff",))
    known = Context({"Daily Digest": Habit(40, None, 20, 0)})
    assert "resigned" not in compare(copy, first).flags and "resigned" in compare(copy, first, known).flags


def test_a_name_that_stands_elsewhere_on_the_first_page_may_be_the_writers():
    copy = replace(COPY, authors=("Dale Winters",))
    assert "resigned" not in flags(copy, replace(FIRST, text=FIRST.text + "\n\nDale Winters lives in Harrow."))


@pytest.mark.parametrize(("line", "differs"), [("Tilda Brask won the cup again.", False), ("It rained.", True)])
def test_whom_the_text_tells_of_in_its_middle_need_not_be_its_writer(line, differs):
    around = "\n\n".join(f"The harbour was quiet in {year}, and so was the town." for year in range(1990, 2010))
    text = f"{around}\n\n{line}\n\n{around}"
    found = flags(replace(COPY, text=text, authors=("Dale Winters",)), replace(FIRST, text=text))
    assert ("resigned" in found) is differs


DAY = FIRST.published.date()
LATER = DAY + timedelta(days=40)


@pytest.mark.parametrize(
    ("here", "there", "differs"),
    [
        ((), (), True),
        ((witness(LATER, 0.9),), (witness(DAY, 0.9),), True),
        ((witness(LATER, 0.5),), (), False),
        ((witness(LATER, 0.7), witness(DAY, 0.9)), (), False),
        ((), (witness(DAY, 0.9), witness(LATER, 0.9, "modified")), False),
        ((), (witness(DAY, 0.9, "modified"),), False),
        ((witness(LATER, 0.9),), (witness(DAY, 0.9), witness(LATER, 0.5)), False),
    ],
)
def test_dates_differ_where_no_witness_brings_them_together(here, there, differs):
    copy = replace(COPY, published=LATER, date_evidence=here)
    assert ("redated" in flags(copy, replace(FIRST, date_evidence=there))) is differs


@pytest.mark.parametrize(("confidence", "differs"), [(0.9, True), (0.65, False)])
def test_day_and_month_exchanged_are_a_matter_of_reading(confidence, differs):
    one, other = date(2026, 2, 12), date(2026, 12, 2)
    first = replace(FIRST, published=one, date_evidence=(witness(one, confidence),))
    copy = replace(COPY, published=other, date_evidence=(witness(other, 0.95),))
    assert ("redated" in flags(copy, first)) is differs


PARTS = FIRST.text.split("\n\n")


@pytest.mark.parametrize(
    ("line", "place", "stripped"),
    [
        ("The Harrow Sound Post was shown a film of the crossing on Sunday.", 1, True),
        ("The Harrow Sound Post was shown a film of the crossing on Sunday.", len(PARTS), False),
        ("Sign up here for the Harrow Sound Post's letter of the week.", 1, False),
        ("Harrow Sound Post is a newspaper of the northern sound.", 1, False),
        ("More in the Harrow Sound Post", 1, False),
        ("Learn more at the desk of the Harrow Sound Post any day.", 1, False),
        ("At the Harrow Sound Post you reach us under 888-209-3989.", 1, False),
        ("We do not endorse products beside those of the Harrow Sound Post.", 1, False),
    ],
)
def test_a_mention_is_missing_only_where_the_text_goes_on_around_it(line, place, stripped):
    text = COPY.text.split("\n\n")
    first = replace(FIRST, text="\n\n".join([*text[:place], line, *text[place:]]))
    assert ("source_stripped" in compare(COPY, first).flags) is stripped


def test_a_mention_at_an_end_is_missing_where_another_house_has_it_too():
    line = "The Harrow Sound Post was shown a film of the crossing on Sunday."
    first = replace(FIRST, text=f"{COPY.text}\n\n{line}")
    kept = replace(first, id="kept", outlet="Inland Herald", url="https://inland.example/1", seen=COPY.seen)
    found = {one.id: one for one in examine([first, COPY, kept])}
    assert "source_stripped" in found["copy"].flags and not found["kept"].flags
    again = replace(kept, outlet=FIRST.outlet)
    assert "source_stripped" not in {one.id: one for one in examine([first, COPY, again])}["copy"].flags
