"""One article on a terminal: its particulars, what backs its date, its text, what was set apart, and with `blocks` what
became of each part of its page. Colours go to terminals alone; every part has its word beside it anyway."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterable
from typing import TextIO

from coranto.articles import Article
from coranto.commands.terminal import clean
from coranto.extract import Block

WIDTH = 100
COLOURS = {
    "body": "", "title": "1;36", "subtitle": "36", "byline": "33", "date": "33", "caption": "35", "topics": "33",
    "breadcrumb": "33", "list": "34",
}  # fmt: skip
CLUTTER = "2"
LABEL = 11
LISTS = ("related", "ranking", "recommended", "most_read", "comments", "promotion", "repeated")


def show_article(article: Article, out: TextIO) -> None:
    """The article as plain text between its particulars and what was set apart from it."""
    heading(article, out)
    if article.text:
        out.write("\n" + "\n\n".join(clean(part) for part in article.text.split("\n\n")) + "\n")
    apart = [(name.replace("_", " "), len(getattr(article.lists, name))) for name in LISTS]
    apart.append(("notices", len(article.notices)))
    if told := ", ".join(f"{name} {count}" for name, count in apart if count):
        out.write(f"\nSet apart: {told}\n")


def heading(article: Article, out: TextIO) -> None:
    """Headline and particulars, a line each; what a page does not give is left out."""
    rows = [
        ("Outlet", article.outlet),
        ("Section", " > ".join(article.breadcrumb) or article.section),
        ("By", ", ".join(article.authors)),
        ("Published", article.published and article.published.isoformat()),
        ("Modified", article.modified and article.modified.isoformat()),
        ("Topics", ", ".join(article.tags)),
        ("Language", article.language),
        ("Kind", f"{article.kind} ({article.confidence:.0%} sure)" if article.kind != "article" else None),
    ]
    for found in article.date_evidence:
        detail = f" {found.detail}" if found.detail else ""
        rows.append(("Evidence", f"{found.field} {found.value.isoformat()} ({found.where}{detail})"))
    rows += [("Warning", warning) for warning in article.warnings]
    out.write(f"{clean(article.title or '(no headline)')}\n")
    if article.subtitle:
        out.write(f"{clean(article.subtitle)}\n")
    out.write("\n" + "".join(f"{name + ':':<{LABEL}}{clean(value)}\n" for name, value in rows if value))


def show_blocks(blocks: Iterable[Block], out: TextIO) -> None:
    """Each block of a page in its order: what became of it, its words, and why."""
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    width = min(WIDTH, shutil.get_terminal_size().columns) if out.isatty() else WIDTH
    for block in blocks:
        words = textwrap.fill(
            clean(block.text), width, initial_indent=f"{block.verdict:<{LABEL}}", subsequent_indent=" " * LABEL
        )
        if block.verdict != "body":
            about = "; ".join(part for part in (block.why, block.selector) if part)
            words += f"\n{'':<{LABEL}}({clean(about)})" if about else ""
        colour = COLOURS.get(block.verdict, CLUTTER) if coloured else ""
        out.write(f"\x1b[{colour}m{words}\x1b[0m\n" if colour else f"{words}\n")
