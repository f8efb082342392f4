"""Learn to tell articles from pages that hold none, and write `coranto/extract/kinds_model.json`.

    python benchmarks/kinds_train.py --corpus ../shared/corpora/articles            # learn and write
    python benchmarks/kinds_train.py --corpus ../shared/corpora/articles --check    # cross-validate by domain only

The corpora hold articles alone (but for some ten pages of `wcxb`). Pages without one are made from them: the element
that holds the gold body gives way to a list of other articles' headlines, openings and dates in one of five kinds of
markup (`listing`), or to nothing (`frame`: menus, teasers and footers as the site has them), and what metadata say of
an article goes. Needs NumPy and SciPy. Pages of one registered domain are never in training and test at once. Same
corpus gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html as markup
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy
from fields_train import domain_of
from scipy.optimize import minimize
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coranto.extract import kinds, reader

SETS = ("naeb", "fundus", "wcxb", "daniel")
MADE = ("listing", "frame")
FOLDS = 5
RIDGE = 1.0
LOST = 0.005
"""The share of the articles that the judge is asked about which may be taken for something else."""
WEIGHT = {"article": 1.0, "listing": 1.0, "frame": 0.5}
MODEL = Path(__file__).parent.parent / "coranto" / "extract" / "kinds_model.json"
OF_ARTICLE = re.compile(
    r"article:|og:(?:type|title|description|updated|published)|twitter:(?:title|description|label|data)|parsely|sailthru|"
    r"dc|date|pub|author|description|news_keywords|cxense",
    re.I,
)
NAMES = ("News", "Sport", "Wirtschaft", "Culture", "Opinion", "Latest stories", "Politique", "Mundo", "Blog", "Archive")
ADDRESSES = (
    "/news/", "/sport/football", "/category/economy", "/blog", "/tag/central-bank", "/latest", "/2025/11/",
    "/topic/10482/", "/author/the-staff-of-the-paper/", "/best-of-the-city-this-week", "/")  # fmt: skip

Teaser = tuple[str, str, str]
"""Another article's headline, opening and date."""


@dataclass
class Page:
    """One page as the judge sees it; `stated` tells that it calls itself an article, so that nobody asks the judge."""

    set: str
    what: str
    domain: str
    signals: dict[str, float]
    stated: bool

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.domain.encode()).hexdigest(), 16) % FOLDS


def pages(corpus: Path) -> Iterator[Page]:
    chance = random.Random(1)
    gold = {name: [json.loads(line) for line in (corpus / name / "gold.jsonl").open(encoding="utf-8")] for name in SETS}
    pool = [
        (one["title"], opening(one["body"], chance), (one.get("date") or "2025-05-12")[:10])
        for name in SETS
        for one in gold[name]
        if one.get("title") and one.get("body")
    ]
    for name in SETS:
        for one in gold[name]:
            data = gzip.decompress((corpus / name / "pages" / f"{one['id']}.html.gz").read_bytes())
            html, domain = data.decode("utf-8", "replace"), domain_of(one.get("url"), one["id"])
            # Every other page without an address, so that its text must tell.
            yield looked_at(name, "article", domain, html, one.get("url") if chance.random() < 0.5 else None)
            for what in MADE:
                teasers = chance.choices(pool, k=chance.randint(8, 24)) if what == "listing" else []
                made = without_article(html, one.get("body") or "", teasers, chance)
                if made:
                    url = f"https://{domain}{chance.choice(ADDRESSES)}" if chance.random() < 0.5 else None
                    yield looked_at(name, what, domain, made, url)


def opening(body: str, chance: random.Random) -> str:
    """The beginning of a text as lists of articles show it: broken off, or closed like a sentence."""
    words = " ".join(body[: chance.randint(60, 260)].split()).rpartition(" ")[0]
    return words + chance.choice(("…", " ...", ".", ""))


def looked_at(name: str, what: str, domain: str, html: str, url: str | None) -> Page:
    read = reader.read_page(html, url, headers=None, charset=None, rules=(), profile=None)
    signals = kinds.signals(read.layout, read.body, read.article.text, url) if read.layout else {}
    stated = bool(read.known and read.known.article)
    return Page(name, what, domain, signals, stated)


