"""Which of a page's several titles is the headline, and what is the site's name glued to it.

Candidates come with the place they were found in; agreement between places decides. Reads no tree.
"""

from __future__ import annotations

import re

from .words import fold, squeeze

_SEPARATOR = re.compile(
    r"\s+(?:[|•·»«›‹¦:–—―]|-{1,2}|::|\\|/)\s+|\s*(?:\||｜|»|＿|_)\s*|(?<=\w)(?:\s*[–—]\s+|:\s+|\s+-\s*)(?=\S)"
)
_SITE_HINT = re.compile(
    r"\b(?:news|times|post|daily|journal|magazine|online|blog|official|tv|radio|zeitung|nachrichten|press|herald|"
    r"gazette|"
    r"tribune|observer|review|today|\w+\.(?:com|org|net|de|co\.uk|fr|it|es|ru|pl|cz|at|ch|info|gr|nl|be|se|no|dk|"
    r"fi|au|ca|in))\b",
    re.I,
)


def without_site(
    title: str, sites: list[str], host: str = "", anchors: list[str] | None = None, shown: bool = False
) -> str:
    """`title` without the name of the site at its end or beginning.

    `sites` are names the page gives itself; `host` the bare host; `anchors` other titles of the page. A part is dropped
    only with a reason: it is the site's name, or it ends the title, and what is left is shown elsewhere. A title that
    the page shows to readers (`shown`) loses nothing but a site's name as the site itself writes it.
    """
    title = squeeze(title)
    others = {fold(anchor) for anchor in anchors or [] if anchor}
    for _ in range(3):
        cuts = _cuts(title)
        named = [rest for rest, part, last in cuts if _is_exactly_site(part, sites) and (last or not shown)]
        if not named and not shown and fold(title) not in others:
            named = [rest for rest, _, last in cuts if last and fold(rest) in others]
            named = named or [rest for rest, part, last in cuts if last and _is_site(part, sites, host)]
        if not named:
            break
        title = max(named, key=len)
    return title


def parts_of(title: str) -> set[str]:
    """What may be the headline in a document's title: every part that a separator cuts off, folded, and the whole."""
    return {fold(title), *(fold(rest) for rest, _, _ in _cuts(squeeze(title)))}


def site_in(title: str, known: str) -> str | None:
    """What is glued to `known` (the headline) in `title`: the site's name, if it is short; else None."""
    title, known = squeeze(title), squeeze(known)
    for rest, part, _ in _cuts(title):
        if fold(rest) == fold(known) and 0 < len(part) <= 60:
            return part
    return None


def cuts(title: str) -> list[tuple[str, str]]:
    """Every way to cut one part off at a separator: (rest, part)."""
    return [(rest, part) for rest, part, _ in _cuts(squeeze(title))]


def choose(candidates: list[tuple[str, str]], sites: list[str], host: str) -> str | None:
    """The headline among (place, text) pairs.

    Places: 'h1', 'shown' (text that looks like one), 'headline' (JSON-LD), 'og', 'twitter', 'itemprop', 'title'. A
    heading of the page that also stands in
    its metadata is the headline; failing that the metadata, then the only heading, then the document's title.
    """
    pool = [(place, squeeze(text)) for place, text in candidates if squeeze(text)]
    if not pool:
        return None
    texts = [text for _, text in pool]
    visible = {fold(text) for place, text in pool if place == "h1"}
    cleaned = [
        (place, without_site(text, sites, host, [other for other in texts if other != text], fold(text) in visible))
        for place, text in pool
    ]
    cleaned = [(place, text) for place, text in cleaned if len(text) <= 400 and not _only_site(text, sites, host)]
    if not cleaned:
        return texts[0]
    places: dict[str, set[str]] = {}
    for place, text in cleaned:
        places.setdefault(fold(text), set()).add(place)
    votes = {key: sum(_WEIGHT.get(place, 1.0) for place in found) for key, found in places.items()}
    headings = [text for place, text in cleaned if place == "h1"]
    parts = {fold(rest) for place, text in pool if place not in ("h1", "shown") for rest, _, _ in _cuts(text)}
    agreed = [text for text in headings if len(places[fold(text)]) > 1]
    if not any(place in ("og", "headline") for place, _ in cleaned):
        agreed = agreed or [text for place, text in cleaned if place == "shown" and fold(text) in parts]
    if agreed:
        return agreed[0]
    stated = next((text for _, text in cleaned if {"headline", "og", "title"} <= places[fold(text)]), None)
    if stated:
        return stated
    for heading in headings:
        within = next((text for place, text in cleaned if place != "h1" and _is_rest_of(heading, text)), None)
        if within:
            return within
        if any(_alike(heading, other) for place, other in cleaned if place != "h1"):
            return heading
    if len(headings) == 1 and len(headings[0].split()) >= 3 and not any(place == "title" for place, _ in cleaned):
        return headings[0]
    return max(cleaned, key=lambda pair: (votes[fold(pair[1])], _WEIGHT.get(pair[0], 1.0)))[1]


_WEIGHT = {"h1": 1.6, "headline": 1.5, "og": 1.4, "itemprop": 1.2, "twitter": 0.9, "title": 1.0}


def _is_rest_of(heading: str, text: str) -> bool:
    """Whether `heading` is `text` with a kicker glued in front, or `text` is `heading` with its lost beginning."""
    if heading[:1] in ":-–—|" and text.endswith(heading.lstrip(":-–—| ")):
        return True
    if heading.endswith(text) and len(text.split()) >= 3:
        kicker = heading[: -len(text)].strip()
        return 0 < len(kicker) <= 30 and len(kicker.split()) <= 3 and kicker[-1] not in ":-–—|"
    return False


def _alike(left: str, right: str) -> bool:
    """Whether two titles share most of their words."""
    a, b = set(fold(left).split()), set(fold(right).split())
    return bool(a and b) and len(a & b) >= 0.5 * min(len(a), len(b)) and len(a & b) >= 2


def _cuts(title: str) -> list[tuple[str, str, bool]]:
    """Every way to cut one part off at a separator: (rest, part, whether the part stands last)."""
    found = []
    for match in _SEPARATOR.finditer(title):
        left, right = title[: match.start()].strip(), title[match.end() :].strip()
        if left and right:
            found.append((left, right, True))
            found.append((right, left, False))
    return found


def _only_site(text: str, sites: list[str], host: str) -> bool:
    key = fold(text).replace(" ", "")
    return any(key == fold(site).replace(" ", "") for site in sites if site) or (
        bool(host) and key == fold(host).replace(" ", "")
    )


def _is_exactly_site(part: str, sites: list[str]) -> bool:
    key = fold(part).replace(" ", "")
    return bool(key) and any(key == fold(site).replace(" ", "") for site in sites)


def _is_site(part: str, sites: list[str], host: str) -> bool:
    """Whether `part` names the site: a name it gives itself, its host, or initials of either."""
    key = fold(part).replace(" ", "")
    if not key or len(part) > 80:
        return False
    for site in sites:
        own = fold(site).replace(" ", "")
        if own and (
            key == own or (len(own) > 4 and own in key and len(key) <= 2 * len(own)) or (len(key) > 4 and key in own)
        ):
            return True
    bare = fold(host.rsplit(".", 1)[0] if host else "").replace(" ", "")
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
