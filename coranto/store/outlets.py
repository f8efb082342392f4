"""Outlets, sections and who follows what. Visits to an outlet's sources are the business of `sources`."""

from __future__ import annotations

from urllib.parse import urlsplit

from coranto.store import ways
from coranto.store.database import row, rows, run, storable, value, writing
from coranto.store.erase import drop_authors, erase_articles
from coranto.store.index import rename_outlet
from coranto.store.slugs import free_slug, slug
from coranto.store.times import moment, now
from coranto.store.values import OutletValue
from coranto.store.words import spaced

OUTLET = """SELECT outlet.id, outlet.name, outlet.slug, outlet.home_url, outlet.language, section.name, outlet.tagline,
    outlet.since, outlet.articles, outlet.demo, outlet.private_to_id
    FROM outlet LEFT JOIN section ON section.id = outlet.section_id"""
FIELDS = ("name", "home_url", "language", "tagline", "publisher", "user_agent", "republish", "demo")


def outlet_value(found: tuple) -> OutletValue:
    return OutletValue(*found[:7], moment(found[7]), found[8], bool(found[9]), found[10])


def outlet_of(outlet_id: int) -> OutletValue | None:
    """The outlet with this id, or None."""
    found = row(OUTLET + " WHERE outlet.id = %s", (outlet_id,))
    return outlet_value(found) if found else None


def section_id(name: str | None) -> int | None:
    """The id of the section of this name, made where it is missing. Called inside a transaction."""
    if not name or not name.strip():
        return None
    name = " ".join(name.split())[:80]
    short = slug(name) or "section"
    found = value("SELECT id FROM section WHERE slug = %s", (short,))
    return found or value("INSERT INTO section (name, slug) VALUES (%s, %s) RETURNING id", (name, short))


def host_of(url: str | None) -> str:
    """The host and port of an address, in lower case and without 'www.'; empty where there is none."""
    try:
        return urlsplit(url or "").netloc.rpartition("@")[2].lower().removeprefix("www.")
    except ValueError:
        return ""


def add_outlet(
    name: str,
    home_url: str | None = None,
    language: str | None = None,
    section: str | None = None,
    tagline: str | None = None,
    demo: bool = False,
    private_to: int | None = None,
    user_agent: str | None = None,
    publisher: str | None = None,
) -> OutletValue:
    """The outlet of this name at this host, made where it is missing. One that is private is its owner's alone:
    another reader's outlet of the same name and host is another outlet."""
    name = " ".join(name.split())[:200] or host_of(home_url) or "Outlet"
    host = host_of(home_url)
    with writing():
        found = value(
            "SELECT id FROM outlet WHERE host = %s AND name = %s AND COALESCE(private_to_id, 0) = %s ORDER BY id",
            (host, name, private_to or 0),
        )
        if found is None:
            taken = free_slug(name, lambda s: value("SELECT 1 FROM outlet WHERE slug = %s", (s,)) is not None, "outlet")
            found = value(
                "INSERT INTO outlet (name, slug, host, home_url, language, section_id, tagline, publisher, user_agent,"
                " private_to_id, demo, republish, since, articles)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0) RETURNING id",
                (name, taken, host, home_url, language, section_id(section), tagline, publisher, user_agent)
                + (private_to, demo, False, now()),
            )
        return outlet_of(found)


def update_outlet(outlet_id: int, **fields) -> OutletValue | None:
    """Change an outlet: any of `FIELDS`, and `section` by name."""
    with writing():
        if "section" in fields:
            new = section_id(fields.pop("section"))
            run("UPDATE outlet SET section_id = %s WHERE id = %s", (new, outlet_id))
            run("UPDATE article SET section_id = %s WHERE outlet_id = %s", (new, outlet_id))
        for name, new in fields.items():
            if name not in FIELDS:
                raise TypeError(f"an outlet has no field {name!r} that can be set")
            run(f"UPDATE outlet SET {name} = %s WHERE id = %s", (new, outlet_id))  # noqa: S608 - a name of FIELDS
        if "name" in fields:
            rename_outlet(outlet_id, spaced(fields["name"]))
        if "home_url" in fields:
            run("UPDATE outlet SET host = %s WHERE id = %s", (host_of(fields["home_url"]), outlet_id))
        return outlet_of(outlet_id)


def delete_outlet(outlet_id: int, with_articles: bool) -> int:
    """Take an outlet's sources away; with its articles nothing of it is left. How many articles went."""
    with writing():
        gone = 0
        if with_articles:
            ids = [found for (found,) in rows("SELECT id FROM article WHERE outlet_id = %s", (outlet_id,))]
            gone = len(ids)
            erase_articles(ids, leave_tombstones=False)
        run("UPDATE article SET source_id = NULL WHERE outlet_id = %s", (outlet_id,))
        run("DELETE FROM source WHERE outlet_id = %s", (outlet_id,))
        if value("SELECT 1 FROM article WHERE outlet_id = %s LIMIT 1", (outlet_id,)) is None:
            run("DELETE FROM follow WHERE outlet_id = %s", (outlet_id,))
            drop_authors(f"outlet_id = {int(outlet_id)}")
            ways.forget(outlet_id)
            run("DELETE FROM outlet WHERE id = %s", (outlet_id,))
    return gone


def outlets(user: int | None = None) -> list[OutletValue]:
    """All outlets that `user` (None: everybody) may see, by name."""
    found = rows(
        OUTLET + " WHERE outlet.private_to_id IS NULL OR outlet.private_to_id = %s ORDER BY outlet.name", (user,)
    )
    return [outlet_value(each) for each in found]


def follow(user: int, outlet_ids: list[int] | None) -> None:
    """Let a user follow these outlets only, or all (None)."""
    with writing():
        run("DELETE FROM follow WHERE user_id = %s", (user,))
        for outlet_id in dict.fromkeys(outlet_ids or ()):
            run("INSERT INTO follow (user_id, outlet_id) VALUES (%s, %s)", (user, outlet_id))


def followed(user: int) -> tuple[int, ...] | None:
    """The outlets a user chose, or None for all."""
    found = tuple(outlet for (outlet,) in rows("SELECT outlet_id FROM follow WHERE user_id = %s", (user,)))
    return found or None


def hidden_outlets(user: int | None) -> tuple[int, ...]:
    """The outlets that this user may not see: the private ones of others."""
    sql = "SELECT id FROM outlet WHERE private_to_id IS NOT NULL AND private_to_id <> %s"
    return tuple(found for (found,) in rows(sql, (user or 0,)))


def named_outlets(words: str) -> tuple[int, ...]:
    """The outlets whose slug is `words`, or whose name holds them."""
    words = storable(words)
    likeness = "%" + words.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = "SELECT id FROM outlet WHERE slug = %s OR lower(name) LIKE %s ESCAPE '\\'"
    return tuple(found for (found,) in rows(sql, (words.lower(), likeness)))
