"""How the pages of readers with accounts and of owners behave: for readers by ear, at any width, in weight, at rest."""

from __future__ import annotations

import page_kinds
import pytest

from journeys.running_site import Running
from journeys.test_manners import DESKTOP_LIGHT, HEAVIEST, MOVED, NARROW_LIGHT, OF_A_LOOK, PHONE_DARK

pytestmark = pytest.mark.browser
READERS = {
    "home-reader", "latest-unread", "kept", "for-you-known", "article-reader", "sources-reader", "account", "password",
    "sign-out", "account-delete", "password-again", "codes", "403-owner",
}  # fmt: skip
OWNERS = {
    "sources-owner", "owner-add", "owner-found", "owner-work", "owner-disk", "owner-settings", "owner-accounts",
    "owner-invited", "owner-changes", "owner-outlet", "copy-owner", "author-owner",
}  # fmt: skip
OUTSIDE = {"join", "sign-in-refused"}
WEIGHT = """performance.getEntriesByType("navigation")[0].decodedBodySize + performance.getEntriesByType("resource")
  .filter(one => /\\.(css|js)$/.test(one.name)).reduce((sum, one) => sum + one.decodedBodySize, 0)"""


@pytest.fixture(scope="module")
def site(demo_site, tmp_path_factory):
    """The demo's news on a site of this module's own; nothing is fetched."""
    folder = demo_site.folder.copied(tmp_path_factory.mktemp("signed-in") / "data")
    folder.command("user", "add", "edda", "--owner", given="the last owner of a site stays\n")
    running = Running(folder, "serve")
    yield running
    assert running.stop().left == []


@pytest.fixture(scope="module")
def people(site):
    """A reader and an owner."""
    with page_kinds.accounts(site.folder.data) as made:
        yield made


@pytest.mark.parametrize(
    "look", [DESKTOP_LIGHT, PHONE_DARK, NARROW_LIGHT], ids=["desktop-light", "phone-dark", "narrow-light"]
)
def test_the_pages_of_readers_and_owners_are_as_good_as_those_of_visitors(tabs, demo_site, site, people, look):
    from axe_playwright_python.sync_playwright import Axe

    axe, seen, width = Axe(), set(), look["viewport"]["width"]
    rules = None if look is DESKTOP_LIGHT else {"runOnly": {"type": "rule", "values": list(OF_A_LOOK)}}
    copy = demo_site.told.numbers(demo_site.told.is_farm)[0]
    found = {"copy": site.ask(f"/a/{copy}").headers["location"], "author": first_author(site)}
    reader, owner, visitor = (tabs.open(site.base, **look) for _ in range(3))
    for tab in (reader, owner, visitor):
        tab.add_init_script(MOVED)
    as_reader, as_owner = page_kinds.of_reader(reader, people[0]), page_kinds.of_owner(owner, people[1], found)
    as_visitor = {"join": page_kinds.invitation(owner), "sign-in-refused": page_kinds.refused}
    for tab, pages in ((reader, as_reader), (owner, as_owner), (visitor, as_visitor)):
        for kind, where in pages.items():
            answer = page_kinds.go(tab, where)
            assert answer is None or answer.status == (403 if kind == "403-owner" else 200), kind
            assert tab.evaluate("window.moved") == 0, kind
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, kind
            assert tab.evaluate(WEIGHT) <= HEAVIEST, kind
            broken = axe.run(tab, options=rules).response["violations"]
            assert not broken, [(kind, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in broken]
            seen.add(kind)
    assert seen == READERS | OWNERS | OUTSIDE


def first_author(site: Running) -> str:
    latest = page_kinds.tree(site.base, "/latest")
    articles = page_kinds.links(latest, "/article/")
    authors = (page_kinds.links(page_kinds.tree(site.base, path), "/author/") for path in articles)
    return next(found[0] for found in authors if found)
