"""What a page says of itself outside its body: meta tags, JSON-LD, microdata, canonical links, breadcrumbs.

Gathers facts as they stand; which of several values counts is decided by the readers of titles, names and dates.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from .elements import Elements
from .words import plain, squeeze

_ARTICLE = re.compile(
    r"Article|BlogPosting|Report|Review$|LiveBlog|NewsMedia|Posting|Recipe|HowTo|VideoObject|Podcast|Event$|Product$"
)
_PAGE = re.compile(r"WebPage|ItemPage|AboutPage|CollectionPage|SearchResultsPage")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_MOST_NODES = 3_000
_LONGEST_SECTION = 60
_LONGEST_TITLE = 2_000
_LARGEST_JSON = 1_500_000


@dataclass(slots=True)
class Facts:
    """The facts of one page. `meta` maps a lower-case property to its values in order; `nodes` are JSON-LD objects."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[dict] = field(default_factory=list)
    articles: list[dict] = field(default_factory=list)
    document_title: str = ""
    language: str | None = None
    canonical: str | None = None
    links: dict[str, list[str]] = field(default_factory=dict)
    amp: bool = False

    def first(self, *names: str) -> str | None:
        """The first value that is not empty among the meta properties `names`, as plain words."""
        for name in names:
            for value in self.meta.get(name, ()):
                if found := plain(value):
                    return found
        return None

    def every(self, *names: str) -> list[str]:
        """All values of the meta properties `names`, as plain words."""
        return [found for name in names for value in self.meta.get(name, ()) if (found := plain(value))]

    @property
    def article(self) -> dict:
        """The JSON-LD object that describes this page's article, or an empty one."""
        return self.articles[0] if self.articles else {}

    @property
    def is_news(self) -> bool:
        """Whether the page calls itself a news article or report."""
        return any("News" in kind or "Report" in kind for kind in kinds(self.article))

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article or posting of any sort."""
        stated = any("Article" in kind or "Posting" in kind for kind in kinds(self.article))
        return stated or self.first("og:type") == "article"


def gather(elements: Elements) -> Facts:
    """Read the facts that the telling elements of a page state."""
    facts = Facts()
    for attributes in elements.metas:
        content = attributes.get("content") or attributes.get("value")
        if content:
            for name in ("property", "name", "itemprop", "http-equiv"):
                key = attributes.get(name)
                if key:
                    facts.meta.setdefault(key.strip().lower(), []).append(content)
    for node, attributes, _ in elements.with_item("articleSection")[:4]:
        value = squeeze(attributes.get("content") or node.text())
        if node.tag != "meta" and 0 < len(value) <= _LONGEST_SECTION and not value[0].isdigit():
            facts.meta.setdefault("articlesection", []).append(value)
    facts.document_title = plain((elements.title or "")[:_LONGEST_TITLE])
    facts.language = elements.document.get("lang") or elements.document.get("xml:lang") or None
    facts.amp = "amp" in elements.document or "⚡" in elements.document
    for attributes in elements.links:
        for relation in (attributes.get("rel") or "").lower().split():
            facts.links.setdefault(relation, []).append((attributes.get("href") or "").strip())
    facts.canonical = next((link for link in facts.links.get("canonical", ()) if link), None)
    for statement in elements.statements:
        facts.nodes.extend(_objects(load_json(statement)))
    _pick_articles(facts)
    return facts


def load_json(text: str | None) -> object:
    """The value of a JSON text as sites write it (comments around it, control characters, trailing commas), or None."""
    if not text or len(text) > _LARGEST_JSON:
        return None
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip()
    for mended in (False, True):
        try:
            written = _TRAILING_COMMA.sub("", _CONTROL.sub(" ", text)) if mended else text
            return _whole(json.loads(written, strict=False), text)
        except (ValueError, RecursionError):
            continue
    return None


def _whole(value: object, text: str) -> object:
    """`value` with a mark for the halves of characters that `text` may hold as escapes: nobody can write them out."""
    if "\\ud" not in text and "\\uD" not in text:
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def kinds(node: dict) -> list[str]:
    """The types of a JSON-LD object, without the vocabulary's address."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [str(kind).rsplit("/", 1)[-1] for kind in values if kind]


