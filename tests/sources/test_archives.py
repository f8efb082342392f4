"""WARC, WACZ and MHTML: the pages inside, and what damaged, odd or hostile archives give instead."""

from __future__ import annotations

import gzip
import io
import json
import struct
import time
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from coranto.articles import Document
from coranto.sources import mhtml
from coranto.sources.archives import Trouble, count_pages, dechunk, wacz_pages, warc_pages

CASES = Path(__file__).parents[1] / "cases" / "archives"
PAGE = b"<html><body><p>The tide mill turns again.</p></body></html>"
HTML = "text/html; charset=utf-8"


def record(
    writer: WARCWriter, url: str, body: bytes = PAGE, status: str = "200 OK", kind="response", **headers
) -> None:
    fields = [(name.replace("_", "-"), value) for name, value in ({"Content_Type": HTML} | headers).items() if value]
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=StatusAndHeaders(status, fields, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2026-11-20T06:30:00Z"},
        )
    )


def warc(*records: dict, packed: bool = True) -> bytes:
    """A WARC file of our own; each record is the arguments of `record`."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("news.warc.gz", {"software": "tests"}))
    for arguments in records:
        record(writer, **arguments)
    return out.getvalue()


def wacz(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "a.warc.gz", **options) -> list[Document | Trouble]:
    path = tmp_path / name
    path.write_bytes(data)
    pages = wacz_pages if name.endswith(".wacz") else warc_pages
    found = list(pages(path, **options))
    assert [key for key, _ in found] == sorted({key for key, _ in found})
    return [page for _, page in found]


def urls(pages: list[Document | Trouble]) -> list[str | None]:
    return [page.url if isinstance(page, Document) else f"! {page.message}" for page in pages]


@pytest.mark.parametrize("packed", [True, False])
def test_a_response_is_a_document(tmp_path, packed):
    data = warc({"url": "https://mill.example/1", "Content_Language": "en", "X_Robots_Tag": "noarchive"}, packed=packed)
    (page,) = read(tmp_path, data, "a.warc.gz" if packed else "a.warc")
    assert (page.url, page.body, page.media_type, page.charset) == (
        "https://mill.example/1",
        PAGE,
        "text/html",
        "utf-8",
    )
    assert page.captured == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    assert page.headers == (("content-language", "en"), ("x-robots-tag", "noarchive"))


def test_only_pages_are_taken(tmp_path):
    pages = read(
        tmp_path,
        warc(
            {"url": "https://mill.example/gone", "status": "404 Not Found"},
            {"url": "https://mill.example/moved", "status": "301 Moved", "Location": "/1"},
            {"url": "https://mill.example/a.png", "Content_Type": "image/png"},
            {"url": "https://mill.example/robots.txt", "Content_Type": "text/plain"},
            {"url": "https://mill.example/asked", "kind": "request", "status": "GET /asked HTTP/1.1"},
            {"url": "https://mill.example/notes", "Content_Type": "Text/Plain"},
            {"url": "https://mill.example/x", "Content_Type": "application/xhtml+xml"},
            {"url": "https://mill.example/untold", "Content_Type": ""},
            {"url": "urn:page:7"},
            {"url": "<https://mill.example/wrapped>"},
        ),
    )
    assert urls(pages) == [
        *(f"https://mill.example/{n}" for n in ("notes", "x", "untold")),
        None,
        "https://mill.example/wrapped",
    ]
    assert [page.media_type for page in pages[:2]] == ["text/plain", "application/xhtml+xml"]


def chunked(body: bytes, size: int = 20) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("body, headers", [
    (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
    (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
    (brotli.compress(PAGE), {"Content_Encoding": "br"}),
    (chunked(PAGE), {"Transfer_Encoding": "chunked"}),
    (chunked(gzip.compress(PAGE)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
    (PAGE, {"Transfer_Encoding": "chunked"}),
    (PAGE, {"Content_Encoding": "gzip"}),
])  # fmt: skip
def test_codings_within_a_record_are_undone(tmp_path, body, headers):
    (page,) = read(tmp_path, warc({"url": "https://mill.example/1", "body": body, **headers}))
    assert page.body == PAGE


@pytest.mark.parametrize("body, joined", [
    (b"3\r\nabc\r\n0\r\n\r\n", b"abc"), (b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"), (b"3\nabc\n0\n\n", b"abc"),
    (b"5\r\nabc", b"abc"), (b"0\r\n\r\n", b""), (b"<p>plain</p>", b"<p>plain</p>"), (b"", b""),
    (b"ffffffff\r\nabc", b"abc"), (b"fffffffff\r\nabc", b"fffffffff\r\nabc"),
])  # fmt: skip
def test_chunks_are_joined(body, joined):
    assert dechunk(body) == joined


def test_one_bad_record_does_not_end_the_archive(tmp_path):
    pages = read(
        tmp_path,
        warc(
            {"url": "https://mill.example/1"},
            {"url": "https://mill.example/cut", "body": gzip.compress(PAGE * 9)[:-20], "Content_Encoding": "gzip"},
            {"url": "https://mill.example/bomb", "body": gzip.compress(bytes(900_000)), "Content_Encoding": "gzip"},
            {"url": "https://mill.example/huge", "body": b"x" * 300_000},
            {"url": "https://mill.example/2"},
        ),
        largest=200_000,
    )
    assert [page.url for page in pages if isinstance(page, Document)] == [
        "https://mill.example/1",
        "https://mill.example/2",
    ]
    troubles = [page for page in pages if isinstance(page, Trouble)]
    assert [trouble.member for trouble in troubles] == [f"https://mill.example/{n}" for n in ("cut", "bomb", "huge")]
    assert (
        "damaged" in troubles[0].message
        and "unpacks to more" in troubles[1].message
        and "larger" in troubles[2].message
    )


def raw_record(headers: bytes, body: bytes) -> bytes:
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\n"
        + headers
        + b"Content-Length: %d\r\n\r\n" % len(body)
        + body
        + b"\r\n\r\n"
    )


@pytest.mark.parametrize("http", [
    b"", b"\r\n", b"garbage", b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n" + PAGE, b"HTTP/1.1\r\n\r\n", b"\xff" * 500,
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n" + PAGE,
])  # fmt: skip
def test_a_record_without_sense_does_not_end_the_archive(tmp_path, http):
    headers = b"WARC-Target-URI: https://mill.example/odd\r\nWARC-Date: someday\r\nContent-Type: application/http\r\n"
    data = raw_record(headers, http) + warc({"url": "https://mill.example/2"}, packed=False)
    assert urls(read(tmp_path, data, "a.warc"))[-1] == "https://mill.example/2"


@pytest.mark.parametrize("name, data", [
    ("a.warc", b""), ("a.warc", b"<html>no archive</html>" * 50), ("a.warc.gz", gzip.compress(b"nothing")),
    ("a.warc.gz", b"\x1f\x8b\x08" + b"\xff" * 100), ("a.wacz", b""), ("a.wacz", b"PK\x05\x06"), ("a.wacz", PAGE * 99),
    ("a.wacz", wacz(("archive/a.warc", b"nothing"))), ("a.wacz", b"PK\x05\x06" + b"\xff" * 18),
])  # fmt: skip
def test_what_is_no_archive_is_said(tmp_path, name, data):
    (trouble,) = read(tmp_path, data, name)
    assert isinstance(trouble, Trouble) and trouble.message and trouble.remedy


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path, packed):
    data = warc(*({"url": f"https://mill.example/{n}", "body": PAGE * 30} for n in range(3)), packed=packed)
    *before, last = read(tmp_path, data[: -len(data) // 6], "a.warc.gz" if packed else "a.warc")
    assert urls(before) == ["https://mill.example/0", "https://mill.example/1"]
    assert "breaks off" in last.message


def test_a_bomb_ends_the_archive_early(tmp_path):
    zeros = zlib.compressobj(9, wbits=31)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    size = 3_000_000_000
    start = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://mill.example/b\r\nContent-Length: %d\r\n\r\n"
        % size
    )
    bomb = zeros.compress(start + head) + b"".join(zeros.compress(bytes(1_000_000)) for _ in range(80)) + zeros.flush()
    began = time.process_time()
    tracemalloc.start()
    pages = read(tmp_path, warc({"url": "https://mill.example/1"}) + bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(pages[0], Document) and "200 times its own size" in pages[-1].message
    assert time.process_time() - began < 5 and peak < 20_000_000


def test_many_small_bombs_end_the_archive_too(tmp_path):
    bomb = gzip.compress(bytes(30_000_000))
    records = [{"url": f"https://mill.example/{n}", "body": bomb, "Content_Encoding": "gzip"} for n in range(9)]
    pages = read(tmp_path, warc(*records), largest=20_000_000)
    assert "200 times its own size" in pages[-1].message and len(pages) < 9


def test_a_file_that_was_packed_as_a_whole_is_read_like_others(tmp_path):
    inner = warc(*({"url": f"https://mill.example/{n}"} for n in range(4)), packed=False)
    path = tmp_path / "a.warc.gz"
    assert urls(read(tmp_path, gzip.compress(inner), path.name)) == [f"https://mill.example/{n}" for n in range(4)]
    key = [key for key, _ in warc_pages(path)][1]
    assert [page.url for _, page in warc_pages(path, key)] == ["https://mill.example/2", "https://mill.example/3"]


# ---- WACZ ----


def test_a_wacz_gives_the_pages_of_all_its_archives(tmp_path):
    data = wacz(
        ("datapackage.json", b"{}"),
        ("archive/a.warc.gz", warc({"url": "https://mill.example/1"}, {"url": "https://mill.example/2"})),
        ("pages/pages.jsonl", b"{}"),
        ("archive/b.warc", warc({"url": "https://mill.example/3"}, packed=False)),
        method=zipfile.ZIP_DEFLATED,
    )
    assert urls(read(tmp_path, data, "a.wacz")) == [f"https://mill.example/{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("name", ["../../evil.warc.gz", "/etc/evil.warc.gz", "C:\\evil.warc.gz", "a/../../b.warc.gz"])
def test_a_members_path_is_no_path(tmp_path, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    pages = read(inner, wacz((name, warc({"url": "https://mill.example/1"}))), "a.wacz")
    assert urls(pages) == ["https://mill.example/1"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.wacz", "inner"]


def test_odd_members_are_refused_and_the_others_read(tmp_path):
    good = warc({"url": "https://mill.example/1"})
    data = bytearray(
        wacz(("a.warc.gz", good), ("b.warc.gz", good), ("inner.wacz", wacz(("c.warc.gz", good))), ("d.warc.gz", good))
    )
    # The first member's flag says that it is encrypted, the second's method is one that nobody uses.
    directory = struct.unpack_from("<I", data, len(data) - 6)[0]
    for signature, begin, flag in ((b"PK\x03\x04", 0, 6), (b"PK\x01\x02", directory, 8)):
        first = data.find(signature, begin)
        data[first + flag] |= 1
        data[data.find(signature, first + 4) + flag + 2] = 97
    pages = read(tmp_path, bytes(data), "a.wacz")
    encrypted, odd, nested, last = pages
    assert "encrypted" in encrypted.message and "a.warc.gz" in encrypted.member and "Decrypt" in encrypted.remedy
    assert "packed in a way" in odd.message and "not opened" in nested.message
    assert last.url == "https://mill.example/1"


def test_a_damaged_member_does_not_end_the_archive(tmp_path):
    inner = warc(*({"url": f"https://mill.example/{n}", "body": PAGE * 20} for n in range(3)), packed=False)
    data = bytearray(wacz(("a.warc", inner), ("b.warc.gz", warc({"url": "https://mill.example/9"}))))
    at = data.find(b"mill.example/2")
    data[at : at + 4] = b"silo"
    pages = read(tmp_path, bytes(data), "a.wacz")
    assert any(isinstance(page, Trouble) and "damaged" in page.message for page in pages)
    assert urls(pages)[-1] == "https://mill.example/9"


def test_a_list_of_members_without_end_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("coranto.sources.archives.LARGEST_DIRECTORY", 2_000)
    data = wacz(*((f"archive/{n}.warc", b"") for n in range(60)))
    (trouble,) = read(tmp_path, data, "a.wacz")
    assert "too long" in trouble.message


def test_a_zip_bomb_within_a_wacz_ends_early(tmp_path):
    bomb = raw_record(b"WARC-Target-URI: https://mill.example/b\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + bytes(70_000_000))
    data = wacz(("archive/a.warc", bomb), method=zipfile.ZIP_DEFLATED)
    (trouble,) = read(tmp_path, data, "a.wacz")
    assert "200 times" in trouble.message


# ---- going on, and counting ----


def test_a_walk_goes_on_behind_a_key(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*({"url": f"https://mill.example/{n}"} for n in range(5))))
    everything = list(warc_pages(path))
    assert [page.url for _, page in warc_pages(path, everything[2][0])] == [page.url for _, page in everything[3:]]
    bundle = tmp_path / "a.wacz"
    bundle.write_bytes(wacz(("a.warc.gz", path.read_bytes()), ("b.warc.gz", path.read_bytes())))
    everything = [key for key, _ in wacz_pages(bundle)]
    assert [key for key, _ in wacz_pages(bundle, everything[3])] == everything[4:]
    assert [key for key, _ in wacz_pages(bundle, everything[-1])] == []
    assert (count_pages(path), count_pages(bundle)) == (5, 10)


# ---- MHTML ----

EXPECTED = json.loads((CASES / "mhtml.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", EXPECTED)
def test_mhtml(case):
    expected = EXPECTED[case]
    page = mhtml.document((CASES / "mhtml" / f"{case}.mhtml").read_bytes())
    captured = page.captured.isoformat() if page.captured else None
    assert (page.url, captured, page.media_type, page.charset) == tuple(
        expected[key] for key in ("url", "captured", "media_type", "charset")
    )
    assert expected["body"] in page.body.decode(page.charset or "utf-8")


def test_every_mhtml_case_is_expected():
    assert {path.stem for path in (CASES / "mhtml").glob("*.mhtml")} == set(EXPECTED)


def nested(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"MIME-Version: 1.0\r\n" + head + b"Content-Type: text/html\r\n\r\n<p>deep</p>"


@pytest.mark.parametrize("data, message", [
    (b"<html>no headers</html>", "no headers"),
    (b"Content-Type: image/png\r\n\r\nxx", "no part"),
    (b"Content-Type: multipart/related\r\n\r\n--x\r\n", "no part"),
    (b"Content-Type: multipart/related; boundary=x\r\n\r\n" + b"--x\r\n" * 60_000, "no part"),
    (b"Content-Type: text/html\r\n\r\n \r\n", "empty"),
    (b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nA", "base64"),
    (b"X: " + b"y" * 200_000 + b"\r\n\r\n", "no headers"),
    (nested(5_000), "no part"),
    (b"Content-Type: multipart/related; boundary=\"" + b"-" * 30_000 + b"\"\r\n\r\n" + b"-" * 500_000, "no part"),
])  # fmt: skip
def test_mhtml_that_is_none(data, message):
    began = time.process_time()
    with pytest.raises(mhtml.NoPage, match=message):
        mhtml.document(data)
    assert time.process_time() - began < 3
