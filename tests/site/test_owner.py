"""The place for the people who run the site: what they can do there, and that nobody else can."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from newsroom import entry
from small_site import SECRET_WORDS

from coranto.pipeline import looking
from coranto.ranking import Model
from coranto.sources.answers import FetchError
from coranto.store import accounts, articles, changes, database, editing, joins, notes, reads, sources, steps, taught
from coranto.store.reader_values import Visit

PAGES = ("/run/accounts", "/run/add", "/run/work", "/run/changes", "/run/disk", "/run/for-you", "/run/settings")


@pytest.fixture
def owner(site):
    return site.account("edda", owner=True)


def source_of(site, outlet: str):
    return sources.get(f"The {outlet.title()}")


def addresses(site) -> list[str]:
    """Every address of the owner's place, with numbers that are there."""
    from coranto.web.owner.urls import urlpatterns

    row = source_of(site, "courier")
    numbers = {"outlet": row.outlet_id, "source": row.id, "article": site.ids["courier 2"], "author": 1, "changes": 1,
               "account": 1}
    found = []
    for one in urlpatterns:
        route = str(one.pattern)
        found.append("/run/" + route.replace("<row:number>", str(numbers.get(route.partition("/")[0]))))
    return found


def test_nobody_but_the_owner_comes_in(site, owner, monkeypatch):
    monkeypatch.setattr(looking, "waited_for", lambda work, what: refuses(work))
    editing.pause(source_of(site, "post").id, "edda")
    places = addresses(site)
    assert len(places) > 20
    before = len(changes.listed())
    for client in (site.visitor(), site.account("ben")):
        for place in places:
            for ask in (client.get, client.post):
                answer = ask(place)
                assert answer.status_code in (302, 403, 405), place
                assert answer.status_code != 302 or answer["Location"].startswith("/account/login/"), place
    assert len(changes.listed()) == before and sources.get("The Courier").state == "active"
    for client in (site.visitor(), site.account("ben")):
        for address in (f"/a/{site.ids['courier 1']}", "/sources", "/author/1", "/outlet/the-courier"):
            page = client.get(address, follow=True).content.decode()
            assert "/run/" not in page and "owner.css" not in page
    for place in places:
        asked, posted = owner.get(place).status_code, owner.post(place).status_code
        assert (asked, posted == 405) in ((200, True), (405, False)), place


def refuses(work):
    """Nobody is asked."""
    work.close()
    raise FetchError("refused", "The outlet does not answer.", "")


@pytest.mark.parametrize("address", [*PAGES, "/sources", "/run/outlet/1"])
def test_every_page_is_whole(site, owner, address):
    page = owner.get(address)
    html = page.content.decode()
    assert page.status_code == 200 and "owner.css" in html and "style=" not in html
    assert html.count("<h1") == 1 and 'aria-label="For those who run this site"' in html
    assert (page["Cache-Control"] == "private, no-store") == address.startswith("/run")


def test_a_change_from_another_site_is_not_taken(site, owner):
    row = source_of(site, "courier")
    answer = owner.post(f"/run/source/{row.id}/pause", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and sources.get(row.id).state == "active"


def form_of(html: str, action: str) -> dict[str, str]:
    """The fields of a form as a browser would send them unchanged."""
    from selectolax.lexbor import LexborHTMLParser

    form = LexborHTMLParser(html).css_first(f'form[action="{action}"]')
    sent = {}
    for field in form.css("input[name], textarea[name]"):
        kind = field.attributes.get("type")
        if kind in ("radio", "checkbox") and "checked" not in field.attributes:
            continue
        sent[field.attributes["name"]] = field.attributes.get("value") or ""
    for choice in form.css("select[name]"):
        chosen = choice.css_first("option[selected]") or choice.css_first("option")
        sent[choice.attributes["name"]] = chosen.attributes.get("value") or ""
    return sent


def test_an_outlet_is_edited_and_the_act_undone(site, owner):
    row = source_of(site, "courier")
    action = f"/run/outlet/{row.outlet_id}/save"
    sent = form_of(owner.get(f"/run/outlet/{row.outlet_id}").content.decode(), action)
    assert owner.post(action, sent).status_code == 302 and changes.listed() == []
    prefix = f"s{row.id}-"
    sent |= {"name": "Courier & Sons", "section": "World", "republish": "1", prefix + "interval": "1800",
             prefix + "reading": "page", prefix + "spacing": "2.5", prefix + "agent": "Lamp/1"}  # fmt: skip
    page = owner.post(action, sent, follow=True).content.decode()
    assert "Saved." in page and "Courier &amp; Sons" in page
    now = sources.get(row.id)
    assert (now.outlet, now.section, now.interval, now.reading, now.spacing, now.user_agent) == (
        "Courier & Sons", "World", 1800.0, "page", 2.5, "Lamp/1",
    )  # fmt: skip
    assert articles.page(site.ids["courier 1"]).card.free
    log = owner.get("/run/changes").content.decode()
    assert "Changed The Courier: the name from “The Courier” to “Courier &amp; Sons”" in log
    for address in re.findall(r'action="(/run/changes/\d+/undo)"', log):
        owner.post(address)
    back = sources.get(row.id)
    assert (back.outlet, back.reading, back.spacing) == ("The Courier", "auto", None)
    assert not articles.page(site.ids["courier 1"]).card.free


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("home_url", "javascript:alert(1)"), ("url", "file:///etc/passwd"), ("spacing", "-1")],
)
def test_a_wrong_field_changes_nothing_and_is_told(site, owner, field, value):
    row = source_of(site, "courier")
    action = f"/run/outlet/{row.outlet_id}/save"
    sent = form_of(owner.get(f"/run/outlet/{row.outlet_id}").content.decode(), action)
    name = field if field in sent else f"s{row.id}-{field}"
    answer = owner.post(action, {**sent, "tagline": "Changed", name: value})
    html = answer.content.decode()
    assert answer.status_code == 422 and "Error: " in html and f'id="{name}-e"' in html and "Changed" in html
    assert changes.listed() == []


