"""Originals: the bytes an outlet gave, compressed, each kept once under the digest of what they are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from coranto.store.database import holes, many, numbers, row, rows, run, value
from coranto.store.times import DAY, now

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WEEK = 7 * DAY
LARGEST = 64 * 1024 * 1024


class Keeping:
    """How long originals and reads are kept, in days, and how much disk there is for everything; set when the store is
    opened."""

    days = 60.0
    reads_days = 90.0
    gigabytes = 20.0
    data = Path()


def keeping() -> bool:
    """Whether originals are kept at present: retention stops it, for all processes, while the disk limit is passed."""
    return value("SELECT value FROM counter WHERE name = 'originals'") != 0


def stop_keeping(stop: bool) -> None:
    run("UPDATE counter SET value = %s WHERE name = 'originals'", (0 if stop else 1,))


def digest_of(body: bytes) -> str:
    return blake2b(body, digest_size=20).hexdigest()


def pack(body: bytes, level: int = 3) -> bytes:
    return zstd.compress(body, level)


def unpack(packed: bytes) -> bytes:
    """What was packed. Refuses more than 64 MiB, so that a damaged row cannot fill the memory."""
    reader = zstd.ZstdDecompressor()
    body = reader.decompress(bytes(packed), max_length=LARGEST)
    if not reader.eof:
        raise ValueError("a stored original unpacks to more than 64 MiB")
    return body


def keep(bodies: Iterable[tuple[str, bytes]], at: int, level: int = 1) -> None:
    """Keep originals under their digests, at least until they are read; one that is there already is kept as long as
    the new one would be."""
    until, packer = at + (int(Keeping.days * DAY) if keeping() else 0), zstd.ZstdCompressor(level=level)
    many(
        "INSERT INTO original (digest, body, size, kept_until) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (digest) DO UPDATE SET kept_until = excluded.kept_until",
        [(digest, packer.compress(body, packer.FLUSH_FRAME), len(body), until) for digest, body in bodies],
    )


def load(digests: Sequence[str]) -> dict[str, bytes]:
    """The originals that are still kept, by digest."""
    if not digests:
        return {}
    found = rows(f"SELECT digest, body FROM original WHERE digest IN ({holes(digests)})", digests)
    return {digest: unpack(body) for digest, body in found}


def original(digest: str) -> bytes | None:
    """The bytes with this digest, or None where they are no longer kept."""
    found = row("SELECT body FROM original WHERE digest = %s", (digest,))
    return unpack(found[0]) if found else None


def drop_unshared(digests: Sequence[str]) -> None:
    """Forget originals that no document names any longer."""
    for start in range(0, len(digests), 500):
        part = digests[start : start + 500]
        run(
            f"DELETE FROM original WHERE digest IN ({holes(part)})"
            " AND NOT EXISTS (SELECT 1 FROM document WHERE document.digest = original.digest)",
            part,
        )


def keep_shorter(articles: Iterable[int], at: int) -> None:
    """Keep the originals of those of these articles whose pages ask not to be archived for a week at most."""
    run(
        "UPDATE original SET kept_until = %s WHERE kept_until > %s AND digest IN"
        " (SELECT d.digest FROM document d JOIN article a ON a.id = d.article_id WHERE a.reserved AND a.id IN"
        f" ({numbers(articles)}))",
        (at + WEEK, at + WEEK),
    )


def drop_due(at: int | None = None) -> int:
    """Forget the originals whose time is over, unless they wait to be read; how many went."""
    return run(
        "DELETE FROM original WHERE kept_until <= %s AND NOT EXISTS"
        " (SELECT 1 FROM document WHERE document.digest = original.digest AND document.pending)",
        (now() if at is None else at,),
    )
