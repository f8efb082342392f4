"""When two addresses are one article, and when they are not."""

from __future__ import annotations

import pytest

from coranto.sources import absolute, address_key, canonical_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "HTTP://WWW.Ebb.example:80/a/../b?utm_source=rss&b=2&UTM_Medium=x&a=1#top",
            "http://www.ebb.example/b?b=2&a=1",
        ),
        ("https://ebb.example", "https://ebb.example/"),
        (" https://ebb.example/a?fbclid=1 ", "https://ebb.example/a"),
        ("https://ebb.example/?p=12&feed=rss", "https://ebb.example/?p=12"),
        ("https://ebb.example/?feed=42", "https://ebb.example/?feed=42"),
        ("https://ebb.example/#!/story/7", "https://ebb.example/#!/story/7"),
        ("https://ebb.example/caf\u00e9", "https://ebb.example/caf%C3%A9"),
        ("ftp://ebb.example/a", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_the_canonical_address(given: str | None, expected: str | None) -> None:
    assert canonical_address(given) == expected


SAME = (
    "https://ebb.example/news/tide",
    "http://www.ebb.example/news/tide/",
    "https://ebb.example:443/news/tide/index.html",
    "https://EBB.example/news/tide?utm_campaign=x&gclid=2#comments",
    "https://ebb.example/news/./tide/?mc_cid=1",
)


@pytest.mark.parametrize("url", SAME)
def test_one_article_has_one_key(url: str) -> None:
    assert address_key(url) == "ebb.example/news/tide"


@pytest.mark.parametrize(
    "url",
    [
        "https://ebb.example/news/tide?page=2",
        "https://ebb.example/amp/news/tide",
        "https://ebb.example/news/Tide",
        "https://m.ebb.example/news/tide",
        "https://ebb.example:8443/news/tide",
        "https://ebb.example/#!/news/tide",
    ],
)
def test_other_articles_have_other_keys(url: str) -> None:
    assert address_key(url) != "ebb.example/news/tide"


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("a.html", "https://ebb.example/x/feed", "https://ebb.example/x/a.html"),
        ("//cdn.example/a", "https://ebb.example/", "https://cdn.example/a"),
        ("//cdn.example/a", None, "https://cdn.example/a"),
        ("https://EBB.example/A\n", "https://other.example/", "https://EBB.example/A"),
        ("mailto:a@b.example", "https://ebb.example/", "mailto:a@b.example"),
        ("/a", None, "/a"),
        ("http://[bad", "https://ebb.example/", "http://[bad"),
        ("  ", "https://ebb.example/", None),
    ],
)
def test_addresses_become_absolute(url: str, base: str | None, expected: str | None) -> None:
    assert absolute(url, base) == expected
