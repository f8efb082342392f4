"""Content codings: undone whole or in pieces, capped, and tolerant of servers that say what they do not do."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest

from coranto.sources import codings

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"".join(b"Line %d of a feed that goes on.\n" % n for n in range(60_000))


def bare_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "gzip, members": gzip.compress(TEXT[:70_000]) + gzip.compress(TEXT[70_000:]),
    "gzip, padded": gzip.compress(TEXT) + b"\0" * 40,
    "deflate": zlib.compress(TEXT),
    "deflate, bare": bare_deflate(TEXT),
    "br": brotli.compress(TEXT, quality=4),
    "zstd": zstd.compress(TEXT),
    "zstd, frames": zstd.compress(TEXT[:70_000]) + zstd.compress(TEXT[70_000:]),
    "gzip,br": brotli.compress(gzip.compress(TEXT), quality=2),
    "identity": TEXT,
    "UTF-8": TEXT,
    "none": TEXT,
}


def header(case: str) -> str:
    return case.split(", ")[0]


@pytest.mark.parametrize("case", PACKED)
@pytest.mark.parametrize("step", [1_009, 65_536, 10**9])
def test_each_coding_is_undone_in_pieces(case, step):
    data = PACKED[case]
    pieces = [data[at : at + step] for at in range(0, len(data), step)]
    assert codings.decode(pieces, header(case), len(TEXT)) == TEXT


@pytest.mark.parametrize("case", [case for case in PACKED if "padded" not in case])
def test_the_cap_holds_for_each_coding(case):
    with pytest.raises(codings.TooLarge):
        codings.decode(PACKED[case], header(case), len(TEXT) - 1)


@pytest.mark.parametrize("case", ["gzip", "deflate", "deflate, bare", "br", "zstd", "gzip,br"])
def test_what_ends_too_early_is_broken(case):
    with pytest.raises(codings.Broken):
        codings.decode(PACKED[case][:-9], header(case), len(TEXT))


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_what_says_it_is_packed_and_is_not_is_handed_on(name):
    assert codings.decode(b"<rss/>", name, 100) == b"<rss/>"
    assert codings.decode(b"<", name, 100) == b"<"


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_body_is_empty(name):
    assert codings.decode(b"", name, 100) == b""


@pytest.mark.parametrize("name", ["deflate", "br"])
def test_what_is_not_its_coding_is_broken(name):
    with pytest.raises(codings.Broken, match="cannot be unpacked"):
        codings.decode(b"<rss><channel>" * 50, name, 10_000)


def test_codings_are_not_stacked_without_end():
    with pytest.raises(codings.Broken, match="on top of each other"):
        codings.decode(b"", "gzip, gzip, gzip, gzip", 100)


def test_a_zstd_frame_may_not_ask_for_more_memory_than_the_standard_allows():
    stream = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    wide = stream.compress(TEXT) + stream.flush()
    with pytest.raises(codings.Broken):
        codings.decode(wide, "zstd", len(TEXT))
