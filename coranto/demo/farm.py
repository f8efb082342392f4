"""The content farm of the demo: takes others' articles, and changes their date, their byline and their source.

What it does follows the pages that Coranto exists to expose: a later date, a name from a short list, mentions of the
outlet that did the work removed, the original author's biography left standing by mistake, sometimes another headline.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coranto.demo.world import Block, Piece, World

COPIES = 16
LEAST_WORDS = 250
LEAST_DELAY, LONGEST_DELAY = timedelta(hours=20), timedelta(days=9)


def copies(pieces: Iterable[Piece], world: World) -> list[Piece]:
    """The farm's articles, made from English reports of `pieces`; the same pieces always give the same copies."""
    farm = next(outlet for outlet in world.outlets.values() if outlet.farm)
    end = datetime(world.day_zero.year, world.day_zero.month, world.day_zero.day, 6, tzinfo=world.zone)
    worth = sorted(
        (
            p
            for p in pieces
            if world.outlets[p.outlet].language == "en"
            and p.words >= LEAST_WORDS
            and not p.of
            and p.kind != "live"
            and p.at < end - LEAST_DELAY
        ),
        key=lambda p: (p.at, p.id),
    )
    step = max(1, len(worth) // COPIES)
    names = _names(world)
    taken = []
    for index, piece in enumerate(worth[::step][:COPIES]):
        chance = random.Random(piece.id)  # noqa: S311 - decoration, not a secret
        delay = timedelta(
            minutes=chance.randint(int(LEAST_DELAY.total_seconds() // 60), int(LONGEST_DELAY.total_seconds() // 60))
        )
        signed = list(farm.authors.values())[index % len(farm.authors)]
        # One copy in four carries another headline: the standfirst, which the copy then lacks.
        renamed = index % 4 == 3 and piece.deck
        taken.append(
            replace(
                piece,
                id=f"{piece.id}>{farm.id}",
                outlet=farm.id,
                section=farm.sections[piece.site_section],
                kind="report",
                at=min(piece.at + delay, end),
                modified=None,
                authors=(signed,),
                headline=piece.deck.rstrip(".") if renamed else piece.headline,
                deck=None,
                blocks=tuple(_unsourced(piece.blocks, names)),
                bio=piece.authors[0]["bio"] if piece.authors and index % 2 == 0 else None,
                of=piece.id,
                note=None,
            )
        )
    return taken


def _names(world: World) -> re.Pattern[str]:
    """The names by which texts call the outlets: in full, and by the last word ("the Courier")."""
    full = {outlet.name for outlet in world.outlets.values() if not outlet.farm}
    short = {f"[Tt]he {name.split()[-1]}" for name in full if name.isascii()}
    return re.compile("(?:" + "|".join([*(re.escape(name) for name in sorted(full)), *sorted(short)]) + r")(?!’)")


def _unsourced(blocks: Iterable[Block], names: re.Pattern[str]) -> Iterable[Block]:
    """The blocks without the words that say who reported it: "told the Courier" becomes "said", links are lost."""
    told = re.compile(rf"\btold {names.pattern}(?: that)?")
    for block in blocks:
        if not isinstance(block, str):
            yield block
            continue
        text = told.sub("said", re.sub(r"\[([^\]]*)\]\{link:[^}]+\}", r"\1", block))
        kept = [sentence for sentence in re.split(r"(?<=[.!?”]) +(?=[A-Z“])", text) if not names.search(sentence)]
        if kept:
            yield " ".join(kept)
