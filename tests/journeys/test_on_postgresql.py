"""The same road on PostgreSQL: from an empty folder and an empty database to front page, article and search."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import pytest
from databases import POSTGRESQL

from journeys.running_site import Folder, Told, brought_up

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.skipif(not POSTGRESQL, reason="CORANTO_TEST_POSTGRES=0 leaves PostgreSQL out"),
]


@pytest.fixture
def empty_database(postgresql_server) -> str:
    """The address of a database of the test's own on the tests' server."""
    import psycopg

    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield urlsplit(postgresql_server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_demo_runs_on_postgresql_from_empty_to_search(empty_database, tmp_path, tabs):
    folder = Folder(tmp_path / "data", empty_database)
    running = brought_up(folder)
    told = Told(folder, folder.exported())
    assert len(told.pieces) == len(told.world.by_id)
    assert not (folder.data / "coranto.sqlite3").exists()
    tab = tabs.open(running.base)
    tab.goto("/")
    assert tab.locator(".card.lead h2 a").is_visible() and tab.locator(".river li").count() >= 8
    copy = told.numbers(told.is_farm)[0]
    tab.goto(f"/a/{copy}")
    assert "of this text was seen earlier in" in tab.locator(".record .say").first.inner_text()
    for words, language in (("parliament", "en"), ("parlement", "fr"), ("سالتري", "ar")):
        tab.goto(f"/search?q={words}")
        assert tab.locator("mark.found").count(), words
        found = tab.locator(".results h3")
        assert language in found.evaluate_all("found => found.map(one => one.closest('[lang]').lang)")
    stopped = running.stop()
    assert (stopped.code, stopped.left) == (0, []), stopped.said
