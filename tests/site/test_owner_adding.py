"""Adding an outlet by its address, asking it, and moving it, with a real outlet on loopback."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from outlet_server import OutletServer, Page, paragraphs, rss
from selectolax.lexbor import LexborHTMLParser

from coranto.store import changes, editing, sources


@pytest.fixture
def owner(site):
    return site.account("edda", owner=True)


@pytest.fixture
def outlet():
    server = OutletServer()
    head = '<title>The Lantern – News</title><link rel="alternate" type="application/rss+xml" title="All" href="/feed">'
    entries = [
        {"path": f"/{n}", "title": f"Report {n} &lt;b&gt;", "text": paragraphs("Kerrin <script>x</script>")}
        for n in range(3)
    ]
    server.pages |= {
        "/": Page(f'<html lang="en"><head>{head}</head><body><p>Hello</p></body></html>'),
        "/feed": Page(rss(server.base, "The Lantern feed", entries), "application/rss+xml"),
    }
    yield server
    server.close()


def form(html: str, action: str) -> dict[str, str]:
    found = LexborHTMLParser(html).css_first(f'form[action="{action}"]')
    return {
        field.attributes["name"]: field.attributes.get("value") or ""
        for field in found.css("input[name]")
        if field.attributes.get("type") not in ("radio", "checkbox") or "checked" in field.attributes
    }


def test_an_outlet_is_looked_at_added_and_asked(site, owner, outlet):
    before = len(sources.listed())
    refused = owner.post("/run/add/look", {"address": outlet.base})
    assert refused.status_code == 422 and "tick the box below" in refused.content.decode() and outlet.asked == []
    page = owner.post("/run/add/look", {"address": outlet.base, "private": "1"}).content.decode()
    for words in ("The Lantern", "Read by its feed.", "3 articles are listed now", "Report 0", "As they would appear",
                  "The feed gives whole texts", "The council of Kerrin"):  # fmt: skip
        assert words in page
    assert "<script>x" not in page and "<b>" not in page.partition("Report 0")[2][:20]
    assert len(sources.listed()) == before

    sent = form(page, "/run/add/keep") | {"section": "Valley", "interval": "1800"}
    answer = owner.post("/run/add/keep", sent, follow=True).content.decode()
    assert "The Lantern was added." in answer
    row = sources.get(outlet.base + "/feed")
    assert (row.outlet, row.kind, row.section, row.interval, row.allow_private) == (
        "The Lantern", "feed", "Valley", 1800.0, True,
    )  # fmt: skip
    assert "Added The Lantern, read at " in owner.get("/run/changes").content.decode()
    assert "is read at this address already" in owner.post("/run/add/keep", sent, follow=True).content.decode()

    asked = owner.post(f"/run/source/{row.id}/test", follow=True).content.decode()
    assert "The Lantern was asked again: 3 new articles." in asked
    asked = owner.post(f"/run/source/{row.id}/test", follow=True).content.decode()
    assert "all that it lists is here already" in asked


def test_a_feed_that_moved_is_found_and_taken(site, owner, outlet):
    added = sources.add_source(
        sources.add_outlet("The Lantern", outlet.base + "/").id, "feed", outlet.base + "/old", allow_private=True
    )
    page = owner.post(f"/run/source/{added.id}/test", follow=True).content.decode()
    assert "There is nothing at this address" in page and "Look for its present address" in page
    found = owner.post(f"/run/source/{added.id}/find").content.decode()
    assert "Take the new address" in found and outlet.base.partition("://")[2] + "/feed" in found
    sent = form(found, f"/run/source/{added.id}/move")
    page = owner.post(f"/run/source/{added.id}/move", sent, follow=True).content.decode()
    assert "3 new articles" in page and sources.get(added.id).health.state == "well"
    told = editing.source_fields(added.id)
    assert told["url"] == outlet.base + "/feed" and told["allow_private"]


@pytest.mark.parametrize(
    ("kind", "feed"),
    [("feed", "file:///etc/passwd"), ("feed", "javascript:x"), ("file", "https://a.example/"), ("", "")],
)
def test_what_is_no_way_to_articles_is_not_kept(site, owner, kind, feed):
    before = len(sources.listed())
    assert owner.post("/run/add/keep", {"kind": kind, "feed": feed, "name": "X"}).status_code == 422
    assert len(sources.listed()) == before and changes.listed() == []


def test_one_with_a_password_is_its_owners_alone(site, owner, outlet):
    sent = {"kind": "feed", "feed": outlet.base + "/feed", "name": "Wall", "user": "card", "password": "pass-9137"}
    owner.post("/run/add/keep", sent)
    row = next(row for row in sources.listed(owner.user.pk) if row.outlet == "Wall")
    assert row.credential == ("basic", "card", "pass-9137") and row.private_to == owner.user.pk
    assert "Wall" not in site.visitor().get("/sources").content.decode()
    assert "Wall" in owner.get("/sources").content.decode()


@pytest.mark.parametrize("body", [b"", b"\x00\x01", b"<html>no list</html>", b"<opml><body/></opml>"])
def test_a_file_that_is_no_list_is_refused(site, owner, body):
    before = len(sources.listed())
    answer = owner.post("/run/add/list", {"file": SimpleUploadedFile("list.opml", body)})
    assert answer.status_code == 422 and len(sources.listed()) == before


def test_a_list_of_feeds_is_added_without_what_cannot_be_read(site, owner):
    body = (
        b'<opml version="2.0"><body><outline text="Valley"><outline text="One" xmlUrl="https://l1.example/feed"/>'
        b'<outline text="Two" xmlUrl="https://l2.example/feed"/></outline>'
        b'<outline text="Bad" xmlUrl="file:///etc/passwd"/>'
        b'<outline text="Secret" xmlUrl="https://a:b@l3.example/feed"/></body></opml>'
    )
    page = owner.post("/run/add/list", {"file": SimpleUploadedFile("list.opml", body)}, follow=True).content.decode()
    assert "2 feeds were added." in page
    assert sources.get("https://l1.example/feed").section == "Valley"
    assert not re.search(r"etc/passwd|a:b@", " ".join(row.url for row in sources.listed()))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of its own for the settings of the running site."""
    from coranto import settings
    from coranto.store import config

    for option in settings.OPTIONS:
        monkeypatch.delenv(option.name, raising=False)
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setattr(config, "site_settings", settings.load(folder))
    return folder


