"""How the pages of readers with accounts and of owners behave, and those that a visitor seldom meets: for readers by
ear, at any width, in weight, at rest."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

import page_kinds
import pytest

from journeys.conftest import BENCHMARKS
from journeys.running_site import Running
from journeys.test_manners import DESKTOP_LIGHT, HEAVIEST, MOVED, PHONE_DARK, holds_at_every_size

pytestmark = pytest.mark.browser
READERS = {
    "home-reader", "latest-unread", "kept", "for-you-known", "article-reader", "sources-reader", "account", "password",
    "sign-out", "account-delete", "password-again", "codes", "403-owner",
}  # fmt: skip
OWNERS = {
    "sources-owner", "owner-add", "owner-found", "owner-work", "owner-disk", "owner-settings", "owner-accounts",
    "owner-invited", "owner-changes", "owner-outlet", "owner-rules", "owner-why", "copy-owner", "author-owner",
    "owner-copying", "owner-record",
}  # fmt: skip
OUTSIDE = {"join", "sign-in-refused", "sign-up-open", "versions"}
FAULTS = {"410": 410, "429": 429, "500": 500, "503": 503}
STATUS = {"403-owner": 403, **FAULTS}
CHANGING = """<!doctype html><html lang="en"><head><title>{0}</title><link rel="canonical" href="https://post.example/pier">
<meta property="article:published_time" content="2026-03-24T13:00:00Z"></head><body><article><h1>{0}</h1>
<p>The bridge over the Kerrin was closed on Saturday after a diver found a crack in the second pier. {1}</p>
<p>Repairs take four months, engineers say, and ferries will run every hour, day and night, from both banks.</p>
<p>The council keeps a ledger of all inspections, which it has now opened to the public.</p></article></body></html>"""
WEIGHT = """performance.getEntriesByType("navigation")[0].decodedBodySize + performance.getEntriesByType("resource")
  .filter(one => /\\.(css|js)$/.test(one.name)).reduce((sum, one) => sum + one.decodedBodySize, 0)"""


@pytest.fixture(scope="module")
def site(demo_site, tmp_path_factory):
    """The demo's news on a site of this module's own; nothing is fetched."""
    folder = demo_site.folder.copied(tmp_path_factory.mktemp("signed-in") / "data")
    folder.command("user", "add", "edda", "--owner", given="the last owner of a site stays\n")
    with (folder.data / "settings.env").open("a") as settings:
        settings.write("\nSIGNUP=open\n")
    running = Running(folder, "serve")
    yield running
    assert running.stop().left == []


@pytest.fixture(scope="module")
def people(site):
    """A reader and an owner."""
    with page_kinds.accounts(site.folder.data) as made:
        yield made


@pytest.fixture(scope="module")
def changed(site, tmp_path_factory) -> int:
    """An article of which two versions differ."""
    pages = tmp_path_factory.mktemp("pages")
    for told in (("Pier closed over a crack", "Nobody was hurt."), ("Pier closed for weeks", "Two were hurt.")):
        (pages / "pier.html").write_text(CHANGING.format(*told))
        site.folder.command("import", str(pages))
    return max(article["id"] for article in site.folder.exported())


@pytest.fixture(scope="module")
def faults(site) -> dict[str, str]:
    """The pages that a running site does not show when asked, made in a process of their own."""
    made = "import json, sys, shots; json.dump(shots.faults(sys.argv[1]), sys.stdout)"
    done = subprocess.run(
        [sys.executable, "-c", made, site.base], cwd=BENCHMARKS, env=site.folder.environment, capture_output=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def as_if_answered(tab, base: str, kind: str, text: str):
    """Show a page as if the site had answered with it."""
    answer = {"status": FAULTS[kind], "content_type": "text/html; charset=utf-8", "body": text}
    tab.route(f"{base}/made-apart/{kind}", lambda route: route.fulfill(**answer))
    return tab.goto(f"/made-apart/{kind}")


@pytest.mark.parametrize("look", [DESKTOP_LIGHT, PHONE_DARK], ids=["light", "dark"])
def test_the_pages_of_readers_and_owners_are_as_good_as_those_of_visitors(
    tabs, demo_site, site, people, changed, faults, look
):
    seen = set()
    copy = demo_site.told.numbers(demo_site.told.is_farm)[0]
    there = site.ask(f"/a/{copy}").headers["location"]
    found = {"article": there, "copy": there, "author": first_author(site)}
    reader, owner, visitor = (tabs.open(site.base, **look) for _ in range(3))
    for tab in (reader, owner, visitor):
        tab.add_init_script(MOVED)
    as_reader, as_owner = page_kinds.of_reader(reader, people[0]), page_kinds.of_owner(owner, people[1], found)
    as_visitor = {"join": page_kinds.invitation(owner), "sign-in-refused": page_kinds.refused,
                  "sign-up-open": "/account/signup/", "versions": f"/a/{changed}/versions"}  # fmt: skip
    as_visitor |= {kind: partial(as_if_answered, base=site.base, kind=kind, text=faults[kind]) for kind in FAULTS}
    for tab, pages in ((reader, as_reader), (owner, as_owner), (visitor, as_visitor)):
        other = tab.context.new_page()  # its size changes, and what moves by that is no fault of a page
        for kind, where in pages.items():
            answer = page_kinds.go(tab, where)
            assert answer is None or answer.status == STATUS.get(kind, 200), kind
            assert tab.evaluate("window.moved") == 0, kind
            assert tab.evaluate(WEIGHT) <= HEAVIEST, kind
            page_kinds.go(other, where)
            holds_at_every_size(other, kind, every_rule=look is DESKTOP_LIGHT)
            seen.add(kind)
    assert seen == READERS | OWNERS | OUTSIDE | set(FAULTS)


def first_author(site: Running) -> str:
    latest = page_kinds.tree(site.base, "/latest")
    articles = page_kinds.links(latest, "/article/")
    authors = (page_kinds.links(page_kinds.tree(site.base, path), "/author/") for path in articles)
    return next(found[0] for found in authors if found)
