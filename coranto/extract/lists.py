"""The clutter of a page kept apart: other articles' headlines by list, comments, promotion."""

from __future__ import annotations

from bisect import bisect_left

from coranto.articles import Link, Lists

from . import clutter
from .blocks import Box, Layout
from .body import REPEATED, Body
from .cleaning import absolute
from .words import plain

_LISTS = (
    (clutter.IS_READ, "most_read"), (clutter.IS_RECOMMENDED, "recommended"), (clutter.IS_RANKED, "ranking"),
    (clutter.IS_RELATED, "related"), (clutter.IS_COMMENTS, "comments"),
)  # fmt: skip
_NAMED = sum(bit for bit, _ in _LISTS)
_SHORTEST = 15
_MOST = 40


def collect(layout: Layout, body: Body, base: str | None) -> Lists:
    """The lists around the body `body` of a page; `base` makes their addresses absolute."""
    found: dict[str, dict[str, Link]] = {"related": {}, "ranking": {}, "recommended": {}, "most_read": {}}
    comments: list[str] = []
    done = 0
    for number, box in enumerate(layout.boxes):
        if number < done or number == 0 or box.end == box.start:
            continue
        name = _name_by_marks(box.marks) if box.marks & _NAMED else None
        if name == "comments" and not _holds_body(body, box):
            comments += [
                run.text
                for run in layout.runs[box.start : box.end]
                if len(run.text) > 30 and run.linked < 0.3 * len(run.text)
            ]
            done = box.last
        elif name and name != "comments" and not _holds_body(body, box):
            if _gather(box.node, base, found[name]):
                done = box.last
        elif (
            box.tag in ("h2", "h3", "h4", "h5")
            and (name := name_by_heading(layout.runs[box.start].text))
            and not _holds_body(body, box)
        ):
            around = layout.boxes[box.parent]
            if (
                around.parent >= 0
                and around.end - around.start < 60
                and not _holds_body(body, around)
            ):
                _gather(around.node, base, found[name])
    promotion = [layout.runs[index].text for index, reason in body.cut.items() if reason == "promotion"]
    repeated = [layout.runs[index].text for index, reason in body.cut.items() if reason == REPEATED]
    return Lists(
        **{name: tuple(links.values())[:_MOST] for name, links in found.items()},
        comments=tuple(dict.fromkeys(comments))[:_MOST],
        promotion=tuple(dict.fromkeys(text for text in promotion if len(text) > _SHORTEST))[:_MOST],
        repeated=tuple(dict.fromkeys(repeated))[:_MOST],
    )


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


def _gather(node, base: str | None, into: dict[str, Link]) -> bool:
    gathered = False
    for link in node.css("a[href]")[: 3 * _MOST]:
        words = plain(link.text())
        if _SHORTEST <= len(words) <= 300:
            url = absolute(link.attributes.get("href"), base)
            into.setdefault(words, Link(words, url))
            gathered = True
    return gathered
