"""The invented world on a calendar: reads the texts and gives every outlet its articles, with real dates.

`load(day_zero)` resolves placeholders, prints agency copy, applies updates and corrections, and adds the content farm's
copies. It knows nothing of HTTP or markup; `site.py` renders what it returns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}
CALENDAR_MARK = re.compile(r"\{(weekday|date|month|year):([+-]?\d+)\}")
LINK_MARK = re.compile(r"\[([^\]]*)\]\{link:([^}]+)\}")

Block = str | dict


@dataclass(frozen=True)
class Outlet:
    """An invented outlet, as `world.json` describes it."""

    id: str
    name: str
    language: str
    direction: str
    tagline: str
    sections: dict[str, str]
    authors: dict[str, dict]
    markup: str
    door: str
    family: str
    town: str | None = None
    credit: str | None = None
    farm: bool = False
    feed: str = "rss"
    section: str | None = None


@dataclass(frozen=True)
class Piece:
    """One article as its outlet shows it. `blocks` are resolved blocks (see texts/README.md) whose links still stand as
    `[words]{link:id}`; `site_section` is Coranto's section, `section` the outlet's own label for it. `number` is its
    place in its outlet, oldest first, and part of its address. `credit` names the agency whose text it prints."""

    id: str
    outlet: str
    site_section: str
    section: str
    topics: tuple[str, ...]
    kind: str
    at: datetime
    modified: datetime | None
    authors: tuple[dict, ...]
    headline: str
    deck: str | None
    blocks: tuple[Block, ...]
    tags: tuple[str, ...]
    picture: dict | None
    credit: str | None = None
    note: str | None = None
    bio: str | None = None
    of: str | None = None
    number: int = 0
    dateline: str | None = None

    @property
    def words(self) -> int:
        """Words of the body, as the tests count them."""
        return len(" ".join(strings(self.blocks)).split())


@dataclass(frozen=True)
class World:
    """Every outlet and every piece, dated. `articles[outlet id]` runs newest first."""

    day_zero: date
    zone: timezone
    outlets: dict[str, Outlet]
    articles: dict[str, tuple[Piece, ...]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Piece]:
        return {piece.id: piece for pieces in self.articles.values() for piece in pieces}


def strings(blocks: Iterable[Block]) -> Iterator[str]:
    """Every string a reader sees in `blocks`, in order, markup and placeholders as they stand."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif "h" in block:
            yield block["h"]
        elif "quote" in block:
            yield block["quote"]
            yield block.get("by") or ""
        elif "list" in block:
            yield from block["list"]
        elif "table" in block:
            table = block["table"]
            yield from (table.get("caption") or "", *table["head"], *(cell for row in table["rows"] for cell in row))
        elif "entry" in block:
            yield from (block["entry"].get("title") or "", block["entry"]["text"])
        else:
            raise ValueError(f"a block of no known kind: {sorted(block)}")


def zero_day(now: datetime, zone: timezone) -> date:
    """The demo's day zero for a first start at `now`: today, or yesterday while today's
    last texts (06:30) are still to come."""
    local = now.astimezone(zone)
    return local.date() if (local.hour, local.minute) >= (6, 30) else local.date() - timedelta(days=1)


def description() -> dict:
    """`world.json`, as it stands."""
    return json.loads((FOLDER / "world.json").read_text(encoding="utf-8"))


def zone_of(world: dict) -> timezone:
    """The invented country's zone."""
    return datetime.strptime(world["utc_offset"], "%z").tzinfo  # type: ignore[return-value]


def outlets(world: dict) -> dict[str, Outlet]:
    """The outlets of `world.json` by id."""
    known = Outlet.__dataclass_fields__
    return {
        item["id"]: Outlet(
            **{k: v for k, v in item.items() if k in known and k != "authors"},
            authors={a["id"]: a for a in item["authors"]},
        )
        for item in world["outlets"]
    }


