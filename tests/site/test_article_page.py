"""The article page over a real store."""

from __future__ import annotations

import re

from small_site import SECRET_WORDS, headlines

from coranto.store import grouping, reads
from coranto.web import shell


def test_it_shows_the_article_with_everything_the_outlet_gave(site):
    number = site.ids["courier 1"]
    answer = site.visitor().get(f"/a/{number}", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    for words in ("Bridge 1 of courier closes", "A crack in the second pier", "Ada Fenn", "The Courier", SECRET_WORDS,
                  "Ada Fenn covers bridges for courier.", "Meridian Wire", "Bridges"):  # fmt: skip
        assert words in page


def test_two_visitors_without_a_cookie_get_the_same_bytes(site):
    address = f"/article/{site.ids['post 1']}/bridge-1-of-post-closes"
    pages = [site.visitor().get(address, follow=True).content for _ in range(2)]
    assert pages[0] == pages[1]


def test_three_lists_with_reasons_and_windows_and_nothing_twice(site):
    """Ten readers make "most read" speak; what is read most is related, too, and stands in one list only."""
    here = site.ids["courier 1"]
    site.publish("ledger", 6)
    others = [number for number in site.ids.values() if number != here]
    grouping.save_related({here: [(number, "topics", ["Bridges"]) for number in others[:9]]})
    for number in others:
        reads.record_many([(number, f"visitor {n}", None, None) for n in range(10)])
    shell.kept.forget()
    page = site.visitor().get(f"/a/{here}", follow=True).content.decode()
    lists = page[page.index('<div class="lists">') :]
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", lists)[:2] == ["Related", "Most read"]
    entries = headlines(lists)
    assert len(entries) == len(set(entries)) >= 8
    assert "last 24 hours" in lists and "10 readers" in lists and "Shares the topic Bridges" in lists


def test_with_few_readers_what_is_covered_most_stands_alone(site):
    here = site.ids["ledger 0"] = site.publish("ledger", 1)[0]
    page = site.visitor().get(f"/a/{here}", follow=True).content.decode()
    assert "Most covered" in page and "Most read" not in page and "2 outlets report it" in page
