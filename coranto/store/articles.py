"""One article: its page, its versions, its history, and taking it out. The steps it goes through are claimed here
too.

What a page needs comes in a fixed number of questions, whatever stands on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape

from coranto.articles import Article
from coranto.store import changes, notes, packing
from coranto.store.cards import COLUMNS, TABLES, WIDTH, card, cards_of, seen_by, story_cards
from coranto.store.database import number_of, numbers, row, rows, run, scrubbing, value, writing
from coranto.store.erase import erase_articles
from coranto.store.originals import original
from coranto.store.outlets import named_outlets
from coranto.store.readings import save_readings
from coranto.store.slugs import slug
from coranto.store.steps import claim, release, retry, waiting
from coranto.store.times import moment, now
from coranto.store.values import (
    ArticlePage,
    AuthorValue,
    Card,
    CopyRecord,
    Gone,
    ListedCard,
    OutletValue,
    ReadVersion,
    TopicValue,
)
from coranto.store.versions import versions
from coranto.store.words import unspaced

__all__ = [
    "by_address", "cards", "claim", "difference", "documents_of", "original", "page", "release", "reread", "retry",
    "save_readings", "waiting", "withdraw",
]  # fmt: skip

PAGE = (
    f"SELECT {COLUMNS}, a.state, a.url, a.modified, a.reads, a.share, a.merged_into, a.gone_at, a.gone_reason,"
    " a.reserved,"
    " o.id, o.home_url, o.language, osec.name, o.tagline, o.since, o.articles, o.demo, o.private_to_id, r.body,"
    " t.findings,"
    " gone.title, EXISTS (SELECT 1 FROM record_note n WHERE n.article_id = a.id)"
    f" FROM {TABLES} LEFT JOIN section osec ON osec.id = o.section_id LEFT JOIN reading r ON r.document_id ="
    " a.document_id"
    " LEFT JOIN trace t ON t.article_id = a.id LEFT JOIN article gone ON gone.id = a.merged_into WHERE a.id = %s"
)
MOST_COPIES, MOST_RELATED = 60, 12


def page(article_id: int, user: int | None = None) -> ArticlePage | Gone | None:
    """Everything the article's page shows; `Gone` where it was withdrawn or merged; None where there is none, or none
    yet that `user` may see."""
    found = row(PAGE, (article_id,))
    if found is None:
        return None
    state, url, modified, reads, share, merged, gone_at, reason, reserved = found[WIDTH : WIDTH + 9]
    outlet = found[WIDTH + 9 : WIDTH + 18]
    body, findings, survivor, noted = found[WIDTH + 18 :]
    if outlet[8] is not None and outlet[8] != user:
        return None
    if state == "merged":
        return Gone(article_id, moved_to=merged, moved_slug=slug(survivor or ""))
    if state == "withdrawn":
        return Gone(article_id, at=moment(gone_at), reason=reason)
    if state == "unread":
        return None
    visible = seen_by(user)
    told = card(found)
    reading = packing.unpack(body) if body else unread(article_id, found)
    story = story_cards([told.story_id], visible).get(told.story_id) if told.story_id else None
    return ArticlePage(
        told, "reserved" if reserved else state, reading, url, outlet_value(outlet, told),
        authors_of(article_id, reading),
        topics_of(article_id), reading.published, moment(modified), reads,
        record(article_id, found[20], share, told.copy_of, findings, visible, noted), versions(article_id), story,
        related(article_id, visible),
    )  # fmt: skip


def outlet_value(found: tuple, told) -> OutletValue:
    ident, home, language, section, tagline, since, articles, demo, private_to = found
    return OutletValue(
        ident,
        told.outlet,
        told.outlet_slug,
        home,
        language,
        section,
        tagline,
        moment(since),
        articles,
        bool(demo),
        private_to,
    )


def unread(article_id: int, found: tuple) -> Article:
    """What is shown of an article that came with its text and was not read yet: its paragraphs, nothing else."""
    stored = row("SELECT body, topics FROM article_text WHERE article_id = %s", (article_id,)) or ("", "")
    text = unspaced(stored[0])
    html = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())
    tags = tuple(tag for tag in unspaced(stored[1]).split("\n") if tag)
    authors = (found[12],) if found[12] else ()
    return Article(
        found[1], authors=authors, published=moment(found[9]), tags=tags, language=found[10], text=text, html=html
    )


def authors_of(article_id: int, reading: Article) -> tuple[AuthorValue, ...]:
    found = rows(
        "SELECT u.id, u.name, u.slug, o.name, o.slug, u.role, u.bio, u.url FROM article_author l JOIN author u"
        " ON u.id = l.author_id JOIN outlet o ON o.id = u.outlet_id WHERE l.article_id = %s ORDER BY l.position",
        (article_id,),
    )
    people = {person.name: person for person in reading.people}
    shown = []
    for *start, role, bio, url in found:
        person = people.get(start[1])
        shown.append(AuthorValue(*start, *((person.role, person.bio, person.url) if person else (role, bio, url))))
    return tuple(shown)


def topics_of(article_id: int) -> tuple[TopicValue, ...]:
    return tuple(
        TopicValue(*found)
        for found in rows(
            "SELECT t.name, t.slug, t.articles FROM article_topic l JOIN topic t ON t.id = l.topic_id"
            " WHERE l.article_id = %s ORDER BY l.id",
            (article_id,),
        )
    )


def difference(article_id: int, number: int) -> tuple[ReadVersion, ReadVersion] | None:
    """The document of this number and the one before it that came the same way; None where there is none, or where
    different versions of the reader, or different ways, read them."""
    found = rows(
        "SELECT d.number, d.fetched, r.body, r.reader_version, r.ways,"
        " (o.republish AND NOT a.reserved AND NOT a.nosnippet) FROM document d"
        " JOIN document last ON last.article_id = d.article_id AND last.number = %s AND last.via = d.via"
        " JOIN reading r ON r.document_id = d.id JOIN article a ON a.id = d.article_id"
        " JOIN outlet o ON o.id = a.outlet_id"
        " WHERE d.article_id = %s AND d.number <= %s ORDER BY d.number DESC LIMIT 2",
        (number, article_id, number),
    )
    if len(found) < 2 or found[0][0] != number or found[0][3:5] != found[1][3:5]:
        return None
    after, before = (
        ReadVersion(each[0], moment(each[1]), packing.unpack(each[2]), bool(each[5])) for each in found
    )
    return before, after


def readings(article_ids: Iterable[int], user: int | None = None) -> dict[int, ReadVersion]:
    """What is shown of these articles, those that `user` may see, by id."""
    found = rows(
        "SELECT a.id, d.number, d.fetched, r.body, (o.republish AND NOT a.reserved AND NOT a.nosnippet) FROM article a"
        " JOIN document d ON d.id = a.document_id JOIN reading r ON r.document_id = d.id JOIN outlet o"
        f" ON o.id = a.outlet_id WHERE a.id IN ({numbers(article_ids)}) AND a.state = 'listed'{seen_by(user)}"
    )
    return {
        each[0]: ReadVersion(each[1], moment(each[2]), packing.unpack(each[3]), bool(each[4])) for each in found
    }


def record(
    article_id: int,
    role: str | None,
    share: float | None,
    copy_of: int | None,
    findings: str | None,
    visible: str,
    noted: bool = False,
) -> CopyRecord:
    """What stands between the article and the earliest text like it: that text, or the copies of this one."""
    sql = (
        f"SELECT {COLUMNS} FROM {TABLES} WHERE (a.copy_of = %s OR a.id = %s) AND a.state = 'listed'{visible}"
        f" ORDER BY a.at, a.id LIMIT {MOST_COPIES}"
    )
    near = [card(found) for found in rows(sql, (article_id, copy_of or 0))]
    earliest = next((one for one in near if one.id == copy_of), None)
    copies = tuple(one for one in near if one.copy_of == article_id)
    said = notes.of(article_id) if noted else ()
    unsure = notes.unsure_among(one.id for one in copies) if copies else frozenset()
    return CopyRecord(role or "original", share, earliest, tuple(json.loads(findings or "[]")), copies, said, unsure)


def related(article_id: int, visible: str) -> tuple[ListedCard, ...]:
    found = rows(
        f"SELECT {COLUMNS}, l.reason, l.reason_values FROM related l JOIN article a ON a.id = l.other_id"
        f" {TABLES.removeprefix('article a')} WHERE l.article_id = %s AND a.state = 'listed'{visible}"
        f" ORDER BY l.position LIMIT {MOST_RELATED}",
        (article_id,),
    )
    return tuple(ListedCard(card(each), each[-2], tuple(json.loads(each[-1]))) for each in found)


def documents_of(article_id: int) -> list[tuple[int, int, str, str | None, str, datetime, bool]]:
    """The documents of an article: id, number, via, address, digest, when fetched, if the original is kept."""
    found = rows(
        "SELECT d.id, d.number, d.via, d.url, d.digest, d.fetched, EXISTS (SELECT 1 FROM original o WHERE o.digest"
        " = d.digest)"
        " FROM document d WHERE d.article_id = %s ORDER BY d.number",
        (article_id,),
    )
    return [(*each[:5], moment(each[5]), bool(each[6])) for each in found]


def by_address(key: str) -> int | None:
    """The article known by an address key, or the one it was merged into."""
    return value("SELECT article_id FROM address WHERE key = %s", (number_of(key),))


def reread(outlet: str | None = None, where: str | None = None, version: int | None = None) -> int:
    """Have stored originals read again that an older reader read; how many articles that is. `outlet` is a name or
    slug, `where` a kind ('article', 'error', ...) to keep to."""
    if version is None:
        from coranto.extract import READER_VERSION as version
    condition, params = "", []
    if outlet is not None:
        condition += f" AND a.outlet_id IN ({numbers(named_outlets(outlet))})"
    if where is not None:
        condition, params = condition + " AND a.kind = %s", [where]
    documents = (
        "SELECT d.id FROM document d JOIN article a ON a.id = d.article_id JOIN original o ON o.digest = d.digest"
        " JOIN reading r ON r.document_id = d.id WHERE r.reader_version < %s AND a.state IN ('listed', 'unlisted')"
    )
    with writing():
        run(f"UPDATE document SET pending = %s WHERE id IN ({documents}{condition})", (True, version, *params))
        return run(
            "UPDATE article SET step = 'read', due = %s, claim = NULL, attempts = 0 WHERE id IN"
            f" (SELECT DISTINCT d.article_id FROM document d WHERE d.id IN ({documents}{condition}))",
            (now(), version, *params),
        )


def withdraw(article_id: int, reason: str, by: str) -> tuple[str, ...]:
    """Take an article out for good: text, versions, readings, originals, index and links go; its address answers that
    it was withdrawn, and why, and nothing brings it back. Gives the addresses of pictures that nothing else shows, so
    that cached ones can go too. One that was merged takes the survivor with it."""
    with scrubbing(), writing():
        found = row("SELECT state, merged_into FROM article WHERE id = %s", (article_id,))
        if found is None:
            raise LookupError(f"there is no article {article_id}")
        if found[0] == "withdrawn":
            return ()
        pictures: tuple[str, ...] = ()
        if found[0] == "merged" and found[1] is not None:
            pictures = withdraw(found[1], reason, by)
        at = now()
        pictures += erase_articles([article_id], leave_tombstones=True)
        run(
            "UPDATE article SET state = 'withdrawn', merged_into = NULL, gone_at = %s, gone_reason = %s WHERE id = %s",
            (at, reason, article_id),
        )
        changes.log("withdraw", by, article_id, reason=reason)
    return pictures


def cards(ids: list[int], user: int | None = None) -> dict[int, Card]:
    """The cards of these articles, by id, as far as `user` may see them."""
    return cards_of(ids, seen_by(user))
