"""The second look: open articles grouped anew, all at once, and which story's name each group keeps.

Average link (UPGMA, Sokal & Michener 1958): the two groups that are likest become one, until none are like enough.
What came in an unlucky order comes together, and what had only one article in common falls apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from coranto.stories.neighbours import together


class _Groups:
    """Groups of articles under the number of one of them, with the known odds between them: (sum, count)."""

    def __init__(self, numbers: Iterable[int], judged: Iterable[tuple[int, int, float]]):
        self.members = {number: [number] for number in numbers}
        self.links: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in self.members}
        for one, other, likely in judged:
            self.links[one][other] = self.links[other][one] = (likely, 1)

    def likely(self, one: int, other: int) -> float:
        """The odds that two groups are one."""
        return together(*self.links[one][other], len(self.members[one]), len(self.members[other]))

    def join(self, one: int, other: int) -> int:
        """Make two groups one; the number under which it stands."""
        if len(self.links[one]) < len(self.links[other]):
            one, other = other, one
        self.members[one] += self.members.pop(other)
        here, there = self.links[one], self.links.pop(other)
        del here[other], there[one]
        for third, (total, count) in there.items():
            before, known = here.get(third, (0.0, 0))
            here[third] = self.links[third][one] = (before + total, known + count)
            del self.links[third][other]
        return one


def grouped(numbers: Iterable[int], judged: Iterable[tuple[int, int, float]], least: float = 0.0) -> list[list[int]]:
    """Articles in groups, by the odds of pairs of them that are known, such that no two groups are one by odds of at
    least `least`."""
    groups = _Groups(numbers, judged)
    changed = dict.fromkeys(groups.members, 0)
    heap = [
        (-likely, one, other, 0, 0)
        for one, links in groups.links.items() for other in links
        if one < other and (likely := groups.likely(one, other)) >= least
    ]  # fmt: skip
    heapify(heap)
    while heap:
        _, one, other, *when = heappop(heap)
        if when != [changed.get(one), changed.get(other)]:
            continue
        kept = groups.join(one, other)
        del changed[other if kept == one else one]
        changed[kept] += 1
        for third in groups.links[kept]:
            likely = groups.likely(kept, third)
            if likely >= least:
                heappush(heap, (-likely, kept, third, changed[kept], changed[third]))
    return [sorted(members) for members in groups.members.values()]


def named(groups: Sequence[Sequence[int]], story_of: Mapping[int, int], borne: Callable[[int], bool]) -> dict[int, int]:
    """The story of each article. A group keeps the name of the story most of whose articles it has, of equals the
    older's; no name is borne twice, and one whose first article is not open any more goes before others, for the rest
    of that story bears it too. A group without a name takes the number of the first of its articles that is not
    `borne` as a name; where all are, each stays in its story."""
    claims = sorted(
        (story in story_of, -count, story, at)
        for at, group in enumerate(groups)
        for story, count in Counter(story_of[number] for number in group).items()
    )
    names: dict[int, int] = {}
    taken: set[int] = set()
    for *_, story, at in claims:
        if at not in names and story not in taken:
            names[at] = story
            taken.add(story)
    found = {}
    for at, group in enumerate(groups):
        name = names[at] if at in names else next((number for number in group if not borne(number)), None)
        found |= {number: story_of[number] if name is None else name for number in group}
    return found
