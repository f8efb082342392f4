"""The invented world keeps its promises: how much there is, that nothing repeats, and that day zero never moves."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from coranto.demo import ensure
from coranto.demo.pictures import MOTIFS
from coranto.demo.site import Site
from coranto.demo.world import CALENDAR_MARK, LINK_MARK, description, events, load, strings

DAY_ZERO = date(2026, 3, 1)


@pytest.fixture(scope="module")
def world():
    return load(DAY_ZERO)


@pytest.fixture(scope="module")
def sites(world):
    bases = {name: f"http://127.0.0.1:{9000 + n}" for n, name in enumerate(world.outlets)}
    return [Site(world, outlet, bases) for outlet in world.outlets.values()]


def own_reports(world):
    return [p for pieces in world.articles.values() for p in pieces if not p.of and not world.outlets[p.outlet].farm]


def test_there_are_as_many_outlets_events_and_articles_as_promised(world):
    honest = [outlet for outlet in world.outlets.values() if not outlet.farm]
    assert len(honest) >= 8
    assert len(world.outlets) - len(honest) == 1
    assert {"en"} < {outlet.language for outlet in honest}
    assert any(outlet.direction == "rtl" for outlet in honest)
    assert {"json-ld", "microdata", "bare"} <= {outlet.markup for outlet in honest}
    assert {"feed-full", "feed-summary", "sitemap", "listing"} <= {outlet.door for outlet in honest}
    assert len(events()) >= 30
    assert sum(len(world.articles[outlet.id]) for outlet in honest) >= 120
    assert len(world.articles["farm"]) >= 12


def test_at_least_forty_articles_are_written_in_full_and_the_rest_are_no_scraps(world):
    words = {piece.id: piece.words for piece in own_reports(world) if world.outlets[piece.outlet].language != "ar"}
    assert sum(count >= 250 for count in words.values()) >= 40
    assert not {name: count for name, count in words.items() if count < 55}


def test_no_two_own_reports_share_a_sentence(world):
    seen = {}
    for piece in own_reports(world):
        text = " ".join(LINK_MARK.sub(r"\1", part) for part in strings(piece.blocks))
        for sentence in re.split(r"(?<=[.!?؟”»])\s+", text):
            words = re.findall(r"\w+", sentence.casefold())
            if len(words) >= 4:
                other = seen.setdefault(" ".join(words), piece.id)
                assert other == piece.id, f"{piece.id} and {other} both say: {sentence}"


def test_texts_lie_within_three_weeks_before_the_first_start(world):
    for pieces in world.articles.values():
        for piece in pieces:
            moment = piece.modified or piece.at
            assert 0 <= (DAY_ZERO - piece.at.date()).days <= 21, piece.id
            assert moment < datetime(2026, 3, 1, 7, tzinfo=world.zone), piece.id


def test_every_placeholder_is_filled_and_every_link_leads_to_an_older_article(world):
    for piece in own_reports(world):
        for part in (piece.headline, piece.deck or "", *strings(piece.blocks)):
            assert not CALENDAR_MARK.search(part), piece.id
            for mark in LINK_MARK.finditer(part):
                assert world.by_id[mark[2]].at < (piece.modified or piece.at), f"{piece.id} links to {mark[2]}"
            assert "{" not in LINK_MARK.sub("", part), f"{piece.id}: {part}"


def test_the_kinds_of_news_that_the_demo_shows_are_there(world):
    kinds = Counter(item["kind"] for event in events() for item in event["articles"])
    assert kinds["update"] >= 3
    assert kinds["correction"] >= 2
    assert kinds["followup"] >= 4
    assert kinds["opinion"] >= 2
    assert kinds["live"] >= 1
    assert sum(1 for pieces in world.articles.values() for piece in pieces if piece.credit) >= 12


def test_the_farm_changes_date_and_byline_and_names_no_source(world):
    outlets = [name.split()[-1] for name in (o.name for o in world.outlets.values() if not o.farm) if name.isascii()]
    for copy in world.articles["farm"]:
        original = world.by_id[copy.of]
        assert copy.at > original.at
        assert not {a["name"] for a in copy.authors} & {a["name"] for a in original.authors}
        for sentence in strings(copy.blocks):
            assert not any(f"told the {name}" in sentence for name in outlets), copy.id


def test_every_page_picture_and_door_answers(sites):
    motifs = set(description()["motifs"])
    assert motifs <= set(MOTIFS)
    for site in sites:
        for piece in site.articles:
            kind, page = site.answer(site.path(piece))
            assert kind.startswith("text/html")
            assert b"<h1" in page
            assert not piece.picture or piece.picture["motif"] in motifs
        assert site.answer("/")[0].startswith("text/html")
        assert (site.answer("/feed.xml") is not None) == site.has_feed
        assert site.answer("/no-such-page") is None
    pictured = next((s, p) for s in sites for p in s.articles if p.picture)
    kind, body = pictured[0].answer(pictured[0].picture(pictured[1]).removeprefix(pictured[0].base))
    assert (kind, body[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_start_on_the_next_day_changes_nothing(tmp_path):
    first = ensure(tmp_path, datetime(2026, 3, 1, 12, tzinfo=UTC))
    second = ensure(tmp_path, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert first == second
    assert first.day_zero == DAY_ZERO
    assert load(first.day_zero) == load(second.day_zero)


@pytest.mark.parametrize(
    ("hour", "expected"), [(4, date(2026, 2, 28)), (6, DAY_ZERO)], ids=["before the last texts", "after them"]
)
def test_day_zero_waits_for_its_last_texts(tmp_path, hour, expected):
    assert ensure(tmp_path, datetime(2026, 3, 1, hour, tzinfo=UTC)).day_zero == expected
