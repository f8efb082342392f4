"""The model in the data folder: the one in use, the one before it, and none."""

from __future__ import annotations

import pytest

from coranto.ranking import Model
from coranto.store import originals, taught

FIRST, SECOND = Model("terms", {"rate": 1.0}), Model("terms", {"rate": 2.0})


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
def test_a_file_that_holds_no_model_is_none(folder, content):
    taught.keep(FIRST)
    (folder / taught.FILE).write_bytes(content)
    assert taught.current() is None
