"""The command that checks a page: alone and beside stored articles, in words and as JSON; its words on bad input."""

from __future__ import annotations

import json
import shutil

import pytest
from databases import django_at

from coranto.cli import main

TEXT = " ".join(f"The {what} of Kerrin was mended by {who} on a wet morning." for what, who in (
    ("pier", "Ada Fenn"), ("crane", "Ben Holt"), ("ferry", "Cleo Marsh"), ("quay", "Dora Quill"), ("lamp", "Edda Vole"),
))  # fmt: skip
PAGE = (
    '<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
    '<meta name="author" content="{author}"><meta property="article:published_time" content="{date}"></head>'
    '<body><article><h1>{title}</h1><p>{text}</p></article></body></html>'
)  # fmt: skip
FLAT = f"""Harbour mended
Dale Winters
Date:2025-04-07 04:05:14
{TEXT} It was the first time since the flood in 2019, Mayor Tilda Brask told Harrow News.
Tilda Brask is a correspondent for Harrow News based in Port Ansel.
Related
- What to watch tonight
- Pictures of the week: Nov. 24 - Nov. 30, 2021
- A lamp for every pier
"""


@pytest.fixture
def data(tmp_path, sqlite_template, monkeypatch):
    for name in ("DATABASE_URL", "CORANTO_DATA"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "coranto.sqlite3")
    (folder / "secret_key").write_text("for tests")
    django_at(folder, "")
    monkeypatch.chdir(tmp_path)
    yield folder
    from coranto import store

    store.close()


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def page(path, **given):
    values = {"title": "Harbour mended", "outlet": "The Lantern", "author": "Ada Byron", "date": "2021-03-05T08:00:00Z"}
    path.write_text(PAGE.format(**{**values, "text": TEXT, **given}))
    return path


def test_a_page_in_plain_text_is_checked_without_a_store(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "page.txt").write_text(FLAT)
    asked = ("check-page", tmp_path / "page.txt", "--data", tmp_path / "none")
    code, out, told = run(capsys, *asked)
    assert (code, told) == (0, "")
    said = " ".join(out.split())
    assert "biography is of Tilda Brask of Harrow News; the byline names Dale Winters." in said
    assert "The text names Harrow News as who was told or reported it." in said
    assert "None of the clues supports April 2025" in said and "speaks of 30 November 2021" in said
    assert f"there is no data folder {tmp_path / 'none'}" in said and not (tmp_path / "none").exists()
    found = json.loads(run(capsys, *asked, "--json")[1])
    assert found["matches"] is None and found["written"]["earliest"] == "2019-01-01"
    assert [one["kind"] for one in found["contradictions"]] == ["bio_of_another"]
    assert "text" not in found["article"] and found["article"]["authors"] == ["Dale Winters"]


def test_a_page_is_set_beside_the_stored_articles(tmp_path, data, capsys):
    (tmp_path / "saved").mkdir()
    page(tmp_path / "saved" / "a.html")
    assert run(capsys, "import", tmp_path / "saved", "--outlet", "The Lantern", "--data", data)[0] == 0
    copy = page(tmp_path / "copy.html", outlet="Daily Wealth", author="Dale Winters", date="2025-04-07T04:05:14Z")
    code, out, _ = run(capsys, "check-page", copy, "--data", data)
    said = " ".join(out.split())
    assert code == 0 and "100 % of this text stands in The Lantern, seen on" in said
    assert "Dated 7 April 2025 here, 5 March 2021 there." in said
    found = json.loads(run(capsys, "check-page", copy, "--data", data, "--json")[1])
    (match,) = found["matches"]
    assert (match["outlet"], match["share"], match["same_text"]) == ("The Lantern", 1.0, True)
    assert {"date_differs", "name_differs", "source_not_named"} <= {one["kind"] for one in match["differs"]}
    other = page(tmp_path / "other.html", text=" ".join(f"No word of {n} is known here at all." for n in range(12)))
    assert json.loads(run(capsys, "check-page", other, "--data", data, "--json")[1])["matches"] == []


@pytest.mark.parametrize(
    ("target", "code", "says"),
    [("missing.html", 1, "There is no"), ("data", 1, "Name one page"), ("http://127.0.0.1:9/a", 1, "--allow-private")],
)
def test_what_cannot_be_had_is_named_with_a_remedy(data, capsys, target, code, says):
    given, out, told = run(capsys, "check-page", target, "--data", data)
    assert (given, out) == (code, "") and target in told and says in told and len(told.splitlines()) == 1
