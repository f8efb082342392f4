"""How fast the store takes in and gives out: one JSON line a measure, CPU seconds beside wall clock.

    python benchmarks/store.py intake [--feeds 300 --entries 50]    first time, nothing changed, a tenth changed
    python benchmarks/store.py ask FOLDER                           home, article and search on a store: p50, p95, p99

DATABASE_URL chooses PostgreSQL. Texts are drawn from a seeded vocabulary whose frequencies fall as 1/rank.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coranto import store
from coranto.settings import load
from coranto.store.source_values import Fetched, IncomingEntry
from coranto.store.values import Query

SYLLABLES = "ba ce dor fen gal hin jo kra lum mer nis ol pra quo rel sta tir ul ven wes yar zil".split()
START = datetime(2026, 1, 5, 6, tzinfo=UTC)


class Words:
    """Seeded texts."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        coined = (
            "".join(self.random.choices(SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4)))) for _ in range(12_000)
        )
        self.words = list(dict.fromkeys(["the", "of", "and", "to", "in", "a", *coined]))
        self.weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def draw(self, least: int, most: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(least, most))

    def text(self, least: int = 300, most: int = 600) -> str:
        words = self.draw(least, most)
        return "\n\n".join(" ".join(words[at : at + 60]).capitalize() + "." for at in range(0, len(words), 60))

    def entry(self, feed: int, number: int, when: datetime) -> IncomingEntry:
        title, text = " ".join(self.draw(5, 11)).capitalize(), self.text()
        byline, topics = " ".join(self.draw(2, 2)).title(), tuple(self.draw(1, 4))
        url = f"http://outlet{feed}.invalid/article/{number}"
        original = json.dumps(
            {"title": title, "link": url, "content": text, "authors": [byline], "tags": topics}
        ).encode()
        return IncomingEntry(
            (url, f"tag:outlet{feed}.invalid,2026:{number}"),
            url,
            title,
            text,
            original,
            byline,
            when,
            None,
            "en",
            topics,
        )


def opened(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "coranto.store.config"
    store.open(load(folder), web=True)
    store.migrate()


def measured(name: str, work, **more) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(
        json.dumps({"measure": name, "seconds": round(wall, 3), "cpu": round(cpu, 3), **more, **(result or {})}),
        flush=True,
    )


def intake(options: argparse.Namespace) -> None:
    from coranto.store import intake as door
    from coranto.store import sources

    words = Words()
    with tempfile.TemporaryDirectory() as folder:
        opened(Path(folder))
        wanted = [
            {"outlet": {"name": f"Outlet {n}", "home_url": f"http://outlet{n}.invalid/"}, "kind": "feed",
             "url": f"http://outlet{n}.invalid/feed"} for n in range(options.feeds)
        ]  # fmt: skip
        measured("add sources", lambda: sources.add_many(wanted) and None, feeds=options.feeds)
        batch = [
            (row, "en", [words.entry(n, k, START + timedelta(hours=6 * k)) for k in range(options.entries)])
            for n, row in enumerate(sources.listed())
        ]

        def take(part: list) -> dict:
            new = 0
            for start in range(0, len(part), 50):
                stored = door.store_entries(part[start : start + 50], datetime.now(UTC))
                visits = zip(part[start : start + 50], stored, strict=True)
                sources.fetched_many([Fetched(row.id, new=each.new) for (row, _, _), each in visits])
                new += sum(each.new for each in stored)
            return {"new": new}

        measured("first time", lambda: take(batch), entries=options.feeds * options.entries)
        unchanged = [Fetched(row.id, not_modified=True) for row, _, _ in batch]
        measured(
            "claim all", lambda: {"claimed": len(sources.claim_due("bench", 1000, only=[r.id for r, _, _ in batch]))}
        )
        measured("nothing changed", lambda: sources.fetched_many(unchanged))
        some = [(row, lang, [*entries[1:], words.entry(n, 999, START)]) for n, (row, lang, entries) in enumerate(batch)]
        measured("a tenth changed", lambda: take(some[::10]))
        if not os.environ.get("DATABASE_URL"):
            print(json.dumps({"bytes": sum(file.stat().st_size for file in Path(folder).iterdir())}))
        store.close()


def ask(options: argparse.Namespace) -> None:
    from coranto.store import articles, lists, search

    opened(options.folder)
    words, chance = Words(), random.Random(3)
    newest = options.newest or max(card.id for card in lists.latest().cards)
    common = ["the", "of the", "in a", *(words.words[n] for n in (10, 30, 60))]
    rare = [" ".join((words.words[chance.randint(100, 3000)], words.words[chance.randint(20, 400)])) for _ in range(40)]
    timed("home", [lists.home] * options.times)
    timed("latest", [lists.latest] * options.times)
    ids = [chance.randint(1, newest) for _ in range(options.times * 5)]
    timed("article", [lambda ident=ident: articles.page(ident) for ident in ids])
    timed("story", [lambda ident=ident: lists.story(ident) for ident in ids])
    timed("search common", [lambda text=text: search.search(Query(text)) for text in common * 5])
    timed("search", [lambda text=text: search.search(Query(text)) for text in rare * 2])


def timed(name: str, calls: list) -> None:
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    at = {f"p{share}_ms": round(taken[min(len(taken) - 1, len(taken) * share // 100)], 2) for share in (50, 95, 99)}
    print(json.dumps({"measure": name, "calls": len(taken), **at}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    first = commands.add_parser("intake")
    first.add_argument("--feeds", type=int, default=300)
    first.add_argument("--entries", type=int, default=50)
    first.set_defaults(run=intake)
    third = commands.add_parser("ask")
    third.add_argument("folder", type=Path)
    third.add_argument("--times", type=int, default=40)
    third.add_argument("--newest", type=int, default=0)
    third.set_defaults(run=ask)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
