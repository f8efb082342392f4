"""What an account did with articles: read or unread, kept for later, and how far it came.

An article that was opened is read; one that is older than a list's mark (`read_to`) is, too, unless its own mark says
otherwise. Pages ask once for all their cards.
"""

from __future__ import annotations

from collections.abc import Iterable

from coranto.store import events, times
from coranto.store.cards import TABLES, page_of, seen_by
from coranto.store.database import numbers, rows, run, storable, value, writing
from coranto.store.reader_values import ReaderMark
from coranto.store.values import Cards

IN_SCOPE = (
    "(t.scope = 'all' OR t.scope = 'outlet:' || a.outlet_id OR t.scope = 'section:' || a.section_id"
    " OR EXISTS (SELECT 1 FROM article_topic l WHERE l.article_id = a.id AND t.scope = 'topic:' || l.topic_id)"
    " OR EXISTS (SELECT 1 FROM article_author l WHERE l.article_id = a.id AND t.scope = 'author:' || l.author_id))"
)
SCOPES: dict[str, tuple[str, str]] = {
    "all": ("", "1 = 1"),
    "outlet": ("SELECT id FROM outlet WHERE slug = %s", "a.outlet_id = {}"),
    "section": ("SELECT id FROM section WHERE slug = %s", "a.section_id = {}"),
    "topic": ("SELECT id FROM topic WHERE slug = %s",
              "a.id IN (SELECT article_id FROM article_topic WHERE topic_id = {})"),
    "author": ("SELECT id FROM author WHERE CAST(id AS TEXT) = %s",
               "a.id IN (SELECT article_id FROM article_author WHERE author_id = {})"),
}  # fmt: skip
"""For each kind of list: how its name is looked up, and which articles stand in it."""
FURTHEST = 30_000


def of(user: int, ids: Iterable[int]) -> dict[int, ReaderMark]:
    """What this account did with each of these articles, in one question."""
    found = rows(
        "SELECT a.id, COALESCE(m.read, EXISTS (SELECT 1 FROM read_to t WHERE t.user_id = %s AND a.at <= t.at"
        f" AND {IN_SCOPE})), m.kept IS NOT NULL, COALESCE(m.paragraph, 0) FROM article a LEFT JOIN mark m"
        f" ON m.article_id = a.id AND m.user_id = %s WHERE a.id IN ({numbers(ids)})",
        (user, user),
    )
    return {ident: ReaderMark(bool(read), bool(kept), paragraph) for ident, read, kept, paragraph in found}


def opened(account: int, articles: Iterable[int], at: int) -> None:
    """Say that an account read articles that are there, unless it forgot everything since. Called inside a
    transaction."""
    for article in articles:
        run(
            "INSERT INTO mark (user_id, article_id, read, paragraph, at) SELECT u.id, %s, TRUE, 0, %s FROM auth_user u"
            " WHERE u.id = %s AND NOT EXISTS (SELECT 1 FROM reader r WHERE r.user_id = u.id AND r.forgot >= %s)"
            " ON CONFLICT (user_id, article_id) DO UPDATE SET read = TRUE, at = excluded.at",
            (article, at, account, at),
        )


def set_read(user: int, article: int, read: bool) -> bool:
    """Say that an article is read or unread; False where there is none that this account may see."""
    return change(user, article, "read", read)


def keep(user: int, article: int, wanted: bool = True) -> bool:
    """Keep an article for later, or no longer; False where there is none that this account may see."""
    with writing():
        done = change(user, article, "kept", times.now() if wanted else None)
        if done:
            events.said(f"user:{user}", article, "star" if wanted else "", ("star",))
    return done


def place(user: int, article: int, paragraph: int) -> bool:
    """Say which paragraph of an article was in view; 0 where it was read to its end."""
    return change(user, article, "paragraph", max(0, min(paragraph, FURTHEST)))


