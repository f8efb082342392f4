"""One page of every kind of a running site, for screenshots and for tests that look at all pages.

`of_visitors` walks the site as a program does; `of_reader` and `of_owner` take a browser's tab that is signed in, do
what such a person does, and name the pages that only they see. A page is its path, or, where it is the answer to a
form, what is done in the tab to come to it.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from instruments import page
from selectolax.lexbor import LexborHTMLParser

PLAIN = {
    "home": "/",
    "latest": "/latest",
    "stories": "/stories",
    "search-empty": "/search?q=qzxwvk",
    "sources": "/sources",
    "sign-in": "/account/login/",
    "forgotten": "/account/forgotten",
    "sign-up": "/account/signup/",
    "for-you": "/for-you",
    "text-and-colours": "/text-and-colours",
    "about": "/about",
    "grouping": "/about/stories",
    "keyboard": "/about/keyboard",
    "search-plain": "/search",
    "400": "/archive/2026-02-31",
    "404": "/nothing-here/kerrin-bridge",
}
FOR = "Screenshots"
"""The note on the invitation that is made to be looked at."""

Where = str | Callable
"""A page's path, or what is done in a tab to come to it."""


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    password: str


def go(tab, where: Where):
    """Bring a tab to a page, and give its answer (None where a form led there)."""
    return tab.goto(where) if isinstance(where, str) else where(tab)


def of_visitors(base: str) -> dict[str, str]:
    """The path of one page of each kind; a kind that the site has no page of is left out."""
    found = dict(PLAIN)
    home, latest = tree(base, "/"), tree(base, "/latest")
    found |= first(home, "section", "/section/")
    if newest := latest.css_first(".river time"):
        found["archive"] = f"/archive/{newest.attributes['datetime'][:10]}"
    found |= fullest_story(base, [*links(home, "/story/"), *links(latest, "/story/")])
    if "article" not in found:
        found |= first(home, "article", "/article/")
    if "article" in found:
        shown = tree(base, found["article"])
        for kind in ("outlet", "author", "topic"):
            found |= first(shown, kind, f"/{kind}/")
        words = re.findall(r"\w{5,}", shown.css_first("h1").text())
        found["search"] = "/search?q=" + quote(max(words, key=len, default="the"))
        found["search-narrowed"] = found["search"] + "&time=year&own=1"
    found |= longest_headline(base)
    return found | changed_copy(base)


def fullest_story(base: str, stories: list[str]) -> dict[str, str]:
    """The story with most texts, and the first of them."""
    found: dict[str, str] = {}
    most = 0
    for path in dict.fromkeys(stories):
        heads = tree(base, path).css(".cover > li h3 a")
        if len(heads) > most:
            most = len(heads)
            found = {"story": path, "article": heads[0].attributes["href"]}
    return found


def changed_copy(base: str) -> dict[str, str]:
    """A copy whose name or date differs from the earliest, and its story; nothing where no outlet's newest is one."""
    for outlet in dict.fromkeys(links(tree(base, "/sources"), "/outlet/")):
        for path in links(tree(base, outlet), "/article/")[:1]:
            shown = tree(base, path)
            if shown.css(".record .g-changed"):
                compared = {"differences": f"/a/{path.split('/')[2]}/compared"}
                return {"copy": path} | first(shown, "story-copies", "/story/") | compared
    return {}


def longest_headline(base: str) -> dict[str, str]:
    """The articles with the longest and the shortest of the latest headlines."""
    heads = {node.attributes["href"]: len(node.text()) for node in tree(base, "/latest").css(".river h3 a")}
    if not heads:
        return {}
    return {"article-long": max(heads, key=heads.get), "article-short": min(heads, key=heads.get)}


def tree(base: str, path: str) -> LexborHTMLParser:
    status, text = page(base + path)
    if status != 200:
        raise SystemExit(f"{base}{path} answered {status or 'nothing'}. Is the site running? Name it by --base")
    return LexborHTMLParser(text)


def links(shown: LexborHTMLParser, prefix: str) -> list[str]:
    return [node.attributes["href"] for node in shown.css(f"main a[href^='{prefix}'], nav a[href^='{prefix}']")]


def first(shown: LexborHTMLParser, kind: str, prefix: str) -> dict[str, str]:
    found = links(shown, prefix)
    return {kind: found[0]} if found else {}


@contextmanager
def accounts(data: Path) -> Iterator[tuple[Account, Account]]:
    """A reader and an owner, made in the site's data folder and taken away at the end."""
    made = tuple(Account(f"{kind}-{secrets.token_hex(3)}", secrets.token_urlsafe(12)) for kind in ("reader", "owner"))
    for account, words in zip(made, ((), ("--owner",)), strict=True):
        command(data, "user", "add", account.name, *words, given=account.password + "\n")
    try:
        yield made
    finally:
        for account in made:
            command(data, "user", "remove", account.name, given="y\n")


