"""What differs between two texts, and how much work that may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.web.differences import Passage, passages

PARAGRAPHS = st.lists(st.text("ab .,é漢", min_size=1, max_size=30).map(str.strip).filter(bool), min_size=1, max_size=8)


def test_words_that_stand_on_one_side_alone_are_told():
    before = "The council met on Monday.\n\nNothing was said.\n\nIt rained."
    after = "The council met on Tuesday evening.\n\nNothing was said.\n\nIt rained.\n\nMore follows."
    assert passages(before, after) == [
        Passage(
            (("The council met on ", False), ("Monday", True), (".", False)),
            (("The council met on ", False), ("Tuesday evening", True), (".", False)),
        ),
        Passage(same=2),
        Passage((), (("More follows.", True),)),
    ]


@given(PARAGRAPHS, PARAGRAPHS)
def test_each_side_can_be_read_whole(before, after):
    found = passages("\n\n".join(before), "\n\n".join(after))
    for side, paragraphs in (("before", before), ("after", after)):
        told = [runs for passage in found if (runs := getattr(passage, side))]
        assert len(told) + sum(passage.same for passage in found) == len(paragraphs)
        assert all("".join(text for text, _ in runs) in paragraphs for runs in told)


@pytest.mark.parametrize(
    ("before", "after"),
    [("a " * 9000, "a " * 9000 + "b"), ("x y " * 200, "y x " * 200)],
    ids=["one word", "two words"],
)
def test_texts_that_would_take_long_count_as_different_as_a_whole(before, after):
    assert passages(before, after) == [Passage(((before.strip(), True),), ((after.strip(), True),))]


def test_many_such_paragraphs_take_no_more_work_than_a_few():
    before, after = ("\n\n".join([f"{words} " * 40] * 300) for words in ("a b", "b a"))
    marked = [runs for passage in passages(before, after) for runs in passage.after]
    assert (" ".join(["b a"] * 40) + " ", True) in marked
