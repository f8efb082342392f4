"""Patterns of many words: their alternatives by first letter, so that at a place in a text only few are tried."""

from __future__ import annotations

import re

_SIGN = re.compile(r"\\.|.", re.S)
_INITIAL = re.compile(r"[^\W\d_](?![?*+{])")


def by_initial(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`pattern` with the alternatives in its first `(?:...)` gathered by their first letter.

    It matches where it did, but of several alternatives that match there another may win. No class of characters may
    hold a bracket or a bar.
    """
    head, _, inside = pattern.partition("(?:")
    found, size = alternatives(inside)
    gathered: dict[str, list[str]] = {}
    for one in found:
        initial = one[0] if _INITIAL.match(one) else ""
        gathered.setdefault(initial, []).append(one[len(initial) :])
    groups = (f"{initial}(?:{'|'.join(endings)})" for initial, endings in gathered.items())
    ahead = "" if "" in gathered else f"(?=[{''.join(gathered)}])"
    return re.compile(f"{head}{ahead}(?:{'|'.join(groups)}{inside[size:]}", flags)


def alternatives(pattern: str) -> tuple[list[str], int]:
    """The alternatives of a pattern, cut at the bars outside its brackets, up to a bracket that closes what was opened
    before; and how long that is."""
    found, depth = [""], 0
    for match in _SIGN.finditer(pattern):
        sign = match[0]
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return found, match.start()
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found, len(pattern)
