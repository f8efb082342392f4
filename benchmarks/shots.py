"""Screenshots of every kind of page of a running site, to look at beside the design.

    coranto run &
    python benchmarks/shots.py FOLDER [--base http://127.0.0.1:8600] [--data data] [--looks desktop-light,phone-dark]
        [--only article]
    python benchmarks/shots.py FOLDER --readme docs/home.png

Walks the site as a visitor does, and as a reader and an owner whose accounts it makes in the site's data folder and
takes away again, and writes FOLDER/KIND-LOOK.png, each a whole page; what has no script errors and no sideways scroll
is written in silence, the rest is named. `--readme` writes the README's picture instead: the top of the
front page, 1280 x 1000, in few enough colours to stay small. Needs chromium (CORANTO_CHROMIUM names another).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import page_kinds
from instruments import page
from page_kinds import Account, Where

LOOKS = {
    f"{device}-{scheme}": {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    for device, width, height in (("desktop", 1280, 1000), ("phone", 390, 844), ("narrow", 320, 700))
    for scheme in ("light", "dark")
}
USUAL = ("desktop-light", "phone-dark")
POSTED = {"403": "/for-you/use"}
"""Addresses that refuse what another site's page sends."""


def chromium() -> str:
    """The browser to drive; the end of the script where there is none."""
    named = os.environ.get("CORANTO_CHROMIUM", "chromium")
    found = next(filter(None, map(shutil.which, (named, "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("There is no chromium. Install it, or name one: CORANTO_CHROMIUM=/path/to/chromium")
    return found


@cache
def faults(base: str) -> dict[str, str]:
    """Pages for what a running site does not show when asked, as markup made by its own views on an empty data
    folder."""
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
            "429": errors.too_many(request),
            "500": errors.broken(request),
            "503": errors.unready(request, StoreError("The store is away.", "Start it.")),
        }
        texts = {kind: answer.content.decode() for kind, answer in made.items()}
        for address, name, ending in re.findall(r'"(/static/([\w-]+)\.\w+\.(\w+))"', page(base + "/")[1]):
            texts = {kind: text.replace(f"/static/{name}.{ending}", address) for kind, text in texts.items()}
        return texts


@dataclass
class Visit:
    """A person's tab in one look, and what is wrong with the pages that were written in it."""

    tab: object
    look: str
    folder: Path
    only: str
    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    walked: dict[str, str] = field(default_factory=dict)

    def write(self, pages: dict[str, Where]) -> None:
        """Write the picture of each page."""
        for kind, where in pages.items():
            if self.only not in kind:
                continue
            self.said.clear()
            answer = page_kinds.go(self.tab, where)
            if answer is not None:
                self.tab.reload()  # the face is in the cache now, and optional faces are shown from there
            self.tab.screenshot(path=self.folder / f"{kind}-{self.look}.png", full_page=True)
            over = self.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                self.wrong.append(f"{kind} {self.look}: {over} px too wide")
            if self.said and (answer is None or answer.status == 200):
                self.wrong.append(f"{kind} {self.look}: {self.said}")
            self.walked[kind] = self.tab.url


def shoot(browser, base: str, look: str, people: tuple[Account, Account] | None, folder: Path, only: str) -> Visit:
    """Write every page in one look; the visitor's visit, with what was wrong in all."""
    visits = []

    def comes() -> Visit:
        context = browser.new_context(base_url=base, reduced_motion="reduce", **LOOKS[look])
        visit = Visit(context.new_page(), look, folder, only)
        visit.tab.on("pageerror", lambda error: visit.said.append(str(error)))
        visit.tab.on("console", lambda m: visit.said.append(m.text) if m.type in ("error", "warning") else None)
        visits.append(visit)
        return visit

    found = page_kinds.of_visitors(base)
    visitor, more = comes(), {}
    if people:
        as_reader, as_owner = comes(), comes()
        as_reader.write(page_kinds.of_reader(as_reader.tab, people[0]))
        as_owner.write(page_kinds.of_owner(as_owner.tab, people[1], found))
        more = {"join": page_kinds.invitation(as_owner.tab), "sign-in-refused": page_kinds.refused}
    visitor.write({**found, **more, **posted(base), **apart(base)})
    if people:
        page_kinds.end_invitations(as_owner.tab)
    for visit in visits[1:]:
        visitor.wrong += visit.wrong
        visitor.walked |= visit.walked
    for visit in visits:
        visit.tab.context.close()
    return visitor


def posted(base: str) -> dict[str, Where]:
    """Pages that answer what another site's page sends."""

    def send(tab, path: str):
        tab.route(base + path, lambda route: route.continue_(method="POST"), times=2)
        return tab.goto(path)

    return {kind: partial(send, path=path) for kind, path in POSTED.items()}


def apart(base: str) -> dict[str, Where]:
    """The pages that are made apart, shown as if the site had answered with them."""

    def show(tab, kind: str, text: str):
        answer = {"status": int(kind), "content_type": "text/html; charset=utf-8", "body": text}
        tab.route(f"{base}/made-apart/{kind}", lambda route: route.fulfill(**answer), times=2)
        return tab.goto(f"/made-apart/{kind}")

    return {kind: partial(show, kind=kind, text=text) for kind, text in faults(base).items()}


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
    few = Image.open(BytesIO(shot)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    few.save(file, optimize=True)
    return file.stat().st_size


def main() -> None:
    """Read the command line, walk, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="http://127.0.0.1:8600", help="where the site is")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("CORANTO_DATA", "data")), help="its folder")
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
    if not (options.data / "settings.env").exists():
        print(f"{options.data} is no data folder: the pages of readers with accounts and of owners are left out")
        people = nullcontext()
    else:
        people = page_kinds.accounts(options.data)
    from playwright.sync_api import sync_playwright

    with people as made, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium())
        for look in looks:
            visit = shoot(browser, base, look, made, options.folder, options.only)
            print("".join(f"{sentence}\n" for sentence in visit.wrong), end="")
        browser.close()
    for kind, address in visit.walked.items():
        print(f"{kind:18} {address.removeprefix(base)}")


if __name__ == "__main__":
    main()
