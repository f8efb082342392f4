"""Lists of subscriptions (OPML), read and written. Folders are sections; a folder in a folder joins its name to it.

Reading never raises and goes through the same door as every other XML. Writing gives OPML 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from coranto.sources.addresses import absolute, looks_like_host
from coranto.sources.verdicts import is_html, verdict
from coranto.sources.xmldoor import open_xml, unpacked

FOLDER_MARK = " / "
"""Between the names of nested folders in `Subscription.section`."""

_MOST = 20_000
_FEED_ADDRESS = ("xmlurl", "feedurl", "url")
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list: its address, its title, its site, and its folder or None."""

    url: str
    title: str | None = None
    site: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """A list of subscriptions in its order, or none and `error`, a sentence that names what was found instead."""

    title: str | None = None
    items: tuple[Subscription, ...] = ()
    error: str | None = None


def parse_opml(data: bytes | str, headers: Mapping[str, str] | None = None) -> Subscriptions:
    """The subscriptions in `data`. A feed that is named twice is kept once, where it stands first."""
    opened = unpacked(data, headers)
    if opened.problem:
        return Subscriptions(error=opened.problem)
    wanted = "a list of subscriptions (OPML)"
    tree = open_xml(opened)
    if tree.root is None or is_html(opened.text) or b"<" not in opened.text:
        foreign = is_html(opened.text) or opened.text.lstrip()[:1] != b"<"
        return Subscriptions(error=verdict(opened.text, None, wanted) if foreign else tree.problem)
    outlines = [child for child in tree.root.iter() if _local(child) == "outline"]
    if _local(tree.root) not in ("opml", "outlinedocument", "outlines") and not outlines:
        return Subscriptions(error=verdict(opened.text, tree.root, wanted))
    title = next((child.text for child in tree.root.iter() if _local(child) == "title"), None)
    found: dict[str, Subscription] = {}
    for outline in outlines[:_MOST]:
        one = _subscription(outline)
        if one:
            found.setdefault(one.url, one)
    if not found:
        return Subscriptions(
            error="This is a list of subscriptions (OPML), but it names no feed: no outline has an xmlUrl."
        )
    return Subscriptions((title or "").strip() or None, tuple(found.values()))


def write_opml(title: str, subscriptions: Iterable[Subscription]) -> bytes:
    """The subscriptions as OPML 2.0, one folder a section, in the order in which they come."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _written(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(datetime.now(UTC))
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for one in subscriptions:
        parent = body
        if one.section:
            if one.section not in folders:
                name = _written(one.section)
                folders[one.section] = etree.SubElement(body, "outline", text=name, title=name)
            parent = folders[one.section]
        name = _written(one.title or one.url)
        outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_written(one.url))
        if one.site:
            outline.set("htmlUrl", _written(one.site))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _written(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _attributes(element: etree._Element) -> dict[str, str]:
    return {name.rpartition("}")[2].lower(): value.strip() for name, value in element.attrib.items()}


def _name(told: dict[str, str]) -> str | None:
    return told.get("title") or told.get("text") or None


def _subscription(outline: etree._Element) -> Subscription | None:
    told = _attributes(outline)
    address = next((told[name] for name in _FEED_ADDRESS if told.get(name)), None)
    # A plain link in an outline is no subscription.
    if address is None or (told.get("type", "").lower() == "link" and "xmlurl" not in told):
        return None
    for scheme in ("feed://", "feed:"):
        if address.lower().startswith(scheme):
            rest = address[len(scheme) :]
            address = rest if rest.startswith(_WEB) else f"http://{rest}"
    if not address.startswith(_WEB):
        address = f"http://{address}" if looks_like_host(address) else absolute(address, told.get("htmlurl")) or ""
    if not address.startswith(_WEB):
        return None
    return Subscription(address, _name(told), told.get("htmlurl") or None, _section(outline, told))


def _section(outline: etree._Element, told: dict[str, str]) -> str | None:
    folders = []
    for above in outline.iterancestors():
        if _local(above) == "outline":
            name = _name(_attributes(above))
            if name:
                folders.append(name)
    if folders:
        return FOLDER_MARK.join(reversed(folders))
    category = told.get("category", "").split(",")[0].strip("/ ")
    return FOLDER_MARK.join(part for part in category.split("/") if part) or None
