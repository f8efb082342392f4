"""From an empty folder to news: front page, article, story, search and outlets, read in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DESKTOP = {"viewport": {"width": 1280, "height": 1000}, "color_scheme": "light"}


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def tab(request, tabs, demo_site):
    return tabs.open(demo_site.base, **request.param)


def rich(told) -> int:
    """An outlet's own report whose reading has everything an article page can show."""

    def everything(number: int) -> bool:
        reading, piece = told.readings[number], told.pieces[number]
        people = reading.get("people", [])
        return bool(
            piece.kind == "report" and not piece.of and piece.deck and len(reading["text"]) > 1500
            and reading.get("cited") and reading.get("tags") and any(one.get("bio") for one in people)
        )  # fmt: skip

    return next(number for number in sorted(told.pieces) if everything(number))


def plain(text: str) -> str:
    """Words with single blanks, hyphens that may not break as hyphens."""
    return re.sub(r"\s+", " ", text.replace("\u2011", "-")).strip()


def links(tab, selector: str) -> list[str]:
    return tab.locator(selector).evaluate_all("found => found.map(one => one.getAttribute('href'))")


def hits(tab) -> list[int]:
    """The numbers of the articles that the page of a search shows."""
    return [int(re.search(r"/article/(\d+)", link)[1]) for link in links(tab, ".results .river h3 a")]


def spoken(node) -> tuple[str, str]:
    """The language and the direction in which a browser takes an element, by its own marks or those around it."""
    return tuple(node.evaluate("one => [one.closest('[lang]').lang, getComputedStyle(one).direction]"))


def test_the_front_page_is_full_of_news(tab, demo_site):
    tab.goto("/")
    assert tab.title() == "Coranto"
    lead = tab.locator(".card.lead")
    expect(lead.locator("h2 a")).to_be_visible()
    told_by = int(re.match(r"(\d+) independent origins", lead.locator(".meta b").first.inner_text())[1])
    assert told_by >= 2 and lead.locator("svg.strip circle").count() >= 2
    beside = tab.locator(".second .card")
    assert beside.count() == (3 if lead.locator("img").count() else 2) and tab.locator(".row .card").count() >= 4
    if tab.viewport_size["width"] > 1000:
        ends = [one["y"] + one["height"] for one in (lead.bounding_box(), beside.last.bounding_box())]
        assert abs(ends[0] - ends[1]) < 160, "one of the columns at the top of the page ends in a hole"
    assert tab.locator(".river li").count() >= 8
    sections = links(tab, "nav.sections a[href^='/section/']")
    assert len(sections) >= 8 and len(sections) == len(set(sections))
    outlets = len(demo_site.told.world.outlets)
    assert f"{outlets} outlets read to" in tab.locator(".mast .meta").inner_text()
    shown = links(tab, "main :is(h2, h3, .others li) > a[href^='/article/']")
    assert len(shown) == len(set(shown)), "an article stands on the front page twice"
    assert "Drawing:" not in tab.locator("main").inner_text(), "a picture's caption is told as news"


def test_a_section_of_the_masthead_leads_to_its_articles(tab):
    tab.goto("/")
    link = tab.locator("nav.sections a[href^='/section/']").first
    name = link.inner_text()
    link.click()
    expect(tab.locator("h1")).to_have_text(name)
    assert tab.locator("nav.sections [aria-current=page]").inner_text() == name
    assert tab.locator(".river li").count() >= 5
    days = tab.locator(".river time").evaluate_all("found => found.map(one => one.dateTime)")
    assert days == sorted(days, reverse=True)


def test_the_latest_come_forty_a_page_and_every_article_is_met_once(tab, demo_site):
    tab.goto("/latest")
    met: list[str] = []
    while True:
        page = links(tab, ".river h3 a")
        older = tab.locator("a[rel=next]")
        assert len(page) == 40 or not older.count()
        met += page
        if not older.count():
            break
        # A click returns before the next page is whole; going to the link's address waits for it.
        tab.goto(older.get_attribute("href"))
    assert len(met) == len(set(met))
    told = demo_site.told
    own = told.numbers(lambda piece: not piece.of)
    numbers = {int(link.split("/")[2]) for link in met}
    assert numbers <= set(told.pieces) and len(numbers.intersection(own)) >= 0.98 * len(own)
    assert not any(told.is_farm(told.pieces[number]) for number in numbers), "a copy stands beside its original"


