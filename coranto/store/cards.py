"""Cards: an article as lists show it, a story as the home page does, and pages of lists by cursor.

Every function asks a number of questions that does not depend on how many cards it gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coranto.articles import Picture
from coranto.store.database import numbers, rows
from coranto.store.outlets import hidden_outlets
from coranto.store.slugs import slug
from coranto.store.times import moment
from coranto.store.values import Card, Cards, Mark, StoryCard
from coranto.store.versions import updated

FREE = "(o.republish AND a.document_id IS NOT NULL AND NOT a.reserved AND NOT a.nosnippet)"
COPY_OF = """CASE WHEN a.copy_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record_note n WHERE n.article_id = a.id
    AND n.finding = '' AND n.hidden) THEN a.copy_of END"""
"""What a card tells of the text it carries: a copy whose whole record is hidden stands as a text of its own."""
COLUMNS = f"""a.id, a.title, a.lead, o.name, o.slug, sec.name, sec.slug, a.at, a.seen, a.published, a.language, a.kind,
    a.byline, a.image, a.story_id, st.title, st.outlets, st.articles, a.copies, {COPY_OF}, a.role,
    a.differs, a.nosnippet, {FREE}, a.modified, st.origins"""
TABLES = """article a JOIN outlet o ON o.id = a.outlet_id LEFT JOIN section sec ON sec.id = a.section_id
    LEFT JOIN story st ON st.id = a.story_id"""
WIDTH = 26
MOST_MARKS = 40


def card(found: Sequence) -> Card:
    """A card from the first columns of a row of `COLUMNS`."""
    (ident, title, lead, outlet, outlet_slug, section, section_slug, at, seen, published, language, kind, byline, image,
     story, story_title, outlets, articles, copies, copy_of) = found[:20]  # fmt: skip
    return Card(
        ident, slug(title), title, lead, outlet, outlet_slug, section, section_slug, moment(at), moment(seen),
        moment(published), language, kind, byline, picture(image), story, slug(story_title) if story_title else None,
        outlets or 1, articles or 1, copies, copy_of, bool(found[22]), bool(found[23]), moment(found[24]),
        story_origins=found[25] or 1,
    )  # fmt: skip


def picture(image: str | None) -> Picture | None:
    if not image:
        return None
    return Picture(**{name: value for name, value in json.loads(image).items() if name in Picture.__slots__})


def seen_by(user: int | None, follows: Sequence[int] | None = None, column: str = "a.outlet_id") -> str:
    """A condition that keeps to the outlets this user may see, and to those they follow where `follows` names some."""
    hidden = hidden_outlets(user)
    condition = f" AND {column} NOT IN ({numbers(hidden)})" if hidden else ""
    return condition + (f" AND {column} IN ({numbers(follows)})" if follows is not None else "")


def cards_of(ids: Iterable[int], visible: str = "") -> dict[int, Card]:
    """The cards of listed articles, by id."""
    sql = (
        f"SELECT {COLUMNS} FROM {TABLES} WHERE a.id IN ({numbers(ids)}) AND a.state IN ('listed', 'unlisted'){visible}"
    )
    return {found[0]: card(found) for found in rows(sql)}


def with_updates(cards: list[Card]) -> list[Card]:
    """The cards, those of texts that changed saying when they last did."""
    known = updated(card.id for card in cards)
    return [replace(card, updated=known[card.id]) if card.id in known else card for card in cards]


def cursor_of(last: Card, direction: str) -> str:
    from coranto.store.times import stamp

    return f"{direction}{stamp(last.at):x}.{last.id:x}"


def place_of(cursor: str | None) -> tuple[str, int, int] | None:
    """(direction, at, id) of a cursor; None for the first page, and for what is no cursor of ours."""
    if not cursor or cursor[0] not in "on" or len(cursor) > 40:
        return None
    at, _, ident = cursor[1:].partition(".")
    try:
        place = int(at, 16), int(ident, 16)
    except ValueError:
        return None
    return (cursor[0], *place) if all(abs(part) < 2**63 for part in place) else None


def page_of(
    where: str,
    params: Sequence,
    cursor: str | None,
    per: int,
    tables: str = TABLES,
    at: str = "a.at",
    ident: str = "a.id",
) -> Cards:
    """A page of a list, newest first, which tells of later changes to its texts. `at` and `ident` are the columns of
    the index that the list goes by."""
    place, params = place_of(cursor), list(params)
    newer = place is not None and place[0] == "n"
    if place is not None:
        where += f" AND ({at}, {ident}) {'>' if newer else '<'} (%s, %s)"
        params += place[1:]
    order = "ASC" if newer else "DESC"
    found = rows(
        f"SELECT {COLUMNS} FROM {tables} WHERE {where} ORDER BY {at} {order}, {ident} {order} LIMIT %s",
        [*params, per + 1],
    )
    more = len(found) > per
    shown = with_updates([card(each) for each in found[:per]])
    if newer:
        shown.reverse()
    if not shown:
        return Cards(())
    has_newer = more if newer else place is not None
    has_older = True if newer else more
    return Cards(
        tuple(shown), cursor_of(shown[0], "n") if has_newer else None, cursor_of(shown[-1], "o") if has_older else None
    )


def mark_kind(role: str | None, copy_of: int | None, differs: bool, first: bool) -> str:
    if first:
        return "first"
    if copy_of is None:
        return "own"
    if role == "credited_copy":
        return "credited"
    return "changed" if differs else "unnamed"


def story_cards(ids: Iterable[int], visible: str = "", most: int = MOST_MARKS) -> dict[int, StoryCard]:
    """Stories by id, in three questions: the rows, and the cards of at most `most` articles each, the newest, with
    the headline's, the first and the last. What `visible` leaves out is not counted in."""
    ids = list(ids)
    if not ids:
        return {}
    heads = {
        found[0]: found[1:]
        for found in rows(
            "SELECT id, title, headline_id, first_id, latest_id, outlets, articles, copies, origins FROM story"
            f" WHERE id IN ({numbers(ids)}) AND moved_to IS NULL"
        )
    }
    named = {ident for head in heads.values() for ident in head[1:4]}
    newest = (
        "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY story_id ORDER BY at DESC, id DESC) AS place"
        " FROM article"
        f" WHERE story_id IN ({numbers(heads)}) AND state = 'listed') AS placed WHERE place <= {int(most)}"
    )
    members: dict[int, list[tuple]] = {}
    for found in rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE (a.id IN ({newest}) OR a.id IN ({numbers(named)}))"
        f" AND a.story_id IN ({numbers(heads)}) AND a.state = 'listed'{visible} ORDER BY a.at, a.id"
    ):
        members.setdefault(found[14], []).append(found)
    return {ident: story_card(ident, heads[ident], found) for ident, found in members.items()}


def story_card(ident: int, head: tuple, found: list[tuple]) -> StoryCard:
    title, headline, first, latest, outlets, articles, copies, origins = head
    cards = {each[0]: card(each) for each in found}
    in_order = [cards[each[0]] for each in found]
    own = [one for one in in_order if one.copy_of is None] or in_order
    lead = cards.get(headline) or own[0]
    earliest = cards.get(first) or own[0]
    marks = tuple(
        Mark(moment(each[7]), mark_kind(each[20], each[19], bool(each[21]), each[0] == earliest.id), each[0], each[3])
        for each in found[-MOST_MARKS:]
    )
    return StoryCard(
        ident, slug(title), title, lead, outlets, articles, copies, earliest, cards.get(latest) or in_order[-1],
        tuple(one for one in reversed(own) if one.id != lead.id)[:3], marks, max(1, origins),
    )  # fmt: skip
