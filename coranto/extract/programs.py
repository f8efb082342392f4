"""The data that the scripts of a page hold: statements in JSON, values that a program assigns, and what it is handed in
pieces ("__next_f.push").

Nothing is run. What is no JSON by a hair (`{title:a,body:"..."}` in a function that is called at once with its values)
is rewritten as JSON first. Time and size are bounded, whatever a page holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .metadata import load_json

SMALLEST = 800
"""Fewer characters hold no body."""
_MOST_SCRIPTS = 40
_MOST_CHARACTERS = 4_000_000
_MOST_ASSIGNED = 40
_MOST_PIECES = 5_000
_MOST_ARGUMENTS = 5_000
_ASSIGNED = re.compile(
    r"\b(?:window|self|globalThis|Fusion|var|let|const)\b[\w$.\[\]\"' ]{0,80}=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"])"
)
_PIECE = re.compile(r"__next_f\.push\(\s{0,9}\[\s{0,9}1\s{0,9},\s{0,9}(?=\")")
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,7}),)?")
_LITERAL = re.compile(
    r"\b__\w{1,40}__\s{0,9}=\s{0,9}"
    r"(?:\(?\s{0,9}function\s{0,9}\((?P<names>[\w$,\s]{0,20000})\)\s{0,9}\{[^{}]{0,2000}?return\s{0,9})?(?=\{)"
)
_CALL = re.compile(r"[;\s]{0,9}\}\s{0,9}\)?\s{0,9}\(\s{0,9}")
# A string goes on to the end where nothing closes it, so that no text is looked through twice.
_TOKEN = re.compile(
    r"(?P<string>\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"?)|void 0|![01]|"
    r"(?P<word>[A-Za-z_$][\w$]*+|\d[\w.]*+)(?P<key>\s{0,9}:)?",
    re.S,
)
_CONSTANTS = {"void 0": "null", "!0": "true", "!1": "false"}
_PLAIN = frozenset(("true", "false", "null"))


def values(page: str, smallest: int) -> Iterator[object]:
    """The data in the scripts of `page`, its markup, that hold more than `smallest` characters."""
    yield from _rows(_pieces(page), smallest)
    read = 0
    for kind, text in _scripts(page, smallest):
        read += len(text)
        if read > _MOST_CHARACTERS:
            return
        if "json" in kind or text.lstrip()[:1] in "{[":
            if (value := load_json(text)) is not None:
                yield value
        else:
            yield from list(_assigned(text)) or _literal(text)


def _scripts(page: str, smallest: int) -> Iterator[tuple[str, str]]:
    """The attributes, in lower case, and texts of scripts larger than that. Tags in capitals are older than such
    data."""
    place = found = 0
    while found < _MOST_SCRIPTS and (start := page.find("<script", place)) >= 0:
        opened = page.find(">", start)
        place = page.find("</script", opened)
        if opened < 0 or place < 0:
            return
        if place - opened > smallest:
            found += 1
            yield page[start:opened].lower(), page[opened + 1 : place]


def _assigned(program: str) -> Iterator[object]:
    """The values that a program assigns: objects and lists, or strings of JSON."""
    decoder = json.JSONDecoder(strict=False)
    place = 0
    for _ in range(_MOST_ASSIGNED):
        match = _ASSIGNED.search(program, place)
        if match is None:
            return
        place = match.end()
        try:
            value, place = decoder.raw_decode(program, place)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str) and len(value) > SMALLEST:
            value = load_json(value)
        if isinstance(value, dict | list):
            yield value


def _pieces(page: str) -> str:
    """The strings that programs push one after another for the reader of a page, joined."""
    decoder = json.JSONDecoder(strict=False)
    found: list[str] = []
    size = place = 0
    while len(found) < _MOST_PIECES and (match := _PIECE.search(page, place)):
        place = match.end()
        try:
            piece, place = decoder.raw_decode(page, place)
        except ValueError:
            continue
        size += len(piece)
        if size > _MOST_CHARACTERS:
            break
        found.append(piece)
    return "".join(found)


def _rows(joined: str, smallest: int) -> Iterator[object]:
    """The values of rows "number:JSON", one a line, and the texts of rows "number:Tsize,text" of so many bytes."""
    data = joined.encode("utf-8", "replace")
    place = 0
    while row := _ROW.match(data, place):
        start = row.end()
        end = start + int(row[2], 16) if row[2] else data.find(b"\n", start)
        end = end if end >= 0 else len(data)
        if end - start > smallest:
            text = data[start:end].decode("utf-8", "replace")
            if row[2]:
                yield text
            elif (value := load_json(text)) is not None:
                yield value
        place = end if row[2] else end + 1


def _literal(program: str) -> Iterator[object]:
    """The object that a program assigns to a name like "__NUXT__", as a literal or as what a function returns that is
    called at once."""
    match = _LITERAL.search(program)
    if match is None:
        return
    text = program[match.end() :]
    names = [name.strip() for name in (match["names"] or "").split(",")]
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(plainer := _as_json(text, {}))
        if match["names"] and (given := _arguments(plainer, end)):
            plainer = _as_json(text, dict(zip(names, given, strict=False)))
            value, _ = json.JSONDecoder(strict=False).raw_decode(plainer)
    except (ValueError, RecursionError):
        return
    yield value


def _arguments(text: str, place: int) -> list[str]:
    """What the function that ends at `place` is called with: values of JSON, as they are written."""
    decoder = json.JSONDecoder(strict=False)
    found: list[str] = []
    opened = _CALL.match(text, place)
    start = opened.end() if opened else len(text)
    while start < len(text) and len(found) < _MOST_ARGUMENTS:
        try:
            _, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        found.append(text[start:end])
        if text[end : end + 1] != ",":
            break
        start = end + 1
    return found


def _as_json(text: str, known: dict[str, str]) -> str:
    """An object's literal as JSON: bare names of keys in quotes, and for every other name what is `known` of it."""
    left = _MOST_CHARACTERS

    def written(match: re.Match[str]) -> str:
        nonlocal left
        word = match["word"]
        if word is None:
            return match[0] if match["string"] else _CONSTANTS[match[0]]
        if match["key"]:
            return f'"{word}":'
        if word in _PLAIN or word[0].isdecimal():
            return word
        value = known.get(word, "null")
        left -= len(value)
        return value if left > 0 else "null"

    return _TOKEN.sub(written, text)
