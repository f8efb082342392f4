"""A page's tree as boxes and runs: the layout's containers and the stretches of text that stand in them.

One walk over the tree in document order, on which `elements` takes down what tells of the page; afterwards nobody needs
the tree but for the markup of a run. Judges nothing: what is body and what is clutter is decided in `body`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .clutter import marks_of
from .elements import ALWAYS_NOTED, KINDS, Attributes, Elements, may_tell
from .tree import BREAK, UNREAD

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
    " caption amp-img noscript button legend frameset marquee".split()
)
STRUCTURES = frozenset(("article", "table", "ul", "ol", "dl"))
"""Blocks of which a page has few, and which its readers ask for by tag."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
PART_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
"""Headings of parts and of teasers, without the page's own and the smallest."""
_LEAF = HEADINGS | {"p"}
_SKIPPED = frozenset((None, "-comment", "-doctype", "-document", "head", "map"))
_PARAGRAPHS = re.compile(f"{BREAK}\\s*{BREAK}[\\s{BREAK}]*")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")

# What is true of text because of the elements around it.
_IN_LINK, _IN_STRONG, _IN_QUIET, _IN_LEAF = 1, 2, 4, 8
MOST_RUNS = 20_000
_MOST_BOXES = 100_000
_TOLD = _IN_LINK | _IN_STRONG | _IN_QUIET
_STATES = {
    "a": _IN_LINK, "b": _IN_STRONG, "strong": _IN_STRONG, "small": _IN_QUIET, "em": _IN_QUIET, "i": _IN_QUIET,
} | dict.fromkeys(_LEAF, _IN_LEAF)  # fmt: skip

# What the walk does with a node, known by one look at its tag: these beside the states above.
_AROUND = _TOLD | _IN_LEAF
_IS_BLOCK, _IS_NOTED, _IS_SPECIAL, _IS_PASSED, _IS_UNREAD, _IS_UNKNOWN = (1 << bit for bit in range(4, 10))
_SORTS: dict[str | None, int] = dict.fromkeys((*_BLOCK, *_STATES, *KINDS, "br", "img", "span"), 0)
for _tags, _sort in (
    (_BLOCK, _IS_BLOCK), (KINDS, _IS_NOTED), (("br", "img"), _IS_SPECIAL), (_SKIPPED, _IS_PASSED),
    (UNREAD, _IS_PASSED | _IS_UNREAD),
):  # fmt: skip
    _SORTS |= {tag: _SORTS.get(tag, 0) | _sort for tag in _tags}
_SORTS |= {tag: _SORTS[tag] | state for tag, state in _STATES.items()}

# The parser's numbers of tags are had sooner than their names.
_DOCUMENT = LexborHTMLParser("<body>text")
_TEXT = _DOCUMENT.body.first_child.tag_id
_NUMBERED = {
    _DOCUMENT.create_node(tag).tag_id: (sort, tag) for tag, sort in _SORTS.items() if tag and tag.isalnum()
}
_UNREAD = frozenset(number for number, (sort, _) in _NUMBERED.items() if sort & _IS_UNREAD)


@dataclass(slots=True)
class Box:
    """A block element. `ident` is its class, id, role and itemprop in lower case, `marks` what that says of it (the
    bits of `clutter`); runs [start, end) lie inside it, boxes up to `last` (exclusive) are its descendants."""

    tag: str
    ident: str
    parent: int
    node: LexborNode
    start: int
    end: int = 0
    last: int = 0
    hidden: bool = False
    marks: int = 0


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
    """A page in document order. `pictures` are (index of the run that follows, box, node of the img). `cut` tells that
    it holds more than `MOST_RUNS`, and what follows was left out. `structured` and `marked` are the indexes of the
    boxes of `STRUCTURES` and of those whose names say something.
    """

    boxes: list[Box]
    runs: list[Run]
    pictures: list[tuple[int, int, LexborNode]]
    elements: Elements
    cut: bool = False
    structured: list[int] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)

    def tagged(self, *tags: str) -> list[Box]:
        """The boxes with one of these tags, of `STRUCTURES`, in order."""
        return [box for number in self.structured if (box := self.boxes[number]).tag in tags]

    def ancestors(self, box: int, most: int = sys.maxsize) -> list[int]:
        """The indexes of `box` and of the boxes around it, innermost first, `most` of them."""
        found = []
        while box >= 0 and len(found) < most:
            found.append(box)
            box = self.boxes[box].parent
        return found


