"""An invented outlet as a web site: addresses, pages, feed and sitemap, rendered from the world's pieces.

Templates stand in `pages/`, one for each way of marking up an article. Nothing here listens on a port.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from coranto.demo.pictures import picture
from coranto.demo.world import LINK_MARK, MONTHS, Outlet, Piece, World

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
WORDS = {
    "en": {"more": "More from us", "letter": "Our letter, every Friday", "by": "By"},
    "fr": {"more": "À lire aussi", "letter": "Notre lettre du vendredi", "by": "Par"},
    "ar": {"more": "اقرأ أيضًا", "letter": "رسالتنا كل جمعة", "by": "بقلم"},
}
OTHERS = 6


class Site:
    """One outlet's site under `base` (scheme, host and port); `bases` gives the other outlets' for links across."""

    def __init__(self, world: World, outlet: Outlet, bases: dict[str, str]):
        self.world, self.outlet, self.bases = world, outlet, bases
        self.base = bases[outlet.id]
        self.articles = world.articles[outlet.id]
        self.labels = list(dict.fromkeys(outlet.sections.values()))
        self.has_feed = outlet.door.startswith("feed")
        self.feed_url = f"{self.base}/feed.xml" if self.has_feed else None
        self.feed_type = FEED_TYPES[outlet.feed]
        self._by_path = {self.path(piece): piece for piece in self.articles}
        self._by_picture = {self._picture_path(piece): piece for piece in self.articles if piece.picture}

    # -- answers ------------------------------------------------------------------------------------------------

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Content type and body for a path of this site, or None where it has nothing."""
        if path == "/":
            return self._page("home.html")
        if path == "/robots.txt":
            return "text/plain; charset=utf-8", f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap.xml\n".encode()
        if path == "/sitemap.xml" and self.outlet.door != "listing":
            return self._page("sitemap.xml", "application/xml")
        if path == "/feed.xml" and self.has_feed:
            return self._page(f"feed-{self.outlet.feed}.xml", self.feed_type)
        if piece := self._by_path.get(path):
            return self._page(f"{self.outlet.markup}.html", piece=piece)
        if piece := self._by_picture.get(path):
            return "image/jpeg", picture(piece.picture["motif"], piece.of or piece.id)
        return None

    def _page(self, name: str, kind: str = "text/html", **values) -> tuple[str, bytes]:
        return f"{kind}; charset=utf-8", PAGES.get_template(name).render(site=self, **values).encode()

    # -- what templates ask ---------------------------------------------------------------------------------------

    def path(self, piece: Piece) -> str:
        """The article's path; each way of marking up has its own habit."""
        slug = slugged(piece.headline)
        if self.outlet.markup == "json-ld":
            return f"/{piece.at:%Y/%m/%d}/{slug or piece.number}"
        if self.outlet.markup == "bare":
            return f"/{slug}-{piece.number}.html"
        if self.outlet.markup == "reference-page":
            return f"/my/{piece.number:06}.html"
        return f"/articles/{piece.number + 1000}" + (f"-{slug}" if slug else "")

    def address(self, piece: Piece) -> str:
        """The article's absolute address, whichever outlet it belongs to."""
        if piece.outlet == self.outlet.id:
            return self.base + self.path(piece)
        return Site(self.world, self.world.outlets[piece.outlet], self.bases).address(piece)

    def _picture_path(self, piece: Piece) -> str:
        return f"/pictures/{piece.number:04}.jpg"

    def picture(self, piece: Piece) -> str:
        return self.base + self._picture_path(piece)

    def linked(self, text: str) -> Markup:
        """`text` with its `[words]{link:id}` marks made into links."""
        parts, end = [], 0
        for mark in LINK_MARK.finditer(text):
            parts += [
                escape(text[end : mark.start()]),
                Markup('<a href="{}">{}</a>').format(self.address(self.world.by_id[mark[2]]), mark[1]),
            ]
            end = mark.end()
        return Markup("").join([*parts, escape(text[end:])])

    def body(self, piece: Piece) -> Markup:
        """The whole body with its picture, as a feed carries it."""
        macros = PAGES.get_template("blocks.html").module
        credit = Markup("<p>({})</p>").format(piece.credit) if piece.credit else Markup("")
        return macros.figure(piece, self) + credit + macros.body(piece.blocks, piece, self)

    def opening(self, piece: Piece) -> str:
        """The first paragraph without links."""
        return LINK_MARK.sub(r"\1", next(block for block in piece.blocks if isinstance(block, str)))

    def signed(self, piece: Piece) -> str:
        return piece.credit or ", ".join(author["name"] for author in piece.authors)

    def byline(self, piece: Piece) -> str:
        signed = self.signed(piece)
        return signed if piece.credit or not signed else f"{self.word('by')} {signed}"

    def word(self, key: str) -> str:
        return WORDS[self.outlet.language][key]

    def day(self, at: datetime) -> str:
        """A moment as the outlet prints it."""
        return f"{at.day} {MONTHS[self.outlet.language][at.month - 1]} {at.year}, {at:%H:%M}"

    def moment(self, entry: dict) -> datetime:
        """The time of a live report's entry."""
        hour, minute = map(int, entry["time"].split(":"))
        day = self.world.day_zero + timedelta(days=entry["day"])
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.world.zone)

    @staticmethod
    def mail_date(at: datetime) -> str:
        return format_datetime(at)

    def others(self, piece: Piece, start: int = 0) -> list[Piece]:
        """Other articles of this outlet, to stand around an article, from the `start`-th on."""
        rest = [other for other in self.articles if other is not piece]
        return (rest[start:] + rest[:start])[:OTHERS]

    def json_ld(self, piece: Piece) -> Markup:
        """The article as schema.org describes it, safe inside a script element."""
        people = [{"@type": "Person", "name": a["name"], "jobTitle": a["role"]} for a in piece.authors]
        if piece.credit:
            people = [{"@type": "Organization", "name": piece.credit}]
        graph = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": piece.headline,
            "description": piece.deck,
            "datePublished": piece.at.isoformat(),
            "dateModified": (piece.modified or piece.at).isoformat(),
            "author": people,
            "publisher": {"@type": "NewsMediaOrganization", "name": self.outlet.name},
            "articleSection": piece.section,
            "keywords": list(piece.tags),
            "image": self.picture(piece) if piece.picture else None,
            "mainEntityOfPage": self.address(piece),
        }
        said = json.dumps({key: value for key, value in graph.items() if value}, ensure_ascii=False)
        return Markup(said.replace("<", "\\u003c"))  # noqa: S704 - "<" cannot occur any more


def slugged(headline: str) -> str:
    """The headline as an address shows it: Latin letters and digits, at most 60; empty for other scripts."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
