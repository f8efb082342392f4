"""A reading as bytes and back: JSON without what is empty, compressed. Times keep the offset they were given with."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from coranto.articles import Article, Citation, Counts, DateEvidence, Link, Lists, Person, Picture
from coranto.store import originals

PARTS = {"people": Person, "date_evidence": DateEvidence, "images": Picture, "cited": Citation}
MOMENTS = ("published", "modified")
LINKS = ("related", "ranking", "recommended", "most_read")


def pack(reading: Article) -> bytes:
    """The whole reading as compressed JSON."""
    return originals.pack(json.dumps(plain(reading), ensure_ascii=False).encode("utf-8", "replace"))


def unpack(packed: bytes) -> Article:
    """What `pack` made. Fields that a later version added stay at their defaults, those it dropped are passed over."""
    return article(json.loads(originals.unpack(packed)))


def plain(value: Any) -> Any:
    """A value as JSON has it; fields of a dataclass that are empty are left out."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        named = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: plain(each) for name, each in named if each is not None and each != () and each != ""}
    return value


def article(data: dict) -> Article:
    """A reading from what `plain` made of it."""
    known = {each.name for each in fields(Article)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known}
    for name in MOMENTS:
        if name in values:
            values[name] = moment_of(values[name])
    for name, kind in PARTS.items():
        if name in values:
            values[name] = tuple(made(kind, each) for each in values[name])
    for name, kind in (("image", Picture), ("counts", Counts)):
        if name in values:
            values[name] = made(kind, values[name])
    if "lists" in values:
        lists = {name: tuple(each) for name, each in values["lists"].items()}
        lists |= {name: tuple(made(Link, each) for each in lists[name]) for name in LINKS if name in lists}
        values["lists"] = made(Lists, lists)
    return Article(**values)


def made(kind: type, data: dict) -> Any:
    known = kind.__dataclass_fields__
    values = {name: value for name, value in data.items() if name in known}
    if kind is DateEvidence:
        values["value"] = moment_of(values["value"])
    return kind(**values)


def moment_of(text: str) -> datetime | date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
