"""What is said of one page: where it differs from itself, when it was written, who has its text; and what is not."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from story_cases import COPIES, REPORTS, copied

from coranto.articles import Article, DateEvidence, Link, Lists, Person, Picture
from coranto.extract import extract_text
from coranto.stories import check_page, phrases
from coranto.stories.telling import clue_words, contradiction_words, to_record, written_words

REFERENCE = Path(os.environ.get("CORANTO_SHARED", Path(__file__).parents[3] / "shared")) / "reference-page.txt"
URL = "https://www.wealthnote.example/a"
PAGE = Article(title="Bridge to open", text="The bridge opens.", authors=("Dale Winters",), outlet="WealthNote",
               published=datetime(2025, 4, 7, 4, 5), language="en")  # fmt: skip
BIO = "Tilda Brask is a correspondent for Harrow News in Port Ansel."


def dated(value: date, where: str, confidence: float, field: str = "published", detail: str = "x") -> DateEvidence:
    return DateEvidence(field, value, where, detail, confidence)


@pytest.mark.parametrize(
    ("says", "given"),
    [
        ("The biography is of Tilda Brask of Harrow News; the byline names Dale Winters.",
         dict(people=(Person("Tilda Brask", bio=BIO),))),
        ("The biography is of Tilda Brask; the byline names Dale Winters.",
         dict(people=(Person("Tilda Brask", bio="Tilda Brask likes bridges."),))),
        ("The page's markup gives 5 September 2023 as the date, not 7 April 2025.",
         dict(date_evidence=(dated(date(2023, 9, 5), "json-ld", 0.95),))),
        ("The page's visible text gives 5 September 2023 as the date, not 7 April 2025.",
         dict(date_evidence=(dated(date(2023, 9, 5), "text", 0.6),))),
        ("The page's address gives 5 September 2023 as the date, not 7 April 2025.",
         dict(date_evidence=(dated(date(2023, 9, 5), "address", 0.8),))),
        ("Written in 2023, by its own words; the page is dated 7 April 2025.",
         dict(text="The vote comes next year, in 2024, she said.")),
        ("Speaks of 9 May 2026: written then or later; the page is dated 7 April 2025.",
         dict(text="The bridge was closed on May 9, 2026, after a flood.")),
    ],
)  # fmt: skip
def test_a_page_that_differs_from_itself_is_told_of(says, given):
    assert contradiction_words(check_page(replace(PAGE, **given), URL)) == [says]


@pytest.mark.parametrize(
    "given",
    [
        dict(people=(Person("D. Winters", bio="D. Winters was once a reporter at Harrow News."),)),
        dict(authors=("WealthNote staff",), people=(Person("Tilda Brask", bio=BIO),)),
        dict(authors=(), people=(Person("Tilda Brask", bio=BIO),)),
        dict(people=(Person("Tilda Brask", role="Photographer"),)),
        dict(date_evidence=(dated(date(2023, 9, 5), "meta", 0.95), dated(date(2025, 4, 7), "meta", 0.9, "modified"))),
        dict(date_evidence=(dated(date(2023, 9, 5), "json-ld", 0.95, detail="dateCreated"),)),
        dict(date_evidence=(dated(date(2023, 9, 5), "time", 0.7), dated(date(2025, 3, 20), "address", 0.8))),
        dict(date_evidence=(dated(date(2023, 9, 5), "text", 0.65), dated(date(2025, 4, 7), "time", 0.62))),
        dict(text="Microsoft has set Oct. 14, 2026, as its end. The show opens on May 9, 2026."),
        dict(text="He was eligible for the class of 2027. It was updated on 18 July 2026."),
        dict(text="It was closed on May 9, 2026.", date_evidence=(dated(date(2026, 5, 10), "meta", 0.9, "modified"),)),
        dict(lists=Lists(related=(Link("The week in pictures, December 1, 2026"),))),
        dict(images=(Picture("https://wealthnote.example/2026-12-01/a.jpg"),)),
    ],
)
def test_what_may_be_honest_is_not_held_against_a_page(given):
    assert check_page(replace(PAGE, **given), URL).contradictions == ()


def test_whom_a_page_names_is_told_with_the_name():
    page = replace(PAGE, notices=("© 2023 Harrow News",), canonical_url="https://harrow.example/b")
    assert [(one.kind, one.name) for one in check_page(page, URL).named] == [
        ("copyright_line", "Harrow News"), ("canonical_elsewhere", "harrow.example"),
    ]  # fmt: skip


def test_the_time_of_writing_is_bounded_by_the_text_alone():
    beside = Lists(ranking=(Link("Pictures of the week, Nov. 24 - Nov. 30, 2023"),))
    text = "They met in July, for the first time since the flood in 2020. It opened this month."
    when = check_page(replace(PAGE, text=text, lists=beside)).written
    assert (when.earliest, when.latest, when.together) == (date(2020, 7, 1), None, date(2023, 11, 30))
    assert [clue.kind for clue in (*when.clues, *when.beside)] == ["season", "relative", "neighbour"]
    assert (when.supported, when.month_known) == (False, False)


@pytest.mark.parametrize(
    ("text", "supported", "said"),
    [
        ("It was the first since May 2024.", True, "By its own clues the text was written after 1 May 2024"),
        ("Last year's 2024 harvest was good.", True, "between 1 January 2025 and 31 December 2025"),
        ("Nothing is told.", None, "Nothing in the text says when it was written."),
        ("It was the first since the flood in 2020.", False, "that date rests on the page alone. The month"),
    ],
)
def test_what_supports_the_date_is_weighed(text, supported, said):
    when = check_page(replace(PAGE, text=text)).written
    assert when.supported is supported and said in " ".join(written_words(when))


def test_a_copy_is_told_beside_the_earliest_of_its_text():
    original, copy = copied(COPIES[0])
    late = replace(original, id="late", outlet="Late Post", seen=datetime(2027, 1, 1, tzinfo=UTC))
    other = next(report for _, report in REPORTS if report.outlet != original.outlet and report.id != original.id)
    page = Article(title=copy.title, text=copy.text, authors=copy.authors, outlet=copy.outlet, published=copy.published)
    report = check_page(page, copy.url, known=[late, other, original])
    assert [match.article.id for match in report.copies] == [original.id, "late"]
    first, second = ({finding.kind for finding in match.findings} for match in report.copies)
    assert {"date_differs", "name_differs", "source_not_named"} <= first
    assert {"date_differs", "name_differs"} <= second and not second & {"source_not_named", "mention_missing"}
    told = to_record(report)["matches"][0]
    assert told["same_text"] and told["share"] > 0.9 and {one["kind"] for one in told["differs"]} == first
    assert check_page(page).matches is None and check_page(page, known=[]).matches == ()


def test_phrases_are_spread_over_a_text_and_bounded():
    text = " ".join(f"The keeper number{n} of the lighthouse painted the wall on Friday." for n in range(100))
    found = phrases(text)
    assert len(found) == 16 and all(len(one.split()) == 6 for one in found)
    assert phrases("x" * 100_000) == phrases("") == []


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference page is not at ../shared")
def test_the_reference_page_alone_says_what_it_is():
    report = check_page(extract_text(REFERENCE.read_text(encoding="utf-8")))
    (found,) = report.contradictions
    assert (found.kind, found.there, found.outlet) == ("name", "Ed O'Keefe", "CBS News")
    assert found.here == ("Will Sage Astor",) and "correspondent for CBS News" in found.quote
    named = {one.name: one.quote for one in report.named if one.kind == "reported_by"}
    assert set(named) == {"CBS News", "The New York Times"}
    assert named["CBS News"].endswith("told CBS News.") and "first reported" in named["The New York Times"]
    when = report.written
    assert (when.earliest, when.latest, when.together) == (date(2020, 7, 1), None, date(2023, 11, 30))
    clues = {says: quote for quote, says in clue_words(when)}
    july = next(quote for says, quote in clues.items() if "a July that followed" in says and "2020" in says)
    assert "in July" in july and "2020" in july
    assert "Nov. 24 - Nov. 30, 2023" in clues["Another headline on the page speaks of 30 November 2023."]
    said = " ".join(written_words(when))
    assert "None of the clues supports April 2025; that date rests on its visible text alone." in said
    assert "The month in which it was written cannot be known from the page alone." in said
