"""An article's links to authors, topics and pictures, made anew from each reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coranto.articles import Article, Person, Picture
from coranto.store import pictures as cache
from coranto.store.database import holes, many, number_of, numbers, rows, run, storable
from coranto.store.joins import join_by_address
from coranto.store.slugs import slug

MOST_TOPICS, MOST_AUTHORS, MOST_PICTURES = 12, 12, 40
LONGEST_ADDRESS = 600
"""Letters of an author's address: an index of PostgreSQL takes no more than 2,700 bytes."""


def link(shown: dict[int, Article], outlets: dict[int, int], listed: Collection[int]) -> None:
    """Make the links of these articles what their readings say, and have the lead pictures of those that are `listed`
    fetched. `outlets` gives each article's outlet."""
    if not shown:
        return
    at = dict(rows(f"SELECT id, at FROM article WHERE id IN ({numbers(shown)})"))
    link_topics(shown, at)
    link_authors(shown, outlets, at)
    pictures = [
        (number_of(url), ident, url)
        for ident, reading in shown.items()
        for url in dict.fromkeys(pictures_of(reading))
    ]  # fmt: skip
    run(f"DELETE FROM picture WHERE article_id IN ({numbers(shown)})")
    many("INSERT INTO picture (key, article_id, url) VALUES (%s, %s, %s)", pictures)
    leads = {ident: lead_picture(shown[ident]) for ident in listed}
    cache.want((lead.url, at[ident]) for ident, lead in leads.items() if lead)


def lead_picture(reading: Article) -> Picture | None:
    """The picture that lists show: the one the page puts forward, else the first in its text."""
    return reading.image or next(iter(reading.images), None)


def pictures_of(reading: Article) -> list[str]:
    found = [reading.image] if reading.image else []
    return [storable(picture.url) for picture in (*found, *reading.images)][:MOST_PICTURES]


def link_topics(shown: dict[int, Article], at: dict[int, int]) -> None:
    names: dict[str, str] = {}
    wanted: dict[int, list[str]] = {}
    for ident, reading in shown.items():
        for tag in reading.tags[: MOST_TOPICS * 4]:
            name = storable(" ".join(tag.split()))[:80]
            short = slug(name)
            if short and short not in wanted.setdefault(ident, []) and len(wanted[ident]) < MOST_TOPICS:
                wanted[ident].append(short)
                names.setdefault(short, name)
    ids = topic_ids(names)
    these = numbers(shown)
    before = rows(f"SELECT article_id, topic_id FROM article_topic WHERE article_id IN ({these})")
    run(f"DELETE FROM article_topic WHERE article_id IN ({these})")
    pairs = [(ident, ids[short], at[ident]) for ident, shorts in wanted.items() for short in shorts]
    many("INSERT INTO article_topic (article_id, topic_id, at) VALUES (%s, %s, %s)", pairs)
    changes: dict[int, int] = {}
    for _, topic in before:
        changes[topic] = changes.get(topic, 0) - 1
    for _, topic, _ in pairs:
        changes[topic] = changes.get(topic, 0) + 1
    many("UPDATE topic SET articles = articles + %s WHERE id = %s", [(n, topic) for topic, n in changes.items() if n])


def topic_ids(names: dict[str, str]) -> dict[str, int]:
    """The topics with these slugs, made where they are missing."""
    many(
        "INSERT INTO topic (name, slug, articles) VALUES (%s, %s, 0) ON CONFLICT (slug) DO NOTHING",
        [(name, short) for short, name in missing(names)],
    )
    return found_topics(names)


def found_topics(shorts: Iterable[str]) -> dict[str, int]:
    shorts, found = list(shorts), {}
    for start in range(0, len(shorts), 900):
        part = shorts[start : start + 900]
        found.update(rows(f"SELECT slug, id FROM topic WHERE slug IN ({holes(part)})", part))
    return found


def missing(names: dict[str, str]) -> list[tuple[str, str]]:
    known = found_topics(names)
    return [(short, name) for short, name in names.items() if short not in known]


def link_authors(shown: dict[int, Article], outlets: dict[int, int], at: dict[int, int]) -> None:
    signed: dict[tuple[int, str], Person | None] = {}
    wanted: list[tuple[int, int, tuple[int, str]]] = []
    for ident, reading in shown.items():
        people = {person.name: person for person in reading.people}
        for position, name in enumerate(dict.fromkeys(reading.authors[:MOST_AUTHORS])):
            plain = storable(" ".join(name.split()))[:120]
            if plain:
                key = (outlets[ident], plain)
                signed[key] = people.get(name) or signed.get(key)
                wanted.append((ident, position, key))
    ids = author_ids(signed)
    run(f"DELETE FROM article_author WHERE article_id IN ({numbers(shown)})")
    many(
        "INSERT INTO article_author (article_id, author_id, at, position) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (article_id, author_id) DO NOTHING",
        [(ident, ids[key], at[ident], position) for ident, position, key in wanted],
    )


def author_ids(signed: dict[tuple[int, str], Person | None]) -> dict[tuple[int, str], int]:
    """The authors of these outlets and names, made where they are missing; what a page tells of them is kept."""
    many(
        "INSERT INTO author (outlet_id, name, slug, role, bio, url) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (outlet_id, name) DO UPDATE SET role = COALESCE(excluded.role, author.role),"
        " bio = COALESCE(excluded.bio, author.bio), url = COALESCE(excluded.url, author.url)",
        [
            (outlet, name, slug(name) or "author", *told(person))
            for (outlet, name), person in signed.items()
        ],
    )  # fmt: skip
    names, found = list({name for _, name in signed}), {}
    for start in range(0, len(names), 900):
        part = names[start : start + 900]
        for ident, outlet, name in rows(f"SELECT id, outlet_id, name FROM author WHERE name IN ({holes(part)})", part):
            found[outlet, name] = ident
    join_by_address(person.url for person in signed.values() if person)
    return found


def told(person: Person | None) -> tuple[str | None, str | None, str | None]:
    if person is None:
        return None, None, None
    role, bio = (storable(part)[:2000] if part else None for part in (person.role, person.bio))
    url = storable(person.url or "")
    return role, bio, url if 0 < len(url) <= LONGEST_ADDRESS else None
