"""Backups go from either database to either; a restore is whole or did not happen; trouble has a name and a remedy."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from dataclasses import replace

import pytest
from databases import emptied, opened
from newsroom import entry

from coranto import store
from coranto.store import StoreError, archives, articles, exporting, intake, keep, lists, reads, schema, search, sources
from coranto.store.database import run, value
from coranto.store.values import Query


@pytest.fixture
def backed_up(newsroom, tmp_path):
    """A backup of a store with a merged, a withdrawn and a read article."""
    from django.contrib.auth.models import User

    User.objects.create_user("ada", password="a long pass phrase")
    newsroom.filled(4)
    newsroom.take(newsroom.source(), entry(9, title="東京 bridge 9"))
    articles.withdraw(2, "Asked for", "owner")
    reads.record(1, "visitor", "device")
    path = tmp_path / "store.coranto"
    keep.backup(path)
    return path


def empty_store(stored, name: str, template, postgresql_tables=None):
    """A new, empty store at hand."""
    folder = stored.data / name
    folder.mkdir()
    if postgresql_tables:
        emptied_at = opened(folder, postgresql_tables)
        emptied()
        return emptied_at
    shutil.copy(template, folder / "coranto.sqlite3")
    return opened(folder)


def test_a_backup_is_its_owners_alone_and_holds_no_reader(backed_up):
    assert stat.S_IMODE(os.stat(backed_up).st_mode) == 0o600
    with zipfile.ZipFile(backed_up) as archive:
        names = archive.namelist()
    assert "tables/article.jsonl" in names and not {"tables/read.jsonl", "tables/django_session.jsonl"} & set(names)
    with pytest.raises(StoreError, match="is there already"):
        keep.backup(backed_up)


@pytest.mark.parametrize("target", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_what_comes_back_is_what_was_there(stored, backed_up, target, sqlite_template, request):
    from django.contrib.auth.models import User

    before = [articles.page(ident) for ident in range(1, 6)]
    tables = request.getfixturevalue("postgresql_tables") if target == "postgresql" else None
    chosen = empty_store(stored, "new", sqlite_template, tables)
    keep.restore(backed_up, chosen.data)
    assert [articles.page(ident) for ident in range(1, 6)] == before
    assert [hit.card.id for hit in search.search(Query("東京")).hits] == [5]
    assert articles.original(articles.documents_of(1)[0][4]) is not None
    assert User.objects.get(username="ada").check_password("a long pass phrase")
    source = sources.listed()[0]
    told = intake.store_entries([(source, "en", [entry(1), entry(20)])], lists.latest().cards[0].seen)[0]
    assert (told.refused, told.article_ids) == (1, (6,)), "withdrawn stays withdrawn, and ids go on"
    assert sources.add_outlet("Another").id == 2
    with pytest.raises(StoreError, match="not empty"):
        keep.restore(backed_up, chosen.data)


def spoiled(path, change) -> None:
    """Write a backup anew with its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)


def newer(members: dict) -> None:
    told = json.loads(members["manifest.json"])
    told["migrations"].append(["store", "9999_later"])
    members["manifest.json"] = json.dumps(told).encode()


def cut(members: dict) -> None:
    members["tables/article.jsonl"] = members["tables/article.jsonl"].rsplit(b"\n", 2)[0]


def garbled(members: dict) -> None:
    members["tables/story.jsonl"] = members["tables/story.jsonl"][:-9] + b"\xff\xfe{["


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (newer, "newer Coranto"),
        (cut, "cut short"),
        (garbled, "damaged"),
        (lambda members: members.pop("manifest.json"), "no backup"),
        (lambda members: members.update({"manifest.json": b'{"kind": "x"}'}), "no backup"),
    ],
)
def test_a_backup_that_cannot_be_restored_changes_nothing(stored, backed_up, sqlite_template, change, message):
    spoiled(backed_up, change)
    chosen = empty_store(stored, "new", sqlite_template)
    with pytest.raises(StoreError, match=message):
        keep.restore(backed_up, chosen.data)
    assert value("SELECT count(*) FROM article") == 0 and lists.home().lead is None


