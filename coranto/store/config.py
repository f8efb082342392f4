"""Django's settings as far as the tables need them.

`coranto.web.config` begins with these and adds what pages need; without it they serve to write migrations. The values
come from `coranto.settings`; the environment variable CORANTO_DATA names the data folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from coranto.settings import load
from coranto.store.database import SQLITE_START, WAIT
from coranto.store.errors import StoreError

site_settings = load(Path(os.environ.get("CORANTO_DATA", "data")))

SECRET_KEY = site_settings.secret_key
DEBUG = False
USE_TZ = True
TIME_ZONE = site_settings.time_zone
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "coranto.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None


def sqlite(path: Path) -> dict:
    """The database in one file: several readers and one writer at a time, who waits up to 30 s for its turn."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": WAIT, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_START},
        "CONN_MAX_AGE": None,
    }


def postgresql(address: str) -> dict:
    """The database that an address like postgresql://user:password@host:port/name?sslmode=require speaks of."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise StoreError(
            "DATABASE_URL names no PostgreSQL database.",
            "Write it as postgresql://user:password@host:5432/name, or leave it empty for SQLite.",
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 10, **options},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


if site_settings.database_url:
    DATABASES = {"default": postgresql(site_settings.database_url)}
else:
    DATABASES = {"default": sqlite(site_settings.data / "coranto.sqlite3")}
