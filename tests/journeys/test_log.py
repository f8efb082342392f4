"""The log of a remembered reader, in a real browser: from which list, for how long, whose it is, and that it goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journeys.test_habits import DESKTOP, PHONE

pytestmark = pytest.mark.browser


def begin(tab) -> bytes:
    """Have what is read kept; the words by which the store knows the device."""
    tab.goto("/for-you")
    tab.get_by_role("button", name="Use what I read on this device").click()
    expect(tab.locator("#said")).to_contain_text("uses what you read")
    return tab.context.cookies()[0]["value"].partition(":")[0].encode()


def log_of(tab) -> dict:
    return tab.request.get("/for-you/log.json").json()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_is_noted_of_a_reader_is_theirs_alone_and_goes_with_one_press(tabs, demo_site, served, script):
    here, there = (tabs.open(served.base, java_script_enabled=script, **look) for look in (DESKTOP, PHONE))
    key, other = begin(here), begin(there)
    here.goto(f"/a/{demo_site.told.numbers(lambda piece: piece.kind == 'report' and not piece.of)[0]}")
    link = here.locator('[href$="?in=related.1"]')
    number = link.get_attribute("href").split("/")[2]
    link.click()
    here.wait_for_url(f"**/article/{number}/*" if script else f"**/article/{number}/*?in=related.1")
    assert "?in=" not in here.url or not script
    expect(here.get_by_role("heading", name="Related")).to_be_visible()
    here.goto("/latest")
    served.until(lambda: len(log_of(here)["events"]) == 2, 20)
    last = log_of(here)["events"][0]
    assert (last["what"], last["list"], last["position"]) == ("read", "related", 1)
    assert (last["seconds"] == 0) if script else (last["seconds"] is None)
    assert {one["list"] for one in log_of(here)["lists"]} >= {"related", "covered"}
    theirs = log_of(there)
    assert theirs["events"] == theirs["lists"] == theirs["wishes"] == []
    assert "You read" not in there.locator("main").inner_text()
    assert held(served, key) and held(served, other)
    here.goto("/for-you")
    here.get_by_role("button", name="Forget everything").click()
    expect(here.get_by_role("button", name="Use what I read on this device")).to_be_visible()
    assert here.context.cookies() == [] and not held(served, key) and held(served, other)


def held(served, words: bytes) -> bool:
    """Whether the files of the database hold these words."""
    return any(words in file.read_bytes() for file in served.folder.data.glob("coranto.sqlite3*"))
