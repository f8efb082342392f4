"""How fast 300 feeds of 50 entries are refreshed, beside lemon24/reader on the same feeds in the same run.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install 'reader[app,cli]' sgmllib3k
    python benchmarks/refresh.py --peer-python /tmp/peer/bin/python [--site-bench ../shared/bench/site.py] [--repeat 3]

Serves invented feeds on loopback by the judges' instrument, then times whole processes, their start included:
`coranto fetch` and `reader update`, on a new data folder, with nothing changed, and with a new entry in a tenth of the
feeds. Coranto's entries are searchable when `fetch` ends; reader's only after `search update`, whose time is added
where the table says so. Afterwards `coranto work --until-idle` reads and groups all entries, looks at them again and
makes the lists beside them ("done"), while the home page is asked for ten times a second; its CPU time is that of all
its processes. Prints Markdown tables; where something is
repeated, the median is shown. Without --peer-python Coranto is measured alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from instruments import coranto, existing, free_port, machine, page, running, shared, table, timed, until_answered

ADD_ALL = """import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for address in sys.argv[2:]:
    reader.add_feed(address)"""


class Coranto:
    """A data folder that reads the feeds."""

    name = "Coranto"

    def __init__(self, folder: Path, base: str, log: Path):
        self.folder, self.log = folder, log
        timed(coranto(folder, "init", "--no-user"), log)
        opml = [f"{base}/opml", "--allow-private", "--spacing", "0", "--trust-feed"]
        self.adding = timed(coranto(folder, "add", *opml), log)

    def update(self) -> float:
        return timed(coranto(self.folder, "fetch"), self.log)

    def index(self) -> float:
        return 0.0

    def entries(self) -> int:
        with sqlite3.connect(f"file:{self.folder / 'coranto.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM article_words").fetchone()[0]


class Reader:
    """A database of lemon24/reader that reads the same feeds, by its command line."""

    name = "reader"

    def __init__(self, python: Path, folder: Path, feeds: list[str], log: Path):
        folder.mkdir()
        self.database, self.log = folder / "reader.sqlite", log
        self.command = [str(python), "-m", "reader", "--db", str(self.database)]
        self.adding = timed([str(python), "-c", ADD_ALL, str(self.database), *feeds], log)

    def update(self) -> float:
        return timed([*self.command, "update", "--no-scheduled"], self.log)

    def index(self) -> float:
        return timed([*self.command, "search", "update"], self.log)

    def enable_index(self) -> float:
        return timed([*self.command, "search", "enable"], self.log) + self.index()

    def entries(self) -> int:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM entries").fetchone()[0]


def median(measure: Callable[[], float], times: int) -> float:
    return statistics.median(measure() for _ in range(times))


def refreshed(base: str, scratch: Path, options: argparse.Namespace) -> tuple[Coranto, list[list[object]]]:
    """Measure both; Coranto's folder as it stands afterwards, and the rows of the table."""
    log, feeds = scratch / "log", [f"{base}/feed/{n}.xml" for n in range(options.count)]
    firsts = []
    for number in range(options.repeat):
        ours = Coranto(scratch / f"coranto{number}", base, log)
        firsts.append(ours.update())
        expect(ours, options.count * options.entries)
    first = statistics.median(firsts)
    peer = Reader(options.peer_python, scratch / "reader", feeds, log) if options.peer_python else None
    peer_first = peer_index = peer_same = 0.0
    if peer:
        peer_first, peer_index = peer.update(), peer.enable_index()
        expect(peer, options.count * options.entries)
    same = median(ours.update, options.repeat)
    if peer:
        peer_same = median(peer.update, options.repeat)
    changed, peer_changed = [], []
    for _ in range(options.repeat):
        page(f"{base}/bump?share=0.1")
        changed.append(ours.update())
        if peer:
            peer_changed.append((peer.update(), peer.index()))
    tenth, all_entries = statistics.median(changed), options.count * options.entries
    expect(ours, all_entries + options.repeat * round(options.count * 0.1))
    if not peer:
        return ours, [["first refresh", first], ["nothing changed", same], ["a tenth changed", tenth]]
    alone = statistics.median(update for update, _ in peer_changed)
    both = statistics.median(update + index for update, index in peer_changed)
    return ours, [
        ["first refresh", first, peer_first, peer_first + peer_index, first / (peer_first + peer_index), "at most .19"],
        ["nothing changed", same, peer_same, "", same / peer_same, "at most 1"],
        ["a tenth changed", tenth, alone, both, tenth / both, "at most .75"],
    ]


