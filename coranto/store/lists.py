"""Lists of articles and stories: home, latest, day, section, outlet, author, topic, story, and the ranked ones.

Each is a fixed number of questions. `user` sees what private outlets of theirs give, `follows` keeps to some outlets,
`unread` leaves out what the account has read.
Copies fold into their original, except on the lists of an outlet, an author and a day, and in a story.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from coranto.store import joins
from coranto.store.cards import (
    COLUMNS,
    MOST_MARKS,
    TABLES,
    WIDTH,
    card,
    mark_kind,
    page_of,
    place_of,
    seen_by,
    story_cards,
)
from coranto.store.database import numbers, row, rows, storable, value
from coranto.store.facts import outlet_facts, section_facts, topic_facts
from coranto.store.marks import only_unread
from coranto.store.originals import keeping
from coranto.store.outlets import OUTLET, outlet_value
from coranto.store.rankings import enough_readers, ranked
from coranto.store.slugs import slug as slug_of
from coranto.store.steps import waiting
from coranto.store.story_rows import MOST_WEIGHED, outlines
from coranto.store.suggesting import for_you
from coranto.store.times import HOUR, day_bounds, moment, stamp
from coranto.store.values import (
    AuthorValue,
    Card,
    Cards,
    Carried,
    Gone,
    Home,
    OutletValue,
    Part,
    SectionValue,
    Status,
    Stories,
    StoryPage,
    TopicValue,
)
from coranto.store.versions import updated

__all__ = [
    "author", "day", "enough_readers", "for_you", "home", "latest", "outlet", "outlet_facts", "ranked",
    "section", "section_facts", "sections", "status", "stories", "story", "topic", "topic_facts",
]  # fmt: skip

PER_PAGE = 40
SECONDS, ROW, OTHERS, SECTION_CARDS, MOST_SECTIONS = 3, 4, 4, 3, 9
MOST_STORY_CARDS = 500
OWN = " AND a.copy_of IS NULL"


def home(user: int | None = None, now: datetime | None = None, follows: Sequence[int] | None = None) -> Home:
    """The home page. The lead is the story with the most outlets' own reports in the last twelve hours, else in the
    last day and a half or three days; hours are counted back from the newest article, so that a quiet site keeps its
    news."""
    visible = seen_by(user, follows)
    upto = stamp(now) if now else 2**62
    newest = value(
        f"SELECT a.at FROM article a WHERE a.state = 'listed' AND a.at <= %s{visible} ORDER BY a.at DESC LIMIT 1",
        (upto,),
    )
    if newest is None:
        return Home(None)
    chosen = leading(newest, visible)
    found = story_cards(chosen, visible)
    stories = [found[ident] for ident in chosen if ident in found]
    seconds = stories[1 : 1 + SECONDS]
    in_row = stories[1 + SECONDS : 1 + SECONDS + ROW]
    others = stories[1 + SECONDS + ROW : 1 + SECONDS + ROW + OTHERS]
    shown = {story.lead.id for story in stories} | {one.id for story in stories[:1] for one in story.others}
    river = page_of(f"a.state = 'listed'{OWN}{visible} AND a.id NOT IN ({numbers(shown)})", (), None, 20)
    shown |= {one.id for one in river.cards}
    by_section = section_cards(visible, shown)
    return Home(stories[0] if stories else None, tuple(seconds), tuple(in_row), tuple(others), river, by_section)


def leading(newest: int, visible: str) -> list[int]:
    """The stories of the last three days before `newest`, the one with the most own reports in the last hours first."""
    half, more, most = newest - 12 * HOUR, newest - 36 * HOUR, newest - 72 * HOUR
    found = rows(
        "SELECT story_id, count(DISTINCT CASE WHEN at > %s THEN outlet_id END) AS half,"
        " count(DISTINCT CASE WHEN at > %s THEN outlet_id END) AS more, count(DISTINCT outlet_id) AS most, max(at)"
        " AS last"
        " FROM (SELECT a.story_id, a.outlet_id, a.at FROM article a WHERE a.state = 'listed' AND a.at > %s AND a.at"
        " <= %s"
        f"{OWN}{visible} AND a.story_id IS NOT NULL ORDER BY a.at DESC LIMIT 3000) AS recent GROUP BY story_id"
        " ORDER BY most DESC, last DESC LIMIT 400",
        (half, more, most, newest),
    )
    found.sort(key=lambda one: (one[1] if one[1] > 1 else 0, one[2], one[3], one[4]), reverse=True)
    return [one[0] for one in found[: 1 + SECONDS + ROW + OTHERS]]


def section_cards(visible: str, shown: Iterable[int]) -> tuple[tuple[SectionValue, tuple[Card, ...]], ...]:
    """The newest own articles of each section that were not shown yet."""
    known = rows("SELECT id, name, slug FROM section ORDER BY id LIMIT %s", (MOST_SECTIONS,))
    if not known:
        return ()
    out = numbers(shown)
    newest = " UNION ALL ".join(
        f"SELECT id FROM (SELECT a.id FROM article a WHERE a.section_id = {ident} AND a.state = 'listed'{OWN}{visible}"
        f" AND a.id NOT IN ({out}) ORDER BY a.at DESC, a.id DESC LIMIT {SECTION_CARDS}) AS s{ident}"
        for ident, _, _ in known
    )
    found: dict[str, list[Card]] = {}
    for each in rows(f"SELECT {COLUMNS} FROM {TABLES} WHERE a.id IN ({newest}) ORDER BY a.at DESC, a.id DESC"):
        found.setdefault(each[6], []).append(card(each))
    return tuple((SectionValue(name, slug), tuple(found[slug])) for _, name, slug in known if slug in found)


def wanted_by(
    user: int | None, follows: Sequence[int] | None = None, unread: bool = False, own: bool = False
) -> str:
    """A condition that keeps to what an account may see, follows and has not read; with `own` to what is no copy."""
    wanted = seen_by(user, follows) + (only_unread(user) if unread and user is not None else "")
    return wanted + OWN if own else wanted


def latest(
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    follows: Sequence[int] | None = None,
    unread: bool = False,
) -> Cards:
    """Single articles, newest first."""
    return page_of(f"a.state = 'listed'{OWN}{wanted_by(user, follows, unread)}", (), cursor, per)


def day(
    wanted: date,
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    follows: Sequence[int] | None = None,
    unread: bool = False,
    own: bool = False,
) -> Cards:
    """Every article of a day in the site's zone, newest first; with `own` without copies."""
    start, end = day_bounds(wanted)
    where = f"a.state = 'listed' AND a.at >= %s AND a.at < %s{wanted_by(user, follows, unread, own)}"
    return page_of(where, (start, end), cursor, per)


