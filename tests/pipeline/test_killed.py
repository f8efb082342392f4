"""Killed with -9 in the middle of a fetch or an import, and started again: nothing lost, nothing double."""

from __future__ import annotations

import time

from outlet_server import Page, article_page, paragraphs, rss

from coranto.store import database, sources, steps

FEEDS, ENTRIES, PAGES = 48, 5, 160


def articles() -> int:
    return database.value("SELECT count(*) FROM article")


def wait_until(reached, process, seconds: float = 60.0) -> None:
    limit = time.monotonic() + seconds
    while not reached():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < limit
        time.sleep(0.01)


def finished(process) -> None:
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 0, output


def every_article_once(expected: int) -> None:
    assert articles() == expected
    assert database.value("SELECT count(DISTINCT title) FROM article WHERE title <> ''") == expected
    assert database.value("SELECT count(*) FROM document") == expected
    assert database.value("SELECT count(*) FROM article_text") == expected


def test_a_fetch_that_is_killed_goes_on_where_it_was(stored, outlet, coranto):
    for n in range(FEEDS):
        entries = [
            {"path": f"/{n}/{k}", "title": f"Report {n} of {k}", "text": paragraphs(f"Port {n}-{k}", 3)}
            for k in range(ENTRIES)
        ]
        # The last quarter answers late, so that the process dies with requests under way.
        late = 0.0 if n < FEEDS * 3 // 4 else 0.4
        outlet.pages[f"/feed/{n}.xml"] = Page(
            rss(outlet.base, f"Outlet {n}", entries), "application/rss+xml", delay=late
        )
        sources.add_source(
            sources.add_outlet(f"Outlet {n}", outlet.base).id, "feed", f"{outlet.base}/feed/{n}.xml",
            reading="feed", spacing=0.0, allow_private=True,
        )  # fmt: skip
    process = coranto("fetch")
    wait_until(lambda: articles() > 0, process)
    process.kill()
    process.wait()
    assert 0 < articles() < FEEDS * ENTRIES
    stored.reopen()

    finished(coranto("fetch"))

    every_article_once(FEEDS * ENTRIES)
    assert all(source.health.state == "well" for source in sources.listed())
    finished(coranto("work", "--until-idle"))
    assert steps.waiting() == {"fetch": 0, "read": 0, "group": 0, "stuck": 0}
    every_article_once(FEEDS * ENTRIES)


def test_an_import_that_is_killed_goes_on_where_it_was(stored, outlet, coranto, tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    for n in range(PAGES):
        page = article_page("https://lantern.example", f"/news/{n}", f"Harbour report number {n}", f"Port {n}")
        (folder / f"{n:04}.html").write_text(page, encoding="utf-8")
    process = coranto("import", str(folder), "--jobs", "2")
    wait_until(lambda: articles() > 0, process)
    process.kill()
    process.wait()
    assert 0 < articles() < PAGES
    stored.reopen()

    finished(coranto("import", str(folder), "--jobs", "2"))

    every_article_once(PAGES)
    assert database.value("SELECT count(*) FROM reading") == PAGES
    assert not list(stored.data.glob("import-*"))
    finished(coranto("import", str(folder), "--jobs", "1"))
    every_article_once(PAGES)
