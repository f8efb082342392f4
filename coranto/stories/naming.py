"""Whether a line names an outlet, in the ways outlets are written: "Teen Vogue" for teenvogue, "the Guardian's".

`names` takes any such word, as a byline or a credit line asks; `plainly_names` only what can be meant as a name, as
running text asks: an outlet called Time is not named by "the third time", nor one called Chicago by "Chicago Police".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from coranto.stories.coverage import Coverage
from coranto.terms import words

_TOKEN = re.compile(r"[^\W_]+")
_KIND_OF_OUTLET = tuple(
    "news online newspaper magazine tv radio television network media digital podcast heute zeitung newsagency agency"
    " agentur".split()
)
"""Words that stand behind an outlet's name, or are left out where the text names it."""
_ARTICLES = frozenset("the a le la les l el los il lo o der die das den dem de het".split())
_LEGAL_FORMS = frozenset("inc llc ltd limited plc corp co company gmbh ag kg sa spa srl bv nv ab as oy group".split())
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
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
    """Whether two names may be one person's, accents aside: the same words, one within the other, or the same family
    name with the same initial."""
    first, second = _unaccented(a), _unaccented(b)
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _unaccented(name: str) -> list[str]:
    apart = unicodedata.normalize("NFD", name.casefold().translate(_STROKES))
    return words("".join(letter for letter in apart if not unicodedata.combining(letter)))


def family_key(name: str) -> str:
    """What tells outlets and publishers apart however they are written: "cbs" for CBS News and cbsnews.com, "nordmedia"
    for Nord Media GmbH."""
    bare = name.rpartition(".")[0] if _HOST.fullmatch(name) else name
    found = [word for word in words(bare) if word not in _ARTICLES] or words(bare)
    while len(found) > 1 and found[-1] in _LEGAL_FORMS:
        found.pop()
    return _stem("".join(found))


@lru_cache(maxsize=1024)
def host_of(url: str | None) -> str | None:
    """The host of an address without `www.`, None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _named(line: str, coverage: Coverage, plainly: bool) -> bool:
    line = unicodedata.normalize("NFC", line)
    tokens = list(_TOKEN.finditer(line))
    joined = "".join(token[0] for token in tokens).casefold()
    for name in {coverage.outlet, coverage.publisher or coverage.outlet}:
        whole, known = _forms_of(name)
        forms = {form for form in known if form in joined}
        if whole in forms and len(words(name)) == len(whole):
            return True  # a script without spaces has no whole words
        if forms and _stands(tokens, forms, name, whole, plainly):
            return True
    return False


@lru_cache(maxsize=1024)
def _forms_of(name: str) -> tuple[str, frozenset[str]]:
    """A name as one word, and the forms of that by which it is known."""
    whole = "".join(_TOKEN.findall(unicodedata.normalize("NFC", name).casefold()))
    return whole, frozenset(form for form in (whole, _stem(whole)) if len(form) > 1)


def _stem(name: str) -> str:
    """The name without its article and without the word that says what kind of outlet it is."""
    stem = name.removeprefix("the") if len(name) > 6 else name
    ending = next((word for word in _KIND_OF_OUTLET if stem.endswith(word) and len(stem) > len(word) + 2), "")
    return stem.removesuffix(ending)


def _stands(tokens: list[re.Match], forms: set[str], name: str, whole: str, plainly: bool) -> bool:
    """Whether some run of whole words, written together, is one of `forms`."""
    longest = max(map(len, forms))
    for start, token in enumerate(tokens):
        run = ""
        for end in range(start, len(tokens)):
            run += tokens[end][0]
            if len(run) > longest:
                break
            folded = run.casefold()
            if folded in forms and (len(run) > 2 or run == name):
                if folded == whole and not plainly:
                    return True
                if (folded == whole or len(run) >= LEAST_STEM or run.isupper()) and _is_name(tokens, start, end, run):
                    return True
        if any(_runs_on(token[0], form) for form in forms):
            return True
    return False


def _runs_on(token: str, form: str) -> bool:
    """QRSheute names QRS."""
    head, tail = token[: len(form)], token[len(form) :]
    return head.casefold() == form and head.isupper() and tail.islower() and len(tail) > 2


def _is_name(tokens: list[re.Match], start: int, end: int, written: str) -> bool:
    """Whether the run is written as a name, and not as a part of a longer one."""
    run = [token[0] for token in tokens[start : end + 1]]
    if written.isupper() or written.lower() == written.upper():
        return True  # in capitals, or in a script that has none
    if any(map(str.isdigit, written)) and not written.isdigit():
        return True  # no common word has a digit in it
    if not run[0][0].isupper() and not run[-1][0].isupper():
        return False
    if len(run) > 1:
        return all(word[0].isupper() or len(word) <= 3 for word in run)
    before, after = _beside(tokens, start - 1, start), _beside(tokens, end, end + 1, before=False)
    if after.casefold() in _KIND_OF_OUTLET:
        return True
    opens = not start and len(written) < LEAST_OPENING
    return not opens and not after[:1].isupper() and (not before[:1].isupper() or before.casefold() in _ARTICLES)


def _beside(tokens: list[re.Match], one: int, other: int, before: bool = True) -> str:
    """The word before or after, '' where more than a space parts the two."""
    if one < 0 or other >= len(tokens):
        return ""
    parted = tokens[one].string[tokens[one].end() : tokens[other].start()].strip()
    return "" if parted else tokens[one if before else other][0]
