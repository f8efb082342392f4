"""Outlets that carry the same texts without naming their source, put together from counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST_TAKEN, LEAST_SHARE = 3, 1 / 3
"""An outlet takes texts where so many of its articles, and this share of them, are copies without a word of their
source."""
LEAST_SHARED = 3
"""Two that take texts belong together from so many texts on that both carry."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Outlets that take texts and carry many of the same (one alone is a cluster, too), by how much they take."""

    outlets: tuple[int, ...]


def takers(taken: Mapping[int, int], articles: Mapping[int, int]) -> list[int]:
    """The outlets that take texts: of each the number `taken`, of its number of `articles`."""
    return [
        outlet
        for outlet, count in taken.items()
        if count >= LEAST_TAKEN and count >= LEAST_SHARE * articles.get(outlet, count)
    ]


def clusters(taken: Mapping[int, int], shared: Iterable[tuple[int, int, int]]) -> list[Cluster]:
    """The clusters of outlets, given how much each of them takes and, of pairs, how many texts both carry; those with
    the most outlets first."""
    head = {outlet: outlet for outlet in taken}
    for one, other, texts in shared:
        if texts >= LEAST_SHARED and one in head and other in head:
            ours, theirs = head[one], head[other]
            head = {outlet: ours if named == theirs else named for outlet, named in head.items()}
    together: dict[int, list[int]] = {}
    for outlet in sorted(taken, key=lambda each: (-taken[each], each)):
        together.setdefault(head[outlet], []).append(outlet)
    return sorted((Cluster(tuple(outlets)) for outlets in together.values()), key=lambda one: -len(one.outlets))
