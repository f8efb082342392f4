"""Pictures on pages: shown where they are kept, with their size, and no hole where they are not."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.test import override_settings
from PIL import Image

from coranto.articles import Picture
from coranto.store import articles, database, picture_files, pictures
from coranto.store.database import number_of

BRIDGE = "https://pictures.example/bridge.jpg"
CRANE = "https://pictures.example/crane.png"


def webp(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "WEBP")
    return out.getvalue()


def keep(*urls: str, size: tuple[int, int] = (1200, 800)) -> None:
    pictures.wish(urls)
    for work in pictures.claim("test", 1000):
        if work.url in urls:
            assert pictures.keep(work, *size, {480: webp(48, 32), 960: webp(96, 64), 208: webp(20, 20)})


def written() -> None:
    """What pages asked for is in the store."""
    from coranto.web.pictures import notes

    notes.flush()


def images(page: str) -> list[dict[str, str]]:
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<img[^>]*>", page)]


def page_of(site, number: int) -> str:
    return site.visitor().get(f"/a/{number}", follow=True).content.decode()


def test_the_front_page_has_a_lead_picture_and_squares(site):
    site.publish("morning", 12)
    keep(BRIDGE)
    page = site.visitor().get("/").content.decode()
    lead, *squares = images(page)
    assert 'class="cols pair"' in page and lead["fetchpriority"] == "high" and "loading" not in lead
    assert (lead["width"], lead["height"], lead["class"]) == ("960", "640", "wide")
    assert [part.split()[1] for part in lead["srcset"].split(", ")] == ["480w", "960w"] and lead["sizes"]
    assert 3 <= len(squares) <= 9
    for square in squares:
        assert (square["width"], square["height"], square["loading"]) == ("104", "104", "lazy")
        assert "-208.webp?" in square["src"] and square["alt"] == ""


def test_a_picture_that_is_not_kept_leaves_no_hole_and_is_asked_for(site):
    database.run("DELETE FROM cached_picture")
    page = site.visitor().get("/").content.decode()
    text = page_of(site, site.ids["courier 1"])
    assert not images(page + text) and "<figure" not in page + text and "pair" not in page
    written()
    assert pictures.counts()["waiting"] == 1


def test_machines_ask_for_nothing(site):
    database.run("DELETE FROM cached_picture")
    site.visitor().get("/", headers={"User-Agent": "Examplebot/1.0"})
    written()
    assert pictures.counts() == {"bytes": 0}


def test_an_article_shows_its_pictures_with_caption_and_credit(site):
    crane = Picture(CRANE, None, "I. Vance", "A crane <b>", 400, 300)
    bridge = Picture(BRIDGE, "The bridge", "Photo: B. Marsh", "A bridge", 1200, 800)
    (number,) = site.publish(
        "courier", 1, images=(bridge, crane),
        html='<figure><img src="https://cdn.example/w900/bridge.jpg?x=1"><figcaption>The bridge</figcaption></figure>'
        f'<p>Text.</p><figure><a href="https://x.example/"><img src="{CRANE}" alt="A crane &lt;b&gt;"></a>'
        '<figcaption>Work goes on.</figcaption></figure><p><img src="https://track.example/1.gif"></p>',
    )  # fmt: skip
    keep(BRIDGE)
    keep(CRANE, size=(400, 300))
    page = page_of(site, number)
    lead, second = images(page)
    assert lead["alt"] == "A bridge" and lead["class"] == "wide" and lead["fetchpriority"] == "high"
    assert (second["width"], second["height"], second["loading"]) == ("400", "300", "lazy") and "srcset" not in second
    assert unescape(second["alt"]) == "A crane <b>" and not re.search(r"<b>(?!<bdi>)", page.partition("</article>")[0])
    assert "<figcaption>The bridge. Photo: B. Marsh</figcaption>" in page
    assert "Work goes on. Picture: I. Vance</figcaption>" in page
    assert "cdn.example" not in page and "track.example" not in page


@pytest.mark.parametrize(
    ("size", "box", "kind"),
    [
        ((1200, 800), ("960", "640"), "wide"), ((600, 400), ("600", "400"), "wide"),
        ((960, 500), ("750", "500"), "wide"), ((800, 1600), ("180", "360"), None),
        ((1900, 500), ("960", "253"), None), ((250, 250), ("250", "250"), None),
    ],
)  # fmt: skip
def test_a_picture_is_never_enlarged_and_never_taller_than_half_a_window(site, size, box, kind):
    keep(BRIDGE, size=size)
    (lead,) = images(page_of(site, site.ids["post 1"]))
    assert (lead["width"], lead["height"]) == box and lead.get("class") == kind


def test_its_address_answers_with_a_picture_for_good_and_with_nothing_else(site):
    keep(BRIDGE)
    (lead,) = images(page_of(site, site.ids["post 1"]))
    answer = site.visitor().get(lead["src"])
    assert answer.status_code == 200 and answer["Content-Type"] == "image/webp" and answer.content == webp(48, 32)
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable" and not answer.cookies
    for address in (
        f"/picture/{number_of(CRANE):016x}-480.webp", f"/picture/{number_of(BRIDGE):016x}-481.webp",
        f"/picture/{'f' * 16}-480.webp", "/picture/../../coranto.sqlite3", f"/picture/?url={BRIDGE}",
    ):  # fmt: skip
        assert site.visitor().get(address).status_code == 404
    picture_files.file_of(number_of(BRIDGE), 480).unlink()
    assert site.visitor().get(lead["src"]).status_code == 404


def test_switched_off_no_page_shows_one(site, monkeypatch):
    keep(BRIDGE)
    (lead,) = images(page_of(site, site.ids["post 1"]))
    monkeypatch.setattr(picture_files.Cache, "on", False)
    assert not images(page_of(site, site.ids["post 1"]) + site.visitor().get("/").content.decode())
    assert site.visitor().get(lead["src"]).status_code == 404


def test_a_withdrawn_article_takes_its_picture_along(site):
    keep(BRIDGE)
    (lead,) = images(page_of(site, site.ids["post 1"]))
    for number in site.ids.values():
        articles.withdraw(number, "Asked for", "owner")
    assert site.visitor().get(lead["src"]).status_code == 404
    assert not list(picture_files.file_of(number_of(BRIDGE), 480).parent.iterdir())


def test_the_questions_of_a_page_do_not_grow_with_its_pictures(site, monkeypatch):
    asked = database.ask
    seen = []
    monkeypatch.setattr(database, "ask", lambda sql, params: (seen.append(sql), asked(sql, params))[1])

    def questions(address: str) -> int:
        site.visitor().get(address)
        seen.clear()
        site.visitor().get(address)
        return sum("cached_picture" in sql for sql in seen)

    urls = [f"https://pictures.example/{n}.jpg" for n in range(6)]
    for url in urls:
        site.publish("morning", 1, image=Picture(url), images=tuple(Picture(one) for one in urls))
    keep(*urls)
    with override_settings(ACCESS="private"):
        assert questions("/") == 1
        assert questions(f"/article/{site.ids['morning 1']}/bridge-1-of-morning-closes") == 1
