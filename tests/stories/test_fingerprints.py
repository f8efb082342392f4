"""Shares of texts, their signatures, and the index that finds texts by them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_cases import REPORTS

from coranto.stories import share, signature
from coranto.stories.fingerprints import BUSY, COPY_SHARE, AnchorIndex, anchors, signature_share

TEXTS = [report.text for _, report in REPORTS]


def invented(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghij", k=6)) for _ in range(count)]


def test_a_text_shares_all_with_itself_and_nothing_with_another():
    for text in TEXTS:
        assert share(text, text) == 1.0
    assert share(TEXTS[0], TEXTS[1]) == 0.0


def test_too_short_texts_have_no_signature_and_share_nothing():
    assert signature("a few words only") == b"" and share("a few words only", "a few words only") == 0.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(60, 3000), st.floats(0.1, 1.0))
def test_signatures_estimate_the_share(seed, length, part):
    whole = invented(seed, length)
    other = whole[: int(length * part)] + invented(seed + 1, length - int(length * part))
    exact = share(" ".join(whole), " ".join(other))
    estimated = signature_share(signature(" ".join(whole)), signature(" ".join(other)))
    assert estimated == exact if length < 500 else estimated == pytest.approx(exact, abs=0.12)


def test_a_signature_is_bounded():
    assert len(signature(" ".join(invented(1, 20_000)))) == 4 * 513


@pytest.mark.parametrize("segment", [50, 400_000])
def test_the_index_finds_texts_that_share_half(segment):
    index = AnchorIndex(segment)
    texts = [invented(seed, 300) for seed in range(60)]
    for number, text in enumerate(texts):
        index.add(number, anchors(signature(" ".join(text))))
    for number, text in enumerate(texts):
        half = " ".join(invented(1000 + number, 150) + text[150:])
        assert index.candidates(anchors(signature(half))) == [number]
    assert index.candidates(anchors(signature(" ".join(invented(9999, 300))))) == []


def test_a_text_is_found_however_many_print_it_in_other_words():
    index, text, chance = AnchorIndex(), invented(1, 100), random.Random(2)
    printed = []
    for number in range(4 * BUSY):
        words = [word if chance.random() < 0.97 else f"{word}{number}" for word in text]
        printed.append(signature(" ".join(words)))
        index.add(number, anchors(printed[-1]))
    once_more = signature(" ".join(text))
    found = index.candidates(anchors(once_more))
    assert found and all(signature_share(once_more, printed[number]) >= COPY_SHARE for number in found)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01\x02\x03\x04\x05", b"\xff" * 7])
def test_a_broken_signature_shares_nothing(broken):
    assert signature_share(broken, signature(TEXTS[0])) == 0.0
