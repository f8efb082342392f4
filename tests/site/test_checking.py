"""The page that checks a page: who may use it, what it says, what it refuses, and that nothing of it is kept."""

from __future__ import annotations

import json

import pytest
from django.test import override_settings
from selectolax.lexbor import LexborHTMLParser
from small_site import BODY, SECRET_WORDS

from coranto.pipeline import single
from coranto.store import database
from coranto.web import checking

FLAT = f"""Bridge shut & "crack
Dale Winters
Date:2025-04-07 04:05:14
{BODY}
They met in July, for the first time since the flood in 2019, Mayor Brask told Harrow News.
Tilda Brask is a correspondent for Harrow News based in Port Ansel.
Related
- What to watch tonight
- Pictures of the week: Nov. 24 - Nov. 30, 2021
- A lamp for every pier
"""
PRIVATE = {"ACCESS": "private", "LOOPBACK_ONLY": False}
PUBLIC = {"ACCESS": "public", "LOOPBACK_ONLY": False}


def sent(client, **fields):
    return client.post("/check", fields)


def text_of(answer) -> str:
    return " ".join(LexborHTMLParser(answer.content.decode()).css_first("main").text(separator=" ").split())


@pytest.fixture
def reader(site):
    return site.account("rae")


def test_a_page_pasted_by_a_reader_is_told_of(site, reader):
    counts = [database.value(f"SELECT count(*) FROM {table}") for table in ("article", "document", "original")]
    answer = sent(reader, page=FLAT)
    said = text_of(answer)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert "The biography on the page is of Tilda Brask of Harrow News; the byline names Dale Winters." in said
    assert "The text names Harrow News as who was told or reported it." in said
    assert "By its own clues the text was written after 1 July 2019; how long after, none says." in said
    assert "None of the clues supports April 2025" in said and "speaks of 30 November 2021" in said
    assert "The month in which it was written cannot be known from the page alone." in said
    assert "of this text was seen earlier in The Courier." in said
    assert "Signed Dale Winters on the page, Ada Fenn there." in said
    assert "No link or mention of The Courier was found on the page." in said
    html = answer.content.decode()
    assert "Bridge shut &amp; &#34;crack" in html and "style=" not in html
    number = min(ident for name, ident in site.ids.items() if name.startswith("courier"))
    assert f'href="/a/{number}"' in html
    assert counts == [database.value(f"SELECT count(*) FROM {table}") for table in ("article", "document", "original")]


def test_the_report_comes_as_json_in_words_for_readers(reader):
    found = sent(reader, page=FLAT, **{"as": "json"}).json()
    assert found["article"]["authors"] == ["Dale Winters"] and found["written"]["date_supported"] is False
    kinds = {one["kind"] for match in found["matches"] for one in match["differs"]}
    assert {"name_differs", "date_differs", "source_not_named"} <= kinds
    said = json.dumps(found)
    assert not any(word in said for word in ("resigned", "redated", "stripped", "farm"))


def test_who_may_not_read_whole_texts_gets_no_sentence_of_a_stored_one(site, reader):
    database.run("INSERT INTO access (user_id, full_text, time_zone, shortcuts) VALUES (%s, %s, '', %s)",
                 (reader.user.pk, False, True))  # fmt: skip
    part = "\n\n".join(BODY.split("\n\n")[:2]) + " Nobody fell, and the baker by the river sold more bread."
    with override_settings(**PRIVATE):
        for form in ({}, {"as": "json"}):
            said = sent(reader, page=f"Bridge shut\nDale Winters\nDate:2025-04-07\n{part}", **form).content.decode()
            assert "The Courier" in said and SECRET_WORDS not in said


@pytest.mark.parametrize("settings", [PRIVATE, PUBLIC])
def test_visitors_sign_in_first(site, settings):
    with override_settings(**settings):
        for answer in (site.visitor().get("/check"), sent(site.visitor(), page=FLAT)):
            assert answer.status_code == 302 and answer["Location"].startswith("/account/login/")
            assert not answer.cookies


def test_the_form_stands_where_readers_look_for_it(site, reader):
    for address in ("/", "/about/stories"):
        assert 'href="/check"' in reader.get(address).content.decode()
    page = LexborHTMLParser(reader.get("/check").content.decode())
    assert page.css_first("form[action^='/check'] textarea[name=page]") and not page.css_first("#report")


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({}, 422, "Paste a page, or its text."),
        ({"page": " \n"}, 422, "Paste a page, or its text."),
        ({"address": "https://harrow.example/a"}, 422, "Open that page yourself and paste it here"),
        ({"address": "javascript:alert(1)", "page": "x"}, 422, "This is no address of a page."),
        ({"page": "word " * 100_000}, 413, "longer than 300,000 letters"),
        ({"page": "<p>" + "x" * 2_010_000}, 413, "This is more than 2 MB."),
        ({"page": "<p>" + "x" * 5_000_000}, 413, "This is more than 2 MB."),
    ],
)
def test_what_cannot_be_checked_is_said_at_the_field(reader, fields, status, says):
    answer = sent(reader, **fields)
    page = LexborHTMLParser(answer.content.decode())
    (wrong,) = page.css("[aria-invalid=true]")
    assert answer.status_code == status
    assert says in page.css_first(f"#{wrong.attributes['id']}-e").text()


def test_an_owner_has_an_address_fetched_under_guard(site, monkeypatch):
    owner = site.account("edda", owner=True)
    answer = sent(owner, address="http://127.0.0.1:9/a")
    assert answer.status_code == 422 and "Addresses of private networks are not fetched here." in text_of(answer)

    async def fetched(url, allow_private, settings):
        assert (url, allow_private) == ("https://harrow.example/a", False)
        return single.from_bytes(FLAT.encode(), url)

    monkeypatch.setattr(single, "fetched", fetched)
    assert "The biography on the page is of Tilda Brask" in text_of(sent(owner, address="https://harrow.example/a"))


def test_one_page_is_checked_at_a_time(reader, monkeypatch):
    monkeypatch.setattr(checking, "WAIT", 0)
    with checking.one_at_a_time:
        answer = sent(reader, page=FLAT)
    assert answer.status_code == 429 and "Another page is being checked." in text_of(answer)


@pytest.mark.parametrize("page", ["<p>", "\0\0\0", "x", "<html><title>A</title><p>" + "It is so. " * 40, "\ud800"])
def test_odd_pages_get_a_report(reader, page):
    answer = sent(reader, page=page.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert answer.status_code == 200 and "Not found" in text_of(answer)
