"""How often an honest page is said to differ, from pages' HTML to what is said: errors of reading included.

    python benchmarks/accused.py [--shared ../shared] [--set naeb fundus wcxb] [--list]
    python benchmarks/accused.py --alone [--list]      # each page by itself, as `coranto check-page` reads it

Each stored page of the corpora that has a headline, a date and a body in the gold is read by `extract`, as the first to
have its text. Beside it stand two pages of another outlet, made of the gold in one of three layouts and read likewise:
one that names its source, and one that does not but keeps name, date and text. So whatever is flagged 'redated',
'resigned' or 'source_stripped' is a false accusation, by an error in reading either page; `--list` prints each. Pages
whose gold has a day that the page's own markup contradicts, and no other, are left out: there the gold is wrong.
`--alone` counts the pages of which it is said that they differ from themselves.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from instruments import existing, machine, shared, table

from coranto.articles import Article
from coranto.extract import extract
from coranto.stories import Coverage, check_page, examine

SETS = ("naeb", "fundus", "wcxb")
ALONE = (*SETS, "trafilatura", "daniel", "postlight")
ACCUSING = {"redated", "resigned", "source_stripped"}
HOST, OUTLET = "millbrook.example", "Millbrook Chronicle"
META = """<html><head><title>{title} | Millbrook Chronicle</title><meta name="author" content="{author}">
<meta property="article:published_time" content="{date}"><meta property="og:site_name" content="Millbrook Chronicle">
</head><body><article><h1>{title}</h1>{body}{credit}</article></body></html>"""
DATA = """<html><head><title>{title}</title><script type="application/ld+json">{data}</script></head>
<body><nav><a href="/">Millbrook Chronicle</a></nav><main><h1>{title}</h1>{body}{credit}</main></body></html>"""
SHOWN = """<html><head><title>{title}</title></head><body><header>Millbrook Chronicle</header><div class="story">
<h1>{title}</h1><p class="byline">By {author}</p><p class="date"><time datetime="{date}">{date}</time></p>{body}{credit}
</div></body></html>"""


def pages(folder: Path, name: str) -> Iterator[tuple[dict, bytes]]:
    with (folder / name / "gold.jsonl").open(encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            page = folder / name / "pages" / f"{gold['id']}.html.gz"
            if day_of(gold) and gold.get("title") and len((gold.get("body") or "").split()) >= 100:
                yield gold, gzip.decompress(page.read_bytes())


def day_of(gold: dict) -> date | None:
    try:
        return date.fromisoformat((gold.get("date") or "")[:10])
    except ValueError:
        return None


def contradicted(gold: dict, article: Article) -> bool:
    """Whether the page's markup has dates, and none of them is the gold's."""
    day = day_of(gold)
    strong = [one.value for one in article.date_evidence if one.confidence >= 0.85]
    days = [value.date() if isinstance(value, datetime) else value for value in strong]
    return bool(days) and all(abs((one - day).days) > 1 for one in days)


def reprint(gold: dict, layout: str, credit: str) -> str:
    """The gold as a page of another outlet."""
    author = ", ".join(gold.get("authors") or ())
    persons = [{"@type": "Person", "name": name} for name in gold.get("authors") or ()]
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": gold["title"], "author": persons,
            "datePublished": gold["date"], "publisher": {"@type": "Organization", "name": OUTLET}}  # fmt: skip
    body = "".join(f"<p>{html.escape(part)}</p>" for part in gold["body"].split("\n") if part.strip())
    filled = layout.format(title=html.escape(gold["title"]), author=html.escape(author), date=gold["date"], body=body,
                           credit=f"<p>{html.escape(credit)}</p>" if credit else "", data=json.dumps(data))  # fmt: skip
    return filled.replace('<p class="byline">By </p>', "") if not author else filled


def coverage(article: Article, ident: str, url: str, seen: datetime, outlet: str | None = None) -> Coverage:
    return Coverage(
        id=ident, title=article.title or "", text=article.text, published=article.published,
        outlet=outlet or article.outlet or urlsplit(url).hostname or "", language=article.language, url=url,
        authors=article.authors, cited=article.cited, seen=seen, people=article.people, images=article.images,
        canonical=article.canonical_url, syndicated_from=article.syndicated_from, date_evidence=article.date_evidence,
        lists=article.lists, notices=article.notices,
    )  # fmt: skip


def judged(folder: Path, name: str, listed: bool) -> tuple:
    """One row: how many stand beside how many, and what was said of them."""
    counts: Counter[str] = Counter()
    for number, (gold, page) in enumerate(pages(folder, name)):
        url = gold.get("url") or f"https://{name}.example/{number}"
        read = extract(page, url=url)
        if contradicted(gold, read):
            continue
        seen = datetime.combine(day_of(gold), time(20), UTC)
        first = coverage(read, "first", url, seen)
        layout = (META, DATA, SHOWN)[number % 3]
        line = f"This article was originally published by {first.outlet}."
        others = []
        for ident, credit in (("credited", line), ("kept", "")):
            there = f"https://{HOST}/{ident}/{number}"
            again = extract(reprint(gold, layout, credit), url=there)
            others.append(coverage(again, ident, there, seen + timedelta(hours=20), OUTLET))
        found = {one.id: one for one in examine([first, *others])}
        for ident, one in found.items():
            counts["pages"] += 1
            counts[f"{ident} {one.role}"] += 1
            counts.update(set(one.flags) & ACCUSING)
            counts["accused"] += bool(set(one.flags) & ACCUSING)
            if listed and set(one.flags) & ACCUSING:
                kinds = ("date_differs", "name_differs", "mention_missing")
                print(gold["id"], ident, *(e for e in one.evidence if e.kind in kinds), sep="\n    ")
    told = counts["credited credited_copy"], counts["kept uncredited_copy"] + counts["kept credited_copy"]
    share = counts["accused"] / max(1, counts["pages"])
    return (name, counts["pages"], *told, *(counts[flag] for flag in sorted(ACCUSING)), f"{share:.4f}")


def alone(folder: Path, name: str, listed: bool) -> tuple:
    """One row: of how many pages it is said that they differ from themselves, and in what."""
    counts: Counter[str] = Counter()
    lines = (folder / name / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for gold in map(json.loads, lines):
        page = gzip.decompress((folder / name / "pages" / f"{gold['id']}.html.gz").read_bytes())
        url = gold["url"] if (gold.get("url") or "").startswith("http") else None
        found = check_page(extract(page, url=url), url).contradictions
        counts.update({one.kind for one in found} | {"pages"} | ({"any"} if found else set()))
        if listed:
            for one in found:
                print(gold["id"], url, one.kind, one.here, one.there, one.quote, sep="\n    ")
    return name, *(counts[kind] for kind in ("pages", "any", "name", "date", "time"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=shared())
    parser.add_argument("--set", nargs="+", choices=ALONE, help="without it all that are asked")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--alone", action="store_true", help="each page by itself")
    asked = parser.parse_args()
    folder = existing(asked.shared / "corpora" / "articles", "folder of pages")
    print(machine())
    if asked.alone:
        heads = ("set", "pages", "differs from itself", "name", "date", "time")
        print(table(heads, [alone(folder, name, asked.list) for name in asked.set or ALONE]))
        return
    heads = ("set", "pages", "credited, told so", "kept, told a copy", *sorted(ACCUSING), "accused")
    print(table(heads, [judged(folder, name, asked.list) for name in asked.set or SETS]))


if __name__ == "__main__":
    main()
