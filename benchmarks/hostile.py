"""How reading bears what pages may throw at it: broken ones, those made to cost time, growing ones, many in a row.

    python benchmarks/hostile.py mutated --pages 10000   # the corpora's pages, damaged: none raises, all markup is safe
    python benchmarks/hostile.py shapes                  # CPU seconds of pages of up to 5 MB made to cost time
    python benchmarks/hostile.py linear                  # CPU milliseconds as a page grows to 64 times its size
    python benchmarks/hostile.py growth --pages 10000    # memory while the corpora's pages are read over and over

The corpora are expected at `../shared` (or where CORANTO_SHARED says). Seconds are of CPU, of one process.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import instruments
from selectolax.lexbor import LexborHTMLParser

from coranto.extract import extract

SETS = ("naeb", "fundus", "wcxb", "postlight", "daniel", "trafilatura")
PARAGRAPH = "<p>The mill on the brook turned again on Friday, after nine dry weeks, and the miller baked for all.</p>"
URL = "https://x.example/a/b"
_TAGS = (
    "div span a b i font p ul li table td tr select option nobr form button h1 dl dd svg math template noscript object "
    "ruby rt rp center blockquote article section em strong code u s small big x-y"
).split()
_STYLES = "b big code em font i nobr s small strike strong tt u".split()
_ALLOWED = frozenset(
    "html head body a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source span strong sub summary "
    "sup table tbody td tfoot th thead time tr u ul var".split()
)
_ATTRIBUTES = frozenset(
    "href title rel src alt width height srcset media type colspan rowspan scope start reversed datetime cite lang dir"
    .split()
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.I)
# By the name of the file: "1x1-840" in an address is the shape of a square picture.
_COUNTER = re.compile(r"/(?:pixel|beacon|tracker|1x1|spacer)(?:\.\w+)*(?:\?|$)", re.I)


def json_ld(text: str) -> str:
    """A page with `text` as its JSON-LD."""
    return f'<script type="application/ld+json">{text}</script><h1>The mill turned again</h1>{PARAGRAPH * 5}'


def _article(value: object, name: str) -> str:
    return json_ld(json.dumps({"@type": "NewsArticle", name: value}))


def _meta(name: str, value: str) -> str:
    return f'<head><meta property="{name}" content="{value}"></head><h1>The mill turned again</h1>{PARAGRAPH * 5}'


def shapes(size: int = 5_000_000, tags: int = 100_000) -> dict[str, Callable[[], str]]:
    """Pages that are made to cost time, by name, each made when it is called: `size` characters or `tags` tags."""
    found: dict[str, Callable[[], str]] = {}
    half = tags // 2
    attributes = " ".join(f"a{number}=1" for number in range(size // 10))
    for tag in _TAGS:
        found[f"open <{tag}>"] = partial(lambda tag: f"<{tag}>" * tags + "text", tag)
        found[f"open <{tag}> and words"] = partial(lambda tag: f"<{tag}>word " * tags, tag)
        found[f"<{tag}> in <{tag}>"] = partial(lambda tag: f"<{tag}>" * half + "x" + f"</{tag}>" * half, tag)
    found |= {f"filled: {name}": partial(_filled, text, size) for name, text in _FILLED.items()}
    found |= {f"repeated: {name}": partial(_repeated, text, tags) for name, text in _REPEATED.items()}
    found |= {f"counted: {name}": partial(_counted, text, tags) for name, text in _COUNTED.items()}
    for name in ("og:title", "author", "description", "keywords", "article:published_time", "og:site_name", "robots"):
        found[f"meta {name}"] = partial(lambda name: _meta(name, "By A b, 12-12-12 - " * (size // 20)), name)
    found |= {
        "attributes of one tag": lambda: f"<p {attributes}>x</p>{PARAGRAPH}",
        "attributes with a bracket": lambda: f"<p {attributes} <b>x</p>",
        "styles and paragraphs": lambda: "".join(f"<{tag}>" * 3 for tag in _STYLES) + "<p>x</p>" * (size // 8),
        "styles apart and paragraphs": lambda: _counted("<b a%=1>", 300) + "<p>x</p>" * (size // 8),
        "title": lambda: f"<title>{'A | B - ' * (size // 8)}</title>{PARAGRAPH}",
        "json lists": lambda: json_ld("[" * tags),
        "json objects": lambda: json_ld('{"a":' * tags + "1" + "}" * tags),
        "json graphs": lambda: json_ld('{"@graph":[' * 400 + "{}" + "]}" * 400),
        "json names": lambda: json_ld('{"@type":"NewsArticle","headline":' + '{"name":' * 900 + "1" + "}" * 900 + "}"),
        "json body": lambda: _article("He said. " * (size // 40), "articleBody"),
        "json body of tags": lambda: _article("<div>" * (size // 40), "articleBody"),
        "json authors": lambda: _article([{"name": f"A B{number}"} for number in range(tags // 3)], "author"),
        "json topics": lambda: _article([f"k{number}" for number in range(tags // 2)], "keywords"),
        "json articles": lambda: _repeated(json_ld('{"@type":"NewsArticle","headline":"x"}'), tags // 100),
    }
    return found


def _filled(text: str, size: int) -> str:
    return f"<h1>The mill turned again</h1><p>{text * (size // len(text))}"


def _repeated(text: str, times: int) -> str:
    return text * times


def _counted(text: str, times: int) -> str:
    return "".join(text.replace("%", str(number)) for number in range(times))


# One paragraph of 5 MB.
_FILLED = {
    "words": "word ", "one word": "w", "sentences": "He said so. ", "names": "Ada Byron said ",
    "told": "told The A of B ",
    "by": "By ", "dates": "12-12-12-", "dashes": "- ", "dots": ". ", "initials": "A. ", "quotes": "'\" ",
    "brackets": "(", "degrees": "x\u00b0",
    "white space": " \n\t ", "hard spaces": "\u00a0", "invisible": "\u200b", "accents": "\u0301", "nulls": "\0",
    "ampersands": "&", "references": "&amp;", "less": "<", "more": ">", "links begun": "<a", "ends begun": "</",
    "comments begun": "<!--", "comments": "<!-- x -->", "declarations": "<!x", "instructions": "<?", "br": "<br>",
    "br and words": "x<br>", "br twice": "x<br><br>", "script": "<script>", "scripts": "<script></script>",
    "Chinese": "工場は金曜日に再開した。", "Arabic": "مطحنة ", "half a letter": "\ud800",
}  # fmt: skip
# As many of them as tags are asked for.
_REPEATED = {
    "short lines": "<p>ab</p>\n", "lines": "<div>ab, c.</div>", "paragraphs": PARAGRAPH[:48] + "</p>",
    "links": "<li><a href='/a/b-c-d-e'>The mill turned again in the lower town</a></li>",
    "pictures": "<img src=/a.jpg>", "figures": "<figure><img src=/a.jpg><figcaption>Mill</figcaption></figure>",
    "times": "<time datetime=2024-01-01>x",
    "headings": "<h1>The mill turned again</h1>", "authors": "<a rel=author>x</a>", "topics": "<a rel=tag href=x>x</a>",
    "bylines": "<span class=byline>By Ada Byron</span>", "by lines": "<p>By By By By</p>",
    "dates": "<p>12/12/12/1/2024</p>",
    "misnested": "<b><i></b></i>", "links in blocks": "<a href=x><div>x", "bold blocks": "<b><div>",
    "fonts": "<font><p>",
    "tables": "<table><tr><td>", "words in tables": "<table><div>x", "rows": "<table><tr><td>a<td>b",
    "lists": "<ul><li>",
    "ends": "</p>", "heads": "<head>", "bodies": "<body>", "frames": "<frame src=x>", "framesets": "<frameset>",
    "iframes": "<iframe>", "textareas": "<textarea>", "options": "<option>x<div>", "noscripts": "<head><noscript>",
}  # fmt: skip
# The same, each with a number of its own.
_COUNTED = {
    "bold": "<b a%=1>", "fonts": "<font color=%><p>", "unknown tags": "<x%>", "custom tags": "<x-%>",
    "classes": "<p class='n% nav-% artic%'>x</p>", "body attributes": "<body a%=1>", "html attributes": "<html a%=1>",
    "headings": "<h1>The mill % turned</h1>", "sentences": "<p>The mill number % turned, he said, in town.</p>",
    "bylines": "<span class=byline>By Ada Byron%</span>", "metas": "<meta name=author content='By A% B'>",
}  # fmt: skip


def unsafe(markup: str) -> list[str]:
    """What in a reading's markup is not what it promises: elements, attributes and addresses that have no place."""
    problems = []
    for node in LexborHTMLParser(markup).root.traverse():
        if node.tag not in _ALLOWED:
            problems.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            value = value or ""
            if name not in _ATTRIBUTES:
                problems.append(f"{node.tag} {name}")
            elif name in ("href", "src", "cite") and not _ADDRESS.match(value):
                problems.append(f"{name}={value[:80]}")
            elif name == "srcset" and not all(_ADDRESS.match(each.strip()) for each in value.split(", ")):
                problems.append(f"srcset={value[:80]}")
            elif name == "src" and _COUNTER.search(value):
                problems.append(f"counter {value[:80]}")
    return problems


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with pieces cut out, doubled, shuffled, overwritten, or with something hostile put in."""
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
                data[at:at] = chance.choice(INSERTED)
    return bytes(data)


INSERTED = (
    b"<div>" * 50, b"\x00" * 9, b"</article>", b"<script>alert(1)</script>", b'"', b"<!--", b"\xff\xfe", b"<![CDATA[",
    b"<img src=x onerror=alert(1)>", b"<a href='javascript:alert(1)'>more</a>", b"<p onclick=alert(1) style=x>so",
    b"<svg onload=alert(1)><style><img src=/a.jpg>", b"<form action=/x><input name=a>", b"<template><p>x", b"<select>",
    b"<img src='https://t.example/pixel.gif?id=1'>", b"<table><math><mtext>", b"&#x110000;&#0;&nbsp", b"<plaintext>",
    b"<meta charset=utf-16>", b"<base href='javascript:x//'>", b'{"@type":"NewsArticle","author":[[{}]]}',
    b"2026-13-45",
)  # fmt: skip


def corpus(sets: tuple[str, ...] = SETS) -> list[Path]:
    folder = instruments.existing(instruments.shared() / "corpora" / "articles", "corpus of articles")
    return [path for name in sets for path in sorted((folder / name / "pages").glob("*.gz"))]


def read_mutated(count: int, seed: int) -> None:
    chance = random.Random(seed)
    paths = corpus()
    raised: list[str] = []
    bad: list[str] = []
    slowest = 0.0
    for _ in range(count):
        path = chance.choice(paths)
        page = mutated(gzip.decompress(path.read_bytes()), chance)
        start = time.process_time()
        try:
            article = extract(page, URL)
        except Exception as error:
            raised.append(f"{path.name}: {type(error).__name__}: {error}"[:200])
            continue
        slowest = max(slowest, time.process_time() - start)
        bad += [f"{path.name}: {problem}" for problem in unsafe(article.html)]
    print(f"{count} damaged pages: {len(raised)} raised, {len(bad)} unsafe, slowest {slowest:.2f} s of CPU")
    for line in [*raised[:20], *bad[:20]]:
        print("   ", line)


def read_shapes(least: float) -> None:
    extract(PARAGRAPH, URL)
    rows = []
    for name, make in shapes().items():
        page = make()
        start = time.process_time()
        extract(page, URL)
        rows.append((time.process_time() - start, name, len(page) / 1e6))
    rows.sort(reverse=True)
    shown = [(name, round(megabytes, 1), round(seconds, 2)) for seconds, name, megabytes in rows if seconds >= least]
    print(f"{len(rows)} shapes, slowest {rows[0][0]:.2f} s; those of {least} s and more:")
    print(instruments.table(("shape", "MB", "CPU s"), shown))


def grown(times: int) -> str:
    """An ordinary page, `times` times as long: menu, article, related, footer; no two paragraphs alike."""
    body = "".join(
        f"<p>The mill number {number} on the lower brook turned again, after {number} dry weeks, the miller said.</p>"
        f"<aside><a href='/story-about-the-mill-{number}'>What the miller of number {number} did next</a></aside>"
        for number in range(40 * times)
    )
    menu = "".join(f"<li><a href=/s/{number}>Section {number}</a></li>" for number in range(60 * times))
    return f"<body><nav><ul>{menu}</ul></nav><article><h1>The mill turns again</h1>{body}</article></body>"


def read_growing() -> None:
    rows = []
    extract(grown(1), URL)
    for times in (1, 2, 4, 8, 16, 32, 64):
        page = grown(times)
        spent = []
        for _ in range(3):
            start = time.process_time()
            extract(page, URL)
            spent.append(time.process_time() - start)
        size, best = len(page), min(spent)
        rows.append((times, round(size / 1000), round(1000 * best, 1), round(1e6 * best / size, 2)))
    print(instruments.table(("times", "KB", "CPU ms", "µs a character"), rows))


def resident() -> float:
    """MB of memory that this process holds."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def read_over_and_over(count: int) -> None:
    def pages() -> Iterator[bytes]:
        for path in itertools.cycle(corpus()):
            yield gzip.decompress(path.read_bytes())

    rows = []
    for number, page in enumerate(itertools.islice(pages(), count), 1):
        extract(page, URL)
        if number % (count // 10) == 0:
            rows.append((number, round(resident(), 1)))
    print(instruments.table(("pages read", "MB resident"), rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("mutated", "shapes", "linear", "growth"))
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=float, default=0.5, help="shapes: show those of so many seconds and more")
    wish = parser.parse_args()
    match wish.what:
        case "mutated":
            read_mutated(wish.pages, wish.seed)
        case "shapes":
            read_shapes(wish.least)
        case "linear":
            read_growing()
        case _:
            read_over_and_over(wish.pages)


if __name__ == "__main__":
    main()
