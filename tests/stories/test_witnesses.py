import pytest

from coranto.stories.days import agreement, days_named
from coranto.stories.likeness import outline, outline_counts
from coranto.stories.witnesses import Heard, witnessed


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        ("The bridge fell on Friday", "Am Freitag fiel die Brücke", [1, 0, 0]),
        ("The bridge fell on Friday", "A bridge fell on Monday, in October 2011", [-1, 0, 0]),
        ("Fell in October 2011", "Fell in August, not in October, 2014", [0, 1, -1]),
        ("The sun may march on", "A bridge fell on Sunday in May", [0, 0, 0]),
    ],
)
def test_articles_agree_in_the_days_that_they_name(one, other, agreed):
    assert agreement(*(days_named(outline_counts(outline("", text))) for text in (one, other))) == agreed


def test_witnesses_speak_for_two_that_they_are_with_and_against_two_of_which_one_is_strange_to_them():
    def signals(with_one, with_other):
        return witnessed(0.0, Heard({2: 0.0, **with_one}), Heard({1: 0.0, **with_other}))

    for_them, against = signals({3: 4.0, 4: 3.0}, {3: 2.0, 4: 3.0}), signals({3: 4.0, 4: 3.0}, {3: -5.0, 4: -5.0})
    assert for_them[1:3] == [3.0, 2.0] and against[1:3] == [-5.0, -5.0]
    assert for_them[3] > 2 and against[3] == pytest.approx(-5)
    assert all(more > less for more, less in zip(for_them[5:7], against[5:7], strict=True))
    alone = signals({}, {5: 6.0})
    assert alone[:5] == [0.0, -7.0, -7.0, 0.0, 0.0]
