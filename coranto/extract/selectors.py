"""CSS selectors as the rules of outlets use them: a plain part of the language, matched in time linear in the page.

lexbor matches each step; how steps hang together is followed here, for lexbor tries every way there is through the
ancestors of an element, which takes minutes on deep pages.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coranto.articles import Rule

KINDS = ("keep", "drop", "title")
LONGEST = 200
MOST_STEPS = 8
_VALUE = r"""(?:"[^"\\]*"|'[^'\\]*'|[\w-]+)"""
_ELEMENT = rf"(?:[^\W\d_][\w-]*|\*)?(?:[.#]-?[^\W\d][\w-]*|\[[\w-]+(?:[~|^$*]?={_VALUE})?\])*"
_STEP = re.compile(rf"(^|\s*[,>]\s*|\s+)({_ELEMENT})")

Steps = tuple[tuple[str, str], ...]


class RuleError(ValueError):
    """A rule that cannot be followed. `code`: 'kind', 'empty', 'long', 'many' (steps), 'pseudo' (a colon), 'join' (+ or
    ~) or 'syntax'; `part` is the place in the rule's value where it fails."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code = code
        self.part = part


def check_rule(rule: Rule) -> None:
    """Raise `RuleError` where `rule` cannot be followed, TypeError where its value is no string."""
    if not isinstance(rule.value, str):
        raise TypeError(f"a rule's value is a string, not {type(rule.value).__name__}")
    if rule.kind not in KINDS:
        raise RuleError("kind", rule.kind)
    if not rule.value.strip():
        raise RuleError("empty")
    if len(rule.value) > LONGEST:
        raise RuleError("long")
    if rule.kind != "title":
        steps_of(rule.value)


@lru_cache(maxsize=1_000)
def steps_of(selector: str) -> tuple[Steps, ...]:
    """The alternatives of a selector, each as steps of (how it hangs on the step before, what one element is):
    '' for the first, ' ' for anywhere inside, '>' for right inside."""
    selector = selector.strip()
    if len(selector) > LONGEST:
        raise RuleError("long")
    alternatives: list[list[tuple[str, str]]] = []
    place = count = 0
    while place < len(selector):
        step = _STEP.match(selector, place)
        if step is None or not step[2]:
            raise fault_at(selector, step.end() if step else place)
        joined = step[1].strip() or step[1][:1]
        if joined in ("", ","):
            alternatives.append([])
        elif joined != ">":
            joined = " "
        alternatives[-1].append(("" if joined == "," else joined, step[2]))
        place, count = step.end(), count + 1
    if not count:
        raise RuleError("empty")
    if count > MOST_STEPS:
        raise RuleError("many")
    _refuse_unknown(alternatives)
    return tuple(map(tuple, alternatives))


def fault_at(selector: str, place: int) -> RuleError:
    part = selector[place : place + 30].strip()
    return RuleError({":": "pseudo", "+": "join", "~": "join"}.get(part[:1], "syntax"), part)


def _refuse_unknown(alternatives: list[list[tuple[str, str]]]) -> None:
    """Raise where lexbor does not take a step that looked right."""
    empty = LexborHTMLParser("")
    for steps in alternatives:
        for _, element in steps:
            try:
                empty.css(element)
            except Exception:
                raise RuleError("syntax", element) from None


def matching(tree: LexborHTMLParser, selector: str) -> dict[int, LexborNode]:
    """The elements that a selector matches, by their number in memory. Raises `RuleError`."""
    found: dict[int, LexborNode] = {}
    for steps in steps_of(selector):
        reached: dict[int, LexborNode] = {}
        for joined, element in steps:
            nodes = {node.mem_id: node for node in tree.css(element)}
            if joined:
                under = inside(nodes.values(), reached.keys(), joined == ">")
                nodes = {number: nodes[number] for number in under}
            reached = nodes
        found |= reached
    return found


def inside(nodes, around, directly: bool = False) -> list[int]:
    """The numbers of those `nodes` that stand inside an element of `around`, or `directly` in it."""
    known: dict[int, bool] = {}
    found = []
    for node in nodes:
        path, parent, answer = [], node.parent, False
        while parent is not None:
            number = parent.mem_id
            answer = number in around or (not directly and known.get(number, False))
            if answer or directly or number in known:
                break
            path.append(number)
            parent = parent.parent
        known.update(dict.fromkeys(path, answer))
        if answer:
            found.append(node.mem_id)
    return found
