"""Copies on the site: folded, hidden where a reader wants it, and told in words that accuse nobody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from small_site import headlines

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