def test_an_article_shows_what_its_outlet_wrote(tab, demo_site):
    told = demo_site.told
    number = rich(told)
    piece, outlet = told.pieces[number], told.outlet(number)
    tab.goto(f"/a/{number}")
    assert plain(tab.locator("h1").inner_text()) == plain(piece.headline)
    crumbs = tab.locator("nav.crumb li").all_inner_texts()
    section = next(article["section"] for article in told.articles if article["id"] == number)
    assert crumbs[:2] == ["Home", section]
    names = " and ".join(author["name"] for author in piece.authors)
    assert plain(tab.locator(".by").inner_text()) == f"{names}, {outlet.name}"
    assert plain(tab.locator(".art-head .stand").inner_text()) == plain(piece.deck)
    body = plain(tab.locator(".prose").inner_text())
    assert all(plain(block) in body for block in piece.blocks if isinstance(block, str) and "{link:" not in block)
    ending = plain(tab.locator(".end").inner_text())
    cited = told.readings[number]["cited"][0]
    assert "Sources named in the text" in ending and plain(cited["name"]) in ending
    assert set(tab.locator(".end .chips a").all_inner_texts()) <= set(told.readings[number]["tags"])
    assert plain(piece.authors[0]["bio"]) in ending and "As the outlet gives it." in ending
    assert f"{demo_site.base.removeprefix('http://')}/a/{number}" in ending
    expect(tab.get_by_role("link", name="E-mail")).to_have_attribute("href", re.compile(r"^mailto:\?subject=.+&body="))
    expect(tab.get_by_role("button", name="Copy link")).to_be_visible()
    expect(tab.locator(".origin")).to_contain_text("First seen here, ")


def test_what_backs_a_date_opens_in_place(tab, demo_site):
    number = rich(demo_site.told)
    tab.goto(f"/a/{number}")
    at = demo_site.told.pieces[number].at
    evidence = tab.locator(".dated li")
    expect(evidence.first).to_be_hidden()
    tab.locator(".dated summary").click()
    expect(evidence.first).to_be_visible()
    said = plain(" ".join(evidence.all_inner_texts()))
    assert f"{at.day} {at:%B %Y}, {at:%H:%M} (+01:00)" in said and "First seen here on " in said


def test_a_reader_who_asks_for_it_gets_three_lists_that_share_no_entry(tab, demo_site):
    tab.goto("/for-you")
    tab.get_by_role("button", name="Use what I read on this device").click()
    tab.goto(f"/a/{demo_site.told.numbers(lambda piece: piece.kind == 'report' and not piece.of)[0]}")
    demo_site.running.until(lambda: tab.goto("/for-you") and "You read" in tab.locator("main").inner_text(), 20)
    tab.goto(f"/a/{rich(demo_site.told)}")
    names = tab.locator(".lists h2").all_inner_texts()
    assert names[0] == "Related" and names[1] in ("Most covered", "Most read") and names[-1] == "For you"
    entries = links(tab, ".lists h3 a, .thisstory li h3 a")
    assert len(entries) >= 9 and len(entries) == len(set(entries))
    assert all(why.strip() for why in tab.locator(".lists .why").all_inner_texts())
    tab.goto("/for-you")
    tab.get_by_role("button", name="Forget everything").click()
    assert tab.context.cookies() == []


def test_most_articles_have_three_related_ones_or_more(demo_site):
    """At most six: a list of what is alike ends before it would be filled with what is not. What is written in a
    language of which the demo has little has fewer than three."""
    counts = {}
    for number in demo_site.told.pieces:
        page = demo_site.ask(demo_site.ask(f"/a/{number}").headers["location"]).text
        listed = re.search(r"<h2>Related</h2>(.*?)</ul>", page, re.DOTALL)
        found = re.findall(r'<h3[^>]*><a href="/article/(\d+)/', listed[1]) if listed else []
        assert str(number) not in found and len(found) == len(set(found)) <= 6
        counts[number] = len(found)
    assert sum(count >= 3 for count in counts.values()) >= 0.8 * len(counts)


def test_a_story_shows_its_time_and_folds_its_copies(tab, demo_site):
    told = demo_site.told
    reprinted = told.numbers(lambda piece: piece.credit and told.outlet(told.number(piece.of)).credit)
    original = told.number(told.pieces[reprinted[-1]].of)
    tab.goto(f"/a/{original}")
    tab.locator(".thisstory h2 a").click()
    assert tab.locator("table.time-table tbody tr").count() >= 2
    assert tab.locator(".facts dt").all_inner_texts()[:2] == ["independent origins", "outlets"]
    fold = tab.locator(f'.cover > li:has(> h3 a[href^="/article/{original}/"]) details.fold')
    copy = fold.locator("li").first
    if fold.get_attribute("open") is None:
        expect(copy).to_be_hidden()
        fold.locator("summary").click()
    expect(copy).to_be_visible()
    assert re.match(r"\d+ cop(y|ies) on \d+ sites?", fold.locator("summary").inner_text())
    firsts = tab.locator("table.time-table tbody time").evaluate_all("found => found.map(one => one.dateTime)")
    assert firsts == sorted(firsts)


