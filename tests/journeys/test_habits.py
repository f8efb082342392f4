"""What readers do, in a real browser: a word with and without script, suggestions that follow what is read, marks over
two browsers, keys, and the way back to a paragraph."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys.test_manners import MOVED

pytestmark = pytest.mark.browser
PASSWORD = "a long walk by the harbour"
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}


def sign_in(tab) -> None:
    tab.goto("/account/login/")
    tab.get_by_label("User name or e-mail").fill("anna")
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("button", name="Sign out")).to_be_visible()


def pressed(tab) -> list[str]:
    return [word.split()[0] for word in tab.locator("#words [aria-pressed=true]").all_inner_texts()]


def some_report(told) -> int:
    """An outlet's own report."""
    return told.numbers(lambda piece: piece.kind == "report" and not piece.of)[0]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_word_is_said_changed_and_taken_back(tabs, demo_site, script):
    tab = tabs.open(demo_site.base, java_script_enabled=script, **(DESKTOP if script else PHONE))
    tab.goto(f"/a/{some_report(demo_site.told)}")
    words = tab.locator("#words")
    for word, holds in (("Useful", ["Useful"]), ("Moving", ["Moving"]), ("Moving", [])):
        words.get_by_role("button", name=word).click()
        expect(tab.locator("#said")).to_contain_text("counted" if holds else "taken back")
        if script:
            expect(tab.locator("#said")).to_be_focused()
        assert pressed(tab) == holds
    assert [cookie["name"] for cookie in tab.context.cookies()] == ["reader"]


def test_suggestions_follow_what_is_read_after_one_press_and_end_with_another(tabs, demo_site):
    told, tab = demo_site.told, tabs.open(demo_site.base, **PHONE)
    numbers = told.numbers(lambda piece: piece.kind == "report" and not piece.of)
    tab.goto(f"/a/{numbers[0]}")
    expect(tab.get_by_role("heading", name="From each section")).to_be_visible()
    tab.get_by_role("link", name="Why you see this").first.click()
    tab.get_by_role("button", name="Use what I read on this device").click()
    expect(tab.locator("#said")).to_contain_text("uses what you read")
    topic, about = told.most_told_topic()
    for number in about[:10]:
        tab.goto(f"/a/{number}")
    turned = f"You read 10 articles on {topic}"
    demo_site.running.until(lambda: turned in shown(tab, "/for-you"), 20)
    entries = tab.locator("#next li")
    expect(entries.first).to_contain_text(turned)
    turned_from = entries.first.locator("h3 a").get_attribute("href")
    entries.first.get_by_role("button", name="Less of this").click()
    expect(tab.locator("#said")).to_contain_text("Less like that")
    expect(entries.locator(f'a[href="{turned_from}"]')).to_have_count(0)
    tab.get_by_label("Something else, from never to often").fill("4")
    tab.locator("#made").get_by_role("button", name="Save").click()
    expect(entries.filter(has_text="so that the list does not close in").first).to_be_visible()
    tab.get_by_label("Plain time order").check()
    tab.locator("#made").get_by_role("button", name="Save").click()
    expect(entries.filter(has_text="In plain time order")).to_have_count(entries.count())
    tab.get_by_label("By what you read").check()
    tab.locator("#made").get_by_role("button", name="Save").click()
    tab.goto(f"/a/{numbers[-1]}")
    expect(tab.get_by_role("heading", name="For you", exact=True)).to_be_visible()
    expect(tab.get_by_text(re.compile("You read \\d+ articles? ")).first).to_be_visible()
    tab.goto("/for-you")
    tab.locator("#say .choice").first.get_by_label("Never").check()
    tab.locator("#say").get_by_role("button", name="Save").click()
    expect(tab.locator("#said")).to_contain_text("saved")
    expect(tab.locator("#say .choice").first.get_by_label("Never")).to_be_checked()
    tab.get_by_role("button", name="Forget everything").click()
    expect(tab.get_by_role("button", name="Use what I read on this device")).to_be_visible()
    assert tab.context.cookies() == []


def shown(tab, address: str) -> str:
    tab.goto(address)
    return tab.locator("main").inner_text()


def test_marks_hold_in_two_browsers_and_keys_make_them(tabs, served):
    served.folder.command("user", "add", "anna", given=PASSWORD + "\n")
    here, there = tabs.open(served.base, **DESKTOP), tabs.open(served.base, **PHONE)
    for tab in (here, there):
        sign_in(tab)
    here.goto("/latest")
    first, second = (here.locator(".river h3 a").nth(n).get_attribute("href") for n in range(2))
    here.keyboard.press("j")
    expect(here.locator(f'h3 a[href="{first}"]')).to_be_focused()
    here.keyboard.press("m")
    expect(here.locator(f'h3.was a[href="{first}"]')).to_be_focused()
    here.keyboard.press("j")
    here.keyboard.press("s")
    kept = here.locator("li", has=here.locator(f'a[href="{second}"]')).get_by_role("button", name="Keep")
    expect(kept).to_have_attribute("aria-pressed", "true")
    there.goto("/latest")
    expect(there.locator(f'h3.was a[href="{first}"]')).to_be_visible()
    there.get_by_role("link", name="Kept", exact=True).click()
    expect(there.locator("h3 a")).to_have_attribute("href", second)
    here.keyboard.press("Enter")
    here.wait_for_url(f"**{second}")
    here.keyboard.press("2")
    expect(here.locator("#words [aria-pressed=true]")).to_contain_text("Thorough")
    here.keyboard.press("u")
    here.wait_for_url("**/latest")
    for keys, address in ((("g", "s"), "/stories"), (("g", "h"), "/"), (("?",), "/about/keyboard")):
        for key in keys:
            here.keyboard.press(key)
        here.wait_for_url(f"**{address}")
    there.goto("/latest?unread=1")
    expect(there.locator(f'h3 a[href="{first}"]')).to_have_count(0)
    there.get_by_role("button", name="Mark these and older as read").first.click()
    expect(there.get_by_text("Nothing unread stands here.")).to_be_visible()


@pytest.mark.parametrize("signed_in", [True, False], ids=["account", "device"])
def test_the_way_back_to_a_paragraph_is_a_link(tabs, served, signed_in):
    served.folder.command("user", "add", "anna", given=PASSWORD + "\n")
    tab = tabs.open(served.base, **PHONE)
    tab.add_init_script(MOVED)
    if signed_in:
        sign_in(tab)
    tab.goto("/latest")
    longest = max(
        tab.locator(".river h3 a").evaluate_all("links => links.slice(0, 12).map((link) => link.href)"),
        key=lambda address: len(served.ask(address.removeprefix(served.base)).text),
    )
    tab.goto(longest)
    tab.locator("#p4").evaluate("part => scrollTo(0, part.getBoundingClientRect().top + scrollY - innerHeight / 3)")
    tab.wait_for_timeout(200)
    tab.goto("/latest")
    tab.goto(longest)
    link = tab.get_by_role("link", name=re.compile("Continue at paragraph"))
    expect(link).to_be_visible()
    told = int(link.inner_text().split()[-1])
    assert told in (4, 5) and tab.evaluate("scrollY") == 0 and tab.evaluate("window.moved") == 0
    link.click()
    expect(tab.locator(f"#p{told}")).to_be_in_viewport()
