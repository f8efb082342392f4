"""Accounts over a real store: signing in, joining, one's own page, and that no answer tells who has an account."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings
from django.utils import timezone

from coranto.store import accounts, invitations, keep, sign_ins, times
from coranto.store.database import rows, run, value
from coranto.web import readers
from coranto.web.proxies import Trusted

PASSWORD = "seven grey herons"


@pytest.fixture
def anna(site):
    """An account with a password; tries are counted from nought."""
    cache.clear()
    return accounts.add("anna", PASSWORD)


def signed_in(site, name="anna", password=PASSWORD, **headers):
    client = site.visitor()
    answer = client.post("/account/login/", {"login": name, "password": password}, **headers)
    assert answer.status_code == 302, errors(answer)
    return client


def shown_again(site):
    """A browser of anna's that has given her password once more."""
    client = signed_in(site)
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/"})
    assert answer["Location"] == "/account/"
    return client


def errors(answer) -> str:
    return " ".join(re.findall(r'(?s)class="errors".*?</div>', answer.content.decode()))


def text(answer) -> str:
    return answer.content.decode()


def test_who_has_an_account_is_told_by_no_answer_of_sign_in(site, anna):
    answers = []
    for name in ("anna", "nobody"):
        accounts.set_email(anna.id, "anna@example.org")
        for login in (name, f"{name}@example.org"):
            answer = site.visitor().post("/account/login/", {"login": login, "password": "wrong"})
            said = text(answer).replace(login, "NAME")
            told = {name: value for name, value in answer.headers.items() if name not in ("Expires", "Content-Length")}
            answers.append((answer.status_code, told, sorted(answer.cookies), said))
    assert answers[0] == answers[2] and answers[1] == answers[3] and "do not belong together" in answers[0][3]


def test_the_password_of_nobody_is_hashed_as_often_as_that_of_somebody(site, anna, monkeypatch):
    from django.contrib.auth.hashers import get_hasher

    hasher, counted = type(get_hasher()), []
    hashed = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *given, **more: counted.append(1) or hashed(*given, **more))
    told = []
    for name in ("anna", "nobody", "anna@example.org", "nobody@example.org"):
        counted.clear()
        site.visitor().post("/account/login/", {"login": name, "password": "wrong"})
        told.append(len(counted))
    assert told[0] == told[1] and told[2] == told[3] and all(told)


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_ten_wrong_passwords_close_a_name_for_a_while_whether_it_is_known_or_not(site, anna, name):
    for _ in range(10):
        assert "belong together" in errors(site.visitor().post("/account/login/", {"login": name, "password": "wrong"}))
    answer = site.visitor().post("/account/login/", {"login": name, "password": PASSWORD})
    assert answer.status_code == 200 and "quarter of an hour" in errors(answer)
    assert "session" not in answer.cookies


def test_tries_from_one_place_are_limited_and_its_address_is_kept_nowhere(site, anna):
    answers = [
        site.visitor().post("/account/login/", {"login": f"n{n}", "password": "x"}, REMOTE_ADDR="203.0.113.77")
        for n in range(31)
    ]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[30]["Retry-After"] and "Too many tries" in text(answers[30])
    assert site.visitor().post("/account/login/", {"login": "n", "password": "x"}).status_code == 200
    kept = rows("SELECT cache_key, value FROM sign_in_limit")
    assert kept and not [row for row in kept if "203.0.113" in row[0]]


def test_visitors_get_no_cookie_and_the_same_bytes(site, anna):
    for address in ("/account/login/", "/account/forgotten", "/account/login/?next=/sources"):
        first, second = (site.visitor().get(address) for _ in range(2))
        assert first.status_code == 200 and first.content == second.content and not first.cookies
    assert not site.visitor().get("/account/").cookies


