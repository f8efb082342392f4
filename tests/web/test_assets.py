"""Static files as served: budgets, names by content, faces where there are any; and bodies made fit for a page."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from coranto.web import assets, body, faces, languages


@pytest.fixture
def collected():
    assets.collect()
    yield Path(settings.STATIC_ROOT)
    assets.names.cache_clear()


def test_files_are_within_the_budgets_and_named_by_their_content(collected):
    for name, most in (("coranto.css", 28 * 1024), ("coranto.js", 8 * 1024)):
        address = assets.address(name)
        file = collected / address.removeprefix("/static/")
        assert re.fullmatch(r"/static/coranto\.[0-9a-f]{12}\.(css|js)", address)
        assert file.stat().st_size <= most
        assert gzip.decompress(Path(f"{file}.gz").read_bytes()) == file.read_bytes()
    assets.collect()
    assert len(list(collected.glob("coranto.*.css"))) == 1


def test_tightening_keeps_meaning():
    assert assets.tighten(
        '/* a */ a > b:hover , c { color : red ; }\n@media (min-width: 4em) { d { e: "x ;  y" } }'
    ) == ('a > b:hover,c{color :red}@media (min-width:4em){d{e:"x ;  y"}}')


def test_faces_are_used_where_they_are(collected):
    assert assets.roman() is None and b"@font-face" not in (collected / assets.names()["coranto.css"]).read_bytes()
    fonts = Path(settings.FONTS)
    fonts.mkdir()
    (fonts / assets.FACES[0][0]).write_bytes(b"a face")
    assets.collect()
    style = (collected / assets.names()["coranto.css"]).read_text()
    assert assets.roman().removeprefix("/static/") in style and "font-display:optional" in style
    with override_settings(SERIF=False):
        assert b"@font-face" not in assets.sources()["coranto.css"]


def test_without_the_packages_no_face_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(faces, "find_spec", lambda name: None)
    assert faces.cut_to(tmp_path / "fonts") is False and not (tmp_path / "fonts").exists()


def test_faces_are_cut_small_where_the_packages_are(tmp_path):
    pytest.importorskip("font_source_serif_pro")
    assert faces.cut_to(tmp_path) is True
    files = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert set(files) == {*(name for name, _, _ in assets.FACES), faces.LICENCE}
    assert all(size < 30_000 for size in files.values())


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>One</p><p>Two</p>", '<p id="p1">One</p><p id="p2">Two</p>'),
        ('<p dir="rtl">1</p><pre>a</pre><p>2</p>', '<p id="p1" dir="rtl">1</p><pre>a</pre><p id="p2">2</p>'),
        ('<p><abbr title="<p <p>">x</abbr></p>', '<p id="p1"><abbr title="<p <p>">x</abbr></p>'),
        ('<h2>A</h2><p><q cite="&lt;p &gt;">x</q></p>', '<h2>A</h2><p id="p1"><q cite="&lt;p &gt;">x</q></p>'),
        ("<h1>A</h1><h3>B</h3>", "<h2>A</h2><h3>B</h3>"),
        ("<h4>A <i>b</i></h4>", "<h2>A <i>b</i></h2>"),
        ('<p><a href="/x"><img src="https://o.example/a.jpg"></a></p><p>Text</p>', '<p id="p1">Text</p>'),
        ('<p>See <img src="x"> here</p>', '<p id="p1">See  here</p>'),
        ('<figure><img src="x"><figcaption>Caption</figcaption></figure><p>Text</p>', '<p id="p1">Text</p>'),
        (
            "<figure><blockquote><p>Said</p></blockquote></figure>",
            '<figure><blockquote><p id="p1">Said</p></blockquote></figure>',
        ),
        (
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
            '<div class="wide-table" role="region" tabindex="0" aria-label="T">'
            "<table><tbody><tr><td>1</td></tr></tbody></table></div>",
        ),
    ],
)
def test_a_body_fit_for_the_page(html, shown):
    assert body.for_page(html, "T") == shown


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("en", "ltr"),
        ("az-Arab", "rtl"),
        ("fa_IR", "rtl"),
        ("ur-Latn", "ltr"),
        (None, "auto"),
    ],
)
def test_which_way_a_language_runs(tag, way):
    assert languages.direction(tag) == way
