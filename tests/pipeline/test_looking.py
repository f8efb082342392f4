"""Looking at an address for somebody who waits: what is there, within a few seconds, and nothing stored."""

from __future__ import annotations

import pytest
from outlet_server import Page, paragraphs, rss

from coranto.pipeline import looking
from coranto.pipeline.adding import AddError, Wish
from coranto.sources.answers import FetchError
from coranto.store import articles, sources

WISH = Wish(allow_private=True, spacing=0.0)


def news(outlet, count: int = 3) -> None:
    entries = [{"path": f"/{n}", "title": f"Report {n}", "text": paragraphs("Kerrin")} for n in range(count)]
    head = '<title>The Lantern – News</title><link rel="alternate" type="application/rss+xml" title="All" href="/feed">'
    outlet.pages |= {
        "/": Page(f'<html lang="en"><head>{head}</head><body><p>Hello</p></body></html>'),
        "/feed": Page(rss(outlet.base, "The Lantern feed", entries), "application/rss+xml"),
        "/robots.txt": Page("User-agent: *\nCrawl-delay: 7\n", "text/plain"),
    }


def test_a_home_page_is_looked_into_and_nothing_is_stored(stored, outlet):
    news(outlet)
    found = looking.look(stored.settings, outlet.base + "/", WISH)
    assert (found.door.kind, found.door.url, found.door.outlet) == ("feed", outlet.base + "/feed", "The Lantern")
    assert found.feeds == (("All", outlet.base + "/feed"),) and found.delay == 7
    assert [one.title for one in found.seen] == ["Report 0", "Report 1", "Report 2"] and found.count == 3
    assert found.seen[0].lead.startswith("The council of Kerrin") and found.letters > 1000
    assert sources.listed() == [] and sources.outlets() == []


def test_what_is_here_already_is_counted(stored, outlet):
    news(outlet)
    source = sources.add_source(
        sources.add_outlet("The Lantern", outlet.base).id, "feed", outlet.base + "/feed", allow_private=True, spacing=0
    )
    tally = looking.ask(stored.settings, source.id)
    assert tally.new == 3 and sources.get(source.id).health.state == "well"
    news(outlet, 5)
    found = looking.look(stored.settings, outlet.base + "/feed", WISH)
    assert (found.count, found.known) == (5, 3) and articles.waiting()["fetch"] + articles.waiting()["read"] == 3


def test_it_takes_ten_seconds_at_most(stored, outlet, monkeypatch):
    monkeypatch.setattr(looking, "SECONDS", 0.3)
    outlet.pages["/"] = Page("<p>late</p>", delay=1.5)
    with pytest.raises(FetchError, match="no answer within|did not answer|seconds"):
        looking.look(stored.settings, outlet.base + "/", WISH)
    source = sources.add_source(sources.add_outlet("Late").id, "feed", outlet.base + "/", allow_private=True)
    monkeypatch.setattr(looking.fetching.Fetching, "refresh", waits_for_ever)
    with pytest.raises(FetchError, match="within"):
        looking.ask(stored.settings, source.id)
    assert sources.get(source.id).health.failures == 1


async def waits_for_ever(*_: object) -> None:
    import asyncio

    await asyncio.sleep(60)


def test_only_one_waits_at_a_time(stored, outlet):
    with looking._one_at_a_time:
        source = sources.add_source(sources.add_outlet("One").id, "feed", outlet.base + "/feed", allow_private=True)
        with pytest.raises(looking.Busy):
            looking.look(stored.settings, outlet.base + "/", WISH)
        with pytest.raises(looking.Busy):
            looking.ask(stored.settings, source.id)
    assert [row.id for row in sources.claim_due("worker", 5)] == [source.id]


@pytest.mark.parametrize(
    ("given", "says"),
    [("http://{host}/", "private network"), ("http://edda:secret@{host}/", "password"), ("no address", "no address")],
)
def test_what_may_not_be_looked_at(stored, outlet, given, says):
    news(outlet)
    with pytest.raises((AddError, FetchError), match=says):
        looking.look(stored.settings, given.format(host=outlet.base.partition("://")[2]), Wish())
    assert outlet.asked == []
