"""One document: had from a file or an address, read, printed. Stores nothing and works from the base installation."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coranto.articles import ENTRY_TYPE, Article, Document, OutletProfile, Rule
from coranto.pipeline.exported import ARTICLE_TYPE, read_exported
from coranto.settings import Settings

if TYPE_CHECKING:
    from coranto.extract import Explanation

LARGEST = 50 * 1024 * 1024


class PageError(Exception):
    """The page cannot be had: `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str):
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


def document_of(target: str, url: str | None, allow_private: bool, settings: Callable[[], Settings]) -> Document:
    """The document behind a path, an address, or '-' for standard input. Raises PageError, FetchError or OSError."""
    if target == "-":
        return from_bytes(sys.stdin.buffer.read(LARGEST), url)
    if re.match(r"https?://", target, re.IGNORECASE):
        return asyncio.run(fetched(target, allow_private, settings()))
    return from_file(Path(target), url)


def from_bytes(body: bytes, url: str | None) -> Document:
    from coranto.extract import is_markup

    kind = "text/html" if is_markup(body) else "text/plain"
    return Document(url, body, kind, datetime.now(UTC))


def from_file(path: Path, url: str | None) -> Document:
    """The page of a file; a file without a known ending is looked into."""
    from dataclasses import replace

    from coranto.sources.files import Found, Unreadable, documents

    if path.is_dir():
        raise PageError(f"{path} is a folder.", "Name one page, or read them all with: coranto import")
    with path.open("rb") as file:
        head = file.read(64)
    for found in documents(path):
        if isinstance(found, Found):
            return replace(found.document, url=url or found.document.url)
        if isinstance(found, Unreadable) and "kind of file" not in found.message:
            raise PageError(found.message, found.remedy)
    if b"\0" in head:
        raise PageError(f"{path} is neither a page nor text.", "Name a saved page, such as page.html")
    return from_bytes(path.read_bytes()[:LARGEST], url)


async def fetched(url: str, allow_private: bool, settings: Settings) -> Document:
    from coranto.sources.answers import Request, document_of
    from coranto.sources.fetcher import Fetcher

    async with Fetcher(settings.user_agent, contact="", timeout=settings.fetch_timeout) as fetcher:
        # A person asks for this one page, as with a browser.
        answer = await fetcher.fetch(Request(url, allow_private=allow_private, obey_robots=False))
        if answer.gone:
            raise PageError(f"{url} answered 410: it is gone for good.", "Look for a copy in an archive")
        return document_of(answer)


def read(document: Document, rules: Sequence[Rule] = (), profile: OutletProfile | None = None) -> Article:
    """What a document says: an entry of a feed, a page, or a flattened page in plain text. An outlet's `rules` and
    `profile` are for its pages."""
    from coranto.extract import extract, extract_text, read_entry

    if document.media_type == ENTRY_TYPE:
        from coranto.sources.entrydocument import entry_from_document, feed_of_document

        return read_entry(entry_from_document(document.body), feed_of_document(document.body).language)
    if document.media_type == ARTICLE_TYPE:
        return read_exported(document)
    if document.media_type == "text/plain":
        return extract_text(document.body, document.charset)
    return extract(document.body, document.url, rules=rules, profile=profile, **transport(document))


def explained(
    document: Document, rules: Sequence[Rule] = (), profile: OutletProfile | None = None
) -> Explanation | None:
    """Why a page is read as it is; None for what is no page with markup."""
    from coranto.extract import explain

    if document.media_type in (ENTRY_TYPE, ARTICLE_TYPE, "text/plain"):
        return None
    return explain(document.body, document.url, rules=rules, profile=profile, **transport(document))


def transport(document: Document) -> dict:
    """What came along with a page, as its readers take it."""
    return {"headers": dict(document.headers), "charset": document.charset}
