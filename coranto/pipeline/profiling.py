"""What repeats across an outlet's pages, found out from a few stored ones, seldom, for the outlets that were just read.

Articles that show what is known to repeat by then are read again, so that old and new ones are read in one way.
"""

from __future__ import annotations

from collections.abc import Iterable

from coranto.articles import Article, OutletProfile
from coranto.store import database, ways
from coranto.store.source_values import Work

LOOKED_AT = 100
"""The last articles of an outlet that are looked through for what repeats."""


def renew(works: Iterable[Work]) -> None:
    """Make the profiles of the outlets whose pages these works were, where it is time for it."""
    for outlet in ways.unprofiled(work.outlet_id for work in works if ways.is_page(work.document.media_type)):
        make(outlet)


def make(outlet: int) -> OutletProfile:
    """Find out what repeats across an outlet's pages, keep it, and have read again what shows it."""
    from coranto.extract import profile_of

    profile = profile_of(page.body for _, _, page in ways.stored_pages(outlet, ways.SAMPLE, distinct=True))
    with database.writing():
        ways.put_profile(outlet, profile)
        if profile.repeated:
            showing = [ident for ident, text in ways.last_texts(outlet, LOOKED_AT) if shows(text, profile)]
            if showing:
                ways.read_again(outlet, showing)
    return profile


def shows(text: str, profile: OutletProfile) -> bool:
    """Whether a text holds a paragraph that is known to repeat."""
    from coranto.extract import block_number

    return any(block_number(part) in profile.repeated for part in text.split("\n\n"))


def read_otherwise(work: Work, article: Article) -> bool:
    """Whether an article that was read without its outlet's rules and profile may be read otherwise with them."""
    return bool(work.rules) or (work.profile is not None and shows(article.text, work.profile))
