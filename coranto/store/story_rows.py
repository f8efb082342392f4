"""A story's row: its headline and counts, worked out from its articles. What private outlets tell is not counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coranto.store.database import many, numbers, rows, run, writing

MOST_WEIGHED = 80
"""Reports of a story whose headlines compete."""
VERSION = 1
"""Raised whenever a change to what rows tell, as to the choice of headlines, is to reach stories that get no new
article."""


def refresh_stories(ids: Iterable[int]) -> None:
    """Bring the rows of these stories up to date. A story left without an article goes; where its articles went to
    another story, its address leads there. Called inside a transaction."""
    ids = sorted({ident for ident in ids if ident is not None})
    for start in range(0, len(ids), 1000):
        refresh_some(ids[start : start + 1000])


def refresh_older(most: int) -> int:
    """Bring up to date the rows of some stories that an earlier version worked out, the latest first; how many."""
    with writing():
        older = "SELECT id FROM story WHERE version < %s AND moved_to IS NULL ORDER BY id DESC LIMIT %s"
        found = [ident for (ident,) in rows(older, (VERSION, most))]
        refresh_stories(found)
    return len(found)


def refresh_some(ids: list[int]) -> None:
    these = numbers(ids)
    members: dict[int, list[tuple]] = {}
    for story, *rest in rows(
        "SELECT a.story_id, a.id, a.title, a.at, a.seen, a.outlet_id, a.copy_of, a.role, COALESCE(r.size, 0),"
        " o.private_to_id, COALESCE(o.publisher, o.name), a.named_source, COALESCE(p.publisher, p.name), e.named_source"
        " FROM article a JOIN outlet o ON o.id = a.outlet_id LEFT JOIN reading r"
        " ON r.document_id = a.document_id LEFT JOIN article e ON e.id = a.copy_of LEFT JOIN outlet p"
        f" ON p.id = e.outlet_id WHERE a.story_id IN ({these}) AND a.state = 'listed' ORDER BY a.seen, a.id"
    ):
        members.setdefault(story, []).append(tuple(rest))
    headlines = headlines_of(members)
    many(
        "INSERT INTO story (id, title, headline_id, first_id, latest_id, outlets, articles, copies, origins,"
        f" latest_at, moved_to, version) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, NULL, {VERSION})"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, version = excluded.version,"
        " headline_id = excluded.headline_id, first_id = excluded.first_id, latest_id = excluded.latest_id,"
        " outlets = excluded.outlets, articles = excluded.articles, copies = excluded.copies,"
        " origins = excluded.origins, latest_at = excluded.latest_at, moved_to = NULL",
        [story_row(story, found, headlines[story]) for story, found in members.items()],
    )
    empty = numbers(ident for ident in ids if ident not in members)
    run(f"DELETE FROM story WHERE id IN ({empty}) AND moved_to IS NULL")


def headlines_of(members: Mapping[int, Sequence[tuple]]) -> dict[int, int]:
    """The article whose headline stands for each story, of its own reports: where there are several, the one that
    covers most of what the others tell, of the latest `MOST_WEIGHED`."""
    from coranto.stories import Candidate, headline_of

    own = {story: own_reports(found)[-MOST_WEIGHED:] for story, found in members.items()}
    told = outlines(each[0] for found in own.values() if len(found) > 1 for each in found)
    return {
        story: headline_of([Candidate(each[0], each[1], told.get(each[0], b""), each[7]) for each in found])
        for story, found in own.items()
    }


def outlines(ids: Iterable[int]) -> dict[int, bytes]:
    """What grouping keeps of these articles' words; nothing of those not yet grouped."""
    from coranto.stories import outline_in

    found = rows(f"SELECT article_id, signature FROM trace WHERE article_id IN ({numbers(ids)})")
    return {article: outline_in(signature) for article, signature in found}


def own_reports(found: Sequence[tuple]) -> Sequence[tuple]:
    """Those of a story's articles that are nobody's copy, public ones where it has any; all where it has none."""
    public = [each for each in found if each[8] is None] or found
    return [each for each in public if each[5] is None] or public


def story_row(story: int, found: list[tuple], headline: int) -> tuple:
    """(id, title, headline, first, latest, outlets, articles, copies, origins, latest time)."""
    shown = [each for each in found if each[8] is None] or found
    title = next(each[1] for each in shown if each[0] == headline)
    first = min(own_reports(found), key=lambda each: (each[2], each[0]))
    latest = max(shown, key=lambda each: (each[2], each[0]))
    outlets = len({each[4] for each in shown})
    copies = sum(each[5] is not None for each in shown)
    origins = origins_of(shown)
    return story, title, headline, first[0], latest[0], outlets, len(shown), copies, origins, latest[2]


def origins_of(found: list[tuple]) -> int:
    """How many independent origins these articles of a story have; an original that stands elsewhere counts as the one
    of its copies."""
    from coranto.stories import Telling, independent_origins

    tellings = {each[5]: Telling(each[5], each[11], None, each[12]) for each in found if each[5] and each[11]}
    tellings |= {each[0]: Telling(each[0], each[9], each[5], each[10]) for each in found}
    return len(independent_origins(tellings.values()))
