"""What counting and ranking cost: as the store grows, and while pages are served.

    python benchmarks/rankings.py growth [--articles 1000 1000000]
    python benchmarks/rankings.py hostile [--runs 8]
    python benchmarks/rankings.py events FOLDER [--seconds 20]

`growth` fills SQLite stores in which every article was read once and asks for CPU milliseconds and for the steps of
SQLite's machine, which do not depend on what else runs: for a visit counted, and for each ranked list.

`hostile` lets a thousand visitors a day read yesterday and today, until another hour in each run, each up to eight of a
hundred articles (some are read much, most a little: Zipf), a twentieth of them to bring one article into a list, from a
network of their own each. Told is in how many runs that article stood in a list of ten of a day or a week and neither
had before nor was among the ten that people read most; and, so that lists are no shorter than they need be, how many
entries the lists had.

`events` serves a store with at least a hundred articles (`large_store.py FOLDER --articles 300`) and lets remembered
readers make 50 events a second, reads from a list and times in view, while the front page is asked for: its latency
without and with them, the CPU of the site, and how many of the events stand in the log in the end.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

from instruments import coranto, free_port, machine, running, table, until_answered

from coranto import store
from coranto.settings import load
from coranto.store import database, lists, rankings, reads
from coranto.store.reader_values import Visit
from coranto.store.times import now, stamp
from coranto.web import addresses

OUTLETS, SECTIONS, AT_ONCE, REPEATED = 400, 8, 50, 20
RATE, READERS = 50, 100
VISITORS, HOSTILE = 1000, 50
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FILL = (
    "INSERT INTO outlet (id, name, slug, articles, demo, republish, host) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
    f" SELECT i + 1 FROM n WHERE i < {OUTLETS}) SELECT i, 'Outlet ' || i, 'outlet-' || i, 0, 0, 1, 'host' || i FROM n",
    f"INSERT INTO section (id, name, slug) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
    f" {SECTIONS}) SELECT i, 'Section ' || i, 'section-' || i FROM n",
    "INSERT INTO article (id, outlet_id, section_id, state, title, lead, byline, at, seen, kind, reserved, reads, heat,"
    " warmth, talk, differs, copies, attempts, gone_reason, story_id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT"
    " i + 1 FROM n WHERE i < {articles}) SELECT i, 1 + i % " + str(OUTLETS) + ", 1 + i % " + str(SECTIONS) + ","
    " 'listed', 'A headline of words ' || i, 'A lead that is as long as leads are.', '', {seen}, {seen}, 'article',"
    " 0, 1, {seen} / 43200000000.0, {seen} / 172800000000.0, 0, 0, 0, 0, '', i FROM n",
    "INSERT INTO story (id, title, headline_id, first_id, latest_id, outlets, articles, copies, origins, latest_at)"
    " SELECT id, title, id, id, id, 1 + id % 5, 1, 0, 1 + id % 5, at FROM article",
    "INSERT INTO tally (article_id, hours, slot, readers) SELECT id, 1, at / 3600000000, 1 FROM article WHERE id >"
    " {articles} - 6000 UNION ALL SELECT id, 24, at / 86400000000, 1 FROM article WHERE id > {articles} - 26000",
)


class Steps:
    """Counts the steps of SQLite's machine inside a block."""

    EVERY = 10

    def __enter__(self) -> Steps:
        self.seen = 0
        database.connection().set_progress_handler(self.step, self.EVERY)
        return self

    def step(self) -> int:
        self.seen += self.EVERY
        return 0

    def __exit__(self, *fault: object) -> None:
        database.connection().set_progress_handler(None, 0)


def filled(folder: Path, articles: int) -> None:
    """A store whose articles came one in 30 seconds until now, each read once; opened."""
    folder.mkdir()
    store.open(load(folder), web=True)
    store.migrate()
    for statement in FILL:
        seen = f"({now()} - ({articles} - i) * 30000000)"
        database.run(statement.replace("{articles}", str(articles)).replace("{seen}", seen))
    database.rows("ANALYZE")
    store.close()
    store.open(load(folder))
    came = [Visit(1 + n % min(articles, 300), f"{n:016x}", None, datetime.now(UTC)) for n in range(2000)]
    reads.record_many([one._replace(article=articles + 1 - one.article) for one in came])


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """CPU milliseconds (the median of some), and steps of SQLite's machine."""
    with Steps() as steps:
        work()
    spent = []
    for _ in range(REPEATED):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent), steps.seen


