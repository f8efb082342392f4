"""How many independent origins a story has, which is the number to show beside it: not how many outlets carry it.

Copies, credited or not, count with their original; what an agency or a press service sent counts once, whoever prints
it; outlets of one publisher count once. In doubt two are one: no story shall look better confirmed than it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coranto.stories.agencies import agency_of
from coranto.stories.attribution import source_of
from coranto.stories.coverage import ArticleId, Coverage
from coranto.stories.naming import family_key


@dataclass(frozen=True, slots=True)
class Telling:
    """What counting asks of an article: its publisher's name, else its outlet's; the article whose copy it is; who it
    says the text is from (`source_of`)."""

    id: ArticleId
    family: str
    copy_of: ArticleId | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that go back to one source, in the order given. `name` is that of the agency, the source or the
    publisher, None where the original is not among the articles and none of them names its source."""

    name: str | None
    article_ids: tuple[ArticleId, ...]


def telling_of(coverage: Coverage, copy_of: ArticleId | None) -> Telling:
    return Telling(coverage.id, coverage.publisher or coverage.outlet, copy_of, source_of(coverage))


def independent_origins(tellings: Iterable[Telling]) -> tuple[Origin, ...]:
    """The articles of one story by origin: `len` of it is the story's number of independent origins.

    It does not depend on the order, and a further copy changes it only by an agency's mark that the others lack.
    """
    by_id = {telling.id: telling for telling in tellings}
    texts: dict[ArticleId, list[Telling]] = {}
    for telling in by_id.values():
        texts.setdefault(_root(telling, by_id), []).append(telling)
    found: dict[tuple, list[tuple[str | None, ArticleId]]] = {}
    for root, members in texts.items():
        name = _source(by_id.get(root), members)
        key = ("text", root) if name is None else ("source", agency_of(name) or family_key(name))
        found.setdefault(key, []).extend((name, member.id) for member in members)
    place = {ident: number for number, ident in enumerate(by_id)}
    ordered = (sorted(told, key=lambda pair: place[pair[1]]) for told in found.values())
    return tuple(Origin(told[0][0], tuple(ident for _, ident in told)) for told in ordered)


def _root(telling: Telling, by_id: dict[ArticleId, Telling]) -> ArticleId:
    """The first of a chain of copies, also where it is not among the articles."""
    passed: list[ArticleId] = []
    while telling.copy_of is not None and telling.id not in passed:
        passed.append(telling.id)
        if telling.copy_of not in by_id:
            return telling.copy_of
        telling = by_id[telling.copy_of]
    ring = passed[passed.index(telling.id) :] if telling.id in passed else [telling.id]
    return min(ring, key=str)


def _source(first: Telling | None, members: list[Telling]) -> str | None:
    """Whose text it is: an agency's where any copy bears its mark, else whom the first names, else the first's own."""
    agencies = [member.source for member in members if member.source and agency_of(member.source)]
    return min(agencies, default=None) or (first and (first.source or first.family))
