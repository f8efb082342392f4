"""Listing pages: which links of a home or section page lead to articles, and how sure that is.

Articles' links come in repeated containers, with headline-length words and addresses of one shape that repeat those
words; menus, tags and footers do not, and a section's address is the beginning of others. Reads one page and knows no
site. What is measured of a link is weighed by the table `WEIGHTS`.
"""

from __future__ import annotations

import re
from collections import Counter
from math import exp
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from coranto.articles import ListedLink

from .charset import text_of
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
    r"archive|archiv|share|print|comment-page-\d+|do-not-sell\S*|wp-login|wp-admin|cart|user|users|profile|people|staff|about-us|contact-us|"
    r"privacy-policy|terms-of-(?:use|service)|cookie-policy|legal|redaktion|mentions-legales|auteurs?|autores|"
    r"etiquetas?|temas?|categorias?|sujets?|etiketter|stichwort|sections?|redirect|members?|signup|sign-up|logout)"
    r"(?:[/.?-]|$)",
    re.I,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp3|mp4|zip|xml|rss|css|js|json|ico|docx?|xlsx?|apk|exe)$", re.I)
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}|\d{4})")
_NUMBER = re.compile(r"\d{4,}")
_PLAIN_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece|story|article)$", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_LINKS = 3_000
_DEEPEST = 20

# What speaks for an article (above 0) or against it, as logarithms of odds. Fitted by `benchmarks/listings.py --fit`;
# "front", "few_words", "no_article", "parent" and "echo" set by hand: the corpora hold no home pages to learn from.
WEIGHTS = {
    "base": -1.87,
    "words_25": 0.75,
    "words_40": 0.73,
    "many_words": 1.03,
    "few_words": -1.50,
    "headed": 1.36,
    "menu": -1.10,
    "no_article": -2.50,
    "front": -4.00,
    "date": 0.51,
    "number": 0.92,
    "slug": 0.93,
    "long_slug": 0.85,
    "deep": -0.31,
    "short_path": -1.16,
    "ending": -0.20,
    "echo": 0.30,
    "parent": -1.50,
    "common_shape": 0.72,
    "common_place": 0.06,
    "dated_near": 1.48,
    "text_near": 0.47,
    "pictured": 0.33,
}


def links(html: str | bytes, url: str | None = None) -> tuple[ListedLink, ...]:
    """Return the links of a listing page to its own site, in the page's order, each address once, those to articles
    told from the rest: `article` says which it is, `confidence` how sure that is.

    `url` is the page's own address: it makes the links absolute, and links to other sites are left out. Raises
    TypeError for a wrong type and nothing else.
    """
    rows = measured(html, url)
    found = []
    for row in rows:
        total = WEIGHTS["base"] + sum(WEIGHTS[name] for name in row.signals)
        chance = 1 / (1 + exp(-total))
        found.append(ListedLink(row.words, row.address, chance >= 0.5, round(max(chance, 1 - chance), 2)))
    return tuple(found)


def measured(html: str | bytes, url: str | None = None) -> list[Row]:
    """Every link with what speaks for and against it: the names in `WEIGHTS` that hold for it."""
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be str or None, not {type(url).__name__}")
    tree, _ = parse(text_of(html)[0])
    strip_unread(tree)
    base_node = tree.css_first("base[href]")
    base = absolute(base_node.attributes.get("href"), url) if base_node is not None else None
    own = _site(host(url))
    here = (url or "").split("#", 1)[0].rstrip("/")
    rows: dict[str, Row] = {}
    teasers: dict[int, frozenset[str]] = {}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        address = absolute(node.attributes.get("href"), base or url)
        if address is None or (own and _site(host(address)) != own):
            continue
        address = address.split("#", 1)[0]
        if address.rstrip("/") == here:
            continue
        row = Row(address, node, teasers)
        if address in rows:
            rows[address].join(row)
        else:
            rows[address] = row
    _compare(list(rows.values()))
    return list(rows.values())


def _compare(rows: list[Row]) -> None:
    """Add what shows only beside the other links: shapes and places that repeat, addresses that others go on from."""
    strong = [row for row in rows if row.strength >= 2]
    shapes, places = Counter(row.shape for row in strong), Counter(row.place for row in strong)
    parents = Counter(parent for row in rows for parent in row.parents)
    for row in rows:
        if shapes[row.shape] >= 3:
            row.signals.add("common_shape")
        if places[row.place] >= 3:
            row.signals.add("common_place")
        if parents[row.key] >= 2:
            row.signals.add("parent")


