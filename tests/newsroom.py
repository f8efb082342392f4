"""A small newsroom for tests on a real store: outlets, entries, pages, and the steps from one to the other."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coranto.articles import Article, Document
from coranto.store import articles, database, grouping, intake, sources
from coranto.store.source_values import IncomingEntry

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)


def entry(number: int, outlet: str = "one", **changes) -> IncomingEntry:
    url = f"https://{outlet}.example/news/{number}"
    made = IncomingEntry(
        (url, f"guid {number}"), url, f"Bridge {number} closes",
        f"The bridge over the Kerrin was closed on day {number}.\n\nMore follows.",
        b"", byline="Ada Fenn", published=NOON - timedelta(hours=number), language="en", topics=("Bridges", "Roads"),
    )  # fmt: skip
    made = replace(made, **changes)
    return (
        made
        if made.original
        else replace(made, original=json.dumps([made.title, made.text, str(made.published)]).encode())
    )


def read(work, **changes) -> Article:
    """What a reader makes of a stored entry or page of these tests: both are JSON of (title, text, published)."""
    title, text, published = json.loads(work.document.body)
    published = datetime.fromisoformat(published) if published != "None" else None
    made = Article(
        title=title, text=text, html=f"<p>{text}</p>", authors=("Ada Fenn",), tags=("Bridges", "Roads"), language="en",
        published=published,
    )  # fmt: skip
    return replace(made, **changes)


def page_document(title: str, text: str, published: datetime | None = NOON, url: str | None = None) -> Document:
    return Document(url, json.dumps([title, text, str(published)]).encode(), "text/html", NOON)


def columns_holding(text: str) -> list[tuple[str, str]]:
    """The (table, column) pairs in which a text stands: to show that something is gone."""
    if database.postgresql():
        places = database.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'text'"
        )
    else:
        tables = [table for (table,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        places = [(table, each[1]) for table in tables for each in database.rows(f'PRAGMA table_info("{table}")')]
    like = f"%{text}%"
    held = []
    for table, column in places:
        if (
            database.value(f'SELECT 1 FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE %s LIMIT 1', (like,))
            is not None
        ):
            held.append((table, column))
    return held


def together(work, count: int = 4) -> list:
    """What `work` gives in several threads at once, each with a connection of its own."""
    results, errors, gate = [], [], threading.Barrier(count)

    def one(number: int) -> None:
        try:
            gate.wait()
            results.append(work(number))
        except Exception as error:
            errors.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return results


class Newsroom:
    """Shorthands for what the pipeline does."""

    def source(self, name: str = "one", **fields):
        outlet = {"name": f"The {name.title()}", "home_url": f"https://{name}.example/", **fields.pop("outlet", {})}
        return sources.add_source(sources.add_outlet(**outlet).id, "feed", f"https://{name}.example/feed", **fields)

    def take(self, source, *entries, at: datetime = NOON):
        return intake.store_entries([(source, "en", list(entries))], at)[0]

    def read(self, version: int = 1, **changes) -> int:
        """Read all that waits."""
        done = 0
        while works := articles.claim("read", "test", 100):
            articles.save_readings(
                [(work, read(work, **changes)) for work in works], version, keys_of=lambda url: [url]
            )
            done += len(works)
        return done

    def group(self, *groups: tuple[int, ...], **fields) -> None:
        """Put articles into stories, named by their first."""
        claims = {work.article_id: work.claim for work in articles.claim("group", "test", 10_000)}
        grouping.save_assignments(
            [
                {"article_id": one, "story_id": group[0], "claim": claims.get(one), **fields}
                for group in groups for one in group
            ]
        )  # fmt: skip

    def filled(self, count: int, name: str = "one", **fields) -> list[int]:
        """An outlet with articles, read and grouped each for itself; their ids."""
        ids = list(self.take(self.source(name, **fields), *(entry(n, name) for n in range(count))).article_ids)
        self.read()
        self.group(*((one,) for one in ids))
        return ids
