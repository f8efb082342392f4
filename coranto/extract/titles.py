"""Which of a page's several titles is the headline, and what is the site's name glued to it.

Candidates come with the place they were found in; agreement between places decides. Reads no tree.
"""

from __future__ import annotations

import re

from .words import fold, squeeze

_SEPARATOR = re.compile(r"\s+(?:[|•·»«›‹¦:–—―]|-{1,2}|::|\\|/)\s+|\s*(?:\||｜|»|＿|_)\s*|(?<=\w)(?:\s*[–—]\s+|:\s+|\s+-\s*)(?=\S)")
_SITE_HINT = re.compile(
    r"\b(?:news|times|post|daily|journal|magazine|online|blog|official|tv|radio|zeitung|nachrichten|press|herald|gazette|"
    r"tribune|observer|review|today|\w+\.(?:com|org|net|de|co\.uk|fr|it|es|ru|pl|cz|at|ch|info|gr|nl|be|se|no|dk|fi|au|ca|in))\b",
    re.I,
)


def without_site(title: str, sites: list[str], host: str = "", anchors: list[str] | None = None) -> str:
    """`title` without the name of the site at its end or beginning.

    `sites` are names the page gives itself; `host` the bare host; `anchors` other titles of the page, one of which the
    shortened title should equal. A part is dropped only with a reason: it is the site's name, or what is left is a
    title that the page shows elsewhere, or it is short and says what sites say.
    """
    title = squeeze(title)
    shown = {fold(anchor) for anchor in anchors or [] if anchor}
    if fold(title) in shown and not any(_is_site(part, sites, host) for part in _edges(title)):
        return title
    best = title
    for _ in range(3):
        cuts = list(_cuts(best))
        agreed = [rest for rest, _ in cuts if fold(rest) in shown]
        if agreed:
            return max(agreed, key=len)
        named = [rest for rest, part in cuts if _is_site(part, sites, host)]
        if not named:
            break
        best = max(named, key=len)
    return best


def site_in(title: str, known: str) -> str | None:
    """What is glued to `known` (the headline) in `title`: the site's name, if it is short; else None."""
    title, known = squeeze(title), squeeze(known)
    for rest, part in _cuts(title):
        if fold(rest) == fold(known) and 0 < len(part) <= 60:
            return part
    return None


def choose(candidates: list[tuple[str, str]], sites: list[str], host: str) -> str | None:
    """The headline among (place, text) pairs.

    Places: 'h1', 'headline' (JSON-LD), 'og', 'twitter', 'itemprop', 'title'. A heading of the page that also stands in
    its metadata is the headline; failing that the metadata, then the only heading, then the document's title.
    """
    pool = [(place, squeeze(text)) for place, text in candidates if squeeze(text)]
    if not pool:
        return None
    texts = [text for _, text in pool]
    cleaned = [(place, without_site(text, sites, host, [t for t in texts if t != text])) for place, text in pool]
    cleaned = [(place, text) for place, text in cleaned if text and len(text) <= 400 and not _only_site(text, sites, host)]
    if not cleaned:
        return texts[0]
    votes: dict[str, float] = {}
    for place, text in cleaned:
        votes[fold(text)] = votes.get(fold(text), 0) + _WEIGHT.get(place, 1.0)
    headings = [text for place, text in cleaned if place == "h1"]
    agreed = [text for text in headings if votes[fold(text)] > _WEIGHT["h1"] * sum(fold(t) == fold(text) for t in headings)]
    if agreed:
        return agreed[0]
    document = [text for place, text in cleaned if place == "title"]
    for heading in headings:
        if any(_alike(heading, other) for place, other in cleaned if place != "h1"):
            return heading
    if len(headings) == 1 and len(headings[0].split()) >= 3 and not document:
        return headings[0]
    return max(cleaned, key=lambda pair: (votes[fold(pair[1])], _WEIGHT.get(pair[0], 1.0)))[1]


_WEIGHT = {"h1": 1.6, "headline": 1.5, "og": 1.4, "itemprop": 1.2, "twitter": 0.9, "title": 1.0}


def _alike(left: str, right: str) -> bool:
    """Whether two titles share most of their words."""
    a, b = set(fold(left).split()), set(fold(right).split())
    return bool(a and b) and len(a & b) >= 0.5 * min(len(a), len(b)) and len(a & b) >= 2


def _cuts(title: str) -> list[tuple[str, str]]:
    """Every way to cut one part off at a separator: (rest, part), last parts first."""
    found = []
    for match in reversed(list(_SEPARATOR.finditer(title))):
        found.append((title[: match.start()].strip(), title[match.end() :].strip()))
    for match in _SEPARATOR.finditer(title):
        found.append((title[match.end() :].strip(), title[: match.start()].strip()))
    return [(rest, part) for rest, part in found if rest and part]


def _edges(title: str) -> list[str]:
    return [part for _, part in _cuts(title)]


def _only_site(text: str, sites: list[str], host: str) -> bool:
    key = fold(text).replace(" ", "")
    return any(key == fold(site).replace(" ", "") for site in sites if site) or (bool(host) and key == fold(host).replace(" ", ""))


def _is_site(part: str, sites: list[str], host: str) -> bool:
    """Whether `part` names the site: a name it gives itself, its host, or initials of either."""
    key = fold(part).replace(" ", "")
    if not key or len(part) > 80:
        return False
    for site in sites:
        own = fold(site).replace(" ", "")
        if own and (key == own or (len(own) > 4 and own in key and len(key) <= 2 * len(own)) or (len(key) > 4 and key in own)):
            return True
    bare = fold(host.rsplit(".", 1)[0] if host else "").replace(" ", "")
    labels = [label.replace("-", "") for label in host.split(".")[:-1]] if host else []
    if bare and (key == bare or key in labels or any(len(label) > 4 and (label in key or key in label) and len(key) > 3 for label in labels)):
        return True
    initials = "".join(word[0] for word in fold(part).split())
    if len(initials) > 2 and initials in labels:
        return True
    return len(part) < 40 and len(part.split()) <= 4 and bool(_SITE_HINT.search(part)) and part[:1].isupper()
