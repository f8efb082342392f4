"""Commands that read pages and find them again: import, extract, reread, search."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from coranto.commands import FAILED, NOTHING, OK, PARTLY, Command, CommandError, opened, say, settings_of, warn
from coranto.commands.terminal import Progress, as_json, clean


def import_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = ".html, .html.gz, .txt, .mhtml, .warc(.gz), .wacz, .opml, or the .jsonl of an export"
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=f"files, or folders of files: {kinds}")
    parser.add_argument("--jobs", type=jobs, default=0, help="processes that read (default: one for each core)")
    parser.add_argument("--outlet", help="the outlet of pages that do not name one (default: the folder's name)")
    parser.add_argument("--section", help="the section the articles stand in")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def jobs(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 64:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of processes from 1 to 64")
    return int(given)


def import_(options: argparse.Namespace) -> int:
    for path in options.paths:
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}.", "Look for a slip in the path")
    settings = opened(options)
    from coranto.pipeline import importing

    with Progress("Importing") as progress:
        tally = importing.import_paths(
            settings,
            options.paths,
            jobs=options.jobs,
            outlet=options.outlet,
            section=options.section,
            report=progress.to,
        )
    if options.json:
        as_json(asdict(tally))
    else:
        say(tally.sentence())
    for failure in tally.failures[:20]:
        warn(f"coranto: {failure}")
    if tally.failed > 20:
        warn(f"coranto: {tally.failed - 20} more files gave nothing")
    if not tally.files:
        return NOTHING
    return OK if not tally.failed else PARTLY if tally.failed < tally.files else FAILED


def extract_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="FILE|URL|-", help="a saved page, an address, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print everything that was read, as JSON")
    parser.add_argument("--explain", action="store_true", help="show every part of the page, what became of it and why")
    parser.add_argument("--url", help="the address the page stood at, for its links")
    parser.add_argument("--allow-private", action="store_true", help="the address may be a private one")


NO_PARTS = "Leave --explain out to read it"


def extract(options: argparse.Namespace) -> int:
    from coranto.commands import showing
    from coranto.extract import to_json
    from coranto.pipeline import single

    document = single.document_of(options.target, options.url, options.allow_private, lambda: settings_of(options))
    told = single.explained(document) if options.explain else None
    if options.explain and told is None:
        raise CommandError(f"{options.target} is text without markup: there are no parts to explain.", NO_PARTS)
    article = told.article if told else single.read(document)
    if options.json:
        parts = {"blocks": [asdict(block) for block in told.blocks]} if told else {}
        as_json({**to_json(article), **parts})
    elif told:
        showing.heading(article, sys.stdout)
        sys.stdout.write("\n")
        showing.show_blocks(told.blocks, sys.stdout)
    else:
        showing.show_article(article, sys.stdout)
    return OK if article.kind != "none" else NOTHING


def reread_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--outlet", help="only the articles of this outlet")
    parser.add_argument("--json", action="store_true", help="print what changed as JSON")


def reread(options: argparse.Namespace) -> int:
    opened(options)
    from coranto.pipeline import rereading

    with Progress("Reading again") as progress:
        changes = rereading.reread(options.outlet, progress.to)
    if options.json:
        as_json(asdict(changes))
        return OK if changes.read else NOTHING
    say(
        f"{changes.marked:,} stored articles were read by an older reader; {changes.read:,} read now, "
        f"{changes.changed:,} of them otherwise"
    )
    for name, count in sorted(changes.fields.items(), key=lambda pair: -pair[1]):
        say(f"{name:<11}{count:,}")
        for example in changes.examples:
            if example.field == name:
                say(f"  {example.article_id}  {clean(example.title)}")
                say(f"    - {clean(example.before)}")
                say(f"    + {clean(example.after)}")
    if changes.failed:
        warn(f"coranto: the reader failed on {changes.failed:,} documents; the site's page Work lists them")
    return OK if changes.read else NOTHING


def search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", help='words, "phrases", -exclusions, author: outlet: topic:')
    parser.add_argument("--outlet", help="only this outlet")
    parser.add_argument("--author", help="only this author")
    parser.add_argument("--topic", help="only this topic")
    parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="from this day on")
    parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="up to and with this day")
    parser.add_argument("--limit", type=jobs, default=20, help="most results to print (default 20)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given!r} is no day; write it as 2026-11-24") from None


def search(options: argparse.Namespace) -> int:
    settings = opened(options)
    from coranto.store import search as found_by
    from coranto.store.values import Query

    query = Query(
        text=" ".join(options.query),
        outlet=options.outlet,
        author=options.author,
        topic=options.topic,
        since=options.since,
        until=options.until,
    )
    results = found_by.search(query, per=options.limit)
    if options.json:
        as_json(
            {
                "total": results.total,
                "capped": results.capped,
                "hits": [hit_json(hit, settings) for hit in results.hits],
            }
        )
        return OK if results.hits else NOTHING
    for hit in results.hits:
        card = hit.card
        say(f"{card.id}  {card.at:%Y-%m-%d}  {clean(card.outlet)}  {clean(card.title)}")
        say("    " + clean("".join(text for text, _ in hit.excerpt)))
    more = "more than " if results.capped else ""
    say(f"{more}{results.total:,} found" if results.total else "Nothing found")
    return OK if results.hits else NOTHING


def hit_json(hit, settings) -> dict:
    card = hit.card
    return {
        "id": card.id,
        "title": card.title,
        "outlet": card.outlet,
        "at": card.at,
        "address": f"{settings.site_url}/a/{card.id}",
        "excerpt": "".join(text for text, _ in hit.excerpt),
        "matches": [text for text, matched in (*hit.title, *hit.excerpt) if matched],
    }


COMMANDS = (
    Command(
        "import",
        "Import saved pages and archives; stopped or killed, the same command goes on where it was.",
        (
            "coranto import saved/",
            "coranto import crawl.warc.gz notes.txt --section Science",
            "coranto import articles.jsonl",
        ),
        import_arguments,
        import_,
    ),
    Command(
        "extract",
        "Read one page and print its article; nothing is stored, and the base installation is enough.",
        (
            "coranto extract page.html",
            "coranto extract https://news.example.org/2026/flood --json",
            "coranto extract page.html --explain",
            "cat page.html | coranto extract - --url https://news.example.org/a",
        ),
        extract_arguments,
        extract,
    ),
    Command(
        "reread",
        "Read stored originals again after the reader got better.",
        (
            "coranto reread",
            "coranto reread --outlet 'The Lantern'",
        ),
        reread_arguments,
        reread,
    ),
    Command(
        "search",
        "Search the stored articles.",
        (
            "coranto search harbour flood",
            "coranto search '\"night train\" -strike' --since 2026-11-01",
            "coranto search flood --outlet lantern --json",
        ),
        search_arguments,
        search,
    ),
)
