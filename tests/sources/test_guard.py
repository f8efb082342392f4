"""What may be connected to: every spelling of an address that is not public is refused, and no public one is."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from coranto.sources.guard import LONGEST_URL, Guard, Refused, is_any, is_public, parse

CLOSED = """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.9 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.5 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.1 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1
::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:0:1::1
2001:10::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
fec0::1 ff02::1""".split()
OPEN = """1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 192.89.0.1 100.128.0.1 ::ffff:8.8.8.8 2606:4700::1111
2a00:1450::1""".split()

SPELLINGS_OF_LOOPBACK = """http://127.0.0.1/ http://127.1/ http://127.0.1 http://2130706433/ http://0x7f000001/
http://0x7f.1/ http://0x7F.0x0.0x0.0x1/ http://0177.0.0.1/ http://017700000001/ http://00000177.1/
http://127.0.0.1./ http://127.0.0.1:80/ http://127。0。0。1/ http://１２７.０.０.１/ http://①②⑦.⓪.⓪.①/
http://%31%32%37.0.0.1/ http://127%2e0%2e0%2e1/ http:127.0.0.1/ http:/127.0.0.1/ http:\\\\127.0.0.1/
http://news.example@127.0.0.1/ http://news.example:80@127.0.0.1/ http://news.example%2f@127.0.0.1/
http://127.0.0.1\\@news.example/ http://127.0.0.1#@news.example/ http://127.0.0.1?@news.example/
hTTp://127.0.0.1/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/ http://[::1]/
http://[0000:0000:0000:0000:0000:0000:0000:0001]/ http://[::127.0.0.1]/ http://[64:ff9b::127.0.0.1]/
http://[2002:7f00:1::]/ http://0/ http://0.0.0.0/ http://[::]/ https://127.0.0.1:8443/x?y""".split()


@pytest.mark.parametrize("text", CLOSED)
def test_it_refuses_what_is_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", OPEN)
def test_it_lets_public_addresses_pass(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize("url", SPELLINGS_OF_LOOPBACK)
def test_every_spelling_of_a_number_is_read_as_that_number(url):
    literal = parse(url).literal
    assert literal is not None and not is_public(literal)


def test_what_is_behind_a_backslash_or_an_at_sign_is_no_host():
    assert parse("http://news.example\\@127.0.0.1/").name == "news.example"
    assert parse("http://user:word@news.example/a").href == "http://news.example/a"
    assert parse("http://user:word@news.example/a").has_userinfo


@pytest.mark.parametrize(
    "url",
    ["", "news.example", "//127.0.0.1/", "ftp://news.example/", "file:///etc/passwd", "gopher://news.example:70/_x",
     "javascript:alert(1)", "data:text/html,x", "http://", "http://256.1.1.1/", "http://news example/",
     "http://news.example:99999/", "http://[fe80::1%25eth0]/", "http://[::1", "http://1.2.3.4.5.6.7.8/",
     "http://news.example/" + "x" * LONGEST_URL, "http://news.example/" + "é" * (LONGEST_URL // 4)],
)  # fmt: skip
def test_what_is_no_web_address_is_a_sentence(url):
    with pytest.raises(ValueError, match="address|longer"):
        parse(url)


def test_parts_of_an_address():
    target = parse("HTTPS://News.Example/a/../b?q=1#part")
    assert (target.href, target.host, target.origin, target.path) == (
        "https://news.example/b?q=1",
        "news.example:443",
        "https://news.example",
        "/b?q=1",
    )
    assert parse("../c", "http://news.example:8080/a/b").href == "http://news.example:8080/c"
    assert parse("http://münchen.example/").name == "xn--mnchen-3ya.example"


def resolved(answers: list[str], allow=is_public) -> list[str]:
    guard = Guard(allow, lookup=lambda name, port, family: answers)
    return [found["host"] for found in asyncio.run(guard.resolve("news.example", 80))]


def test_the_resolver_drops_what_is_not_public():
    assert resolved(["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"]) == ["8.8.8.8", "2606:4700::1111"]
    assert resolved(["10.0.0.1"], allow=is_any) == ["10.0.0.1"]


def test_the_resolver_refuses_a_name_that_leads_inside_only():
    with pytest.raises(Refused, match="news.example leads to 169.254.169.254"):
        resolved(["169.254.169.254", "fd00:ec2::254"])


def test_an_answer_that_cannot_be_read_is_not_connected_to():
    with pytest.raises(Refused):
        resolved(["not an address"])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254"])
def test_no_socket_is_made_for_a_closed_address(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(Refused, match=address):
        Guard().socket((family, socket.SOCK_STREAM, 0, "", (address, 80)))
