"""A page checked: had, read, and set beside the stored articles that share its text. Nothing of it is kept."""

from __future__ import annotations

from coranto.articles import Article, Document
from coranto.pipeline.single import read
from coranto.stories import Coverage, Report, check_page, phrases


def check(document: Document, with_store: bool, user: int | None = None) -> Report:
    """The report on a page; with the store, which must be open then, beside what this user may see."""
    article = read(document)
    known = stored(article, user) if with_store else None
    return check_page(article, document.url, document.fetched, known)


def stored(article: Article, user: int | None = None) -> list[Coverage]:
    """The stored articles that may share the article's text."""
    from coranto.pipeline.grouping import coverage_of
    from coranto.store.passages import sharing

    return [coverage_of(found) for found in sharing(phrases(article.text), user)]
