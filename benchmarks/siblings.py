"""What other pages of an outlet add to the reading of one: bodies with and without `siblings`, page by page.

    python benchmarks/siblings.py --corpus ../shared/corpora/articles

Every page of the sets whose domain has others in the same set is read alone and with those others at hand (its own
never among them). Scored as `../shared/bench/articles.py` does, by its own functions; the interval is a paired
bootstrap over domains. Pages that come out worse are named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from coranto.extract import extract
from coranto.extract.words import host

SETS = ("naeb", "fundus", "wcxb")
DRAWS = 2_000
Overlap = tuple[float, float, float]


def pages(corpus: Path, name: str) -> dict[str, list[dict]]:
    """The gold of a set by domain, for domains with several pages; each with its page as bytes."""
    found = defaultdict(list)
    for line in (corpus / name / "gold.jsonl").open(encoding="utf-8"):
        gold = json.loads(line)
        if gold.get("body"):
            found[host(gold.get("url"))].append(gold)
    several = {domain: golds for domain, golds in found.items() if domain and len(golds) > 1}
    for golds in several.values():
        for gold in golds:
            gold["page"] = gzip.decompress((corpus / name / "pages" / f"{gold['id']}.html.gz").read_bytes())
    return several


def f1(pairs: list[Overlap]) -> tuple[float, float, float]:
    """F1 of mean precision and mean recall, and both."""
    precision = statistics.mean(tp / (tp + fp) for tp, fp, _ in pairs if tp + fp)
    recall = statistics.mean(tp / (tp + fn) if tp + fn else 1 for tp, _, fn in pairs)
    return 2 * precision * recall / (precision + recall), precision, recall


def difference(domains: list[list[tuple[Overlap, Overlap]]]) -> tuple[float, float]:
    """The 95 % interval of the gain in F1, domains drawn again."""
    draw, gains = random.Random(1), []
    for _ in range(DRAWS):
        drawn = [pair for domain in draw.choices(domains, k=len(domains)) for pair in domain]
        gains.append(f1([after for _, after in drawn])[0] - f1([before for before, _ in drawn])[0])
    gains.sort()
    return gains[int(0.025 * DRAWS)], gains[int(0.975 * DRAWS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds one folder a set")
    options = parser.parse_args()
    sys.path.insert(0, str(options.corpus.parents[1] / "bench"))
    from articles import overlap

    print("| set | pages | alone: F1 P R | with siblings: F1 P R | gain [95 %] | pages changed | worse |")
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        domains, worse, changed = [], [], 0
        for golds in pages(options.corpus, name).values():
            pairs = []
            for gold in golds:
                others = [other["page"] for other in golds if other is not gold]
                alone = extract(gold["page"], gold["url"]).text
                beside = extract(gold["page"], gold["url"], siblings=others).text
                pairs.append((overlap(gold["body"], alone), overlap(gold["body"], beside)))
                changed += alone != beside
                if pairs[-1][1][0] < pairs[-1][0][0]:
                    worse.append(gold["id"])
            domains.append(pairs)
        every = [pair for pairs in domains for pair in pairs]
        before, after = f1([one for one, _ in every]), f1([other for _, other in every])
        low, high = difference(domains)
        print(
            f"| {name} | {len(every)} | {' '.join(f'{each:.4f}' for each in before)} |"
            f" {' '.join(f'{each:.4f}' for each in after)} | {after[0] - before[0]:+.4f} [{low:+.4f}, {high:+.4f}] |"
            f" {changed} | {' '.join(worse) or 'none'} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
