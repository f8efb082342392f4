"""Signing in, in a real browser: the first account, an authenticator app, a passkey, sessions of other devices.

The passkeys are those of a virtual authenticator, which chromium has for tests; everything else is the product's.
"""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

import pytest

from journeys.running_site import Folder, Running

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A site from nothing: where it answers by a name that may have passkeys, and the owner's password, shown once."""
    folder = Folder(tmp_path_factory.mktemp("accounts") / "data")
    password = re.search(r"Your account: owner, password (\S+)", folder.command("init"))[1]
    assert "password" not in folder.command("init"), "it is shown once"
    running = Running(folder, "serve")
    yield f"http://localhost:{running.port}", password
    assert running.stop().left == []


def sign_in(tab, password: str) -> None:
    tab.goto("/account/login/")
    tab.get_by_label("User name or e-mail").fill("owner")
    tab.get_by_label("Password", exact=True).fill(password)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def with_authenticator(tab) -> None:
    """Plug an authenticator in that keeps passkeys and whose owner always agrees."""
    devices = tab.context.new_cdp_session(tab)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.digest(base64.b32decode(secret), moment, "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def show_again(tab, password: str) -> None:
    """Give the password once more where the page asks for it."""
    tab.get_by_label("Password", exact=True).fill(password)
    tab.get_by_role("button", name="Go on").click()


def test_a_second_step_a_passkey_and_the_end_of_other_sessions(tabs, first_start):
    base, password = first_start
    tab = tabs.open(base, **DESKTOP)
    with_authenticator(tab)
    sign_in(tab, password)
    tab.get_by_role("link", name="Account").click()

    tab.get_by_role("link", name="Use codes from an app").click()
    show_again(tab, password)
    secret = tab.get_by_label("The secret", exact=True).input_value()
    tab.locator("input[name=code]").fill(code(secret))
    tab.get_by_role("button", name="Ask for codes from now on").click()
    recovery = tab.locator(".codes code").all_inner_texts()
    assert len(recovery) == 10

    tab.get_by_role("link", name="Your account").click()
    tab.get_by_role("link", name="Make a passkey").click()
    tab.get_by_label("Its name, for you to know it again").fill("Laptop")
    tab.get_by_role("button", name="Make the passkey").click()
    tab.wait_for_url(f"{base}/account/")
    assert tab.get_by_role("rowheader", name="Laptop").is_visible()

    phone = tabs.open(base, **PHONE)
    sign_in(phone, password)
    phone.locator("input[name=code]").fill(recovery[0])
    phone.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    phone.goto("/account/")
    assert phone.get_by_text("9 recovery codes are left.").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    tab.reload()
    tab.get_by_role("button", name="Sign out there").click()
    assert tab.get_by_text("Signed out there.").is_visible()
    phone.goto("/account/")
    assert phone.url.startswith(f"{base}/account/login/")

    tab.get_by_role("button", name="Sign out here").click()
    tab.goto("/account/login/?next=/account/")
    assert not [cookie for cookie in tab.context.cookies() if cookie["name"] == "session"]
    tab.get_by_role("button", name="Sign in with a passkey").click()
    tab.wait_for_url(f"{base}/account/")
    assert tab.get_by_text("You are signed in as owner.").is_visible()


def test_without_script_the_password_does_and_passkeys_are_not_offered(tabs, first_start):
    base, password = first_start
    tab = tabs.open(base, java_script_enabled=False, **PHONE)
    tab.goto("/account/login/")
    assert not tab.get_by_role("button", name="Sign in with a passkey").is_visible()
    sign_in(tab, "not the password")
    assert tab.get_by_role("alert").is_visible()
    assert tab.get_by_label("User name or e-mail").input_value() == "owner"
