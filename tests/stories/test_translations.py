"""One text in several languages is known by its numbers and names; two reports of one event are not taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from story_cases import load

from coranto.stories import Coverage, examine
from coranto.stories.translations import in_common

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXTS = [
    (row["story"], row["kind"], Coverage(
        id=f"{row['story']}-{row['kind']}-{row['language']}", title=row["text"][:40], text=row["text"], published=NOON,
        outlet=f"{row['story']} {row['language']}", language=row["language"], seen=NOON, authors=("Ida Brandt",),
    )) for row in load("translations.json")
]  # fmt: skip
UNSURE = {"school", "vote-part-en"}
"""Three numbers alone in both; only the first half."""


def test_versions_in_other_languages_are_found_and_nothing_else():
    for (one, kind, here), (other, same, there) in combinations(TEXTS, 2):
        known = UNSURE & {one, here.id, there.id}
        versions = one == other and kind == same == "version" and here.language != there.language and not known
        assert (in_common(here, there) is not None) is versions, (here.id, there.id)


@pytest.mark.parametrize(
    ("change", "role", "flags"),
    [
        ({}, "uncredited_copy", {"translated"}),
        ({"published": NOON + timedelta(days=9)}, "uncredited_copy", {"translated", "redated"}),
        ({"authors": ("Sam Okafor",)}, "uncredited_copy", {"translated", "resigned"}),
        ({"syndicated_from": "bees de"}, "credited_copy", set()),
        ({"publisher": "bees de"}, "credited_copy", set()),
    ],
)
def test_a_translation_is_told_with_what_it_rests_on(change, role, flags):
    original, report = (next(c for s, k, c in TEXTS if (s, k, c.language) == ("bees", *wanted))
                        for wanted in (("version", "de"), ("report", "en")))  # fmt: skip
    translation = next(c for s, k, c in TEXTS if (s, k, c.language) == ("bees", "version", "it"))
    translation = replace(translation, seen=NOON + timedelta(days=10), **change)
    shortened = replace(translation, id="again", outlet="third", text=translation.text.rpartition(" Il prossimo")[0])
    found = {one.id: one for one in examine([shortened, report, translation, original])}
    assert (found[translation.id].role, found[translation.id].copy_of) == (role, original.id)
    assert set(found[translation.id].flags) == flags and found[translation.id].share is None
    assert found["again"].copy_of in (original.id, translation.id)
    assert found[original.id].role == "original" and found[report.id].role == "own_report"
    (told,) = (one for one in found[translation.id].evidence if one.kind == "translated")
    assert "ennemoser" in told.quote and "(de)" in told.says


def test_without_known_languages_or_in_one_nothing_is_a_translation():
    german, italian = (next(c for s, k, c in TEXTS if (s, k, c.language) == ("bees", "version", one))
                       for one in ("de", "it"))  # fmt: skip
    assert in_common(german, italian)
    assert in_common(german, replace(italian, language=None)) is None
    assert in_common(german, replace(italian, language="de-AT")) is None
