"""The library's doors for many pages: `extract_all`, and `python -m coranto.extract`."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import coranto.extract
from coranto.articles import Document, OutletProfile, Rule
from coranto.extract import article_from_json, block_number, explain, extract, extract_all, extract_text, is_markup
from coranto.extract.__main__ import main
from coranto.pipeline import single

CASES = Path(__file__).parent.parent / "cases" / "extract"
ASIDE = "The brook is read by everybody who lives beside it, and by some who do not."
PAGES = [(path.read_bytes(), f"https://x.example/{path.stem}") for path in sorted((CASES / "pages").glob("*.html"))]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_pages_are_read_as_one_by_one_and_in_order(processes):
    pages = [*PAGES, PAGES[0][0], PAGES[1][0].decode("utf-8", "replace")] * 3
    wanted = [extract(*page) if isinstance(page, tuple) else extract(page) for page in pages]
    assert list(extract_all(pages, processes)) == wanted


@pytest.mark.parametrize(
    "given",
    [
        {"charset": "windows-1250"},
        {"headers": {"content-type": "text/html; charset=windows-1250", "x-robots-tag": "noarchive"}},
        {"rules": [Rule("drop", ".aside")]},
        {"profile": OutletProfile(frozenset([block_number(ASIDE)]))},
        {"siblings": [f"<h1>Other</h1><p>Another story, and a long one.</p><p>{ASIDE}</p>"]},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_extract_is_given_all_doors_are_given(given):
    page = f"<h1>Kůň</h1><p>{'Žluťoučký kůň úpěl ďábelské ódy. ' * 9}</p><p class=aside>{ASIDE}</p>".encode("cp1250")
    wanted = extract(page, **given)
    assert wanted != extract(page)
    assert next(extract_all([page], **given)) == wanted == explain(page, **given).article


@pytest.mark.parametrize(("processes", "ahead"), [(1, 3), (2, 3 + 2 * 32)])
def test_no_more_pages_are_taken_than_are_soon_read(processes, ahead):
    taken = itertools.count()
    found = extract_all((PAGES[next(taken) % 2] for _ in itertools.repeat(0)), processes)
    assert list(itertools.islice(found, 3)) == [extract(*PAGES[at % 2]) for at in range(3)]
    found.close()
    assert next(taken) <= ahead


@pytest.mark.parametrize("processes", [1, 2])
def test_a_page_of_a_wrong_type_is_refused_when_its_turn_comes(processes):
    found = extract_all([PAGES[0], PAGES[1], 7, PAGES[2]], processes)
    assert [next(found).title, next(found).title] == [extract(*page).title for page in PAGES[:2]]
    with pytest.raises(TypeError, match="string or bytes"):
        next(found)


def test_fewer_processes_than_one_are_refused_at_once():
    with pytest.raises(ValueError, match="at least 1"):
        extract_all([], 0)


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_files_give_one_line_each_in_order(tmp_path, capsys):
    page, text = CASES / "pages" / "german.html", CASES / "texts" / "pasted.txt"
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(page.read_bytes()))
    (tmp_path / "no-ending").write_bytes(text.read_bytes())
    (tmp_path / "wide").write_text(page.read_text("utf-8"), "utf-16")
    names = [str(page), str(text), str(packed), str(tmp_path / "no-ending"), str(tmp_path / "wide")]
    assert main([*names, "--url", "https://x.example/a"]) == 0
    found = lines(capsys)
    assert [line.pop("file") for line in found] == names
    read, plain = extract(page.read_bytes(), "https://x.example/a"), extract_text(text.read_text("utf-8"))
    assert [article_from_json(line) for line in found] == [read, plain, read, plain, read]


def test_what_cannot_be_read_is_a_line_too_and_the_exit_code_says_so(tmp_path, capsys):
    broken = tmp_path / "broken.html.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00 cut")
    page = CASES / "pages" / "german.html"
    assert main([str(tmp_path / "missing.html"), str(broken), str(tmp_path), str(page)]) == 1
    missing, cut, folder, whole = lines(capsys)
    assert all(set(line) == {"file", "error"} and line["error"] for line in (missing, cut, folder))
    assert whole["title"] == extract(page.read_bytes()).title


@pytest.mark.parametrize("name", ["pages/german.html", "texts/pasted.txt"])
def test_standard_input_is_read_as_what_it_is(name, monkeypatch, capsys):
    data = (CASES / name).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["-"]) == 0
    wanted = extract(data) if name.endswith("html") else extract_text(data.decode())
    assert lines(capsys)[0]["title"] == wanted.title


def test_the_library_loads_no_framework_and_no_numbers():
    heavy = ("django", "numpy", "lightgbm", "jinja2", "asyncio", "concurrent", "multiprocessing", "http.server")
    code = f"import sys; from coranto.extract import *; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_is_loaded_when_it_is_first_used():
    code = "import sys, coranto.extract; print([name for name in sys.modules if name.startswith('coranto.extract.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(coranto.extract.__all__) <= set(dir(coranto.extract))
    assert all(hasattr(coranto.extract, name) for name in coranto.extract.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = coranto.extract.nothing


FLAT = "Mühle dreht sich wieder\n\n" + 5 * "Nach neun Wochen drehte sich die Mühle – „endlich“, sagte der Müller.\n"


@pytest.mark.parametrize(("codec", "charset"), [
    ("utf-8", None), ("windows-1252", None), ("windows-1252", "iso-8859-1"), ("utf-16", None),
])  # fmt: skip
def test_bytes_of_a_text_are_read_in_their_encoding(codec, charset):
    data = FLAT.encode(codec)
    document = Document(None, data, "text/plain", datetime.now(UTC), charset=charset)
    wanted = extract_text(FLAT)
    for article in (extract_text(data, charset), single.read(document)):
        assert (article.title, article.text) == (wanted.title, wanted.text)
    with pytest.raises(TypeError):
        extract_text(data, 7)


@pytest.mark.parametrize(("document", "markup"), [
    ("Mill turns < again > and <again@x.example> on <https://x.example/a>", False),
    (FLAT.encode("utf-16"), False),
    ("<p>Mill</p>", True),
    ("Mill <br/> turns", True),
    ("<!doctype html>", True),
    ("<p>Mühle</p>".encode("utf-16"), True),
    (b"%PDF-1.7 mill", True),
])  # fmt: skip
def test_markup_is_told_from_text_in_one_way(document, markup):
    assert is_markup(document) == markup
    if isinstance(document, bytes):
        assert single.from_bytes(document, None).media_type == ("text/html" if markup else "text/plain")
