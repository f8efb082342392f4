"""Which words of a text to ask an index of words for, so that the texts that share its sentences are found."""

from __future__ import annotations

from coranto.stories.alignment import sentences
from coranto.terms import words

RUN = 6
"""Words in a row, as a phrase: rare enough to find few texts, short enough to outlive changes beside it."""
MOST_PHRASES = 16
LONGEST_TEXT, LONGEST_WORD = 200_000, 40


def phrases(text: str) -> list[str]:
    """Runs of words of `text`, each of another sentence, spread over the whole: a copy that kept half of the sentences
    has about half of them."""
    lines = [words(line) for line in sentences(text[:LONGEST_TEXT])]
    lines = [line for line in lines if len(line) >= RUN and max(map(len, line)) <= LONGEST_WORD]
    step = max(1.0, len(lines) / MOST_PHRASES)
    chosen = [lines[int(place * step)] for place in range(min(len(lines), MOST_PHRASES))]
    return list(dict.fromkeys(_rarest(line) for line in chosen))


def _rarest(line: list[str]) -> str:
    """The run with the most letters: long words are rare ones."""
    starts = range(len(line) - RUN + 1)
    best = max(starts, key=lambda start: sum(map(len, line[start : start + RUN])))
    return " ".join(line[best : best + RUN])