def section(
    slug: str,
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    follows: Sequence[int] | None = None,
    unread: bool = False,
) -> tuple[SectionValue, Cards] | None:
    """A section and a page of its articles, or None where nothing that `user` may see stands in it."""
    found = row(
        "SELECT s.id, s.name, s.slug FROM section s WHERE s.slug = %s AND (EXISTS (SELECT 1 FROM article a WHERE"
        f" a.section_id = s.id AND a.state = 'listed'{seen_by(user)}) OR EXISTS (SELECT 1 FROM outlet o WHERE"
        f" o.section_id = s.id{seen_by(user, column='o.id')}))",
        (storable(slug),),
    )
    if found is None:
        return None
    where = f"a.section_id = %s AND a.state = 'listed'{OWN}{wanted_by(user, follows, unread)}"
    return SectionValue(*found[1:]), page_of(where, found[:1], cursor, per, at="a.at")


def outlet(
    slug: str,
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    unread: bool = False,
    own: bool = False,
) -> tuple[OutletValue, Cards] | None:
    """An outlet and a page of its articles, copies included unless `own`, or None where there is none that `user` may
    see."""
    found = row(f"{OUTLET} WHERE outlet.slug = %s", (storable(slug),))
    if found is None or found[10] not in (None, user):
        return None
    where = f"a.outlet_id = %s AND a.state = 'listed'{wanted_by(user, unread=unread, own=own)}"
    return outlet_value(found), page_of(where, found[:1], cursor, per)


def author(
    ident: int,
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    unread: bool = False,
    own: bool = False,
) -> tuple[AuthorValue, Cards] | None:
    """An author and a page of the articles signed so in that outlet, and under the names joined with it; or None."""
    found = row(
        "SELECT u.id, u.name, u.slug, o.name, o.slug, u.role, u.bio, u.url, o.private_to_id FROM author u JOIN outlet o"
        " ON o.id = u.outlet_id WHERE u.id = %s",
        (ident,),
    )
    if found is None or found[8] not in (None, user):
        return None
    others = joins.joined(ident, f" AND (o.private_to_id IS NULL OR o.private_to_id = {int(user or 0)})")
    tables = f"article_author l JOIN article a ON a.id = l.article_id {TABLES.removeprefix('article a')}"
    where = f"l.author_id IN ({numbers([ident, *(other.id for other in others)])}) AND a.state = 'listed'"
    where += wanted_by(user, unread=unread, own=own)
    return AuthorValue(*found[:8], joined=others), page_of(where, (), cursor, per, tables, "l.at", "l.article_id")


def topic(
    slug: str,
    cursor: str | None = None,
    per: int = PER_PAGE,
    user: int | None = None,
    follows: Sequence[int] | None = None,
    unread: bool = False,
) -> tuple[TopicValue, Cards] | None:
    """A topic and a page of its articles, or None where no article that `user` may see has it."""
    found = row("SELECT id, name, slug, articles FROM topic WHERE slug = %s", (storable(slug),))
    if found is None or found[3] < 1:
        return None
    tables = f"article_topic l JOIN article a ON a.id = l.article_id {TABLES.removeprefix('article a')}"
    where = f"l.topic_id = %s AND a.state = 'listed'{OWN}{wanted_by(user, follows, unread)}"
    cards = page_of(where, found[:1], cursor, per, tables, "l.at", "l.article_id")
    return (TopicValue(*found[1:]), cards) if cards.cards or cursor or unread else None


