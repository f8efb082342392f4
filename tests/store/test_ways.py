"""An outlet's rules in the store, and that what they change in readings is never told as the outlet's own change."""

from __future__ import annotations

import pytest
from newsroom import entry, page_document

from coranto.articles import Lists, OutletProfile, Rule
from coranto.store import articles, changes, intake, outlets, steps, undoing, ways
from coranto.store.database import run

DROP = Rule("drop", "p.ask")


@pytest.fixture
def outlet(newsroom) -> int:
    """An outlet with an article that its feed gave and one whose page was fetched."""
    source = newsroom.source()
    newsroom.take(source, entry(1, want_page=True), entry(2))
    intake.store_document(page_document("Bridge closed", "The whole text of it."), article_id=1)
    newsroom.read()
    return source.outlet_id


def test_a_rule_is_kept_once_logged_undone_and_brought_back(outlet):
    ident = ways.add_rule(outlet, DROP, "edda")
    assert ways.add_rule(outlet, DROP, "edda") is None and ways.add_rule(99, DROP, "edda") is None
    assert [(each.rule, each.by) for each in ways.rules_of(outlet)] == [(DROP, "edda")]
    (added,) = changes.listed(1)
    assert (added.what, added.details["value"], added.undoable) == ("add rule", "p.ask", True)
    assert undoing.undo(added.id, "edda") and ways.rules_of(outlet) == []
    assert undoing.undo(added.id, "edda") is None

    ident = ways.add_rule(outlet, DROP, "edda")
    assert ways.remove_rule(ident, "edda").rule == DROP and ways.remove_rule(ident, "edda") is None
    (removed,) = changes.listed(1)
    assert undoing.undo(removed.id, "edda") and [each.rule for each in ways.rules_of(outlet)] == [DROP]
    assert undoing.undo(changes.listed(9)[-2].id, "edda") is None
    outlets.delete_outlet(outlet, with_articles=True)
    assert ways.rules_of(outlet) == [] and undoing.undo(removed.id, "edda") is None


def test_an_outlet_has_so_many_rules_at_most(outlet):
    kept = [ways.add_rule(outlet, Rule("title", f"The One {n}"), "edda") for n in range(ways.MOST_RULES + 1)]
    assert kept[-1] is None and None not in kept[:-1]


def test_a_rule_has_stored_pages_read_again_and_goes_along_with_them_alone(newsroom, outlet):
    ways.put_profile(outlet, OutletProfile(frozenset((7,))))
    ways.add_rule(outlet, DROP, "edda")
    (work,) = steps.claim("read", "test", 10)
    assert (work.article_id, work.rules, work.profile) == (1, (DROP,), OutletProfile(frozenset((7,))))
    assert steps.release(work, retry_in=0)
    assert newsroom.read() == 1
    newsroom.take(newsroom.source("two"), entry(3, "two"))
    newsroom.take(newsroom.source(), entry(4))
    assert [(each.rules, each.profile) for each in steps.claim("read", "test", 10)] == [((), None)] * 2


@pytest.mark.parametrize("by", ["rule", "profile"])
def test_a_better_reading_is_never_told_as_the_outlets_change(newsroom, outlet, by):
    """Read in another way than the version before it, a page tells of no change; read in the same way it does."""
    cut = Lists(repeated=("Our readers pay for this.",)) if by == "profile" else Lists()

    def fetched(title: str, text: str) -> None:
        intake.store_document(page_document(title, text), article_id=1)
        newsroom.read(text="The bridge over the Kerrin is closed to everybody.", lists=cut)

    run("DELETE FROM original WHERE digest = (SELECT digest FROM document WHERE article_id = 1 AND via = 'page')")
    if by == "rule":
        ways.add_rule(outlet, DROP, "edda")
    fetched("Bridge closed", "The bridge over the Kerrin is closed to everybody. Pay!")
    page = articles.page(1)
    assert [version.changed for version in page.versions] == [None] * 3
    assert page.reading.text == "The bridge over the Kerrin is closed to everybody."
    assert articles.difference(1, page.versions[-1].number) is None
    fetched("Bridge shut", "The bridge over the Kerrin is closed to everybody. Pay!")
    page = articles.page(1)
    assert page.versions[-1].changed == ("headline",)
    assert articles.difference(1, page.versions[-1].number) is not None


def test_a_profile_is_made_anew_as_an_outlet_grows(newsroom):
    newsroom.filled(5)
    (outlet,) = {row.id for row in outlets.outlets()}
    assert ways.unprofiled([outlet]) == []
    newsroom.filled(7, "two")
    assert ways.unprofiled([outlet, outlet + 1]) == [outlet + 1]
    ways.put_profile(outlet + 1, OutletProfile())
    assert ways.unprofiled([outlet + 1]) == [] and ways.known_of([outlet + 1]) == {}
