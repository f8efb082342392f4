"""What happens to articles after they came: changed by their outlet, withdrawn, moved, removed; stops and starts."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from journeys.running_site import Running

sys.path.append(str(Path(__file__).resolve().parent.parent / "pipeline"))

from outlet_server import OutletServer, Page, article_page, rss  # noqa: E402

PASSWORD = "correct horse battery staple"


def counts(articles: list[dict]) -> dict:
    """What stands in an export, less what differs from run to run."""
    return {article["id"]: {name: article[name] for name in ("url", "date", "outlet", "section", "state", "reading")}
            for article in articles}  # fmt: skip


def versions(folder) -> int:
    """How many documents the store holds."""
    import sqlite3

    with sqlite3.connect(folder.data / "coranto.sqlite3") as store:
        return store.execute("SELECT count(*) FROM document").fetchone()[0]


def test_ctrl_c_ends_the_site_and_everything_it_started(demo_site):
    stopped = demo_site.first_stop
    assert stopped.code == 0 and stopped.children >= 3 and stopped.left == []
    assert "Stopping" in stopped.said and "Traceback" not in stopped.said


def test_a_second_start_shows_pages_soon_and_adds_nothing(demo_site):
    assert demo_site.running.seconds_to_first_page < 15
    before = versions(demo_site.folder)
    said = demo_site.folder.command("fetch", "--json")
    assert '"failed": 0' in said and '"new": 0' in said and '"changed": 0' in said
    assert counts(demo_site.folder.exported()) == counts(demo_site.first_articles)
    assert versions(demo_site.folder) == before
    assert demo_site.folder.filled()


def test_the_demo_holds_every_article_of_the_invented_outlets(demo_site):
    told = demo_site.told
    assert len(told.world.outlets) >= 8 and len(told.pieces) == len(told.world.by_id) >= 120
    for number, piece in told.pieces.items():
        assert plain(told.readings[number].get("title") or "") == plain(piece.headline)


def test_what_the_outlets_wrote_is_read_as_they_wrote_it(demo_site):
    told = demo_site.told
    right = {"authors": 0, "time": 0, "text": 0}
    for number, piece in told.pieces.items():
        reading = told.readings[number]
        signed = [piece.credit] if piece.credit else [author["name"] for author in piece.authors]
        right["authors"] += reading.get("authors", []) == signed
        right["time"] += (reading.get("published") or "").startswith(f"{piece.at:%Y-%m-%dT%H:%M}")
        text = plain(reading.get("text", ""))
        own = [plain(block) for block in piece.blocks if isinstance(block, str) and "{link:" not in block]
        right["text"] += all(paragraph in text for paragraph in own)
    shares = {name: count / len(told.pieces) for name, count in right.items()}
    assert shares["authors"] >= 0.94 and shares["time"] >= 0.98 and shares["text"] >= 0.97, shares


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("room", ["article", "story"])
def test_addresses_last(demo_site, room):
    if room == "article":
        short = demo_site.ask("/a/1")
        there = short.headers["location"]
        assert short.status == 301 and there.startswith("/article/1/")
    else:
        there = re.search(r'href="(/story/\d+/[^"]+)"', demo_site.ask("/").text)[1]
    assert demo_site.ask(there).status == 200
    bare = there.rpartition("/")[0]
    for wrong in (bare, bare + "/another-slug"):
        answer = demo_site.ask(wrong)
        assert (answer.status, answer.headers["location"]) == (301, there)
    assert demo_site.ask(f"/{room}/987654321/x").status == 404


def withdrawn(served: Running, number: int) -> tuple[str, str]:
    """Withdraw an article; its address and its headline."""
    address = served.ask(f"/a/{number}").headers["location"]
    headline = re.search(r"<h1[^>]*>([^<]+)", served.ask(address).text)[1]
    served.folder.command("withdraw", str(number), "--reason", "Asked for by the person concerned")
    served.until(lambda: served.ask(address).status == 410, 5)  # what is kept is emptied within a second
    return address, headline


def test_a_withdrawn_article_is_gone_everywhere_and_says_why(served, demo_site):
    told = demo_site.told
    number = told.numbers(lambda piece: not piece.of and told.world.outlets[piece.outlet].language == "en")[0]
    address, headline = withdrawn(served, number)
    gone = served.ask(address)
    assert gone.status == 410 and "This article was withdrawn" in gone.text
    assert "The reason given: Asked for by the person concerned" in gone.text
    assert served.ask(f"/a/{number}").status == 410
    outlet = re.search(r'href="(/outlet/[^"]+)"', demo_site.ask(address).text)[1]
    day = told.pieces[number].at.date()
    words = "+".join(re.findall(r"\w{4,}", headline))
    for path in ("/", "/latest", outlet, f"/archive/{day}", f"/search?q={words}", "/latest/feed"):
        assert f"/article/{number}/" not in served.ask(path).text, path
    fetched = served.folder.command("fetch", "--json")
    assert '"new": 0' in fetched
    assert served.ask(address).status == 410


@pytest.mark.browser
def test_the_page_of_a_withdrawn_article_is_fit_for_readers_by_ear(served, demo_site, tabs):
    from axe_playwright_python.sync_playwright import Axe

    address, _ = withdrawn(served, 1)
    tab = tabs.open(served.base, viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert tab.goto(address).status == 410
    assert Axe().run(tab).response["violations"] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_one_press_of_the_owner_removes_the_invented_outlets(served, tabs):
    served.folder.command("user", "add", "anna", "--owner", given=PASSWORD + "\n")
    served.folder.command("user", "add", "ben", given=PASSWORD + "\n")
    press = "Remove the invented outlets and their articles"
    for name, may in (("ben", False), ("anna", True)):
        tab = tabs.open(served.base)
        tab.goto("/sources")
        assert not tab.get_by_role("button", name=press).count()
        tab.get_by_role("link", name="Sign in").click()
        tab.get_by_label("User name or e-mail").fill(name)
        tab.get_by_label("Password").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in").click()
        tab.goto("/sources")
        assert tab.get_by_role("button", name=press).count() == may
    tab.get_by_role("button", name=press).click()
    assert re.match(r"\d+ invented outlets and their articles were removed\.", tab.locator(".msg").inner_text())
    assert "No outlets yet." in tab.locator("main").inner_text()
    tab.goto("/")
    assert "No articles yet" in tab.locator("main").inner_text()
    assert served.folder.exported() == [] and served.ask("/a/1").status in (404, 410)
    assert served.ask("/search?q=parliament").text.count("/article/") == 0


def test_the_command_removes_the_invented_outlets_and_nothing_else(demo_site, tmp_path):
    folder = demo_site.folder.copied(tmp_path / "data")
    outlet = changing_outlet()
    folder.command("add", f"{outlet.base}/feed.xml", "--allow-private", "--spacing", "0")
    folder.command("fetch", outlet.base + "/feed.xml")
    outlet.close()
    assert re.search(r"Removed \d+ invented outlets and \d+ articles", folder.command("demo", "--remove"))
    assert [article["outlet"] for article in folder.exported()] == ["The Lantern"]
    assert not (folder.data / "demo.json").exists()
    folder.command("demo", "--remove", expect=3)


def changing_outlet() -> OutletServer:
    """An outlet that is not of the demo, with one article."""
    outlet = OutletServer()
    says(outlet, "Bridge closes for a week")
    return outlet


def says(outlet: OutletServer, headline: str) -> None:
    """Put this headline over the outlet's one article, on its page and in its feed."""
    outlet.pages["/bridge"] = Page(article_page(outlet.base, "/bridge", headline, "Kerrin"))
    entry = {"path": "/bridge", "title": headline, "text": "The bridge over the Kerrin."}
    outlet.pages["/feed.xml"] = Page(rss(outlet.base, "The Lantern", [entry]), "application/rss+xml")


@pytest.mark.browser
def test_an_article_that_its_outlet_changed_says_so_and_what_it_said_before(served, tabs):
    outlet = changing_outlet()
    served.folder.command("add", f"{outlet.base}/feed.xml", "--allow-private", "--spacing", "0")
    served.folder.command("fetch", f"{outlet.base}/feed.xml")
    article = max(served.folder.exported(), key=lambda one: one["id"])
    tab = tabs.open(served.base)
    tab.goto(f"/a/{article['id']}")
    assert tab.locator("h1").inner_text() == "Bridge closes for a week"
    assert "Updated" not in tab.locator(".dateline").inner_text()
    says(outlet, "Bridge closes for a year")
    served.folder.command("fetch", f"{outlet.base}/feed.xml")
    outlet.close()
    tab.goto(f"/a/{article['id']}")
    assert tab.locator("h1").inner_text() == "Bridge closes for a year"
    assert re.search(r"Updated \d\d:\d\d", tab.locator(".dateline").inner_text())
    assert "It was: “Bridge closes for a week”." in tab.locator(".origin").inner_text()
