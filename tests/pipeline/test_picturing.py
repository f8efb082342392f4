"""Pictures from an outlet to the data folder: hostile answers, two workers, a worker that is killed, the off switch."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from newsroom import Newsroom, entry, read
from outlet_server import Page
from picture_files import HTML, SVG, jpeg, noise, png_of_size, saved
from PIL import Image

from coranto.articles import Picture
from coranto.pipeline import picturing
from coranto.pipeline.fetching import Fetching
from coranto.store import articles, database, picture_files, pictures


def published(outlet, paths) -> None:
    """An article for each path, whose lead picture lies there."""
    newsroom = Newsroom()
    source = newsroom.source("one", allow_private=True, spacing=0.0)
    database.run("UPDATE source SET url = %s", (f"{outlet.base}/feed",))
    newsroom.take(source, *(entry(n) for n in range(len(paths))))
    works = articles.claim("read", "test", 100)
    pairs = zip(works, paths, strict=True)
    shown = [(work, read(work, image=Picture(url_of(outlet, path)))) for work, path in pairs]
    articles.save_readings(shown, 1, keys_of=lambda url: [url])
    pictures.wish(url_of(outlet, path) for path in paths)


def url_of(outlet, path: str) -> str:
    return path if path.startswith("http") else outlet.base + path


def states(outlet) -> dict[str, tuple]:
    found = database.rows("SELECT url, state, failure FROM cached_picture")
    return {url.removeprefix(outlet.base): (state, failure) for url, state, failure in found}


def fetch(settings) -> bool:
    async def run() -> bool:
        async with Fetching(settings) as fetching:
            return await picturing.fetch_pictures(fetching)

    return asyncio.run(run())


def files(stored) -> list[str]:
    return sorted(file.name for file in (stored.data / "pictures").rglob("*") if file.is_file())


HOSTILE = {
    "/vector.jpg": (Page(SVG, "image/jpeg"), "kind"),
    "/page.jpg": (Page(HTML, "image/jpeg"), "kind"),
    "/bomb.png": (Page(png_of_size(20_000, 5_000), "image/png"), "megapixels"),
    "/huge.jpg": (Page(b"\xff\xd8\xff" + bytes(picturing.LARGEST), "image/jpeg"), "larger|large|bytes|MB"),
    "/pixel.gif": (Page(saved(Image.new("L", (1, 1)), "GIF"), "image/gif"), "1 by 1"),
    "/half.jpg": (Page(jpeg()[:5000], "image/jpeg"), "decoded"),
    "/away.jpg": (Page(b"", status=302, headers={"Location": "http://127.0.0.1:9/secret.jpg"}), "private|own network"),
    "/gone.jpg": (Page(b"", status=410), "gone"),
    "/missing.jpg": (Page(b"", status=404), "404"),
}


def test_what_a_hostile_outlet_sends_is_refused_and_the_next_picture_comes(stored, outlet):
    outlet.pages = {path: page for path, (page, _) in HOSTILE.items()}
    outlet.pages |= {"/fine.png": Page(saved(noise(700, 500), "PNG"), "text/html"), "/late.jpg": Page(b"", status=503)}
    elsewhere = "http://127.0.0.1:9/other.jpg"
    published(outlet, [*HOSTILE, "/fine.png", "/late.jpg", elsewhere])
    assert fetch(stored.settings)
    found = states(outlet)
    for path, (_, why) in HOSTILE.items():
        state, failure = found[path]
        assert state == "refused" and any(word in failure for word in why.split("|")), (path, failure)
    assert found["/fine.png"][0] == "kept" and found["/late.jpg"][0] == "waiting" and found[elsewhere][0] == "refused"
    assert len(files(stored)) == 3 and all(".webp" in name for name in files(stored))
    assert not fetch(stored.settings) and outlet.times_asked("/fine.png") == 1


def test_a_decoder_that_dies_or_hangs_costs_its_picture_alone(stored, outlet, monkeypatch):
    async def asked(self, body):
        await asyncio.sleep(0 if body.startswith(b"\xff") else 60)
        return await usual(self, body)

    usual = picturing.Resizer.asked
    monkeypatch.setattr(picturing.Resizer, "asked", asked)
    monkeypatch.setattr(picturing, "LONGEST", 5.0)
    outlet.pages = {"/slow.png": Page(png_of_size(300, 300)), "/fine.jpg": Page(jpeg(300, 300))}
    published(outlet, list(outlet.pages))
    fetch(stored.settings)
    assert {path: state for path, (state, _) in states(outlet).items()} == {"/slow.png": "refused", "/fine.jpg": "kept"}


def test_two_workers_ask_for_each_picture_once(stored, outlet, coranto):
    outlet.pages = {f"/{n}.jpg": Page(jpeg(200 + n, 200), delay=0.05) for n in range(12)}
    published(outlet, list(outlet.pages))
    for worker in [coranto("work", "--until-idle") for _ in range(2)]:
        output = worker.communicate(timeout=120)[0]
        assert worker.returncode == 0, output
    assert {state for state, _ in states(outlet).values()} == {"kept"}
    assert all(outlet.times_asked(path) == 1 for path in outlet.pages)


def test_a_worker_that_is_killed_leaves_no_broken_file_and_the_next_goes_on(stored, outlet, coranto):
    outlet.pages = {f"/{n}.jpg": Page(jpeg(400 + n, 300), delay=0.1) for n in range(20)}
    published(outlet, list(outlet.pages))
    worker = coranto("work", "--until-idle")
    limit = time.monotonic() + 60
    while not files(stored):
        assert worker.poll() is None and time.monotonic() < limit
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    kept = database.rows("SELECT key FROM cached_picture WHERE state = 'kept'")
    assert len(kept) < 20
    for (key,) in kept:
        Image.open(picture_files.file_of(key, 208)).load()
    worker = coranto("work", "--until-idle")
    assert worker.communicate(timeout=120)[0] is not None and worker.returncode == 0
    assert {state for state, _ in states(outlet).values()} == {"kept"}
    for file in (stored.data / "pictures").rglob("*.webp"):
        Image.open(file).load()


def test_switched_off_nothing_is_fetched_or_kept_in_mind(stored, outlet, monkeypatch):
    monkeypatch.setattr(picture_files.Cache, "on", False)
    outlet.pages = {"/a.jpg": Page(jpeg())}
    published(outlet, ["/a.jpg"])
    assert states(outlet) == {} and outlet.asked == []
    assert pictures.kept([outlet.base + "/a.jpg"]) == {} and not pictures.waits()


@pytest.mark.parametrize(
    ("source", "url", "allowed"),
    [
        ("http://10.0.0.5:81/feed", "http://10.0.0.5:81/a.jpg", True),
        ("http://10.0.0.5:81/feed", "http://10.0.0.5:82/a.jpg", False),
        ("http://10.0.0.5:81/feed", "https://10.0.0.5:81/a.jpg", False),
    ],
)
def test_what_was_allowed_to_a_source_goes_to_its_own_place_alone(stored, source, url, allowed):
    row = Newsroom().source("one", allow_private=True, spacing=0.0)
    row = replace(row, url=source, credential=("basic", "ada", "secret"))
    request = picturing.picture_request(pictures.PictureWork(1, "claim", url, 1, (row,)))
    assert request.allow_private is allowed and request.credential is None and request.obey_robots
