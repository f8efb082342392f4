"""A Coranto of its own in a folder, started and spoken to as a person does: by commands, processes and HTTP.

Knows what the invented outlets wrote (`Told`), so that tests can hold pages beside it. Imports nothing of the site.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coranto import demo
from coranto.demo.site import Site
from coranto.demo.world import Piece, World, load

OURS = ("CORANTO_DATA", "DATABASE_URL", "PORT", "HOST", "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "TIME_ZONE")
FILLED_WITHIN, STARTED_WITHIN, STOPPED_WITHIN = 180.0, 60.0, 30.0
"""Seconds, for a machine that has much else to do."""
FILES = ("settings.env", "secret_key", "demo.json", "fingerprints")


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, redirects not followed; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Folder:
    """A data folder and the commands on it; `database_url` is for PostgreSQL."""

    data: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**kept, "CORANTO_DATA": str(self.data), "DATABASE_URL": self.database_url}

    def command(self, *words: str, given: str = "", expect: int = 0) -> str:
        """What `coranto WORDS` printed; it must end with the exit code `expect`."""
        done = subprocess.run(
            [sys.executable, "-m", "coranto", *words], env=self.environment, input=given, text=True,
            capture_output=True, timeout=FILLED_WITHIN,
        )  # fmt: skip
        assert done.returncode == expect, f"coranto {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def exported(self) -> list[dict]:
        """Every article as `coranto export` gives it."""
        return [json.loads(line) for line in self.command("export", "-").splitlines()]

    def waiting(self) -> str:
        """How much work waits, in the words of `coranto check`."""
        checks = {found["name"]: found for found in json.loads(self.command("check", "--json"))}
        assert all(found["ok"] for found in checks.values()), checks
        return checks["work"]["message"]

    def filled(self) -> bool:
        """Every source was read and nothing waits for a step."""
        states = {row["health"]["state"] for row in json.loads(self.command("sources", "--json"))}
        return "new" not in states and all(part.startswith("0 ") for part in self.waiting().split(", "))

    def copied(self, to: Path) -> Folder:
        """The same store in another folder (SQLite); it may be in use meanwhile."""
        to.mkdir(mode=0o700)
        for name in FILES:
            shutil.copy(self.data / name, to / name)
        if (self.data / "pictures").is_dir():
            shutil.copytree(self.data / "pictures", to / "pictures")
        source, copy = (sqlite3.connect(folder / "coranto.sqlite3") for folder in (self.data, to))
        source.backup(copy)
        source.close()
        copy.close()
        return Folder(to)


class Running:
    """A process of Coranto that answers at `base` until it is stopped."""

    def __init__(self, folder: Folder, *words: str):
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder.data.with_name(f"{folder.data.name}-{words[0]}-{self.port}.log")
        with self.log.open("wb") as out, heeding_ctrl_c():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coranto", *words, "--port", str(self.port)], env=folder.environment,
                stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        start = time.monotonic()
        self.until(self.answers, STARTED_WITHIN)
        self.seconds_to_first_page = time.monotonic() - start

    def until(self, true: Callable[[], bool], within: float, pause: float = 0.1) -> None:
        limit = time.monotonic() + within
        while not true():
            assert self.process.poll() is None, f"it ended by itself:\n{self.log.read_text()}"
            assert time.monotonic() < limit, f"not within {within:.0f} s:\n{self.log.read_text()}"
            time.sleep(pause)

    def answers(self) -> bool:
        try:
            return self.ask("/robots.txt").status == 200
        except OSError:
            return False

    def ask(self, path: str, **headers: str) -> Answer:
        """One GET as a program sends it, without cookies; an underscore in a header's name stands for a hyphen."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def stop(self) -> Stopped:
        """Ctrl-C: what became of the process and of those it had started."""
        family = descendants(self.process.pid)
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait()
        left = [pid for pid in family if is_alive(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        return Stopped(code, len(family), left, self.log.read_text())


@dataclass(frozen=True)
class Stopped:
    """How a process ended: its exit code, how many processes it had started, which of them were left, what it said."""

    code: int
    children: int
    left: list[int]
    said: str


@dataclass
class Told:
    """What the invented outlets wrote, and where it stands here: pieces by the article's number."""

    folder: Folder
    articles: list[dict] = field(default_factory=list)

    @cached_property
    def state(self) -> demo.State:
        return demo.state(self.folder.data)

    @cached_property
    def world(self) -> World:
        return load(self.state.day_zero)

    @cached_property
    def pieces(self) -> dict[int, Piece]:
        """Every piece that is stored, by its article's number."""
        numbers = {article["url"]: article["id"] for article in self.articles}
        sites = {outlet.id: Site(self.world, outlet, self.state.bases) for outlet in self.world.outlets.values()}
        placed = ((numbers.get(sites[piece.outlet].address(piece)), piece) for piece in self.world.by_id.values())
        return {number: piece for number, piece in placed if number is not None}

    @cached_property
    def readings(self) -> dict[int, dict]:
        return {article["id"]: article["reading"] for article in self.articles}

    def numbers(self, wanted: Callable[[Piece], bool]) -> list[int]:
        """The numbers of the articles whose piece is wanted, in order of storing."""
        return sorted(number for number, piece in self.pieces.items() if wanted(piece))

    def most_told_topic(self) -> tuple[str, list[int]]:
        """The topic that most articles here have, and their numbers, copies first."""
        store = sqlite3.connect(self.folder.data / "coranto.sqlite3")
        found = store.execute(
            "SELECT t.name, a.id FROM article_topic l JOIN topic t ON t.id = l.topic_id JOIN article a ON a.id ="
            " l.article_id WHERE a.state = 'listed' ORDER BY a.copy_of IS NULL, a.id"
        ).fetchall()
        store.close()
        topic = Counter(name for name, _ in found).most_common(1)[0][0]
        return topic, [number for name, number in found if name == topic]

    def number(self, piece_id: str) -> int:
        return next(number for number, piece in self.pieces.items() if piece.id == piece_id)

    def outlet(self, number: int):
        return self.world.outlets[self.pieces[number].outlet]

    def is_farm(self, piece: Piece) -> bool:
        return self.world.outlets[piece.outlet].farm


def brought_up(folder: Folder) -> Running:
    """From an empty folder to the demo's news, by commands alone."""
    folder.command("init", "--no-user")
    folder.command("demo", "--add")
    running = Running(folder, "run")
    running.until(folder.filled, FILLED_WITHIN, pause=1.0)
    return running


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """Tests that run in the background of a shell ignore SIGINT, and what they start would, too. A handler of one's own
    is not handed on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid: int) -> list[int]:
    """The processes that `pid` started, and those they started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (parent := parent_of(int(entry.name))):
            parents.setdefault(parent, []).append(int(entry.name))
    found, next_ones = [], [pid]
    while next_ones:
        children = parents.get(next_ones.pop(), [])
        found += children
        next_ones += children
    return found


def parent_of(pid: int) -> int | None:
    """The parent of a living process, None where it ended."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


def is_alive(pid: int) -> bool:
    return parent_of(pid) is not None
