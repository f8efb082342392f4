"""Listing pages: which links of a home or section page lead to articles, learned from the page itself.

Articles' links come in repeated containers, with headline-length words and addresses of one shape; menus, tags and
footers do not. Reads one page and knows no site.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from coranto.articles import Link

from .cleaning import absolute
from .tree import parse, strip_unread
from .words import host, plain

_MENU = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|cookie\w*|social\w*|share|login|tags?|topics?|"
    r"pagination|pager|lang\w*|toolbar|masthead-?\w*|legal|skip\w*)(?![a-z])",
    re.I,
)
_NO_ARTICLE = re.compile(
    r"/(?:tag|tags|topic|topics|thema|themen|category|categories|kategorie|rubrik|author|authors|autor|autoren|"
    r"page|search|suche|login|signin|register|account|subscribe|abo|about|contact|kontakt|impressum|privacy|"
    r"datenschutz|terms|agb|cookie|newsletter|newsletters|rss|feed|feeds|jobs|shop|advertis\w*|help|faq|sitemap|"
    r"archive|archiv|share|print|wp-login|wp-admin|cart)(?:[/.?-]|$)",
    re.I,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp3|mp4|zip|xml|rss|css|js|json|ico|docx?|xlsx?|apk|exe)$", re.I)
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}|\d{4})")
_NUMBER = re.compile(r"\d{4,}")
_SLUG = re.compile(r"[a-z0-9%]+(?:[-_][a-z0-9%]+){3,}", re.I)
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_LINKS = 3_000
_MOST = 300


def links(html: str | bytes, url: str | None = None) -> tuple[Link, ...]:
    """Return the links of a listing page that look like articles, in the page's order, each address once.

    `url` is the page's own address: it makes the links absolute, and links to other sites are left out. Raises
    TypeError for a wrong type of `html` and nothing else.
    """
    if isinstance(html, bytes | bytearray | memoryview):
        from .charset import decode

        html = decode(bytes(html))[0]
    elif not isinstance(html, str):
        raise TypeError(f"links wants a string or bytes, not {type(html).__name__}")
    tree, _ = parse(html)
    strip_unread(tree)
    base_node = tree.css_first("base[href]")
    base = absolute(base_node.attributes.get("href"), url) if base_node is not None else None
    own = _site(host(url))
    rows: dict[str, _Row] = {}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        address = absolute(node.attributes.get("href"), base or url)
        if address is None or (own and _site(host(address)) != own):
            continue
        address = address.split("#", 1)[0]
        if address.rstrip("/") == (url or "").split("#", 1)[0].rstrip("/"):
            continue
        row = _Row(address, _words(node), node)
        known = rows.get(address)
        if known is None:
            rows[address] = row
        elif len(row.words) > len(known.words) and not known.headed:
            known.words, known.headed = row.words, row.headed
            known.menu = known.menu and row.menu
    shapes = Counter(row.shape for row in rows.values() if row.strength >= 2)
    places = Counter(row.place for row in rows.values() if row.strength >= 2)
    chosen = [row for row in rows.values() if row.score(shapes, places) >= 3]
    return tuple(Link(row.words, row.address) for row in chosen[:_MOST])


class _Row:
    """One link with what speaks for it: words, address, container."""

    def __init__(self, address: str, words: str, node: LexborNode) -> None:
        self.address, self.words = address, words
        parts = urlsplit(address)
        self.path = parts.path
        self.headed, self.menu, self.place = _surroundings(node)
        self.shape = _shape(parts.path)
        self.dead = bool(_NO_ARTICLE.search(parts.path) or _FILE.search(parts.path)) or parts.path in ("", "/")
        self.strength = self._strength(parts.query)

    def _strength(self, query: str) -> int:
        size = len(self.words) + 2 * len(_WIDE.findall(self.words))
        strength = (size >= 25) + (size >= 40) + self.headed
        strength += 2 * bool(_DATE.search(self.path)) + bool(_NUMBER.search(self.path) or _NUMBER.search(query))
        strength += bool(_SLUG.search(self.path.rsplit("/", 1)[-1] or self.path.rstrip("/").rsplit("/", 1)[-1]))
        return strength

    def score(self, shapes: Counter, places: Counter) -> float:
        if self.dead or len(self.words) + 2 * len(_WIDE.findall(self.words)) < 12:
            return 0.0
        score = float(self.strength)
        score += 1.0 if shapes[self.shape] >= 3 else 0.0
        score += 1.0 if places[self.place] >= 3 else 0.0
        return score - (2.0 if self.menu else 0.0)


def _words(node: LexborNode) -> str:
    """The headline of a link: a heading inside it if there is one, else its words, else what it is labelled."""
    heading = node.css_first("h1,h2,h3,h4,h5")
    words = plain((heading or node).text())
    return words[:300] if words else plain(node.attributes.get("title") or node.attributes.get("aria-label"))[:300]


def _surroundings(node: LexborNode) -> tuple[bool, bool, str]:
    """Whether a heading is around or inside the link, whether it stands in a menu, and the path of containers."""
    headed = node.css_first("h1,h2,h3,h4,h5") is not None
    menu = False
    trail: list[str] = []
    around = node.parent
    for _ in range(12):
        if around is None or around.tag in ("body", "html", "-document"):
            break
        tag = around.tag
        if len(trail) < 5:
            attributes = around.attributes
            ident = f"{attributes.get('class') or ''} {attributes.get('role') or ''} {attributes.get('id') or ''}"
            if len(trail) < 3:
                headed = headed or tag in ("h1", "h2", "h3", "h4", "h5")
            menu = menu or bool(_MENU.search(ident))
            trail.append(f"{tag}.{(attributes.get('class') or '').split(' ')[0]}")
        menu = menu or tag in ("nav", "footer")
        around = around.parent
    return headed, menu, ">".join(trail[:3])


def _shape(path: str) -> str:
    """A path with its words and numbers made alike: /2024/05/long-slug-here -> /0/0/s."""
    parts = []
    for part in path.strip("/").split("/"):
        if part.isdigit():
            parts.append("0")
        elif _SLUG.fullmatch(part.rsplit(".", 1)[0]):
            parts.append("s")
        else:
            parts.append("w" if len(part) < 15 else "l")
    return "/".join(parts)


def _site(name: str) -> str:
    """The part of a host that its subdomains share, near enough: the last two labels, three under a two-letter pair."""
    labels = name.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])
