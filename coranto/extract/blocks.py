"""A page's tree as boxes and runs: the layout's containers and the stretches of text that stand in them.

One walk over the tree in document order; afterwards nobody needs the tree but for the markup of a run. Judges nothing:
what is body and what is clutter is decided in `body`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .tree import BREAK

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
    " caption amp-img noscript button legend frameset marquee".split()
)
_LEAF = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_SKIPPED = frozenset(
    ("script", "style", "template", "iframe", "svg", "select", "textarea", "-comment", "head", "object", "map")
)
_PARAGRAPHS = re.compile(f"{BREAK}\\s*{BREAK}[\\s{BREAK}]*")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))


@dataclass(slots=True)
class Box:
    """A block element. `ident` is its class, id, role and itemprop in lower case; runs [start, end) lie inside it,
    boxes up to `last` (exclusive) are its descendants."""

    tag: str
    ident: str
    parent: int
    node: LexborNode
    start: int
    end: int = 0
    last: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Run:
    """A stretch of text that a reader sees as one paragraph, heading, item or cell.

    `linked` counts the characters that stand in links, `anchors` the links, `strong` the characters in bold type,
    `quiet` those in small or slanted type. `whole` tells that the run is everything its box holds, so that the box's
    markup is the run's.
    """

    text: str
    tag: str
    box: int
    linked: int
    anchors: int
    strong: int
    whole: bool = True
    quiet: int = 0


@dataclass(slots=True)
class Layout:
    """A page in document order. `pictures` are (index of the run that follows, box, node of the img)."""

    boxes: list[Box]
    runs: list[Run]
    pictures: list[tuple[int, int, LexborNode]]

    def ancestors(self, box: int):
        """The index of `box` and of every box around it, innermost first."""
        while box >= 0:
            yield box
            box = self.boxes[box].parent


class _Walk:
    """The state of one walk: where we are, and the text gathered since the last block began or ended."""

    def __init__(self, root: LexborNode) -> None:
        self.boxes = [Box("body", _ident(root.attributes), -1, root, 0)]
        self.runs: list[Run] = []
        self.pictures: list[tuple[int, int, LexborNode]] = []
        self.box = 0
        self.pieces: list[str] = []
        self.linked = self.anchors = self.strong = self.quiet = 0

    def enter(self, tag: str, node: LexborNode) -> None:
        if self.pieces:
            self.flush(False)
        attributes = node.attributes
        ident = _ident(attributes) if attributes else ""
        hidden = bool(attributes) and (
            "hidden" in attributes or ("style" in attributes and bool(_UNSEEN_STYLE.search(attributes["style"] or "")))
        )
        self.boxes.append(Box(tag, ident, self.box, node, len(self.runs), 0, 0, hidden))
        self.box = len(self.boxes) - 1

    def leave(self) -> None:
        box = self.boxes[self.box]
        if self.pieces:
            self.flush(box.start == len(self.runs) and box.last == 0 and len(self.boxes) - 1 == self.box)
        box.end = len(self.runs)
        box.last = len(self.boxes)
        self.box = box.parent

    def flush(self, whole: bool) -> None:
        text = "".join(self.pieces)
        parts = _PARAGRAPHS.split(text) if BREAK in text else (text,)
        texts = [clean for part in parts if (clean := " ".join(part.split()))]
        tag = self.boxes[self.box].tag
        if texts:
            share = 1.0 if len(texts) == 1 else 1.0 / len(texts)
            whole = whole and len(texts) == 1
            for clean in texts:
                if not clean.isascii():
                    clean = clean.translate(_UNSEEN).strip()
                    if not clean:
                        continue
                self.runs.append(
                    Run(
                        clean,
                        tag,
                        self.box,
                        int(self.linked * share),
                        int(self.anchors * share + 0.5),
                        int(self.strong * share),
                        whole,
                        int(self.quiet * share),
                    )
                )
        self.pieces = []
        self.linked = self.anchors = self.strong = self.quiet = 0


def lay_out(root: LexborNode) -> Layout:
    """Walk `root` (the body element) once and return its layout."""
    walk = _Walk(root)
    stack: list[tuple[LexborNode, int, bool, bool, bool, bool]] = []  # node, kind, link, strong, quiet, in a leaf
    node = root.child
    link = strong = quiet = leaf = False
    while True:
        if node is None:
            if not stack:
                break
            node, kind, link, strong, quiet, leaf = stack.pop()
            if kind == 1:
                walk.leave()
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text:
                walk.pieces.append(text)
                if link or strong or quiet:
                    size = len(text.strip())
                    if link:
                        walk.linked += size
                    if strong:
                        walk.strong += size
                    if quiet:
                        walk.quiet += size
            node = node.next
            continue
        if tag is None or tag in _SKIPPED or tag[0] == "-":
            node = node.next
            continue
        if tag in _BLOCK or ("-" in tag and not leaf):
            child = node.child
            if child is None and tag != "amp-img":
                node = node.next
                continue
            walk.enter(tag, node)
            stack.append((node, 1, link, strong, quiet, leaf))
            leaf = leaf or tag in _LEAF
            if tag == "amp-img":
                walk.pictures.append((len(walk.runs), walk.box, node))
            node = child
            continue
        if tag == "br":
            walk.pieces.append(BREAK)
        elif tag == "img":
            walk.pictures.append((len(walk.runs), walk.box, node))
        child = node.child
        if child is None:
            node = node.next
            continue
        stack.append((node, 0, link, strong, quiet, leaf))
        if tag == "a":
            link = True
            walk.anchors += 1
        elif tag in ("b", "strong"):
            strong = True
        elif tag in ("small", "em", "i"):
            quiet = True
        node = child
    if walk.pieces:
        walk.flush(False)
    walk.boxes[0].end, walk.boxes[0].last = len(walk.runs), len(walk.boxes)
    return Layout(walk.boxes, walk.runs, walk.pictures)


def _ident(attributes: dict[str, str | None]) -> str:
    """What a container calls itself, in lower case, with camelCase parted so that words can be found."""
    parts = [value for name, value in attributes.items() if value and name in _TELLING]
    return _HUMPS.sub("-", " ".join(parts)[:240]).lower() if parts else ""


_TELLING = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"))
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
