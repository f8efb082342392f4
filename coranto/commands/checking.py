"""The command that checks a page: what it says of itself, where it differs from itself, and who has its text."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

from coranto.commands import NOTHING, OK, Command, opened, settings_of
from coranto.commands.terminal import as_json, clean

WIDTH = 100
FIELDS = ("text", "html", "lists")
"""What the JSON leaves out of the article: it is in `coranto extract --json`."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="FILE|URL|-", help="a saved page or its text, an address, or - for standard input"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--url", help="the address the page stood at, to tell its own links from others")
    parser.add_argument("--allow-private", action="store_true", help="the address may be a private one")


def check_page(options: argparse.Namespace) -> int:
    from coranto.pipeline import checking, single

    document = single.document_of(options.target, options.url, options.allow_private, lambda: settings_of(options))
    without = no_store(options)
    if not without:
        opened(options)
    report = checking.check(document, with_store=not without)
    if options.json:
        from coranto.extract import to_json
        from coranto.stories.telling import to_record

        article = {name: value for name, value in to_json(report.article).items() if name not in FIELDS}
        as_json({"article": article, **to_record(report)})
    else:
        show(report, without, sys.stdout)
    return OK if report.article.kind != "none" else NOTHING


def no_store(options: argparse.Namespace) -> str:
    """Why there are no stored articles to compare with; empty where there are."""
    settings = settings_of(options)
    if settings.database_url or (settings.data / "coranto.sqlite3").is_file():
        return ""
    return f"Not compared with stored articles: there is no data folder {settings.data}. Name yours with --data."


def show(report, without: str, out: TextIO) -> None:
    """The report in words, part by part; a part with nothing in it is left out."""
    from coranto.commands import showing
    from coranto.stories import telling
    from coranto.stories.evidence import contradicted

    showing.heading(report.article, out)
    differing = map(contradicted, report.contradictions)
    part("Where the page differs from itself", [(one.says, one.quote) for one in differing], out)
    part("Whom it names", [(one.says, one.quote) for one in report.named], out)
    when = [(line, None) for line in telling.written_words(report.written)]
    part("When it was written", [*when, *((says, quote) for quote, says in telling.clue_words(report.written))], out)
    found = [(" ".join(telling.match_words(one)), one.article.title) for one in report.matches or ()]
    found += [(line, None) for line in [telling.order_words(report)] if line and found]
    if found:
        part("Who has its text", found, out)
    elif report.too_short:
        part("Who has its text", [("The text is too short to be compared.", None)], out)
    else:
        part("Who has its text", [(without or "No stored article shares a tenth of it.", None)], out)


def part(name: str, told: Iterable[tuple[str, str | None]], out: TextIO) -> None:
    """A heading and what is told under it, each with the words that bear it out."""
    told = list(told)
    if not told:
        return
    out.write(f"\n{name}\n")
    for says, quote in told:
        out.write(filled(says, "  ", "  "))
        if quote:
            out.write(filled(f"“{quote}”", "    ", "    "))


def filled(text: str, first: str, then: str) -> str:
    return textwrap.fill(
        clean(text), WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    ) + "\n"  # fmt: skip


COMMANDS = (
    Command(
        "check-page",
        "Say what a page tells of itself: names, dates, sources, where it differs from itself, and who has its text.",
        (
            "coranto check-page page.html",
            "coranto check-page https://news.example.org/2026/flood",
            "coranto check-page page.txt --json",
            "cat page.html | coranto check-page - --url https://news.example.org/a",
        ),
        arguments,
        check_page,
    ),
)