def test_what_is_not_used_of_allauth_is_nowhere(site, anna):
    client = signed_in(site)
    for address in ("email/", "confirm-email/", "password/set/", "password/reset/", "login/code/", "2fa/", "2fa/trust/",
                    "2fa/webauthn/", "sessions/", "signup/passkey/", "social/"):  # fmt: skip
        assert client.get(f"/account/{address}").status_code == 404, address


def test_every_page_of_an_account_is_laid_out_as_the_site(site, anna):
    client = shown_again(site)
    pages = ["", "password/change/", "2fa/totp/activate/", "passkeys/add/", "logout/", "reauthenticate/", "delete",
             "forgotten", "inactive/"]  # fmt: skip
    for address in pages:
        answer = client.get(f"/account/{address}")
        said = text(answer)
        assert answer.status_code == 200, address
        assert 'class="mast page"' in said and "<h1>" in said and 'class="foot"' in said, address
        assert "csrf" not in said and "style=" not in said, address
        assert not re.search(r"<script(?![^>]*(src|json))", said), address


# ---- joining


def test_nobody_signs_up_where_it_is_closed(site, anna):
    for answer in (site.visitor().get("/account/signup/"), site.visitor().post("/account/signup/", {"wish": "ben"})):
        assert answer.status_code == 403 and "Ask them for an invitation" in text(answer)
    assert "Create an account" not in text(site.visitor().get("/account/login/"))


def wished(site, wish: str):
    return site.visitor().post("/account/signup/", {"wish": wish})


@override_settings(SIGNUP="open")
def test_who_signs_up_gets_a_name_that_tells_nothing_and_no_whole_texts(site, anna):
    offers = [text(wished(site, wish)) for wish in ("anna", "nobody")]
    plain = [re.sub(r'value="[^"]+"|(anna|nobody)-\d{4}', "", offer) for offer in offers]
    assert plain[0] == plain[1]
    client = site.visitor()
    assert "Create an account" in text(client.get("/account/login/"))
    signed = re.search(r'name="name" value="([^"]+)"', text(client.post("/account/signup/", {"wish": "ben"})))[1]
    form = {"name": signed, "password": PASSWORD, "again": PASSWORD}
    assert "two passwords differ" in text(client.post("/account/signup/", {**form, "again": "another"}))
    assert "too common" in text(client.post("/account/signup/", {**form, "password": "password", "again": "password"}))
    assert client.post("/account/signup/", form)["Location"] == "/account/"
    found = accounts.named(signed.partition(":")[0])
    assert re.fullmatch(r"ben-\d{4}", found.name) and not accounts.access(found.id).full_text and not found.owner
    assert "You read headlines, leads and links here" in text(client.get("/account/"))


@override_settings(SIGNUP="open")
@pytest.mark.parametrize("given", ["root", "root:1abcde:made-up", "anna"])
def test_a_name_that_this_site_did_not_give_makes_no_account(site, anna, given):
    answer = site.visitor().post("/account/signup/", {"name": given, "password": PASSWORD, "again": PASSWORD})
    assert "Begin again" in text(answer) and [account.name for account in accounts.listed()] == ["anna"]


