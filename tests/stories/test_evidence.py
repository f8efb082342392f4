"""What an article gives away by itself, what its outlet's record adds, and that no flag stands without evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from story_cases import COPIES, REPORTS, copied

from coranto.articles import Citation, DateEvidence, Person, Picture
from coranto.stories import Context, Coverage, evidence_in, examine, first_of
from coranto.stories.context import Habit, Signing

SEEN = datetime(2025, 4, 7, 9, tzinfo=UTC)
PAGE = Coverage(
    id=1, title="Bridge to open", text="The bridge opens, an official told Harrow News.", outlet="WealthNote",
    published=datetime(2025, 4, 7, 4, 5), language="en", url="https://wealthnote.example/a", authors=("Dale Winters",),
    seen=SEEN,
)  # fmt: skip
OWNED = "© 2023 Harrow News. All rights reserved."
CITED = (Citation("Harrow News", "outlet", "told", PAGE.text, 0),)


@pytest.mark.parametrize(
    ("kind", "quote", "given"),
    [
        ("reported_by", PAGE.text, dict(cited=CITED)),
        ("bio_of_another", "Tilda Brask is a reporter.",
         dict(people=(Person("Tilda Brask", bio="Tilda Brask is a reporter."),))),
        ("bio_of_other_outlet", "Dale Winters is a correspondent for Harrow News.",
         dict(people=(Person("Dale Winters", bio="Dale Winters is a correspondent for Harrow News."),))),
        ("bio_of_other_outlet", "Dale Winters ist Redakteur bei der Harrower Zeitung.",
         dict(people=(Person("Dale Winters", bio="Dale Winters ist Redakteur bei der Harrower Zeitung."),))),
        ("agency_mark", "HARROW (AP) —", dict(text="HARROW (AP) — The bridge opens.")),
        ("agency_mark", "(dpa)", dict(text="Die Brücke ist offen. (dpa)")),
        ("copyright_line", OWNED, dict(notices=(OWNED,))),
        ("copyright_line", "Copyright 2023 by Harrow News", dict(text="It opens.\nCopyright 2023 by Harrow News")),
        ("picture_credit", "Ada Vole/Harrow News",
         dict(images=(Picture("https://a.example/1.jpg", credit="Ada Vole/Harrow News"),))),
        ("canonical_elsewhere", "https://harrow.example/b", dict(canonical="https://harrow.example/b")),
        ("feed_source", "Harrow News", dict(syndicated_from="Harrow News")),
        ("seen_before_date", "2025-04-07T09:00:00+00:00", dict(published=date(2025, 5, 1))),
        ("dates_disagree", "2025/01/03",
         dict(date_evidence=(DateEvidence("published", date(2025, 1, 3), "address", "2025/01/03"),))),
        ("time_misfit", "It was built last year, in 2022.", dict(text="It was built last year, in 2022.")),
        ("date_unsupported", None, dict(text="It was the first since the flood in 2020. It closed in May 2021.")),
    ],
)  # fmt: skip
def test_a_page_gives_itself_away(kind, quote, given):
    found = [one for one in evidence_in(replace(PAGE, **given)) if one.kind == kind]
    assert [one.quote for one in found] == [quote]
    assert found[0].says.endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        dict(outlet="Harrow News", cited=CITED),
        dict(people=(Person("D. Winters", bio="D. Winters is a correspondent for WealthNote."),)),
        dict(text="He said so (and laughed)"),
        dict(text="HARROW, February 30 - The bridge opens."),
        dict(notices=("© 2025 WealthNote",)),
        dict(canonical="https://www.wealthnote.example/b", syndicated_from="WealthNote"),
        dict(date_evidence=(DateEvidence("modified", date(2025, 5, 3), "meta"),)),
    ],
)
def test_an_honest_page_gives_nothing_away(given):
    assert evidence_in(replace(PAGE, **given)) == ()


@pytest.mark.parametrize("published", [date(2025, 4, 8), datetime(2025, 4, 8, 23)])
def test_a_date_without_a_zone_is_ahead_of_us_in_none_or_not_at_all(published):
    told = replace(PAGE, published=published, title="Bridge to open today", text=ORIGINALS[0].text)
    copy = replace(told, id=2, outlet="Harrow News", published=SEEN + timedelta(hours=23), title="Bridge to open…")
    assert "seen_before_date" not in {one.kind for one in evidence_in(told)}
    assert Context.from_coverages([told]).outlets[told.outlet].misdated == 0
    assert first_of([told, copy]).first is told


def test_records_of_outlet_and_byline_are_told():
    context = Context({"WealthNote": Habit(20, None, 15, 9)}, {"Dale Winters": Signing(40, 12)})
    found = {one.kind: one.says for one in evidence_in(PAGE, context)}
    assert found == {
        "byline_in_many_outlets": "Dale Winters signs 40 different texts here, 12 of them in other outlets.",
        "outlet_dates_differ": "9 of 20 articles of WealthNote seen here carry a date that sightings or earlier copies "
        "do not bear out.",
        "outlet_carries_earlier_texts": "15 of 20 articles of WealthNote seen here carry a text that was seen earlier "
        "elsewhere.",
    }


def test_what_differs_is_said_in_words():
    original, copy = copied(COPIES[0])
    says = {one.kind: one.says for one in examine([original, copy])[1].evidence}
    assert says["date_differs"] == (
        "Dated 29 March 2026 here; the earliest copy is dated 21 March 2026: 7 days later here."
    )
    assert says["name_differs"] == "Signed Dale Winters here; the earliest copy is signed Tilda Brask."


FLAG_OF = {
    "redated": "date_differs", "resigned": "name_differs", "source_stripped": "mention_missing",
    "headline_changed": "headline_differs", "body_altered": "text_differs",
}  # fmt: skip
ORIGINALS = [report for _, report in REPORTS]


@st.composite
def launderings(draw) -> list[Coverage]:
    original = draw(st.sampled_from(ORIGINALS))
    made = [original]
    for number in range(draw(st.integers(1, 4))):
        parts = original.text.split("\n\n")
        kept = draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
        made.append(replace(
            original, id=f"copy-{number}", outlet=draw(st.sampled_from(["Daily Digest", "Worldnote", original.outlet])),
            url=draw(st.sampled_from([None, f"https://copy{number}.example/"])), text="\n\n".join(kept),
            title=draw(st.sampled_from([original.title, "Shock: " + original.title, ""])),
            authors=draw(st.sampled_from([original.authors, ("Dale Winters",), ()])),
            published=draw(st.sampled_from(
                [original.published, None, date(2024, 1, 1), original.seen + timedelta(days=99)]
            )),
            seen=draw(st.sampled_from([original.seen, None, original.seen + timedelta(days=5)])),
        ))  # fmt: skip
    return draw(st.permutations(made))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(launderings())
def test_no_flag_without_evidence_every_copy_points_to_the_original_and_the_order_does_not_matter(coverages):
    found = {one.id: one for one in examine(coverages)}
    assert found == {one.id: one for one in examine(sorted(coverages, key=lambda one: one.id))}
    for one in found.values():
        kinds = {evidence.kind for evidence in one.evidence}
        assert all(FLAG_OF[flag] in kinds for flag in one.flags)
        assert not one.flags or one.role == "uncredited_copy"
        assert one.copy_of is None or found[one.copy_of].copy_of is None
        assert all(evidence.says for evidence in one.evidence)
