"""How every page behaves: at any width, in light and dark, without script, for readers by ear, and towards others."""

from __future__ import annotations

import re

import page_kinds
import pytest

PHONE_DARK = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DESKTOP_LIGHT = {"viewport": {"width": 1280, "height": 1000}, "color_scheme": "light"}
WIDTHS = (320, 390, 800, 1280)
SIZES = ((1280, 1000), (390, 844), (320, 700))
WANTED = {
    "home", "latest", "archive", "section", "outlet", "topic", "author", "article", "copy", "story", "story-copies",
    "search", "search-narrowed", "search-empty", "search-plain", "sources", "sign-in", "forgotten", "sign-up",
    "for-you", "text-and-colours", "about", "grouping", "keyboard", "400", "404", "stories", "differences",
    "article-long", "article-short",
}  # fmt: skip
HEAVIEST = 60 * 1024
"""Bytes of a page with its style and script, before compression."""
OF_A_LOOK = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "meta-viewport")
LIKE_LATEST = {"archive", "section", "outlet", "topic", "author"}
MOVED = """window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())
  window.moved += entry.value; }).observe({ type: "layout-shift", buffered: true });"""
LINKS = "found => found.map(one => one.getAttribute('href')).filter(one => !one.startsWith('mailto:'))"


@pytest.fixture(scope="package")
def paths(demo_site) -> dict[str, str]:
    """A page of every kind, by its kind; articles also in the two other languages."""
    told = demo_site.told
    found = page_kinds.of_visitors(demo_site.base)
    for language in ("fr", "ar"):
        pieces = told.numbers(lambda piece, name=language: told.world.outlets[piece.outlet].language == name)
        found[f"article-{language}"] = demo_site.ask(f"/a/{pieces[0]}").headers["location"]
    return found


def test_a_walk_through_the_site_meets_every_kind_of_page(paths):
    assert set(paths) == WANTED | {"article-fr", "article-ar"}


@pytest.mark.browser
@pytest.mark.parametrize("look", [DESKTOP_LIGHT, PHONE_DARK], ids=["light", "dark"])
def test_no_page_breaks_a_rule_for_readers_by_ear_and_by_key(tabs, demo_site, paths, look):
    tab = tabs.open(demo_site.base, **look)
    for kind, path in paths.items():
        if look is DESKTOP_LIGHT or kind not in LIKE_LATEST:  # one list page stands for those of the same template
            tab.goto(path)
            holds_at_every_size(tab, kind, every_rule=look is DESKTOP_LIGHT)


def holds_at_every_size(tab, kind: str, every_rule: bool) -> None:
    """Nothing is too wide and axe finds nothing at any of `SIZES`; what a size cannot break is asked at the first."""
    from axe_playwright_python.sync_playwright import Axe

    some = {"runOnly": {"type": "rule", "values": list(OF_A_LOOK)}}
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)
        rules = None if every_rule and (width, height) == SIZES[0] else some
        broken = Axe().run(tab, options=rules).response["violations"]
        assert not broken, [(kind, width, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in broken]


@pytest.mark.browser
@pytest.mark.parametrize("look", [DESKTOP_LIGHT, PHONE_DARK], ids=["desktop-light", "phone-dark"])
def test_nothing_moves_while_a_page_is_shown(tabs, demo_site, paths, look):
    tab = tabs.open(demo_site.base, **look)
    tab.add_init_script(MOVED)
    for kind, path in paths.items():
        tab.goto(path, wait_until="load")
        assert tab.evaluate("window.moved") == 0, kind


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_at_any_width(tabs, demo_site, paths, scheme):
    tab = tabs.open(demo_site.base, color_scheme=scheme)
    grounds = set()
    for kind, path in paths.items():
        tab.set_viewport_size({"width": WIDTHS[0], "height": 800})
        tab.goto(path)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)
        grounds.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == {"rgb(255, 255, 255)" if scheme == "light" else "rgb(21, 24, 27)"}


@pytest.mark.browser
def test_every_page_is_whole_without_script(tabs, demo_site, paths):
    with_script = tabs.open(demo_site.base, **DESKTOP_LIGHT)
    without = tabs.open(demo_site.base, **DESKTOP_LIGHT, java_script_enabled=False)
    for kind, path in paths.items():
        words, addresses = [], []
        for tab in (with_script, without):
            tab.goto(path)
            shown = tab.locator("main").inner_text()
            words.append(re.sub(r"Copy link|Share on this device|Use the keys in this browser|\s+", " ", shown).split())
            addresses.append(tab.locator("a[href]").evaluate_all(LINKS))
        assert addresses[0] == addresses[1], kind
        # Ages are kept fresh by script, and a minute may have passed between the two.
        assert [word for word in words[0] if not word.isdigit()] == [w for w in words[1] if not w.isdigit()], kind