def test_an_invitation_makes_one_account_with_whole_texts(site, anna):
    secret = invitations.invite("anna", "for Ben")
    assert value("SELECT count(*) FROM invitation WHERE digest = %s", (secret,)) == 0
    address = f"/account/invited/{secret}"
    client = site.visitor()
    assert "the link works once" in text(client.get(address)) and not client.get(address).cookies
    taken = client.post(address, {"username": "Anna", "password": PASSWORD, "again": PASSWORD})
    assert "This name is taken" in text(taken)
    assert client.post(address, {"username": "ben", "password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert accounts.access(accounts.named("ben").id).full_text
    assert [(one.note, one.by, one.used_by, one.is_open) for one in invitations.listed()] == [
        ("for Ben", "anna", "ben", False)
    ]
    again = site.visitor().post(address, {"username": "carl", "password": PASSWORD, "again": PASSWORD})
    assert again.status_code == 404 and "not open" in text(again)


@pytest.mark.parametrize("how", ["over", "revoked", "wrong"])
def test_an_invitation_that_is_not_open_makes_none(site, anna, how):
    secret = invitations.invite("anna")
    if how == "over":
        run("UPDATE invitation SET until = %s", (times.now() - 1,))
    elif how == "revoked":
        assert invitations.revoke(invitations.listed()[0].id) and not invitations.revoke("x")
    else:
        secret += "x"
    form = {"username": "ben", "password": PASSWORD, "again": PASSWORD}
    answer = site.visitor().post(f"/account/invited/{secret}", form)
    assert answer.status_code == 404 and len(accounts.listed()) == 1


# ---- one's own page


def test_sessions_are_seen_and_ended(site, anna):
    here = signed_in(site)
    phone = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"
    there = signed_in(site, HTTP_USER_AGENT=phone, REMOTE_ADDR="198.51.100.23")
    page = text(here.get("/account/"))
    assert "Firefox, Linux" in page and "Chrome, Android" in page
    assert "198.51.100.0" in page and "198.51.100.23" not in page
    number = re.search(r'name="session" value="(\d+)"', page)[1]
    assert signed_in(site, "owner", accounts.first_user("owner") or reset("owner")).post(
        "/account/sessions/end", {"session": number}
    ).status_code == 302 and there.get("/account/").status_code == 200, "another account's press ends nothing"
    here.post("/account/sessions/end", {"session": number})
    assert there.get("/account/").status_code == 302 and here.get("/account/").status_code == 200
    others = [signed_in(site) for _ in range(2)]
    here.post("/account/sessions/end-others")
    assert {client.get("/account/").status_code for client in others} == {302}
    assert "on 2 other devices" in text(here.get("/account/"))


def reset(name: str) -> str:
    accounts.add(name, PASSWORD, owner=True)
    return PASSWORD


def test_another_password_signs_other_devices_out(site, anna):
    here, there = signed_in(site), signed_in(site)
    new = "nine black swans"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", form)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200 and there.get("/account/").status_code == 302
    signed_in(site, password=new)


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE auth_user SET is_active = NOT is_active",
        "UPDATE auth_user SET password = 'of another hash'",
        "UPDATE django_session SET session_data = session_data || 'x'",
        "UPDATE django_session SET expire_date = '2026-01-01 00:00:00'",
        "DELETE FROM django_session",
    ],
    ids=["not active", "another password", "not signed", "over", "gone"],
)
def test_a_session_holds_only_as_long_as_django_lets_it(site, anna, ended):
    client = signed_in(site)
    assert client.get("/account/").status_code == 200
    run(ended)
    assert client.get("/account/").status_code == 302


def test_a_session_outlives_a_new_secret_key_where_the_old_one_is_named(site, anna):
    client, old = signed_in(site), settings.SECRET_KEY
    with override_settings(SECRET_KEY="another one", SECRET_KEY_FALLBACKS=[old]):
        assert client.get("/account/").status_code == 200
    with override_settings(SECRET_KEY="another one"):
        assert client.get("/account/").status_code == 200, "it was begun anew under the new key"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("key", ["x", "'; --", '"\\000aaaaaaaaaa"', '"\\355\\240\\200aaaaaaaa"', "9" * 5000])
def test_a_made_up_session_is_nobodys(site, anna, key):
    assert site.visitor().get("/account/", HTTP_COOKIE=f"session={key}").status_code == 302


def test_each_account_has_its_own_clock_and_visitors_the_sites(site, anna):
    number = site.publish("courier", published=datetime(2026, 3, 21, 22, 30, tzinfo=UTC))[0]
    client, address = signed_in(site), f"/article/{number}"
    site.visitor().get(address, follow=True)
    readers.counter.flush()
    before = site.visitor().get(address, follow=True).content
    assert "22:30 UTC" in text(client.get(address, follow=True))
    client.post("/account/settings", {"time_zone": "Asia/Tokyo", "email": ""})
    page = text(client.get(address, follow=True))
    assert "22 March 2026, 07:30 JST" in page and 'data-keys="off"' in page
    assert site.visitor().get(address, follow=True).content == before
    assert timezone.get_current_timezone_name() == "UTC"
    client.post("/account/settings", {"time_zone": "Mars/Base"})
    assert accounts.access(anna.id).time_zone == "Asia/Tokyo"


