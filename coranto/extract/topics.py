"""The topics of an article: which of a page's several lists of keywords to believe, and how their entries are cleaned.

Metadata first, as far as it is a list and not the site describing itself; then the links that readers see under the
article. Knows no site.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from . import asides, clutter, metadata
from .blocks import Layout
from .metadata import Facts, as_list, text_of
from .words import fold, plain, squeeze

_LEAD = re.compile(
    r"^(?:tags?|topics?|keywords?|more on|in|filed under|themen|mehr zum thema|schlagw[oö]rter|mots-clés|etiquetas|"
    r"temas|related topics|explore more on these topics)\s*:?$",
    re.I,
)
_MACHINE = re.compile(
    r"^[0-9a-f]{8}-[0-9a-f-]{20,}$|^[\w.-]+\.(?:com|org|net|de|fr|co\.uk|ca|io)$|^\d+$|_|^[a-z]+:[a-z]", re.I
)
_LABEL = re.compile(r"^[\w ]{3,30}:\s+(?=\S)")
_PATH = re.compile(r"^[a-z]+(?:/[a-z]+)*/(?=\S)")
_NUMBER = re.compile(r"^\(?\d+[.)]\s*")
_MOST = 40
_MOST_SHOWN = 15


def topics(
    facts: Facts, layout: Layout, headline: int | None, own: list[str]
) -> tuple[str, ...]:
    """The topics in the page's order. `own` are names of the site and its sections, which are no topics."""
    sites = {fold(name) for name in own if name}
    weak: list[list[str]] = []
    for stated in _stated(facts):
        cleaned = _cleaned(stated, sites)
        if len(cleaned) > 1:
            return tuple(cleaned)
        if cleaned:
            weak.append(cleaned)
    shown = _cleaned(
        _in_boxes(layout, headline) or _in_list(layout, headline) or ([] if weak else _in_links(layout)), sites
    )
    if shown and (not weak or len(shown) > 1):
        return tuple(shown)
    return tuple(weak[0]) if weak else ()


def _stated(facts: Facts) -> list[list[str]]:
    """The lists that metadata gives, surest first."""
    tagged = facts.every("article:tag", "og:article:tag")
    keywords = as_list(facts.article.get("keywords"))
    named = [text_of(value) for value in keywords]
    found = [_split(tagged[0]) if len(tagged) == 1 else tagged, _split(named[0]) if len(named) == 1 else named]
    for name in ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "cxenseparse:keywords"):
        values = facts.every(name)
        if values:
            found.append(_split(values[0]))
    return [entries for entries in found if entries]


def _split(text: str) -> list[str]:
    """A list written as one string. Many words without any separator are no list that could be read."""
    if text.startswith("[") and (parsed := metadata.load_json(text)) and isinstance(parsed, list):
        return [text_of(value) for value in parsed]
    for sign in (";", "|", ",", "、", "，"):
        if sign in text:
            return text.split(sign)
    return [text] if len(text.split()) <= 3 else []


def _cleaned(entries: list[str], sites: set[str]) -> list[str]:
    """Entries without labels, paths and numbers; nothing where most of them name the site itself."""
    found: dict[str, str] = {}
    own = 0
    for entry in entries:
        entry = squeeze(entry).strip(" #,;:")
        entry = _NUMBER.sub("", _PATH.sub("", _LABEL.sub("", entry)))
        key = fold(entry)
        if key in sites:
            own += 1
        elif key and len(entry) <= 80 and not _MACHINE.search(entry):
            found.setdefault(key, entry)
    return [] if own > 1 and own >= len(found) // 3 else list(found.values())[:_MOST]


def _in_boxes(layout: Layout, headline: int | None) -> list[str]:
    """The words of the links in the first box of topics after the headline."""
    for box in layout.boxes[1:]:
        if not box.ident or not 0 < box.end - box.start <= 30 or box.start <= (headline or 0):
            continue
        if not clutter.marks_of(box.ident) & clutter.IS_TOPICS:
            continue
        runs = [run for run in layout.runs[box.start : box.end] if not _LEAD.match(run.text)]
        if runs and all(
            run.linked >= 0.6 * len(run.text) and len(run.text) <= 60 * max(1, run.anchors) for run in runs
        ):
            return [plain(link.text()) for link in box.node.css("a")]
    return []


def _in_list(layout: Layout, headline: int | None) -> list[str]:
    """The words of a list that calls itself the topics, linked or not."""
    listed = asides.topic_list(layout, headline)
    return [run.text for run in layout.runs[listed.start + 1 : listed.stop]] if listed else []


def _in_links(layout: Layout) -> list[str]:
    """The words of links marked as tags, outside menus, where they are few enough to be the article's own."""
    found = []
    for link in layout.elements.tagged[: 4 * _MOST_SHOWN]:
        words = plain(link.text())
        if 0 < len(words) <= 40 and not _in_menu(link):
            found.append(words)
    return found if len(found) <= _MOST_SHOWN else []


def _in_menu(link: LexborNode) -> bool:
    """Whether a link stands in a menu or at an edge of the page. The footer of an article is neither."""
    around, edge = link.parent, False
    for _ in range(6):
        if around is None:
            break
        if around.tag in ("nav", "aside", "header"):
            return True
        edge = around.tag != "article" and (edge or around.tag == "footer")
        around = around.parent
    return edge
