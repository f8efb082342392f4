"""Where a fetch may connect to: public addresses only, judged on the address that is really connected to.

It knows addresses and names; what is asked of a host, and when, is the fetcher's business. Three doors are closed:
`parse` reads an address as browsers do, so that every spelling of a number becomes the number; `Guard` is the resolver,
which drops what is not public from each answer of the name service; `Guard.socket` sees the final address of every
connection, which also covers literal addresses, for which no resolver is asked. The connector connects to exactly the
addresses that the resolver returned, so a name that answers differently a second time gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import ada_url
from aiohttp.abc import AbstractResolver

IPAddress = IPv4Address | IPv6Address
Allow = Callable[[IPAddress], bool]
Lookup = Callable[[str, int, int], list[str]]

LONGEST_URL = 8_000
"""Characters; longer addresses are refused. RFC 9110 asks that 8,000 be supported."""

CLOSED_V4 = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and a metadata service within it
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's host agent, on a public address
        "169.254.0.0/16",  # link-local, metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
GLOBAL_V6 = ip_network("2000::/3")
"""All that is handed out for global unicast. Outside lie ::1, v4-compatible, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48),
unique local (with fd00:ec2::254), link-local, site-local and multicast addresses."""
CLOSED_V6 = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)


class Refused(OSError):
    """The guard does not let this address be connected to."""


@dataclass(frozen=True, slots=True)
class Target:
    """An http(s) address taken apart: `href` has neither fragment nor user information, `host` is 'name:port' with the
    port always given (IPv6 in brackets), `origin` is 'scheme://name' with the port where it is not the scheme's own,
    `path` path and query."""

    href: str
    origin: str
    name: str
    port: int
    path: str
    has_userinfo: bool

    @property
    def host(self) -> str:
        return f"{self.name}:{self.port}"

    @property
    def literal(self) -> IPAddress | None:
        """The address, if the host is a number and not a name."""
        try:
            return ip_address(self.name.strip("[]"))
        except ValueError:
            return None


def parse(url: str, base: str | None = None) -> Target:
    """Read `url` (relative to `base`, where given) as the WHATWG URL standard says, hence as browsers do.

    Raises ValueError with a sentence where it is no http(s) address.
    """
    if len(url) > LONGEST_URL:
        raise ValueError(f"{url[:60]}... is longer than {LONGEST_URL} characters")
    try:
        parts = ada_url.parse_url(ada_url.join_url(base, url) if base else url)
    except ValueError:
        raise ValueError(f"{url!r} is not an address") from None
    if parts["protocol"] not in ("http:", "https:"):
        raise ValueError(f"{url!r} is not an http or https address")
    scheme = parts["protocol"].rstrip(":")
    path = parts["pathname"] + parts["search"]
    if len(path) > LONGEST_URL:
        raise ValueError(f"{url[:60]}... is longer than {LONGEST_URL} characters")
    return Target(
        href=f"{scheme}://{parts['host']}{path}",
        origin=parts["origin"],
        name=parts["hostname"],
        port=int(parts["port"] or (443 if scheme == "https" else 80)),
        path=path,
        has_userinfo=bool(parts["username"] or parts["password"]),
    )


def is_public(address: IPAddress) -> bool:
    """Whether `address` is one that anybody on the internet may be expected to serve news from."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        return address in GLOBAL_V6 and not any(address in network for network in CLOSED_V6)
    return not any(address in network for network in CLOSED_V4)


def is_any(address: IPAddress) -> bool:
    """The predicate of sources that a person allowed explicitly: every address will do."""
    return True


def look_up(name: str, port: int, family: int) -> list[str]:
    """The system's answer to a name, as numeric addresses. Raises OSError (socket.gaierror)."""
    found = socket.getaddrinfo(name, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


class Guard(AbstractResolver):
    """Resolver and socket factory of one aiohttp connector, sharing one predicate of allowed addresses.

    Names are looked up in threads of its own: a slow name service then holds up neither the event loop nor whoever
    else uses the loop's default threads.
    """

    def __init__(self, allow: Allow = is_public, lookup: Lookup = look_up, threads: int = 16) -> None:
        self._allow = allow
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="coranto-names")

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[dict]:
        """The allowed addresses of `host`. Raises Refused where there are others only, OSError where there are none."""
        loop = asyncio.get_running_loop()
        answers = await loop.run_in_executor(self._threads, self._lookup, host, port, family)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        kept = [answer for answer in answers if self.permits(answer)]
        if not kept:
            raise Refused(f"{host} leads to {_listed(answers)}")
        return [
            {
                "hostname": host,
                "host": answer,
                "port": port,
                "family": socket.AF_INET6 if ":" in answer else socket.AF_INET,
                "proto": socket.IPPROTO_TCP,
                "flags": socket.AI_NUMERICHOST,
            }
            for answer in kept
        ]

    def permits(self, address: str) -> bool:
        """Whether a numeric address may be connected to; one that cannot be read may not."""
        try:
            return self._allow(ip_address(address))
        except ValueError:
            return False

    def socket(self, info: tuple) -> socket.socket:
        """A socket for `info` (as `socket.getaddrinfo` gives it), or Refused: the last look before connecting."""
        family, kind, protocol, _, address = info
        if not self.permits(address[0]):
            raise Refused(f"connecting to {address[0]}")
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _listed(answers: Iterable[str]) -> str:
    return ", ".join(list(answers)[:3])
