"""What editors decide about stories, in the rows and in the grouper's memory: kept over later articles, the second
look and a restart, and undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from newsroom import Newsroom, entry

from coranto.pipeline import grouping
from coranto.store import changes, deciding, lists, undoing
from coranto.store.database import rows
from coranto.store.grouping import save_assignments

FERRY = (
    "The ferry to Anselford runs twice an hour from Monday, the harbour board said. Tickets cost as much as before, and"
    " bicycles travel free until the summer.\n\nThe board bought a second boat in Norway for four million, and hired"
    " nine people to sail it through the winter."
)
BEANS = (
    "A grower in Tolmouth has won the prize for the longest bean at the county show, for the third time in a row.\n\n"
    "His secret, he told the judges, is music: he plays the trombone between the rows every evening before dusk."
)
TEXTS = {"f": ("Ferry to run twice an hour", FERRY), "b": ("The longest bean of the county", BEANS)}


class Desk:
    """A newsroom, a grouper that may be started anew, and the stories that rows and memory agree on."""

    def __init__(self, settings):
        self.settings, self.room, self.came = settings, Newsroom(), 0
        self.restart()

    def restart(self) -> None:
        self.grouper = grouping.Grouper(self.settings)

    def tell(self, what: str, outlet: str) -> int:
        """An outlet tells a text; the article's id, grouped."""
        title, text = TEXTS[what]
        at = datetime.now(UTC) - timedelta(hours=20 - self.came)
        self.came += 1
        took = self.room.take(self.room.source(outlet), entry(1, outlet, title=title, text=text, published=at), at=at)
        self.room.read()
        self.group()
        return took.article_ids[0]

    def group(self) -> None:
        while rows("SELECT 1 FROM article WHERE step = 'group'"):
            assert self.grouper.batch()

    def stories(self) -> dict[int, int]:
        """By article; looked at again first."""
        stream = self.grouper.opened()
        changed = stream.look_again()
        self.grouper.save(stream, {one.id: (one, None) for one in changed}, {}, {})
        found = dict(rows("SELECT id, story_id FROM article ORDER BY id"))
        assert {ident: stream.assignment(ident).story_id for ident in found} == found
        return found


@pytest.fixture
def desk(stored):
    made = Desk(stored.settings)
    yield made
    made.grouper.close()


def restarted(desk) -> None:
    desk.grouper.close()
    desk.restart()


def test_joined_stories_stay_joined_and_are_parted_again(desk):
    ferry, beans, copied = desk.tell("f", "one"), desk.tell("b", "two"), desk.tell("b", "three")
    before = {ferry: ferry, beans: beans, copied: beans}
    assert desk.stories() == before
    deciding.merge(ferry, beans, "edda", ferry)
    # What a grouper that does not know of it yet is about to save.
    save_assignments([{"article_id": beans, "story_id": beans}])
    assert lists.story(beans).moved_to == ferry
    desk.group()
    merged = dict.fromkeys(before, ferry)
    assert desk.stories() == merged
    restarted(desk)
    merged |= {desk.tell("b", "four"): ferry}
    assert desk.stories() == merged and lists.story(beans).moved_to == ferry
    with pytest.raises(LookupError):
        deciding.merge(ferry, beans, "edda", ferry)

    assert undoing.undo(changes.listed(1)[0].id, "finn")
    assert lists.story(beans).card.articles == 2
    desk.group()
    # The later copy has the text of those that went back.
    parted = {ident: before.get(ident, beans) for ident in merged}
    assert desk.stories() == parted and not deciding.held()
    restarted(desk)
    parted |= {desk.tell("b", "five"): beans}
    assert desk.stories() == parted
    assert not undoing.undo(changes.listed(2)[1].id, "finn")


@pytest.mark.parametrize("opened_it", [False, True])
def test_a_text_taken_out_of_its_story_stays_out_and_comes_back(desk, opened_it):
    beans, ferry = desk.tell("b", "one"), desk.tell("f", "two")
    deciding.merge(beans, ferry, "edda", beans)
    desk.group()
    copied = desk.tell("f", "three")
    whole = {beans: beans, ferry: beans, copied: beans}
    assert desk.stories() == whole
    deciding.split(beans if opened_it else copied, "edda")
    desk.group()
    apart = {beans: beans, ferry: ferry, copied: ferry}
    assert desk.stories() == apart
    assert {role for (role,) in rows("SELECT role FROM article WHERE copy_of IS NULL")} == {"original"}
    restarted(desk)
    later = desk.tell("f", "four")
    assert desk.stories() == apart | {later: ferry}
    with pytest.raises(LookupError):
        deciding.split(beans, "edda")
    assert undoing.undo(changes.listed(1)[0].id, "finn")
    desk.group()
    assert desk.stories() == whole | {later: beans}
    assert deciding.held() == {beans}
