"""The page of a story that many tell: whose headline it has, who named which source first, and its parts."""

from __future__ import annotations

import re

import pytest
from small_site import headlines

from coranto.articles import Citation
from coranto.store import grouping
from coranto.stories import trace

TOLD = {
    "court": "The judge heard the first witness; the prosecutor asks for a verdict and the jury sits again on appeal.",
    "ferry": "The ferry leaves the harbour on the hour; the captain says people queue at the jetty for each sailing.",
}


@pytest.fixture
def story(site):
    """Nine reports of nine outlets about a bridge: five from the court, four from the ferry, then one copy."""
    ids = []
    for n in range(9):
        kind = "court" if n < 5 else "ferry"
        title = f"Kerrin bridge: {kind}, day {n}" if n else "Kerrin bridge!"
        named = Citation("Edda Farrow" if n else "Meridian Wire", "person", "told", TOLD[kind], 0)
        first = Citation("Meridian Wire", "outlet", "told", TOLD[kind], 0)
        own = Citation("the Gazette", "outlet", "told", TOLD[kind], 0)
        ids += site.publish(f"gazette {n}", title=title, text=TOLD[kind], cited=(own, first, named))
    for n, ident in enumerate(ids):
        kind = "court" if n < 5 else "ferry"
        made = {"article_id": ident, "story_id": ids[0], "role": "own_report"}
        grouping.save_assignments([made | {"signature": trace(f"Kerrin bridge: {kind}", TOLD[kind])}])
    site.copy(site.ids["courier 2"], ids[0], story_id=ids[0])
    return ids


def test_a_long_story_tells_its_parts_and_who_named_a_source_first(site, story):
    page = site.visitor().get(f"/story/{story[0]}?all=1", follow=True).content.decode()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0].startswith("Kerrin bridge: ")
    assert "whose report covers most of what the others tell" in page
    parts = page.split('id="parts"')[1].split('id="cover"')[0]
    assert len(set(headlines(parts))) == 9 and "5 reports · 5 outlets" in parts and "4 reports · 4 outlets" in parts
    told = re.findall(r'<td class="what">(.*?)</td>', page)
    assert sorted(told)[0].startswith("Copy") and sum("cites" in one for one in told) == 2
    assert not any("Gazette" in one for one in told), "an outlet does not cite itself"
    assert sum("Meridian Wire" in one for one in told) == sum("Edda Farrow" in one for one in told) == 1


def test_a_short_story_has_no_parts(site):
    page = site.visitor().get(f"/story/{site.ids['courier 1']}", follow=True).content.decode()
    assert 'id="parts"' not in page and "#parts" not in page
