"""The command for the demo: invented outlets, served on loopback and read like any other."""

from __future__ import annotations

import argparse

from coranto.commands import NOTHING, OK, Command, opened, say
from coranto.commands.running import stop_when_closed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remove", action="store_true", help="remove all invented outlets and their articles")
    parser.add_argument("--add", action="store_true", help="only add the outlets; coranto run serves them")
    parser.add_argument("--while-open", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    settings = opened(options)
    from coranto import demo
    from coranto.pipeline import adding

    if options.remove:
        outlets, articles = adding.remove_demo(settings)
        say(
            f"Removed {outlets} invented outlets and {articles:,} articles" if outlets else "There is no demo to remove"
        )
        return OK if outlets else NOTHING
    found = adding.add_demo(settings)
    if options.add:
        say(f"Added {len(found)} invented outlets; they are served while coranto run or coranto demo runs")
        return OK
    stop_when_closed(options)
    demo.serve(settings.data, lambda state: say(*(f"{base}/  {name}" for name, base in state.bases.items())))
    return OK


COMMANDS = (
    Command(
        "demo",
        "Serve the demo's invented outlets on this machine, adding them first where they are not yet sources.",
        (
            "coranto demo",
            "coranto demo --add",
            "coranto demo --remove",
        ),
        arguments,
        run,
    ),
)