def command(data: Path, *words: str, given: str = "") -> None:
    environment = {**os.environ, "CORANTO_DATA": str(data)}
    subprocess.run(
        [sys.executable, "-m", "coranto", *words], env=environment, input=given, text=True, check=True,
        capture_output=True,
    )  # fmt: skip


def sign_in(tab, account: Account) -> None:
    tab.goto("/account/login/")
    wrong_or_right(tab, account.name, account.password)
    tab.wait_for_url(lambda url: "/login" not in url)


def wrong_or_right(tab, name: str, password: str) -> None:
    tab.get_by_label("User name or e-mail").fill(name)
    tab.get_by_label("Password", exact=True).fill(password)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def refused(tab):
    """Signing in with a password that is none."""
    tab.goto("/account/login/")
    wrong_or_right(tab, "nobody", "not a password")
    tab.locator(".errors").wait_for()


def of_reader(tab, account: Account) -> dict[str, Where]:
    """Read a few articles, keep one, say a word on another; the pages of a reader with an account."""
    sign_in(tab, account)
    tab.goto("/latest")
    read = tab.locator(".river h3 a").evaluate_all("found => found.map(one => one.getAttribute('href'))")[:4]
    for path in read:
        tab.goto(path)
    for part, button in (("#words", "[name=kind]"), ("#mine", "[name=keep]")):
        if not tab.locator(f"{part} [aria-pressed=true]").count():
            tab.locator(f"{part} {button}").first.click()
        tab.locator(f"{part} [aria-pressed=true]").wait_for()

    def again(tab):
        """What asks for the password once more, and what comes then."""
        tab.goto("/account/2fa/totp/activate/")
        if tab.locator("main [type=password]").count():
            tab.get_by_label("Password", exact=True).fill(account.password)
            tab.get_by_role("button", name="Go on").click()
        tab.locator("input[name=code]").wait_for()

    return {
        "home-reader": "/",
        "latest-unread": "/latest?unread=1",
        "kept": "/kept",
        "for-you-known": "/for-you",
        "article-reader": read[-1],
        "sources-reader": "/sources",
        "account": "/account/",
        "password": "/account/password/change/",
        "sign-out": "/account/logout/",
        "account-delete": "/account/delete",
        "password-again": "/account/reauthenticate/",
        "codes": again,
        "403-owner": "/run/work",
    }


def of_owner(tab, account: Account, found: dict[str, str]) -> dict[str, Where]:
    """The pages of those who run the site."""
    sign_in(tab, account)
    tab.goto("/sources")
    outlets = tab.locator("table.rows a[href^='/run/outlet/']")
    outlet = outlets.first.get_attribute("href") if outlets.count() else None
    pages: dict[str, Where] = {
        "sources-owner": "/sources",
        "owner-add": "/run/add",
        "owner-work": "/run/work",
        "owner-copying": "/run/copying",
        "owner-disk": "/run/disk",
        "owner-settings": "/run/settings",
        "owner-accounts": "/run/accounts",
        "owner-invited": invite,
        "owner-changes": "/run/changes",
    }
    if outlet:
        tab.goto(outlet)
        pages |= {"owner-outlet": outlet, "owner-found": lambda tab: look_at(tab, outlet)}
        pages["owner-record"] = f"{outlet}/record?kind=own"
        pages["owner-rules"] = f"{outlet}/rules?kind=drop&value=p.ask"
    if "article" in found:
        number = found["article"].split("/")[2]
        pages["owner-why"] = f"/run/article/{number}/why"
    return pages | {f"{kind}-owner": found[kind] for kind in ("copy", "author") if kind in found}


def look_at(tab, outlet: str):
    """What is found at the address of an outlet that is here already."""
    tab.goto(outlet)
    home = tab.locator("input[name=home_url]").input_value()
    tab.goto("/run/add")
    tab.get_by_label("Address of the outlet").fill(home)
    tab.locator("details summary").first.click()
    tab.locator("input[name=private]").check()
    tab.get_by_role("button", name="Look", exact=True).click()
    tab.get_by_role("heading", name=re.compile("^Found at")).wait_for()


def invite(tab):
    tab.goto("/run/accounts")
    tab.get_by_label("For whom").fill(FOR)
    tab.get_by_role("button", name="Make an invitation").click()
    tab.locator("section[role=status] b").wait_for()


def invitation(tab) -> str:
    """Invite somebody; the path of the page on which they make their account."""
    invite(tab)
    return "/account/" + tab.locator("section[role=status] b").inner_text().partition("/account/")[2]


def end_invitations(tab) -> None:
    """End the invitations that were made here."""
    tab.goto("/run/accounts")
    while (rows := tab.get_by_role("row", name=FOR)).count():
        with tab.expect_navigation():
            rows.first.get_by_role("button", name="End it").click()
