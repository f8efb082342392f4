"""The sentences of failed fetches: what went wrong, naming the address, and what to do about it.

One function a failure, each giving a FetchError to be raised; `explained` sorts what the network library raises.
"""

from __future__ import annotations

import os
import ssl

import aiohttp

from coranto.sources import codings
from coranto.sources.answers import FetchError
from coranto.sources.guard import Refused

AGAIN = "It is asked again later; see whether the address opens in a browser."
REFUSES_READERS = "The site refuses readers; try its feed, or ask the outlet to let this reader in."
PRIVATE = (
    "Addresses of private networks are not fetched; if this outlet is your own, allow it explicitly (--allow-private)."
)
STATUS_REMEDIES = {
    400: "The site does not understand the address; copy it again from a browser.",
    401: "The site wants a user name and a password; add the outlet with a credential.",
    402: "The site wants a subscription; add the outlet with the credential of yours, or use its free feed.",
    403: REFUSES_READERS,
    404: "There is nothing at this address (any more); look for the outlet's present feed on its home page.",
    406: REFUSES_READERS,
    407: "A proxy stands in the way and wants to be signed in to; reach the site without it.",
    418: REFUSES_READERS,
    421: REFUSES_READERS,
    451: "The site may not be read from here for legal reasons; take the outlet off the list.",
}


def not_an_address(reason: str) -> FetchError:
    return FetchError("address", f"{reason}.", "Enter an address that begins with http:// or https://.")


def secret_in_address(shown: str) -> FetchError:
    return FetchError(
        "address",
        f"The address of {shown} holds a user name or a password.",
        "Addresses are shown to everybody: take it out, and give user name and password as the outlet's credential.",
    )


def private(url: str, detail: str) -> FetchError:
    return FetchError("private", f"{url} is not on the public internet ({detail}).", PRIVATE)


def closed_by_robots(url: str, origin: str) -> FetchError:
    return FetchError(
        "robots",
        f"{origin}/robots.txt asks readers not to fetch {url}.",
        "It is left alone; if the outlet has a feed, add that: what a person subscribes to is read.",
    )


def resting(url: str, host: str, seconds: float) -> FetchError:
    return FetchError(
        "busy",
        f"{url} was not asked, because {host} wants to be left alone for another {round(seconds) or 1} s.",
        "It is asked again when that time is over. A larger spacing for the outlet helps.",
        retry_after=seconds,
    )


def about_host(failure: FetchError, asked: str, wanted: str) -> FetchError:
    """A failure that met robots.txt at `asked` and would have met `wanted` as well, told of the latter."""
    if failure.kind not in ("private", "dns", "refused", "timeout", "tls"):
        return failure
    message = failure.message.replace(asked, wanted)
    return FetchError(failure.kind, message, failure.remedy, retry_after=failure.retry_after)


def circle(url: str, again: str) -> FetchError:
    return FetchError(
        "redirects",
        f"{url} redirects in a circle, back to {again}.",
        "The site may want cookies, which are not kept; enter the address that a browser ends at.",
    )


def too_many_redirects(url: str, most: int) -> FetchError:
    return FetchError(
        "redirects", f"{url} redirects more than {most} times.", "Enter the address that a browser ends at."
    )


def redirect_to_nowhere(url: str, status: int) -> FetchError:
    return FetchError("redirects", f"{url} answered {status} without saying where to go.", AGAIN)


def bad_redirect(url: str, reason: str) -> FetchError:
    return FetchError(
        "redirects",
        f"{url} redirects to something that cannot be fetched: {reason}.",
        "Enter the address that a browser ends at.",
    )


