"""Copies on the site: folded, hidden where a reader wants it, and told in words that accuse nobody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from small_site import headlines

from coranto.store import articles, notes

LISTS = ("/outlet/the-glint", "/archive/{day}", "/search?q=Bridge")
FORBIDDEN = re.compile(
    r"farm|re-?dated|re-?signed|stripped|stolen|stole|steal|plagiar|fake|suspicious|verified|trusted|lied|theft|scrape"
    r"|uncredited|accus",
    re.I,
)
"""What readers never see: words of blame, and the library's own names of flags and roles."""


def copied(site) -> str:
    """The copy's address as pages give it."""
    return f"/article/{site.ids['glint 1']}/"


def asked(site, reader) -> dict[str, bool]:
    """Whether each list shows the copy."""
    day = (datetime.now(UTC) - timedelta(hours=1)).date().isoformat()
    pages = {one: reader.get(one.format(day=day)).content.decode() for one in LISTS}
    assert all(f"/article/{site.ids['glint 0']}/" in page for page in pages.values()), "other articles stay"
    return {one: any(address.startswith(copied(site)) for address in headlines(page)) for one, page in pages.items()}


@pytest.mark.parametrize("signed_in", [True, False], ids=["account", "device"])
def test_a_reader_hides_copies_and_shows_them_again_and_nobody_else_is_touched(site, signed_in):
    reader, stranger = site.account() if signed_in else site.visitor(), site.visitor()
    story = stranger.get(f"/story/{site.ids['courier 1']}", follow=True).request["PATH_INFO"]
    before = [stranger.get(path).content for path in ("/outlet/the-glint", story)]
    assert set(asked(site, reader).values()) == {True}
    address, box = ("/account/settings", "without_copies") if signed_in else ("/text-and-colours", "copies")
    assert reader.post(address, {box: "originals"}).status_code == 302
    assert set(asked(site, reader).values()) == {False}
    page = reader.get(story).content.decode()
    assert "1 copy of this text" in page and "?all=1#copies" in page
    assert not any(one.startswith(copied(site)) for one in headlines(page))
    assert any(one.startswith(copied(site)) for one in headlines(reader.get(story + "?all=1").content.decode()))
    assert copied(site) in reader.get(f"/a/{site.ids['glint 1']}").headers["location"], "an address still leads to it"
    for path, was in zip(("/outlet/the-glint", story), before, strict=True):
        answer = site.visitor().get(path)
        assert answer.content == was and not answer.cookies
    reader.post(address, {})
    assert set(asked(site, reader).values()) == {True}


def test_no_page_and_no_answer_for_programs_bears_a_word_that_accuses(site):
    ids = site.ids
    findings = [
        {"kind": "name_differs", "here": ["Dale Winters"], "earlier": ["Ada Fenn"]},
        {"kind": "headline_differs", "here": "Two", "earlier": "One"},
        {"kind": "text_differs", "here": 0.8},
        {"kind": "mention_missing", "earlier": "The Courier", "sentence": "An engineer told the Courier."},
        {"kind": "date_differs"},
        {"kind": "source_not_named", "earlier": "The Courier"},
    ]
    site.copy(ids["glint 1"], ids["courier 1"], findings=findings, flags=("redated", "resigned", "source_stripped"))
    visitor = site.visitor()
    pages = ["/", "/latest", "/stories", "/about/stories", "/outlet/the-glint", "/search?q=bridge", "/check"]
    pages += [f"/a/{ids['glint 1']}", f"/a/{ids['courier 1']}", f"/a/{ids['glint 1']}/compared"]
    pages += [f"/story/{ids['courier 1']}", "/stories/feed", "/outlet/the-glint/feed"]
    answers = {path: visitor.get(path, follow=True) for path in pages}
    page = "<p>" + "</p><p>".join(["The bridge was shut, a diver said."] * 9) + "</p>"
    answers["json"] = visitor.post("/check", {"page": page, "as": "json"})
    for path, answer in answers.items():
        assert answer.status_code == 200, path
        found = FORBIDDEN.findall(answer.content.decode())
        assert not found, (path, found)
    told = answers[f"/story/{ids['courier 1']}"].content.decode()
    assert "No mention of The Courier found." in told and "Name or date differs." in told


@pytest.fixture
def owner(site):
    return site.account("edda", owner=True)


def taken(site, carriers=("glint", "bay"), texts: int = 4) -> None:
    """Outlets that carry the same texts of the courier, without a word of it, one of them under another name."""
    site.publish("bay", 5)
    site.publish("glint", 2)
    site.publish("courier", 2)
    for carrier in carriers:
        for n in range(texts):
            told = {"findings": [{"kind": "name_differs"}], "flags": ("resigned",)} if carrier == "bay" else {}
            site.copy(site.ids[f"{carrier} {n}"], site.ids[f"courier {n}"], **told)


def test_outlets_that_carry_the_same_texts_stand_together_with_what_they_carry(site, owner):
    assert "No outlet is like that." in owner.get("/run/copying").content.decode()
    taken(site)
    page = owner.get("/run/copying").content.decode()
    assert "<h2>The Glint and The Bay</h2>" in page and "both carry the same 4 texts" in page
    assert page.count('<line class="tie"') == 1 and page.count("<line x1") == 2
    assert re.findall(r'<td data-l="Differing" class="num">(\d+)</td>', page) == ["0", "4"]
    assert "style=" not in page.split("<main", 1)[1]
    assert "The Courier" in page and "The Post" not in page


def test_one_who_takes_a_few_texts_and_one_who_names_its_sources_stand_in_no_group(site, owner):
    taken(site, ("glint",), texts=2)
    for n in range(4):
        site.copy(site.ids[f"bay {n}"], site.ids[f"courier {n}"], role="credited_copy")
    assert "No outlet is like that." in owner.get("/run/copying").content.decode()


def test_an_outlets_record_has_its_articles_as_proof(site, owner):
    taken(site)
    outlet = articles.page(site.ids["bay 0"]).outlet.id
    page = owner.get(f"/run/outlet/{outlet}/record").content.decode()
    shown = re.findall(r'\?kind=(\w+)#proof">.*?class="num">(\d+)</td>.*?class="num">(\d+) %', page)
    assert shown == [("own", "1", "20"), ("unnamed", "4", "80"), ("name", "4", "80")]
    proof = owner.get(f"/run/outlet/{outlet}/record?kind=name").content.decode()
    assert sum(f"/a/{site.ids[f'bay {n}']}/compared" in proof for n in range(4)) == 4
    assert owner.get(f"/run/outlet/{outlet}/record?kind=other").status_code == 404


@pytest.mark.parametrize("path", ["/run/copying", "/run/outlet/1/record"])
def test_records_and_groups_are_the_owners_alone(site, path):
    assert [who.get(path).status_code for who in (site.visitor(), site.account())] == [403, 403]


def test_a_story_sets_the_first_copy_that_differs_beside_the_earliest_text(site):
    told = {"findings": [{"kind": "name_differs"}], "flags": ("resigned",)}
    site.copy(site.ids["glint 1"], site.ids["courier 1"], **told)
    story = f"/story/{site.ids['courier 1']}"
    page = site.visitor().get(story, follow=True).content.decode()
    there = page.split('id="versions"')[1]
    assert '<span class="w-changed"><bdi>Bridge 1 of glint closes</bdi></span>' in there and "the same" in there
    assert f"/a/{site.ids['glint 1']}/compared" in there and 'href="#versions"' in page
    notes.write(site.ids["glint 1"], "name_differs", True, "", "edda")
    assert 'id="versions"' not in site.visitor().get(story + "?all=1", follow=True).content.decode()
