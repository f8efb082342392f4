"""The topics of an article: which of a page's several lists of keywords to believe, and how their entries are cleaned.

Metadata first, as far as it is a list and not the site describing itself; then the links that readers see under the
article. Knows no site.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from . import asides, clutter, metadata
from .blocks import Layout, Run
from .metadata import Facts, as_list, text_of
from .words import fold, plain, squeeze

_LEAD = re.compile(
    r"^(?:tags?|topics?|keywords?|more on|in|filed under|themen|mehr zum thema|schlagw[oö]rter|mots-clés|etiquetas|"
    r"temas|related topics|explore more on these topics)\s*:?$",
    re.I,
)
_LABEL_LINE = re.compile(
    r"^\W*(?:(?:related |article )?(?:tags?|topics?|keywords?)|(?:read )?more (?:on|about)(?: (?:this|these) topics?)?|"
    r"filed under|in this (?:article|story)|explore(?: more)?(?: on these topics)?|"
    r"mehr (?:lesen )?(?:über|zum thema|zu)|themen|schlagw(?:orte|örter)|stichworte|"
    r"mots[- ]clés|sujets|sur le même (?:sujet|thème)|etiquetas|temas|"
    r"argomenti|assuntos|tópicos|tagi|tematy|štítky|témata|теги|темы|ετικέτες|etiketler|関連キーワード|キーワード|タグ|标签|태그)\W*$",
    re.I,
)
_MACHINE = re.compile(
    r"^[0-9a-f]{8}-[0-9a-f-]{20,}$|^[\w.-]+\.(?:com|org|net|de|fr|co\.uk|ca|io)$|^\d+$|_|^[a-z]+:[a-z]", re.I
)
_LABEL = re.compile(r"^[\w ]{3,30}:\s+(?=\S)")
_PATH = re.compile(r"^[a-z]+(?:/[a-z]+)*/(?=\S)")
_NUMBER = re.compile(r"^\(?\d+[.)]\s*")
_MOST = 40
_READ = 60
_MOST_SHOWN = 15


def topics(facts: Facts, layout: Layout, headline: int | None, own: list[str]) -> tuple[str, ...]:
    """The topics in the page's order. `own` are names of the site and its sections, which are no topics."""
    sites = {fold(name) for name in own if name}
    weak: list[str] = []
    for stated in _stated(facts):
        cleaned = _cleaned(stated, sites)
        if len(cleaned) > 1:
            weak = cleaned
            break
        weak = weak or cleaned
    if len(weak) > 1 and not _describe_site(facts, weak, layout, headline):
        return tuple(weak)
    shown = _cleaned(
        _in_boxes(layout, headline)
        or _in_list(layout, headline)
        or _in_labelled_list(layout, headline)
        or ([] if weak else _in_links(layout)),
        sites,
    )
    return tuple(shown if shown and (len(shown) > 1 or len(weak) != 1) else weak)


def _describe_site(facts: Facts, topics: list[str], layout: Layout, headline: int | None) -> bool:
    """Whether topics that stand in the keywords alone are hardly named in the article: then they tell of the site."""
    if facts.article.get("keywords") or facts.every("article:tag", "news_keywords"):
        return False
    start = headline or 0
    text = " ".join(run.text for run in layout.runs[start : start + _READ]).casefold()
    return 3 * sum(topic.casefold() in text for topic in topics) < len(topics)


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
    for number in layout.marked:
        box = layout.boxes[number]
        if not number or not box.marks & clutter.IS_TOPICS:
            continue
        if not 0 < box.end - box.start <= 30 or box.start <= (headline or 0):
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


def _in_labelled_list(layout: Layout, headline: int | None) -> list[str]:
    """The words of a list of links under a line that calls them topics."""
    for box in layout.tagged("ul", "ol"):
        if not max(0, headline or 0) < box.start < box.end <= box.start + _MOST_SHOWN:
            continue
        runs = layout.runs[box.start : box.end]
        if _LABEL_LINE.match(layout.runs[box.start - 1].text) and all(_is_topic(run) for run in runs):
            return [run.text for run in runs]
    return []


def _is_topic(run: Run) -> bool:
    return run.anchors == 1 and run.linked >= 0.8 * len(run.text) and len(run.text) <= 50


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