class _Walk:
    """The state of one walk: where we are, and the text gathered since the last block began or ended."""

    __slots__ = (
        "anchors", "blank", "box", "boxes", "elements", "full", "linked", "marked", "pictures", "pieces", "quiet",
        "runs", "strong", "structured",
    )  # fmt: skip

    def __init__(self, root: LexborNode, elements: Elements) -> None:
        ident, marks = _named(root.attributes)
        self.boxes = [Box("body", ident, -1, root, 0, marks=marks)]
        self.runs: list[Run] = []
        self.marked = [0] if marks else []
        self.structured: list[int] = []
        self.pictures: list[tuple[int, int, LexborNode]] = []
        self.elements = elements
        self.box = 0
        self.pieces: list[str] = []
        self.blank = False  # white space was seen where no text has begun
        self.full = False  # as much was laid out as any page for readers holds: the rest is left out
        self.linked = self.anchors = self.strong = self.quiet = 0

    def walk(self, root: LexborNode) -> None:
        """Go through everything in `root`, in document order."""
        note, runs, pieces = self.elements.note, self.runs, self.pieces
        stack: list[tuple[LexborNode, int, int]] = []  # element, whether it is a block, state around it
        node, number = self.past_unread(root.first_child)
        state = 0
        while True:
            if node is None:
                if not stack:
                    return
                node, is_block, state = stack.pop()
                if is_block:
                    self.leave()
            elif number == _TEXT:
                text = node.text_content
                if pieces or (text and not text.isspace()):
                    pieces.append(text)
                    if state & _TOLD:
                        self.tell(len(text.strip()), state)
                elif text:
                    self.blank = True
            else:
                sort, tag = _NUMBERED.get(number) or _sorted(node)
                if sort & _IS_PASSED:
                    if sort & _IS_UNREAD:
                        self.elements.note_unread(node, tag)
                else:
                    attributes = node.attributes
                    if sort & _IS_NOTED or (attributes and may_tell(attributes)):
                        note(node, tag, attributes, len(runs))
                    if sort & _IS_SPECIAL:
                        self.special(tag, node)
                    child, number = node.first_child, 0
                    if child is not None:
                        number = child.tag_id
                        if number != _TEXT and number in _UNREAD:
                            child, number = self.past_unread(child)
                    if (child is not None or tag == "amp-img") and not self.full:
                        is_block = sort & _IS_BLOCK or (sort & _IS_UNKNOWN and "-" in tag and not state & _IN_LEAF)
                        stack.append((node, is_block, state))
                        if is_block:
                            self.enter(tag, node, attributes)
                        elif sort & _IN_LINK:
                            self.anchors += 1
                        state |= sort & _AROUND
                        node = child
                        continue
            node = node.next
            if node is not None:
                number = node.tag_id

    def past_unread(self, node: LexborNode | None) -> tuple[LexborNode | None, int]:
        """`node`, or the first behind it that is not unread, and the number of its tag: an element with no other child
        has none."""
        while node is not None and (number := node.tag_id) in _UNREAD:
            self.elements.note_unread(node, node.tag)
            node = node.next
        return (None, 0) if node is None else (node, number)

    def tell(self, size: int, state: int) -> None:
        """Count text of this size where the elements around it tell something of it."""
        if state & _IN_LINK:
            self.linked += size
        if state & _IN_STRONG:
            self.strong += size
        if state & _IN_QUIET:
            self.quiet += size

    def special(self, tag: str, node: LexborNode) -> None:
        """Take down a break, which counts only where text has begun, or a picture."""
        if tag == "img":
            self.pictures.append((len(self.runs), self.box, node))
        elif self.pieces:
            self.pieces.append(BREAK)
        else:
            self.blank = True

    def enter(self, tag: str, node: LexborNode, attributes: Attributes) -> None:
        if self.pieces:
            self.end_text(False)
        elif self.blank:
            # White space parts the links before a block from its text.
            self.blank = False
            self.anchors = 0
        ident, marks, hidden = "", 0, False
        if attributes:
            ident, marks = _named(attributes)
            hidden = "hidden" in attributes or (
                "style" in attributes and bool(_UNSEEN_STYLE.search(attributes["style"] or ""))
            )
        boxes = self.boxes
        around, self.box = self.box, len(boxes)
        if marks:
            self.marked.append(self.box)
        if tag in STRUCTURES:
            self.structured.append(self.box)
        boxes.append(Box(tag, ident, around, node, len(self.runs), 0, 0, hidden, marks))
        if len(boxes) >= _MOST_BOXES:
            self.full = True
        if tag == "amp-img":
            self.pictures.append((len(self.runs), self.box, node))

    def leave(self) -> None:
        if self.pieces:
            self.end_text(True)
        elif self.blank:
            # White space parts the links before a block from its text.
            self.blank = False
            self.anchors = 0
        box = self.boxes[self.box]
        box.end = len(self.runs)
        box.last = len(self.boxes)
        self.box = box.parent

    def end_text(self, leaves: bool) -> None:
        """What was gathered becomes runs; `leaves` tells that its box ends here."""
        box = self.boxes[self.box]
        whole = leaves and box.start == len(self.runs) and len(self.boxes) - 1 == self.box
        text = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        if text.isprintable() and "  " not in text and text[0] != " " != text[-1]:
            self.add_run(text, box.tag, whole)
        elif BREAK in text:
            parts = _PARAGRAPHS.split(text)[:MOST_RUNS]
            texts = [clean for part in parts if (clean := " ".join(part.split()))]
            for clean in texts:
                self.add_run(_seen(clean), box.tag, whole and len(texts) == 1, 1 / len(texts))
        else:
            self.add_run(_seen(" ".join(text.split())), box.tag, whole)
        self.pieces.clear()
        self.blank = False
        self.linked = self.anchors = self.strong = self.quiet = 0

    def add_run(self, text: str, tag: str, whole: bool, share: float = 1.0) -> None:
        """A run that holds this share of what was gathered; none of an empty text."""
        if not text:
            return
        linked, anchors, strong, quiet = self.linked, self.anchors, self.strong, self.quiet
        if share < 1:
            linked, anchors = int(linked * share), int(anchors * share + 0.5)
            strong, quiet = int(strong * share), int(quiet * share)
        self.runs.append(Run(text, tag, self.box, linked, anchors, strong, whole, quiet))
        self.full = self.full or len(self.runs) >= MOST_RUNS


