"""Commands about For you: train and evaluate."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from coranto.commands import NOTHING, OK, Command, CommandError, opened, say, settings_of
from coranto.commands.terminal import as_json, table


def train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--undo", action="store_true", help="go back to the model before, or to none")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def train(options: argparse.Namespace) -> int:
    opened(options)
    from coranto.ranking import CannotTrain
    from coranto.store import taught

    if options.undo:
        if not taught.drop():
            say("No model is in use.")
            return NOTHING
        say("The model before is in use again." if taught.current() else "No model is in use any more.")
        return OK
    from coranto.pipeline import learning

    try:
        outcome = learning.learn()
    except CannotTrain as reason:
        raise CommandError(f"{reason}.") from None
    figures = outcome.model.figures
    if options.json:
        as_json({"kept": outcome.kept, "rolled_back": outcome.rolled_back, **figures})
        return OK
    say(f"{figures['impressions']:,} lists learned from; {figures['held out']:,} of later days to try it on:")
    ways = list(figures["auc"])[:-1]
    rows = [
        (name, *(one[way] for way in ways), "{:+.4f} [{:+.4f}, {:+.4f}]".format(*one["difference"]))
        for name, one in (("AUC", figures["auc"]), ("nDCG@10", figures["ndcg10"]))
    ]
    table(("", *ways, "best less fixed"), rows)
    if outcome.kept:
        say("It does better than the fixed weights, and is in use from now on. Go back with: coranto train --undo")
    else:
        say("It does no better than the fixed weights, and is not used.")
    if outcome.rolled_back:
        say("Nor does the model that was in use: it is put away.")
    return OK


def evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER",
        help="a data set: news.tsv, test.tsv and train.tsv, as docs/ranking.md has it (default: this site's log)",
    )  # fmt: skip
    parser.add_argument("--last", action="store_true", help="of this site's log, the last list of each reader")
    parser.add_argument("--json", action="store_true", help="print JSON")


def evaluate(options: argparse.Namespace) -> int:
    if options.folder is None:
        opened(options)
    from coranto.pipeline import learning
    from coranto.ranking.datasets import BadData
    from coranto.vectors import Looking

    settings = settings_of(options)
    Looking.as_set(settings.meaning, settings.vectors)

    try:
        found, why = learning.measured(options.folder, options.last)
    except BadData as fault:
        raise CommandError(f"{fault}.", "See docs/ranking.md for the form of a data set") from None
    if not found:
        say("There is no list of which something was opened: nothing to measure yet.")
        return NOTHING
    if options.json:
        as_json([asdict(row) for row in found])
        return OK
    say(f"{found[0].lists:,} lists; in brackets 95 % intervals by bootstrap.")
    orders = {"auc": "AUC", "mrr": "MRR", "ndcg5": "nDCG@5", "ndcg10": "nDCG@10"}
    table(
        ("", *orders.values()), [(row.system, *(str(row.orders[name]) for name in orders)) for row in found]
    )
    say("", "What the first ten of each list are like:")
    table(
        ("", "coverage", "diversity", "novelty", "copies"),
        [(row.system, f"{row.coverage:.2f}", *map(str, (row.diversity, row.novelty, row.copies))) for row in found],
    )
    say("", "Paired differences to tfidf:")
    rows = [(row.system, *map(str, row.differences.values())) for row in found if row.differences]
    table(("", *orders.values()), rows)
    if why:
        say("", f"Not trained: {why}.")
    return OK


COMMANDS = (
    Command(
        "train",
        "Learn from all readers' logs how For you is to be ordered; what does no better on held-out days is not used.",
        ("coranto train", "coranto train --undo"),
        train_arguments,
        train,
    ),
    Command(
        "evaluate",
        "Measure For you beside plain orders, on this site's log or on a data set.",
        ("coranto evaluate", "coranto evaluate --last", "coranto evaluate ../shared/corpora/recs"),
        evaluate_arguments,
        evaluate,
    ),
)
