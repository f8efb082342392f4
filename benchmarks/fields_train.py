"""Learn which candidate for a field to believe, and write `coranto/extract/fields_model.json`.

    python benchmarks/fields_train.py --corpus ../shared/corpora/articles            # learn and write
    python benchmarks/fields_train.py --corpus ../shared/corpora/articles --check    # cross-validate by domain only

Needs NumPy and SciPy (they come with `pip install 'coranto[learn]'`); the file it writes needs neither. A field's
candidates are those that the reader itself gathers; a conditional logit with a small penalty learns one weight for each
signal so that the right candidate of a page weighs most. Pages of one registered domain are never in training and test
at once. Same corpus gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from coranto.extract import blocks, charset, context, dating, headlines, judging, metadata, signing, tree
from coranto.extract.words import host

SETS = {"naeb": 1.5, "fundus": 1.5, "wcxb": 1.0, "postlight": 1.0, "trafilatura": 0.7}
WITHOUT = ("naeb", "fundus", "wcxb")
EVEN = ("authors",)
"""Fields for which a page counts the same whatever its set."""
UNKNOWN = 0.35
FOLDS = 5
WAYS = ("", *"abcdefg")
"""The ways in which domains are parted into folds: what makes their digests differ."""
PENALTY = {"title": 3.0, "date": 2.0, "authors": 1.5}
FEWEST = 3
MODEL = Path(__file__).parent.parent / "coranto" / "extract" / "fields_model.json"

Signals = Mapping[str, float]


@dataclass
class Page:
    """One page ready for learning a field: the signals of each candidate, and whether it is right. Pages whose gold has
    no value (`known` is False) teach a little about when to believe nobody, and are not counted."""

    set: str
    domain: str
    candidates: list[Signals]
    right: list[bool]
    known: bool = True
    weight: float = 1.0


@dataclass
class Read:
    """One page as far as every field needs it."""

    facts: metadata.Facts
    layout: blocks.Layout
    sites: list[str]
    host: str
    url: str | None
    html: str


def read(html: str, url: str | None) -> Read | None:
    parsed, _ = tree.parse(charset.mended(html))
    if parsed.body is None:
        return None
    layout = blocks.lay_out(parsed)
    facts = metadata.gather(layout.elements)
    return Read(facts, layout, context.site_names(facts), host(url) or host(facts.canonical), url, html)


def fold(text: object) -> str:
    """As the judges compare titles and names."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", str(text or "")).casefold()).strip()


def day(value: str | None) -> str | None:
    """The calendar day at the beginning of a gold date."""
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", value or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def title_candidates(page: Read, gold: dict) -> list[tuple[Signals, bool]]:
    found = headlines.candidates(page.facts, page.layout, page.sites, page.host, page.url)
    return [(one.signals, fold(one.text) == fold(gold["title"])) for one in found.values()]


def date_candidates(page: Read, gold: dict) -> list[tuple[Signals, bool]]:
    _, headline = headlines.headline_of(page.facts, page.layout, page.sites, page.host, page.url)
    said = dating.witnesses(page.facts, page.layout, page.url, headline, page.html)
    right = gold.get("dates_ok") or [gold["date"]]
    days = dating.days_of(said, page.facts.is_news)
    return [(signals, day.isoformat() in right) for day, signals in days.items()]


def author_candidates(page: Read, gold: dict) -> list[tuple[Signals, bool]]:
    """Where the gold names nobody, nobody is right."""
    title, headline = headlines.headline_of(page.facts, page.layout, page.sites, page.host, page.url)
    outlet = context.outlet_of(page.facts, title, context.breadcrumb(page.facts, page.layout, title), page.host)
    found = signing.candidates(page.facts, page.layout, [*page.sites, outlet or "", page.host], headline)
    right = names(gold.get("authors"))
    return [(one.signals, names(one.names) == right) for one in found]


def names(values: Iterable[str] | None) -> set[str]:
    """As the judges compare authors."""
    bare = (re.sub(r"^\s*(by|von|par|por|di)\s+", "", str(value), flags=re.I) for value in values or ())
    return {name for name in map(fold, bare) if name}


FIELDS: dict[str, Callable[[Read, dict], list[tuple[Signals, bool]]]] = {
    "title": title_candidates,
    "date": date_candidates,
    "authors": author_candidates,
}


def domain_of(url: str | None, name: str) -> str:
    labels = (host(url) or name).split(".")
    short = len(labels) > 2 and labels[-2] in ("co", "com", "org", "net", "gov", "ac") and len(labels[-1]) == 2
    return ".".join(labels[-3 if short else -2 :])


