"""Flattened pages: what several engines make of pages, invented, and the shared reference page where it is at hand."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.extract import article_from_json, extract_text, to_json

CASES = Path(__file__).parent.parent / "cases" / "extract" / "texts"
SHARED = Path(os.environ.get("CORANTO_SHARED") or Path(__file__).parents[3] / "shared")


def cases():
    return sorted(path.stem for path in CASES.glob("*.txt"))


def read(name):
    return extract_text((CASES / f"{name}.txt").read_text("utf-8")), json.loads(
        (CASES / f"{name}.json").read_text("utf-8")
    )


@pytest.mark.parametrize("name", cases())
def test_the_head_is_read(name):
    article, expected = read(name)
    written = to_json(article)
    fields = ("title", "subtitle", "outlet", "breadcrumb", "authors", "published", "tags", "dateline")
    keys = [key for key in fields if key in expected]
    assert {key: written.get(key) for key in keys} == {key: expected[key] for key in keys}


@pytest.mark.parametrize("name", cases())
def test_the_body_begins_and_ends_where_it_should(name):
    article, expected = read(name)
    paragraphs = article.text.split("\n\n")
    assert paragraphs[0].startswith(expected["first"])
    assert paragraphs[-1].startswith(expected["last"])
    assert len(paragraphs) == expected.get("paragraphs", len(paragraphs))
    assert expected.get("joined", "") in article.text


@pytest.mark.parametrize("name", cases())
def test_lists_counts_bios_and_sources_are_kept_apart(name):
    article, expected = read(name)
    found = {kind: len(getattr(article.lists, kind)) for kind in ("related", "ranking", "recommended", "most_read")}
    assert {kind: number for kind, number in found.items() if number} == expected.get("lists", {})
    assert len(article.lists.comments) == expected.get("comments", 0)
    assert article.counts.reactions == expected.get("reactions")
    assert set(expected.get("cited", ())) <= {citation.name for citation in article.cited}
    bios = {person.name: person.bio for person in article.people if person.bio}
    assert bios == expected.get("bios", {})


@pytest.mark.parametrize("name", cases())
def test_records_round_trip(name):
    article, _ = read(name)
    assert article_from_json(to_json(article)) == article


def test_a_bio_never_goes_to_a_byline_of_another_name():
    article, _ = read("farm")
    signing = next(person for person in article.people if person.name == "Dana Whitcombe")
    assert signing.bio is None
    assert article.authors == ("Dana Whitcombe",)


@pytest.mark.skipif(not (SHARED / "reference-page.txt").exists(), reason="the shared reference page is not at hand")
def test_the_reference_page_is_read_whole():
    article = extract_text((SHARED / "reference-page.txt").read_text("utf-8"))
    assert article.outlet == "WealthTrack"
    assert article.breadcrumb == ("Home", "My")
    assert article.authors == ("Will Sage Astor",)
    assert article.published == datetime(2025, 4, 7, 4, 5, 14)
    assert article.title is not None and article.title.endswith("U.S. official says")
    assert article.text.startswith("Washington — North Korean leader") and article.text.endswith("Ukrainian towns.")
    assert "artillery ammunition to Russia, Adrienne Watson" in article.text
    assert article.tags == ("Kim Jong Un", "Ukraine", "Vladimir Putin")
    assert [person.name for person in article.people if person.bio] == ["Ed O'Keefe"]
    named = {(citation.name, citation.verb) for citation in article.cited}
    assert {("CBS News", "told"), ("The New York Times", "first reported")} <= named
    assert [len(found) for found in (article.lists.related, article.lists.ranking, article.lists.recommended)] == [
        10,
        8,
        8,
    ]
    assert article.counts.reactions == 241


PIECES = st.sampled_from([
    "By Ann Lee", "\n", "\n\n", "* ", "# ", "> ", "[", "](", ")", "![", "[1]", "**", "_", "===", "References\n",
    "1. https://x", "Related\n", "Comments (3)\n", "3 May 2026", "Home > News", " | ", "word word word. ", "关键", "א",
    "\t", "Tags: ", "________",
    "The mill on the lower brook turned again on Friday, after nine dry weeks, and the miller baked for everyone. ",
])  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_text_gives_an_article(pieces):
    article = extract_text("".join(pieces))
    assert article_from_json(to_json(article)) == article


def test_a_list_without_an_article_is_a_listing():
    heads = [f"Village number {number} elects a new mayor this Sunday" for number in range(8)]
    article = extract_text("\n".join(["Brook Times today", "Most read", *(f"* {head}" for head in heads)]))
    assert [link.title for link in article.lists.most_read] == heads
    assert (article.kind, article.text) == ("listing", "")


@pytest.mark.parametrize(("strung", "read"), [
    ("Whale_lent_to_a_museum Road_open_by_the_brook", "Whale lent to a museum Road open by the brook"),
    ("read_the_line write_the_line", "read_the_line write_the_line"),
])  # fmt: skip
def test_words_that_links_string_together_are_parted_and_those_of_programs_are_not(strung, read):
    body = "The mill on the lower brook turned again on Friday, after nine dry weeks, and the miller baked for all.\n\n"
    article = extract_text(f"Mill turns again after nine weeks\n\n{body * 4}" + f"Related\n  * {strung}\n" * 3)
    assert [link.title for link in article.lists.related] == [read]


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "one word", "x" * 100_000, "> " * 50_000, "[" * 50_000, "\x00\ufffe" * 99,
             "a\n" * 3_000, "**a " * 200_000, "[x](" * 100_000, "![x](" + " " * 100_000 + "<",
             "Links\n" * 2_000, "By Ann Lee\n" * 1_000, "it goes on and on and on and on and on and on\n" * 20_000]
)
def test_odd_texts_give_an_article_without_raising(text):
    assert extract_text(text).published is None


def test_a_wrong_type_is_refused():
    with pytest.raises(TypeError, match="string"):
        extract_text(7)