def test_an_e_mail_is_a_second_name_to_sign_in_with(site, anna):
    client = signed_in(site)
    client.post("/account/settings", {"email": "no address"})
    assert "no e-mail address" in text(client.get("/account/"))
    client.post("/account/settings", {"email": "Anna@Example.org"})
    signed_in(site, name="anna@example.org")


def test_an_account_goes_with_all_that_is_its_own(site, anna):
    accounts.add("owner", PASSWORD, owner=True)
    client = signed_in(site)
    key = f"user:{anna.id}"
    from coranto.store import reads

    reads.record(site.ids["courier 0"], "v", key)
    accounts.set_access(anna.id, time_zone="Asia/Tokyo")
    assert "This is not your password" in text(client.post("/account/delete", {"password": "wrong"}))
    answer = client.post("/account/delete", {"password": PASSWORD})
    assert answer.status_code == 200 and "Your account is gone" in text(answer)
    assert client.get("/account/").status_code == 302
    assert [account.name for account in accounts.listed()] == ["owner"]
    for table in ("reader", "access", "usersessions_usersession", "django_session"):
        assert value(f"SELECT count(*) FROM {table}") == 0, table


def test_the_last_owner_cannot_go(site, anna):
    accounts.add("owner", PASSWORD, owner=True)
    client = signed_in(site, "owner")
    assert "You are the only owner" in text(client.post("/account/delete", {"password": PASSWORD}))
    assert accounts.named("owner").owner


def test_what_is_over_is_swept(site, anna):
    secret = invitations.invite("anna")
    client = signed_in(site)
    gone = keep.retention(datetime.now(UTC) + timedelta(days=29))
    assert gone["sessions"] == 0 and len(sign_ins.sessions(anna.id, None)) == 1
    gone = keep.retention(datetime.now(UTC) + timedelta(days=31))
    assert gone["sessions"] == 1 and value("SELECT count(*) FROM usersessions_usersession") == 0
    assert value("SELECT count(*) FROM sign_in_limit") == 0
    assert invitations.opened_by(secret) is None and invitations.listed() == []
    assert client.get("/account/").status_code == 302


# ---- the second step


def code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(site):
    """A browser signed in as anna, who has just set an authenticator app up; its secret."""
    client = shown_again(site)
    page = text(client.get("/account/2fa/totp/activate/"))
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/", errors(answer)
    return client, secret


def test_codes_from_an_app_are_asked_for_and_recovery_codes_do_once(site, anna):
    client, _ = with_app(site)
    codes = re.findall(r"<code>(\d+)</code>", text(client.get("/account/2fa/recovery-codes/")))
    assert len(codes) == 10 and "10 recovery codes are left" in text(client.get("/account/"))
    other = site.visitor()
    login = {"login": "anna", "password": PASSWORD}
    assert other.post("/account/login/", login)["Location"] == "/account/2fa/authenticate/"
    assert other.get("/account/").status_code == 302
    assert "Incorrect code" in text(other.post("/account/2fa/authenticate/", {"code": "000000"}))
    assert other.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert "9 recovery codes are left" in text(other.get("/account/"))
    third = site.visitor()
    third.post("/account/login/", login)
    assert "Incorrect code" in text(third.post("/account/2fa/authenticate/", {"code": codes[0]}))
    for address in ("2fa/totp/deactivate/", "2fa/recovery-codes/generate/"):
        assert client.get(f"/account/{address}").status_code == 200
    client.post("/account/2fa/totp/deactivate/")
    assert not sign_ins.factors(anna.id).app


