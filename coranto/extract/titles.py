"""The site's name in a title: where a title may be cut, and which of its parts names the site. Reads no tree."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import fold, squeeze

_SEPARATOR = re.compile(
    r"\s+(?:[|•·»«›‹¦:–—―]|-{1,2}|::|\\|/)\s+|\s*(?:\||｜|»|＿|_)\s*|(?<=\w)(?:\s*[–—]\s+|:\s+|\s+-\s*)(?=\S)"
)
_SEPARATORS = frozenset("|•·»«›‹¦:–—―-\\/｜＿_")
"""The signs of which one stands in every separator."""
_LONGEST_NAME = 60
_SITE_HINT = re.compile(
    r"\b(?:news|times|post|daily|journal|magazine|online|blog|official|tv|radio|zeitung|nachrichten|press|herald|"
    r"gazette|"
    r"tribune|observer|review|today|\w+\.(?:com|org|net|de|co\.uk|fr|it|es|ru|pl|cz|at|ch|info|gr|nl|be|se|no|dk|"
    r"fi|au|ca|in))\b",
    re.I,
)


def without_site(title: str, sites: list[str], host: str = "", shown: bool = False) -> str:
    """`title` without the name of the site at its end or beginning.

    `sites` are names the page gives itself, `host` the bare host. At the end of a title any name that must be the
    site's goes; at its beginning, and from a title that the page shows to readers (`shown`), only the name as the site
    itself writes it, and from the latter at the end alone.
    """
    title = squeeze(title)
    for _ in range(3):
        found = cuts(title)
        named = [rest for rest, part, last in found if (last or not shown) and is_exactly_site(part, sites, host)]
        if not named and not shown:
            named = [rest for rest, part, last in found if last and is_site(part, sites, host)]
        if not named:
            break
        title = max(named, key=len)
    return title


def parts_of(title: str) -> set[str]:
    """What may be the headline in a document's title: every part that a separator cuts off, folded, and the whole."""
    return {fold(title), *(fold(rest) for rest, _, _ in cuts(squeeze(title)))}


def site_in(title: str, known: str) -> str | None:
    """What is glued to `known` (the headline), or behind its beginning, in `title`: the site's name, if it is short;
    else None."""
    title, headline = squeeze(title), fold(known)
    found = cuts(title)
    for rest, part, _ in found:
        if fold(rest) == headline and 0 < len(part) <= _LONGEST_NAME:
            return part
    for rest, part, _ in found[-2:-1]:
        begun = fold(rest)
        begins = begun.count(" ") and headline.startswith(f"{begun} ") and title[len(rest)] != ":"
        if begins and len(part) <= _LONGEST_NAME and fold(part) and fold(part) not in headline:
            return part
    return None


def cuts(title: str) -> list[tuple[str, str, bool]]:
    """Every way to cut one part off at a separator: (rest, part, whether the part stands last)."""
    found = []
    if _SEPARATORS.isdisjoint(title):
        return found
    for match in _SEPARATOR.finditer(title):
        left, right = title[: match.start()].strip(), title[match.end() :].strip()
        if left and right:
            found.append((left, right, True))
            found.append((right, left, False))
    return found


@lru_cache(maxsize=1_000)
def _key(name: str) -> str:
    """A site's name for comparison, however it is spaced."""
    return fold(name).replace(" ", "")


def is_exactly_site(part: str, sites: list[str], host: str = "") -> bool:
    """Whether `part` is the site's name as the site itself writes it, or its host."""
    key = _key(part)
    return bool(key) and any(key == _key(site) for site in (*sites, host))


def is_site(part: str, sites: list[str], host: str) -> bool:
    """Whether `part` names the site: a name it gives itself, its host, or initials of either."""
    key = _key(part)
    if not key or len(part) > 80:
        return False
    for site in sites:
        own = _key(site)
        if own and (
            key == own or (len(own) > 4 and own in key and len(key) <= 2 * len(own)) or (len(key) > 4 and key in own)
        ):
            return True
    bare = _key(host.rsplit(".", 1)[0])
    labels = [label.replace("-", "") for label in host.split(".")[:-1]] if host else []
    if bare and (
        key == bare
        or key in labels
        or any(len(label) > 4 and (label in key or key in label) and len(key) > 3 for label in labels)
    ):
        return True
    initials = "".join(word[0] for word in fold(part).split())
    if len(initials) > 2 and initials in labels:
        return True
    return len(part) < 40 and len(part.split()) <= 4 and bool(_SITE_HINT.search(part)) and part[:1].isupper()