def costs(articles: int) -> dict[str, tuple[float, float]]:
    """What each question costs in a store of so many articles; in a process of its own, for Django keeps to one."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "data", articles)
        draw, number = random.Random(1), count(10**6)

        def visits() -> None:
            came = (f"{next(number):016x}" for _ in range(AT_ONCE))
            reads.record_many([Visit(draw.randint(1, articles), who, None, datetime.now(UTC)) for who in came])

        asked = {
            f"{AT_ONCE} visits counted": visits,
            "lists of a day": lambda: lists.ranked(10),
            "lists of a week": lambda: lists.ranked(10, days=7),
            "lists of a section": lambda: lists.ranked(10, section="section-3"),
            "lists of an outlet": lambda: lists.ranked(10, outlet="outlet-7"),
        }
        found = {name: measured(work) for name, work in asked.items()}
        store.close()
    return found


def growth(sizes: list[int]) -> None:
    """One row for each kind of question, with its cost in each store, and the ratio of the last to the first."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        found = [pool.apply(costs, (size,)) for size in sizes]
    heads = ("what", *(f"{size:,}: {unit}" for size in sizes for unit in ("ms", "steps")), "ratio of steps")
    rows = [
        [name, *(one for each in found for one in each[name]), found[-1][name][1] / found[0][name][1]]
        for name in found[0]
    ]
    print(table(heads, rows))


def honest(draw: random.Random, visitors: int, articles: int) -> list[Visit]:
    """The visits of people, so many a day: 1 is read most."""
    ids, weights = range(1, articles + 1), [1 / place for place in range(1, articles + 1)]
    made = [
        Visit(article, f"{number:016x}a", None, Clock.MIDNIGHT + timedelta(days=day, minutes=draw.uniform(0, 1440)))
        for day in (-1, 0)
        for number in range(visitors)
        for article in set(draw.choices(ids, weights, k=draw.randint(1, 8)))
    ]
    return [one for one in made if one.at < Clock.at]


class Clock:
    """The time that it is in a run; days begin at midnight, and so the hour matters."""

    at = MIDNIGHT = datetime(2026, 3, 25, tzinfo=UTC)

    @classmethod
    def set(cls, hour: float) -> None:
        cls.at = cls.MIDNIGHT + timedelta(hours=hour)
        rankings.now = lambda: stamp(cls.at)


def ago(minutes: float) -> datetime:
    return Clock.at - timedelta(minutes=minutes)


def all_day(draw: random.Random) -> list[datetime]:
    return [ago(draw.uniform(1, 1439))]


def at_once(draw: random.Random) -> list[datetime]:
    return [ago(draw.uniform(0, 3))]


def many_browsers(draw: random.Random) -> list[datetime]:
    return [ago(draw.uniform(0, 600)) for _ in range(20)]


STRATEGIES = {"all day": all_day, "at once": at_once, "20 browsers each": many_browsers}
TARGETS = {"nobody reads": 100, "few read (60th)": 60, "some read (20th)": 20, "more read (12th)": 12}


def emptied() -> None:
    """Nothing is read yet."""
    for each in ("read", "tally", "visitors"):
        database.run(f"DELETE FROM {each}")
    database.run("UPDATE article SET heat = 0, warmth = 0")


def listed() -> dict[str, list[int]]:
    """Each list."""
    day, week = lists.ranked(10), lists.ranked(10, days=7)
    found = {"most read": day.most_read, "of the week": week.most_read, "rising": day.rising}
    return {name: [entry.card.id for entry in entries] for name, entries in found.items()}


def ten_of(visits: list[Visit], hours: int) -> list[int]:
    """What people read most in so many hours."""
    since = Clock.at.replace(minute=0, second=0) - timedelta(hours=hours - 1)
    return [article for article, _ in Counter(one.article for one in visits if one.at >= since).most_common(10)]


