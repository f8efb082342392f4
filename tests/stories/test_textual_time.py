"""What texts say of the time in which they were written, and which dates do not fit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from coranto.articles import Link, Lists, Picture
from coranto.stories import Coverage
from coranto.stories.textual_time import LONGEST_SENTENCE, misfit, supported, time_clues


def page(text: str = "", **given) -> Coverage:
    return Coverage(**{"id": 1, "title": "", "text": text, "published": None, "outlet": "O", "language": None, **given})


@pytest.mark.parametrize(
    ("text", "kind", "earliest", "latest"),
    [
        ("The bridge was closed on March 3, 2021.", "day", date(2021, 3, 3), None),
        ("Die Brücke wurde am 3. März 2021 gesperrt.", "day", date(2021, 3, 3), None),
        ("El puente cerró el 3 de marzo de 2021.", "day", date(2021, 3, 3), None),
        ("It had stood empty since October 2020.", "month", date(2020, 10, 1), None),
        ("It was the first visit since the flood in 2020.", "year", date(2020, 1, 1), None),
        ("C’est la première visite depuis 2020.", "year", date(2020, 1, 1), None),
        ("They met in July, for the first time since the flood in 2020.", "season", date(2020, 7, 1), None),
        ("The vote comes next year, in 2024, he said.", "nearby", date(2023, 1, 1), date(2023, 12, 31)),
        ("Last year's 2022 harvest was better.", "nearby", date(2023, 1, 1), date(2023, 12, 31)),
        ("Die Ernte im vergangenen Jahr 2022 war besser.", "nearby", date(2023, 1, 1), date(2023, 12, 31)),
        ("It opened ten years ago, in 2013.", "ago", date(2023, 1, 1), date(2023, 12, 31)),
        ("Twenty people met, 10 years after the flood of 2013.", "after", date(2022, 1, 1), None),
        ("Zehn Jahre nach der Flut von 2013 steht der Damm.", "after", date(2022, 1, 1), None),
        ("The vote of 3 APRİL 2019 was lost.", "day", date(2019, 4, 3), None),
        ("He comes back next month, she said.", "relative", None, None),
        ("Voriges gab es nichts; letzte Woche kam er.", "relative", None, None),
    ],
)
def test_a_sentence_bounds_the_time_of_writing(text, kind, earliest, latest):
    clue = next(clue for clue in time_clues(page(text)) if clue.kind == kind)
    assert (clue.quote, clue.earliest, clue.latest) == (text, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will open on March 3, 2031.",
        "Emissions should fall by 2030.",
        "The goal is to be done in 2031.",
        "Bis 2030 wird gebaut.",
        "Il sera terminé en 2031.",
        "He lives at 2020 Mill Road and may march.",
        "Room 2019-20 is free.",
    ],
)
def test_plans_and_numbers_bound_nothing(text):
    assert supported(time_clues(page(text))) == (None, None)


def test_a_sentence_is_read_up_to_a_length_so_that_one_full_of_dates_is_soon_read():
    assert {len(clue.quote) for clue in time_clues(page("Monday, 1 May 2003, " * 2_000))} == {LONGEST_SENTENCE}


def test_what_lies_after_we_saw_it_was_no_look_back():
    assert not time_clues(page("It closed in 2077.", seen=datetime(2023, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("given", "fits", "not_"),
    [
        (dict(text="They met on Tuesday, Sept. 5, in the hall."), date(2023, 9, 6), date(2025, 9, 6)),
        (dict(text="Am Dienstag, dem 5. September, trafen sie sich."), date(2023, 9, 6), date(2025, 9, 6)),
        (dict(text="HARROW, Sept. 5 (AP) — They met."), date(2025, 9, 6), date(2025, 4, 7)),
        (dict(text="HARROW, 5 September - They met."), date(2025, 9, 6), date(2025, 4, 7)),
        (dict(text="It was closed on March 3, 2021."), date(2021, 3, 4), date(2019, 3, 4)),
        (dict(text="It opened ten years ago, in 2013."), date(2023, 5, 1), date(2026, 5, 1)),
        (dict(url="https://o.example/2023/09/05/they-met"), date(2023, 9, 6), date(2025, 4, 7)),
        (dict(images=(Picture("https://o.example/img/2023-09-05-hall.jpg"),)), date(2024, 1, 1), date(2022, 4, 7)),
        (
            dict(lists=Lists(recommended=(Link("The week in pictures | Nov. 24 - Nov. 30, 2023"),))),
            date(2023, 11, 30), date(2023, 9, 5),
        ),
    ],
)  # fmt: skip
def test_a_date_fits_or_does_not(given, fits, not_):
    clues = time_clues(page(**given))
    assert not any(misfit(clue, fits) for clue in clues) and any(misfit(clue, not_) for clue in clues)


def test_a_weekday_far_from_the_page_s_date_says_nothing_against_it():
    (clue,) = time_clues(page("They had met on Tuesday, Sept. 5, in the hall."))
    assert not misfit(clue, date(2025, 4, 7))