class Row:
    """One link: its words, its address, and in `signals` what speaks for or against an article behind it."""

    def __init__(self, address: str, node: LexborNode, teasers: dict[int, frozenset[str]]) -> None:
        self.address = address
        self.words = _words(node)
        self.signals: set[str] = set()
        parts = urlsplit(address)
        path = unquote(parts.path)
        self.shape = _shape(path)
        self.key = f"{parts.netloc}{path.rstrip('/')}"
        steps = self.key.split("/")
        self.parents = ["/".join(steps[:end]) for end in range(2, min(len(steps), _DEEPEST))]
        self._of_address(path, parts.query)
        self._of_words()
        self.place = _surroundings(node, self.signals, teasers)
        self.strength = len(self.signals & {"words_25", "words_40", "headed", "date", "number", "slug", "echo"})

    def join(self, other: Row) -> None:
        """Take in another link to the same address: the longer words count, a menu only if both stand in one."""
        in_text = {"menu"} - (self.signals & other.signals)
        if len(other.words) > len(self.words) and "headed" not in self.signals:
            self.words, self.place = other.words, other.place
            self.signals = other.signals | {"headed"} if "headed" in other.signals else other.signals
        else:
            self.signals |= other.signals & {"headed", "pictured", "dated_near", "text_near"}
        self.signals -= in_text
        self.strength = max(self.strength, other.strength)

    def _of_address(self, path: str, query: str) -> None:
        last = _PLAIN_ENDING.sub("", path.rstrip("/").rsplit("/", 1)[-1])
        before = path.rstrip("/").rsplit("/", 1)[0].rsplit("/", 1)[-1]
        slug = max(len(_WORD.findall(last)), len(_WORD.findall(before)))
        echoed = set(_WORD.findall(path.casefold())) & set(_WORD.findall(self.words.casefold()))
        held = {
            "front": path in ("", "/"),
            "no_article": bool(_NO_ARTICLE.search(path) or _FILE.search(path)),
            "date": bool(_DATE.search(path)),
            "number": bool(_NUMBER.search(path) or _NUMBER.search(query)),
            "slug": slug >= 3,
            "long_slug": slug >= 5,
            "deep": path.count("/") >= 4,
            "short_path": len(path) < 20,
            "ending": bool(_PLAIN_ENDING.search(path)),
            "echo": len(echoed) >= 2,
        }
        self.signals |= {name for name, holds in held.items() if holds}

    def _of_words(self) -> None:
        size = len(self.words) + 2 * len(_WIDE.findall(self.words))
        held = {
            "few_words": size < 12,
            "words_25": size >= 25,
            "words_40": size >= 40,
            "many_words": self.words.count(" ") >= 4 or len(_WIDE.findall(self.words)) >= 10,
        }
        self.signals |= {name for name, holds in held.items() if holds}


def _words(node: LexborNode) -> str:
    """The headline of a link: a heading inside it if there is one, else its words, else what it is labelled."""
    heading = node.css_first("h1,h2,h3,h4,h5")
    words = plain((heading or node).text(separator=" "))
    return words[:300] if words else plain(node.attributes.get("title") or node.attributes.get("aria-label"))[:300]


def _surroundings(node: LexborNode, signals: set[str], teasers: dict[int, frozenset[str]]) -> str:
    """The path of containers around a link; adds to `signals` what they say. `teasers` remembers containers."""
    if node.css_first("h1,h2,h3,h4,h5") is not None:
        signals.add("headed")
    if node.css_first("img,picture") is not None:
        signals.add("pictured")
    trail: list[str] = []
    around = node.parent
    for height in range(12):
        if around is None or around.tag in ("body", "html", "-document"):
            break
        tag = around.tag
        if height < 5:
            attributes = around.attributes
            names = attributes.get("class") or ""
            if _MENU.search(f"{names} {attributes.get('role') or ''} {attributes.get('id') or ''}"):
                signals.add("menu")
            trail.append(f"{tag}.{names.split(' ')[0]}")
        if height < 3 and tag in ("h1", "h2", "h3", "h4", "h5"):
            signals.add("headed")
        if tag in ("nav", "footer"):
            signals.add("menu")
        if height < 4 and tag in ("li", "article", "div", "section"):
            if around.mem_id not in teasers:
                teasers[around.mem_id] = _teaser(around)
            signals |= teasers[around.mem_id]
        around = around.parent
    return ">".join(trail[:3])


def _teaser(box: LexborNode) -> frozenset[str]:
    """What a small container of links holds beside them: a time, a paragraph."""
    if len(box.css("a[href]")) > 6:
        return frozenset()
    held = {"dated_near": box.css_first("time"), "text_near": box.css_first("p")}
    return frozenset(name for name, node in held.items() if node is not None)


def _shape(path: str) -> str:
    """A path with its words and numbers made alike: /2024/05/long-slug-here -> /0/0/s."""
    parts = []
    for part in path.strip("/").split("/"):
        if part.isdigit():
            parts.append("0")
        elif len(_WORD.findall(part.rsplit(".", 1)[0])) >= 4:
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
