"""What an outlet's rules and its other pages change in the reading of one page; pure decisions on values.

A rule that drops is heeded before anything is read: what it matches has no part in headline, names or dates either.
"""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coranto.articles import OutletProfile, Rule

from . import repeats
from .blocks import Layout
from .body import REPEATED, Body, Known, drop_idle_headings
from .selectors import check_rule, inside, matching

_GLUE = " \t|｜»«·•:–—―-_/\\"


def drop(tree: LexborHTMLParser, rules: Sequence[Rule]) -> None:
    """Take out of `tree` what the rules drop. Raises `RuleError` for any of `rules` that cannot be followed."""
    for rule in rules:
        check_rule(rule)
    for rule in rules:
        if rule.kind != "drop":
            continue
        found = {number: node for number, node in matching(tree, rule.value).items() if node.tag not in _WHOLE}
        # Who goes with an element around it must not be touched afterwards.
        for number in found.keys() - set(inside(found.values(), found.keys())):
            found[number].decompose()


_WHOLE = frozenset(("html", "head", "body"))


def titled(title: str | None, rules: Sequence[Rule]) -> str | None:
    """`title` without what the rules cut off its end, and without the separator before that."""
    for rule in rules:
        words = rule.value.strip()
        if rule.kind == "title" and title and title[-len(words) :].casefold() == words.casefold():
            title = title[: -len(words)].rstrip(_GLUE) or title
    return title


def corrected(
    body: Body,
    tree: LexborHTMLParser,
    layout: Layout,
    known: Known,
    rules: Sequence[Rule],
    profile: OutletProfile | None,
) -> Body:
    """`body` with what the rules keep, and without what repeats across the outlet's pages."""
    kept = set(body.kept)
    wanted = _kept_by_rule(tree, layout, rules) - {known.headline}
    repeated: set[int] = set()
    if profile is not None and profile.repeated:
        numbers = profile.repeated
        repeated = {
            index
            for index in kept
            if index not in wanted
            and index != known.standfirst
            and repeats.may_repeat(layout.runs[index])
            and repeats.number(layout.runs[index].text) in numbers
        }
    if not repeated and wanted <= kept:
        return body
    cut = {index: reason for index, reason in body.cut.items() if index not in wanted}
    cut |= dict.fromkeys(sorted(repeated), REPEATED)
    rest = sorted((kept | wanted) - repeated)
    return Body(drop_idle_headings(layout, rest, cut), cut, body.box, body.chances)


def _kept_by_rule(tree: LexborHTMLParser, layout: Layout, rules: Sequence[Rule]) -> set[int]:
    """The runs that the rules keep: those in elements that match, and those around a match within a line."""
    selectors = [rule.value for rule in rules if rule.kind == "keep"]
    if not selectors:
        return set()
    boxes = {box.node.mem_id: number for number, box in enumerate(layout.boxes)}
    around = dict(boxes)
    whole: set[int] = set()
    kept: set[int] = set()
    for selector in selectors:
        for found, node in matching(tree, selector).items():
            if found in boxes:
                box = layout.boxes[boxes[found]]
                kept.update(range(box.start, box.end))
            else:
                whole.add(_box_around(node, around))
    return kept | {index for index, run in enumerate(layout.runs) if run.box in whole}


def _box_around(node: LexborNode, around: dict[int, int]) -> int:
    """The box in which an element within a line stands; -1 where there is none. `around` learns the way."""
    path = []
    while node is not None and node.mem_id not in around:
        path.append(node.mem_id)
        node = node.parent
    box = around[node.mem_id] if node is not None else -1
    around.update(dict.fromkeys(path, box))
    return box
