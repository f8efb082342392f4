"""Who took a text from whom, where it went through several hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from story_cases import REPORTS

from coranto.stories.descent import Taken, descent

FIRST = replace(REPORTS[0][1], id="first", outlet="The Ansel Courier", url="https://courier.example/1", authors=())
PARTS = FIRST.text.split("\n\n")
ADDED = (
    "Nobody had asked the ferrymen what they thought of a crossing that would not open again before the autumn, and so"
    " they wrote it down themselves and pinned it to the door of the harbour office."
)
AGAIN = "The paper was gone by noon, and by the evening there were two others like it, signed by all who row there."


def copy(ident: str, hours: float, text: str = FIRST.text, **changes):
    later = timedelta(hours=hours)
    told = dict(id=ident, outlet=ident, url=f"https://{ident.lower()}.example/1", published=FIRST.published + later)
    return replace(FIRST, **told, seen=FIRST.seen + later, text=text, **changes)


LONGER = f"{FIRST.text}\n\n{ADDED}"
LONGEST = f"{LONGER}\n\n{AGAIN}"
SHORT = f"{PARTS[0]}\n\n{ADDED}"
CASES = {
    "each from the earliest": ([copy("Digest", 30), copy("Glint", 60)], {}),
    "an addition handed on": (
        [copy("Digest", 30, LONGER), copy("Glint", 60, LONGER)], {"Glint": Taken("Digest", False)},
    ),
    "from the one with most of its words": (
        [copy("Digest", 30, LONGER), copy("Glint", 60, LONGEST), copy("Bay", 90, LONGEST)],
        {"Glint": Taken("Digest", False), "Bay": Taken("Glint", False)},
    ),
    "more of the earliest than the other copy has": ([copy("Digest", 30, SHORT), copy("Glint", 60, LONGER)], {}),
    "seen before what has more": ([copy("Digest", 60, LONGER), copy("Glint", 30)], {}),
    "by its own word": (
        [copy("Digest", 30), copy("Glint", 60, notices=("Originally published by Digest.",))],
        {"Glint": Taken("Digest", True)},
    ),
    "by a link": (
        [copy("Digest", 30), copy("Glint", 60, canonical="https://digest.example/1")], {"Glint": Taken("Digest", True)},
    ),
    "the earliest named": ([copy("Digest", 30), copy("Glint", 60, notices=("First in The Ansel Courier.",))], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_copy_hangs_on_the_one_it_was_taken_from(case):
    copies, expected = CASES[case]
    for members in ([FIRST, *copies], [*reversed(copies), FIRST]):
        assert descent(members, "first") == expected
