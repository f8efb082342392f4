"""Fetching the pages that articles wait for, and what robots.txt said, kept between runs.

A page that cannot be had leaves its article to what the feed gave of it. When and how to try again is the store's to
keep; reading what was fetched is `reading`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coranto.sources.answers import FetchError, Request, document_of
from coranto.sources.robots import RobotsCopy
from coranto.store import sources

if TYPE_CHECKING:
    from coranto.pipeline.fetching import Fetching, Report

AT_ONCE = 400
"""Pages claimed at once: enough for many hosts to be waited for side by side."""
FOR_GOOD = frozenset(("address", "private", "robots", "tls", "too-large", "redirects", "header", "decode"))
"""Failures that the same request would only meet again."""


def load_robots(origin: str) -> RobotsCopy | None:
    found = sources.robots([origin]).get(origin)
    return RobotsCopy(found[1], found[2]) if found else None


def save_robots(origin: str, copy: RobotsCopy) -> None:
    sources.keep_robots(origin, 200 if copy.text else 404, copy.text)
