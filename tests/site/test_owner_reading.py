"""Why a page was cut, and correcting an outlet by rules that are tried first: what owners see and do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from coranto.articles import Document
from coranto.pipeline import reading
from coranto.store import articles, changes, database, intake, originals, steps, ways

ASK = "Pay for this paper <now>"
SUBJECTS = ("mill", "ferry", "weir")


def page(subject: str) -> bytes:
    text = "".join(
        f"<p>The {subject} was {done} on Friday, after {weeks} weeks, said the keeper of the {subject} and her son.</p>"
        for done, weeks in (("opened", 3), ("painted", 5), ("measured", 7))
    )
    return (
        f"<html lang=en><title>The {subject} opens - Valley Sheet</title><body><nav class=top><a href=/>Front page</a>"
        f"</nav><h1>The {subject} opens - Valley Sheet</h1><div class=text>{text}<p class=ask>Pay for this paper "
        f"&lt;now&gt;, said the people who make it, at their meeting on Friday.</p></div></body></html>"
    ).encode()


@pytest.fixture
def owner(site):
    return site.account("edda", owner=True)


@pytest.fixture
def outlet(site) -> int:
    """An outlet whose three pages are stored."""
    for number, subject in enumerate(SUBJECTS):
        url = f"https://sheet.example/{subject}"
        fetched = Document(url, page(subject), "text/html", datetime.now(UTC) + timedelta(minutes=number))
        intake.store_document(fetched, outlet_hint=("Valley Sheet", "https://sheet.example/"), keys=(url,))
    read_all()
    return database.value("SELECT id FROM outlet WHERE name = 'Valley Sheet'")


def read_all() -> None:
    while steps.waiting()["read"]:
        reading.read_all(None)


def last(outlet: int) -> int:
    return database.value("SELECT max(id) FROM article WHERE outlet_id = %s", (outlet,))


def parts(answer) -> list[tuple[str, str, str]]:
    """(class, what is said of it, text) of each part that the page shows."""
    items = LexborHTMLParser(answer.content.decode()).css(".parts li")
    return [(item.attributes["class"], *(part.text().strip() for part in item.css("p"))) for item in items]


def test_every_part_of_a_stored_page_is_shown_with_its_word_and_reason(site, owner, outlet):
    number = last(outlet)
    assert f'href="/run/article/{number}/why"' in owner.get(f"/a/{number}", follow=True).content.decode()
    answer = owner.get(f"/run/article/{number}/why")
    told = parts(answer)
    assert [kind for kind, _, _ in told] == ["v-cut", "v-field", *["v-body"] * 4]
    assert told[0][1].startswith("Cut. It ") and "Keep nav.top" in told[0][1] and told[0][2] == "Front page"
    assert told[1][1].startswith("Headline.") and told[2][1].startswith("Text. Reads like text: ")
    assert told[-1][2].startswith(ASK) and "Drop p.ask" in told[-1][1]
    html = answer.content.decode()
    assert f"/run/outlet/{outlet}/rules?kind=drop&amp;value=p.ask" in html and "&lt;now&gt;" in html
    assert 'value="p.ask"' in owner.get(f"/run/outlet/{outlet}/rules?kind=drop&value=p.ask").content.decode()


@pytest.mark.parametrize("gone", [True, False])
def test_it_is_said_where_no_page_is_kept(site, owner, outlet, gone):
    number = last(outlet) if gone else site.ids["courier 1"]
    if gone:
        database.run("UPDATE original SET kept_until = 0")
        originals.drop_due()
    html = owner.get(f"/run/article/{number}/why").content.decode()
    assert ("is no longer kept" in html) == gone and ("no page was fetched for it" in html) == (not gone)
    assert 'class="parts' not in html
    assert owner.get("/run/article/99999/why").status_code == 404


def test_a_rule_is_tried_kept_heeded_and_taken_back(site, owner, outlet):
    place = f"/run/outlet/{outlet}/rules"
    sent = {"kind": "drop", "value": " p.ask "}
    html = owner.post(f"{place}/try", sent).content.decode()
    assert "Tried on the last 3 stored pages: 3 would be read otherwise." in html
    assert html.count("<del><bdi>Pay for this paper &lt;now&gt;") == 3 and "Keep this rule" in html
    assert ways.rules_of(outlet) == [] and changes.listed() == []

    html = owner.post(f"{place}/keep", sent, follow=True).content.decode()
    assert "The rule is kept." in html and "drop what “p.ask” names" in html
    number = last(outlet)
    assert any(ASK in text for _, _, text in parts(owner.get(f"/run/article/{number}/why")))
    read_all()
    shown = articles.page(number)
    assert ASK not in shown.reading.text and not any(version.changed for version in shown.versions)
    cut = {text[:10]: said for kind, said, text in parts(owner.get(f"/run/article/{number}/why")) if kind == "v-cut"}
    assert "A rule of this site drops it." in cut[ASK[:10]]

    again = owner.post(f"{place}/keep", sent)
    assert again.status_code == 422 and "is a rule of this outlet already" in again.content.decode()
    (rule,) = ways.rules_of(outlet)
    other = ways.add_rule(1, rule.rule, "edda")
    assert "no such rule" in owner.post(f"{place}/remove", {"rule": other}, follow=True).content.decode()
    assert "The rule is removed." in owner.post(f"{place}/remove", {"rule": rule.id}, follow=True).content.decode()
    read_all()
    assert ASK in articles.page(number).reading.text
    log = owner.get("/run/changes").content.decode()
    assert "Removed a rule from Valley Sheet: drop what “p.ask” names" in log
    owner.post(f"/run/changes/{changes.listed(1)[0].id}/undo")
    assert [one.rule for one in ways.rules_of(outlet)] == [rule.rule]


def test_the_end_of_headlines_is_cut(site, owner, outlet):
    sent = {"kind": "title", "value": "valley sheet"}
    html = owner.post(f"/run/outlet/{outlet}/rules/try", sent).content.decode()
    assert "<ins><bdi>The weir opens</bdi></ins>" in html and "3 would be read otherwise" in html


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("drop", "p:has(a)", "“:has(a)” cannot be used. Name elements by tag, class, id or attribute"),
        ("drop", "p ~ p", "“~ p” cannot be used. Join steps by a blank"),
        ("keep", "p{}<b>", "“p{}&lt;b&gt;” is no selector, from “{}&lt;b&gt;” on."),
        ("drop", "", "Enter a selector such as p.newsletter"),
        ("drop", "p" * 300, "is too long"),
        ("drop", "p " * 20, "has too many steps"),
        ("burn", "p", "Choose what becomes of the part."),
        ("drop", "div", "“div” would leave 3 stored pages with hardly any text. Name a smaller part of the page."),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_with_the_reason(site, owner, outlet, kind, value, words):
    for act in ("try", "keep"):
        answer = owner.post(f"/run/outlet/{outlet}/rules/{act}", {"kind": kind, "value": value})
        html = answer.content.decode()
        assert answer.status_code == 422 and words in html and 'id="value-e"' in html and "Keep this rule" not in html
    assert ways.rules_of(outlet) == [] and changes.listed() == []


def test_a_rule_without_stored_pages_cannot_be_tried(site, owner):
    number = database.value("SELECT id FROM outlet WHERE name = 'The Courier'")
    answer = owner.post(f"/run/outlet/{number}/rules/try", {"kind": "drop", "value": "p"})
    assert answer.status_code == 422 and "No page of The Courier is stored" in answer.content.decode()
