"""Who may send what: hosts, origins, cookies, the owner's press."""

from __future__ import annotations

import pytest
from fixtures import World


def test_an_unknown_host_is_told_which_setting(store, client):
    store(World())
    answer = client.get("/latest", HTTP_HOST="elsewhere.example")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert all(word in text for word in ("elsewhere.example", "SITE_URL", "ALLOWED_HOSTS"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 302),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_REFERER": "http://testserver/for-you"}, 302),
        ({}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_ORIGIN": "https://other.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": "http://testserver.other.example"}, 403),
        ({"HTTP_ORIGIN": "http://[broken"}, 403),
        ({"HTTP_REFERER": "https://other.example/?http://testserver"}, 403),
    ],
)
def test_a_form_is_taken_from_this_site_only(store, client, headers, status):
    store(World())
    answer = client.post("/for-you/use", **headers)
    assert answer.status_code == status
    assert ("reader" in answer.cookies) == (status == 302)


HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def test_a_device_is_known_after_its_own_press_and_forgotten_after_another(store, client):
    recorded = store(World())
    assert "Use what I read on this device" in client.get("/for-you").content.decode()
    cookie = client.post("/for-you/use", **HERE).cookies["reader"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "What you read" in client.get("/for-you").content.decode()
    assert "For you" in client.get("/article/5/bridge-5").content.decode()
    client.post("/for-you/forget", **HERE)
    assert len(recorded.forgotten) == 1 and recorded.forgotten[0].startswith("device:")
    assert "Use what I read on this device" in client.get("/for-you").content.decode()


def test_a_cookie_that_this_site_did_not_sign_is_nobodys(store, client):
    store(World())
    client.cookies["reader"] = "somebody:else"
    assert "Use what I read on this device" in client.get("/for-you").content.decode()


def test_text_and_colours_are_kept(store, client):
    store(World())
    client.post("/text-and-colours", {"theme": "dark", "size": "125", "face": "system"}, **HERE)
    page = client.get("/latest").content.decode()
    assert 'data-theme="dark"' in page and 'data-size="125"' in page and 'data-face="system"' in page
    client.post("/text-and-colours", {"theme": '"><script>', "size": "9000"}, **HERE)
    page = client.get("/latest").content.decode()
    assert "data-theme" not in page and "data-size" not in page


def test_trouble_of_the_store_is_a_503_and_a_fault_has_a_number(store, client, monkeypatch):
    store(World())
    from coranto.store import StoreError
    from coranto.web import front

    def locked(**_):
        raise StoreError("The database is locked.", "Wait.")

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(front.lists, "home", locked)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    monkeypatch.setattr(front.lists, "home", broken)
    answer = client.get("/")
    assert answer.status_code == 500 and "noted under number" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()
