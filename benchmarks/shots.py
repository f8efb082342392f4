"""Screenshots of every kind of page of a running site, to look at beside the design.

    coranto run &
    python benchmarks/shots.py FOLDER [--base http://127.0.0.1:8600] [--looks desktop-light,phone-dark] [--only article]
    python benchmarks/shots.py FOLDER --readme docs/home.png

Walks the site as a reader does and writes FOLDER/KIND-LOOK.png, each a whole page; what has no script errors and no
sideways scroll is written in silence, the rest is named. `--readme` writes the README's picture instead: the top of the
front page, 1280 x 1000, in few enough colours to stay small. Needs chromium (CORANTO_CHROMIUM names another).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from instruments import page
from selectolax.lexbor import LexborHTMLParser

LOOKS = {
    f"{device}-{scheme}": {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    for device, width, height in (("desktop", 1280, 1000), ("phone", 390, 844), ("narrow", 320, 700))
    for scheme in ("light", "dark")
}
USUAL = ("desktop-light", "phone-dark")
PLAIN = {
    "home": "/",
    "latest": "/latest",
    "stories": "/stories",
    "search-empty": "/search?q=qzxwvk",
    "sources": "/sources",
    "sign-in": "/account/login/",
    "for-you": "/for-you",
    "text-and-colours": "/text-and-colours",
    "about": "/about",
    "grouping": "/about/stories",
    "keyboard": "/about/keyboard",
    "search-plain": "/search",
    "400": "/archive/2026-02-31",
    "404": "/nothing-here/kerrin-bridge",
}
POSTED = {"403": "/for-you/use"}
"""Addresses that refuse what another site's page sends."""
FAULTS = ("410", "500", "503")
"""Pages for what a running site does not show when asked; they are made apart and shown with its style."""


def chromium() -> str:
    """The browser to drive; the end of the script where there is none."""
    named = os.environ.get("CORANTO_CHROMIUM", "chromium")
    found = next(filter(None, map(shutil.which, (named, "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("There is no chromium. Install it, or name one: CORANTO_CHROMIUM=/path/to/chromium")
    return found


def kinds(base: str) -> dict[str, str]:
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
                return {"copy": path} | first(shown, "story-copies", "/story/") | compared(path)
    return {}


def compared(copy: str) -> dict[str, str]:
    """The copy at this path beside the earliest text."""
    return {"differences": f"/a/{copy.split('/')[2]}/compared"}


def longest_headline(base: str) -> dict[str, str]:
    """The articles with the longest and the shortest of the latest headlines."""
    heads = {node.attributes["href"]: len(node.text()) for node in tree(base, "/latest").css(".river h3 a")}
    if not heads:
        return {}
    return {"article-long": max(heads, key=heads.get), "article-short": min(heads, key=heads.get)}


def faults(base: str) -> dict[str, str]:
    """The pages of `FAULTS` as markup, made by the site's own views on an empty data folder."""
    with TemporaryDirectory() as data:
        os.environ["CORANTO_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "coranto.web.config"
        from coranto.settings import make_key

        make_key(Path(data))
        import django

        django.setup()
        from django.test import RequestFactory

        from coranto.store import StoreError
        from coranto.store.values import Gone, Status
        from coranto.web import errors, shell

        shell.kept.get("masthead", lambda: ((), Status(0, None, 0)))
        request = RequestFactory().get("/article/1", HTTP_HOST="127.0.0.1")
        withdrawn = Gone(1, at=datetime(2026, 3, 24, 14, 2, tzinfo=UTC), reason="The outlet asked for it.")
        made = {
            "410": errors.gone(request, withdrawn),
            "500": errors.broken(request),
            "503": errors.unready(request, StoreError("The store is away.", "Start it.")),
        }
        own, site = ("/static/coranto.css", re.search(r'href="(/static/coranto\.[^"]*css)"', page(base + "/")[1])[1])
        return {kind: answer.content.decode().replace(own, site) for kind, answer in made.items()}


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


def shoot(base: str, paths: dict[str, str], looks: list[str], folder: Path) -> Iterator[str]:
    """Write the pictures; what is wrong with a page, as sentences."""
    from playwright.sync_api import sync_playwright

    made = faults(base) if set(FAULTS) & set(paths) else {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium())
        for look in looks:
            context = browser.new_context(**LOOKS[look])
            tab = context.new_page()
            said: list[str] = []
            tab.on("pageerror", lambda error, said=said: said.append(str(error)))
            tab.on("console", lambda m, said=said: said.append(m.text) if m.type in ("error", "warning") else None)
            for kind, path in paths.items():
                said.clear()
                status = open_page(tab, base, kind, path, made).status
                tab.reload()  # the face is in the cache now, and optional faces are shown from there
                tab.screenshot(path=folder / f"{kind}-{look}.png", full_page=True)
                over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    yield f"{kind} {look}: {over} px too wide"
                if said and status == 200:
                    yield f"{kind} {look}: {said}"
            context.close()
        browser.close()


def open_page(tab, base: str, kind: str, path: str, made: dict[str, str]):
    """Go to a page as a reader does, or as it is to be shown here: sent by another site, or made apart."""
    if kind in POSTED:
        tab.route(base + path, lambda route: route.continue_(method="POST"), times=2)
    elif kind in made:
        answer = {"status": int(kind), "content_type": "text/html; charset=utf-8", "body": made[kind]}
        tab.route(base + path, lambda route: route.fulfill(**answer), times=2)
    return tab.goto(base + path)


def readme(base: str, file: Path) -> int:
    """Write the top of the front page; its size in bytes."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium())
        tab = browser.new_page(**LOOKS["desktop-light"])
        tab.goto(base + "/")
        tab.reload()
        shot = tab.screenshot()
        browser.close()
    few = Image.open(BytesIO(shot)).convert("RGB").quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=0)
    few.save(file, optimize=True)
    return file.stat().st_size


def main() -> None:
    """Read the command line, walk, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="http://127.0.0.1:8600", help="where the site is")
    parser.add_argument("--looks", default=",".join(USUAL), help=f"of: {', '.join(LOOKS)}")
    parser.add_argument("--only", default="", help="only the kinds of pages with this in their name")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="write the README's picture, and nothing else")
    options = parser.parse_args()
    base, looks = options.base.rstrip("/"), options.looks.split(",")
    if unknown := [look for look in looks if look not in LOOKS]:
        parser.error(f"there is no look {unknown[0]}; looks are {', '.join(LOOKS)}")
    if options.readme:
        print(f"{options.readme}: {readme(base, options.readme) / 1000:.0f} KB")
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    every = kinds(base) | POSTED | {kind: f"/made-apart/{kind}" for kind in FAULTS}
    paths = {kind: path for kind, path in every.items() if options.only in kind}
    for sentence in shoot(base, paths, looks, options.folder):
        print(sentence)
    for kind, path in paths.items():
        print(f"{kind:18} {path}")


if __name__ == "__main__":
    main()
