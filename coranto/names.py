"""Names in running text: people, places and houses, told by their capitals. For reasons, not for proof.

Two to four words in a row that begin with a capital; so none is found in scripts without capitals, and of languages
that write every noun so only part is right.
"""

from __future__ import annotations

import re

from coranto.terms import STOP_WORDS

_LINKS = "al|bin|da|de|del|den|der|di|du|la|le|of|van|von"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:(?:{_LINKS}) ){{0,2}}{_CAPITAL}){{1,5}}")
LONGEST = 4


def names(text: str) -> tuple[str, ...]:
    """The names in `text` as it writes them, each once, in the order in which they come."""
    found: dict[str, str] = {}
    for run in _NAME.findall(text):
        words = run.split()
        while words and words[0].casefold() in STOP_WORDS:
            words.pop(0)
        if 2 <= len(words) <= LONGEST and not run.isupper():
            name = " ".join(words).removesuffix("’s").removesuffix("'s")
            found.setdefault(name.casefold(), name)
    return tuple(found.values())
