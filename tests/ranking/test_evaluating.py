"""Measuring orders: data sets in files, the plain orders beside For you, and the measures by hand."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from math import log2

import pytest

from coranto.ranking import Impression, Item, Read, measures
from coranto.ranking.datasets import BadData, data_set
from coranto.ranking.evaluating import ORDERS, evaluate, systems

NEWS = """news_id\tcategory\tsubcategory\ttitle\tabstract
A\tnews\t\tA bridge\t
B\tsport\tcup\tA "goal\tSaid
C\tnews\t\tAn eel\t
"""
LISTS = """impression_id\tuser_id\ttime\thistory\timpressions
1\tu\t2019-11-09T00:01:13\tC\tA-1 B-0
2\tv\t2019-11-09T00:02:00\t\tA-0 C-1
"""


def write(folder, news: str | bytes = NEWS, test: str | None = LISTS, train: str | bytes | None = None):
    (folder / "news.tsv").write_bytes(news if isinstance(news, bytes) else news.encode())
    if test is not None:
        (folder / "test.tsv").write_text(test)
    if train is not None:
        (folder / "train.tsv.gz").write_bytes(train if isinstance(train, bytes) else gzip.compress(train.encode()))
    return folder


def test_a_data_set_is_read_with_what_was_known_at_each_list(tmp_path):
    before, later = data_set(write(tmp_path, train=LISTS))
    assert [len(before), len(later)] == [2, 2] and later[0].clicked == [True, False]
    assert [item.id for item in later[1].candidates] == ["A", "C"] and later[0].history[0].item.title == "An eel"
    assert [one.popularity for one in (*before, *later)] == [
        {"A": (0, 0), "B": (0, 0)}, {"A": (1, 1), "C": (0, 0)}, {"A": (1, 2), "B": (0, 1)}, {"A": (2, 3), "C": (1, 1)},
    ]  # fmt: skip
    assert before[0].candidates[1].title == 'A "goal' and before[0].candidates[1].topics == ("cup",)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"test": None}, "no test.tsv"),
        ({"test": LISTS.replace("A-0", "Z-0")}, "Line 3 of test.tsv"),
        ({"test": LISTS.replace("2019-11-09T00:02:00", "soon")}, "Line 3 of test.tsv"),
        ({"news": NEWS.replace("title", "headline")}, "news.tsv lacks the column title"),
        ({"news": NEWS + "D\tnews\n"}, "Line 5 of news.tsv has too few columns"),
        ({"news": NEWS.encode() + b"D\tnews\t\t\xff\t\n"}, "news.tsv is damaged after its line 4 .*take a whole copy"),
        ({"news": NEWS + "D\tnews\t\tA\rB\t\n"}, "news.tsv is damaged after its line 4"),
        ({"train": gzip.compress(LISTS.encode())[:-12]}, "train.tsv.gz is damaged after its line"),
        ({"train": b"no archive"}, "train.tsv.gz is damaged after its line 0"),
    ],
)
def test_what_is_wrong_with_a_data_set_is_said(tmp_path, change, told):
    with pytest.raises(BadData, match=told):
        data_set(write(tmp_path, **change))


def test_orders_and_lists_are_measured_by_their_definitions():
    at = datetime(2026, 3, 25, tzinfo=UTC)
    items = [
        Item(n, f"headline number{n}", "", None, (), "", at.replace(hour=n), origin=1 if n == 3 else None)
        for n in range(4)
    ]
    history = [Read(Item(9, "old", "", None, (), "", None), None)]
    lists = [Impression(history, items, [False, True, False, False], at, {3: (9, 9)}),
             Impression(history, items[:2], [True, True], at, {})]  # fmt: skip
    rows = {row.system: row for row in evaluate(lists, systems())}
    latest, popular = rows["latest"], rows["popular"]
    assert [latest.orders[name].mean for name in ORDERS] == pytest.approx([1 / 3, 1 / 3, 1 / 2, 1 / 2])
    assert popular.orders["auc"].mean == pytest.approx((0 + 0.5 + 0.5) / 3)
    assert latest.lists == 1 and latest.coverage == 1 and latest.copies.mean == pytest.approx(1 / 4)
    assert latest.novelty.mean == pytest.approx((3 * log2(13) + log2(1.3)) / 4)
    assert latest.differences["auc"].mean == pytest.approx(1 / 3 - rows["tfidf"].orders["auc"].mean)
    assert not rows["tfidf"].differences and evaluate(lists[1:], systems()) == []


def test_an_interval_holds_its_mean_and_nothing_has_none():
    found = measures.interval([0.0, 1.0] * 50)
    assert found.low < found.mean == 0.5 < found.high and found.high - found.low == pytest.approx(0.19, abs=0.04)
    with pytest.raises(ValueError, match="no values"):
        measures.interval([])
