"""A backup of an older version holds, once restored, what an older database holds after its migrations."""

from __future__ import annotations

import shutil

import pytest
from databases import emptied, opened

from coranto import store
from coranto.store import database, keep
from coranto.store.database import rows, value

HOUR = 3_600_000_000
COUNTED = 'SELECT {0}, hours, slot, readers FROM "{1}" ORDER BY 1, 2, 3'
MADE_OF_ROWS = (
    "SELECT id, title, reads, heat, warmth, talk FROM article ORDER BY id",
    "SELECT id, origins FROM story ORDER BY id",
    "SELECT article_id, day, visitor, at FROM read ORDER BY 1, 2, 3",
    "SELECT reader_id, article_id, kind, day, at FROM event ORDER BY 1, 2, 3, 4",
    COUNTED.format("article_id", "tally"),
    COUNTED.format("scope", "visitors"),
)


@pytest.fixture
def older(tmp_path):
    """An open SQLite store as the sixth migration left it: two outlets with one story, read and spoken of."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    database.open_sqlite(tmp_path / "coranto.sqlite3", make=True).close()
    opened(tmp_path)
    tables = MigrationExecutor(connection).migrate([("store", "0006_outlet_readings")]).apps
    made = {name: tables.get_model("store", name).objects.create for name in
            ("Outlet", "Article", "Story", "Reader", "Read", "Reaction")}  # fmt: skip
    made["Story"](id=1, headline_id=1, outlets=2, articles=2, latest_at=HOUR)
    for number in (1, 2):
        made["Outlet"](id=number, name=f"Outlet {number}", slug=f"outlet-{number}")
        made["Article"](id=number, title="Bridge", at=HOUR, seen=HOUR, outlet_id=number, story_id=1, heat=40.0 * number)
        made["Reader"](id=number, key=f"device:{number}", since=0)
        made["Reaction"](article_id=1, reader_id=number, kind="useful", at=number * 1000 * HOUR)
        for hour in (5, 2, 30):
            made["Read"](article_id=number, day=hour // 24, visitor=f"{hour}", at=hour * HOUR, reader_id=number)
    made["Read"](article_id=1, day=0, visitor="nobody", at=HOUR)
    yield tmp_path
    store.close()


@pytest.mark.parametrize("target", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_it_holds_what_migrations_would_have_made(older, target, sqlite_template, request):
    keep.backup(older / "old.coranto", keys=True)
    store.migrate()
    migrated = [rows(sql) for sql in MADE_OF_ROWS]
    assert all(migrated) and value("SELECT talk FROM article WHERE id = 1") > 40
    folder = older / "new"
    folder.mkdir()
    if target == "postgresql":
        opened(folder, request.getfixturevalue("postgresql_tables"))
        emptied()
    else:
        shutil.copy(sqlite_template, folder / "coranto.sqlite3")
        opened(folder)
    keep.restore(older / "old.coranto", folder)
    assert [rows(sql) for sql in MADE_OF_ROWS] == migrated
