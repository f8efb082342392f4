"""The article page over a real store."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from newsroom import page_document
from small_site import SECRET_WORDS, headlines

from coranto.articles import Citation, Person
from coranto.store import grouping, intake, reads
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
    """Twenty readers make "most read" speak; what is read most is related, too, and stands in one list only."""
    here = site.ids["courier 1"]
    site.publish("ledger", 6)
    others = [number for number in site.ids.values() if number != here]
    grouping.save_related({here: [(number, "topics", ["Bridges"]) for number in others[:9]]})
    for number in others:
        reads.record_many([(number, f"visitor {n}", None, None) for n in range(20 if number in others[-8:] else 5)])
    shell.kept.forget()
    page = site.visitor().get(f"/a/{here}", follow=True).content.decode()
    lists = page[page.index('<div class="lists">') :]
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", lists)[:2] == ["Related", "Most read"]
    entries = headlines(lists)
    assert len(entries) == len(set(entries)) >= 8
    assert "last 24 hours" in lists and "20 readers" in lists and "Shares the topic Bridges" in lists


def test_with_few_readers_what_is_covered_most_stands_alone(site):
    here = site.ids["ledger 0"] = site.publish("ledger", 1)[0]
    page = site.visitor().get(f"/a/{here}", follow=True).content.decode()
    assert "Most covered" in page and "Most read" not in page and "2 independent origins" in page


def test_sources_named_in_the_text_lead_to_their_outlets_each_once(site):
    """An outlet is known by its name, by its name without the article, and by its host."""
    first, second = "The Post told of a crack.", "Courier.example had it, the post said."
    cites = (
        Citation("The Post", "outlet", "told", first, 0), Citation("POST", "outlet", "said", second, 30),
        Citation("Ada Post", "person", "said", "Ada Post said so.", 60),
        Citation("Nobody Wire", "outlet", "told", "No.", 90), Citation("courier.example", "outlet", "had", second, 30),
    )  # fmt: skip
    number = site.publish("glint", 1, cited=cites)[0]
    page = site.visitor().get(f"/a/{number}", follow=True).content.decode()
    listed = page[page.index('class="cites"') : page.index("</ul>", page.index('class="cites"'))]
    assert re.findall(r'href="([^"]+)"', listed) == ["/outlet/the-post", "/outlet/the-courier"]
    assert listed.count("<li>") == 4 and first in listed and "Nobody Wire" in listed


def test_an_opinion_says_so_and_a_place_stands_above_the_text(site):
    text = "<p>STENNET (Wire) - Two walkers came back.</p>"
    number = site.publish("glint", 1, section="Opinion", dateline="STENNET (Wire)", html=text)[0]
    page = site.visitor().get(f"/a/{number}", follow=True).content.decode()
    assert '<p class="kicker">Opinion</p>' in page and '<h1 class="opinion">' in page
    assert "<p><bdi>STENNET (Wire)</bdi></p>" in page and ">Two walkers came back.</p>" in page


@pytest.mark.parametrize(("signs", "told"), [(("Ada Fenn",), True), (("Bo Marsh",), False), ((), False)])
def test_a_biography_stands_by_the_person_it_names_and_by_nobody_else(site, signs, told):
    people = (Person("Ada Fenn", "Reporter", "Ada Fenn writes of moss."),)
    number = site.publish("glint", 1, authors=signs, people=people)[0]
    page = site.visitor().get(f"/a/{number}", follow=True).content.decode()
    assert ("Ada Fenn writes of moss." in page) is told


def change(site, name: str, title: str, text: str) -> int:
    """The outlet gives an article anew."""
    number = site.ids[name]
    intake.store_document(page_document(title, text), article_id=number)
    site.newsroom.read()
    return number


def test_an_updated_article_leads_to_what_differs(site):
    before, after = "Nobody was hurt, it said.\n\nMore follows.", "Two were hurt, it said.\n\nMore follows."
    change(site, "post 2", "Bridge closed", before)
    number = change(site, "post 2", "Bridge shut", after)
    reader = site.visitor()
    assert f'href="/a/{number}/versions">Updated' in reader.get(f"/a/{number}", follow=True).content.decode()
    page = reader.get(f"/a/{number}/versions").content.decode()
    assert "<del>Nobody was </del>hurt, it said." in page and "<ins>Two were </ins>hurt, it said." in page
    assert "Bridge closed" in page and "1 paragraph is the same" in page
    assert reader.get(f"/a/{number}/versions?to=1").status_code == 404
    assert reader.get(f"/a/{site.ids['courier 0']}/versions").status_code == 404


def test_a_copy_stands_beside_the_earliest_text(site):
    page = site.visitor().get(f"/a/{site.ids['glint 1']}/compared").content.decode()
    assert "The Courier" in page and "The Glint" in page and "The words of the two texts are the same." in page
    assert site.visitor().get(f"/a/{site.ids['courier 1']}/compared").status_code == 404


def test_a_public_visitor_gets_the_fields_of_a_difference_and_no_text(site):
    change(site, "post 2", "Bridge closed", f"Nobody was hurt. {SECRET_WORDS}")
    number = change(site, "post 2", "Bridge shut", f"Two were hurt. {SECRET_WORDS}")
    stranger = site.visitor()
    with override_settings(ACCESS="public"):
        for address in (f"/a/{number}/versions", f"/a/{site.ids['glint 1']}/compared"):
            page = stranger.get(address).content.decode()
            assert SECRET_WORDS not in page and "hurt" not in page and "who are signed in" in page
        assert "Bridge closed" in stranger.get(f"/a/{number}/versions").content.decode()
