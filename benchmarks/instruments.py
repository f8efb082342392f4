"""What the measuring scripts share: where the judges' instrument and the corpora are, processes that end with the
script, and tables. What is measured, and how, stands in each script."""

from __future__ import annotations

import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
STOP_WITHIN = 20.0
"""Seconds that a process gets to end by itself."""


def shared() -> Path:
    """The folder of corpora and instruments: CORANTO_SHARED, else `../shared` beside the repository."""
    return Path(os.environ.get("CORANTO_SHARED") or REPOSITORY.parent / "shared")


def existing(path: Path, what: str) -> Path:
    """`path`, or the end of the script with a sentence that says what is missing and how to name it."""
    if not path.exists():
        raise SystemExit(f"There is no {what} at {path}. Name it by an option, or the folder above by CORANTO_SHARED.")
    return path


def coranto(data: Path, *words: str) -> list[str]:
    """A command of this Coranto on a data folder."""
    return [sys.executable, "-m", "coranto", "--data", str(data), *words]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what would lead a process to another data folder, database or port."""
    ours = ("CORANTO_DATA", "DATABASE_URL", "PORT", "HOST", "SITE_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: Sequence[str], log: Path, cwd: Path = REPOSITORY, **more: str) -> Iterator[subprocess.Popen]:
    """A process that ends with the block: asked as by Ctrl-C, else ended with its group. Its words go to `log`."""
    with log.open("ab") as words:
        process = subprocess.Popen(
            command, stdout=words, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=cwd,
            env=clean_environment(**more), start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            # The process leads a session of its own, so signals to its group reach it and its children and nobody else.
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def timed(command: Sequence[str], log: Path, limit: float = 900, **more: str) -> float:
    """Seconds that a command took, its start included; the end of the script where it failed."""
    with log.open("ab") as words:
        start = time.perf_counter()
        place = {"cwd": REPOSITORY, "env": clean_environment(**more)}
        done = subprocess.run(command, stdout=words, stderr=subprocess.STDOUT, timeout=limit, **place)
        taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}. Its last words:\n{tail(log)}")
    return taken


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def page(url: str, timeout: float = 60) -> tuple[int, str]:
    """Status and text of a page on loopback; (0, '') where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")
    except OSError:
        return 0, ""


def until_answered(url: str, process: subprocess.Popen, log: Path, limit: float = 60) -> float:
    """Wait for a page; how many seconds that took."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        if page(url)[0] == 200:
            return time.perf_counter() - start
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"{url} did not answer within {limit:.0f} s. The last words of its process:\n{tail(log)}")


def site_bench(script: Path, *words: str, limit: float = 900) -> dict:
    """What the judges' instrument measured, from the JSON line that it prints."""
    done = subprocess.run([sys.executable, str(script), *words], capture_output=True, text=True, timeout=limit)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise SystemExit(f"{script.name} {words[0]} failed: {done.stderr.strip()[-800:]}")
    return json.loads(lines[-1])


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; floats with at most three figures that count."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(map(shown, row)) + " |" for row in rows]
    return "\n".join(lines)


def shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def machine() -> str:
    """One line on where this was measured, with what else kept the machine busy."""
    load = os.getloadavg()[0]
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    return f"{when} UTC, Python {platform.python_version()}, {os.cpu_count()} cores, load average {load:.1f} before"
