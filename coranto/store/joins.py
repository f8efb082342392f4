"""Names of one person in several outlets: joined by an editor, or by the address of the author that both outlets give.

Joined names form a group: all point to one of them, which points to none. A name that points to itself was set apart
by an editor, and no markup joins it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from coranto.store import changes
from coranto.store.database import holes, numbers, row, rows, run, storable, value, writing
from coranto.store.values import AuthorValue

AUTHOR = """SELECT u.id, u.name, u.slug, o.name, o.slug, u.role, u.bio, u.url
    FROM author u JOIN outlet o ON o.id = u.outlet_id"""


def group_of(author_id: int) -> tuple[int, ...]:
    """All names joined with this one, itself first; itself alone where there are none."""
    found = row("SELECT joined_to_id FROM author WHERE id = %s", (author_id,))
    if found is None:
        return ()
    head = found[0] or author_id
    others = rows(
        "SELECT id FROM author WHERE (id = %s OR joined_to_id = %s) AND id <> %s ORDER BY id", (head, head, author_id)
    )
    return (author_id, *(other for (other,) in others))


def joined(author_id: int, visible: str = "") -> tuple[AuthorValue, ...]:
    """The other names of a person. `visible` is a condition on `o`, the outlet."""
    others = group_of(author_id)[1:]
    if not others:
        return ()
    return tuple(AuthorValue(*found) for found in rows(f"{AUTHOR} WHERE u.id IN ({numbers(others)}){visible}"))


def named_alike(author_id: int, words: str = "", limit: int = 20) -> tuple[AuthorValue, ...]:
    """Names that may be joined with this one: those of other outlets that are the same, or hold `words`."""
    known = row("SELECT name, outlet_id FROM author WHERE id = %s", (author_id,))
    if known is None:
        return ()
    wanted = storable(words.strip() or known[0]).lower()
    likeness = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = rows(
        f"{AUTHOR} WHERE u.id NOT IN ({numbers(group_of(author_id))}) AND u.outlet_id <> %s AND o.private_to_id IS NULL"
        " AND lower(u.name) LIKE %s ESCAPE '\\' ORDER BY u.name, o.name LIMIT %s",
        (known[1], likeness, limit),
    )
    return tuple(AuthorValue(*each) for each in found)


def join(author_id: int, other_id: int, by: str) -> None:
    """Say that two names are one person's. Raises `LookupError` where one is not there, `ValueError` where they are
    one already."""
    with writing():
        ours, theirs = group_of(author_id), group_of(other_id)
        if not ours or not theirs:
            raise LookupError("there is no such author")
        if other_id in ours:
            raise ValueError("these names are joined already")
        both = {*ours, *theirs}
        before = pointers(both)
        point(both)
        told = {"names": described(both), "private_to": private_to(both)}
        changes.log("join", by, **told, before=before, after=pointers(both))


def part(author_id: int, by: str) -> None:
    """Say that a name is not its group's; the others stay together."""
    with writing():
        group = group_of(author_id)
        if len(group) < 2:
            return
        before, told = pointers(group), {"names": described(group), "private_to": private_to(group)}
        point(group[1:])
        run("UPDATE author SET joined_to_id = id WHERE id = %s", (author_id,))
        changes.log("part", by, name=described([author_id])[0], **told, before=before, after=pointers(group))


def leave(author_ids: Collection[int]) -> None:
    """Let no name point to one of these, which are about to go; the others of their groups stay together. Called inside
    a transaction."""
    gone = numbers(author_ids)
    left: dict[int, list[int]] = {}
    for head, ident in rows(
        f"SELECT joined_to_id, id FROM author WHERE joined_to_id IN ({gone}) AND id NOT IN ({gone})"
    ):
        left.setdefault(head, []).append(ident)
    for group in left.values():
        point(group)


def point(group: Iterable[int]) -> None:
    """Make these names, and no others, one group. Called inside a transaction."""
    group = sorted(group)
    run(f"UPDATE author SET joined_to_id = NULL WHERE id = {int(group[0])}")
    run(f"UPDATE author SET joined_to_id = %s WHERE id IN ({numbers(group[1:])})", (group[0],))


def pointers(group: Iterable[int]) -> dict[str, int | None]:
    """Where each of these names points, to be restored from."""
    found = rows(f"SELECT id, joined_to_id FROM author WHERE id IN ({numbers(group)}) ORDER BY id")
    return {str(ident): to for ident, to in found}


def restore(before: dict[str, int | None]) -> None:
    """Let names point where they did, as far as both are still there. Called inside a transaction."""
    for ident, to in before.items():
        if to is None or value("SELECT 1 FROM author WHERE id = %s", (to,)) is not None:
            run("UPDATE author SET joined_to_id = %s WHERE id = %s", (to, int(ident)))


def described(group: Iterable[int]) -> list[str]:
    found = rows(
        "SELECT u.name, o.name FROM author u JOIN outlet o ON o.id = u.outlet_id"
        f" WHERE u.id IN ({numbers(group)}) ORDER BY u.id"
    )
    return [f"{name} ({outlet})" for name, outlet in found]


def private_to(group: Iterable[int]) -> int | None:
    """The account that alone may see one of these names; None where all may see all of them."""
    return value(
        "SELECT max(o.private_to_id) FROM author u JOIN outlet o ON o.id = u.outlet_id"
        f" WHERE u.id IN ({numbers(group)})"
    )


def join_by_address(urls: Iterable[str | None]) -> None:
    """Join the names of different outlets to which their pages give one and the same author's address. One that an
    outlet gives to several names is nobody's, and a front page is an outlet's. Called inside a transaction."""
    wanted = sorted({url for url in urls if url and persons(url)})
    by_url: dict[str, list[tuple[int, int, int | None]]] = {}
    for start in range(0, len(wanted), 900):
        some = wanted[start : start + 900]
        for url, *found in rows(
            "SELECT u.url, u.id, u.outlet_id, u.joined_to_id FROM author u JOIN outlet o ON o.id = u.outlet_id"
            f" WHERE u.url IN ({holes(some)}) AND o.private_to_id IS NULL ORDER BY u.id",
            some,
        ):
            by_url.setdefault(url, []).append(tuple(found))
    for found in by_url.values():
        if len({outlet for _, outlet, _ in found}) < len(found):
            continue
        free = [ident for ident, _, to in found if to != ident]
        group = {member for ident in free for member in group_of(ident)}
        if len(free) > 1 and not group <= set(group_of(free[0])):
            point(group)


def persons(url: str) -> bool:
    """Whether an address may be one person's: on the web, and no front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.path.strip("/") or parts.query)
