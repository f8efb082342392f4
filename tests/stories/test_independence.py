"""How many independent origins a story has, whoever prints it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_cases import COPIES, REPORTS, copied

from coranto.stories import Telling, examine, independent_origins, source_of, telling_of

REPORT = REPORTS[0][1]


def telling(ident: str, family: str, copy_of: str | None = None, source: str | None = None) -> Telling:
    return Telling(ident, family, copy_of, source)


CASES = {
    "nothing": ([], 0),
    "two houses": ([telling("a", "Post"), telling("b", "Star")], 2),
    "one publisher, written in two ways": ([telling("a", "Nord Media GmbH"), telling("b", "nord media")], 1),
    "an outlet by its name and by its host": ([telling("a", "CBS News"), telling("b", "cbsnews.com")], 1),
    "a copy of a copy": ([telling("a", "Post"), telling("b", "Star", "a"), telling("c", "Sun", "b")], 1),
    "a house with a copy and a report of its own": (
        [telling("a", "Post"), telling("b", "Star", "a"), telling("c", "Star")], 2,
    ),
    "two copies of a text that is not here": ([telling("a", "Post", "x"), telling("b", "Star", "x")], 1),
    "two texts of one agency": (
        [telling("a", "Post", source="AP"), telling("b", "Star", source="The Associated Press")], 1,
    ),
    "an agency and who prints it": ([telling("a", "Reuters"), telling("b", "Star", source="Reuters")], 1),
    "an agency's mark on the copy alone": (
        [telling("a", "Post"), telling("b", "Star", "a", "dpa/lby"), telling("c", "Sun", source="dpa")], 1,
    ),
    "two that name the same third": (
        [telling("a", "Post", source="The Guardian"), telling("b", "Star", source="guardian.example")], 1,
    ),
    "copies in a ring": ([telling("a", "Post", "b"), telling("b", "Star", "a"), telling("c", "Sun", "a")], 1),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_goes_back_to_one_source_counts_once(case):
    tellings, number = CASES[case]
    found = independent_origins(tellings)
    assert len(found) == number == len(independent_origins(tellings[::-1]))
    assert sorted(ident for origin in found for ident in origin.article_ids) == [one.id for one in tellings]


LINES = {
    "HARTWELL (AP) — The ferry did not sail.": "AP",
    "The ferry did not sail. (dpa)": "dpa",
    "The ferry did not sail.\nThis article was first published by The Guardian.": "Guardian",
    "The ferry did not sail.\nQuelle: Hamburger Abendblatt": "Hamburger Abendblatt",
    "The ferry did not sail.\nCe texte a été publié initialement par Le Monde": "Le Monde",
    "The ferry did not sail.\nWith additional reporting by Reuters.": None,
    "The ferry (AP Hartwell) did not sail, a man told CBS News.": None,
    "The ferry did not sail. (CDU)": None,
}


@pytest.mark.parametrize("text", LINES)
def test_the_source_that_an_article_names_for_its_text(text):
    named = source_of(replace(REPORT, text=text, authors=("Tilda Brask",)))
    assert (named and named.removeprefix("The ")) == LINES[text]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"authors": ("Associated Press",)}, "Associated Press"),
        ({"authors": ("Sid",)}, None),
        ({"notices": ("Reprinted from the Harrow Star.",)}, "Harrow Star"),
        ({"syndicated_from": "https://www.star.example/a"}, "star.example"),
        ({"canonical": "https://star.example/a", "url": "https://post.example/a"}, "star.example"),
        ({"canonical": "https://www.post.example/a", "url": "https://post.example/a"}, None),
        ({"authors": (REPORT.outlet,)}, None),
    ],
)
def test_the_source_that_stands_beside_the_text(given, named):
    assert source_of(replace(REPORT, **given)) == named


def test_copies_count_with_their_original_and_own_reports_by_themselves():
    original, copy = copied(COPIES[0])
    other = next(report for _, report in REPORTS if report.outlet != original.outlet)
    articles = [original, copy, replace(other, authors=("Ida Brandt",))]
    found = examine(articles)
    origins = independent_origins(map(telling_of, articles, [one.copy_of for one in found]))
    assert [origin.article_ids for origin in origins] == [(original.id, copy.id), (other.id,)]


NAMES = st.sampled_from(["Post", "The Post", "Star", "Sun", "AP"])
TOLD = st.lists(
    st.builds(Telling, st.integers(0, 12), NAMES, st.none() | st.integers(0, 12), st.none() | NAMES),
    unique_by=lambda one: one.id, min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TOLD, st.randoms())
def test_no_order_and_no_further_copy_changes_the_number(tellings, draw):
    number = len(independent_origins(tellings))
    mixed = draw.sample(tellings, len(tellings))
    assert len(independent_origins(mixed)) == number <= len(tellings)
    assert len(independent_origins([*tellings, Telling(99, "Digest", draw.choice(tellings).id)])) == number
