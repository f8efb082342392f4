"""An outlet's pages on their way into the store: what repeats across them, and a rule tried before it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from newsroom import NOON, Newsroom

from coranto import extract
from coranto.articles import Document, Rule
from coranto.extract import RuleError
from coranto.pipeline import correcting, importing, reading, rereading
from coranto.store import articles, intake, outlets, steps, ways
from coranto.store.database import rows

PLEA = "Our readers pay for this paper; join them today, and keep its reporters on the road through the winter."
SUBJECTS = ("mill", "ferry", "weir", "chapel", "school", "market", "bridge", "harbour", "sawmill", "orchard")


def html(subject: str, *, plea: str = PLEA) -> str:
    text = "".join(
        f"<p>The {subject} was {done} on Friday, after {weeks} weeks, said the keeper of the {subject} and {crowd}.</p>"
        for done, weeks, crowd in (("opened", 3, "her son"), ("painted", 5, "a guest"), ("measured", 7, "the mayor"))
    )
    return (
        f"<html lang=en><title>The {subject} opens again - The Paper</title><body><nav><a href=/>Front page</a></nav>"
        f"<h1>The {subject} opens again</h1><div class=text>{text}<p class=ask>{plea}</p></div></body></html>"
    )


def page(number: int) -> Document:
    url = f"https://paper.example/news/{number}"
    return Document(url, html(SUBJECTS[number]).encode(), "text/html", NOON + timedelta(hours=number))


@pytest.fixture
def outlet(stored) -> int:
    """An outlet without articles."""
    return Newsroom().source("paper").outlet_id


def come(numbers) -> None:
    for number in numbers:
        known = page(number)
        intake.store_document(known, outlet_hint=("The Paper", "https://paper.example/"), keys=(known.url,))
    while steps.waiting()["read"]:
        reading.read_all(None)


def texts() -> list[str]:
    ids = [ident for (ident,) in rows("SELECT id FROM article ORDER BY id")]
    return [articles.page(ident).reading.text for ident in ids]


def test_what_repeats_on_an_outlets_pages_leaves_their_texts_and_nothing_is_told_of_it(outlet):
    come(range(5))
    assert all(PLEA in text for text in texts())
    come([5])
    assert len(texts()) == 6 and not any(PLEA in text for text in texts())
    come([6])
    assert PLEA not in texts()[6] and all(text.count("\n\n") == 2 for text in texts())
    for number in range(1, 8):
        shown = articles.page(number)
        assert shown.reading.lists.repeated == (PLEA,)
        assert not any(version.changed for version in shown.versions)


def test_imported_pages_are_read_as_their_outlet_is(outlet, stored, tmp_path):
    come(range(6))
    ways.add_rule(outlet, Rule("title", "again"), "edda")
    while steps.waiting()["read"]:
        reading.read_all(None)
    saved = tmp_path / "saved"
    saved.mkdir()
    named = html(SUBJECTS[7]).replace("<title>", "<link rel=canonical href=https://paper.example/news/7><title>")
    (saved / "7.html").write_text(named)
    assert importing.import_paths(stored.settings, [saved], jobs=1).new == 1
    shown = articles.page(7)
    assert (shown.card.title, shown.reading.lists.repeated) == ("The harbour opens", (PLEA,))
    assert articles.page(1).card.title == "The mill opens"


def test_a_rule_is_tried_on_stored_pages_and_changes_nothing(outlet):
    come(range(4))
    trial = correcting.try_rule(outlet, Rule("drop", ".ask"))
    assert (trial.tried, trial.changed, trial.emptied, len(trial.examples)) == (4, 4, 0, 3)
    newest = trial.examples[0]
    assert newest.headline == "The chapel opens again" and newest.before.text == f"{newest.after.text}\n\n{PLEA}"
    trial = correcting.try_rule(outlet, Rule("drop", "div"))
    assert (trial.changed, trial.emptied) == (4, 4)
    assert correcting.try_rule(outlet, Rule("drop", ".nowhere")).changed == 0
    ways.add_rule(outlet, Rule("drop", ".ask"), "edda")
    assert correcting.try_rule(outlet, Rule("drop", "p.ask")).changed == 0
    with pytest.raises(RuleError):
        correcting.try_rule(outlet, Rule("drop", "p:hover"))
    assert steps.waiting()["read"] == 4
    assert outlets.outlet_of(outlet).articles == 4


def test_a_stored_page_is_explained_by_the_ways_of_its_outlet(outlet):
    come(range(6))
    ways.add_rule(outlet, Rule("drop", "nav"), "edda")
    ((_, _, newest),) = ways.stored_pages(outlet, 1)
    told = {block.text: block.why for block in correcting.why(outlet, newest).blocks}
    assert told[PLEA] == "on other pages, too" and told["Front page"] == "a rule drops it"


def test_reading_again_tells_what_it_changed_and_no_version_tells_of_it(outlet, monkeypatch):
    come(range(2))
    intake.store_document(Document(page(0).url, html("mill", plea="Short.").encode(), "text/html", NOON), article_id=1)
    reading.read_all(None)
    told = [version.changed for version in articles.page(1).versions]
    assert told == [None, ("body",)]
    read = extract.extract
    monkeypatch.setattr(extract, "READER_VERSION", extract.READER_VERSION + 1)
    monkeypatch.setattr(extract, "extract", lambda *given, **more: replace(read(*given, **more), authors=("Ada Fenn",)))
    changes = rereading.reread()
    assert (changes.marked, changes.read, changes.changed, changes.failed) == (2, 2, 2, 0)
    assert changes.fields == {"authors": 2}
    assert [(each.field, each.article_id, each.before, each.after) for each in changes.examples] == [
        ("authors", 1, "", "Ada Fenn"), ("authors", 2, "", "Ada Fenn"),
    ]  # fmt: skip
    shown = articles.page(1)
    assert shown.authors[0].name == "Ada Fenn" and [version.changed for version in shown.versions] == told
    assert {version.reader_version for version in shown.versions} == {extract.READER_VERSION}
    assert rereading.reread().read == 0
