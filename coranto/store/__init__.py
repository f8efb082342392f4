"""The only room that speaks SQL: what was fetched, what was read in it, and the lists made of it; SQLite or
PostgreSQL.

Callers open the store once (`open`), then use its modules: `sources`, `intake`, `articles`, `grouping`, `lists`,
`search`, `reads`, `keep`, `runs`. They get values (`coranto.store.values`) and never rows.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coranto.store import database, originals, picture_files, times
from coranto.store.errors import StoreError
from coranto.vectors import Looking

if TYPE_CHECKING:
    from coranto.settings import Settings

__all__ = ["StoreError", "close", "migrate", "open", "ready"]


def open(settings: Settings, web: bool = False) -> None:  # noqa: A001 - the room's own word
    """Say which database this process speaks to. With `web`, Django is set up too, for pages, accounts and
    migrations.

    `coranto.web.config` reads the settings again by itself, so the data folder is handed on by the environment.
    """
    database.use(settings.data, settings.database_url or "", writer=not web)
    times.use_zone(settings.time_zone)
    originals.Keeping.days, originals.Keeping.gigabytes = settings.originals_days, settings.disk_limit_gb
    originals.Keeping.data, originals.Keeping.reads_days = settings.data, settings.reads_days
    picture_files.Cache.on, picture_files.Cache.gigabytes = settings.pictures == "on", settings.pictures_gb
    Looking.as_set(settings.meaning, settings.vectors)
    if web:
        os.environ["CORANTO_DATA"] = str(settings.data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coranto.web.config")
        import django
        from django.apps import apps

        if not apps.ready:
            django.setup()


def close() -> None:
    """Close this thread's connection."""
    database.close()


def migrate() -> None:
    """Bring the schema up to this version. The whole site's tables are wanted, so open with `web=True` before."""
    from coranto.store.schema import bring_up

    bring_up()


def ready() -> None:
    """Return if the database can be used; else raise `StoreError` with what is wrong and what to do."""
    from coranto.store.schema import look

    look()