def story(ident: int, user: int | None = None) -> StoryPage | Gone | None:
    """A story with all its articles (at most 500, the newest); `Gone` where it became part of another."""
    moved = row(
        "SELECT s.moved_to, t.title FROM story s LEFT JOIN story t ON t.id = s.moved_to WHERE s.id = %s", (ident,)
    )
    if moved is None:
        return None
    visible = seen_by(user)
    if moved[0] is not None:
        there = story_cards([moved[0]], visible, most=1)
        return Gone(ident, moved_to=moved[0], moved_slug=slug_of(moved[1] or "")) if there else None
    found = story_cards([ident], visible, MOST_MARKS).get(ident)
    if found is None:
        return None
    members = rows(
        f"SELECT {COLUMNS}, a.share, a.taken_from, a.taken_named FROM {TABLES} WHERE a.story_id = %s"
        f" AND a.state = 'listed'{visible} ORDER BY a.at DESC, a.id DESC LIMIT {MOST_STORY_CARDS}",
        (ident,),
    )[::-1]
    topics = rows(
        "SELECT t.name, t.slug, t.articles FROM article a JOIN article_topic l ON l.article_id = a.id JOIN topic t"
        f" ON t.id = l.topic_id WHERE a.story_id = %s AND a.state = 'listed'{visible} GROUP BY t.id, t.name,"
        " t.slug, t.articles"
        " ORDER BY count(*) DESC, t.name LIMIT 6",
        (ident,),
    )
    roles = {each[0]: mark_kind(each[20], each[19], bool(each[21]), each[0] == found.first.id) for each in members}
    cards = tuple(card(each) for each in members)
    return StoryPage(
        found, cards, roles, tuple(TopicValue(*each) for each in topics), carried(members),
        tuple(sorted(updated(one.id for one in cards))),
    )


def parts(cards: Iterable[Card]) -> tuple[Part, ...]:
    """The parts of a story with these articles, in order of time; nothing of a short one."""
    from coranto.stories import Candidate, headline_of
    from coranto.stories import parts as found_in

    reports = [one for one in cards if one.copy_of is None]
    told = outlines(one.id for one in reports[-MOST_WEIGHED:])
    titles = {one.id: one.title for one in reports}
    return tuple(
        Part(headline_of([Candidate(each, titles[each], told[each], 0) for each in found]), tuple(found))
        for found in found_in([(one.id, told[one.id]) for one in reports if one.id in told])
    )


def carried(members: Sequence[tuple]) -> dict[int, Carried]:
    """What is known of the copies among the articles of a story, given as rows of `story`."""
    copies = {each[0]: each[WIDTH:] for each in members if each[19] is not None}
    kinds = {
        ident: frozenset(finding["kind"] for finding in json.loads(findings))
        for ident, findings in rows(f"SELECT article_id, findings FROM trace WHERE article_id IN ({numbers(copies)})")
    }
    return {
        ident: Carried(share, kinds.get(ident, frozenset()), taken_from, bool(named))
        for ident, (share, taken_from, named) in copies.items()
    }


def stories(cursor: str | None = None, per: int = 20, user: int | None = None) -> Stories:
    """What several outlets tell, the story with the newest article first."""
    place = place_of(cursor)
    newer = place is not None and place[0] == "n"
    where, params = "s.outlets > 1 AND s.moved_to IS NULL", ()
    if place is not None:
        where += f" AND (s.latest_at, s.id) {'>' if newer else '<'} (%s, %s)"
        params = place[1:]
    order = "ASC" if newer else "DESC"
    found = rows(
        f"SELECT s.id, s.latest_at FROM story s WHERE {where} ORDER BY s.latest_at {order}, s.id {order} LIMIT %s",
        (*params, per + 1),
    )
    more, shown = len(found) > per, found[:per][::-1] if newer else found[:per]
    told = story_cards([ident for ident, _ in shown], seen_by(user))
    if not shown:
        return Stories(())
    return Stories(
        tuple(told[ident] for ident, _ in shown if ident in told),
        f"n{shown[0][1]:x}.{shown[0][0]:x}" if (more if newer else place is not None) else None,
        f"o{shown[-1][1]:x}.{shown[-1][0]:x}" if newer or more else None,
    )


def sections() -> tuple[SectionValue, ...]:
    """The sections that hold an article everybody may see, in the order in which they came."""
    found = rows(
        "SELECT s.name, s.slug FROM section s WHERE EXISTS (SELECT 1 FROM article a JOIN outlet o ON o.id = a.outlet_id"
        " WHERE a.section_id = s.id AND a.state = 'listed' AND o.private_to_id IS NULL) ORDER BY s.id"
    )
    return tuple(SectionValue(*each) for each in found)


def status() -> Status:
    """The site in numbers, private outlets left out."""
    outlets, articles = row("SELECT count(*), COALESCE(sum(articles), 0) FROM outlet WHERE private_to_id IS NULL")
    read_to, failing = row(
        "SELECT max(fetched), COALESCE(sum(CASE WHEN state = 'active' AND failures > 2 THEN 1 ELSE 0 END), 0) FROM"
        " source"
    )
    return Status(outlets, moment(read_to), int(articles), waiting(), int(failing), keeping())