def without_article(html: str, body: str, teasers: list[Teaser], chance: random.Random) -> str | None:
    """The page with `teasers` in place of its article, None where the article is not found in one place."""
    tree = LexborHTMLParser(html)
    paragraphs = [" ".join(part.split())[:60] for part in body.splitlines() if len(part.strip()) > 40]
    place = holder(tree.body, paragraphs) if tree.body is not None and len(paragraphs) > 1 else None
    if place is None:
        return None
    for node in tree.css('script[type*="ld+json"]'):
        node.decompose()
    for node in tree.css("meta"):
        told = node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop") or ""
        if OF_ARTICLE.match(told):
            node.decompose()
    name = chance.choice(NAMES)
    for node in tree.css("h1"):
        node.decompose()
    place.replace_with(element(f"<section><h1>{name}</h1>{listed(teasers, chance.randrange(5))}</section>", "section"))
    for node in tree.css("title")[:1]:
        node.replace_with(element(f"<title>{name}</title>", "title"))
    return tree.html


def holder(node: LexborNode, paragraphs: list[str]) -> LexborNode | None:
    """The innermost element that holds most of `paragraphs`."""

    def held(one: LexborNode) -> int:
        text = " ".join(one.text(separator=" ").split())
        return sum(part in text for part in paragraphs)

    most = 0.8 * held(node)
    if most < 0.5 * len(paragraphs):
        return None
    outermost = node
    while inner := next((one for one in node.iter() if one.tag not in ("script", "style") and held(one) >= most), None):
        node = inner
    return node if node is not outermost else None


def listed(teasers: list[Teaser], form: int) -> str:
    rows = []
    for number, (title, opening, date) in enumerate(teasers):
        title, opening = markup.escape(title), markup.escape(opening)
        link = f'<a href="/a/{number}-{re.sub(r"[^a-z]+", "-", title.lower())[:50]}">{title}</a>'
        rows.append((
            f"<h2>{link}</h2><p>{opening}</p>",
            f"<article><h3>{link}</h3><time>{date}</time><p>{opening}</p></article>",
            f"<li>{link}</li>",
            f"<div><span>{date}</span><h3>{link}</h3></div>",
            f'<div><a href="/a/{number}"><h3>{title}</h3><p>{opening}</p></a></div>',
        )[form])  # fmt: skip
    return f"<div>{''.join(rows)}</div>"


def element(html: str, selector: str) -> LexborNode:
    return LexborHTMLParser(html).css_first(selector)


def learn(known: list[Page]) -> dict[str, float]:
    """Weights by logistic regression; articles and made pages weigh the same together."""
    names = sorted(set().union(*(page.signals for page in known)))
    table = numpy.array([[page.signals.get(name, 0.0) for name in names] for page in known])
    right = numpy.array([page.what == "article" for page in known], float)
    weight = numpy.array([WEIGHT[page.what] for page in known])
    weight *= numpy.where(right > 0, (weight * (1 - right)).sum() / (weight * right).sum(), 1.0)

    def loss(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        sums = table @ weights
        wrong = weight * (1 / (1 + numpy.exp(-sums)) - right)
        value = (weight * (numpy.logaddexp(0, sums) - right * sums)).sum() + RIDGE / 2 * (weights @ weights)
        return value, table.T @ wrong + RIDGE * weights

    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def chances(known: list[Page], weights: dict[str, float]) -> list[float]:
    sums = [sum(weights.get(name, 0.0) * value for name, value in page.signals.items()) for page in known]
    return [float(one) for one in 1 / (1 + numpy.exp(-numpy.array(sums)))]


def across(known: list[Page]) -> dict[int, float]:
    """The chance of each page by weights that saw no page of its domain."""
    found: dict[int, float] = {}
    for fold in range(FOLDS):
        weights = learn([page for page in known if page.fold != fold])
        asked = [page for page in known if page.fold == fold]
        found.update(zip(map(id, asked), chances(asked, weights), strict=True))
    return found


def threshold(known: list[Page], chance: dict[int, float]) -> float:
    """The chance below which no more than `LOST` of the articles lie, judged across domains."""
    of_articles = sorted(chance[id(page)] for page in known if page.what == "article" and not page.stated)
    return round(min(of_articles[int(LOST * len(of_articles))], 0.5), 3)


def report(known: list[Page], chance: dict[int, float], least: float) -> None:
    print(f"threshold {least}")
    for name in SETS:
        for what in ("article", *MADE):
            asked = [page for page in known if (page.set, page.what, page.stated) == (name, what, False)]
            told = sum(chance[id(page)] < least for page in asked)
            print(f"{name}, {what}: {told} of {len(asked)} taken for no article")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds one folder a set")
    parser.add_argument("--check", action="store_true", help="cross-validate by domain and write nothing")
    options = parser.parse_args()
    known = [page for page in pages(options.corpus) if page.signals]
    chance = across(known)
    least = threshold(known, chance)
    report(known, chance, least)
    if not options.check:
        model = {"threshold": least, "weights": learn(known)}
        MODEL.write_text(json.dumps(model, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
