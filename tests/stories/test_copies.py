"""Groups of the same text, also where words were replaced and passages cut or turned round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_cases import REPORTS

from coranto.stories import Coverage, compare, examine, first_of, near_copies
from coranto.stories.copies import aligned_share, same_text
from coranto.stories.coverage import LONGEST

ALL = [report for _, report in REPORTS]
FERRY = next(report for report in ALL if report.id == "ferry-1")
SYNONYMS = {"the": "this", "and": "plus", "said": "stated", "was": "got", "a": "one", "of": "from", "to": "toward"}


def copy(text: str, number: int = 1, of: Coverage = FERRY) -> Coverage:
    return replace(of, id=f"{of.id}-{number}", outlet=f"Digest {number}", url=None, text=text)


def reworded(text: str) -> str:
    """Every seventh word and every common one is another."""
    lines = (line.split(" ") for line in text.split("\n"))
    swap = lambda place, word: SYNONYMS.get(word, "quite" if place % 7 == 6 else word)  # noqa: E731
    return "\n".join(" ".join(swap(place, word) for place, word in enumerate(line)) for line in lines)


PARTS = FERRY.text.split("\n\n")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (FERRY.text, {"kept"}),
        ("\n\n".join(PARTS[1:]), {"kept", "dropped"}),
        ("\n\n".join([*PARTS[1:], PARTS[0]]), {"kept", "moved"}),
        (FERRY.text + "\n\nThe harbour is closed to ships until noon.", {"kept", "added"}),
        (reworded(FERRY.text), {"reworded"}),
    ],
)
def test_a_copy_is_found_however_it_was_altered(text, kinds):
    (group,) = near_copies([copy(text), *ALL])
    assert (group.first, [one.id for one in group.copies]) == (FERRY.id, ["ferry-1-1"])
    (found,) = group.copies
    assert kinds <= {passage.kind for passage in found.passages} and found.share >= 0.5
    assert compare(copy(text), FERRY).copy_of == FERRY.id


def test_of_a_text_without_end_its_beginning_is_compared():
    beginning = (f"{FERRY.text}\n\n" * (LONGEST // len(FERRY.text) + 1))[:LONGEST]
    one, other = copy(beginning), copy(f"{beginning}\n\n{ALL[1].text * 20}", 2)
    (group,) = near_copies([one, other])
    assert {passage.kind for passage in group.copies[0].passages} == {"kept"}
    assert "text_differs" not in {finding.kind for finding in compare(one, other).findings}
    assert first_of([one, other]).first is one


@pytest.mark.parametrize("ask", [first_of, examine, near_copies])
def test_one_id_is_one_article(ask):
    one, other = copy(FERRY.text), copy(FERRY.text, 2)
    twice = ask([one, other, replace(one)])
    assert twice == ask([one, other]) or (ask is examine and twice[:2] == ask([one, other]) and twice[2] == twice[0])
    with pytest.raises(ValueError, match="ferry-1-1"):
        ask([one, replace(one, text=ALL[1].text)])


def test_reports_of_one_event_are_no_copies():
    assert near_copies(ALL) == []
    assert max(aligned_share(a.text, b.text) for a in ALL for b in ALL if a.id != b.id) < 0.3


def test_hundreds_of_copies_are_one_group():
    copies = [copy(FERRY.text + f"\n\nRead in Digest {number}.", number) for number in range(300)]
    (group,) = near_copies([*ALL, *copies])
    assert group.first == FERRY.id and len(group.copies) == 300


@settings(max_examples=20, deadline=None)
@given(st.permutations([*ALL, copy(FERRY.text), copy("\n\n".join(PARTS[1:]), 2), copy(reworded(FERRY.text), 3)]))
def test_the_order_in_which_articles_are_given_does_not_matter(articles):
    groups = {frozenset(member.id for member in members) for members in same_text(articles)}
    assert {"ferry-1", "ferry-1-1", "ferry-1-2", "ferry-1-3"} in groups and len(groups) == len(ALL)
