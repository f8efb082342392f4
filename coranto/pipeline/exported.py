"""Articles out of an export: each line of its JSON Lines becomes a document that reads as the article it was.

What the export withheld (reserved and withdrawn articles go as address and date) cannot come back. A file may have
passed through other hands, so its markup is foreign like any page's.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coranto.articles import Article, Document

ARTICLE_TYPE = "application/x-coranto-article+json"
"""The media type of an exported article."""
FORMAT = "coranto article 1"
LONGEST_LINE = 20_000_000
ENDINGS = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Exported:
    """An article of an export: its document, where it belonged, and its line."""

    line: int
    document: Document
    outlet: str
    home_url: str | None
    section: str | None


def is_export(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS) and path.is_file()


def exported(path: Path, after: int = 0) -> Iterator[Exported | str | None]:
    """The articles of an export behind line `after`: a sentence for a line that is none, None for what was withheld."""
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
        number = 0
        while text := file.readline(LONGEST_LINE):
            number += 1
            if number > after:
                yield one(path, number, text)


def one(path: Path, number: int, text: bytes) -> Exported | str | None:
    try:
        line = json.loads(text)
        if line.get("format") != FORMAT:
            return f"{path}, line {number}: this is no article of an export. Import what coranto export wrote."
        if not isinstance(line.get("reading"), dict):
            return None
        seen = datetime.fromisoformat(line["seen"])
        body = json.dumps(line["reading"], ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        document = Document(line.get("url"), body, ARTICLE_TYPE, seen if seen.tzinfo else seen.replace(tzinfo=UTC))
        return Exported(number, document, str(line["outlet"]), line.get("home_url"), line.get("section"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        return f"{path}, line {number}: it cannot be read ({fault}). Export again."


def read_exported(document: Document) -> Article:
    """The article that was exported, its markup cleaned anew. Raises ValueError where it is damaged."""
    from coranto.extract import article_from_json, clean_html

    article = article_from_json(json.loads(document.body))
    return replace(article, html=clean_html(article.html, document.url))
