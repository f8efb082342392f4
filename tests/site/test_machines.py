"""What the site says to machines: robots, sitemap, feeds, structured data, manifest, and how long answers are kept."""

from __future__ import annotations

import json
import re

import pytest
from django.test import override_settings
from lxml import etree

from coranto.store import articles, catalogue
from coranto.store.database import run

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = {"ACCESS": "public", "LOOPBACK_ONLY": False}
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def article_address(site, name: str = "courier 1") -> str:
    return site.visitor().get(f"/a/{site.ids[name]}")["Location"]


def story_address(site) -> str:
    card = articles.page(site.ids["courier 1"]).card
    return f"/story/{card.story_id}/{card.story_slug}"


def test_an_article_says_whose_it_is_and_is_not_to_be_indexed(site):
    answer = site.visitor().get(article_address(site))
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex" and '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://courier.example/news/1">' in page
    assert "<title>Bridge 1 of courier closes · The Courier · Coranto</title>" in page
    told = {found["@type"]: found for found in map(json.loads, DATA.findall(page))}
    news = told["NewsArticle"]
    assert news["isBasedOn"] == news["url"] == "https://courier.example/news/1"
    assert news["publisher"]["name"] == "The Courier" and news["author"] == [{"@type": "Person", "name": "Ada Fenn"}]
    assert len(news["description"]) <= 200
    way = [step["item"].removeprefix("http://testserver") for step in told["BreadcrumbList"]["itemListElement"]]
    assert way[0] == "/" and way[-1] == article_address(site)
    assert 'property="og:title"' in page and "twitter:" not in page


@pytest.mark.parametrize(
    ("robots", "header", "reserved"),
    [
        (("noarchive",), "noindex, noarchive", False), (("tdm-reservation",), "noindex", True),
        (("nosnippet", "noai"), "noindex, nosnippet, noai", False),
    ],
)  # fmt: skip
def test_what_a_page_asks_of_collectors_is_shown_and_passed_on(site, robots, header, reserved):
    (number,) = site.publish("herald", 1, robots=robots)
    answer = site.visitor().get(f"/a/{number}", follow=True)
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == header and (answer.get("TDM-Reservation") == "1") is reserved
    assert ('<meta name="tdm-reservation" content="1">' in page) is reserved
    assert re.search(r'<p class="fine">The outlet (asks|reserves) ', page)


def test_pages_of_our_own_may_be_indexed(site):
    for address in ("/", "/latest", "/outlet/the-courier", "/topic/bridges", story_address(site)):
        answer = site.visitor().get(address)
        assert "noindex" not in answer.content.decode() and "X-Robots-Tag" not in answer, address
    page = site.visitor().get(story_address(site)).content.decode()
    told = {found["@type"]: found for found in map(json.loads, DATA.findall(page))}
    members = told["CollectionPage"]["mainEntity"]["itemListElement"]
    assert len(members) == 3 and members[0]["url"].startswith("http://testserver/article/")


def test_the_sitemap_holds_our_own_pages_alone_and_only_of_a_public_site(site, monkeypatch):
    run("UPDATE outlet SET private_to_id = %s WHERE name = 'The Glint'", (site.account().user.pk,))
    assert site.visitor().get("/sitemap.xml").status_code == 404
    assert site.visitor().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    monkeypatch.setattr(catalogue, "PART", 1)
    with override_settings(**PUBLIC):
        index = etree.fromstring(site.visitor().get("/sitemap.xml").content)
        parts = [found.text.removeprefix("http://testserver") for found in index.iter(f"{SITEMAP}loc")]
        monkeypatch.setattr(catalogue, "PART", 5_000)
        listed = set()
        for part in parts:
            answer = site.visitor().get(part)
            places = [found.text for found in etree.fromstring(answer.content).iter(f"{SITEMAP}loc")]
            listed |= {place.removeprefix("http://testserver") for place in places}
        assert b"Sitemap: http://testserver/sitemap.xml" in site.visitor().get("/robots.txt").content
        assert {story_address(site), "/outlet/the-courier", "/topic/bridges", "/", "/latest"} <= listed
        assert not [place for place in listed if place.startswith(("/article", "/a/", "/search", "/account"))]
        assert "/outlet/the-glint" not in listed
        for place in listed:
            assert site.visitor().get(place).status_code == 200, place