def text_of(value: object) -> str:
    """The words of a JSON-LD value: a string, an object's name, or the first of a list."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("headline"))
    if isinstance(value, list) and value:
        return text_of(value[0])
    return ""


def as_list(value: object) -> list:
    """A JSON-LD value as a list: nothing, one, or many."""
    return [] if value is None else value if isinstance(value, list) else [value]


def persons(facts: Facts) -> Iterator[dict]:
    """The authors of the article's JSON-LD as objects with at least 'name', references by @id resolved."""
    by_id = {node["@id"]: node for node in facts.nodes if isinstance(node.get("@id"), str) and node.get("name")}
    for article in facts.articles[:1]:
        for value in as_list(article.get("author") or article.get("creator")):
            if isinstance(value, dict) and not value.get("name"):
                value = by_id.get(value.get("@id")) if isinstance(value.get("@id"), str) else None
            if isinstance(value, str):
                value = by_id.get(value, {"name": value})
            if isinstance(value, dict) and value.get("name"):
                yield value


def publisher(facts: Facts) -> str | None:
    """The publisher's name by JSON-LD: the article's own, else the site's."""
    by_id = {node["@id"]: node for node in facts.nodes if isinstance(node.get("@id"), str)}
    for article in facts.articles[:1]:
        value = article.get("publisher")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
            value = by_id.get(value["@id"])
        if name := text_of(value):
            return name
    for node in facts.nodes:
        if set(kinds(node)) & {"WebSite", "NewsMediaOrganization"} and (name := text_of(node.get("name"))):
            return name
    return None


def breadcrumb(facts: Facts) -> tuple[str, ...]:
    """The names of the longest BreadcrumbList, in order of position."""
    best: list[str] = []
    for node in facts.nodes:
        if "BreadcrumbList" not in kinds(node):
            continue
        items = [item for item in as_list(node.get("itemListElement")) if isinstance(item, dict)]
        items.sort(key=lambda item: position if isinstance(position := item.get("position"), int) else 99)
        names = [text_of(item.get("name")) or text_of(item.get("item")) for item in items]
        names = [squeeze(name) for name in names if name and not name.startswith("http")]
        if len(names) > len(best):
            best = names
    return tuple(best)


def _pick_articles(facts: Facts) -> None:
    """Order the objects that describe an article: a headline, a body, a date and an author speak for one."""
    rated = []
    for number, node in enumerate(facts.nodes):
        types = kinds(node)
        if any(_PAGE.search(kind) for kind in types):
            weight = 0.5
        elif any(_ARTICLE.search(kind) for kind in types):
            weight = 2.0 if any("Article" in kind or "Posting" in kind for kind in types) else 1.0
        else:
            continue
        weight += (
            ("headline" in node) + ("articleBody" in node) + 0.5 * ("datePublished" in node) + 0.5 * ("author" in node)
        )
        rated.append((-weight, number))
    facts.articles = [facts.nodes[number] for _, number in sorted(rated)]


def _objects(value: object) -> list[dict]:
    """Every object in a JSON-LD document that may stand for itself: top level, @graph, mainEntity and the like."""
    found: list[dict] = []
    queue = deque([value])
    while queue and len(found) < _MOST_NODES:
        current = queue.popleft()
        if isinstance(current, list):
            queue.extendleft(reversed(current[:_MOST_NODES]))
        elif isinstance(current, dict):
            found.append(current)
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb", "hasPart"):
                inner = current.get(key)
                if isinstance(inner, list) or (isinstance(inner, dict) and ("@type" in inner or key == "@graph")):
                    queue.append(inner)
    return found
