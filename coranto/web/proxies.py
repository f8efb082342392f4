"""Who asks, and by which scheme, where the site stands behind proxies of its owner (setting TRUSTED_PROXIES).

`X-Forwarded-For` and `X-Forwarded-Proto` are words that anybody can send. They are read only where the peer that
speaks to us is a trusted proxy, and then from the right: each trusted proxy added the address it saw, so the first one
from the right that is no trusted proxy is the client. Everything left of it is hearsay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address


class Trusted:
    """A WSGI application before all others: sets REMOTE_ADDR and the scheme from what trusted proxies say, so that
    whatever reads them afterwards need not know of proxies."""

    def __init__(self, site: Callable, networks: Iterable[str]):
        self.site, self.networks = site, [ip_network(one) for one in networks]

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        peer = address(environ.get("REMOTE_ADDR", ""))
        if peer is not None and within(peer, self.networks):
            environ["REMOTE_ADDR"] = str(client(peer, environ.get("HTTP_X_FORWARDED_FOR", ""), self.networks))
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self.site(environ, start_response)


def client(peer: Address, forwarded: str, networks: Sequence) -> Address:
    """The address that the outermost trusted proxy saw; that proxy's own where it saw none that can be read."""
    found = peer
    for said in reversed(forwarded.split(",")):
        hop = address(said)
        if hop is None:
            break
        found = hop
        if not within(hop, networks):
            break
    return found


def within(hop: Address, networks: Sequence) -> bool:
    """Whether an address belongs to one of the networks."""
    return any(hop in network for network in networks)


def address(said: str) -> Address | None:
    """An address as proxies write it, with a port or without; IPv4 inside IPv6 as IPv4. None where it is none."""
    said = said.strip()
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ip_address(said)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def shortened(said: str) -> str:
    """The network of an address, to be kept where a person should recognise it but nobody be found by it: the first
    three numbers of IPv4, the first 48 bits of IPv6."""
    found = address(said)
    if found is None:
        return "0.0.0.0"  # noqa: S104 - nobody's address
    network = ip_network(f"{found}/{48 if found.version == 6 else 24}", strict=False)
    return str(network.network_address)
