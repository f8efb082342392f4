"""Who gets what: every address of the site, asked for by every kind of visitor, for every kind of article."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import URLPattern
from django.utils.regex_helper import normalize
from small_site import BODY, SECRET_WORDS

from coranto.articles import Person, Picture
from coranto.store import articles, outlets, pictures
from coranto.store.database import number_of, run

PRIVATE_HERE = {"ACCESS": "private", "LOOPBACK_ONLY": True}
PRIVATE_ELSEWHERE = {"ACCESS": "private", "LOOPBACK_ONLY": False}
PUBLIC = {"ACCESS": "public", "LOOPBACK_ONLY": False}
WISHES = {
    "plain": (), "reserved": ("noarchive",), "mined": ("tdm-reservation",), "silent": ("nosnippet",), "free": (),
    "freereserved": ("tdm-reservation",), "freesilent": ("nosnippet",), "private": (),
}  # fmt: skip
"""Kinds of articles, each of an outlet of that name, by what its page asks."""
ALL = set(WISHES)
OTHERS = ALL - {"private"}
TEXT, PICTURE = ("lead", "beyond", "deep", "stand", "bio"), ("picture", "caption", "file")
VISITORS = {
    "anonymous, here": (PRIVATE_HERE, None, OTHERS, OTHERS),
    "anonymous, elsewhere": (PRIVATE_ELSEWHERE, None, set(), set()),
    "anonymous, public": (PUBLIC, None, {"free"}, {"plain", "reserved", "mined", "free", "freereserved"}),
    "self-registered, public": (PUBLIC, "self", {"free"}, {"plain", "reserved", "mined", "free", "freereserved"}),
    "self-registered, private": (
        PRIVATE_ELSEWHERE, "self", {"free"}, {"plain", "reserved", "mined", "free", "freereserved"},
    ),
    "invited": (PRIVATE_ELSEWHERE, "invited", ALL, ALL),
    "owner": (PUBLIC, "owner", OTHERS, OTHERS),
}  # fmt: skip
"""Settings, account, and of which articles a visitor gets the whole and the lead."""


def words(place: str, kind: str) -> str:
    """A word that stands in one place of one article and nowhere else."""
    return f"{place}{kind}xq"


def picture_of(kind: str) -> Picture:
    return Picture(f"https://pictures.example/{words('picture', kind)}.jpg", words("caption", kind))


def body_of(kind: str) -> str:
    """A lead longer than may be shown, and a secret far down."""
    lead = f"{words('lead', kind)} " + "The bridge over the Kerrin was closed. " * 5 + words("beyond", kind)
    return "\n\n".join([lead, BODY, f"All inspections stand in it, {words('deep', kind)} {SECRET_WORDS}."])


def fill(site) -> dict[str, int]:
    """An article of each kind, in an outlet of its own; in one story with a copy whose record quotes the text."""
    owner = site.account("invited").user.pk
    found = {}
    for kind, robots in WISHES.items():
        text = body_of(kind)
        bio = Person("Ada Fenn", "Reporter", f"She says {words('bio', kind)}.")
        picture = picture_of(kind)
        (found[kind],) = site.publish(
            kind, 1, title=f"Bridge of {kind}", robots=robots, text=text, subtitle=words("stand", kind),
            html="".join(f"<p>{part}</p>" for part in text.split("\n\n")), people=(bio,), image=picture,
        )  # fmt: skip
    run("UPDATE outlet SET private_to_id = %s WHERE name = 'The Private'", (owner,))
    for outlet in outlets.outlets():
        if outlet.name.startswith("The Free"):
            outlets.update_outlet(outlet.id, republish=True)
    files = {picture_of(kind).url: words("file", kind).encode() for kind in WISHES}
    pictures.wish(files)
    for work in pictures.claim("test", 100):
        if work.url in files:
            pictures.keep(work, 1200, 800, {208: files[work.url]})
    quoted = [{"kind": "names_source", "earlier": "The Plain", "sentence": f"It holds {words('deep', 'plain')}."}]
    site.copy(site.ids["post 0"], found["plain"], role="credited_copy", findings=quoted)
    return found


def visitor(site, account: str | None):
    if account is None:
        return site.visitor()
    client = site.account(account, owner=account == "owner")
    if account == "self":
        run("INSERT INTO access (user_id, full_text, time_zone, shortcuts) VALUES (%s, %s, '', %s)",
            (client.user.pk, False, True))  # fmt: skip
    return client


def every_address(article: int, user: int | None) -> list[str]:
    """Every address of the site with an article's own numbers and words in it. A new address whose parts are not known
    here is an error: say where it leads, so that it is asked for, too."""
    from coranto.web.urls import urlpatterns

    page = articles.page(article, user)
    author = page.authors[0].id
    known = {
        "article": {"number": article, "slug": page.card.slug}, "a": {"number": article},
        "story": {"number": page.card.story_id, "slug": page.card.story_slug},
        "author": {"number": author, "slug": page.authors[0].slug},
        "outlet": {"slug": page.outlet.slug}, "section": {"slug": page.card.section_slug},
        "topic": {"slug": page.topics[0].slug}, "archive": {"day": f"{page.card.at:%Y-%m-%d}"},
        "sitemap": {"kind": "stories", "first": 1}, "for-you": {"form": "json"},
        "picture": {"key": f"{number_of(page.reading.image.url):016x}", "slot": 208},
    }  # fmt: skip
    found = []
    for pattern in urlpatterns:
        if not isinstance(pattern, URLPattern):
            continue  # the pages of accounts, which show no article
        for form, names in normalize(pattern.pattern.regex.pattern):
            given = known.get(form.partition("/")[0], {})
            assert set(names) <= set(given), f"say in this test what {form} stands for"
            address = "/" + (form % given).replace("\\", "")
            found += [f"{address}?q=inspections", f"{address}?q=xq"] if "search" in address else [address]
    return found


@pytest.mark.parametrize("who", VISITORS)
def test_nobody_gets_more_than_is_theirs(site, who):
    settings, account, whole, leads = VISITORS[who]
    numbers = fill(site)
    owner = site.account("invited").user.pk
    client = visitor(site, account)
    got: dict[str, str] = {}
    with override_settings(**settings):
        for number in numbers.values():
            for address in every_address(number, owner):
                if address not in got:
                    answer = client.get(address, follow=True)
                    got[address] = unescape(b"".join(answer).decode() + str(dict(answer.items())))
    everything = "\n".join(got.values())
    for kind in ALL:
        seen = {place for place in (*TEXT, *PICTURE) if words(place, kind) in everything}
        expected = set(TEXT) if kind in whole else {"lead"} if kind in leads else set()
        assert seen - set(PICTURE) == expected, kind
        assert kind in whole or not seen.intersection(PICTURE), kind
        assert ("file" in seen) == (kind in whole), kind
    if who == "anonymous, elsewhere":
        assert SECRET_WORDS not in everything and "Bridge" not in everything


def test_what_a_public_visitor_reads_of_an_article(site):
    numbers = fill(site)
    with override_settings(**PUBLIC):
        page = site.visitor().get(f"/a/{numbers['plain']}", follow=True).content.decode()
    prose = re.search(r'<div class="prose"[^>]*>(.*?)</div>', page, re.S)[1]
    text = re.sub(r"<[^>]+>", "", unescape(prose)).strip()
    assert text.startswith(words("lead", "plain")) and len(text) <= 200
    assert re.search(r'The whole text is at the outlet: <a class="btn do" href="https://plain.example/news/0"', page)


@pytest.mark.parametrize(
    ("method", "address"),
    [("get", "/"), ("get", "/latest?from=x"), ("get", "/search?q=" + 400 * "桥"), ("post", "/for-you/use")],
)
def test_who_may_not_enter_is_shown_the_way_to_sign_in(site, method, address):
    with override_settings(**PRIVATE_ELSEWHERE):
        answer = getattr(site.visitor(), method)(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/account/login/")
        assert "no-store" in answer["Cache-Control"] and not answer.cookies
        assert sum(len(name + value) for name, value in answer.items()) < 4096, "nginx would not pass it on"
        page = site.visitor().get(answer["Location"]).content.decode()
        assert 'name="password"' in page and "Valley" not in page and "/latest\"" not in page
        assert site.visitor().get("/robots.txt").content.endswith(b"Disallow: /\n")
        assert site.visitor().get("/manifest.webmanifest").status_code == 200


def test_a_proxy_in_front_of_a_loopback_site_makes_nobody_a_reader(site):
    with override_settings(**PRIVATE_HERE):
        assert site.visitor().get("/").status_code == 200
        assert site.visitor().get("/", HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 302
        assert site.visitor().get("/", REMOTE_ADDR="203.0.113.7").status_code == 302


@pytest.mark.parametrize(
    ("host", "site_url", "alone"),
    [
        ("127.0.0.1", "", True), ("localhost", "", True), ("::1", "", True), ("0.0.0.0", "", False),
        ("192.168.1.5", "", False), ("127.0.0.1", "https://news.example.org", False), ("news.example.org", "", False),
    ],
)  # fmt: skip
def test_which_sites_nobody_else_can_reach(tmp_path, monkeypatch, host, site_url, alone):
    from coranto.settings import load

    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("SITE_URL", site_url)
    assert load(tmp_path).loopback_only is alone


def test_outside_of_a_request_nobody_has_a_right(site):
    from django.core.exceptions import PermissionDenied

    from coranto.web import door, rights

    numbers = fill(site)
    page = door.articles.page(numbers["plain"])
    assert rights.present() == rights.NOBODY and not page.whole
    assert SECRET_WORDS in articles.page(numbers["plain"]).reading.text and SECRET_WORDS not in repr(page)
    with pytest.raises(PermissionDenied):
        door.cut(page.reading)


@pytest.mark.parametrize("room", ["articles", "lists", "search"])
def test_no_page_asks_the_reading_rooms_but_by_the_door(room):
    from coranto import web

    folder = Path(web.__file__).parent
    asking = re.compile(rf"^from coranto\.store import .*\b{room}\b|^from coranto\.store\.{room} import", re.M)
    found = {path for path in folder.rglob("*.py") if asking.search(path.read_text(encoding="utf-8"))}
    assert {path.name for path in found if path.parent.name != "owner"} == {"door.py"}