def test_what_is_no_archive_is_named(stored, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(StoreError, match=r"letter\.txt is no backup"):
        keep.restore(tmp_path / "letter.txt", tmp_path)


def test_keys_travel_only_when_asked(newsroom, tmp_path):
    (tmp_path / "secret_key").write_text("hush")
    keep.backup(tmp_path / "with.coranto", keys=True, data=tmp_path)
    (tmp_path / "secret_key").unlink()
    for table in ("source", "outlet"):
        run(f"DELETE FROM {table}")
    keep.restore(tmp_path / "with.coranto", tmp_path)
    assert (tmp_path / "secret_key").read_text() == "hush"
    assert stat.S_IMODE(os.stat(tmp_path / "secret_key").st_mode) == 0o600


def test_an_export_comes_in_again(newsroom, tmp_path):
    newsroom.filled(2)
    with (tmp_path / "all.jsonl").open("w", encoding="utf-8") as out:
        keep.export(out)
    before = articles.page(1).reading
    lines = [exporting.document_of(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    assert [line.outlet for line in lines] == [("The One", "https://one.example/")] * 2
    assert exporting.reading_of(lines[0].document) == before
    for bad in (b"", b"[]", b'{"format": "else"}', b'{"format": "coranto article 1", "reading": 7}'):
        with pytest.raises(ValueError, match="line"):
            exporting.document_of(bad)


def test_migrations_the_database_has_not_seen_or_this_version_has_not(newsroom, monkeypatch):
    store.ready()
    monkeypatch.setattr(schema, "known", lambda: {*schema.applied(), "9999_more"})
    with pytest.raises(StoreError, match="older than this Coranto") as told:
        store.ready()
    assert "coranto init" in told.value.remedy
    monkeypatch.setattr(schema, "known", lambda: {"0001_tables"})
    with pytest.raises(StoreError, match="newer Coranto"):
        store.ready()
    assert [check.ok for check in keep.checks() if check.name == "database"] == [False]


def test_all_checks_are_well_in_a_new_store(stored):
    assert [check.name for check in keep.checks() if not check.ok] == []


@pytest.fixture
def broken(tmp_path, sqlite_template):
    """Settings of a data folder with a database file."""
    shutil.copy(sqlite_template, tmp_path / "coranto.sqlite3")
    yield opened(tmp_path)
    store.close()


def test_no_database_no_folder_no_tables(broken, tmp_path):
    (tmp_path / "coranto.sqlite3").write_bytes(b"")
    store.open(broken)
    with pytest.raises(StoreError, match="has not been set up"):
        store.ready()
    (tmp_path / "coranto.sqlite3").write_bytes(b"Dear reader, this is a letter. " * 40)
    store.open(broken)
    with pytest.raises(StoreError, match="not a database"):
        store.ready()
    store.open(replace(broken, data=tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="no data folder .*nowhere"):
        store.ready()


def test_a_locked_database_is_named(broken, tmp_path, monkeypatch):
    from coranto.store import database

    monkeypatch.setattr(database, "WAIT", 0.1)
    holder = database.open_sqlite(tmp_path / "coranto.sqlite3")
    holder.execute("BEGIN IMMEDIATE")
    store.open(broken)
    with pytest.raises(StoreError, match=r"coranto\.sqlite3 is locked") as told:
        sources.add_outlet("Late")
    assert told.value.remedy
    holder.close()


def test_a_full_disk_leaves_nothing_half_done(broken, tmp_path):
    from coranto.store import database

    outlet = sources.add_outlet("Big")
    source = sources.add_source(outlet.id, "feed", "https://big.example/feed")
    pages = database.value("PRAGMA page_count")
    database.rows(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(StoreError, match="is full"):
        intake.store_entries([(source, "en", [entry(n, text="word " * 5000) for n in range(50)])], archives_now())
    assert value("SELECT count(*) FROM article") == 0
    assert value("SELECT value FROM counter WHERE name = 'article'") == 0


def archives_now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_every_table_is_either_in_a_backup_or_left_out_on_purpose(stored):
    names = set(archives.tables())
    assert {"article", "document", "reading", "original", "outlet", "source", "story", "auth_user"} <= names
    assert not any(name.startswith("article_words") for name in names)
