"""docs/extract.md: its examples run as written, and it leaves no field and no door out."""

from __future__ import annotations

import doctest
import inspect
import re
from dataclasses import fields
from pathlib import Path

import coranto.extract
from coranto.articles import Article

GUIDE = (Path(__file__).parents[2] / "docs" / "extract.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE, re.S)


def test_the_examples_give_what_they_say():
    names: dict = {}
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    for example in EXAMPLES:
        parsed = doctest.DocTestParser().get_doctest(example, names, "docs/extract.md", "docs/extract.md", 0)
        runner.run(parsed, clear_globs=False)
        names = parsed.globs
    assert runner.summarize(verbose=False).failed == 0
    assert runner.summarize(verbose=False).attempted > 25


def test_every_field_and_every_door_is_described():
    described = set(re.findall(r"`(\w+)", GUIDE))
    assert {field.name for field in fields(Article)} - described == set()
    assert set(coranto.extract.__all__) - {"READER_VERSION"} - described == set()


def test_calls_are_written_with_the_names_that_parameters_have():
    rows = re.findall(r"^\| (`\w+\(.*?) \|", GUIDE.split("## Smaller readers")[1].split("##")[0], re.M)
    calls = [call for row in rows for call in re.findall(r"`(\w+)\((.*?)\)`", row)]
    assert len(calls) > 6
    for name, given in calls:
        known = inspect.signature(getattr(coranto.extract, name)).parameters
        assert [part.split("=")[0].strip() for part in given.split(",")] == list(known)[: given.count(",") + 1], name
