"""The days that an article names: reports of one event name the same, look-alikes of another time others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from coranto.stories.textual_time import MONTHS, WEEKDAYS
from coranto.terms import term_key

SHORTEST = 4
"""Shorter names of weekdays are words of their own."""
WORDS = frozenset(("mai", "mar", "mars", "may"))
"""Names of months that mean something else in one language or another."""
YEARS = range(1900, 2100)
KINDS = tuple(((1 << count) - 1) << first for first, count in ((1, 7), (8, 12), (20, len(YEARS))))
"""The bits of weekdays, months and years."""


def days_named(keys: Iterable[int]) -> int:
    """The weekdays, months and years among terms, given as their keys: a bit for each."""
    named, bits = 0, _bits()
    for key in keys:
        named |= bits.get(key, 0)
    return named


def agreement(one: int, other: int) -> list[int]:
    """Of weekdays, of months and of years: 1 where two articles name one and the same, -1 where both name others, 0
    where one of them names none."""
    return [1 if one & other & kind else -1 if one & kind and other & kind else 0 for kind in KINDS]


@cache
def _bits() -> dict[int, int]:
    weekdays = {name: 1 << number for name, number in WEEKDAYS.items() if len(name) >= SHORTEST}
    months = {name: 1 << 7 + number for name, number in MONTHS.items() if name not in WORDS}
    years = {str(year): 1 << 20 + at for at, year in enumerate(YEARS)}
    return {term_key(name): bit for name, bit in (weekdays | months | years).items()}
