"""Learning from the readers' log: a model is made, tried, kept or rolled back; and For you is measured on the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coranto.ranking import CannotTrain, Impression, Model, train
from coranto.ranking.datasets import data_set
from coranto.ranking.evaluating import Row, evaluate, systems
from coranto.ranking.recommend import gain
from coranto.store import taught
from coranto.store.impressions import impressions

EARLIER = 0.8
"""The share of the log, by time, that is learned from where the rest is to be ordered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a training: the model that was made, and whether it is 'kept' or 'not better'; `rolled_back` where
    the one that was in use is not better than none any more either, and is so no longer."""

    model: Model
    kept: bool
    rolled_back: bool


def learn() -> Outcome:
    """Make a model of the whole log and use it if it did better on held-out days than the fixed weights; else try the
    one in use on the latest days and drop it if it does not, unless no list there is of its kind. CannotTrain where the
    log is too small."""
    log = list(impressions())
    made = train(log)
    if made.better:
        taught.keep(made)
        return Outcome(made, True, False)
    used = taught.current()
    gained = gain(used, log[int(len(log) * EARLIER) :]) if used is not None else None
    worse = gained is not None and gained <= 0
    if worse:
        taught.drop()
    return Outcome(made, False, worse)


def measured(folder: Path | None, last: bool = False) -> tuple[list[Row], str | None]:
    """For you beside plain orders: on the later part of this site's log, with `last` on the last list of each reader,
    or on a data set; and why nothing was learned from the lists before, where nothing was."""
    if folder is not None:
        before, later = data_set(folder)
    elif last:
        later = list(impressions(last=True))
        starts = min((one.at for one in later), default=None)
        before = [one for one in impressions() if starts is not None and one.at < starts]
    else:
        log = list(impressions())
        edge = int(len(log) * EARLIER)
        before, later = log[:edge], log[edge:]
    model, why = _of(before)
    return evaluate(later, systems(model)), why


def _of(before: Sequence[Impression]) -> tuple[Model | None, str | None]:
    try:
        return train(before), None
    except CannotTrain as reason:
        return None, str(reason)
