"""What the words in containers' names weigh, learned by logistic regression for `coranto/extract/body_names.json`.

A part of `articles_train.py`. The features of a run are the words of its box, of the two around it and of those further
out (`coranto.extract.naming`); only words that at least `DOMAINS` domains use count, so that nothing of a single outlet
is learned. Needs NumPy and SciPy, which come with LightGBM.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy
from scipy import optimize, sparse

from coranto.extract import naming
from coranto.extract.blocks import Layout

DOMAINS = 8
RIDGE = 3.0
STEPS = 80
LEAST = 0.02

Name = tuple[str, int]
"""A word and where it stands: `naming.OWN`, `NEAR` or `FAR`."""


_PLACES = (naming.OWN, naming.NEAR, naming.NEAR, naming.FAR)


def names_of(layout: Layout) -> list[list[Name]]:
    """The names around every run, each as often as it is weighed there; the page's own box is left out."""
    by_box: dict[int, list[Name]] = {}
    for run in layout.runs:
        if run.box not in by_box:
            by_box[run.box] = [
                (word, _PLACES[min(step, 3)])
                for step, number in enumerate(layout.ancestors(run.box))
                if number or not step
                for word in naming.words_of(layout.boxes[number].tag, layout.boxes[number].ident)
            ]
    return [by_box[run.box] for run in layout.runs]


class NameWeights:
    """Weights of names, fitted to labelled runs."""

    def __init__(
        self,
        domains: Sequence[str],
        names: Sequence[list[list[Name]]],
        labels: numpy.ndarray,
        weights: numpy.ndarray,
    ) -> None:
        """`domains` and `names` by page; `labels` and `weights` of all their runs in order."""
        seen: dict[Name, set[str]] = defaultdict(set)
        for domain, runs in zip(domains, names, strict=True):
            for name in {name for run in runs for name in run}:
                seen[name].add(domain)
        common = sorted(name for name, those in seen.items() if len(those) >= DOMAINS)
        self.columns = {name: column for column, name in enumerate(common)}
        fitted = self._fit(self._matrix(names), labels, weights / weights.mean())[:-1].round(2)
        self.fitted = numpy.where(abs(fitted) < LEAST, 0.0, fitted)

    def _matrix(self, names: Iterable[list[list[Name]]]) -> sparse.csr_matrix:
        columns, ends = [], [0]
        for runs in names:
            for run in runs:
                columns.extend(self.columns[name] for name in run if name in self.columns)
                ends.append(len(columns))
        return sparse.csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(self.columns)))

    @staticmethod
    def _fit(matrix: sparse.csr_matrix, labels: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
        """The weights, with the constant last: it is the model's to know and leaves no trace in the file."""

        def loss(fitted: numpy.ndarray) -> tuple[float, numpy.ndarray]:
            sums = matrix @ fitted[:-1] + fitted[-1]
            errors = weights * (1 / (1 + numpy.exp(-sums)) - labels)
            value = (weights * (numpy.logaddexp(0, sums) - labels * sums)).sum() + RIDGE / 2 * (fitted[:-1] ** 2).sum()
            return value, numpy.append(matrix.T @ errors + RIDGE * fitted[:-1], errors.sum())

        start = numpy.zeros(matrix.shape[1] + 1)
        return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x

    def table(self) -> dict[str, list[float]]:
        """The weights by word, as `body_names.json` holds them."""
        found: dict[str, list[float]] = {}
        for (word, place), column in self.columns.items():
            if self.fitted[column]:
                found.setdefault(word, [0.0, 0.0, 0.0])[place] = round(float(self.fitted[column]), 2)
        return found

    def sums(self, names: list[list[Name]]) -> numpy.ndarray:
        """What the names around each run of a page weigh together, as `Page.path` has it."""
        return self._matrix([names]) @ self.fitted
