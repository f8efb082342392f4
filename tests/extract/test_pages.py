"""Invented pages beside what must be read from them: one case a pair of files in tests/cases/extract/pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coranto.extract import article_from_json, extract, to_json

CASES = Path(__file__).parent.parent / "cases" / "extract" / "pages"


def cases():
    return sorted(path.stem for path in CASES.glob("*.html"))


def read(name):
    expected = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return extract((CASES / f"{name}.html").read_bytes(), expected["url"]), expected


@pytest.mark.parametrize("name", cases())
def test_fields_are_read_as_the_case_says(name):
    article, expected = read(name)
    written = to_json(article)
    found = {key: written.get(key, "article" if key == "kind" else None) for key in expected["equal"]}
    assert found == expected["equal"]


@pytest.mark.parametrize("name", cases())
def test_the_body_holds_what_belongs_to_it_and_nothing_else(name):
    article, expected = read(name)
    assert [words for words in expected.get("text_has", ()) if words not in article.text] == []
    assert [words for words in expected.get("text_lacks", ()) if words in article.text] == []
    assert [words for words in expected.get("html_has", ()) if words not in article.html] == []
    assert [words for words in expected.get("html_lacks", ()) if words in article.html] == []


@pytest.mark.parametrize("name", cases())
def test_what_stands_around_the_body_is_kept_apart(name):
    article, expected = read(name)
    for kind, titles in expected.get("lists", {}).items():
        assert [link.title for link in getattr(article.lists, kind)] == titles
        assert all(link.url and link.url.startswith("https://") for link in getattr(article.lists, kind))
    assert set(expected.get("cited", ())) <= {citation.name for citation in article.cited}
    assert article.counts.comments == expected.get("comments")
    roles = {person.name: person.role for person in article.people if person.role}
    assert roles == expected.get("roles", {})
    assert set(expected.get("captions", ())) <= {picture.caption for picture in article.images}
    assert set(expected.get("credits", ())) <= {picture.credit for picture in article.images}


@pytest.mark.parametrize("name", cases())
def test_records_round_trip_without_loss(name):
    article, _ = read(name)
    record = json.loads(json.dumps(to_json(article), ensure_ascii=False))
    assert article_from_json(record) == article


@pytest.mark.parametrize("name", cases())
def test_every_citation_points_at_its_sentence(name):
    article, _ = read(name)
    for citation in article.cited:
        assert article.text[citation.position :].startswith(citation.sentence[:20])


def test_a_record_that_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"article\.published"):
        article_from_json({"published": "yesterday"})
    with pytest.raises(ValueError, match=r"article\.tags"):
        article_from_json({"tags": "one"})
