"""Which lines name an outlet, however it is written, and which only share a word with its name."""

from __future__ import annotations

import pytest

from coranto.stories import Coverage
from coranto.stories.naming import names, plainly_names, same_name


def article(outlet: str, url: str | None = None) -> Coverage:
    return Coverage(id=1, title="", text="", published=None, outlet=outlet, language=None, url=url)


@pytest.mark.parametrize(
    ("outlet", "line"),
    [
        ("harrowtimes", "he told the Harrow Times on Monday."),
        ("The Harrow Times", "as the HARROW TIMES first reported"),
        ("ansel", "the 25-year-old told the Ansel."),
        ("anselnews", "“We ran,” she told the Ansel’s reporter."),
        ("QRS", "sagt gegenüber QRSheute:"),
        ("qrs", "he showed QRS News a video"),
        ("朝霧新聞", "関係者が朝霧新聞に語った。"),
        ("L’Écho", "a-t-il dit à L'Écho."),
        ("Vox", "she told Vox in May"),
        ("Nettposten", "Nettposten har spurt kommunen."),
        ("Post", "as posted on post.example yesterday"),
    ],
)
def test_an_outlet_is_named_however_it_is_written(outlet, line):
    its = article(outlet, "https://www.post.example/1")
    assert plainly_names(line, its) and names(line, its)


@pytest.mark.parametrize(
    ("outlet", "line"),
    [
        ("Time", "for the third time this week"),
        ("Harbour", "the Harbour Police Department declined"),
        ("Ideas", "a forum to exchange ideas with others"),
        ("Vale", "said Anna Vale after the game"),
        ("Post", "the South China Post wrote"),
        ("Time", "Time will tell."),
        ("It", "It rained."),
    ],
)
def test_a_word_in_common_is_no_name(outlet, line):
    assert not plainly_names(line, article(outlet))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("A. Vale", "Anna Vale", True),
        ("Vale", "Anna Vale", True),
        ("Ben Vale", "Anna Vale", False),
        ("Stuchlikova Lucie", "Lucie Stuchlíková", True),
        ("Soren Holm", "Søren Holm", True),
    ],
)
def test_names_of_one_person(a, b, same):
    assert same_name(a, b) is same