def load(corpus: Path, fields: Iterable[str]) -> dict[str, list[Page]]:
    """The pages of each of `fields` that has a gold value for them."""
    found: dict[str, list[Page]] = {field: [] for field in fields}
    for name in SETS:
        for line in (corpus / name / "gold.jsonl").open(encoding="utf-8"):
            gold = json.loads(line)
            gold["date"] = day(gold.get("date"))
            wanted = [field for field in found if gold.get(field) or (field == "authors" and name in WITHOUT)]
            if not wanted:
                continue
            data = gzip.decompress((corpus / name / "pages" / f"{gold['id']}.html.gz").read_bytes())
            page = read(data.decode("utf-8", "replace"), gold.get("url"))
            if page is None:
                continue
            for field in wanted:
                pairs = FIELDS[field](page, gold)
                signals, right = [one for one, _ in pairs], [so for _, so in pairs]
                domain = domain_of(gold.get("url"), gold["id"])
                known = bool(gold.get(field))
                weight = (1.0 if field in EVEN else SETS[name]) * (1.0 if known else UNKNOWN)
                found[field].append(Page(name, domain, signals, right, known, weight))
    return found


def learn(pages: list[Page], penalty: float) -> dict[str, float]:
    """The weights under which right candidates weigh most, by a conditional logit."""
    pages = [page for page in pages if any(page.right) and not all(page.right)]
    seen = Counter(name for page in pages for name in set().union(*page.candidates))
    names = sorted(name for name, times in seen.items() if times >= FEWEST)
    column = {name: number for number, name in enumerate(names)}
    rows = [one for page in pages for one in page.candidates]
    named = ((row, name, value) for row, one in enumerate(rows) for name, value in one.items())
    cells = [(value, row, column[name]) for row, name, value in named if name in column]
    values, at_row, at_column = zip(*cells, strict=True)
    table = csr_matrix((values, (at_row, at_column)), (len(rows), len(names)))
    right = numpy.array([so for page in pages for so in page.right])
    of_page = numpy.repeat(numpy.arange(len(pages)), [len(page.candidates) for page in pages])
    starts = numpy.searchsorted(of_page, numpy.arange(len(pages)))
    weight = numpy.array([page.weight for page in pages])

    def loss(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        sums = table @ weights
        likely = numpy.exp(sums - numpy.maximum.reduceat(sums, starts)[of_page])
        hits = numpy.where(right, likely, 0.0)
        total, hit = numpy.add.reduceat(likely, starts), numpy.add.reduceat(hits, starts)
        slope = table.T @ ((likely / total[of_page] - hits / hit[of_page]) * weight[of_page])
        value = -(weight * numpy.log(hit / total)).sum() + penalty * (weights @ weights) / 2
        return value, slope + penalty * weights

    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True) if abs(value) >= 0.005}


def hits(page: Page, weights: dict[str, float]) -> bool:
    """Whether the candidate that weighs most is right."""
    sums = [sum(weights.get(name, 0.0) * value for name, value in one.items()) for one in page.candidates]
    return bool(sums) and page.right[sums.index(max(sums))]


def check(field: str, pages: list[Page]) -> None:
    """Print by set how often the field is right where the weights saw no page of the domain, over all ways to part
    the domains."""
    results: dict[str, list[bool]] = {name: [] for name in SETS}
    for way in WAYS:
        fold_of = [int(hashlib.sha256(f"{way}{page.domain}".encode()).hexdigest(), 16) % FOLDS for page in pages]
        for number in range(FOLDS):
            known = [page for page, own in zip(pages, fold_of, strict=True) if own != number]
            weights = learn(known, PENALTY[field])
            for page, own in zip(pages, fold_of, strict=True):
                if own == number and page.known:
                    results[page.set].append(hits(page, weights))
    for name, right in results.items():
        if right:
            best = statistics.mean(any(page.right) for page in pages if page.set == name and page.known)
            size = len(right) // len(WAYS)
            print(f"{field} {name}: {statistics.mean(right):.3f} of {size} (among the candidates: {best:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds one folder a set")
    parser.add_argument("--check", action="store_true", help="cross-validate by domain and write nothing")
    options = parser.parse_args()
    if options.check:
        for field, pages in load(options.corpus, FIELDS).items():
            check(field, pages)
        return
    # Dates and names are looked for around the headline, which must be the one of the weights that are written.
    for fields in (("title",), ("date", "authors")):
        write({field: learn(pages, PENALTY[field]) for field, pages in load(options.corpus, fields).items()})


def write(learned: dict[str, dict[str, float]]) -> None:
    """Put what was learned in the model's file, and let the reader go by it."""
    weights = json.loads(MODEL.read_text("utf-8")) | learned
    MODEL.write_text(json.dumps(weights, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    judging.weights.cache_clear()
    print(f"{', '.join(learned)}: {sum(map(len, weights.values()))} weights, {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
