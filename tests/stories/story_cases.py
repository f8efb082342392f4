"""The reports and copies of `tests/cases/stories`, as coverages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coranto.stories import Coverage

FOLDER = Path(__file__).parents[1] / "cases" / "stories"
TIMES = ("published", "seen", "captured")


def fields(given: dict) -> dict:
    found = {name: datetime.fromisoformat(value) if name in TIMES else value for name, value in given.items()}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def load(name: str) -> list[dict]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


REPORTS = [
    (row["event"], Coverage(**fields({name: value for name, value in row.items() if name != "event"})))
    for row in load("reports.json")
]
COPIES = load("copies.json")


def copied(case: dict) -> tuple[Coverage, Coverage]:
    """The original of a case and its copy."""
    original = next(report for _, report in REPORTS if report.id == case["of"])
    original = replace(original, **fields(case.get("original", {})))
    text = original.text
    for old, new in case.get("replace", ()):
        assert old in text
        text = text.replace(old, new)
    text = case.get("before", "") + text + case.get("after", "")
    return original, replace(original, id=f"{original.id}-copy", text=text, **fields(case["copy"]))