def test_a_password_is_stored_for_a_private_outlet_and_never_shown(site, owner):
    outlet = sources.add_outlet("Paywall", "https://wall.example/", private_to=owner.user.pk)
    row = sources.add_source(outlet.id, "feed", "https://wall.example/feed")
    action, prefix = f"/run/outlet/{outlet.id}/save", f"s{row.id}-"
    sent = form_of(owner.get(f"/run/outlet/{outlet.id}").content.decode(), action)
    owner.post(action, {**sent, prefix + "user": "card-204", prefix + "password": "pass-9137"})
    assert sources.get(row.id).credential == ("basic", "card-204", "pass-9137")
    for address in (f"/run/outlet/{outlet.id}", "/run/changes", "/sources"):
        assert "pass-9137" not in owner.get(address).content.decode()
    owner.post(action, {**sent, prefix + "url": "https://elsewhere.example/feed"})
    assert sources.get(row.id).credential is None
    other = site.account("finn", owner=True)
    assert other.get(f"/run/outlet/{outlet.id}").status_code == 404


def test_an_outlet_is_paused_with_a_reason_and_resumed(site, owner):
    row = source_of(site, "courier")
    owner.post(f"/run/source/{row.id}/pause", {"why": "back after the strike", "back": row.outlet_id})
    page = owner.get("/sources").content.decode()
    assert "Paused by edda, “back after the strike”" in page
    assert "edda" not in site.visitor().get("/sources").content.decode()
    owner.post(f"/run/source/{row.id}/resume")
    assert sources.get(row.id).state == "active"


def test_an_outlet_is_deleted_only_by_its_name(site, owner):
    row = source_of(site, "courier")
    action = f"/run/outlet/{row.outlet_id}/delete"
    assert owner.post(action, {"articles": "delete", "confirm": "The Post"}).status_code == 422
    assert sources.outlet_of(row.outlet_id) is not None
    owner.post(action, {"articles": "keep", "confirm": "the courier"})
    assert sources.get(row.id) is None and articles.page(site.ids["courier 0"]) is not None
    owner.post(action, {"articles": "delete", "confirm": "The Courier"})
    assert articles.page(site.ids["courier 0"]) is None and sources.outlet_of(row.outlet_id) is None


def test_the_invented_outlets_go_by_one_press(site, owner):
    database.run("UPDATE outlet SET demo = %s WHERE slug = 'the-post'", (True,))
    offered = ['action="/run/demo/remove"' in who.get("/sources").content.decode() for who in (owner, site.visitor())]
    assert offered == [True, False]
    assert owner.post("/run/demo/remove").status_code == 302
    assert "The Post" not in [outlet.name for outlet in sources.outlets()]
    assert "The Courier" in [outlet.name for outlet in sources.outlets()]


