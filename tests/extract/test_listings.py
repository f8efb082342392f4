"""Listing pages in several languages and forms: one case a pair of files in tests/cases/extract/listings."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from coranto.extract import links

CASES = Path(__file__).parent.parent / "cases" / "extract" / "listings"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.html")))
def test_links_to_articles_are_told_from_the_rest(name):
    expected = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    found = links((CASES / f"{name}.html").read_bytes(), expected["url"])
    articles = [unquote(link.url).split(".example", 1)[1] for link in found if link.article]
    assert articles == expected["articles"]
    assert len(found) > len(articles)
    assert all(0.5 <= link.confidence <= 1 and link.title for link in found)


def test_an_address_comes_once_with_its_best_words():
    page = '<a href="/a/mill-turns-again"><img src="m.jpg"></a><a href="/a/mill-turns-again">Mill turns again</a>'
    assert [link.title for link in links(page, "https://x.example/")] == ["Mill turns again"]
    assert links('<a href="//[">broken</a><a>no address</a>', "https://x.example/") == ()