def _sorted(node: LexborNode) -> tuple[int, str | None]:
    """What the walk does with a node whose tag the parser has no number of its own for, and the tag."""
    tag = node.tag
    return _SORTS.get(tag, _IS_UNKNOWN), tag


def _seen(text: str) -> str:
    """`text` without signs that nobody sees."""
    return text if text.isascii() or not _UNSEEN.search(text) else _UNSEEN.sub("", text).strip()


def lay_out(tree: LexborHTMLParser) -> Layout:
    """Walk `tree` once and return its layout, empty where there is no body. Afterwards the tree is free of what is
    never text for readers (`UNREAD`)."""
    elements = Elements()
    elements.document = tree.root.attributes
    if tree.head is not None:
        for node in tree.head.traverse():
            tag = node.tag
            if tag in UNREAD:
                elements.note_unread(node, tag)
            elif (attributes := node.attributes) or tag in ALWAYS_NOTED:
                elements.note(node, tag, attributes)
    root = tree.body
    walk = _Walk(root or tree.root, elements)
    if root is not None:
        walk.walk(root)
        if walk.pieces:
            walk.end_text(False)
    walk.boxes[0].end, walk.boxes[0].last = len(walk.runs), len(walk.boxes)
    elements.remove_unread()
    return Layout(walk.boxes, walk.runs, walk.pictures, elements, walk.full, walk.structured, walk.marked)


def _named(attributes: Attributes) -> tuple[str, int]:
    """What a container calls itself, in lower case, with camelCase parted so that words can be found, and its marks."""
    if len(attributes) == 1 and "class" in attributes:
        return _read(attributes["class"][:240]) if attributes["class"] else ("", 0)
    return _read(" ".join([value for name, value in attributes.items() if value and name in _NAMING])[:240])


@lru_cache(maxsize=30_000)
def _read(ident: str) -> tuple[str, int]:
    if not ident.islower():
        ident = _HUMPS.sub("-", ident).lower()
    return ident, marks_of(ident)


_NAMING = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"))
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
