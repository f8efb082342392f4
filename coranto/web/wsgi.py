"""The site as a WSGI application: static files by whitenoise, everything else by Django."""

from __future__ import annotations

import re

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from coranto import store
from coranto.settings import load

NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}\.")


def never_changes(path: str, url: str) -> bool:
    """True for a file whose name holds its content's digest."""
    return bool(NAMED_BY_CONTENT.search(url))


def build():
    """The application, its static files collected."""
    store.open(load(), web=True)
    site = get_wsgi_application()
    from django.conf import settings

    from coranto.web import assets

    assets.collect()
    return WhiteNoise(
        site,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL.strip("/") + "/",
        immutable_file_test=never_changes,
        allow_all_origins=False,
    )


application = build()
