"""Measure how links to articles are told from the rest, on the corpora's pages, and fit the weights.

    python benchmarks/listings.py                 # score
    python benchmarks/listings.py --fit           # print weights fitted on the domains that are not held aside

The corpora hold no home pages; what is known of the links on their article pages is: a link to an address that is
itself a page of the corpora, or that stands in a list of other articles' headlines (as `Article.lists` finds them),
leads to an article; a link in a menu, a header or a footer does not, unless the page lists the same address as an
article. Other links are left out. Each page is read twice: as it is, and bare, without the classes, ids, roles and
elements by which menus name themselves, so that words, addresses and structure must do. A third of the domains is
held aside. Every page weighs the same. Beside it stands the plainest reading: words of 25 characters or more.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from flattened import is_held
from instruments import existing, machine, shared, table

from coranto.extract import extract
from coranto.extract.listing import WEIGHTS, Row, links, measured
from coranto.extract.tree import parse

SETS = ("naeb", "fundus", "wcxb", "trafilatura", "postlight")
MENUS = "nav a[href], footer a[href], header nav a[href], [role=navigation] a[href], [class*=footer] a[href]"
FEWEST = 3
_NAMES = re.compile(r"""\s(?:class|id|role|aria-[\w-]+|itemprop|itemtype|data-[\w-]+)=(?:"[^"]*"|'[^']*'|[^\s>]+)""")
_ELEMENTS = re.compile(r"<(/?)(?:nav|header|footer|aside|article|main|section|menu)\b", re.I)

Case = tuple[str, str, bool, dict[str, bool]]
"""A page's HTML and address, whether its domain is held aside, and what its links are: True for an article."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=shared() / "corpora" / "articles")
    parser.add_argument("--set", nargs="+", default=SETS)
    parser.add_argument("--every", type=int, default=4, help="take every Nth page only (4)")
    parser.add_argument("--fit", action="store_true", help="fit the weights and print them (needs NumPy)")
    parser.add_argument("--show", type=int, default=0, help="show this many links that were taken for the wrong thing")
    options = parser.parse_args()
    print(machine())
    found = list(cases(existing(options.corpus, "corpus"), options.set, options.every))
    if options.fit:
        fit(found)
        return
    rows = []
    for form, change in (("as it is", str), ("bare", bare)):
        for name, read in (("coranto", by_coranto), ("25 characters", by_length)):
            for held in (False, True):
                part = [(change(html), url, truth) for html, url, aside, truth in found if aside == held]
                rows.append((form, name, "held aside" if held else "at hand", *scores(part, read, options.show)))
    print(table(("page", "read by", "domains", "pages", "articles", "others", "precision", "recall", "F1"), rows))


def cases(corpus: Path, sets: list[str], every: int) -> Iterator[Case]:
    """Pages with at least a few links of either kind."""
    gold = [
        (name, json.loads(line)) for name in sets for line in (corpus / name / "gold.jsonl").open(encoding="utf-8")
    ]
    known = {bare_address(page.get("url") or "") for _, page in gold} - {""}
    for name, page in gold[::every]:
        url = page.get("url") or ""
        if not url.startswith("http"):
            continue
        data = gzip.decompress((corpus / name / "pages" / f"{page['id']}.html.gz").read_bytes())
        html = data.decode("utf-8", "replace")
        truth = truth_of(html, url, known)
        if min(sum(truth.values()), len(truth) - sum(truth.values())) >= FEWEST:
            yield html, url, is_held(url), truth


def bare_address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url).rstrip("/")


def truth_of(html: str, url: str, known: set[str]) -> dict[str, bool]:
    """What is known of the page's links, by bare address."""
    listed = extract(html, url).lists
    articles = {
        bare_address(link.url)
        for found in (listed.related, listed.ranking, listed.recommended, listed.most_read)
        for link in found
        if link.url and link.title.count(" ") >= 3
    }
    tree, _ = parse(html)
    menus = {bare_address(row.address) for row in measured("".join(node.html for node in tree.css(MENUS)), url)}
    found = {bare_address(row.address) for row in measured(html, url)}
    truth = {address: False for address in menus & found if address not in known | articles}
    return truth | {address: True for address in found & (articles | known)}


def bare(html: str) -> str:
    """A page without the names by which its containers give themselves away."""
    return _ELEMENTS.sub(r"<\1div", _NAMES.sub("", html))


def by_coranto(html: str, url: str) -> dict[str, bool]:
    return {bare_address(link.url): link.article for link in links(html, url)}


def by_length(html: str, url: str) -> dict[str, bool]:
    return {bare_address(row.address): len(row.words) >= 25 for row in measured(html, url)}


def scores(part: list[tuple[str, str, dict]], read: Callable[[str, str], dict], show: int) -> tuple:
    """Pages, links of both kinds, precision, recall and F1 of the links taken for articles, each page weighing 1."""
    right = wrong = missed = 0.0
    for html, url, truth in part:
        got = read(html, url)
        taken = {address for address, article in got.items() if article}
        articles = {address for address, article in truth.items() if article}
        others = set(truth) - articles
        right += len(articles & taken) / len(articles)
        missed += len(articles - taken) / len(articles)
        wrong += len(others & taken) / len(others)
        if show and read is by_coranto:
            for address in sorted((articles - taken) | (others & taken))[:2]:
                print("missed" if address in articles else "wrong ", address)
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    count = sum(sum(truth.values()) for _, _, truth in part)
    both = 2 * precision * recall / (precision + recall or 1)
    return len(part), count, sum(len(truth) for _, _, truth in part) - count, precision, recall, both


def fit(found: list[Case]) -> None:
    """Print weights by logistic regression on the domains at hand, each page read as it is and bare."""
    import numpy

    names = [name for name in WEIGHTS if name != "base"]
    signals, labels, weights = [], [], []
    for html, url, aside, truth in found:
        if aside:
            continue
        articles = sum(truth.values())
        for text in (html, bare(html)):
            for row in measured(text, url):
                if (label := truth.get(bare_address(row.address))) is not None:
                    signals.append(vector(row, names))
                    labels.append(float(label))
                    weights.append(1 / (articles if label else len(truth) - articles))
    rows, labels, weights = numpy.array(signals), numpy.array(labels), numpy.array(weights)
    guess = numpy.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + numpy.exp(-rows @ guess))
        slope = rows.T @ (weights * (labels - chance)) - 1.0 * guess
        bend = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + numpy.eye(rows.shape[1])
        guess += numpy.linalg.solve(bend, slope)
    for name, weight in zip(["base", *names], guess, strict=True):
        print(f'    "{name}": {weight:.2f},')


def vector(row: Row, names: list[str]) -> list[float]:
    return [1.0, *(float(name in row.signals) for name in names)]


if __name__ == "__main__":
    main()