def test_parts_of_the_sitemap_hold_every_story_once(site):
    for number in range(3):
        site.newsroom.group((site.ids[f"post {number}"], site.ids[f"glint {number}"]))
    whole = [ident for ident, _, _ in catalogue.stories(1)]
    parts = catalogue.story_parts(2)
    assert [ident for first in parts for ident, _, _ in catalogue.stories(first, 2)] == whole and len(parts) == 2
    assert catalogue.story_parts(1) == whole


def feeds_of(site) -> list[str]:
    page = articles.page(site.ids["courier 1"])
    author = page.authors[0]
    return [
        "/feed", "/latest/feed", "/stories/feed", "/outlet/the-courier/feed", "/topic/bridges/feed",
        f"{story_address(site)}/feed",
        f"/author/{author.id}/{author.slug}/feed", f"/archive/{page.card.at:%Y-%m-%d}/feed", "/search/feed?q=bridge",
    ]  # fmt: skip


def test_every_list_has_a_feed_and_names_it(site):
    for address in feeds_of(site):
        path, _, query = address.partition("?")
        where = (path.removesuffix("/feed") or "/") + (f"?{query}" if query else "")
        page = site.visitor().get(where).content.decode()
        assert f'type="application/atom+xml" href="{address}"' in page, where
        answer = site.visitor().get(address)
        feed = etree.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed" and feed.findtext(f"{ATOM}id") == "http://testserver" + where
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver" + address
        entries = feed.findall(f"{ATOM}entry")
        ids = [found.findtext(f"{ATOM}id") for found in entries]
        assert ids and len(set(ids)) == len(ids) and all(re.fullmatch(r"http://testserver/a/\d+", one) for one in ids)
        assert all(found.findtext(f"{ATOM}updated") and found.findtext(f"{ATOM}author/{ATOM}name") for found in entries)
        assert answer["X-Robots-Tag"] == "noindex"
        for header, told in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = site.visitor().get(address, headers={header: answer[told]})
            assert again.status_code == 304 and not again.content, header


@pytest.mark.parametrize(
    ("settings", "signed_in", "expected"),
    [
        (PUBLIC, False, "public, max-age=0, s-maxage=30"), (PUBLIC, True, "private, no-cache"),
        ({}, False, "private, no-cache"), ({}, True, "private, no-cache"),
    ],
)  # fmt: skip
def test_how_long_a_page_may_be_kept(site, settings, signed_in, expected):
    with override_settings(**settings):
        client = site.account() if signed_in else site.visitor()
        answer = client.get("/outlet/the-courier")
        assert answer["Cache-Control"] == expected and "Cookie" in answer["Vary"]
        assert answer["Speculation-Rules"] == '"/speculation-rules.json"'
        assert "Speculation-Rules" not in client.get("/latest", headers={"Save-Data": "on"})
        again = client.get("/outlet/the-courier", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304 and not again.content and "Content-Security-Policy" in again
        assert client.get("/nowhere")["Cache-Control"] == "no-store"


def test_what_is_loaded_ahead_are_stories_and_never_articles(site):
    answer = site.visitor().get("/speculation-rules.json")
    assert answer["Content-Type"] == "application/speculationrules+json"
    (rule,) = json.loads(answer.content)["prefetch"]
    assert rule["eagerness"] == "moderate" and "/story/*" in str(rule["where"]) and "article" not in str(rule)


def test_the_manifest_names_icons_that_are_there(site):
    from django.conf import settings

    from coranto.web import assets

    assets.collect()
    answer = site.visitor().get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json" and told["start_url"] == "/"
    sizes = {}
    for icon in told["icons"]:
        file = settings.STATIC_ROOT / icon["src"].removeprefix("/static/")
        sizes[icon["sizes"]] = file.read_bytes()[:8]
    assert {"any", "192x192", "512x512"} <= set(sizes) and sizes["512x512"] == b"\x89PNG\r\n\x1a\n"
    page = site.visitor().get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page and page.count('name="theme-color"') == 2
    assets.names.cache_clear()
