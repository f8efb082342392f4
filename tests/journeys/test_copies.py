"""Copies are shown as copies, in words that say what was seen and accuse nobody; honest pages show nothing of it."""

from __future__ import annotations

import re
from math import floor

import page_kinds
import pytest
from selectolax.lexbor import LexborHTMLParser

from coranto.stories.fingerprints import shingles

pytestmark = pytest.mark.browser

NEVER = ("stolen", "stole", "steal", "plagiar", "fake", "farm", "suspicious", "verified", "trusted", "lied", "theft",
         "content mill", "scrape", "redated", "re-dated", "resigned", "re-signed", "stripped",
         "uncredited")  # fmt: skip
"""What the site never says, and what the library calls it."""
SHARE = re.compile(r"^(\d+) % of this text was seen earlier in (.+?)(?:, under another (name and date|name|date))?\.$")
PASSWORD = "a long walk by the harbour"
NOBODY = "Admin"
"""What the farm signs with where it signs with no name."""
LEAST_APART = 2 * 86400
"""Seconds: dates that lie closer are one publication."""


@pytest.fixture
def tab(tabs, demo_site):
    return tabs.open(demo_site.base, viewport={"width": 1280, "height": 1000})


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2011", "-")).strip()


def rows(tab) -> dict[str, str]:
    """The lines of an article's record: name and what stands beside it."""
    names, values = tab.locator(".record dt").all_inner_texts(), tab.locator(".record dd").all_inner_texts()
    return dict(zip(names, map(plain, values), strict=True))


def test_every_copy_of_the_content_farm_is_set_beside_the_earliest_text(tab, demo_site):
    told = demo_site.told
    copies = told.numbers(told.is_farm)
    assert len(copies) >= 10
    for number in copies:
        piece = told.pieces[number]
        original = told.world.by_id[piece.of]
        outlet, signed = told.world.outlets[original.outlet].name, original.authors[0]["name"]
        tab.goto(f"/a/{number}")
        share, there, differs = SHARE.match(plain(tab.locator(".record .say").first.inner_text())).groups()
        assert 50 <= int(share) <= 100 and there == outlet
        beside = rows(tab)
        assert beside["Earliest seen"].startswith(outlet)
        name = piece.authors[0]["name"]
        here = "" if name == NOBODY else f" here: {name}"
        assert beside["Signed there"].startswith(signed + here) and NOBODY not in beside["Signed there"]
        assert f"{original.at.day} {original.at:%B %Y}" in beside["Dated there"]
        assert (
            ("here:" in beside["Dated there"])
            == ("date" in differs)
            == (abs((piece.at - original.at).total_seconds()) > LEAST_APART)
        )
        mark = f"({told.world.outlets[original.outlet].family})"
        kept, lost = f"Mentions {outlet}, as the earliest copy does", f"No link or mention of {outlet} found here"
        assert beside["Credit"].startswith(kept if mark in told.readings[number]["text"] else lost)
        own = told.world.outlets[piece.outlet].name
        assert plain(tab.locator(".by").inner_text()).startswith(own if name == NOBODY else f"Signed {name}")
        earliest = tab.get_by_role("link", name="Read the earliest copy")
        assert earliest.get_attribute("href").startswith(f"/article/{told.number(original.id)}/")
    earliest.click()
    assert plain(tab.locator("h1").inner_text()) == plain(original.headline)


def test_a_share_is_that_of_the_texts_and_rounded_down(tab, demo_site):
    told = demo_site.told
    for number in told.numbers(told.is_farm)[:5]:
        here, there = (shingles(told.readings[one]["text"]) for one in (number, told.number(told.pieces[number].of)))
        tab.goto(f"/a/{number}")
        shown = SHARE.match(plain(tab.locator(".record .say").first.inner_text()))[1]
        assert int(shown) == floor(100 * len(here & there) / min(len(here), len(there)) + 1e-9)


def read(demo_site, number: int) -> LexborHTMLParser:
    """An article's page as a tree."""
    page = demo_site.ask(demo_site.ask(f"/a/{number}").headers["location"])
    assert page.status == 200
    return LexborHTMLParser(page.text)


