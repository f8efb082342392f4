"""What readers do: marks of accounts, reactions, profiles, and forgetting all of it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import columns_holding, entry, together

from coranto.store import (
    accounts,
    articles,
    database,
    events,
    keep,
    lists,
    marks,
    merging,
    notes,
    originals,
    profiles,
    reactions,
    reads,
    suggesting,
    times,
)
from coranto.store.reader_values import ReaderMark, Sliders


@pytest.fixture
def users(newsroom) -> tuple[int, int]:
    """Two accounts and six articles in a section, the first the newest."""
    from django.contrib.auth.models import User

    newsroom.filled(6, outlet={"section": "Valley"})
    return tuple(User.objects.create_user(name).pk for name in ("ada", "ben"))


def read_by(user: int) -> list[int]:
    return [ident for ident, mark in sorted(marks.of(user, range(1, 7)).items()) if mark.read]


def test_an_opened_article_is_read_for_its_account_alone(users):
    ada, ben = users
    reads.record(2, "visitor", f"user:{ada}")
    assert read_by(ada) == [2] and read_by(ben) == []
    assert marks.set_read(ada, 2, False) and read_by(ada) == []
    reads.record(2, "visitor", f"user:{ada}")
    assert read_by(ada) == [2] and articles.page(2).readers == 1
    assert marks.set_read(ada, 99, True) is False


@pytest.mark.parametrize(
    ("kind", "name"), [("all", ""), ("outlet", "the-one"), ("section", "valley"), ("topic", "bridges"), ("author", "1")]
)
def test_what_is_older_in_a_list_is_read_at_once_and_filtered(newsroom, users, kind, name):
    ada, ben = users
    marks.set_read(ada, 5, False)
    assert marks.read_to(ada, kind, name, 4)
    assert read_by(ada) == [4, 5, 6] and read_by(ben) == []
    marks.set_read(ada, 6, False)
    marks.set_read(ada, 2, True)
    assert [card.id for card in lists.latest(user=ada, unread=True).cards] == [1, 3, 6]
    assert [card.id for card in lists.topic("bridges", user=ada, unread=True)[1].cards] == [1, 3, 6]
    assert len(lists.latest(user=ben, unread=True).cards) == 6
    other = newsroom.filled(1, "two")
    assert (other[0] in [card.id for card in lists.latest(user=ada, unread=True).cards]) is True
    assert not marks.read_to(ada, kind, "nothing", 4) or kind == "all"
    assert not marks.read_to(ada, "planet", "x", 4) and not marks.read_to(ada, kind, name, 99)


def test_a_later_mark_is_not_taken_back_by_an_earlier_one(users):
    ada, _ = users
    marks.read_to(ada, "all", "", 2)
    marks.read_to(ada, "all", "", 5)
    assert read_by(ada) == [2, 3, 4, 5, 6]


def test_articles_are_kept_for_later(users):
    ada, ben = users
    for number in (4, 2):
        marks.keep(ada, number)
    assert [card.id for card in marks.kept(ada).cards] == [2, 4] and marks.kept(ben).cards == ()
    first = marks.kept(ada, per=1)
    assert [card.id for card in marks.kept(ada, first.older, per=1).cards] == [4]
    marks.keep(ada, 2, False)
    assert marks.of(ada, (2, 4)) == {2: ReaderMark(), 4: ReaderMark(kept=True)}


def test_where_a_reader_was_is_kept_within_bounds(users):
    ada, _ = users
    for given, kept in ((7, 7), (10**9, marks.FURTHEST), (-3, 0)):
        marks.place(ada, 1, given)
        assert marks.of(ada, (1,))[1].paragraph == kept


def test_marks_take_one_question_for_all_cards(users, statements):
    with statements() as seen:
        marks.of(users[0], range(1, 7))
    assert len(seen) == 1


def test_one_reader_has_one_word_which_can_be_changed_and_taken_back(users):
    for kind, holds, counts in (
        ("useful", "useful", {"useful": 1}), ("unclear", "unclear", {"unclear": 1}), ("unclear", "", {}),
        ("moving", "moving", {"moving": 1}),
    ):  # fmt: skip
        assert reactions.react(1, "device:a", kind) == holds
        assert reactions.of(1).counts == counts and reactions.of(1, "device:a").mine == (holds or None)
    reactions.react(1, "user:1", "moving", user=1)
    assert reactions.of(1, "device:b").counts == {"moving": 2} and reactions.of(1, "device:b").mine is None
    assert reactions.react(1, "device:a", "<b>") is None and reactions.react(99, "device:a", "useful") is None


def test_a_device_that_reacts_is_not_remembered_until_it_asks(users):
    reactions.react(1, "device:a", "useful")
    reads.record(2, "visitor", "device:a")
    reads.record(3, "visitor", "device:unknown")
    assert profiles.profile("device:unknown") is None and profiles.profile("device:a").remembers is False
    assert reads.history("device:a") == ()
    profiles.remember("device:a")
    reads.record(4, "visitor", "device:a")
    assert [card.id for card, _ in reads.history("device:a")] == [4]
    assert reactions.of(1, "device:a").mine == "useful"


def test_an_account_is_remembered_until_it_says_no(users):
    key = f"user:{users[0]}"
    assert profiles.profile(key).remembers
    reads.record(1, "visitor", key)
    profiles.remember(key, False)
    reads.record(2, "visitor", key)
    assert [card.id for card, _ in reads.history(key)] == [1] and read_by(users[0]) == [1, 2]
    reads.forget(key)
    assert profiles.profile(key).remembers is False and profiles.profile(key).reads == 0
    reads.record(3, "visitor", "user:4711")
    assert profiles.profile("user:4711").reader is None


def test_wishes_are_kept_in_bounds_and_told_with_what_was_read(users):
    key = f"user:{users[0]}"
    reads.record(1, "visitor", key)
    profiles.wish(key, {("topic", "bridges"): "never", ("outlet", "the-one"): "more", ("planet", "mars"): "more"})
    profiles.wish(key, {("outlet", "the-one"): "as is", ("topic", "roads"): "less", ("topic", "no-more"): "more"})
    known = profiles.profile(key)
    assert known.wishes == {("topic", "bridges"): "never", ("topic", "roads"): "less", ("topic", "no-more"): "more"}
    told = {(one.field, one.slug): (one.read, one.wish) for one in profiles.interests(known)}
    assert told == {("topic", "bridges"): (1, "never"), ("topic", "roads"): (1, "less"), ("outlet", "the-one"): (1, "")}
    profiles.wish(key, {("topic", f"{n} {'x' * 500}"): "more" for n in range(500)})
    kept = profiles.profile(key).wishes
    assert len(kept) == profiles.MOST_WISHES and max(len(name) for _, name in kept) == profiles.LONGEST_NAME


def test_a_wish_names_nothing_that_its_reader_may_not_see(newsroom, users):
    ada = users[0]
    source = newsroom.source("two", outlet={"private_to": ada})
    newsroom.take(source, entry(1, "two", topics=("Tunnels",)))
    newsroom.read(tags=("Tunnels",))
    told = {}
    for key in (f"user:{ada}", "device:a"):
        profiles.wish(key, {("outlet", "the-two"): "more", ("topic", "tunnels"): "more"})
        told[key] = [one.name for one in profiles.interests(profiles.profile(key))]
    assert told == {f"user:{ada}": ["Tunnels", "The Two"], "device:a": []}


def test_private_articles_take_no_room_from_what_everybody_may_be_offered(newsroom, users, monkeypatch):
    source = newsroom.source("two", outlet={"private_to": users[0]})
    newsroom.take(source, *(entry(n, "two", published=datetime.now(UTC)) for n in range(5)))
    newsroom.read()
    monkeypatch.setattr(profiles, "CANDIDATES", 4)
    private = [one.card.outlet_slug == "the-two" for one in profiles.candidates()]
    assert private == [False] * 4 + [True] * 4


def test_an_account_goes_with_its_private_outlets_and_its_words(newsroom, users):
    ada = users[0]
    accounts.add("owner", "a long pass phrase", owner=True)
    source = newsroom.source("two", outlet={"private_to": ada})
    (new,) = newsroom.take(source, entry(1, "two", title="Zwirbelkasten closes")).article_ids
    newsroom.read()
    newsroom.group((new,))
    reactions.react(new, f"user:{ada}", "useful", ada)
    reactions.react(1, f"user:{ada}", "useful")
    accounts.remove("ada")
    assert database.value("SELECT talk FROM article WHERE id = 1") == 0
    assert columns_holding("Zwirbelkasten") == [] and lists.topic("bridges")[0].articles == 6
    assert database.value("SELECT count(*) FROM original") == 6
    assert profiles.profile(f"user:{ada}").reader is None


BROKEN = ["", "[]", '{"topic": 3}', '{"topic": {"a": 7, "b": ["more"]}}', "{", '{"sliders": [2, 2, 2, 2, 9, false]}',
          '{"sliders": [2, 2.5, 2, 2, 1, 0]}', '{"sliders": {"a": 1}}', '{"sliders": [0]}']  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_a_profile_that_is_broken_holds_no_wish(text):
    assert profiles.wishes_of(text) == {} and profiles.sliders_of(text) == Sliders()


def test_candidates_and_history_come_with_topics_authors_and_when(users):
    key = f"user:{users[0]}"
    for number in (3, 1):
        reads.record(number, "visitor", key, datetime.now(UTC) - timedelta(minutes=number))
    found = profiles.history(profiles.profile(key).reader)
    assert [one.card.id for one in found] == [3, 1] and [slug for _, slug in found[0].topics] == ["bridges", "roads"]
    assert [one.authors for one in suggesting.items(found)] == [(str(articles.page(1).authors[0].id),)] * 2
    assert [one.card.id for one in profiles.candidates()] == [1, 2, 3, 4, 5, 6]


def test_forgetting_leaves_nothing_in_the_tables_and_in_the_file(stored, users):
    account, device = f"user:{users[0]}", "device:kx7Qv2mZw9Lr4T"
    profiles.remember(device)
    for number in range(1, 6):
        for key in (account, device):
            reads.record(number, f"a hash of the {key[:4]}", key)
    profiles.wish(device, {("topic", "zweiundvierzig-bruecken"): "more"})
    reactions.react(1, device, "useful")
    marks.keep(users[0], 2)
    marks.place(users[0], 3, 5)
    reads.forget(device)
    reads.forget(account)
    assert database.rows("SELECT key, profile FROM reader") == [(account, "{}")] and reads.history(account) == ()
    assert database.value("SELECT count(*) FROM reaction") == 0
    assert database.value("SELECT count(*) FROM event") == database.value("SELECT count(*) FROM showing") == 0
    assert read_by(users[0]) == [] and marks.of(users[0], (3,))[3].paragraph == 0
    assert [card.id for card in marks.kept(users[0]).cards] == [2]
    if not database.postgresql():
        files = [file.read_bytes() for file in stored.data.glob("coranto.sqlite3*")]
        assert files and not any(word in held for held in files for word in (device.encode(), b"zweiundvierzig"))


def test_one_article_is_forgotten_and_the_others_stay(users):
    key = f"user:{users[0]}"
    for number in (1, 2):
        reads.record(number, "visitor", key)
        reactions.react(number, key, "moving")
    events.show_many([(key, place, (1, n), datetime.now(UTC)) for place, n in (("related", 3), ("covered", 2))])
    reads.forget_one(key, 1)
    assert [card.id for card, _ in reads.history(key)] == [2] and read_by(users[0]) == [2]
    assert {one.articles for one in events.shown_to(key)} == {(3,), (2,)}
    assert {one.article for one in events.of(key)} == {2} and articles.page(1).readers == 1
    assert [reactions.of(number).counts for number in (1, 2)] == [{}, {"moving": 1}]
    assert database.value("SELECT talk FROM article WHERE id = 1") == 0


@pytest.mark.parametrize("forget", [reads.forget, lambda key: reads.forget_one(key, 1)], ids=["all", "one"])
def test_what_other_processes_took_in_before_it_was_forgotten_is_not_written(users, forget):
    key, before = f"user:{users[0]}", datetime.now(UTC)
    reads.record(1, "visitor", key)
    forget(key)
    reads.record(1, "visitor", key, before)
    events.show_many([(key, "related", (3, 1), before)])
    reads.record(2, "visitor", key, before)
    assert reads.history(key) == () == events.shown_to(key) and read_by(users[0]) == []
    reads.record(2, "visitor", key)
    assert [card.id for card, _ in reads.history(key)] == [2] and read_by(users[0]) == [2]


def test_reads_go_after_the_days_that_were_set(users, monkeypatch):
    monkeypatch.setattr(originals.Keeping, "reads_days", 7)
    key = f"user:{users[0]}"
    for number, days in ((1, 6), (2, 8)):
        reads.record(number, "visitor", key, datetime.now(UTC) - timedelta(days=days))
    keys, today = originals.Keeping.data / reads.KEYS, datetime.now(times.zone()).date()
    keys.mkdir()
    for day in (today - timedelta(days=1), today):
        (keys / day.isoformat()).write_bytes(b"key")
    assert keep.retention()["reads"] == 1 and [one.name for one in keys.iterdir()] == [today.isoformat()]
    assert [card.id for card, _ in reads.history(key)] == [1] and articles.page(2).readers == 1


@pytest.mark.parametrize("keys", [False, True])
def test_a_backup_tells_what_is_kept_for_later_and_only_with_keys_what_was_read(users, tmp_path, keys):
    ada = users[0]
    reads.record(1, "visitor", f"user:{ada}")
    marks.keep(ada, 2)
    marks.place(ada, 2, 9)
    marks.set_read(ada, 2, True)
    keep.backup(tmp_path / "site.coranto", keys=keys)
    with zipfile.ZipFile(tmp_path / "site.coranto") as archive:
        held = {name.removeprefix("tables/").removesuffix(".jsonl") for name in archive.namelist()}
        names, *lines = map(json.loads, io.TextIOWrapper(archive.open("tables/mark.jsonl")))
    told = [dict(zip(names, line, strict=True)) for line in lines]
    expected = {(1, True, 0), (2, True, 9)} if keys else {(2, None, 0)}
    assert {(one["article_id"], one["read"], one["paragraph"]) for one in told} == expected
    readers = {"read", "read_to", "reader", "reaction", "event", "showing"}
    assert readers & held == (readers if keys else set())
    assert not {"cached_picture", "lease"} & held, "files of pictures are in no backup"


def test_a_new_article_of_a_list_that_was_read_is_unread(newsroom, users):
    ada, _ = users
    marks.read_to(ada, "all", "", 1)
    source = newsroom.source()
    (new,) = newsroom.take(source, entry(-5), at=datetime.now(UTC)).article_ids
    newsroom.read()
    newsroom.group((new,))
    assert [card.id for card in lists.latest(user=ada, unread=True).cards] == [new]


def test_what_was_done_with_an_article_goes_over_to_the_one_it_is_merged_into(users):
    ada, _ = users
    marks.keep(ada, 5)
    reactions.react(5, "device:a", "moving")
    reactions.react(2, "device:a", "useful")
    notes.write(5, "name_differs", True, "A pen name.", "edda")
    for visitor, article in (("a", 2), ("b", 5)):
        reads.record(article, visitor)
    warm = database.value("SELECT heat FROM article WHERE id = 2")
    with database.writing():
        merging.merge(5, 2)
    assert articles.page(2).readers == 2
    assert database.value("SELECT heat FROM article WHERE id = 2") == pytest.approx(warm + 1, abs=0.01)
    assert [note.note for note in notes.of(2)] == ["A pen name."] and notes.of(5) == ()
    assert [card.id for card in marks.kept(ada).cards] == [2]
    assert reactions.of(2).counts == {"useful": 1} and reactions.of(5).counts == {}


def test_what_is_just_being_written_is_forgotten_too(users):
    before, readers = datetime.now(UTC), [f"device:{number}" for number in range(40)]
    for key in readers:
        profiles.remember(key)

    def process(number: int) -> None:
        for key in readers:
            if number:
                reads.record(1, f"{number} {key}", key, before)
            else:
                reads.forget_one(key, 1)

    together(process)
    assert database.rows("SELECT reader_id FROM event") == []