def expect(store: Coranto | Reader, entries: int) -> None:
    found = store.entries()
    if found != entries:
        raise SystemExit(f"{store.name} holds {found:,} entries where {entries:,} were served: its times mean nothing.")


def worked(ours: Coranto, log: Path) -> list[list[object]]:
    """Let the background work read and group what was fetched, and ask for the home page meanwhile."""
    port, taken, stop = free_port(), [], threading.Event()
    home = f"http://127.0.0.1:{port}/"

    def ask_on() -> None:
        while not stop.wait(0.1):
            start = time.perf_counter()
            status, _ = page(home)
            taken.append((time.perf_counter() - start, status))

    def wait_for_groups() -> None:
        while left(ours.folder) and not stop.wait(0.2):
            pass
        grouped.append(time.perf_counter())

    with running(coranto(ours.folder, "serve", "--port", str(port)), log) as process:
        until_answered(home, process, log)
        beside = [threading.Thread(target=one) for one in (ask_on, wait_for_groups)]
        before, start, grouped = cpu_of_ended(), time.perf_counter(), []
        for one in beside:
            one.start()
        try:
            seconds = timed(coranto(ours.folder, "work", "--until-idle"), log)
            spent = cpu_of_ended() - before
        finally:
            stop.set()
            for one in beside:
                one.join()
    waiting = left(ours.folder)
    entries, times = ours.entries(), sorted(second * 1000 for second, _ in taken)
    failed = sum(status != 200 for _, status in taken)
    return [[
        entries, entries / (grouped[0] - start), entries / seconds, 1000 * spent / entries, waiting,
        times[len(times) // 2], times[len(times) * 95 // 100], times[-1], len(times), failed,
    ]]  # fmt: skip


def cpu_of_ended() -> float:
    """Seconds of CPU of all processes that this one started and that ended, with those that they started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def left(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder / 'coranto.sqlite3'}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM article WHERE step IS NOT NULL").fetchone()[0]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", type=Path, help="the Python of an environment that has lemon24/reader")
    parser.add_argument("--site-bench", type=Path, default=shared() / "bench" / "site.py")
    parser.add_argument("--count", type=int, default=300, help="feeds")
    parser.add_argument("--entries", type=int, default=50, help="entries of each")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-work", action="store_true", help="leave the background work out")
    options = parser.parse_args()
    script = existing(options.site_bench, "instrument")
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch, port = Path(folder), free_port()
        base, log = f"http://127.0.0.1:{port}", scratch / "log"
        numbers = ["--count", str(options.count), "--entries", str(options.entries), "--port", str(port)]
        with running([sys.executable, str(script), "feeds", *numbers], log) as process:
            until_answered(f"{base}/stats", process, log)
            ours, rows = refreshed(base, scratch, options)
            counters = json.loads(page(f"{base}/stats")[1])
        heads = ("seconds", "Coranto, searchable", "reader", "reader with index", "ratio", "aim")
        print("\n" + table(heads[: len(rows[0])], rows))
        print(f"\n`coranto add` of the {options.count} feeds before: {ours.adding:.2f} s. The server was asked for")
        print(f"{counters['feeds']:,} feeds in all and answered 'unchanged' {counters['not_modified']:,} times.")
        if not options.no_work:
            heads = ("entries", "grouped a second", "done a second", "CPU ms an entry", "left", "home p50 ms")
            heads += ("p95 ms", "slowest", "asked", "failed")
            print("\n" + table(heads, worked(ours, log)))


if __name__ == "__main__":
    main()
