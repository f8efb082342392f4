"""Documents into articles: body, headline, authors, dates, topics, cited sources, clutter; from pages and plain text.

Pure Python on values: knows no database, no web framework and no other room. Where documents come from and what
becomes of articles is for others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .charset import is_markup
    from .cited import cited_sources
    from .cleaning import clean_html, plain_text
    from .entries import read_entry
    from .explaining import Block, Explanation, explain
    from .flattened import extract_text
    from .listing import links
    from .many import extract_all
    from .reader import extract
    from .records import article_from_json, to_json
    from .repeats import number as block_number
    from .repeats import profile_of
    from .selectors import RuleError, check_rule

__all__ = [
    "READER_VERSION",
    "Block",
    "Explanation",
    "RuleError",
    "article_from_json",
    "block_number",
    "check_rule",
    "cited_sources",
    "clean_html",
    "explain",
    "extract",
    "extract_all",
    "extract_text",
    "is_markup",
    "links",
    "plain_text",
    "profile_of",
    "read_entry",
    "to_json",
]

READER_VERSION = 10
"""Raised whenever a change to this room may change readings, so that stored ones can be told apart and read again."""

# Where each door is, so that it is loaded when it is first used: who reads pages does not wait for the readers of
# plain text and listings, and who imports a name does not wait for any.
_DOORS = {
    "Block": "explaining", "Explanation": "explaining", "RuleError": "selectors", "article_from_json": "records",
    "block_number": "repeats.number", "check_rule": "selectors", "cited_sources": "cited", "clean_html": "cleaning",
    "explain": "explaining", "extract": "reader", "extract_all": "many", "extract_text": "flattened",
    "is_markup": "charset", "links": "listing", "plain_text": "cleaning", "profile_of": "repeats",
    "read_entry": "entries", "to_json": "records",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place, _, other = _DOORS[name].partition(".")
    found = globals()[name] = getattr(import_module(f".{place}", __name__), other or name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
