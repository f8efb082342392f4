"""Every page and every feed entry of the demo says to the reader exactly what the text says that it was made from."""

from datetime import date, datetime

import pytest

from coranto.demo.site import Site
from coranto.demo.world import LINK_MARK, description, load, outlets, strings
from coranto.extract import extract, read_entry
from coranto.sources import parse_feed

OUTLETS = outlets(description())
FED = [outlet.id for outlet in OUTLETS.values() if outlet.door.startswith("feed")]
ZONELESS = ("bare", "reference-page")
NO_STANDFIRST = ("meta", "reference-page")
NO_SECTION = ("bare", "time-element")
NOBODY = "Admin"


@pytest.fixture(scope="module")
def world():
    return load(date(2026, 3, 1))


@pytest.fixture(scope="module")
def sites(world):
    bases = {name: f"http://127.0.0.1:{9000 + n}" for n, name in enumerate(world.outlets)}
    return {name: Site(world, outlet, bases) for name, outlet in world.outlets.items()}


def words(text):
    """`text` as every reading has it: without links, on one line, blanks of any kind as one space."""
    return " ".join(LINK_MARK.sub(r"\1", text).split())


def paragraphs(site, piece):
    """What a reader of the page sees as its body, in order."""
    said = [piece.deck] if piece.deck and site.outlet.markup not in NO_STANDFIRST else []
    for block in piece.blocks:
        if isinstance(block, dict) and "entry" in block:
            entry = block["entry"]
            said += [f"{entry['time']} {entry.get('title') or ''}", entry["text"]]
        else:
            said += strings([block])
    return [words(text) for text in (*said, piece.note or "") if text]


def signed(piece):
    names = [piece.credit] if piece.credit else [author["name"] for author in piece.authors]
    return tuple(name for name in names if name != NOBODY)


def dated(site, piece):
    """The published and the modified time as the page's markup gives them, with the zone only where the page has it."""
    markup = site.outlet.markup
    published = piece.at.replace(tzinfo=None) if markup in ZONELESS else piece.at
    modified = {"json-ld": piece.modified or piece.at, "microdata": piece.modified, "opengraph": piece.modified}
    return published, modified.get(markup)


def tags(site, piece):
    if site.outlet.markup == "reference-page":
        return tuple(topic.title() for topic in piece.topics)
    return () if site.outlet.markup == "bare" else piece.tags


def section(site, piece):
    if site.outlet.markup == "reference-page":
        return "My"
    return None if site.outlet.markup in NO_SECTION else piece.section


def pictures(site, piece):
    if not piece.picture or site.outlet.markup == "reference-page":
        return ()
    return ((site.picture(piece), words(piece.picture["caption"]), words(piece.picture["credit"])),)


def expected(site, piece):
    published, modified = dated(site, piece)
    return {
        "title": words(piece.headline),
        "subtitle": words(piece.deck) if piece.deck and site.outlet.markup not in NO_STANDFIRST else None,
        "authors": signed(piece),
        "published": published,
        "offset": published.utcoffset(),
        "modified": modified,
        "outlet": site.outlet.name,
        "section": section(site, piece),
        "tags": tags(site, piece),
        "language": site.outlet.language,
        "kind": "live" if piece.kind == "live" else "article",
        "pictures": pictures(site, piece),
        "bio of another": piece.bio,
        "body": paragraphs(site, piece),
    }


def found(article):
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": article.authors,
        "published": article.published,
        "offset": article.published.utcoffset() if isinstance(article.published, datetime) else None,
        "modified": article.modified,
        "outlet": article.outlet,
        "section": article.section,
        "tags": article.tags,
        "language": article.language,
        "kind": article.kind,
        "pictures": tuple((picture.url, picture.caption, picture.credit) for picture in article.images),
        "bio of another": next((one.bio for one in article.people if one.name not in article.authors), None),
        "body": article.text.split("\n\n"),
    }


def differences(wanted, got):
    return {name: (value, got[name]) for name, value in wanted.items() if got[name] != value}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_page_reads_as_its_text_says(sites, outlet):
    site = sites[outlet]
    assert site.articles
    for piece in site.articles:
        article = extract(site.answer(site.path(piece))[1], site.address(piece))
        assert differences(expected(site, piece), found(article)) == {}, piece.id
        assert not article.subtitle or article.subtitle not in article.html


@pytest.mark.parametrize("outlet", FED)
def test_every_entry_reads_as_its_text_says(sites, outlet):
    site = sites[outlet]
    feed = parse_feed(site.answer("/feed.xml")[1], site.feed_url)
    assert len(feed.entries) == len(site.articles)
    for piece, entry in zip(site.articles, feed.entries, strict=True):
        article = read_entry(entry, feed.language)
        full = site.outlet.door == "feed-full"
        names = tuple(author["name"] for author in piece.authors if author["name"] != NOBODY)
        wanted = {
            "title": words(piece.headline),
            "authors": names,
            "published": piece.at,
            "language": site.outlet.language,
            "pictures": pictures(site, piece) if full else (),
        }
        assert differences(wanted, found(article)) == {}, piece.id
        assert not piece.picture or words(piece.picture["caption"]) not in words(article.text), piece.id
