"""What is asked of the network and what comes back: requests, answers, and failures with their remedy.

Values, and how an answer's headers are read; who sends requests is `fetcher`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coranto.articles import Document

Credential = tuple[str, str, str]
"""("basic", user, password) or ("header", name, value)."""

HEADERS_THAT_MATTER = ("content-language", "link", "x-robots-tag", "last-modified", "tdm-reservation")
"""What a stored document keeps of an answer's headers, where there."""
MOST_HEADERS = 100
LONGEST_HEADER = 4_096
CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """One document to fetch.

    `etag` and `last_modified` are what an earlier answer's headers held, word for word. `allow_private` opens the
    guard for the host and port of `url` and for no other that it redirects to. `spacing` is the least time between
    two requests to that host, in seconds (None: the fetcher's own; 0: none). `credential` goes to the origin of `url`
    alone. `user_agent` replaces the fetcher's. `obey_robots` False is for what a person entered: a subscription.
    `max_bytes` bounds the body before and after decompression (None: the fetcher's own).
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    allow_private: bool = False
    spacing: float | None = None
    credential: Credential | None = field(default=None, repr=False)
    user_agent: str | None = None
    accept: str | None = None
    obey_robots: bool = True
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a document (2xx), "not modified" (304) or "gone" (410); anything else is a FetchError.

    `url` is where redirects ended. `headers` are keyed in lower case, repeated ones joined by a comma, without
    cookies; at most 100, of at most 4,096 characters each. `body` is decompressed, empty for 304 and 410. `moved_to`
    is the address to ask from now on, where the redirects so far were permanent; it stays None where it would carry
    a credential or the allowance for private addresses to another host. `elapsed` is seconds spent on the network,
    without waiting for the host's turn.
    """

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched: datetime
    elapsed: float
    not_modified: bool = False
    gone: bool = False
    moved_to: str | None = None


def bounded_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers as `Answer.headers` keeps them, of pairs as they arrived."""
    kept: dict[str, str] = {}
    for name, value in pairs:
        name = name.lower()
        if name == "set-cookie" or (name not in kept and len(kept) >= MOST_HEADERS):
            continue
        value = readable(value)
        kept[name] = (f"{kept[name]}, {value}" if name in kept else value)[:LONGEST_HEADER]
    return kept


def readable(value: str) -> str:
    """A header's value as text that can be stored: bytes that are no UTF-8 are read as Latin-1."""
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-8", "surrogateescape").decode("latin-1")
    return value.replace("\x00", "")


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """The bare media type in lower case and the charset that a Content-Type header declares."""
    if not header:
        return None, None
    media_type, _, parameters = header.partition(";")
    media_type = media_type.strip().lower()
    charset = CHARSET.search(parameters)
    return (media_type if "/" in media_type else None), (charset[1].lower() if charset else None)


def headers_that_matter(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What `Document.headers` keeps of headers keyed in lower case."""
    return tuple((name, headers[name]) for name in HEADERS_THAT_MATTER if name in headers)


def document_of(answer: Answer) -> Document:
    """The document that an answer brought, as the store keeps it. Without a type it is taken to be HTML."""
    media_type, charset = content_type(answer.headers.get("content-type"))
    return Document(
        url=answer.url,
        body=answer.body,
        media_type=media_type or "text/html",
        fetched=answer.fetched,
        charset=charset,
        headers=headers_that_matter(answer.headers),
    )


class FetchError(Exception):
    """A fetch that brought nothing. `str()` gives message and remedy.

    `kind` is one of 'address' (not an http(s) address), 'private' (refused by the guard), 'robots', 'dns',
    'refused' (no connection), 'timeout', 'tls', 'status' (with `status`), 'busy' (429, 503, or still backing off after
    one), 'too-large', 'redirects', 'header', 'decode', 'broken' (the connection ended or made no sense).
    `message` is a sentence that names the address, `remedy` a sentence that says what to do. `retry_after` is in
    seconds, where the site said so or where the host rests for another reason.
    """

    def __init__(
        self, kind: str, message: str, remedy: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{message} {remedy}")
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.status = status
        self.retry_after = retry_after
