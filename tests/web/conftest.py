"""The site for tests: Django set up on an empty data folder, and a store that answers with invented values."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from databases import set_up_django

set_up_django()

from django.test import Client, override_settings  # noqa: E402
from fixtures import NOW, World  # noqa: E402

from coranto.store.reader_values import Interest, Profile, Reactions  # noqa: E402
from coranto.store.values import Rankings, ReadVersion, Stories  # noqa: E402
from coranto.web import (  # noqa: E402
    article,
    beside,
    cited,
    feeds,
    front,
    habits,
    pictures,
    ranking,
    readers,
    reading,
    search,
    shell,
    sources,
    versions,
    yours,
)


@pytest.fixture(autouse=True)
def plain_settings(tmp_path):
    """Settings that do not depend on who set Django up first."""
    with override_settings(
        ALLOWED_HOSTS=["testserver", "news.example"],
        SITE_URL="https://news.example",
        SITE_NAME="Coranto",
        STATIC_ROOT=tmp_path / "static",
        FONTS=tmp_path / "fonts",
        ICONS=tmp_path / "icons",
        READ_KEYS=tmp_path / "read_keys",
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    ):
        yield


@pytest.fixture
def store(monkeypatch):
    """Puts a `World` behind the views: `store(World(...))`; returns what was recorded of the calls."""

    def place(world: World):
        recorded = SimpleNamespace(reads=[], forgotten=[], shown=[])
        pages = {1: world.honest(), 5: world.copy(), 900: world.bare_article()}
        lists = SimpleNamespace(
            home=lambda user=None, now=None, follows=None: world.home(),
            latest=lambda cursor=None, per=40, user=None, follows=None: world.cards(),
            day=lambda day, cursor=None, user=None, follows=None: world.cards(),
            section=lambda slug, cursor=None, user=None, follows=None: (
                (world.section(), world.cards()) if slug == "valley" else None
            ),
            outlet=lambda slug, cursor=None, user=None: (
                (world.outlet(), world.cards()) if slug == "newsglint" else None
            ),
            topic=lambda slug, cursor=None, user=None, follows=None: (
                (world.topic(), world.cards()) if slug == "bridges" else None
            ),
            author=lambda number, cursor=None, user=None: (world.author(), world.cards()) if number == 7 else None,
            story=lambda number, user=None: world.story_page() if number == 1 else None,
            parts=lambda cards: world.parts(),
            section_facts=lambda slug: world.facts(),
            topic_facts=lambda slug: world.facts(),
            outlet_facts=lambda slug, owner=False: replace(world.facts(), own=0.75 if owner else None),
            stories=lambda cursor=None, per=20, user=None: Stories((world.story(1), world.story(2)), "n1", "o1"),
            sections=lambda: [world.section()],
            status=world.status,
            ranked=lambda limit, section=None, outlet=None, days=1: Rankings(
                world.listed(400, "readers", "1204"), world.listed(420, "rising", "30", "12"),
                world.listed(440, "covered", "9"), 3, world.listed(460, "discussed", "12"),
            ),
            for_you=lambda reader, limit, **_: world.listed(800, "topics", "Ferries"),
            enough_readers=lambda: True,
        )
        profiles = SimpleNamespace(
            FIELDS=("topic", "outlet"), account_of=lambda key: None,
            remember=lambda key, wanted: None, is_remembered=bool,
            profile=lambda key: Profile(1, True, {("topic", "ferries"): "more"}, NOW, 7, NOW) if key else None,
            interests=lambda known: tuple(
                Interest(field, world.say(name), name, read, wish)
                for field, name, read, wish in (("topic", "ferries", 7, "more"), ("outlet", "glint", 0, "never"))
            ),
        )  # fmt: skip
        counts = Reactions({"useful": 41, "moving": 2}, "useful")
        monkeypatch.setattr(habits, "reactions", SimpleNamespace(of=lambda article, key: counts, KINDS=("useful",)))
        reads = SimpleNamespace(
            record_many=recorded.reads.extend,
            forget=recorded.forgotten.append,
            history=lambda reader, limit=50: tuple((world.card(n), NOW) for n in range(800, 803)),
        )
        for module in (beside, feeds, front, habits, ranking, reading, search, shell):
            monkeypatch.setattr(module, "lists", lists)
        monkeypatch.setattr(article, "articles", SimpleNamespace(page=lambda number, user=None: pages.get(number)))
        read = ReadVersion(1, NOW, world.honest().reading)
        stored = SimpleNamespace(readings=lambda ids, user=None: dict.fromkeys(ids, read))
        for module in (reading, versions):
            monkeypatch.setattr(module, "articles", stored)
        searcher = SimpleNamespace(search=lambda query, user=None, cursor=None: world.results())
        monkeypatch.setattr(search, "store_search", searcher)
        monkeypatch.setattr(feeds, "store_search", searcher)
        monkeypatch.setattr(pictures, "pictures", SimpleNamespace(kept=lambda urls: {}))
        monkeypatch.setattr(pictures, "notes", SimpleNamespace(add=lambda urls: None))
        monkeypatch.setattr(readers, "reads", reads)
        monkeypatch.setattr(readers.events, "show_many", recorded.shown.extend)
        monkeypatch.setattr(readers, "counter", WrittenByHand())
        monkeypatch.setattr(readers, "day_key", readers.DayKey())
        monkeypatch.setattr(yours, "reads", reads)
        for module in (beside, readers, yours):
            monkeypatch.setattr(module, "profiles", profiles)
        monkeypatch.setattr(beside, "suggesting", SimpleNamespace(shelf=tuple))
        rows = SimpleNamespace(
            listed=lambda user=None: world.sources(), outlets=lambda user=None: world.outlets(),
            of_outlet=lambda number: world.sources()[:2],
        )  # fmt: skip
        monkeypatch.setattr(sources, "store_sources", rows)
        monkeypatch.setattr(reading, "store_sources", rows)
        monkeypatch.setattr(search, "store_sources", rows)
        monkeypatch.setattr(reading, "notes", SimpleNamespace(hidden_of=lambda ids: {}))
        monkeypatch.setattr(sources, "editing", SimpleNamespace(pauses=dict))
        monkeypatch.setattr(cited, "sources", rows)
        for module in (article, shell, reading):
            monkeypatch.setattr(module, "timezone", SimpleNamespace(now=lambda: NOW))
        shell.kept.forget()
        recorded.pages = pages
        return recorded

    return place


class WrittenByHand(readers.Counter):
    """Counts reads without a thread: a test says when they are written."""

    def _start(self):
        return threading.current_thread()


@pytest.fixture
def client():
    return Client()