def test_a_credited_reprint_names_its_source_and_shows_no_difference(demo_site):
    told = demo_site.told
    reprints = told.numbers(lambda piece: bool(piece.credit))
    shown = {number: read(demo_site, number).css_first(".record") for number in reprints}
    records = {number: record for number, record in shown.items() if record is not None}
    assert len(records) >= 0.9 * len(reprints) >= 15
    for number, record in records.items():
        credit = record.css("dd")[-1].text()
        assert re.match(f"(Names|Links to|Carries the mark of|Mentions) {told.pieces[number].credit}", credit), credit


def test_no_honest_article_has_a_record_of_another_name_or_date(demo_site):
    told = demo_site.told
    for number in told.numbers(lambda piece: not told.is_farm(piece)):
        page = read(demo_site, number)
        assert not page.css(".record .g-changed, .record .w-changed"), number
        said = " ".join(node.text() for node in page.css(".record .say, .record small, .by"))
        assert not re.search("under another (name|date)|^here:|Signed ", said), (number, said)


def test_own_reports_say_when_they_were_first_seen_and_who_carries_them(tab, demo_site):
    told = demo_site.told
    taken = {told.pieces[number].of for number in told.numbers(told.is_farm)}
    honest = told.numbers(lambda piece: not piece.of and told.world.outlets[piece.outlet].language == "en")
    for number in [*[one for one in honest if told.pieces[one].id in taken][:3], *honest[:3]]:
        tab.goto(f"/a/{number}")
        carried = told.pieces[number].id in taken or any(p.of == told.pieces[number].id for p in told.pieces.values())
        line = plain(tab.locator(".origin").inner_text())
        ending = r"\d+ other outlets? carr(y|ies) this text\." if carried else r"No other outlet carries this text\."
        assert re.match(rf"First seen here, \w+day \d+ \w+, \d\d:\d\d\. {ending}", line), line


def test_no_page_accuses_anybody(demo_site):
    told = demo_site.told
    written = " ".join(
        f"{reading.get('title')} {reading.get('subtitle')} {reading.get('text')}" for reading in told.readings.values()
    ).lower()
    pages = [LexborHTMLParser(demo_site.ask(path).text) for path in ("/", "/latest", "/sources", "/about/stories")]
    pages += [read(demo_site, number) for number in told.numbers(told.is_farm)]
    stories = {node.attributes["href"] for page in pages for node in page.css("main a[href^='/story/']")}
    assert len(stories) >= 10
    pages += [LexborHTMLParser(demo_site.ask(path).text) for path in stories]
    for page in pages:
        said = page.css_first("main").text(separator=" ").lower()
        accusing = {found[0] for word in NEVER for found in re.finditer(rf"\b\w*{word}\w*", said)}
        assert not [word for word in accusing if word not in written]


def test_a_story_puts_a_copy_under_the_text_it_carries_and_opens_it(tab, demo_site):
    told = demo_site.told
    for number in told.numbers(told.is_farm):
        tab.goto(f"/a/{number}")
        if tab.locator("nav.crumb a[href^='/story/']").count():
            break
    piece = told.pieces[number]
    tab.locator("nav.crumb a[href^='/story/']").click()
    fold = tab.locator("details.fold[open]").first
    told_there = plain(fold.inner_text())
    assert f"Signed {piece.authors[0]['name']}" in told_there
    assert fold.locator(".g-changed").count() >= 1
    own = {plain(one) for one in tab.locator(".cover > li > .meta b").all_inner_texts()}
    assert tab.locator(".facts dd").first.inner_text() == str(len(own)), "the copies add nothing to the origins"
    under = tab.locator(".cover > li").filter(has=fold).locator("h3 a").first.get_attribute("href")
    assert under.startswith(f"/article/{told.number(piece.of)}/")


def test_those_who_run_the_site_see_the_content_farm_and_no_other_outlet_in_a_group(tabs, served, demo_site):
    served.folder.command("user", "add", "edda", "--owner", given=PASSWORD + "\n")
    tab = tabs.open(served.base, viewport={"width": 390, "height": 844})
    page_kinds.sign_in(tab, page_kinds.Account("edda", PASSWORD))
    tab.goto("/run/copying")
    farms = [outlet.name for outlet in demo_site.told.world.outlets.values() if outlet.farm]
    assert tab.locator("main h2").all_inner_texts() == farms
    assert set(tab.locator("main table th[scope=row]").all_inner_texts()) == set(farms)
    assert tab.locator("svg.carry text").last.text_content() == farms[0]
    tab.locator("ul.counts a").click()
    tab.get_by_role("link", name="Re-signed: copies with another name").click()
    assert tab.locator("#proof li").count() >= 10
