"""Two texts set side by side, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.stories.alignment import align, sentences

ONE = "The mayor opened the bridge on Friday morning."
TWO = "Two hundred people crossed it within the first hour."
THREE = "The council had planned the work since last summer."
FOUR = "A second bridge will follow, the engineer said."
TEXT = f"{ONE} {TWO}\n\n{THREE} {FOUR}"


@pytest.mark.parametrize(
    ("here", "kinds"),
    [
        (TEXT, ["kept"] * 4),
        (f"{ONE} {THREE} {FOUR}", ["kept", "dropped", "kept", "kept"]),
        (f"{TEXT} Read more in our app.", ["kept"] * 4 + ["added"]),
        (f"{TWO} {THREE} {FOUR} {ONE}", ["kept"] * 3 + ["moved"]),
        (TEXT.replace("opened the bridge", "inaugurated the crossing"), ["reworded"] + ["kept"] * 3),
        (TEXT.replace("Friday morning.", "Friday morning, and"), ["reworded", "kept", "kept"]),
        (TEXT.replace("crossed it", "crossed it.").replace("The", "“The"), ["kept", "kept", "kept", "kept"]),
        ("", ["dropped"] * 4),
    ],
)
def test_each_passage_is_told(here, kinds):
    assert [passage.kind for passage in align(TEXT, here)] == kinds


def test_changed_counts_the_words_that_differ():
    found = align(TEXT, TEXT.replace("opened the bridge", "inaugurated the crossing"))
    assert [passage.changed for passage in found] == [2, 0, 0, 0]
    assert [passage.changed for passage in align(TEXT, f"{ONE} {THREE} {FOUR}")] == [0, 9, 0, 0]


def test_a_sentence_of_thousands_of_words_is_soon_compared():
    long = "one two three " * 30_000
    (found,) = align(long + "four", long + "five six")
    assert (found.kind, found.changed) == ("reworded", 2)


TEXTS = st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, "Aus Übersee.", "そうだ。", "no end", '"Yes!"']), max_size=8)


@given(TEXTS, TEXTS)
def test_every_sentence_of_both_texts_stands_in_one_passage(old, new):
    found = align("\n".join(old), "\n".join(new))
    assert sorted(line for passage in found for line in sentences(passage.earlier)) == sorted(sentences("\n".join(old)))
    assert sorted(line for passage in found for line in sentences(passage.here)) == sorted(sentences("\n".join(new)))
    assert all((passage.changed == 0) == (passage.kind == "kept") for passage in found)