def change(user: int, article: int, column: str, new: object) -> bool:
    with writing():
        there = value(
            f"SELECT 1 FROM article a WHERE a.id = %s AND a.state IN ('listed', 'unlisted'){seen_by(user)}", (article,)
        )
        if there is None:
            return False
        run(
            "INSERT INTO mark (user_id, article_id, paragraph, at) VALUES (%s, %s, 0, %s)"
            " ON CONFLICT (user_id, article_id) DO UPDATE SET at = excluded.at",
            (user, article, times.now()),
        )
        run(f"UPDATE mark SET {column} = %s WHERE user_id = %s AND article_id = %s", (new, user, article))
        run(
            "DELETE FROM mark WHERE user_id = %s AND article_id = %s AND read IS NULL AND kept IS NULL"
            " AND paragraph = 0",
            (user, article),
        )
    return True


def read_to(user: int, kind: str, name: str, article: int) -> bool:
    """Mark an article of a list, and all that are older there, as read. `kind` is a key of `SCOPES`, `name` the list's
    own; False where there is no such list or article."""
    known = SCOPES.get(kind)
    if known is None:
        return False
    lookup, condition = known
    with writing():
        at = value(f"SELECT a.at FROM article a WHERE a.id = %s{seen_by(user)}", (article,))
        number = value(lookup, (storable(name),)) if lookup else 0
        if at is None or number is None:
            return False
        scope = f"{kind}:{number}" if lookup else kind
        run(
            "INSERT INTO read_to (user_id, scope, at) VALUES (%s, %s, %s) ON CONFLICT (user_id, scope) DO UPDATE"
            " SET at = CASE WHEN excluded.at > read_to.at THEN excluded.at ELSE read_to.at END",
            (user, scope, at),
        )
        run(
            "UPDATE mark SET read = NULL WHERE user_id = %s AND read IS FALSE AND article_id IN"
            f" (SELECT a.id FROM article a WHERE a.at <= %s AND {condition.format(number)})",
            (user, at),
        )
    return True


def only_unread(user: int) -> str:
    """A condition that leaves out what this account has read. Where everything up to some time is read, a list need
    not look further back than that, but for what was marked unread since."""
    marked = {scope: at for scope, at in rows("SELECT scope, at FROM read_to WHERE user_id = %s", (user,))}
    unread = rows(
        "SELECT a.id, a.at FROM mark m JOIN article a ON a.id = m.article_id WHERE m.user_id = %s AND m.read IS FALSE",
        (user,),
    )
    again = numbers(ident for ident, _ in unread)
    own = f"SELECT 1 FROM mark m WHERE m.user_id = {int(user)} AND m.article_id = a.id AND m.read"
    condition = f" AND NOT EXISTS ({own})"
    for scope, at in marked.items():
        kind, _, number = scope.partition(":")
        inside = SCOPES[kind][1].format(int(number or 0))
        condition += f" AND (a.id IN ({again}) OR a.at > {int(at)} OR NOT COALESCE({inside}, FALSE))"
    if "all" in marked:
        condition += f" AND a.at > {min([marked['all'], *(at - 1 for _, at in unread)])}"
    return condition


def kept(user: int, cursor: str | None = None, per: int = 40) -> Cards:
    """What this account keeps for later, the newest article first."""
    tables = f"mark k JOIN article a ON a.id = k.article_id {TABLES.removeprefix('article a')}"
    where = f"k.user_id = %s AND k.kept IS NOT NULL AND a.state IN ('listed', 'unlisted'){seen_by(user)}"
    return page_of(where, (user,), cursor, per, tables)


def forget(user: int, article: int | None = None) -> None:
    """Forget what an account read, or that it read one article; what it keeps for later stays. Called inside a
    transaction."""
    one, params = ("", (user,)) if article is None else (" AND article_id = %s", (user, article))
    run(f"DELETE FROM mark WHERE user_id = %s AND kept IS NULL{one}", params)
    run(f"UPDATE mark SET read = NULL, paragraph = 0 WHERE user_id = %s{one}", params)