def test_an_article_is_withdrawn_from_its_page(site, owner):
    number = site.ids["courier 1"]
    address = f"/run/article/{number}/withdraw"
    owner.post(address, {"reason": "Asked for"})
    assert site.visitor().get(f"/a/{number}", follow=True).status_code == 200
    owner.post(address, {"reason": "Asked for by a person named in it", "sure": "1"})
    gone = site.visitor().get(f"/a/{number}")
    assert gone.status_code == 410 and "Asked for by a person named in it" in gone.content.decode()
    assert SECRET_WORDS not in gone.content.decode()
    log = owner.get("/run/changes").content.decode()
    assert "This cannot be undone" in log and "/undo" not in log


def test_two_stories_are_joined_and_a_text_is_taken_out_of_one(site, owner):
    number, other = site.ids["courier 1"], site.ids["courier 2"]
    here = f"/run/article/{number}/"

    def press(act: str, **fields) -> str:
        return owner.post(here + act, fields, follow=True).content.decode()

    page = owner.get(f"/a/{number}", follow=True).content.decode()
    assert f'action="{here}split"' in page and f'action="{here}merge"' in page
    for wrong in ("", "bridge", "999999", str(number), "9" * 30):
        assert "Nothing was joined" in press("merge", story=wrong)
    assert "Saved." in press("merge", story=f"https://lamp.example/story/{other}/any?all")
    led = site.visitor().get(f"/story/{other}")
    assert led.status_code == 301 and led["Location"].startswith(f"/story/{number}/")
    assert f"Joined story {other} with story {number}" in owner.get("/run/changes").content.decode()
    assert "Saved." in press("split")
    assert f"Took this article out of story {number}" in owner.get("/run/changes").content.decode()
    for change in changes.listed(2):
        assert "Undone:" in owner.post(f"/run/changes/{change.id}/undo", follow=True).content.decode()
    assert site.visitor().get(f"/story/{other}", follow=True).redirect_chain[-1][0].startswith(f"/story/{other}/")


@override_settings(CONTACT="desk@lamp.example")
def test_a_record_is_disputed_annotated_hidden_and_shown_again(site, owner):
    copy = site.ids["glint 1"]
    address = f"/run/article/{copy}/record"

    def shown() -> str:
        return site.visitor().get(f"/a/{copy}", follow=True).content.decode()

    assert "97 % of this text was seen earlier" in shown() and "mailto:desk@lamp.example?subject=" in shown()
    owner.post(address, {"finding": "", "note": "Both <b>bought</b> it from the Wire."})
    assert "Note by those who run this site: Both &lt;b&gt;bought&lt;/b&gt; it from the Wire." in shown()
    owner.post(address, {"finding": "", "note": "", "hidden": "1"})
    assert "seen earlier" not in shown().partition('class="lists"')[0] and "mailto:desk@" not in shown()
    story = site.visitor().get(f"/story/{site.ids['courier 1']}", follow=True).content.decode()
    assert "copy of this text" not in story
    for told in (story, *(site.visitor().get(each).content.decode() for each in ("/stories", "/outlet/the-glint"))):
        assert "g-unnamed" not in told and "no mention" not in told and "seen earlier" not in told
    assert "Hid in the record: The whole record" in owner.get(f"/a/{copy}", follow=True).content.decode()
    undo = re.search(r'action="(/run/changes/\d+/undo)"', owner.get("/run/changes").content.decode())[1]
    owner.post(undo)
    assert "97 % of this text" in shown() and "bought" in shown()


def test_what_was_done_to_a_private_outlet_is_told_to_its_owner_alone(site, owner):
    other = site.account("ben", owner=True)
    alone = sources.add_outlet("The Closed", "https://closed.example/", private_to=other.user.pk)
    feed = sources.add_source(alone.id, "feed", "https://closed.example/feed")
    ids = site.newsroom.take(feed, entry(1, "closed"), entry(2, "closed")).article_ids
    articles.withdraw(ids[0], "Asked for by the closed one", "ben")
    notes.write(ids[1], "", False, "Said of the closed one", "ben")
    other.post(f"/run/source/{feed.id}/pause")
    editing.edit_outlet(alone.id, "ben", name="The Closed Door")
    renamed = changes.listed(user=other.user.pk)[0]
    other.post(f"/run/changes/{renamed.id}/undo")
    assert owner.post(f"/run/changes/{renamed.id}/undo").status_code == 404
    editing.pause(source_of(site, "post").id, "edda")

    def log(client) -> str:
        return client.get("/run/changes").content.decode().partition("<main")[2]

    assert "Paused The Post" in log(owner) and "losed" not in log(owner)
    for told in ("Paused The Closed", "The Closed Door", "Undid an earlier act on The Closed", "closed one"):
        assert told in log(other)
    editing.delete(alone.id, True, "ben")
    assert "Deleted The Closed" in log(other) and "losed" not in log(owner)
    accounts.remove("ben")
    assert "losed" not in "".join(str(change) for change in changes.listed())


