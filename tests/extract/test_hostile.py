"""Pages that are broken, huge, deep, mislabelled or malicious: nothing raises, nothing runs, nothing hangs."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.articles import Rule
from coranto.extract import clean_html, extract, links, plain_text, to_json

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import hostile  # noqa: E402

SHARED = Path(os.environ.get("CORANTO_SHARED") or Path(__file__).parents[3] / "shared")
CORPORA = SHARED / "corpora" / "articles"
PARAGRAPH = "<p>The mill on the lower brook turned again on Friday, after nine dry weeks, and the miller baked for everyone.</p>"  # noqa: E501

# The shapes that cost time, smaller than where they are timed: what matters here is that each is survived.
SHAPES = hostile.shapes(size=100_000, tags=4_000)
HOSTILE = {
    "nested": "<div>" * 100_000 + "text",
    "nested and closed": "<div><span>" * 50_000 + "x" + "</span></div>" * 50_000,
    "nested tables": "<table><tr><td>" * 20_000,
    "nested formatting": "".join(f"<b id={number}><i class=c{number}>" for number in range(20_000)),
    "large": PARAGRAPH * 45_000,
    "one attribute": f'<p class="{"a " * 2_000_000}">x</p>',
    "many attributes": "<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">x</p>",
    "only brackets": "<" * 500_000,
    "unclosed script": "<script>" * 50_000,
    "unclosed comment": "<!--" * 200_000,
    "unclosed pictures": "<img " * 100_000,
    "frames": "<frameset><frame src=a><frame src=b></frameset>",
    "deep json": hostile.json_ld("[" * 100_000),
    "wrong json": hostile.json_ld(
        '{"@type":["NewsArticle",7],"headline":{"a":[1]},"author":[[],null,3,{"name":{}}],"datePublished":[],'
        '"keywords":[1,{}],"image":[[]],"publisher":[],"@graph":7,"@id":{},"mainEntity":[[[]]],"commentCount":1e999}'
    ),
    "halves of characters": hostile.json_ld(
        '{"@type":"NewsArticle","headline":"The \\ud83d bridge","author":"Al \\uDE00 Bo"}'
    ),
    "figures beyond numbers": hostile.json_ld(
        f'{{"@type":"NewsArticle","commentCount":"{"9" * 5_000}","datePublished":"²²²²²²²²",'
        f'"interactionStatistic":{{"userInteractionCount":"{"9" * 9_000}"}}}}'
    )
    + f"<img src=/a.jpg width=² height={'9' * 5_000}>{'9' * 30} views" + PARAGRAPH,
    "image named html": "\x89PNG\r\n\x1a\n" + "".join(map(chr, range(256))) * 50,
    "empty": "",
}


READABLE = ("deep json", "wrong json", "halves of characters", "figures beyond numbers")
CUT = {
    "nested": "nested deeper", "nested and closed": "nested deeper", "nested tables": "nested deeper",
    "nested formatting": "too many tags", "large": "page cut", "one attribute": "1 tags",
    "many attributes": "1 tags", "unclosed pictures": "1 tags", "frames": "no body", "image named html": "another kind",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_survived(name):
    article = extract(HOSTILE[name], "https://x.example/a")
    json.dumps(to_json(article), ensure_ascii=False).encode()
    told = (article.kind, article.title, article.text.startswith("The mill on the"))
    if name in READABLE:
        assert told == ("article", "The mill turned again", True)
    elif name == "only brackets":
        assert (article.title, set(article.text)) == (None, {"<"})
    else:
        assert told == ("none", None, name == "large") and len(article.text) < 140
    assert (article.authors, article.published) == (("Al ? Bo",) if name == "halves of characters" else (), None)
    assert hostile.unsafe(article.html) == []
    assert [CUT[name] in warning for warning in article.warnings] == [True] if name in CUT else article.warnings == ()
    assert links(HOSTILE[name], "https://x.example/") == ()
    assert re.search("<[a-z]", plain_text(HOSTILE[name])) is None


@pytest.mark.parametrize("name", SHAPES)
def test_pages_that_are_made_to_cost_time_give_an_article(name):
    assert hostile.unsafe(extract(SHAPES[name](), "https://x.example/a").html) == []


def test_of_a_page_with_more_parts_than_any_the_beginning_is_read():
    page = "<h1>The mill turned again</h1>" + PARAGRAPH * 5 + "<p>ab</p>" * 30_000
    article = extract(page, "https://x.example/a")
    assert article.title == "The mill turned again" and article.text.startswith("The mill on the")
    assert article.warnings == ("page cut after 20000 parts",)


@pytest.mark.parametrize("tag", ["body", "html"])
def test_further_roots_add_no_attributes(tag):
    page = "".join(f"<{tag} a{number}=1>" for number in range(20_000)) + PARAGRAPH
    assert extract(page).text.startswith("The mill on the")


@pytest.mark.parametrize(
    "name", ["nested", "nested and closed", "nested tables", "unclosed script", "unclosed pictures", "only brackets",
             "one attribute"]
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
    "<picture><source srcset='/a.jpg 1x,data:image/gif;base64,AAAA 2x'></picture>",
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
        assert hostile.unsafe(markup) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*ATTACKS, "</p>", "<p>", "<table>", "<svg>", "<math>", "<!--", "-->", "'", '"', "<", ">", "so, it is. "]), max_size=14))  # noqa: E501
def test_attacks_in_any_order_leave_nothing_that_runs(pieces):
    attack = "".join(pieces)
    article = extract(f"<article><h1>Mill</h1>{PARAGRAPH * 3}{attack}{PARAGRAPH}</article>", "https://x.example/")
    for markup in (clean_html(attack, "https://x.example/"), article.html):
        assert hostile.unsafe(markup) == []


@pytest.mark.parametrize(("html", "expected"), [
    ("<img src='/p.gif' width=1 height=1>", ""),
    ("<img src='https://t.example/track?x=1' width='0' height='0'>", ""),
    ("<img src='https://t.example/pixel.gif?id=1'>", ""),
    ("<img src='/lazy/1x1.trans.gif'>", ""),
    ("<img src='/lazy/1x1.trans.gif' data-lazy-src='/a.jpg'>", '<img src="https://x.example/a.jpg">'),
    ("<img src='/AAAB/1x1-840/a.jpg'>", '<img src="https://x.example/AAAB/1x1-840/a.jpg">'),
    ("<img src='/a.jpg' style='width:1px;height:1px'>", ""),
    ("<img src='/sport/track/a.jpg'>", '<img src="https://x.example/sport/track/a.jpg">'),
    ("<img src='/a.jpg' style='border-width:1px;width:2.5em'>", '<img src="https://x.example/a.jpg">'),
    ("<source srcset='/w_3,h_2/a.webp 1x,/b.webp 2x, /c.webp'>",
     '<source srcset="https://x.example/w_3,h_2/a.webp 1x, https://x.example/b.webp 2x, https://x.example/c.webp">'),
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


def test_a_few_signs_in_an_encoding_that_nothing_declares_are_read_as_browsers_read_them():
    words = "The miller said that nine weeks weren’t enough, and baked for everyone. "
    assert extract(f"<h1>Mill turns</h1><p>{words * 9}</p>".encode("windows-1252")).text == (words * 9).strip()


@pytest.mark.parametrize(("data", "headers"), [
    (ENCODED.format(meta="").encode("utf-8")[:-14] + b"\xc5", None),
    (ENCODED.format(meta="<meta charset=utf-16>").encode("utf-8"), None),
    (ENCODED.format(meta="<meta charset=hex>").encode("utf-8"), {"content-type": "text/html; charset=rot13"}),
    (ENCODED.format(meta="").encode("utf-8"), {"content-type": "text/html; charset=big5", 7: 7, "x": None}),
    (ENCODED.format(meta="").encode("utf-8").replace(b" ", b"\x00"), None),
])  # fmt: skip
def test_encodings_that_are_declared_wrong_or_broken_are_read(data, headers):
    assert "ďábelské" in extract(data, headers=headers).text


@pytest.mark.parametrize("data", [
    b"\xff\xfe", b"\xfe\xff\x00", b"\xef\xbb\xbf", b"\x1b$B", b"\x1f\x8b\x08" + bytes(range(256)) * 20, bytes(5_000),
    b"\x00<\x00p\x00>" * 500, b"<meta charset='" + b"x" * 9_000, b"\x81\x8d\x8f" * 3_000,
])  # fmt: skip
def test_bytes_of_no_page_give_an_article(data):
    assert isinstance(extract(data, "https://x.example/a.html").text, str)


def test_wrong_types_are_refused():
    for wrong in (None, 7, ["<p>"], object()):
        with pytest.raises(TypeError):
            extract(wrong)
    for wrong in (
        {"url": 7}, {"headers": "x"}, {"headers": [1]}, {"charset": 7}, {"profile": 5}, {"rules": [5]}, {"rules": 5},
        {"rules": [Rule("drop", 5)]}, {"siblings": [5]}, {"siblings": "<p>x</p>"},
    ):  # fmt: skip
        with pytest.raises(TypeError):
            extract(b"<p>\xe9</p>", **wrong)
    for reader, arguments in ((links, (7,)), (links, ("", 7)), (plain_text, (b"x",)), (clean_html, ("x", 7))):
        with pytest.raises(TypeError):
            reader(*arguments)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=400), st.binary(max_size=400)), st.one_of(st.none(), st.text(max_size=40)))
def test_any_input_gives_an_article(page, url):
    extract(page, url)


PIECES = st.sampled_from(["<p>", "</p>", "<div class=article-body>", "</div>", "<h1>", "</h1>", "<table>", "<td>", "<a href='//['>", "<time datetime=x>", "<img src='http://[' width=9>", "2026-13-45", "By ", "&#x110000;", "<br><br>", "word, word. ", "<meta property=og:url content='http://['>", "<link rel=canonical href='http://a:b:c'>", "<li>", "<figure>", "<figcaption>"])  # fmt: skip # noqa: E501


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_markup_gives_an_article(pieces):
    extract("".join(pieces), "https://x.example/")


@pytest.mark.skipif(not CORPORA.exists(), reason="the shared corpora are not at hand")
def test_damaged_real_pages_never_raise_and_stay_safe():
    chance = random.Random(7)
    pages = sorted(path for name in ("naeb", "postlight", "daniel") for path in (CORPORA / name / "pages").glob("*.gz"))
    for path in chance.sample(pages, 300):
        article = extract(hostile.mutated(gzip.decompress(path.read_bytes()), chance), "https://x.example/a/b")
        assert hostile.unsafe(article.html) == []
