"""What editors decide about stories: two joined, a text taken out of one.

An article whose story an editor chose says so in its row (`decided`: 'merged' or 'split'), and no assignment of the
grouper's takes it elsewhere. 'undone' is one that was put back and that the grouper has not taken up yet; from then on
it stands in its story like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coranto.store import changes
from coranto.store.database import many, numbers, rows, run, value, writing
from coranto.store.grouping import lead_on
from coranto.store.story_rows import refresh_stories

Place = tuple[int, str | None]
"""A story, and what an editor decided that put an article there."""


def merge(story_id: int, other_id: int, by: str, article_id: int) -> None:
    """Put all of the other story into this one, as decided on an article's page; the other's address leads here.
    Raises `LookupError` where they are one, or one of them has no article."""
    with writing():
        found = members((story_id, other_id))
        moved = [ident for ident, (story, _) in found.items() if story == other_id]
        if not moved or len(moved) == len(found):
            raise LookupError(f"there are no two stories {story_id} and {other_id}")
        before = put({ident: (story_id, "merged") for ident in moved})
        changes.log("merge stories", by, article_id, story=story_id, other=other_id, before=before)


def split(article_id: int, by: str) -> None:
    """Take an article out of its story into one of its own, with all that carry its text. Where it opened the story
    the number stays with it, and the others leave. Raises `LookupError` where nothing else is in its story, or no
    number is free for a story of those who leave."""
    with writing():
        story = value("SELECT story_id FROM article WHERE id = %s AND state = 'listed'", (article_id,))
        found = members((story or 0,))
        root = value("SELECT COALESCE(copy_of, id) FROM article WHERE id = %s", (article_id,))
        same = rows("SELECT id FROM article WHERE id = %s OR copy_of = %s", (root, root))
        moved = found.keys() & {ident for (ident,) in same}
        if story in moved:
            moved = found.keys() - moved
        borne = rows(f"SELECT DISTINCT story_id FROM article WHERE story_id IN ({numbers(moved)})")
        free = moved - {one for (one,) in borne}
        if not free or len(moved) == len(found):
            raise LookupError(f"article {article_id} cannot be taken out of its story")
        before = put(dict.fromkeys(moved, (min(free), "split")))
        changes.log("split story", by, article_id, story=story, other=min(free), before=before)


def restore(story_id: int, before: Mapping[str, Place]) -> bool:
    """Put articles back where they stood, those that are still in this story; whether there were any. Called inside a
    transaction."""
    there = members((story_id,))
    back = {int(one): (story, decided or "undone") for one, (story, decided) in before.items() if int(one) in there}
    put(back)
    return bool(back)


def members(stories: Iterable[int]) -> dict[int, Place]:
    """The articles of these stories, each with the story and what was decided of it."""
    found = rows(
        f"SELECT id, story_id, decided FROM article WHERE story_id IN ({numbers(stories)}) AND state = 'listed'"
        " ORDER BY id"
    )
    return {ident: (story, decided) for ident, story, decided in found}


def put(places: Mapping[int, Place]) -> dict[int, Place]:
    """Put articles into stories and let the grouper take that up next, with all in the stories they leave or join;
    where they stood. Called inside a transaction."""
    stories = {story for story, _ in places.values()}
    found = rows(f"SELECT id, story_id, decided FROM article WHERE id IN ({numbers(places)})")
    before = {ident: (story, decided) for ident, story, decided in found}
    stories |= {story for story, _ in before.values()}
    many(
        "UPDATE article SET story_id = %s, decided = %s WHERE id = %s",
        [(*place, ident) for ident, place in places.items()],
    )
    run(
        "UPDATE article SET step = 'group', due = 0, claim = NULL, attempts = 0 WHERE state = 'listed'"
        f" AND story_id IN ({numbers(stories)}) AND (step IS NULL OR step = 'group')"
    )
    refresh_stories(stories)
    lead_on({story: places[ident][0] for ident, (story, _) in before.items()})
    return before


def held() -> set[int]:
    """The stories that an editor merged or split, which no second look changes."""
    found = rows(
        "SELECT DISTINCT story_id FROM article WHERE decided IN ('merged', 'split') AND story_id IS NOT NULL"
    )
    return {story for (story,) in found}
