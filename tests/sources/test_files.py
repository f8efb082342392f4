"""Files and folders: what is read of them, in which order, and that no bad one ends the walk."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from coranto.sources.files import Found, Subscriptions, Unreadable, count, documents

PAGE = b"<html><body><p>The tide mill turns again.</p></body></html>"
MHTML = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Location: https://mill.example/m\r\n\r\n" + PAGE


def warc(*urls: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url in urls:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(PAGE), http_headers=headers))
    return out.getvalue()


def wacz(*urls: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(*urls))
    return out.getvalue()


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


MIXED = {
    "b.html": PAGE,
    "a.HTM": PAGE,
    "c.html.gz": gzip.compress(PAGE),
    "d.txt": b"Plain words.",
    "e.mhtml": MHTML,
    "f.warc.gz": warc("https://mill.example/1", "https://mill.example/2", "https://mill.example/3"),
    "g.wacz": wacz("https://mill.example/4", "https://mill.example/5"),
    "h.opml": b"<opml/>",
    "f2.warc.gz": warc("https://mill.example/6", "https://mill.example/7")[:-30],
    "broken.html.gz": b"\x1f\x8b\x08 not gzip at all",
    "sub/empty.html": b" \n",
    "sub/z.xhtml": PAGE,
    "notes.json": b"{}",
    "picture.jpg": b"\xff\xd8",
    ".hidden.html": PAGE,
    ".git/x.html": PAGE,
    "b_files/frame.html": PAGE,
}


def test_a_folder_gives_all_it_holds_in_order(tmp_path):
    found = list(documents(lay(tmp_path, MIXED)))
    assert [item.position for item in found] == [
        "a.HTM#0", "b.html#0", "broken.html.gz#0", "c.html.gz#0", "d.txt#0", "e.mhtml#0", "f.warc.gz#0", "f.warc.gz#1",
        "f.warc.gz#2", "f2.warc.gz#0", "f2.warc.gz#1", "f2.warc.gz#2", "g.wacz#0:0", "g.wacz#0:1", "h.opml#0",
        "sub/empty.html#0", "sub/z.xhtml#0",
    ]  # fmt: skip
    assert [type(item) for item in found].count(Found) == 12
    types = {item.path.name: item.document.media_type for item in found if isinstance(item, Found)}
    assert (types["d.txt"], types["a.HTM"], types["z.xhtml"]) == ("text/plain", "text/html", "application/xhtml+xml")
    assert all(item.document.fetched.tzinfo is UTC for item in found if isinstance(item, Found))
    assert [item.body for item in found if isinstance(item, Subscriptions)] == [b"<opml/>"]
    assert count(tmp_path) == len(found)


def test_an_import_goes_on_where_it_stopped(tmp_path):
    positions = [item.position for item in documents(lay(tmp_path, MIXED))]
    for number, position in enumerate(positions):
        assert [item.position for item in documents(tmp_path, after=position)] == positions[number + 1 :]


def test_it_goes_on_although_files_came_and_went(tmp_path):
    lay(tmp_path, {name: PAGE for name in ("a.html", "c.html", "e.html")})
    (tmp_path / "c.html").unlink()
    lay(tmp_path, {"d.html": PAGE})
    assert [item.position for item in documents(tmp_path, after="c.html#0")] == ["d.html#0", "e.html#0"]


@pytest.mark.parametrize("position", ["", "a.html", "a.html#", "a.html#x", "a.html#1:2:3", "a.html#-1"])
def test_what_is_no_position_is_said(tmp_path, position):
    with pytest.raises(ValueError, match="no position"):
        list(documents(tmp_path, after=position))


def test_odd_names_give_positions_that_can_be_stored(tmp_path):
    names = ["a#1.html", "b%41.html", "c d.html", "é.html"]
    lay(tmp_path, {name: PAGE for name in names})
    (tmp_path / os.fsdecode(b"x\xff\xfe.html")).write_bytes(PAGE)
    positions = [item.position for item in documents(tmp_path)]
    assert positions == ["a#1.html#0", "b%2541.html#0", "c d.html#0", "x%FF%FE.html#0", "é.html#0"]
    for number, position in enumerate(positions):
        position.encode()
        assert [item.position for item in documents(tmp_path, after=position)] == positions[number + 1 :]


@pytest.mark.parametrize("name, data, message", [
    ("a.html", b"", "empty"),
    ("a.html.gz", gzip.compress(b""), "empty"),
    ("a.html.gz", gzip.compress(PAGE)[:-9], "damaged"),
    ("a.html.gz", gzip.compress(bytes(3_000_000)), "larger than 1 MB"),
    ("a.html", b"x" * 1_100_000, "larger than 1 MB"),
    ("a.mht", b"no headers here", "headers"),
    ("a.warc", b"", "no WARC record"),
    ("a.wacz", b"not a zip", "no zip"),
    ("a.pdf", b"%PDF-1.7", "kind of file"),
    ("a.tar.gz", gzip.compress(b"x"), "kind of file"),
    ("warc", b"x", "kind of file"),
])  # fmt: skip
def test_a_bad_file_is_a_sentence_that_names_it(tmp_path, name, data, message):
    path = lay(tmp_path, {name: data}) / name
    (item,) = documents(path, largest=1_048_576)
    assert isinstance(item, Unreadable) and message in item.message and str(path) in item.message
    assert item.remedy and item.position == f"{name}#0"


def test_what_is_not_there_is_said(tmp_path):
    (item,) = documents(tmp_path / "nowhere.html")
    assert "no such file" in item.message and "spelling" in item.remedy
    (item,) = documents(tmp_path / "nowhere")
    assert "no such file" in item.message
    assert count(tmp_path / "nowhere.warc") == 1


def test_a_pipe_and_a_link_out_of_the_folder_are_not_read(tmp_path):
    lay(tmp_path, {"outside/secret.txt": b"secret", "in/page.html": PAGE})
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "near.html").symlink_to(tmp_path / "in" / "page.html")
    found = list(documents(tmp_path / "in"))
    assert [item.position for item in found] == ["near.html#0", "page.html#0", "pipe.txt#0"]
    assert "no ordinary file" in found[2].message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_said(tmp_path):
    lay(tmp_path, {"a.html": PAGE, "b/c.html": PAGE})
    (tmp_path / "a.html").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        found = list(documents(tmp_path))
    finally:
        (tmp_path / "b").chmod(0o700)
    assert [item.position for item in found] == ["a.html#0", "b#0"]
    assert all("permission" in item.remedy for item in found)


CET = timezone(timedelta(hours=1))
SAVED = b"Tue Nov 24 2026 18:03:11 GMT+0100 (Central European Standard Time)"


@pytest.mark.parametrize("note, url, captured", [
    (b"<!-- saved from url=(0024)https://mill.example/p?a=1 -->", "https://mill.example/p?a=1", None),
    (b"<!--\n Page saved with SingleFile \n url: https://mill.example/q \n saved date: " + SAVED + b"\n-->",
     "https://mill.example/q", datetime(2026, 11, 24, 18, 3, 11, tzinfo=CET)),
    (b"<!--\n Page saved with SingleFile \n url: https://mill.example/q \n saved date: once\n-->",
     "https://mill.example/q", None),
    (b"<!-- saved from url=(0014)about:internet -->", None, None),
    (b"<!-- saved from url=(0014)file:///C:/a.html -->", None, None),
])  # fmt: skip
def test_the_address_that_a_browser_noted_is_kept(tmp_path, note, url, captured):
    (item,) = documents(lay(tmp_path, {"a.html": b"<!DOCTYPE html>\n" + note + b"\n" + PAGE}))
    assert (item.document.url, item.document.captured) == (url, captured)
