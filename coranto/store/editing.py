"""Outlets and sources changed by the people who run the site: each act in one transaction with its line in the log.

What an act changes is `outlets` and `sources`; here stands who did it and what was there before. A credential is
never written down, only that one was set or taken away.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from coranto.store import changes, grouping, outlets, sources
from coranto.store.database import row, run, value, writing
from coranto.store.source_values import SourceRow
from coranto.store.values import OutletValue

OUTLET_FIELDS = ("name", "home_url", "tagline", "publisher", "republish")
SOURCE_FIELDS = ("kind", "url", "reading", "spacing", "allow_private", "user_agent")


def outlet_fields(outlet_id: int) -> dict | None:
    """What may be edited of an outlet: `OUTLET_FIELDS` and `section` by name; None where there is no such outlet."""
    found = row(
        "SELECT o.name, o.home_url, o.tagline, o.publisher, o.republish, s.name FROM outlet o LEFT JOIN section s"
        " ON s.id = o.section_id WHERE o.id = %s",
        (outlet_id,),
    )
    if found is None:
        return None
    return {**dict(zip(OUTLET_FIELDS, found, strict=False)), "republish": bool(found[4]), "section": found[5]}


def source_fields(source_id: int) -> dict | None:
    """What may be edited of a source: `SOURCE_FIELDS` and `interval` (None where it follows the news)."""
    found = row(
        "SELECT kind, url, reading, spacing, allow_private, user_agent, interval, fixed FROM source WHERE id = %s",
        (source_id,),
    )
    if found is None:
        return None
    fields = dict(zip(SOURCE_FIELDS, found, strict=False))
    return {**fields, "allow_private": bool(found[4]), "interval": found[6] if found[7] else None}


def edit_outlet(outlet_id: int, by: str, **fields) -> OutletValue | None:
    """Change an outlet. The articles that stood in its former section by default follow it into the new one."""
    with writing():
        before = outlet_fields(outlet_id)
        if before is None:
            return None
        new = {name: value for name, value in fields.items() if before[name] != value}
        if new:
            put_outlet(outlet_id, new)
            old = {name: before[name] for name in new}
            changes.log("edit outlet", by, outlet=outlet_id, name=before["name"], before=old, after=new)
        return outlets.outlet_of(outlet_id)


def put_outlet(outlet_id: int, fields: dict) -> None:
    """Make an outlet's fields so, without writing it down. Called inside a transaction."""
    fields = dict(fields)
    if "section" in fields:
        former = value("SELECT section_id FROM outlet WHERE id = %s", (outlet_id,))
        new = outlets.section_id(fields.pop("section"))
        run("UPDATE outlet SET section_id = %s WHERE id = %s", (new, outlet_id))
        for table in ("source", "article"):
            run(
                f"UPDATE {table} SET section_id = %s WHERE outlet_id = %s"  # noqa: S608 - one of two names
                " AND COALESCE(section_id, 0) = %s",
                (new, outlet_id, former or 0),
            )
    outlets.update_outlet(outlet_id, **fields)
    if "publisher" in fields:
        grouping.house_changed(outlet_id)


def edit_source(source_id: int, by: str, **fields) -> SourceRow | None:
    """Change a source. A new address is asked at once, with nothing of the old one's failures; a credential does not
    go along to another place. Raises `ValueError` where the outlet is read at that address already, or everybody may
    see what a credential would bring."""
    with writing():
        before, known = source_fields(source_id), sources.get(source_id)
        if before is None or known is None:
            return None
        credential = {}
        if "credential" in fields:
            credential = {"credential": fields.pop("credential")}
            if credential["credential"] and known.private_to is None:
                raise ValueError("everybody may see what this source gives: it takes no credential")
        new = {name: value for name, value in fields.items() if before[name] != value}
        if "url" in new:
            refuse_known(source_id, known.outlet_id, new["url"])
            if known.credential and not credential and not same_place(known.url, new["url"]):
                credential = {"credential": None}
        if new or credential:
            put_source(source_id, {**new, **credential})
            told = {"outlet": known.outlet_id, "name": known.outlet, "source": source_id}
            if credential:
                told["credential"] = "set" if credential["credential"] else "removed"
            old = {name: before[name] for name in new}
            changes.log("edit source", by, **told, before=old, after=new)
        return sources.get(source_id)


def same_place(url: str, other: str) -> bool:
    """Whether two addresses have scheme, host and port in common."""
    return urlsplit(url)[:2] == urlsplit(other)[:2]


def refuse_known(source_id: int, outlet_id: int, url: str) -> None:
    """Raise `ValueError` where another source of the outlet has this address."""
    sql = "SELECT 1 FROM source WHERE outlet_id = %s AND url = %s AND id <> %s"
    if value(sql, (outlet_id, url, source_id)) is not None:
        raise ValueError(f"{url} is read already")


def put_source(source_id: int, fields: dict) -> None:
    """Make a source's fields so, without writing it down. Called inside a transaction."""
    sources.update(source_id, **fields)
    if "url" in fields:
        paused = value("SELECT state FROM source WHERE id = %s", (source_id,)) == "paused"
        run("UPDATE source SET etag = NULL, last_modified = NULL WHERE id = %s", (source_id,))
        sources.resume(source_id)
        if paused:
            sources.pause(source_id)


def pause(source_id: int, by: str, why: str = "") -> None:
    """Visit a source no more; `why` is shown beside it."""
    act("pause", source_id, by, why=why.strip()[:200])


def resume(source_id: int, by: str) -> None:
    """Visit a source again, now."""
    act("resume", source_id, by)


def act(what: str, source_id: int, by: str, **details) -> None:
    with writing():
        known = sources.get(source_id)
        if known is None:
            return
        {"pause": sources.pause, "resume": sources.resume}[what](source_id)
        changes.log(what, by, outlet=known.outlet_id, name=known.outlet, source=source_id, **details)


def pauses() -> dict[int, tuple[str, str]]:
    """Who paused each paused source, and why: (by, why) by the id of the source."""
    paused = {source.id for source in sources.selected("s.state = 'paused'")}
    found: dict[int, tuple[str, str]] = {}
    if paused:
        for change in changes.of_kind("pause"):
            source = change.details.get("source")
            if source in paused:
                found.setdefault(source, (change.by, change.details.get("why", "")))
    return found


def delete(outlet_id: int, with_articles: bool, by: str) -> int:
    """Take an outlet's sources away, with `with_articles` all of it; how many articles went."""
    with writing():
        known = outlets.outlet_of(outlet_id)
        if known is None:
            return 0
        gone = outlets.delete_outlet(outlet_id, with_articles)
        told = {"name": known.name, "articles": gone, "all": with_articles, "private_to": known.private_to}
        changes.log("delete outlet", by, outlet=outlet_id, **told)
        return gone


def written_down(what: str, by: str, **details) -> None:
    """Write down an act that another room did: an outlet added, work tried again, a setting changed."""
    with writing():
        changes.log(what, by, **details)