@pytest.mark.browser
def test_searching_choosing_colours_and_opening_evidence_need_no_script(tabs, demo_site, paths):
    tab = tabs.open(demo_site.base, java_script_enabled=False)
    tab.goto("/search")
    tab.locator("input[name=q]").fill("parliament")
    tab.get_by_role("button", name="Search").click()
    assert tab.locator("mark.found").count()
    tab.goto(paths["article"])
    tab.locator(".dateline .dated summary").click()
    assert tab.locator(".dateline .dated li").first.is_visible()
    tab.goto("/text-and-colours")
    tab.get_by_label("Dark").check()
    tab.get_by_role("button", name="Save").click()
    tab.goto("/")
    assert tab.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.browser
def test_keys_save_steps_where_scripts_run(tabs, demo_site, paths):
    tab = tabs.open(demo_site.base, **DESKTOP_LIGHT)
    tab.goto("/latest")
    heads = tab.locator(".river h3 a")
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.href") == heads.nth(place).evaluate("one => one.href")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "/article/" in tab.url
    tab.keyboard.press("e")
    assert tab.locator(".dated li").first.is_visible()
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert tab.url.endswith("/latest")


@pytest.mark.browser
def test_a_keyboard_reaches_the_text_first_and_sees_where_it_is(tabs, demo_site):
    tab = tabs.open(demo_site.base, **DESKTOP_LIGHT)
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main")


def test_every_answer_forbids_foreign_script_and_frames(demo_site, paths):
    for kind, path in paths.items():
        answer = demo_site.ask(path)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'", kind
        assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'", kind
        assert answer.headers["x-content-type-options"] == "nosniff" and "referrer-policy" in answer.headers
        assert not re.search(r" style=| on\w+=\"|<style|<iframe|javascript:", answer.text), kind
        assert not re.search(r'(?:src|srcset)="(?!/)', answer.text), kind


def test_a_reader_without_a_cookie_gets_none_and_the_same_bytes(demo_site, paths):
    for kind, path in paths.items():
        answers = [demo_site.ask(path, User_Agent=f"Mozilla/5.0 reader {n}") for n in range(2)]
        assert not any("set-cookie" in answer.headers for answer in answers), kind
        bodies = [re.sub(r">\d+ (?:min|h) ago<", "", answer.text) for answer in answers]
        assert bodies[0] == bodies[1], kind


def test_pages_are_compressed_and_small(demo_site, paths):
    home = demo_site.ask("/").text
    style, script = (demo_site.ask(re.search(rf'"(/static/coranto\.\w+\.{kind})"', home)[1]) for kind in ("css", "js"))
    assert len(style.body) <= 28 * 1024 and len(script.body) <= 8 * 1024
    for kind, path in paths.items():
        packed = demo_site.ask(path, Accept_Encoding="gzip")
        plain = demo_site.ask(path)
        assert len(plain.body) + len(style.body) + len(script.body) <= HEAVIEST, (kind, len(plain.body))
        if packed.headers.get("content-encoding"):
            assert len(packed.body) < len(plain.body)


def test_static_files_are_kept_for_a_year_and_feeds_are_found(demo_site, paths):
    home = demo_site.ask("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', home):
        answer = demo_site.ask(address)
        assert answer.status == 200 and "max-age=31" in answer.headers["cache-control"], address
    feed = demo_site.ask(re.search(r'application/atom\+xml" href="([^"]+)"', home)[1])
    assert feed.status == 200 and feed.text.count("<entry") >= 20
    assert demo_site.ask("/robots.txt").text.startswith("User-agent:")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/article/99999999/nothing", 404, "Nothing is at this address"),
        ("/a/99999999999999999999", 404, "Nothing is at this address"),
        ("/archive/2026-02-31", 400, "This was not understood"),
        ("/section/no-such-section", 404, "Nothing is at this address"),
    ],
)
def test_a_wrong_address_gets_a_plain_sentence_and_a_way_on(demo_site, path, status, says):
    answer = demo_site.ask(path)
    assert (answer.status, says in answer.text, 'href="/"' in answer.text) == (status, True, True)


def test_an_unknown_host_and_a_foreign_form_are_refused(demo_site):
    answer = demo_site.ask("/", Host="evil.example")
    assert answer.status == 400 and "ALLOWED_HOSTS" in answer.text