def hostile(runs: int) -> None:
    """One row for each way to try it: how often it came to something."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "data", 100)
        database.run("UPDATE article SET seen = %s", (stamp(Clock.MIDNIGHT - timedelta(days=2)),))
        for target_name, target in TARGETS.items():
            for name, strategy in STRATEGIES.items():
                lifted, entries = Counter(), Counter()
                for run in range(runs):
                    emptied()
                    Clock.set(24 * (run + 0.5) / runs)
                    draw = random.Random(run)
                    visits = honest(draw, VISITORS - HOSTILE, 100)
                    reads.record_many([one for one in visits if one.article != 100])
                    before = listed()
                    before["most read"] += ten_of(visits, 24)
                    before["of the week"] += ten_of(visits, 48)
                    reads.record_many([
                        Visit(target, f"{VISITORS + number:016x}{n}", None, at)
                        for number in range(HOSTILE) for n, at in enumerate(strategy(draw))
                    ])  # fmt: skip
                    for each, after in listed().items():
                        lifted[each] += target in after and target not in before[each]
                        entries[each] += len(after) / runs
                told = (f"{lifted[each]} of {runs} ({entries[each]:.1f} entries)" for each in before)
                rows.append([target_name, name, *told])
        store.close()
    print(table(("an article that", "hostile visitors come", *before), rows))


class Reader(threading.Thread):
    """Some remembered readers who make so many events a second for a while."""

    def __init__(self, port: int, articles: list[str], rate: float, seconds: float, number: int):
        super().__init__(daemon=True)
        self.port, self.articles, self.rate, self.seconds = port, articles, rate, seconds
        self.draw, self.number, self.sent = random.Random(number), number, set()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        cookies, start = [self.cookie(connection, n) for n in range(READERS // 4)], time.perf_counter()
        for turn in range(int(self.rate * self.seconds / 2)):
            time.sleep(max(0, start + turn * 2 / self.rate - time.perf_counter()))
            reader, address = self.draw.randrange(len(cookies)), self.draw.choice(self.articles)
            number = address.split("/")[2]
            self.ask(connection, "GET", f"{address}?in=related.{1 + turn % 9}", reader, cookies[reader])
            form = urlencode({"seconds": self.draw.randrange(300)})
            self.ask(connection, "POST", f"/article/{number}/dwell", reader, cookies[reader], form)
            self.sent.add((reader, number))

    def cookie(self, connection: http.client.HTTPConnection, reader: int) -> str:
        return self.ask(connection, "POST", "/for-you/use", reader).getheader("Set-Cookie").partition(";")[0]

    def ask(self, connection, method: str, address: str, reader: int, cookie: str = "", form: str = ""):
        headers = {
            "User-Agent": BROWSER, "X-Forwarded-For": f"198.51.{self.number}.{reader}", "Cookie": cookie,
            "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        connection.request(method, address, form or None, {name: value for name, value in headers.items() if value})
        answer = connection.getresponse()
        answer.read()
        return answer


def front_page(port: int, seconds: float) -> list[float]:
    """Milliseconds that the front page took, asked for ten times a second."""
    connection, spent, end = http.client.HTTPConnection("127.0.0.1", port), [], time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        connection.request("GET", "/")
        connection.getresponse().read()
        spent.append((time.perf_counter() - start) * 1000)
        time.sleep(0.1)
    return spent


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and those it started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / 100 + sum(cpu_seconds(int(child)) for child in children)


def events(given: Path, seconds: float) -> None:
    """Latency of the front page without and with events, and what became of these."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = shutil.copytree(given, Path(scratch) / "data")
        store.open(load(folder))
        articles = [addresses.article(card) for card in lists.latest(per=100).cards]
        port, log = free_port(), Path(scratch) / "log"
        wish = {"ACCESS": "public", "TRUSTED_PROXIES": "127.0.0.1", "PORT": str(port)}
        with running(coranto(folder, "serve"), log, **wish) as process:
            until_answered(f"http://127.0.0.1:{port}/", process, log)
            rows = []
            for name, rate in (("no events", 0), (f"{RATE} events a second", RATE)):
                readers = [Reader(port, articles, rate / 4, seconds, n) for n in range(4 if rate else 0)]
                before = cpu_seconds(process.pid)
                for reader in readers:
                    reader.start()
                spent = sorted(front_page(port, seconds))
                for reader in readers:
                    reader.join()
                share = (cpu_seconds(process.pid) - before) / seconds
                rows.append([name, spent[len(spent) // 2], spent[int(len(spent) * 0.95)], f"{share:.0%}"])
            time.sleep(6)
        made = sum(len(reader.sent) for reader in readers)
        kept, timed = database.row("SELECT count(*), count(dwell) FROM event WHERE kind = 'read'")
        print(table(("site", "front page p50 ms", "p95 ms", "CPU of one core"), rows) + "\n")
        print(f"{kept} of {made} reads of {READERS} readers stand in the log, {timed} with the time in view.")
        store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(required=True, dest="kind")
    kinds.add_parser("growth").add_argument("--articles", type=int, nargs="+", default=[1_000, 1_000_000])
    kinds.add_parser("hostile").add_argument("--runs", type=int, default=8)
    served = kinds.add_parser("events")
    served.add_argument("folder", type=Path)
    served.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    print(machine() + "\n")
    if options.kind == "growth":
        growth(options.articles)
    elif options.kind == "hostile":
        hostile(options.runs)
    else:
        events(options.folder, options.seconds)


if __name__ == "__main__":
    main()