def events() -> list[dict]:
    """The events of the texts folder, in order of their number."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "texts").glob("ev*.json"))]


def load(day_zero: date) -> World:
    """The whole world, with day zero on `day_zero`."""
    from coranto.demo.farm import copies

    said = description()
    world = World(day_zero, zone_of(said), outlets(said))
    dated = [piece for event in events() for piece in _Calendar(world).pieces(event)]
    dated += copies(dated, world)
    shelves: dict[str, list[Piece]] = {name: [] for name in world.outlets}
    for piece in sorted(dated, key=lambda p: (p.at, p.id)):
        shelf = shelves[piece.outlet]
        shelf.append(replace(piece, number=len(shelf) + 1))
    world.articles.update({name: tuple(reversed(shelf)) for name, shelf in shelves.items()})
    return world


class _Calendar:
    """Puts the articles of one event on the calendar of `world`."""

    def __init__(self, world: World):
        self.world = world

    def moment(self, item: dict) -> datetime:
        hour, minute = map(int, item["time"].split(":"))
        day = self.world.day_zero + timedelta(days=item["day"])
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.world.zone)

    def filled(self, value, language: str):
        """`value` with the calendar's placeholders filled in `language`, whatever its shape."""
        if isinstance(value, str):
            return CALENDAR_MARK.sub(lambda m: self.word(m[1], int(m[2]), language), value)
        if isinstance(value, list):
            return [self.filled(item, language) for item in value]
        if isinstance(value, dict):
            return {key: self.filled(item, language) for key, item in value.items()}
        return value

    def word(self, kind: str, offset: int, language: str) -> str:
        day = self.world.day_zero + timedelta(days=offset)
        month = MONTHS[language][day.month - 1]
        number = "1er" if language == "fr" and day.day == 1 else str(day.day)
        return {
            "weekday": WEEKDAYS[language][day.weekday()],
            "date": f"{number} {month}",
            "month": month,
            "year": str(day.year),
        }[kind]

    def pieces(self, event: dict) -> Iterator[Piece]:
        """The event's articles as they stand at the end of day zero: reprints printed, changes applied."""
        articles = {item["id"]: item for item in event["articles"]}
        changes = [item for item in event["articles"] if item["kind"] in ("update", "correction")]
        for item in event["articles"]:
            if item not in changes:
                mine = sorted((c for c in changes if c["of"] == item["id"]), key=self.moment)
                yield self.piece(event, item, articles, mine)

    def piece(self, event: dict, item: dict, articles: dict[str, dict], changes: list[dict]) -> Piece:
        outlet = self.world.outlets[item["outlet"]]
        agency = articles[item["of"]] if item.get("of") else None
        source = agency or item
        state = {"headline": item["headline"], "deck": item.get("deck"), "note": None}
        blocks = list(source["paragraphs"])[: item.get("cut") if agency else None]
        for change in changes:
            state.update({key: change[key] for key in state if change.get(key)})
            for index, block in (change.get("replace") or {}).items():
                blocks[int(index)] = block
            blocks += change.get("append") or []
        moments = [self.moment(change) for change in changes]
        moments += [self.moment(block["entry"]) for block in blocks if isinstance(block, dict) and "entry" in block]
        language = outlet.language
        # An opinion stands under its outlet's opinions, whatever the event's section.
        section = "Opinion" if item["kind"] == "opinion" else event["section"]
        return Piece(
            id=item["id"],
            outlet=outlet.id,
            site_section=section,
            section=outlet.sections[section],
            topics=tuple(event["topics"]),
            kind=item["kind"],
            at=self.moment(item),
            modified=max(moments, default=None),
            authors=tuple(outlet.authors[name] for name in item.get("authors") or ()),
            headline=self.filled(state["headline"], language),
            deck=self.filled(state["deck"], language),
            blocks=tuple(self.filled(blocks, language)),
            tags=tuple(item.get("tags") or ()),
            picture=self.filled(item.get("picture"), language),
            credit=self.world.outlets[agency["outlet"]].credit if agency else None,
            note=self.filled(state["note"], language),
            of=item.get("of"),
        )