def common_word(told, language: str) -> str:
    """A word of six letters or more that stands in a few articles of a language and in no other language's."""

    def words(number: int) -> set[str]:
        return set(re.findall(r"\w{6,}", told.readings[number].get("text", "").lower()))

    here = told.numbers(lambda piece: told.world.outlets[piece.outlet].language == language)
    others = set().union(*(words(number) for number in told.pieces if number not in here))
    counts: dict[str, int] = {}
    for number in here:
        for word in words(number) - others:
            counts[word] = counts.get(word, 0) + 1
    few = {word: count for word, count in counts.items() if count <= 12}
    return max(sorted(few), key=few.get)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_search_finds_and_marks_words(tab, demo_site, language):
    told = demo_site.told
    word = common_word(told, language)
    tab.goto("/")
    tab.get_by_role("link", name="Search").first.click()
    tab.locator("input[name=q]").fill(word)
    tab.get_by_role("button", name="Search").click()
    found = hits(tab)
    expected = {
        number for number, reading in told.readings.items()
        if re.search(rf"\b{word}\b", f"{reading.get('title')} {reading.get('text')}", re.IGNORECASE)
    }  # fmt: skip
    assert expected and expected <= set(found)
    assert {told.outlet(number).language for number in expected} == {language}
    marks = tab.locator("mark.found").all_inner_texts()
    assert marks and any(word in mark.lower() for mark in marks)
    assert spoken(tab.locator(".results .river h3").first) == (language, "rtl" if language == "ar" else "ltr")


def test_a_search_is_narrowed_by_outlet_days_and_phrase(tabs, demo_site):
    told = demo_site.told
    tab = tabs.open(demo_site.base, **DESKTOP)
    number = rich(told)
    outlet, day = told.outlet(number).name, told.pieces[number].at.date()
    word = max(re.findall(r"\w{5,}", told.pieces[number].headline), key=len)
    tab.goto(f"/search?q={word}")
    everywhere = hits(tab)
    tab.get_by_label("Outlet", exact=True).select_option(label=outlet)
    tab.get_by_role("button", name="Apply").click()
    assert number in hits(tab) and set(hits(tab)) <= set(everywhere)
    assert {told.outlet(found).name for found in hits(tab)} == {outlet}
    tab.get_by_role("link", name=f"Remove: {outlet}").click()
    assert hits(tab) == everywhere
    tab.goto(f"/search?outlet={outlet}&since={day}&until={day}")
    assert number in hits(tab)
    assert {told.pieces[found].at.date() for found in hits(tab)} == {day}
    phrase = " ".join(told.readings[number]["text"].split()[3:8]).rstrip(".,;:?!”’")
    tab.goto("/search")
    tab.locator("input[name=q]").fill(f'"{phrase}"')
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert number in hits(tab)
    assert all(plain(phrase) in plain(told.readings[found]["text"]) for found in hits(tab))


def test_a_search_without_results_says_what_to_try(tab):
    tab.goto("/search?q=qzxwvk&time=week")
    expect(tab.get_by_role("heading", name="Nothing here has these words")).to_be_visible()
    tab.get_by_role("link", name="Search without them").click()
    assert tab.url.endswith("/search?q=qzxwvk")


def test_the_outlets_are_listed_with_their_health(tab, demo_site):
    tab.goto("/sources")
    outlets = demo_site.told.world.outlets
    assert set(tab.locator("table.rows tbody th bdi").all_inner_texts()) == {one.name for one in outlets.values()}
    states = tab.locator("table.rows tbody td:last-child").all_inner_texts()
    assert {plain(state).removeprefix("State").strip() for state in states} == {"Well"}
    ways = plain(" ".join(tab.locator("table.rows tbody small").all_inner_texts()))
    assert "sitemap, pages fetched" in ways and "listing page, pages fetched" in ways and "feed" in ways


def test_each_language_is_marked_as_itself(tab, demo_site):
    told = demo_site.told
    for outlet in told.world.outlets.values():
        number = told.numbers(lambda piece, name=outlet.id: piece.outlet == name)[0]
        tab.goto(f"/a/{number}")
        for part in ("h1", ".prose"):
            assert spoken(tab.locator(part)) == (outlet.language, outlet.direction)
        assert tab.locator("html").get_attribute("lang") == "en"
