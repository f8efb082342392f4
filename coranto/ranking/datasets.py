"""Logged lists in files: the documented form of data that `coranto evaluate FOLDER` takes.

Tab-separated with a head line, plain or as .gz, without quoting, the lists in order of time:

    news.tsv    news_id, category, subcategory, title, abstract
    test.tsv    impression_id, user_id, time, history, impressions
    train.tsv   the same, of the days before; it may be missing

`time` is ISO 8601; `history` are the ids of what was read, the first read first, with blanks between; `impressions`
what was offered, as ID-1 where it was opened and ID-0 where not. Other columns are passed over.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from coranto.ranking.items import Impression, Item, Read

LONGEST_CELL = 1 << 24


class BadData(ValueError):
    """What of a data set cannot be read, as a sentence."""


def data_set(folder: Path) -> tuple[list[Impression], list[Impression]]:
    """The lists to learn from (none where there are none) and those to be ordered. What had been opened and shown so
    far is counted over both. BadData where a file is missing or has another form."""
    news = {one["news_id"]: one for one in _rows(folder, "news", ("news_id", "category", "title"))}
    items = {
        ident: Item(ident, one["title"], one.get("abstract") or "", one["category"],
                    tuple(filter(None, [one.get("subcategory")])), "", None)
        for ident, one in news.items()
    }  # fmt: skip
    popularity: dict[str, tuple[int, int]] = {}
    has_train = any((folder / f"train.tsv{end}").is_file() for end in ("", ".gz"))
    train = list(_impressions(folder, "train", items, popularity)) if has_train else []
    return train, list(_impressions(folder, "test", items, popularity))


def _impressions(
    folder: Path, name: str, items: dict[str, Item], popularity: dict[str, tuple[int, int]]
) -> Iterator[Impression]:
    for line, row in enumerate(_rows(folder, name, ("time", "history", "impressions")), 2):
        try:
            offered = [(items[ident], flag == "1") for ident, _, flag in
                       (one.rpartition("-") for one in row["impressions"].split())]  # fmt: skip
            history = [Read(items[ident], None) for ident in row["history"].split()]
            at = datetime.fromisoformat(row["time"])
        except (KeyError, ValueError) as fault:
            raise BadData(f"Line {line} of {name}.tsv has a time or an article that is not known: {fault}") from None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        here = [item for item, _ in offered]
        told = {item.id: popularity.get(item.id, (0, 0)) for item in here}
        yield Impression(history, here, [opened for _, opened in offered], at, told)
        for item, opened in offered:
            clicks, shown = popularity.get(item.id, (0, 0))
            popularity[item.id] = clicks + opened, shown + 1


def _rows(folder: Path, name: str, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    path = next((path for end in ("", ".gz") if (path := folder / f"{name}.tsv{end}").is_file()), None)
    if path is None:
        raise BadData(f"There is no {name}.tsv in {folder}")
    csv.field_size_limit(LONGEST_CELL)
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        rows = csv.DictReader((line.decode() for line in file), delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            if lacking := [one for one in needed if one not in (rows.fieldnames or ())]:
                raise BadData(f"{path.name} lacks the column {lacking[0]}")
            for row in rows:
                if any(row[one] is None for one in needed):
                    raise BadData(f"Line {rows.line_num} of {path.name} has too few columns")
                yield row
        except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as fault:
            told = f"{path.name} is damaged after its line {rows.line_num} ({fault}); take a whole copy of it"
            raise BadData(told) from None
