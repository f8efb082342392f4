"""What is kept from one page for the next: readers with other marks, rights, zones and outlets who ask by turns."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import override_settings
from small_site import SECRET_WORDS

from coranto.store import accounts, articles, marks, outlets, profiles, reactions, sources
from coranto.store.database import run
from coranto.web import shell

PUBLIC = {"ACCESS": "public", "LOOPBACK_ONLY": False}
PRIVATE = {"ACCESS": "private", "LOOPBACK_ONLY": True}
PAGES = (
    "/", "/latest", "/stories", "/kept", "/section/valley", "/outlet/the-courier", "/search?q=bridge", "/topic/bridges",
    "/a/{courier_0}", "/a/{courier_1}", "/a/{post_1}", "/a/{glint_1}", "/a/{closed_0}", "/story/{closed_0}/x",
)  # fmt: skip
MACHINE = {"HTTP_USER_AGENT": "a program, which reads nothing"}


@pytest.fixture
def readers(site, monkeypatch):
    """Those who ask, by name. Ada has an outlet of her own, which was first in a story of two others and copied a text
    of theirs; Ben may read no whole text; Cleo lives in Tokyo; Dora runs the site; Eve follows one outlet."""
    now = datetime.now(UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    ids = site.ids
    who = {name: site.account(name, owner=name == "dora") for name in ("ada", "ben", "cleo", "dora", "eve")}
    ada, ben, cleo, eve = (who[name].user.pk for name in ("ada", "ben", "cleo", "eve"))
    first, copy = site.publish("closed", 2, title="Behind the paywall")
    site.newsroom.group((first, ids["courier 1"], ids["post 1"]))
    site.copy(copy, ids["courier 0"])
    run("UPDATE outlet SET private_to_id = %s WHERE name = 'The Closed'", (ada,))
    for outlet in outlets.outlets():
        outlets.update_outlet(outlet.id, section="Valley" if outlet.slug == "the-courier" else "Harbour")
    accounts.set_access(ben, full_text=False)
    accounts.set_access(cleo, time_zone="Asia/Tokyo")
    sources.follow(eve, [next(one.id for one in outlets.outlets() if one.slug == "the-post")])
    marks.set_read(ada, ids["courier 0"], True)
    marks.keep(ben, ids["courier 0"])
    marks.place(ben, ids["post 1"], 3)
    marks.set_read(cleo, ids["post 1"], True)
    for name, word in (("ada", "useful"), ("ben", "moving")):
        reactions.react(ids["courier 1"], f"user:{who[name].user.pk}", word, who[name].user.pk)
    profiles.wish(f"user:{cleo}", {("outlet", "the-glint"): "never"})
    who["a visitor"] = site.visitor()
    shell.kept.forget()
    with override_settings(**PUBLIC):
        yield who


def address_of(site, page: str) -> str:
    return page.format(**{name.replace(" ", "_"): ident for name, ident in site.ids.items()})


def asked(client, address: str) -> bytes:
    answer = client.get(address, follow=True, **MACHINE)
    return b"%d %s" % (answer.status_code, answer.content)


@pytest.mark.parametrize(
    ("page", "access"), [*((page, PUBLIC) for page in PAGES), ("/", PRIVATE), ("/a/{courier_0}", PRIVATE)]
)
def test_readers_who_ask_by_turns_get_what_each_would_have_got_alone(site, readers, page, access):
    address, alone = address_of(site, page), {}
    with override_settings(**access):
        for name, client in readers.items():
            shell.kept.forget()
            alone[name] = asked(client, address)
        shell.kept.forget()
        for name in (*readers, *reversed(readers), *readers):
            assert asked(readers[name], address) == alone[name], name
    assert len({alone[name] for name in ("ada", "ben", "a visitor")}) == 3


def test_those_pages_differ_where_readers_do(site, readers):
    number = site.ids["courier 1"]
    pages = {name: asked(client, f"/a/{number}").decode() for name, client in readers.items()}
    assert [name for name in pages if SECRET_WORDS in pages[name]] == ["ada", "cleo", "dora", "eve"]
    assert [name for name in pages if "Closed" in pages[name]] == ["ada"]
    assert [name for name in pages if "+09:00" in pages[name]] == ["cleo"]
    assert [name for name in pages if "/run/article/" in pages[name]] == ["dora"]
    assert [name for name in pages if 'value="moving" data-key="3" aria-pressed="true"' in pages[name]] == ["ben"]


def test_what_a_reader_does_shows_at_once_and_to_nobody_else(site, readers):
    number = site.ids["courier 0"]
    before = {name: asked(client, "/latest") for name, client in readers.items()}
    marks.set_read(readers["ben"].user.pk, number, True)
    sources.follow(readers["eve"].user.pk, None)
    after = {name: asked(client, "/latest") for name, client in readers.items()}
    assert [name for name in before if before[name] != after[name]] == ["ben", "eve"]


def test_an_address_of_now_leads_to_what_is_there_now(site, readers):
    number, client = site.ids["courier 0"], readers["ada"]
    old = client.get(f"/a/{number}", **MACHINE)["Location"]
    assert b"<h1" in asked(client, old)
    run("UPDATE article SET title = 'Ferry sails' WHERE id = %s", (number,))
    new = client.get(f"/a/{number}", **MACHINE)["Location"]
    assert new == f"/article/{number}/ferry-sails" and b"Ferry sails" in asked(client, new)
    assert client.get(old, **MACHINE).status_code == 200


def test_what_is_being_made_while_all_is_forgotten_is_not_kept(site, readers):
    number = site.ids["courier 0"]

    def withdrawn_meanwhile():
        page = articles.page(number)
        articles.withdraw(number, "for a test", "dora")
        shell.kept.forget()
        return page

    assert shell.kept.get("page", withdrawn_meanwhile).card.id == number
    assert shell.kept.get("page", lambda: articles.page(number)).reason == "for a test"


def test_the_newest_stay_where_there_is_too_much(monkeypatch):
    monkeypatch.setattr(shell, "MOST_KEPT", 3 * shell.A_NAME + 30)
    kept, made = shell.Kept(), []

    def get(name: str, text: str) -> str:
        return kept.get(name, lambda: made.append(name) or text)

    for name in "abcd":
        get(name, "x" * 10)
    assert get("b", "") == get("d", "") == "x" * 10 and made == list("abcd")
    get("e", "x" * 30)
    assert get("d", "y") == "x" * 10 and get("c", "y") == "y" and made == list("abcdec")
    assert get("f", "z" * 9999) == "z" * 9999 and get("g", "y") == "y"
