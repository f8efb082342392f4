"""Whether a line names an outlet, in the ways outlets are written: "Teen Vogue" for teenvogue, "the Guardian's".

`names` takes any such word, as a byline or a credit line asks; `plainly_names` only what can be meant as a name, as
running text asks: an outlet called Time is not named by "the third time", nor one called Chicago by "Chicago Police".
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from coranto.stories.coverage import Coverage
from coranto.terms import words

_TOKEN = re.compile(r"[^\W_]+")
_KIND_OF_OUTLET = tuple(
    "news online newspaper magazine tv radio television network media digital podcast heute zeitung".split()
)
"""Words that stand behind an outlet's name, or are left out where the text names it."""
_ARTICLES = frozenset("the a le la les l el los il lo o der die das den dem de het".split())
LEAST_STEM = 5
"""A name shortened ("Guardian" for guardiannews) has at least so many letters, or is written in capitals."""
LEAST_OPENING = 7
"""A shorter word that opens a sentence may have its capital from there ("Time flies")."""


def names(line: str, coverage: Coverage) -> bool:
    """Whether `line` has the name of the coverage's outlet or publisher, or its host, however it is written."""
    host = host_of(coverage.url)
    return (host is not None and host in line.casefold()) or _named(line, coverage, plainly=False)


def plainly_names(line: str, coverage: Coverage) -> bool:
    """Whether `line` names the coverage's outlet, publisher or host, and by its spelling can mean nothing else."""
    host = host_of(coverage.url)
    return (host is not None and host in line.casefold()) or _named(line, coverage, plainly=True)


def same_name(a: str, b: str) -> bool:
    """Whether two names may be one person's: the same words, one within the other, or the same family name with the
    same initial."""
    first, second = words(a), words(b)
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def host_of(url: str | None) -> str | None:
    """The host of an address without `www.`, None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _named(line: str, coverage: Coverage, plainly: bool) -> bool:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", line))
    joined = "".join(tokens).casefold()
    for name in {coverage.outlet, coverage.publisher or coverage.outlet}:
        whole = "".join(_TOKEN.findall(unicodedata.normalize("NFC", name).casefold()))
        forms = {form for form in (whole, _stem(whole)) if len(form) > 2 and form in joined}
        if whole in forms and len(words(name)) == len(whole):
            return True  # a script without spaces has no whole words
        if forms and _stands(tokens, forms, whole, plainly):
            return True
    return False


def _stem(name: str) -> str:
    """The name without its article and without the word that says what kind of outlet it is."""
    stem = name.removeprefix("the") if len(name) > 6 else name
    ending = next((word for word in _KIND_OF_OUTLET if stem.endswith(word) and len(stem) > len(word) + 2), "")
    return stem.removesuffix(ending)


def _stands(tokens: list[str], forms: set[str], whole: str, plainly: bool) -> bool:
    """Whether some run of whole words, written together, is one of `forms`."""
    longest = max(map(len, forms))
    for start, token in enumerate(tokens):
        run = ""
        for end in range(start, len(tokens)):
            run += tokens[end]
            if len(run) > longest:
                break
            fitting = run.casefold() in forms and (run.casefold() == whole or len(run) >= LEAST_STEM or run.isupper())
            if fitting and (not plainly or _is_name(tokens, start, end)):
                return True
        if any(_runs_on(token, form) for form in forms):
            return True
    return False


def _runs_on(token: str, form: str) -> bool:
    """QRSheute names QRS."""
    head, tail = token[: len(form)], token[len(form) :]
    return head.casefold() == form and head.isupper() and tail.islower() and len(tail) > 2


def _is_name(tokens: list[str], start: int, end: int) -> bool:
    """Whether the run is written as a name, and not as a part of a longer one."""
    run = tokens[start : end + 1]
    written = "".join(run)
    if written.isupper() or written.lower() == written.upper():
        return True  # in capitals, or in a script that has none
    if not run[0][0].isupper() and not run[-1][0].isupper():
        return False
    if len(run) > 1:
        return all(token[0].isupper() or len(token) <= 3 for token in run)
    before = tokens[start - 1] if start else ""
    after = tokens[end + 1] if end + 1 < len(tokens) else "."
    if after.casefold() in _KIND_OF_OUTLET:
        return True
    opens = not before and len(written) < LEAST_OPENING
    return not opens and not after[0].isupper() and (not before[:1].isupper() or before.casefold() in _ARTICLES)
