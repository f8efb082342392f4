"""Pages that are broken, huge, deep, mislabelled or malicious: nothing raises, nothing runs, nothing hangs."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.extract import clean_html, extract, links, plain_text

SHARED = Path(os.environ.get("CORANTO_SHARED") or Path(__file__).parents[3] / "shared")
CORPORA = SHARED / "corpora" / "articles"
PARAGRAPH = "<p>The mill on the lower brook turned again on Friday, after nine dry weeks, and the miller baked for everyone.</p>"  # noqa: E501

HOSTILE = {
    "nested": "<div>" * 100_000 + "text",
    "nested and closed": "<div><span>" * 50_000 + "x" + "</span></div>" * 50_000,
    "nested lists": "<ul><li>" * 40_000,
    "nested tables": "<table><tr><td>" * 20_000,
    "nested formatting": "".join(f"<b id={number}><i class=c{number}>" for number in range(20_000)),
    "unclosed links": "<a href=x>word " * 50_000,
    "large": PARAGRAPH * 45_000,
    "one attribute": f'<p class="{"a " * 2_000_000}">x</p>',
    "many attributes": "<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">x</p>",
    "only brackets": "<" * 500_000,
    "unclosed script": "<script>" * 50_000,
    "unclosed comment": "<!--" * 200_000,
    "null bytes": "<p>\x00Hel\x00lo</p>" * 2_000,
    "frames": "<frameset><frame src=a><frame src=b></frameset>",
    "entities": "&amp;" * 300_000,
    "white space": " \n\t" * 500_000,
    "deep json": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PARAGRAPH,
    "wrong json": '<script type="application/ld+json">{"@type":["NewsArticle",7],"headline":{"a":[1]},"author":[[],null,3,{"name":{}}],"datePublished":[],"keywords":[1,{}],"image":[[]],"publisher":[]}</script>'  # noqa: E501
    + PARAGRAPH * 5,  # noqa: E501
    "image named html": "\x89PNG\r\n\x1a\n" + "".join(map(chr, range(256))) * 50,
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_survived(name):
    article = extract(HOSTILE[name], "https://x.example/a")
    assert isinstance(article.text, str)
    assert isinstance(links(HOSTILE[name], "https://x.example/"), tuple)
    assert isinstance(plain_text(HOSTILE[name]), str)


@pytest.mark.parametrize(
    "name", ["nested", "nested and closed", "nested tables", "unclosed script", "only brackets", "one attribute"]
)
def test_cleaning_survives_them_too(name):
    assert "<script" not in clean_html(HOSTILE[name])


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<a href='  JaVaScRiPt:alert(1)'>x</a>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=/x><input name=a><button>go</button></form>",
    "<style>p{background:url(javascript:alert(1))}</style>", "<p style='x:expression(alert(1))'>x</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>", "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<object data=x></object><embed src=x>", "<p id=location name=x class=y onclick=alert(1)>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='java&#115;cript:alert(1)'>x</a>", "<a href='\x01javascript:alert(1)'>x</a>",
    "<img srcset='javascript:alert(1) 2x'>",
]  # fmt: skip
FORBIDDEN = (
    "<script",
    "onerror",
    "onload",
    "onclick",
    "javascript:",
    "data:",
    "<form",
    "<input",
    "<iframe",
    "<style",
    "style=",
    "<svg",
    "<base",
    "<meta",
    "<object",
    "srcdoc",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_survives_cleaning(attack):
    article = extract(
        f"<html><body><article><h1>Mill</h1>{PARAGRAPH * 3}{attack}{PARAGRAPH}</article></body></html>",
        "https://x.example/",
    )
    for markup in (clean_html(attack, "https://x.example/"), article.html):
        assert [mark for mark in FORBIDDEN if mark in markup.lower()] == []


@pytest.mark.parametrize(("html", "expected"), [
    ("<img src='/p.gif' width=1 height=1>", ""),
    ("<img src='https://t.example/track?x=1' width='0' height='0'>", ""),
    ("<img src='https://t.example/pixel.gif?id=1'>", ""),
    ("<img src='/a.jpg' style='width:1px;height:1px'>", ""),
    ("<img src='/a.jpg' width=640 height=400>", '<img src="https://x.example/a.jpg" width="640" height="400">'),
    ("<img data-src='/a.jpg' src='data:image/gif;base64,AAAA'>", '<img src="https://x.example/a.jpg">'),
    ("<a href='/b'>b</a>", '<a href="https://x.example/b" rel="noopener noreferrer">b</a>'),
    ("<h2>T</h2><ul><li>a</li></ul><blockquote>q</blockquote>", "<h2>T</h2><ul><li>a</li></ul><blockquote>q</blockquote>"),  # noqa: E501
])  # fmt: skip
def test_cleaning_keeps_pictures_and_links_and_drops_pixels(html, expected):
    assert clean_html(html, "https://x.example/c/d") == expected


ENCODED = "<html><head>{meta}<title>Žluťoučký kůň — příběh</title></head><body><p>Příliš žluťoučký kůň úpěl ďábelské ódy na nádraží a všichni čekali, až přestane.</p></body></html>"  # noqa: E501


@pytest.mark.parametrize(("codec", "meta", "headers"), [
    ("utf-8", "", None),
    ("utf-8", "<meta charset=windows-1250>", None),
    ("utf-8-sig", "", None),
    ("utf-16", "", None),
    ("windows-1250", "<meta charset=windows-1250>", None),
    ("windows-1250", "", {"Content-Type": "text/html; charset=windows-1250"}),
    ("iso-8859-2", "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", {"content-type": "text/html; charset=nonsense"}),  # noqa: E501
])  # fmt: skip
def test_encodings_are_read_right(codec, meta, headers):
    html = ENCODED.format(meta=meta).replace("—", "-" if codec.startswith(("iso", "win")) else "—")
    article = extract(html.encode(codec), headers=headers)
    assert article.title is not None and article.title.startswith("Žluťoučký kůň")
    assert "ďábelské ódy" in article.text


def test_wrong_types_are_refused():
    for wrong in (None, 7, ["<p>"], object()):
        with pytest.raises(TypeError):
            extract(wrong)
    with pytest.raises(TypeError):
        extract("<p>x</p>", url=7)
    with pytest.raises(TypeError):
        links(7)
    with pytest.raises(TypeError):
        plain_text(b"x")


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=400), st.binary(max_size=400)), st.one_of(st.none(), st.text(max_size=40)))
def test_any_input_gives_an_article(page, url):
    extract(page, url)


PIECES = st.sampled_from(["<p>", "</p>", "<div class=article-body>", "</div>", "<h1>", "</h1>", "<table>", "<td>", "<a href='//['>", "<time datetime=x>", "<img src='http://[' width=9>", "2026-13-45", "By ", "&#x110000;", "<br><br>", "word, word. ", "<meta property=og:url content='http://['>", "<link rel=canonical href='http://a:b:c'>", "<li>", "<figure>", "<figcaption>"])  # fmt: skip # noqa: E501


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_markup_gives_an_article(pieces):
    extract("".join(pieces), "https://x.example/")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with pieces cut out, doubled, shuffled or overwritten."""
    data = bytearray(data[: chance.choice((len(data), len(data) // 2, 20_000))])
    for _ in range(chance.randrange(1, 12)):
        if not data:
            break
        at, size = chance.randrange(len(data)), chance.randrange(1, 400)
        match chance.randrange(4):
            case 0:
                del data[at : at + size]
            case 1:
                data[at:at] = data[at : at + size]
            case 2:
                data[at : at + size] = chance.randbytes(size)
            case _:
                data[at:at] = chance.choice(
                    (b"<div>" * 50, b"\x00" * 9, b"</article>", b"<script>", b'"', b"<!--", b"\xff\xfe")
                )
    return bytes(data)


@pytest.mark.skipif(not CORPORA.exists(), reason="the shared corpora are not at hand")
def test_mutated_real_pages_never_raise():
    chance = random.Random(7)
    pages = sorted(path for name in ("naeb", "postlight", "daniel") for path in (CORPORA / name / "pages").glob("*.gz"))
    for path in chance.sample(pages, 300):
        extract(mutated(gzip.decompress(path.read_bytes()), chance), "https://x.example/a/b")
