"""What an article is known by: its address as a key that the store compares, whatever site, feed or map gave it."""

from __future__ import annotations

from coranto.sources.addresses import address_key


def keys_of(url: str | None) -> tuple[str, ...]:
    """The key of an address, as an address itself so that it counts for all sources; nothing for what is none."""
    key = address_key(url)
    return ("https://" + key,) if key else ()
