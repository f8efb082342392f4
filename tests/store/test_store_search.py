"""Search finds the same on both databases, and nothing a person types is an error."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import NOON, entry

from coranto.store import grouping, search
from coranto.store.values import Query
from coranto.store.words import clauses, excerpt, pattern, runs, spaced, tokens, unspaced

TEXTS = (
    (
        "Ferry strike ends",
        "The crews of the Kerrin ferry went back to work after nine days.",
        "Ada Fenn",
        ("Transport",),
    ),
    ("Café déjà vu", "Ångström's naïve bridge of Zürich, 2023 edition; don't miss it.", "Björn Åsk", ("Culture",)),
    ("橋が閉鎖される", "東京の古い橋が火曜日に閉鎖された。2026年まで。", "山田 太郎", ("交通",)),
    ("สะพานปิดแล้ว", "สะพานเก่าถูกปิดในวันอังคาร", "สมชาย", ("ขนส่ง",)),
    ("Мост закрыт", "Старый мост через реку закрыли во вторник, ferry not needed.", "Анна", ("Транспорт",)),
    (
        "Strike over the ferry",
        "A strike, a ferry, and a bridge: the strike of the ferry crews.",
        "Ben Ferry",
        ("Bridges",),
    ),
)


@pytest.fixture
def found(newsroom):
    """Ids found by a query, in order."""
    source = newsroom.source(outlet={"name": "Quay Post", "section": "Harbour"})
    newsroom.take(source, *(
        entry(n, title=title, text=text, byline=byline, topics=topics, published=NOON - timedelta(days=n))
        for n, (title, text, byline, topics) in enumerate(TEXTS)
    ))  # fmt: skip
    return lambda text="", **fields: [hit.card.id for hit in search.search(Query(text, **fields)).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", [1, 5, 6]),
        ("FERRY strike", [1, 6]),
        ('"ferry strike"', [1]),
        ("ferry -strike", [5]),
        ('ferry -"ferry crews"', [1, 5]),
        ("cafe", [2]),
        ("CAFÉ naive zurich", [2]),
        ("angstrom", [2]),
        ("2023", [2]),
        ("don't", [2]),
        ("橋", [3]),
        ("東京の古い", [3]),
        ("古東", []),
        ("2026年", [3]),
        ("สะพาน", [4]),
        ("МОСТ", [5]),
        ("author:fenn", [1]),
        ("author:ferry", [6]),
        ("title:strike ferry", [1, 6]),
        ("topic:transport", [1]),
        ('topic:"交通"', [3]),
        ("outlet:quay ferry", [1, 5, 6]),
        ("quay ferry", [1, 5, 6]),
        ("ferry -outlet:quay", []),
        ("outlet:elsewhere ferry", []),
        ("ferr", []),
        ("-ferry", [2, 3, 4]),
        ("-ferry outlet:quay", [2, 3, 4]),
        ("nothing-like-this", []),
        ("", []),
        ('   -- "" \':', []),
    ],
)
def test_what_is_found(found, query, expected):
    assert found(query) == expected


def test_fields_days_and_copies(newsroom, found):
    assert found(outlet="quay-post") == [1, 2, 3, 4, 5, 6]
    assert found("ferry", section="harbour", author="Ben Ferry") == [6]
    assert found(topic="Transport") == [1]
    assert found("ferry", since=date(2026, 3, 20), until=date(2026, 3, 23)) == [5]
    assert found("ferry", since=date.min, until=date.max) == [1, 5, 6]
    newsroom.read()
    grouping.save_assignments([{"article_id": 6, "story_id": 1, "copy_of": 1}, {"article_id": 1, "story_id": 1}])
    assert found("ferry", own_only=True) == [1, 5]
    assert search.search(Query("ferry")).stories == 2


def test_relevance_puts_titles_first(found):
    assert found("strike ferry", order="relevance")[-1] in (1, 6)
    assert set(found("bridge", order="relevance")) == {2, 6}
    assert found("ferry", order="relevance")[-1] == 5


HOSTILE = [
    '"', '""', "'", "a OR", "AND", "NOT", "a NEAR(b", "*", "a*", "^a", "a:b", "title:", "(", ")", "{title}: x", "-",
    "--", "a AND NOT b", "\\", "a\\'b", "a & !b | c <-> d", ":*", "a:*", "\0", "\ud800", "\u200b", "x" * 5000,
    '"' * 999, "%", "_", "%s", "; DROP TABLE article", "author:\"", "outlet:%", "𝔘𝔫𝔦", "🚢 ferry", "\u0301", "ـ",
    "½ ² ①",
    "ǅ ﬁ ß İ",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_typed_is_an_error(found, query):
    found(query)
    found(query, author=query, topic=query, outlet=query, section=query)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_nothing_at_all_is_an_error(found, query):
    found(query)
    found(query, order="relevance")


def test_pages_of_results_meet(newsroom):
    newsroom.filled(45)
    first = search.search(Query("bridge"))
    assert (first.total, first.capped, len(first.hits), first.newer) == (45, False, 20, None)
    second = search.search(Query("bridge"), cursor=first.older)
    third = search.search(Query("bridge"), cursor=second.older)
    ids = [hit.card.id for page in (first, second, third) for hit in page.hits]
    assert ids == list(range(1, 46)) and third.older is None
    assert search.search(Query("bridge"), cursor=third.newer).hits == second.hits


def test_the_count_is_capped_but_every_page_stands(newsroom, monkeypatch):
    monkeypatch.setattr(search, "MOST_HITS", 10)
    newsroom.filled(25)
    results = search.search(Query("bridge"))
    assert (results.total, results.capped) == (10, True)


def test_highlights(found):
    (hit,) = search.search(Query('"ferry strike" nine')).hits
    assert hit.title == (("Ferry strike", True), (" ends", False))
    assert ("nine", True) in hit.excerpt
    (hit,) = search.search(Query("東京")).hits
    assert hit.excerpt[0] == ("東京", True) and "\u200b" not in "".join(text for text, _ in hit.excerpt)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Café au lait", "cafe", [("Café", True), (" au lait", False)]),
        ("scarf, car", "car", [("scarf, ", False), ("car", True)]),
        ("a ferry-strike", '"ferry strike"', [("a ", False), ("ferry-strike", True)]),
        ("nothing", "-nothing", [("nothing", False)]),
        ("", "x", []),
    ],
)
def test_runs(text, query, expected):
    assert list(runs(text, pattern(clauses(query), (None,)))) == expected


def test_excerpts_begin_near_the_match_and_say_what_they_leave_out():
    text = "word " * 100 + "needle " + "word " * 100
    shown = excerpt(text, pattern(clauses("needle"), (None,)))
    assert shown.startswith("…") and shown.endswith("…") and "needle" in shown and len(shown) < 260
    assert excerpt("short", None) == "short"


@given(st.text(max_size=80))
def test_what_is_spaced_for_the_index_can_be_shown_again(text):
    text = text.replace("\u200b", "")
    assert unspaced(spaced(text)) == text
    assert tokens(spaced(text)) == tokens(text)
