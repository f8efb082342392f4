"""The site on a real store. A test that asks for `site` runs on both databases, and nothing is replaced: views, store
and database are the product's.
"""

from __future__ import annotations

import threading

import pytest
from databases import set_up_django
from newsroom import Newsroom
from small_site import Site

set_up_django()


@pytest.fixture
def site(stored, tmp_path, monkeypatch):
    """Three outlets, nine articles, a story of two outlets with a copy."""
    from django.conf import settings
    from django.test import override_settings

    from coranto.web import pictures, readers, shell

    settings.SECRET_KEY = "for tests alone"  # whatever data folder Django was set up with
    site = Site(Newsroom())
    for outlet in ("courier", "post", "glint"):
        site.publish(outlet, 3)
    ids = site.ids
    site.newsroom.group((ids["courier 1"], ids["post 1"]))
    site.copy(ids["glint 1"], ids["courier 1"])
    shell.kept.forget()
    readers.day_key = readers.DayKey()
    # Which pictures pages asked for is written when a test says so.
    monkeypatch.setattr(pictures.Notes, "_start", lambda self: threading.current_thread())
    monkeypatch.setattr(pictures, "notes", pictures.Notes())
    with override_settings(
        ALLOWED_HOSTS=["testserver"], SITE_URL="http://testserver", READ_KEYS=tmp_path / "read_keys",
        STATIC_ROOT=tmp_path / "static", FONTS=tmp_path / "fonts", ICONS=tmp_path / "icons", OVER_TLS=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):  # fmt: skip
        yield site
        readers.counter.flush()
    shell.kept.forget()
