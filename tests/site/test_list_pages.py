"""The list pages over a real store: what they say of their list, what stands larger, and nothing twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import entry, page_document
from small_site import headlines

from coranto.store import articles, intake, lists, sources
from coranto.web import addresses


def page(site, address: str, client=None) -> str:
    answer = (client or site.visitor()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/section/local", "/topic/bridges", "/"])
def test_nothing_stands_twice_on_a_list(site, address):
    site.publish("ledger", 12, section="Local")
    told = headlines(page(site, address))
    assert len(told) == len(set(told)) >= 9


def test_a_section_tells_how_much_it_holds_and_who_fills_it(site):
    site.publish("ledger", 12, section="Local")
    site.publish("post", 3, section="Local")
    shown = page(site, "/section/local")
    assert re.search(r"<dt>articles</dt><dd>15</dd>", shown) and 'class="tops"' in shown
    assert re.findall(r'<a href="/outlet/([^"]+)"><bdi>[^<]+</bdi></a> <span class="num">(\d+)<', shown) == [
        ("the-ledger", "12"), ("the-post", "3"),
    ]  # fmt: skip


def test_a_section_of_private_outlets_alone_is_nowhere_for_others(site):
    mine = site.account()
    alone = sources.add_outlet("The Closed", "https://closed.example/", section="Hush", private_to=mine.user.pk)
    site.newsroom.take(sources.add_source(alone.id, "feed", "https://closed.example/feed"), entry(1, "closed"))
    assert "Hush<" in page(site, "/section/hush", mine)
    for client in (site.visitor(), site.account("ben", owner=True)):
        for address in ("/section/hush", "/section/hush?unread=1", "/section/hush/feed"):
            answer = client.get(address)
            assert answer.status_code == 404 and "Hush" not in answer.content.decode()


def test_newcomers_get_what_is_in_their_language_first(site):
    for outlet, section, language in (("ledger", "World", "en"), ("wire", "World", "ar"), ("etoile", "Arts", "fr"),
                                      ("bay", "Sport", "en")):  # fmt: skip
        site.publish(outlet, 1, section=section, language=language)
    shown = page(site, addresses.article(articles.page(site.ids["courier 1"]).card))
    told = re.findall(r'<h3(?: lang="(\w+)")?>', shown.partition("From each section")[2].partition("</section>")[0])
    assert told == ["", "", "fr"], "the page is in English, and says so of none of its texts"


def test_the_share_of_own_reports_is_for_those_who_run_the_site(site):
    facts = page(site, "/outlet/the-glint", site.account("ada", owner=True))
    assert "own reports" in facts and "66 %" in facts and "median until read here" in facts
    assert "own reports" not in page(site, "/outlet/the-glint")
    assert "By its feed" in page(site, "/outlet/the-glint")


def test_stories_of_several_outlets_have_a_list_of_their_own(site):
    shown = page(site, "/stories")
    told = re.findall(r'<h3[^>]*><a href="(/story/[^"]+)"', shown)
    assert told == [f"/story/{site.ids['courier 1']}/bridge-1-of-courier-closes"]
    assert "first in" in shown and 'aria-current="page">Stories' in shown


def test_pages_of_the_list_of_stories_meet_in_both_directions(site):
    for _ in range(5):
        site.newsroom.group((site.publish("ledger", 1)[0], site.publish("wire", 1)[0]))
    everything = [story.id for story in lists.stories(per=100).stories]
    first = lists.stories(per=2)
    second = lists.stories(first.older, per=2)
    third = lists.stories(second.older, per=2)
    told = [story.id for each in (first, second, third) for story in each.stories]
    assert told == everything and len(told) == 6 and first.newer is third.older is None
    assert lists.stories(third.newer, per=2).stories == second.stories


def test_facts_count_days_and_what_is_in_them(site):
    site.publish("wire", 2, published=datetime.now(UTC) - timedelta(days=2), section="Local")
    found = lists.section_facts("local")
    assert (found.articles, sum(found.days), found.days[-3], found.telling) == (2, 2, 2, 1)
    assert lists.outlet_facts("the-wire").authors[0].name == "Ada Fenn"


def test_lists_say_when_a_live_report_had_its_last_entry_and_when_a_text_changed(site):
    entered = datetime.now(UTC).replace(hour=0, minute=1) - timedelta(days=1)
    site.publish("wire", 1, section="Local", kind="live", modified=entered)
    number = site.ids["post 2"]
    for title in ("Bridge 2 of post closes", "Bridge 2 of post is shut"):
        intake.store_document(page_document(title, "The whole of the text stands here."), article_id=number)
        site.newsroom.read()
    clock = r'<time datetime="[^"]+">(?:Yesterday )?\d\d:\d\d</time>'
    for address in ("/latest", "/search?q=ada", "/topic/bridges"):
        shown = page(site, address)
        assert re.search(rf"Live, last entry {clock}", shown), address
        told = re.findall(r'<a href="/a/(\d+)/versions">Updated <time[^>]+>[^<]+</time></a>', shown)
        assert told == [str(number)], address
    assert "Live, last entry" in page(site, "/section/local") + page(site, "/")


def test_the_story_page_leads_to_the_two_texts(site):
    shown = page(site, f"/story/{site.ids['courier 1']}/bridge-1-of-courier-closes")
    assert f'href="/a/{site.ids["glint 1"]}/compared"' in shown and "97 % of the text" in shown
