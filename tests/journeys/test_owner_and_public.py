"""Two people more: one who runs a site, adds an outlet by hand and withdraws an article of it; and one who comes from
outside to a site open to the public, reads openings, and signs in on the way."""

from __future__ import annotations

import re

import pytest
from outlet_server import OutletServer, Page, article_page, rss
from playwright.sync_api import expect

from journeys.running_site import Folder, Running

pytestmark = pytest.mark.browser
PASSWORD = "a long walk by the harbour"
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
FERRY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "At six in the morning nobody finds a seat on the first boat across the sound any more.",
        "The shipping line counted 4,180 people a day last week, where it had been 2,050 before Easter.",
        "Its captain, Runa Holt, says that cars are left standing on the quay every evening.",
        "A second boat lies in the yard and will not sail before May, because a part of the engine is missing.",
        "Saltrey's shopkeepers ask for a timetable that begins an hour earlier until then.",
    )
)
"""Another text than the bridge's throughout: sentences of one pattern would make one a copy of the other."""
OPENING = 200
"""So many letters of an article's opening a visitor without the right to whole texts may see."""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A running site without any outlet, and a function that opens an outlet for it on loopback."""
    folder = Folder(tmp_path_factory.mktemp("own") / "data")
    folder.command("init", "--no-user")
    with (folder.data / "settings.env").open("a") as settings:
        settings.write("\nFETCH_SPACING=0\n")
    folder.command("user", "add", "edda", "--owner", given=PASSWORD + "\n")
    running = Running(folder, "run")
    yield running
    assert running.stop().left == []


@pytest.fixture
def lantern():
    outlet = OutletServer()
    told = {
        "/bridge": ("Bridge closes for a week", "Kerrin", None),
        "/ferry": ("Ferry is twice as full", "Saltrey", FERRY),
    }
    entries = []
    for path, (headline, subject, body) in told.items():
        outlet.pages[path] = Page(article_page(outlet.base, path, headline, subject, body=body))
        entries.append({"path": path, "title": headline, "text": f"The {subject} harbour."})
    outlet.pages["/feed.xml"] = Page(rss(outlet.base, "The Lantern", entries), "application/rss+xml")
    outlet.pages["/"] = Page(
        '<!doctype html><html lang="en"><title>The Lantern</title>'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><h1>The Lantern</h1>'
    )
    yield outlet
    outlet.close()


def sign_in_here(tab, name: str) -> None:
    tab.get_by_label("User name or e-mail").fill(name)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("button", name="Sign out")).to_be_visible()


def text_is_read(site: Running, outlet: str) -> bool:
    """Whether the newest article of an outlet has its whole text, from its page."""
    own = {"Cookie": "none=of-this-site"}  # else the answer may be one that is kept for visitors
    listed = site.ask("/latest", **own).text
    found = re.search(rf'href="(/article/[^"]+)"[^>]*>Bridge closes(?:(?!</li>).)*<bdi>{outlet}<', listed, re.DOTALL)
    return bool(found) and "for the 8. time" in site.ask(found[1], **own).text


@pytest.mark.parametrize("script", [True, False], ids=["desktop", "phone without script"])
def test_an_outlet_is_added_by_hand_read_and_an_article_of_it_withdrawn(tabs, own_site, lantern, script):
    tab = tabs.open(own_site.base, java_script_enabled=script, **(DESKTOP if script else PHONE))
    tab.goto("/sources")
    tab.get_by_role("link", name="Sign in").click()
    sign_in_here(tab, "edda")
    tab.goto("/sources")
    tab.get_by_role("link", name="Add an outlet").click()
    tab.get_by_label("Address of the outlet").fill(lantern.base + "/")
    tab.get_by_text("If it is your own, or wants a password").click()
    tab.get_by_label("It may lie on a private address").check()
    tab.get_by_role("button", name="Look", exact=True).click()
    expect(tab.get_by_text("Bridge closes for a week")).to_be_visible()
    assert "Bridge closes" not in own_site.ask("/latest").text, "nothing is kept yet"
    name = "The Lantern" if script else "The Other Lantern"
    tab.get_by_label("Name", exact=True).fill(name)
    tab.get_by_role("button", name=re.compile("^Add ")).click()

    own_site.until(lambda: text_is_read(own_site, name), 60)
    tab.goto("/latest")
    tab.locator(".river li", has_text=name).get_by_role("link", name="Bridge closes for a week").click()
    expect(tab.locator("h1")).to_have_text("Bridge closes for a week")
    expect(tab.locator(".by")).to_contain_text(name)
    expect(tab.locator(".prose")).to_contain_text("The council of Kerrin met for the 8. time")
    address = tab.url.removeprefix(own_site.base)
    searched = "/search?q=Kerrin"
    assert all(address in own_site.ask(page).text for page in (searched, "/latest/feed"))

    tab.get_by_text("Withdraw this article").click()
    tab.get_by_label("Reason, shown at its address").fill("The outlet asked for it")
    tab.get_by_label("Yes, this article").check()
    tab.get_by_role("button", name="Withdraw it and delete its text").click()
    expect(tab.locator(".msg")).to_contain_text("was withdrawn")
    lists = ("/", "/latest", searched, "/latest/feed")
    # Every process that answers heeds once a second what was done elsewhere.
    own_site.until(lambda: own_site.ask(address).status == 410, 5)
    own_site.until(lambda: not any(address in own_site.ask(page).text for page in lists), 5)
    gone = own_site.ask(address)
    assert gone.status == 410 and "The outlet asked for it" in gone.text


@pytest.fixture(scope="module")
def public_site(demo_site, tmp_path_factory):
    """The demo's news on a site whose access is public, and a reader of it."""
    folder = demo_site.folder.copied(tmp_path_factory.mktemp("public") / "data")
    with (folder.data / "settings.env").open("a") as settings:
        settings.write("\nACCESS=public\n")
    folder.command("user", "add", "anna", given=PASSWORD + "\n")
    running = Running(folder, "serve")
    yield running
    assert running.stop().left == []


def long_report(told) -> int:
    """An outlet's own report that is much longer than its opening."""
    own = told.numbers(lambda piece: piece.kind == "report" and not piece.of)
    return next(number for number in own if len(told.readings[number]["text"]) > 10 * OPENING)


@pytest.mark.parametrize("script", [True, False], ids=["desktop", "phone without script"])
def test_a_public_visitor_gets_openings_and_after_signing_in_the_text(tabs, demo_site, public_site, script):
    told = demo_site.told
    number = long_report(told)
    last = told.readings[number]["text"].split("\n\n")[-1]
    tab = tabs.open(public_site.base, java_script_enabled=script, **(DESKTOP if script else PHONE))
    tab.goto(f"/a/{number}")
    assert len(tab.locator(".prose").inner_text().strip()) <= OPENING + 1
    expect(tab.locator(".whole")).to_contain_text("The whole text is at the outlet")
    assert tab.locator(".whole a").get_attribute("href") in {article["url"] for article in told.articles}
    assert tab.context.cookies() == []
    if script:
        from axe_playwright_python.sync_playwright import Axe

        assert Axe().run(tab).response["violations"] == []
    address = tab.url
    tab.get_by_role("link", name="Sign in").click()
    sign_in_here(tab, "anna")
    tab.goto(address)
    expect(tab.locator(".prose")).to_contain_text(last[:60])
    assert not tab.locator(".whole").count()
