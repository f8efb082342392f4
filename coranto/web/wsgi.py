"""The site as a WSGI application: the word of trusted proxies heeded, static files by whitenoise, a page that was just
made for another visitor as it is, and everything else by Django.
"""

from __future__ import annotations

import re

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from coranto import store
from coranto.settings import load
from coranto.store import changes

NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}\.")


def never_changes(path: str, url: str) -> bool:
    """True for a file whose name holds its content's digest."""
    return bool(NAMED_BY_CONTENT.search(url))


def acts_so_far() -> int | None:
    """A number that changes when those who run the site do something; None while the store does not answer."""
    try:
        return changes.acts()
    except store.StoreError:
        return None


def build():
    """The application, its static files collected."""
    store.open(load(), web=True)
    site = get_wsgi_application()
    from django.conf import settings

    from coranto.store import reads
    from coranto.web import assets, readers, rights, shell
    from coranto.web.kept_answers import KeptAnswers
    from coranto.web.proxies import Trusted

    assets.collect()
    reads.drop_keys(settings.READ_KEYS, readers.today())
    files = WhiteNoise(
        KeptAnswers(site, rights.of_visitor, acts_so_far, readers.count_given, emptied=shell.kept.forget),
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL.strip("/") + "/",
        immutable_file_test=never_changes,
        allow_all_origins=False,
    )
    return Trusted(files, settings.TRUSTED_PROXIES)


application = build()
