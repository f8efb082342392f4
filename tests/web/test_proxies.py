"""Behind proxies: whose word about address and scheme is believed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from coranto.web.proxies import Trusted, shortened

OWN = ("10.0.0.0/8", "127.0.0.1", "fd00::/8")


def seen(peer: str, trusted=OWN, **headers) -> tuple[str, str]:
    """The address and the scheme that the site sees."""
    found = []
    environ = RequestFactory().get("/", REMOTE_ADDR=peer, **headers).environ
    Trusted(lambda given, answer: found.append((given["REMOTE_ADDR"], given["wsgi.url_scheme"])) or [], trusted)(
        environ, lambda *_: None
    )
    return found[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "127.0.0.1, 203.0.113.7, 10.2.0.9", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.1", "[2001:db8::5]:4711", "2001:db8::5"),
        ("::ffff:10.0.0.1", "2001:db8::5", "2001:db8::5"),
        ("fd00::1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.1.1.1, 10.2.2.2", "10.1.1.1"),
        ("10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.7, <script>, 10.3.3.3", "10.3.3.3"),
        ("10.0.0.1", "," * 5000, "10.0.0.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.2", "198.51.100.1", "127.0.0.2"),
    ],
)
def test_the_client_is_whom_the_outermost_trusted_proxy_saw(peer, forwarded, address):
    assert seen(peer, HTTP_X_FORWARDED_FOR=forwarded)[0] == address


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        ("10.0.0.1", "https", "https"),
        ("10.0.0.1", "https, HTTP", "http"),
        ("10.0.0.1", "javascript", "http"),
        ("203.0.113.9", "https", "http"),
    ],
)
def test_the_scheme_is_what_a_trusted_proxy_says(peer, said, scheme):
    assert seen(peer, HTTP_X_FORWARDED_PROTO=said)[1] == scheme


def test_without_proxies_of_ones_own_nothing_is_believed():
    headers = {"HTTP_X_FORWARDED_FOR": "198.51.100.1", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen("127.0.0.1", (), **headers) == ("127.0.0.1", "http")


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0"), ("::ffff:203.0.113.77", "203.0.113.0"), ("2001:db8:1:2::9", "2001:db8:1::"),
     ("", "0.0.0.0")],
)  # fmt: skip
def test_an_address_is_kept_shortened(address, network):
    assert shortened(address) == network