def test_names_are_joined_on_an_authors_page(site, owner):
    from coranto.store import lists

    ours, theirs = (
        lists.outlet_facts(outlet).authors[0].id for outlet in ("the-courier", "the-post")
    )
    page = owner.get(f"/author/{ours}", follow=True).content.decode()
    assert f'value="{theirs}"' in page
    owner.post(f"/run/author/{ours}/join", {"other": theirs})
    page = site.visitor().get(f"/author/{ours}", follow=True).content.decode()
    assert "Also signs in The Post" in page and "Bridge 1 of post closes" in page and "/run/" not in page
    owner.post(f"/run/author/{ours}/part")
    assert "Bridge 1 of post closes" not in site.visitor().get(f"/author/{ours}", follow=True).content.decode()
    assert joins.group_of(ours) == (ours,)


def test_what_failed_is_tried_again_and_let_go(site, owner):
    source = site.newsroom.source("courier")
    site.newsroom.take(source, entry(77, "courier"), entry(78, "courier"))
    for work in articles.claim("read", "test", 10):
        articles.release(work, "The page ends before its text does.")
    page = owner.get("/run/work").content.decode()
    assert page.count("The page ends before its text does.") == 2 and "2 articles" in page
    first, second = (one.article_id for one in steps.failed())
    owner.post("/run/work/retry", {"article": first})
    assert [one.article_id for one in steps.failed()] == [second]
    owner.post("/run/work/let-go")
    assert steps.failed() == [] and "Failed" not in owner.get("/run/work").content.decode()


def test_notes_do_not_outlive_a_withdrawal(site, owner):
    number = site.ids["glint 1"]
    owner.post(f"/run/article/{number}/record", {"finding": "", "note": "A word about it"})
    owner.post(f"/run/article/{number}/withdraw", {"reason": "Asked for", "sure": "1"})
    assert notes.of(number) == ()


def test_readers_are_invited_and_accounts_given_and_taken_whole_texts(site, owner):
    page = owner.post("/run/accounts/invite", {"note": "For Ben"}).content.decode()
    link = re.search(r"http://testserver(/account/invited/[^<]+)<", page)[1]
    assert site.visitor().get(link).status_code == 200
    assert link not in owner.get("/run/accounts").content.decode() and "For Ben" in page
    invitation = re.search(r'name="invitation" value="([^"]+)"', page)[1]
    owner.post("/run/accounts/revoke", {"invitation": invitation})
    assert site.visitor().get(link).status_code == 404
    ben = site.account("ben").user
    owner.post(f"/run/account/{ben.pk}/full-text")
    assert not accounts.access(ben.pk).full_text
    owner.post(f"/run/account/{ben.pk}/full-text", {"may": "1"})
    assert accounts.access(ben.pk).full_text
    assert owner.post(f"/run/account/{ben.pk}/remove", {"confirm": "Ben"}).status_code == 422
    owner.post(f"/run/account/{ben.pk}/remove", {"confirm": "ben"})
    assert [one.name for one in accounts.listed()] == ["edda"]
    owner.post(f"/run/account/{owner.user.pk}/remove", {"confirm": "edda"})
    assert [one.name for one in accounts.listed()] == ["edda"]
    log = owner.get("/run/changes").content.decode()
    assert "Removed the account ben" in log and "Invited a reader: For Ben" in log


def test_whether_for_you_earns_its_place_is_told_from_what_was_opened_and_what_was_learned(site, owner):
    def told() -> str:
        return owner.get("/run/for-you").content.decode()

    assert told().count("Nothing yet") == 2 and "Nothing is learned" in told()
    opened = [Visit(number, "visitor", f"user:{owner.user.pk}", None, ("you-or-new" if at else "new-or-you", 1))
              for at, number in enumerate(site.ids.values())]  # fmt: skip
    reads.record_many(opened)
    figures = {"impressions": 1200, "kind": "trees", "auc": {"fixed": 0.65, "trees": 0.7}}
    taught.keep(Model("terms", {"rate": 0.7}, figures=figures))
    page = told()
    assert f'num">{len(opened) - 1}<' in page and "It earns its place" in page
    assert "1,200 lists" in page and "70.0 %" in page and "65.0 %" in page
