"""An article's cleaned body made fit for our page: pictures are ours or go, headings and tables find their place.

It starts from what `coranto.extract.clean_html` has cleaned and never adds markup made of foreign text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from coranto.web.figures import COLUMN, Figure, attributes, before_credit, credit

TOUCHED = ("<img", "<figure", "<picture", "<video", "<audio", "<source", "<table")
TAG = re.compile(r'<[^">]*(?:"[^"]*"[^">]*)*>')
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@lru_cache(maxsize=512)
def for_page(html: str, table_label: str = "", figures: tuple[Figure, ...] = (), first: bool = False) -> Markup:
    """The body as it stands in the page. `table_label` names, for readers by ear, the region of a table; `figures` are
    the pictures it may show, and `first` says that no other stands before them."""
    if not any(mark in html for mark in (*TOUCHED, *(f"<{heading}" for heading in HEADINGS))):
        return Markup(numbered(html))  # noqa: S704 - cleaned by coranto.extract.clean_html
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return Markup("")
    drop_pictures(tree, place_pictures(tree, figures, first))
    lower_headings(tree)
    frame_tables(tree, table_label)
    return Markup(numbered(tree.body.inner_html))  # noqa: S704 - a subset of the cleaned tree and our own wrappers


def numbered(html: str) -> str:
    """Cleaned markup with a name for each paragraph, 'p1', 'p2', ..., so that a reader can come back to one. Tags are
    taken whole, with their quoted values, in which a '<' may stand."""
    count = 0

    def named(tag: re.Match) -> str:
        nonlocal count
        if not tag[0].startswith(("<p>", "<p ")):
            return tag[0]
        count += 1
        return f'<p id="p{count}"{tag[0][2:]}'

    return TAG.sub(named, html)


def without_dateline(html: str, dateline: str | None) -> str:
    """The body without the place it opens with ("STENNET - Two walkers ..."), which stands above it."""
    if not dateline:
        return html
    before = r"\A(\s*(?:<figure\b.*?</figure>\s*)?<p>)"
    return re.sub(rf"{before}{re.escape(escape(dateline))}\s*[-–—:,]+\s*", r"\1", html, flags=re.DOTALL)


def place_pictures(tree: LexborHTMLParser, figures: tuple[Figure, ...], first: bool) -> set[int]:
    """Put our pictures in the place of the outlet's, each once, and credit them; the nodes that are ours."""
    waiting, placed = {figure.picture.url: figure for figure in figures}, set()
    for around in tree.css("picture"):
        around.unwrap()
    for picture in tree.css("img"):
        figure = waiting.pop(picture.attributes.get("src"), None)
        if figure is None:
            continue
        alt = picture.attributes.get("alt") or figure.picture.alt
        for name in list(picture.attributes):
            del picture.attrs[name]
        leads = first and not placed
        for name, value in attributes(figure.kept, alt, COLUMN, leads and figure.kept.is_wide(), leads).items():
            picture.attrs[name] = value
        placed.add(picture.mem_id)
        if picture.parent.tag == "a" and not alt and not (picture.parent.text(deep=True) or "").strip():
            picture.parent.unwrap()  # a link without a word says nothing to those who hear the page
        put_caption(tree, picture, figure)
    return placed


def put_caption(tree: LexborHTMLParser, picture, figure: Figure) -> None:
    """Let the figure around a picture tell all that is known of it."""
    around = picture.parent
    while around.tag in ("a", "div", "p", "span"):
        around = around.parent
    if around.tag != "figure":
        return
    caption = around.css_first("figcaption")
    if caption is not None:
        given = caption.text(deep=True).strip()
        if (figure.picture.credit or "") not in given:
            caption.insert_child(before_credit(given) + credit(figure.picture))
    elif figure.caption():
        around.insert_child(tree.create_node("figcaption"))
        around.last_child.insert_child(figure.caption())


def drop_pictures(tree: LexborHTMLParser, ours: set[int]) -> None:
    """Take out what would be fetched from elsewhere, with the caption that would stand under nothing."""
    for picture in tree.css("img, video, audio, source"):
        if picture.mem_id in ours:
            continue
        holder = picture.parent
        picture.decompose()
        while holder is not None and holder.tag in ("a", "p", "figure", "div", "span") and empty(holder):
            holder, emptied = holder.parent, holder
            emptied.decompose()
    for figure in tree.css("figure"):
        if figure.css_first("img, table, blockquote, pre") is None:
            figure.decompose()


def empty(node) -> bool:
    """True for an element without words and without anything drawn."""
    return not (node.text(deep=True) or "").strip() and node.css_first("img, table, blockquote, pre, hr") is None


def lower_headings(tree: LexborHTMLParser) -> None:
    """Bring the body's headings to h2 and below without a gap: the page's h1 is the headline."""
    found = tree.css(", ".join(HEADINGS))
    levels = sorted({heading.tag for heading in found})
    for heading in found:
        wanted = HEADINGS[min(levels.index(heading.tag) + 1, 5)]
        if heading.tag != wanted:
            heading.insert_before(tree.create_node(wanted))
            child = heading.child
            while child is not None:
                heading.prev.insert_child(child)
                child = child.next
            heading.decompose()


def frame_tables(tree: LexborHTMLParser, label: str) -> None:
    """Put each outermost table into a region that scrolls sideways and can be reached by keyboard."""
    for table in [table for table in tree.css("table") if not inside(table, "table")]:
        table.insert_before(tree.create_node("div"))
        frame = table.prev
        frame.attrs["class"] = "wide-table"
        frame.attrs["role"] = "region"
        frame.attrs["tabindex"] = "0"
        frame.attrs["aria-label"] = label
        frame.insert_child(table)  # a copy of it
        table.decompose()


def inside(node, tag: str) -> bool:
    """True where an ancestor of `node` is a `tag`."""
    above = node.parent
    while above is not None:
        if above.tag == tag:
            return True
        above = above.parent
    return False
