"""Which report's headline stands for a story, and which parts a long story has."""

from __future__ import annotations

import pytest

from coranto.stories import Candidate, headline_of, parts
from coranto.stories.likeness import outline

SPEAKER = "The Speaker of the Assembly of Orvane resigned over a share in a boat that he had not declared."
BOAT = "He said a cousin had given him the boat. The Assembly of Orvane elects a new Speaker on Monday."


def reports(*told: tuple[str, str]) -> list[Candidate]:
    return [Candidate(n, title, outline(title, text), len(text)) for n, (title, text) in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "chosen"),
    [
        ([("Resigned", SPEAKER)], 0),
        ([("Resigned", SPEAKER + BOAT), ("Speaker of Orvane resigns over share in a boat", SPEAKER)], 1),
        ([("SPEAKER OUT OVER BOAT SHARE", SPEAKER), ("Speaker resigns over boat", SPEAKER)], 1),
        ([("Speaker of Orvane resigns over boat share!", SPEAKER), ("A cousin and a boat", SPEAKER)], 1),
        ([("You will not believe what the Speaker of Orvane resigned over…", SPEAKER), ("Speaker goes", SPEAKER)], 1),
        ([("Speaker resigns", "Bees swarmed in Lenn."), ("Speaker resigns", SPEAKER), ("Assembly, boat", SPEAKER)], 1),
        ([("Rains", ""), ("Rains", "")], 0),
        ([("", ""), ("", "")], 0),
        ([("议长因游艇股份辞职", "奥尔万议会议长辞职。"), ("辞职", "奥尔万议会议长因未申报游艇股份辞职。")], 0),
        ([("FIFA USA", SPEAKER), ("Boats", BOAT)], 0),
    ],
)  # fmt: skip
def test_the_headline_is_that_of_the_report_that_covers_most(told, chosen):
    assert headline_of(reports(*told)) == chosen


TOPICS = {
    "trial": "court judge jury witness verdict prosecutor defence appeal sentence hearing",
    "repair": "pier divers concrete cranes engineers girders welding scaffold steel barges",
    "ferry": "ferry harbour queue timetable sailings captain passengers jetty fuel tides",
}


def long_story(*kinds: str) -> list[tuple[int, bytes]]:
    told = (" ".join(TOPICS[kind].split()[n % 3 : n % 3 + 8]) for n, kind in enumerate(kinds))
    return [(n, outline("Kerrin bridge", f"Kerrin bridge council closed {words}")) for n, words in enumerate(told)]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (["trial"] * 4 + ["repair"] * 4, [[0, 1, 2, 3], [4, 5, 6, 7]]),
        (["trial", "repair", "ferry"] * 3, [[0, 3, 6], [1, 4, 7], [2, 5, 8]]),
        (["trial"] * 4 + ["repair"] * 4 + ["ferry"], [[0, 1, 2, 3], [4, 5, 6, 7]]),
        (["trial"] * 3 + ["repair"] * 3, []),
        (["trial"] * 9, []),
        (["trial"] * 8 + ["repair"] * 2, []),
        ([], []),
    ],
)
def test_a_long_story_has_parts_where_some_tell_more_of_the_same(kinds, found):
    assert parts(long_story(*kinds)) == found


def test_reports_without_words_are_no_part():
    assert parts([(n, b"") for n in range(20)]) == []
