"""What an outlet gives to one account is nobody else's: on no list, in no count, in no story, in no export."""

from __future__ import annotations

import io

import pytest
from newsroom import entry, page_document

from coranto.store import articles, grouping, keep, lists, outlets, search, sources
from coranto.store.database import value
from coranto.store.values import Query


@pytest.fixture
def accounts(newsroom) -> tuple[int, int]:
    """Two accounts; the first pays for The Closed."""
    from django.contrib.auth.models import User

    mine, other = (User.objects.create_user(name).pk for name in ("ada", "ben"))
    outlet = sources.add_outlet("The Closed", "https://closed.example/", section="Vault", private_to=mine)
    source = sources.add_source(outlet.id, "feed", "https://closed.example/feed", credential=("basic", "ada", "s3cret"))
    newsroom.filled(2, "open")
    newsroom.take(source, entry(5, "closed", title="Hidden ledger opened"))
    newsroom.read()
    newsroom.group((3,))
    return mine, other


def test_only_its_owner_sees_it(accounts):
    mine, other = accounts
    for user in (None, other):
        assert 3 not in [card.id for card in lists.latest(user=user).cards]
        assert articles.page(3, user=user) is None
        assert lists.outlet("the-closed", user=user) is None
        assert search.search(Query("ledger"), user=user).total == 0
        assert lists.story(3, user=user) is None
        assert lists.author(articles.page(3, user=mine).authors[0].id, user=user) is None
        assert "the-closed" not in [outlet.slug for outlet in outlets.outlets(user)]
        assert sources.listed(user)[0].outlet == "The Open" and len(sources.listed(user)) == 1
        home = lists.home(user=user)
        assert 3 not in [card.id for card in home.latest.cards] and "vault" not in [s.slug for s, _ in home.sections]
    assert 3 in [card.id for card in lists.latest(user=mine).cards]
    assert search.search(Query("ledger"), user=mine).total == 1
    assert lists.sections() == () and lists.status().articles == 2


def test_the_old_address_of_its_story_tells_its_headline_to_nobody_else(newsroom, accounts):
    mine, other = accounts
    source = sources.listed(mine)[0]
    newsroom.take(source, entry(6, "closed", title="Hidden vault opened"))
    newsroom.read()
    newsroom.group((4,))
    newsroom.group((3, 4))
    assert lists.story(4, user=mine).moved_to == 3
    assert lists.story(4, user=other) is None and lists.story(4) is None


def test_it_is_counted_in_no_public_story_and_is_nobodys_original(newsroom, accounts):
    mine, _ = accounts
    newsroom.group((1, 3))
    assert (lists.story(1).card.outlets, lists.story(1).card.articles) == (1, 1)
    assert [mark.article_id for mark in lists.story(1).card.marks] == [1]
    grouping.save_assignments([
        {"article_id": 2, "story_id": 1, "copy_of": 3, "role": "uncredited_copy",
         "findings": [{"outlet": "The Closed"}]},
        {"article_id": 3, "story_id": 1, "copy_of": 1, "role": "uncredited_copy"},
    ])  # fmt: skip
    page = articles.page(2)
    assert (page.card.copy_of, page.record.findings, page.record.role) == (None, (), "own_report")
    assert articles.page(1).card.copies == 0
    assert articles.page(3, user=mine).card.copy_of == 1


def test_the_same_address_paid_for_and_free_are_two_articles(newsroom, accounts):
    told = newsroom.take(newsroom.source("closed", outlet={"name": "Closed for all"}), entry(5, "closed"))
    assert told.new == 1
    assert articles.page(told.article_ids[0]).card.title == "Bridge 5 closes"


def test_a_credential_needs_an_outlet_of_ones_own(newsroom):
    outlet = sources.add_outlet("The Open", "https://open.example/")
    with pytest.raises(ValueError, match="private_to"):
        sources.add_source(outlet.id, "feed", "https://open.example/feed", credential=("basic", "a", "b"))


def test_an_outlet_of_the_same_name_is_another_for_everybody_else(accounts):
    mine, other = accounts
    same = sources.add_outlet("The Closed", "https://closed.example/", private_to=mine)
    theirs = sources.add_outlet("The Closed", "https://closed.example/", private_to=other)
    public = sources.add_outlet("The Closed", "https://closed.example/")
    assert len({same.id, theirs.id, public.id}) == 3 and same.slug == "the-closed"


def test_exports_and_backups_keep_it_in(accounts, tmp_path):
    mine, other = accounts
    for user, expected in ((None, 2), (other, 2), (mine, 3)):
        out = io.StringIO()
        keep.export(out, user=user)
        assert len(out.getvalue().splitlines()) == expected
    keep.backup(tmp_path / "all.coranto")
    assert b"s3cret" not in unpacked(tmp_path / "all.coranto")
    keep.backup(tmp_path / "keys.coranto", keys=True)
    assert b"s3cret" in unpacked(tmp_path / "keys.coranto")


def unpacked(path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_following_is_kept_by_account(accounts):
    mine, other = accounts
    sources.follow(mine, [1, 1])
    assert sources.followed(mine) == (1,) and sources.followed(other) is None
    sources.follow(mine, None)
    assert sources.followed(mine) is None and value("SELECT count(*) FROM follow") == 0


def test_an_imported_page_of_a_private_address_does_not_meet_the_private_article(newsroom, accounts):
    from coranto.store import intake

    told = intake.store_document(
        page_document("Free copy", "Anybody may read this."), outlet_hint=("Archive", "https://archive.example/"),
        via="import", keys=entry(5, "closed").address_keys,
    )  # fmt: skip
    assert told.new == 1
