"""Documents into articles: body, headline, authors, dates, topics, cited sources, clutter; from pages and plain text.

Pure Python on values: knows no database, no web framework and no other room. Where documents come from and what
becomes of articles is for others.
"""

from __future__ import annotations

from .cited import cited_sources
from .cleaning import clean_html, plain_text
from .reader import extract

__all__ = ["READER_VERSION", "cited_sources", "clean_html", "extract", "plain_text"]

READER_VERSION = 1
"""Raised whenever a change to this room may change readings, so that stored ones can be told apart and read again."""
