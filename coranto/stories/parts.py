"""The parts of a long story: reports that tell more of the same than the story's other reports do.

What nearly all reports share says nothing of a part, so only terms that some of them have count, by their rarity within
the story (log n/df). Reports are joined pair by pair by the mean of their cosines (average linkage, Sokal and Michener
1958), until no two groups are alike enough. Which stories there are is left to `stream`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import log, sqrt

from coranto.stories.likeness import outline_counts

LEAST_REPORTS, MOST_REPORTS = 8, 80
"""A story of fewer reports has no parts; of more the latest are looked at."""
LEAST_OF_PART = 3
LEAST_ALIKE = 0.09
"""The mean cosine from which two groups are one: chosen on pairs of look-alike events of ECB+, docs/benchmarks.md."""
TELLING_SHARE = 0.8
"""A term that more than this share of the reports has tells no part from another."""


def parts(reports: Sequence[tuple[int, bytes]]) -> list[list[int]]:
    """Given (id, outline) of a story's reports in order of time: the ids of each part, in order of its first report;
    nothing where the story is short or all of one piece. A report may belong to no part."""
    reports = reports[-MOST_REPORTS:]
    if len(reports) < LEAST_REPORTS:
        return []
    groups = joined(vectors([outline_counts(outline) for _, outline in reports]))
    found = sorted(sorted(group) for group in groups if len(group) >= LEAST_OF_PART)
    return [[reports[place][0] for place in group] for group in found] if len(found) > 1 else []


def vectors(counted: Sequence[Mapping[int, int]]) -> list[dict[int, float]]:
    """Each report's telling terms, weighed (1 + log tf) log(n / df), to length 1; empty where it has none."""
    having = Counter(key for counts in counted for key in counts)
    rarity = {key: log(len(counted) / n) for key, n in having.items() if 1 < n <= TELLING_SHARE * len(counted)}
    found = []
    for counts in counted:
        weighed = {key: (1 + log(n)) * rarity[key] for key, n in counts.items() if key in rarity}
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        found.append({key: weight / length for key, weight in weighed.items()})
    return found


def joined(found: Sequence[Mapping[int, float]]) -> list[list[int]]:
    """Places in `found`, grouped by average linkage down to `LEAST_ALIKE`."""
    groups = {place: [place] for place in range(len(found))}
    having: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for place, weighed in enumerate(found):
        for key, weight in weighed.items():
            having[key].append((place, weight))
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for places in having.values():
        for (one, weight), (other, its) in combinations(places, 2):
            sums[one, other] += weight * its
    made = len(found)
    ways = [(-alike, one, other) for (one, other), alike in sums.items() if alike >= LEAST_ALIKE]
    heapify(ways)
    while ways:
        _, one, other = heappop(ways)
        if one not in groups or other not in groups:
            continue
        ours, theirs = groups.pop(one), groups.pop(other)
        for third, members in groups.items():
            alike = sums[min(one, third), max(one, third)] + sums[min(other, third), max(other, third)]
            sums[third, made] = alike
            alike /= len(members) * (len(ours) + len(theirs))
            if alike >= LEAST_ALIKE:
                heappush(ways, (-alike, third, made))
        groups[made] = ours + theirs
        made += 1
    return list(groups.values())