def test_settings_are_written_and_told_as_waiting(site, owner, data, monkeypatch):
    from coranto import settings

    page = owner.post("/run/settings/save", {"SITE_NAME": "The Lamp", "PICTURES": "off"}, follow=True).content.decode()
    assert "Saved." in page and "waiting for the next start: Name of the site, Pictures of articles" in page
    written = settings.load(data)
    assert (written.site_name, written.pictures) == ("The Lamp", "off")
    assert "Changed the settings PICTURES, SITE_NAME" in owner.get("/run/changes").content.decode()
    wrong = owner.post("/run/settings/save", {"SITE_NAME": "Other", "TIME_ZONE": "Nowhere/Town"})
    assert wrong.status_code == 422 and "a time zone such as" in wrong.content.decode()
    assert settings.load(data).site_name == "The Lamp"
    monkeypatch.setenv("CONTACT", "desk@lamp.example")
    fixed = owner.get("/run/settings").content.decode()
    assert "Fixed by the environment (CONTACT)" in fixed and 'name="CONTACT"' not in fixed
    owner.post("/run/settings/save", {"CONTACT": "me@else.example", "SECRET_KEY": "x", "HOST": "0.0.0.0"})
    assert settings.load(data).host == "127.0.0.1" and "me@else" not in (data / settings.FILE).read_text()
