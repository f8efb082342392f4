"""Commands about where news comes from: add, sources, fetch, opml."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict
from pathlib import Path

from coranto.commands import FAILED, NOTHING, OK, PARTLY, Command, CommandError, opened, say, warn
from coranto.commands.terminal import Progress, ago, as_json, span, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "targets", nargs="+", metavar="URL|FILE", help="home page, feed, sitemap, listing, article or OPML"
    )
    parser.add_argument("--section", help="the section its articles stand in")
    parser.add_argument("--name", help="the outlet's name, instead of the one found")
    parser.add_argument("--spacing", type=seconds, metavar="SECONDS", help="time between two requests to its host")
    parser.add_argument("--interval", type=seconds, metavar="SECONDS", help="a fixed time between two looks")
    parser.add_argument("--trust-feed", action="store_true", help="read the entries as they are, fetch no pages")
    parser.add_argument(
        "--fetch-pages", action="store_true", help="fetch each entry's page even where the feed is full"
    )
    parser.add_argument("--allow-private", action="store_true", help="this outlet may lie on a private address")
    parser.add_argument("--user-agent", help="a user agent for this outlet alone")
    parser.add_argument("--login", metavar="USER", help="sign in with this user name; the password is asked for")
    parser.add_argument("--header", metavar="'NAME: VALUE'", help="send this header with each request")
    parser.add_argument("--for", dest="account", metavar="ACCOUNT", help="with --login or --header: who alone sees it")
    parser.add_argument("--json", action="store_true", help="print what was added as JSON")


def seconds(given: str) -> float:
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 31_536_000:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of seconds")
    return value


def add(options: argparse.Namespace) -> int:
    if options.trust_feed and options.fetch_pages:
        raise CommandError("--trust-feed and --fetch-pages exclude each other.", "Give one of them", 2)
    credential = credential_of(options)
    settings = opened(options, web=credential is not None)
    from coranto.pipeline import adding

    wish = adding.Wish(
        section=options.section,
        name=options.name,
        spacing=options.spacing,
        interval=options.interval,
        reading="feed" if options.trust_feed else "page" if options.fetch_pages else None,
        allow_private=options.allow_private,
        user_agent=options.user_agent,
        credential=credential,
        private_to=account_id(options) if credential else None,
    )
    with Progress("Adding", len(options.targets)) as progress:
        found, failures = adding.add(settings, options.targets, wish, progress.step)
    for failure in failures:
        warn(f"coranto: {failure}")
    if options.json:
        as_json([asdict(one) for one in found])
    else:
        for one in found:
            say(one.sentence())
    if failures:
        return PARTLY if found else FAILED
    if not options.json and any(one.sources for one in found):
        say("Next: coranto fetch, or coranto run")
    return OK


def credential_of(options: argparse.Namespace) -> tuple[str, str, str] | None:
    if options.login and options.header:
        raise CommandError("--login and --header exclude each other.", "Give one of them", 2)
    if options.login:
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
        return ("basic", options.login, password)
    if options.header:
        name, colon, value = options.header.partition(":")
        if not colon or not name.strip() or not value.strip() or "\n" in options.header or "\r" in options.header:
            raise CommandError(f"{options.header!r} is no header.", "Write it as 'Name: value'", 2)
        return ("header", name.strip(), value.strip())
    return None


def account_id(options: argparse.Namespace) -> int:
    """Who alone sees an outlet that is fetched with a credential: the account named, else the only one there is."""
    from coranto.store import accounts

    if options.account:
        return accounts.named(options.account).id
    everybody = accounts.listed()
    if len(everybody) != 1:
        raise CommandError(
            "An outlet fetched with a credential is visible to one account only.", "Name it: --for ACCOUNT", 2
        )
    return everybody[0].id


def sources_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", default="list", choices=("list", "pause", "resume", "set", "remove"), help="default: list"
    )
    parser.add_argument("source", nargs="?", help="a source's number or address, or an outlet's name (not for list)")
    parser.add_argument("--json", action="store_true", help="list: print JSON")
    parser.add_argument("--section", help="set: the section its articles stand in")
    parser.add_argument("--interval", type=seconds, metavar="SECONDS", help="set: a fixed time between two looks")
    parser.add_argument("--spacing", type=seconds, metavar="SECONDS", help="set: time between two requests")
    parser.add_argument("--reading", choices=("auto", "feed", "page"), help="set: trust the feed or fetch the page")
    parser.add_argument("--user-agent", help="set: a user agent for this outlet alone")
    parser.add_argument("--with-articles", action="store_true", help="remove: its articles too")


def sources(options: argparse.Namespace) -> int:
    opened(options)
    from coranto.store import sources as rows

    if options.action == "list":
        return show(rows.listed(), options.json)
    row = the_source(options.source, options.action)
    if options.action == "pause":
        rows.pause(row.id)
    elif options.action == "resume":
        rows.resume(row.id)
    elif options.action == "remove":
        rows.delete_outlet(row.outlet_id, with_articles=options.with_articles)
    else:
        names = ("section", "interval", "spacing", "reading", "user_agent")
        changes = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
        if not changes:
            raise CommandError("sources set wants something to set.", "For example: --section Science", 2)
        rows.update(row.id, **changes)
    done = {"pause": "Paused", "resume": "Resumed", "remove": "Removed the outlet", "set": "Changed"}[options.action]
    say(f"{done}: {row.outlet} ({row.url})")
    return OK


def the_source(given: str | None, action: str):
    from coranto.store import sources as rows

    if not given:
        raise CommandError(
            f"sources {action} wants a source.", "Give its number, address or outlet; coranto sources", 2
        )
    row = rows.get(int(given) if given.isdecimal() else given)
    if row is None:
        raise CommandError(f"There is no source {given!r}.", "See what there is: coranto sources")
    return row


def show(found: list, json: bool) -> int:
    if json:
        as_json([{k: v for k, v in asdict(row).items() if k != "credential"} for row in found])
    else:
        rows = [
            (r.id, r.outlet, r.kind, r.health.state, ago(r.health.fetched), span(r.interval), r.articles, r.url)
            for r in found
        ]
        table(("id", "outlet", "kind", "health", "fetched", "every", "articles", "address"), rows)
        for row in found:
            if row.health.message:
                say(f"{row.outlet}: {row.health.message} {row.health.remedy}")
    if not found and not json:
        say("There are no sources yet. Add one: coranto add URL")
    return OK if found else NOTHING


def fetch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", help="sources by number, address or outlet; none: every source")
    parser.add_argument("--due", action="store_true", help="only those whose time has come by their interval")
    parser.add_argument("--no-pages", action="store_true", help="leave the pages behind entries to the background work")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def fetch(options: argparse.Namespace) -> int:
    settings = opened(options)
    from coranto.pipeline import fetching

    only = [the_source(given, "fetch").id for given in options.source] or None
    with Progress("Fetching") as progress:
        tally = fetching.fetch(settings, only, due_only=options.due, pages=not options.no_pages, report=progress.to)
    if options.json:
        as_json(asdict(tally))
    else:
        say(tally.sentence())
    for failure in tally.failures[:20]:
        warn(f"coranto: {failure}")
    if tally.failed > 20:
        warn(f"coranto: {tally.failed - 20} more sources failed; see: coranto sources")
    if not tally.sources:
        return NOTHING
    return OK if not tally.failed else FAILED if tally.failed == tally.sources else PARTLY


def opml_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="where to write; - is standard output")


def opml(options: argparse.Namespace) -> int:
    settings = opened(options)
    from coranto.pipeline.adding import as_opml

    text = as_opml(settings)
    if options.file == "-":
        sys.stdout.write(text)
    else:
        with Path(options.file).open("x", encoding="utf-8") as out:
            out.write(text)
    return OK


COMMANDS = (
    Command(
        "add",
        "Add outlets: a home page (its feed is found), a feed, sitemap, listing page, single article or OPML file.",
        (
            "coranto add https://news.example.org/",
            "coranto add subscriptions.opml",
            "coranto add https://news.example.org/feed.xml --section Science --trust-feed",
            "coranto add http://127.0.0.1:8700/opml --allow-private --spacing 0 --trust-feed",
        ),
        add_arguments,
        add,
    ),
    Command(
        "sources",
        "List the sources with their health, or change one.",
        (
            "coranto sources",
            "coranto sources --json",
            "coranto sources pause 12",
            "coranto sources set 12 --section Science --reading page",
            "coranto sources remove 'The Lantern' --with-articles",
        ),
        sources_arguments,
        sources,
    ),
    Command(
        "fetch",
        "Fetch now; ends when everything that was due is stored and searchable.",
        (
            "coranto fetch",
            "coranto fetch 12",
            "coranto fetch --due --json",
        ),
        fetch_arguments,
        fetch,
    ),
    Command(
        "opml", "Write the feeds as OPML, sections as folders.", ("coranto opml > feeds.opml",), opml_arguments, opml
    ),
)
