"""How commands look on a terminal: a progress bar or plain lines, tables, JSON. What they say is the commands' own."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TextIO


class Progress:
    """How far a long work is. On a terminal one line that is drawn over; else a plain line every `every` seconds.

    `total` may be None (unknown) and may change. Used as a context manager; `step` and `to` may be called often.
    """

    def __init__(self, what: str, total: int | None = None, out: TextIO | None = None, every: float = 10.0):
        self.what = what
        self.total = total
        self.done = 0
        self.note = ""
        self.out = out or sys.stderr
        self.drawn = self.out.isatty()
        self.every = 0.1 if self.drawn else every
        self.began = time.monotonic()
        self.shown = self.began if not self.drawn else 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.drawn:
            self.out.write("\r\x1b[K")
            self.out.flush()

    def step(self, count: int = 1, note: str = "") -> None:
        self.to(self.done + count, self.total, note)

    def to(self, done: int, total: int | None = None, note: str = "") -> None:
        self.done = done
        self.total = total if total is not None else self.total
        self.note = note or self.note
        now = time.monotonic()
        if now - self.shown >= self.every:
            self.shown = now
            self.show(now - self.began)

    def show(self, seconds: float) -> None:
        rate = self.done / seconds if seconds > 0.5 else 0.0
        of = f"{self.done:,}" if self.total is None else f"{self.done:,} of {self.total:,}"
        left = f", {span((self.total - self.done) / rate)} left" if rate and self.total else ""
        words = f"{self.what}: {of}" + (f", {rate:,.0f} a second" if rate else "") + left
        words += f"  {self.note}" if self.note else ""
        if not self.drawn:
            self.out.write(words + "\n")
        else:
            width = shutil.get_terminal_size().columns - 1
            self.out.write("\r\x1b[K" + (bar(self.done, self.total) + words)[:width])
        self.out.flush()


def bar(done: int, total: int | None, width: int = 20) -> str:
    if not total:
        return ""
    full = min(width, done * width // total)
    return "[" + "#" * full + "." * (width - full) + "] "


def span(seconds: float) -> str:
    """A length of time in words a person reads at a glance."""
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    if seconds < 172_800:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 86_400)} days"


def ago(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    return f"{span((datetime.now(UTC) - moment).total_seconds())} ago"


def size(count: float) -> str:
    """Bytes in words: decimal units, as disks are sold."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO | None = None) -> None:
    """Rows under their heads, in columns as wide as their widest cell; control characters are shown as '?'."""
    out = out or sys.stdout
    cells = [[clean(str(cell)) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        out.write(line.rstrip() + "\n")
    out.flush()


def clean(text: str) -> str:
    """Foreign text without the control characters that could steer a terminal."""
    return "".join(char if char.isprintable() else " " if char in "\n\t\r" else "?" for char in text)


def as_json(value: Any) -> None:
    """One JSON document on standard output; times in ISO 8601."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=plain)
    sys.stdout.write("\n")
    sys.stdout.flush()


def plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