def test_who_lost_the_app_signs_in_by_password_after_the_command(site, anna):
    client, _ = with_app(site)
    login = {"login": "anna", "password": PASSWORD}
    assert site.visitor().post("/account/login/", login)["Location"] == "/account/2fa/authenticate/"
    assert sign_ins.drop_factors(anna.id) == 1 and sign_ins.factors(anna.id) == sign_ins.Factors()
    assert client.get("/account/").status_code == 302, "the lost device is signed out"
    again = site.visitor()
    assert again.post("/account/login/", login)["Location"] != "/account/2fa/authenticate/"
    assert again.get("/account/").status_code == 200


def test_a_passkey_is_asked_for_by_a_press_alone(site, anna):
    visitor = site.visitor()
    assert visitor.get("/account/passkeys/login/options").status_code == 405
    assert visitor.get("/account/passkeys/login/", HTTP_ACCEPT="application/json").status_code == 405
    asked = visitor.post("/account/passkeys/login/options").json()["options"]
    assert asked["challenge"] and not asked.get("allowCredentials") and asked["userVerification"] == "required"
    for said in ("", "[]", '{"id": "x"}', '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}'):
        answer = visitor.post("/account/passkeys/login/", {"credential": said})
        assert answer.status_code in (302, 400) and visitor.get("/account/").status_code == 302
    assert site.visitor().post("/account/passkeys/add/options").status_code == 302


@pytest.mark.parametrize(
    ("host", "secure", "possible"),
    [("testserver", True, True), ("testserver", False, False), ("localhost", False, True), ("127.0.0.1", True, False),
     ("127.0.0.1:8600", False, False), ("[::1]:8600", True, False)],
)  # fmt: skip
def test_passkeys_are_offered_where_a_browser_makes_them(site, anna, host, secure, possible):
    with override_settings(ALLOWED_HOSTS=["*"]):
        page = text(site.visitor().get("/account/login/", HTTP_HOST=host, secure=secure))
    assert ("data-passkey" in page) == possible


def test_a_made_up_address_does_not_escape_the_limit(site, anna):
    def tried(n: int, proxies: tuple[str, ...]) -> str:
        form = {"login": f"n{n}", "password": "x"}
        sent = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}", "REMOTE_ADDR": "203.0.113.77", "HTTP_HOST": "testserver"}
        environ = RequestFactory().post("/account/login/", form, HTTP_SEC_FETCH_SITE="same-origin", **sent).environ
        told = []
        Trusted(WSGIHandler(), proxies)(environ, lambda status, headers, fault=None: told.append(status))
        return told[0][:3]

    assert [tried(n, ()) for n in range(31)] == ["200"] * 30 + ["429"]
    assert tried(32, ("203.0.113.77",)) == "200", "a proxy of one's own tells readers apart"


def test_the_session_cookie_is_for_this_site_alone_and_over_tls_for_tls_alone(site, anna):
    for over_tls in (False, True):
        with override_settings(SESSION_COOKIE_SECURE=over_tls):
            cookie = site.visitor().post("/account/login/", {"login": "anna", "password": PASSWORD}).cookies["session"]
        assert bool(cookie["secure"]) == over_tls and cookie["httponly"] and cookie["samesite"] == "Lax"


def test_over_tls_browsers_are_told_to_stay_there(tmp_path):
    """Which settings an address of the site gives: in a process of its own, as they are read once."""
    program = "from coranto.web import config as c; print(c.SECURE_HSTS_SECONDS, c.SESSION_COOKIE_SECURE)"
    for address, told in (("https://news.example.org", "31536000 True\n"), ("http://news.example.org", "0 False\n")):
        kept = {**os.environ, "CORANTO_DATA": str(tmp_path), "SITE_URL": address}
        done = subprocess.run([sys.executable, "-c", program], env=kept, capture_output=True, text=True)
        assert done.stdout == told, done.stderr
