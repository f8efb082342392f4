"""The clutter of a page kept apart: other articles' headlines by list, comments, promotion."""

from __future__ import annotations

from bisect import bisect_left

from selectolax.lexbor import LexborNode

from coranto.articles import Link, Lists

from . import clutter
from .blocks import PART_HEADINGS, Box, Layout, Run
from .body import REPEATED, Body
from .cleaning import absolute
from .words import plain

_LISTS = (
    (clutter.IS_READ, "most_read"), (clutter.IS_RECOMMENDED, "recommended"), (clutter.IS_RANKED, "ranking"),
    (clutter.IS_RELATED, "related"), (clutter.IS_COMMENTS, "comments"),
)  # fmt: skip
_NAMED = sum(bit for bit, _ in _LISTS)
_ELSEWHERE = frozenset(("nav", "footer", "header", "menu"))
_HEADLINE = "h1,h2,h3,h4,h5,h6,[class*=headline i],[class*=title i]"
_SHORTEST, _LONGEST = 15, 300
_LONGEST_HEADLINE = 60
_FEWEST_WORDS = 4
_LEAST_ALIKE = 3
_STEPS, _DEEPEST = 5, 40
_MOST = 40
_MOST_ALIKE = 12


def collect(layout: Layout, body: Body, base: str | None) -> Lists:
    """The lists around the body `body` of a page; `base` makes their addresses absolute."""
    found: dict[str, dict[str, Link]] = {"related": {}, "ranking": {}, "recommended": {}, "most_read": {}}
    comments: list[str] = []
    done = 0
    for number in [number for number, box in enumerate(layout.boxes) if box.marks & _NAMED or box.tag in PART_HEADINGS]:
        box = layout.boxes[number]
        if number < done or number == 0 or box.end == box.start:
            continue
        if _holds_body(body, box):
            continue
        name = _name_by_marks(box.marks) if box.marks & _NAMED else None
        if name == "comments":
            runs = layout.runs[box.start : box.end]
            comments += [run.text for run in runs if len(run.text) > 30 and run.linked < 0.3 * len(run.text)]
            done = box.last
        elif name:
            if _gather(box.node, base, found[name]):
                done = box.last
        elif box.tag in PART_HEADINGS and (name := name_by_heading(layout.runs[box.start].text)):
            _gather_around(layout, body, box, base, found[name])
    _gather_between(layout, body, base, found["related"])
    if not any(found.values()):
        _gather_alike(layout, body, base, found["related"])
    promotion = [layout.runs[index].text for index, reason in body.cut.items() if reason == "promotion"]
    repeated = [layout.runs[index].text for index, reason in body.cut.items() if reason == REPEATED]
    return Lists(
        **{name: tuple(links.values())[:_MOST] for name, links in found.items()},
        comments=tuple(dict.fromkeys(comments))[:_MOST],
        promotion=tuple(dict.fromkeys(text for text in promotion if len(text) > _SHORTEST))[:_MOST],
        repeated=tuple(dict.fromkeys(repeated))[:_MOST],
    )


def _gather_around(layout: Layout, body: Body, heading: Box, base: str | None, into: dict[str, Link]) -> None:
    """The links of the innermost box around `heading` that has any."""
    for number in layout.ancestors(heading.parent, 3):
        around = layout.boxes[number]
        if around.parent < 0 or around.end - around.start >= 60 or _holds_body(body, around):
            return
        if _gather(around.node, base, into):
            return


def _gather_between(layout: Layout, body: Body, base: str | None, into: dict[str, Link]) -> None:
    """The lines between the body's paragraphs that lead to another article ("Read more: ...")."""
    for index in range(body.kept[0], body.kept[-1]) if body.kept else ():
        run = layout.runs[index]
        if index in body.cut and run.whole and _leads_on(run, 0.6):
            _gather(layout.boxes[run.box].node, base, into)


def _gather_alike(layout: Layout, body: Body, base: str | None, into: dict[str, Link]) -> None:
    """The first headlines that nothing announces: three links or more that look alike, outside the body and menus."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    kept = set(body.kept)
    for index, run in enumerate(layout.runs):
        if index not in kept and run.whole and _leads_on(run, 0.9) and len(run.text.split()) >= _FEWEST_WORDS:
            around = layout.ancestors(run.box, _DEEPEST)
            if all(layout.boxes[number].tag not in _ELSEWHERE for number in around):
                outer = layout.boxes[around[1]].ident if len(around) > 1 else ""
                alike.setdefault((run.tag, layout.boxes[run.box].ident, outer), []).append(index)
    for indexes in alike.values():
        if len(indexes) >= _LEAST_ALIKE:
            for index in indexes[: max(0, _MOST_ALIKE - len(into))]:
                _gather(_link_around(layout.boxes[layout.runs[index].box].node), base, into)


def _leads_on(run: Run, share: float) -> bool:
    """Whether a run is a link of a headline's length, and this much of it at least."""
    return run.anchors == 1 and 2 * _SHORTEST <= len(run.text) <= _LONGEST and run.linked >= share * len(run.text)


def _holds_body(body: Body, box: Box) -> bool:
    """Whether some of the body stands in `box`."""
    place = bisect_left(body.kept, box.start)
    return place < len(body.kept) and body.kept[place] < box.end


def name_by_heading(text: str) -> str | None:
    """Which list a heading announces: 'related', 'ranking', 'most_read', 'recommended', or None."""
    if len(text) > 80:
        return None
    for name, pattern in (
        ("most_read", clutter.MOST_READ),
        ("ranking", clutter.RANKING),
        ("recommended", clutter.RECOMMENDED),
        ("related", clutter.RELATED),
    ):
        if pattern.match(text):
            return name
    return None


def _name_by_marks(marks: int) -> str:
    return next(name for bit, name in _LISTS if marks & bit)


def _link_around(node: LexborNode) -> LexborNode:
    """The link in which `node` stands, with what is around that; `node` itself where it holds the link."""
    around = node
    for _ in range(_STEPS):
        if around.parent is None:
            break
        inside, around = around, around.parent
        if inside.tag == "a":
            return around
    return node


def _gather(node: LexborNode, base: str | None, into: dict[str, Link]) -> bool:
    gathered = False
    for link in node.css("a[href]")[: 3 * _MOST]:
        words = _words(link)
        if _SHORTEST <= len(words) <= _LONGEST:
            url = absolute(link.attributes.get("href"), base)
            into.setdefault(words, Link(words, url))
            gathered = True
    return gathered


def _words(link: LexborNode) -> str:
    """The headline in a link, without kicker and summary where an element of its own holds it; else all its words."""
    words = plain(link.text(separator=" "))
    if len(words) > _LONGEST_HEADLINE and (headline := link.css_first(_HEADLINE)) is not None:
        shown = plain(headline.text(separator=" "))
        return shown if len(shown) >= _SHORTEST else words
    return words
