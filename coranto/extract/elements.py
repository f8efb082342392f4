"""What elements say by their name or attributes wherever they stand: meta, link, title, JSON-LD, time, microdata.

Gathered on the one walk over a page (`blocks`), so that the readers of titles, names, dates and topics need no walks of
their own. Keeps what is written and judges nothing.
"""

from __future__ import annotations

from functools import lru_cache

from selectolax.lexbor import LexborNode

ALWAYS_NOTED = frozenset(("time", "title"))
"""Elements that tell something even without attributes."""

KINDS = frozenset(("meta", "link", "time", "title"))
"""Elements that tell something by their tag."""
TELLING = frozenset(("itemprop", "rel", "data-testid"))
"""Attributes that may tell something, beside a class that signs."""

Attributes = dict[str, str | None]


class Elements:
    """The telling elements of one page, each list in the page's order.

    `document` are the attributes of <html>, `metas` and `links` those of <meta> and of <link> with rel and href;
    `statements` are the texts of JSON-LD scripts. `times` (with their runs), `tagged` (links with rel "tag"), `signed`
    (what calls itself an author's or a byline, with its run) and `items` (microdata, with the words of its itemprop)
    keep the nodes too. `unread` are the nodes that hold no text for readers.
    """

    __slots__ = ("document", "items", "links", "metas", "signed", "statements", "tagged", "times", "title", "unread")

    def __init__(self) -> None:
        self.document: Attributes = {}
        self.title: str | None = None
        self.metas: list[Attributes] = []
        self.links: list[Attributes] = []
        self.statements: list[str] = []
        self.times: list[tuple[LexborNode, Attributes, int]] = []
        self.tagged: list[LexborNode] = []
        self.signed: list[tuple[LexborNode, Attributes, int]] = []
        self.items: list[tuple[LexborNode, Attributes, list[str]]] = []
        self.unread: list[LexborNode] = []

    def with_item(self, *names: str) -> list[tuple[LexborNode, Attributes, list[str]]]:
        """The microdata elements whose itemprop has one of `names` among its words."""
        return [item for item in self.items if not set(names).isdisjoint(item[2])]

    def note(self, node: LexborNode, tag: str, attributes: Attributes, run: int = 0) -> None:
        """Keep `node` under all that it tells, if anything. `run` is the run that begins with it or holds it."""
        if tag in KINDS:
            self._note_kind(node, tag, attributes, run)
        name = attributes.get("class")
        is_sign = bool(name) and signs(name)
        if item := attributes.get("itemprop"):
            words = item.split()
            self.items.append((node, attributes, words))
            is_sign = is_sign or "author" in words
        if rel := attributes.get("rel"):
            relations = rel.lower().split()
            is_sign = is_sign or "author" in relations
            if tag == "a" and "tag" in relations:
                self.tagged.append(node)
        if is_sign or ("data-testid" in attributes and "byline" in (attributes["data-testid"] or "").lower()):
            self.signed.append((node, attributes, run))

    def _note_kind(self, node: LexborNode, tag: str, attributes: Attributes, run: int) -> None:
        if tag == "meta":
            self.metas.append(attributes)
        elif tag == "time":
            self.times.append((node, attributes, run))
        elif tag == "title":
            if self.title is None:
                self.title = node.text()
        elif "rel" in attributes and "href" in attributes:
            self.links.append(attributes)

    def note_unread(self, node: LexborNode, tag: str) -> None:
        """Keep a node of `tree.UNREAD` for removal, and the text of one that states facts for machines."""
        self.unread.append(node)
        if tag == "script" and "ld+json" in (node.attributes.get("type") or "").lower():
            self.statements.append(node.text())

    def remove_unread(self) -> None:
        """Take the unread nodes out of the tree, so that the text and markup of others are free of them."""
        for node in self.unread:
            node.decompose(recursive=False)
        self.unread = []


def may_tell(attributes: Attributes) -> bool:
    """Whether attributes tell something, of which most tell nothing: a class that signs, or one of `TELLING`."""
    name = attributes.get("class")
    if name and signs(name):
        return True
    # Most links have a rel that tells nothing.
    return not TELLING.isdisjoint(attributes) and (
        "itemprop" in attributes or _relates(attributes.get("rel"), attributes.get("data-testid"))
    )


@lru_cache(maxsize=1_000)
def _relates(rel: str | None, called: str | None) -> bool:
    relations = (rel or "").lower().split()
    return "author" in relations or "tag" in relations or "byline" in (called or "").lower()


@lru_cache(maxsize=30_000)
def signs(name: str) -> bool:
    """Whether a class calls what is in it an author's or a byline."""
    low = name.lower()
    return "author" in low or "byline" in low or "autor" in low or "writer" in low