def status(url: str, code: int, reason: str | None, retry_after: float | None) -> FetchError:
    """The failure that an HTTP status other than success stands for."""
    message = f"{url} answered {code} {reason}." if reason else f"{url} answered {code}."
    if code in (429, 503):
        remedy = "The site is busy or wants fewer requests; it is asked again later."
        return FetchError("busy", message, remedy, status=code, retry_after=retry_after)
    if code >= 500:
        remedy = "The site has a fault of its own; it is asked again later."
    elif code < 400:
        remedy = "This is no document; open the address in a browser and enter the one it ends at."
    else:
        remedy = STATUS_REMEDIES.get(code, "The site refuses this request; open the address in a browser to see why.")
    return FetchError("status", message, remedy, status=code)


def explained(reason: Exception, url: str, name: str, limit: int) -> FetchError:
    """What the network library, the decoder or the guard raised while `url` was fetched, as a FetchError."""
    refused = _refused_within(reason)
    if refused is not None:
        return private(url, str(refused))
    if isinstance(reason, codings.TooLarge):
        return FetchError(
            "too-large",
            f"{url} is larger than {_size(limit)}.",
            "It is no ordinary page or feed; enter a smaller one, or raise the limit in the settings.",
        )
    if isinstance(reason, codings.Broken):
        return FetchError(
            "decode", f"{url} was sent compressed, but {reason}.", "The site has a fault of its own. " + AGAIN
        )
    if isinstance(reason, aiohttp.ConnectionTimeoutError):
        return FetchError("timeout", f"{url} could not be connected to in time.", AGAIN)
    if isinstance(reason, TimeoutError):
        return FetchError("timeout", f"{url} took too long to answer.", AGAIN)
    return _of_connection(reason, url, name)


def _of_connection(reason: Exception, url: str, name: str) -> FetchError:
    if isinstance(reason, aiohttp.ClientConnectorDNSError):
        return FetchError(
            "dns",
            f"The name {name} of {url} is not known.",
            "Check its spelling; if it is right, the outlet may have moved, or this machine has no name service.",
        )
    if isinstance(reason, aiohttp.ClientSSLError | ssl.SSLError):
        return FetchError(
            "tls",
            f"The secure connection to {url} failed: {_cause(reason)}.",
            "The site's certificate is wrong or out of date, or this machine's clock or certificates are.",
        )
    if isinstance(reason, aiohttp.ClientConnectorError):
        return FetchError("refused", f"{url} takes no connection: {_cause(reason)}.", AGAIN)
    if isinstance(reason, aiohttp.ClientResponseError):
        return FetchError(
            "header",
            f"{url} answered with headers that are too large, or with what is no HTTP.",
            "The site has a fault of its own. " + AGAIN,
        )
    if isinstance(reason, aiohttp.InvalidURL):
        return not_an_address(f"{url!r} is not an address")
    if isinstance(reason, ValueError):
        return FetchError(
            "header",
            f"{url} cannot be asked: a header of the request has characters that may not stand there.",
            "Correct the outlet's user agent or credential.",
        )
    return FetchError("broken", f"The connection to {url} ended before the answer was complete.", AGAIN)


def _refused_within(reason: BaseException | None) -> Refused | None:
    """The guard's own exception, wherever the libraries have wrapped it."""
    seen: set[int] = set()
    waiting = [reason]
    while waiting:
        reason = waiting.pop()
        if reason is None or id(reason) in seen:
            continue
        if isinstance(reason, Refused):
            return reason
        seen.add(id(reason))
        waiting += [reason.__cause__, reason.__context__, getattr(reason, "os_error", None)]
        waiting += getattr(reason, "exceptions", ())
    return None


def _cause(reason: Exception) -> str:
    error = getattr(reason, "os_error", None) or getattr(reason, "certificate_error", None) or reason
    if isinstance(error, ConnectionError) and error.errno:
        return os.strerror(error.errno).lower()
    text = getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)
    return " ".join(text.split())[:200].rstrip(".")


def _size(limit: int) -> str:
    return f"{limit / 1_048_576:.3g} MB" if limit >= 1_048_576 else f"{limit / 1024:.3g} KB"
