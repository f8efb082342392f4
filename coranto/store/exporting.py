"""Exports: one JSON line an article, of everything that may leave. What is reserved by its page, or withdrawn, goes
as address and date only; what private outlets tell stays here unless their owner asks.

A line comes in again as a document of its own kind (`document_of`), whose reading it holds (`reading_of`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from coranto.articles import Article, Document
from coranto.store import packing
from coranto.store.database import rows
from coranto.store.times import moment

AT_ONCE = 200
FORMAT = "coranto article 1"
LINE_TYPE = "application/x-coranto-export+json"
"""The media type of a line of an export, taken in again."""


def export(out: TextIO, user: int | None = None) -> int:
    """Write all articles to `out`, the oldest first, with those of `user`'s private outlets; how many lines."""
    last, count = 0, 0
    while found := rows(
        "SELECT a.id, a.state, a.reserved, a.url, a.at, a.seen, a.published, a.gone_at, o.name, o.home_url, s.name,"
        " r.body,"
        " r.reader_version FROM article a JOIN outlet o ON o.id = a.outlet_id LEFT JOIN section s ON s.id ="
        " a.section_id"
        " LEFT JOIN reading r ON r.document_id = a.document_id WHERE a.id > %s AND a.state <> 'merged'"
        " AND (o.private_to_id IS NULL OR o.private_to_id = %s) ORDER BY a.id LIMIT %s",
        (last, user, AT_ONCE),
    ):
        for each in found:
            out.write(json.dumps(line(each), ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        last, count = found[-1][0], count + len(found)
    return count


def line(found: tuple) -> dict:
    """An article as it may leave."""
    ident, state, reserved, url, at, seen, published, gone_at, outlet, home, section, body, version = found
    dated = moment(published if published is not None else at).isoformat()
    if state == "withdrawn":
        return {"format": FORMAT, "url": url, "date": dated, "withdrawn": moment(gone_at).isoformat()}
    if reserved:
        return {"format": FORMAT, "url": url, "date": dated, "reserved": True}
    told = {
        "format": FORMAT, "id": ident, "url": url, "date": dated, "outlet": outlet, "home_url": home,
        "section": section,
        "seen": moment(seen).isoformat(), "state": state,
    }  # fmt: skip
    if body is not None:
        told |= {"reading": packing.plain(packing.unpack(body)), "reader_version": version}
    return told


@dataclass(frozen=True, slots=True)
class Line:
    """A line on its way back: the document it becomes, and where that belongs. `document` is None where the line
    holds an address and a date only."""

    document: Document | None
    outlet: tuple[str, str | None] | None
    section: str | None
    url: str | None


def document_of(line: str | bytes) -> Line:
    """What a line of an export holds. `ValueError` where it is none; the message says what is wrong."""
    try:
        told = json.loads(line)
        if told["format"] != FORMAT:
            raise ValueError(f"the line is {told['format']!r}, not {FORMAT!r}")
        url = told.get("url")
        if "reading" not in told:
            return Line(None, None, None, url)
        packing.article(told["reading"])
        seen = datetime.fromisoformat(told["seen"])
        body = line.encode() if isinstance(line, str) else line
        document = Document(url, body.strip(), LINE_TYPE, datetime.now(UTC), "utf-8", captured=seen)
        return Line(document, (str(told["outlet"]), told.get("home_url")), told.get("section"), url)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as fault:
        raise ValueError(f"this is no line of an export of Coranto: {fault}") from fault


def reading_of(document: Document) -> Article:
    """The reading that a taken-in line holds."""
    return packing.article(json.loads(document.body)["reading"])
