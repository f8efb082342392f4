"""Documents into articles: body, headline, authors, dates, topics, cited sources, clutter; from pages and plain text.

Pure Python on values: knows no database, no web framework and no other room. Where documents come from and what
becomes of articles is for others.
"""

from __future__ import annotations

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
    "links",
    "plain_text",
    "profile_of",
    "read_entry",
    "to_json",
]

READER_VERSION = 3
"""Raised whenever a change to this room may change readings, so that stored ones can be told apart and read again."""
