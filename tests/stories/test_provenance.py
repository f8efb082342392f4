"""What is said of a copy beside the earliest copy of its text, and what is never said of an honest one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from story_cases import COPIES, REPORTS, copied

from coranto.stories import Context, compare, examine

ALL = [report for _, report in REPORTS]


@pytest.mark.parametrize("case", COPIES, ids=lambda case: case["case"])
def test_a_copy_is_told_as_it_is(case):
    original, copy = copied(case)
    found = compare(copy, original)
    assert (found.role, found.copy_of, list(found.flags)) == (case["role"], original.id, case["flags"])
    assert [finding.kind for finding in found.findings] == case["kinds"]
    assert 0.9 < found.share <= 1


@pytest.mark.parametrize("case", COPIES, ids=lambda case: case["case"])
def test_a_story_knows_its_original_and_copy(case):
    original, copy = copied(case)
    roles = {found.id: found.role for found in examine([copy, original])}
    assert roles == {original.id: "original", copy.id: case["role"]}


def test_flags_belong_to_uncredited_copies_and_have_their_finding():
    for case in COPIES:
        found = compare(*reversed(copied(case)))
        assert not found.flags or found.role == "uncredited_copy"
        assert len(found.flags) <= len(found.findings)


def test_what_differs_is_given_with_both_values():
    original, copy = copied(COPIES[0])
    findings = {finding.kind: finding for finding in compare(copy, original).findings}
    assert findings["date_differs"].delta_days == 7
    assert (findings["date_differs"].here, findings["date_differs"].earlier) == (copy.published, original.published)
    assert findings["name_differs"].here == ("Dale Winters",) and findings["name_differs"].earlier == ("Tilda Brask",)
    assert "told the Harrow Sound Post" in findings["mention_missing"].sentence


def test_own_reports_side_by_side_are_no_copies():
    found = examine(ALL[:2])
    assert [p.role for p in found] == ["own_report", "own_report"] and not any(p.findings for p in found)
    assert [p.role for p in examine(ALL[:1])] == ["original"]
    assert compare(ALL[1], ALL[0]).role == "own_report"


def test_a_mention_that_the_original_has_as_well_is_no_credit_and_is_told():
    original, copy = copied({**COPIES[0], "replace": []})
    found = compare(copy, original)
    assert found.role == "uncredited_copy" and "source_stripped" not in found.flags
    assert "mentions_source" in [finding.kind for finding in found.findings]


def test_a_text_without_a_sentence_of_the_other_misses_no_mention():
    original, copy = copied({**COPIES[0], "replace": []})
    same = "Aa " * 300
    found = compare(replace(copy, text=same), replace(original, text=same + "x"))
    assert found.role != "own_report" and "mention_missing" not in [finding.kind for finding in found.findings]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("T. Brask",), ("Tilda Brask",)),
        (("Tilda Brask", "Dale Winters"), ("Tilda Brask",)),
        (("tilda brask",), ("Tilda Brask",)),
        (("Dale Winters",), ()),
        ((), ("Tilda Brask",)),
    ],
)
def test_names_that_may_be_the_same_or_are_missing_do_not_differ(here, there):
    original, copy = copied(COPIES[0])
    found = compare(replace(copy, authors=here), replace(original, authors=there))
    assert "resigned" not in found.flags


def test_a_byline_that_names_the_outlet_of_the_earliest_copy_is_credit_and_no_other_name():
    original, copy = copied(COPIES[0])
    found = compare(replace(copy, authors=(original.outlet,)), original)
    assert found.role == "credited_copy"
    assert "name_differs" not in {finding.kind for finding in found.findings}
    beside = compare(replace(copy, authors=(original.outlet, "Dale Winters")), original)
    assert {finding.kind: finding.here for finding in beside.findings}["name_differs"] == ("Dale Winters",)


@pytest.mark.parametrize(
    ("original", "copy", "kind", "whose"),
    [
        ({"text": "HARROW (AP) — {}"}, {"authors": ("AP",)}, "agency_mark", "AP"),
        ({"authors": ("dpa",)}, {"text": "{} (dpa/lby)"}, "agency_mark", "dpa/lby"),
        ({}, {"text": "HARROW (Variety) — {}"}, "agency_mark", "Variety"),
        ({"text": "Variety was told of it.\n\n{}"}, {"text": "{}\n\nText: Variety"}, "names_source", "Variety"),
        ({"text": "Read the Variety list.\n\n{}"}, {"text": "{}\n\nRead it at Variety."}, "names_source", "Variety"),
    ],
)
def test_an_agencys_mark_and_a_short_line_are_credit_wherever_they_stand(original, copy, kind, whose):
    first, second = copied({**COPIES[1], "original": {"outlet": "Variety"}})
    made = []
    for article, change in ((first, original), (second, copy)):
        made.append(replace(article, **{**change, "text": change.get("text", "{}").format(article.text)}))
    found = compare(made[1], made[0])
    assert found.role == "credited_copy" and not found.flags
    assert whose in [one.earlier for one in found.findings if one.kind == kind]


@pytest.mark.parametrize("text", ["HARROW (Sound Post) — {}", "HARROW (AP) — {}", "{} (dpa)"])
@pytest.mark.parametrize(
    ("changed", "added", "role"),
    [
        (("authors", "published"), "", "uncredited_copy"),
        (("authors",), "", "credited_copy"),
        (("published",), "", "credited_copy"),
        (("authors", "published"), "\n\nFirst published by Sound Post Agency.", "credited_copy"),
        (("authors", "published", "AP"), "", "credited_copy"),
    ],
)
def test_a_mark_kept_in_the_text_is_no_credit_where_the_page_gives_it_to_another_person_and_time(
    text, changed, added, role
):
    first, copy = copied({**COPIES[0], "original": {"outlet": "Sound Post Agency"}})
    first = replace(first, text=text.format(first.text))
    kept = {name: getattr(first, name) for name in ("authors", "published") if name not in changed}
    kept |= {"authors": (*copy.authors, "AP")} if "AP" in changed else {}
    found = compare(replace(copy, text=text.format(copy.text) + added, **kept), first)
    kinds = {one.kind for one in found.findings}
    assert found.role == role and {"redated", "resigned"} & set(found.flags) == (
        {"redated", "resigned"} if role == "uncredited_copy" else set()
    )
    assert ("mentions_source" in kinds) == (role == "uncredited_copy" and "Sound" in text)


def test_the_way_in_which_apostrophes_are_set_is_no_difference():
    original, copy = copied({**COPIES[1], "original": {"title": "It's the harbour's day"}})
    lines = "".join(f"\n\nIt's the harbour's day {number}, don't you know." for number in range(20))
    first = replace(original, text=original.text + lines)
    second = replace(copy, text=copy.text + lines.replace("'", "’"), title="It’s the harbour’s day")
    assert not compare(second, first).flags


@pytest.mark.parametrize(
    "published",
    [date(2026, 3, 23), datetime(2026, 3, 22, 23, 0), datetime(2026, 3, 23, 18, 0, tzinfo=UTC), None],
)
def test_dates_two_days_apart_or_vague_do_not_differ(published):
    original, copy = copied(COPIES[0])
    assert "redated" not in compare(replace(copy, published=published), original).flags


def test_a_text_cut_and_mixed_is_said_to_differ():
    original, copy = copied(COPIES[1])
    paragraphs = original.text.split("\n\n")
    found = compare(replace(copy, text="\n\n".join([paragraphs[0], paragraphs[1]])), original)
    assert "body_altered" in found.flags and found.share == 1.0


def test_the_time_of_publication_rests_on_the_earliest_copy():
    original, copy = copied(COPIES[0])
    assert compare(copy, original).published.best == original.published
    late = replace(original, published=original.seen + timedelta(days=300))
    context = Context.from_coverages([original])
    assert context.outlets[original.outlet].articles == 1
    assert compare(copy, late, context).published.best == original.published
    assert compare(copy, replace(late, seen=None, published=None)).published.best is None
    for edge in (date.min, date.max):
        assert compare(copy, replace(late, seen=None, published=edge)).published.best == edge
