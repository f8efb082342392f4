"""How fast pages are on a large store, and how much memory site and background work take together.

    python benchmarks/large_store.py FOLDER
    python benchmarks/pages.py FOLDER [--site-bench ../shared/bench/site.py] [--seconds 10] [--no-work]

Starts `coranto run` on FOLDER (which it changes no more than that does), waits until the background work rests, and
asks with wrk for at least 200 addresses of each kind, spread over the whole store: latency at one connection, answers a
second at 32. Searches are for words that the store's articles hold: one common word, two rarer words of one article, a
phrase of three words of one article. Prints a table; memory is the proportional share (PSS) of all processes. The
store's invented outlets are paused first, for there is nothing to fetch. Needs wrk.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from instruments import coranto, existing, free_port, machine, running, shared, site_bench, table, until_answered

from coranto import store
from coranto.settings import load
from coranto.store import lists, search, sources
from coranto.store.articles import cards
from coranto.store.values import Query
from coranto.web import addresses

ADDRESSES = 200
COMMON = 0.05, 0.5
"""A common word stands in this share of the articles."""
RARE = 0.0005, 0.01
"""A rarer word stands in this share of the articles."""
WORD = re.compile(r"[A-Za-z]{4,}")


def kinds(folder: Path, seed: int) -> dict[str, list[str]]:
    """The addresses to ask for, by kind of page."""
    chance = random.Random(seed)
    store.open(load(folder), web=True)
    store.migrate()
    newest = max(card.id for card in lists.latest().cards)
    ids = [1 + newest * place // (ADDRESSES * 2) for place in range(ADDRESSES * 2)]
    some = [card for card in cards(ids).values()]
    stories = {card.story_id: card for card in some if card.story_id}
    common, rarer, phrases = queries(some, newest, chance)
    found = {
        "home": ["/"],
        "article": [addresses.article(card) for card in some],
        "latest": spread("/latest", lambda at: lists.latest(at)),
        "section": [
            one for part in lists.sections()
            for one in spread(addresses.section(part.slug), lambda at, part=part: lists.section(part.slug, at)[1], 25)
        ],
        "story": [addresses.story(ident, card.story_slug) for ident, card in stories.items()],
        "search, a common word": [f"/search?q={quote(words)}" for words in common],
        "search, two rarer words": [f"/search?q={quote(words)}" for words in rarer],
        "search, a phrase": [f"/search?q={quote(words)}" for words in phrases],
    }  # fmt: skip
    for source in sources.listed():
        sources.pause(source.id)
    store.close()
    return found


def spread(address: str, page, most: int = ADDRESSES) -> list[str]:
    """A list's addresses from its newest page on back."""
    found, at = [address], None
    while len(found) < most and (at := page(at).older):
        found.append(addresses.at(at, address))
    return found


def queries(some: list, newest: int, chance: random.Random) -> tuple[list[str], list[str], list[str]]:
    """Common words, pairs of rarer words that one article holds, and phrases of three words that one article holds."""
    counts: dict[str, int] = {}
    common, rarer, phrases = set(), [], []
    for card in chance.sample(some, len(some)):
        words = WORD.findall(card.lead)
        for word in words:
            if word not in counts:
                counts[word] = search.search(Query(word), per=1).total
        share = {word: counts[word] / newest for word in words}
        common.update(word for word in words if COMMON[0] <= share[word] <= COMMON[1])
        few = sorted({word for word in words if RARE[0] <= share[word] <= RARE[1]})
        if len(few) > 1:
            rarer.append(" ".join(chance.sample(few, 2)))
        runs = re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}", card.lead)
        if runs:
            phrases.append(f'"{chance.choice(runs)}"')
        if len(rarer) >= ADDRESSES and len(phrases) >= ADDRESSES:
            break
    return sorted(common), rarer[:ADDRESSES], phrases[:ADDRESSES]


def measure(base: str, paths: list[str], script: Path, seconds: int) -> list[object]:
    """p50, p95 and p99 in ms at one connection, answers a second at 32, KB a page, and answers other than 200."""
    urls = [base + path for path in paths]
    one = site_bench(script, "load", *urls, "--seconds", str(seconds), "--connections", "1")
    many = site_bench(script, "load", *urls, "--seconds", str(seconds), "--connections", "32")
    bad = one["pages_bad"] + one["http_errors"] + many["http_errors"] + many["socket_errors"]
    return [len(paths), one["p50_ms"], one["p95_ms"], one["p99_ms"], many["per_second"], many["p99_ms"],
            one["bytes_a_page"] / 1000, bad]  # fmt: skip


def children(pid: str) -> list[str]:
    """The processes that a process started."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def words(pid: str) -> str:
    """The command of a process of ours."""
    line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return next((word for word in line if word in ("serve", "work")), line[0])


def settle(script: Path, pid: str, limit: float = 240) -> float:
    """Wait until the memory of this process and all it started has rested for ten seconds; what it is, in MB."""
    end, last, rested = time.monotonic() + limit, -1.0, 0
    while time.monotonic() < end and rested < 5:
        time.sleep(2)
        now = site_bench(script, "memory", pid)["pss_mb"]
        rested, last = (rested + 1 if abs(now - last) < 1 else 0), now
    return last


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site-bench", type=Path, default=shared() / "bench" / "site.py")
    parser.add_argument("--seconds", type=int, default=10, help="of each measurement")
    parser.add_argument("--no-work", action="store_true", help="measure the site without the background work beside it")
    parser.add_argument("--only", default="", help="only the kinds of pages with this in their name")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    script = existing(options.site_bench, "instrument")
    print(machine(), flush=True)
    pages = kinds(existing(options.folder, "data folder"), options.seed)
    port = free_port()
    base, rows = f"http://127.0.0.1:{port}", []
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        log = Path(scratch) / "log"
        command = coranto(options.folder, "serve" if options.no_work else "run", "--port", str(port))
        process = stack.enter_context(running(command, log))
        until_answered(base, process, log)
        pid = str(process.pid)
        rest = settle(script, pid)
        for name, paths in pages.items():
            if options.only in name:
                rows.append([name, *measure(base, paths, script, options.seconds)])
                print(name, rows[-1], file=sys.stderr, flush=True)
        after = site_bench(script, "memory", pid)["pss_mb"]
        each = {words(child): site_bench(script, "memory", child)["pss_mb"] for child in children(pid)}
    heads = ("page", "addresses", "p50 ms", "p95 ms", "p99 ms", "32 connections: a second", "p99 ms", "KB", "bad")
    print("\n" + table(heads, rows))
    parts = ", ".join(f"{name} {mb:.0f}" for name, mb in each.items())
    print(f"\nMemory of all processes together (PSS): {rest:.0f} MB at rest, {after:.0f} MB after the load ({parts}).")


if __name__ == "__main__":
    main()
