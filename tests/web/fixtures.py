"""Invented values as the store hands them out, for template tests: articles, a story, lists.

`World(say)` passes every word of an outlet through `say`, so that a test can put it into a script of its own or make it
hostile. Nothing here touches a database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coranto.articles import Article, Citation, DateEvidence
from coranto.store.source_values import Health, SourceRow
from coranto.store.values import (
    ArticlePage,
    AuthorValue,
    Card,
    Cards,
    Carried,
    CopyRecord,
    Hit,
    Home,
    ListedCard,
    ListFacts,
    Mark,
    OutletValue,
    Part,
    Picture,
    Results,
    SectionValue,
    Status,
    StoryCard,
    StoryPage,
    TopicValue,
    Version,
)

NOW = datetime(2026, 3, 24, 14, 52, tzinfo=UTC)
OUTLETS = (
    "The Ansel Courier",
    "Ostrel Valley Record",
    "Meridian Wire",
    "Halvard Morning",
    "NewsGlint",
    "Quayside Post",
)
KINDS = ("first", "own", "own", "credited", "changed", "unnamed")
BODY = (
    "<p>The bridge was closed to all traffic at dusk after an inspection found cracks in four hangers.</p>"
    '<h1>Two boats</h1><p>Both ferries run from half past five, said <a href="https://harbour.example/x">the harbour '
    'master</a>.</p><figure><img src="https://pictures.example/bridge.jpg" alt="A bridge"><figcaption>A bridge'
    "</figcaption></figure><blockquote><p>We would rather explain a closed bridge.</p></blockquote>"
    "<table><tbody><tr><th>Boat</th><td>28 cars</td></tr></tbody></table>"
)


class World:
    """A small world of news whose every word went through `say`; addresses and slugs stay as they are."""

    def __init__(self, say: Callable[[str], str] = str, url: str = "https://courier.example/bridge", body: str = BODY):
        self.say, self.url, self.body = say, url, body

    def card(self, number: int, outlet: int = 0, hours: float = 20, **changes) -> Card:
        at = NOW - timedelta(hours=hours)
        made = Card(
            id=number,
            slug=f"bridge-{number}",
            title=self.say(f"Bridge shut after inspectors find cracks in hanger {number}; in-tray e-mails show"),
            lead=self.say("Both ferries sail through the night while engineers decide what the crossing can carry."),
            outlet=self.say(OUTLETS[outlet]),
            outlet_slug=f"outlet-{outlet}",
            section=self.say("Valley"),
            section_slug="valley",
            at=at,
            seen=at + timedelta(minutes=10),
            published=at,
            language="en",
            kind="article",
            byline=self.say("Mirela Tosk"),
            image=Picture("https://pictures.example/bridge.jpg"),
        )
        return replace(made, **changes)

    def story_cards(self) -> tuple[Card, ...]:
        base = {"story_id": 1, "story_slug": "bridge", "story_outlets": 6, "story_articles": 6}
        cards = [self.card(n + 1, n, 68 - 12 * n, **base) for n in range(6)]
        cards[0] = replace(cards[0], copies=3)
        for n in (3, 4, 5):
            cards[n] = replace(cards[n], copy_of=1)
        cards[4] = replace(cards[4], byline=self.say("Dale Winters"), published=NOW + timedelta(hours=1))
        return tuple(cards)

    def marks(self) -> tuple[Mark, ...]:
        return tuple(Mark(c.at, kind, c.id, c.outlet) for c, kind in zip(self.story_cards(), KINDS, strict=True))

    def story(self, number: int = 1) -> StoryCard:
        cards = self.story_cards()
        lead = cards[1] if number == 1 else self.card(100 + number, number % 6, 5 + number)
        return StoryCard(
            number,
            "bridge",
            lead.title,
            lead,
            6,
            6,
            3,
            cards[0],
            cards[5],
            cards[2:4] if number == 1 else (),
            self.marks(),
        )

    def single(self, number: int) -> StoryCard:
        card = self.card(number, 2, 3)
        return StoryCard(number, card.slug, card.title, card, 1, 1, 0, card, card)

    def listed(self, first: int, reason: str, *values: str) -> tuple[ListedCard, ...]:
        said = tuple(value if value.isdigit() else self.say(value) for value in values)
        return tuple(ListedCard(self.card(first + n, n, 2 + 20 * n), reason, said) for n in range(3))

    def home(self) -> Home:
        told = {"story_id": 1, "story_slug": "bridge"}
        river = [self.card(200 + n, n % 6, n * 5, copies=n % 3, story_outlets=n + 1, **told) for n in range(8)]
        sections = ((self.section(), tuple(self.card(300 + n, n) for n in range(3))),)
        row = (self.story(5), self.single(6), self.story(7), self.story(8))
        seconds = (self.story(2), self.story(3), self.single(4))
        return Home(self.story(1), seconds, row, (self.story(9),), Cards(tuple(river)), sections)

    def section(self) -> SectionValue:
        return SectionValue(self.say("Valley"), "valley")

    def topic(self) -> TopicValue:
        return TopicValue(self.say("Bridges"), "bridges", 12)

    def outlet(self) -> OutletValue:
        return OutletValue(
            1, self.say("NewsGlint"), "newsglint", "https://newsglint.example/", "en", self.say("Valley"),
            self.say("All the news of the valley"), NOW - timedelta(days=80), 212, True,
        )  # fmt: skip

    def author(self) -> AuthorValue:
        return AuthorValue(7, self.say("Dale Winters"), "dale-winters", self.say("NewsGlint"), "newsglint",
                           self.say("Reporter"), self.say("Reports on county councils."))  # fmt: skip

    def cards(self) -> Cards:
        return Cards(tuple(self.card(500 + n, n % 6, n * 9) for n in range(9)), "newer-1", "older-1")

    def reading(self) -> Article:
        evidence = (
            DateEvidence("published", NOW - timedelta(hours=7), "json-ld", "datePublished", 0.9),
            DateEvidence("published", NOW - timedelta(hours=7), "feed", "pubDate", 0.9),
            DateEvidence("published", (NOW - timedelta(days=3)).date(), "address", "", 0.5),
        )
        cited = (
            Citation(self.say("Ostrel Valley Record"), "outlet", self.say("told"), self.say("She told the Record."), 0),
        )
        return Article(title=self.say("Bridge"), subtitle=self.say("Both ferries will sail through the night."),
                       date_evidence=evidence, html=self.body, text="", cited=cited)  # fmt: skip

    def copy(self) -> ArticlePage:
        cards = self.story_cards()
        findings = (
            {"kind": "share", "here": 0.97},
            {"kind": "source_not_named", "earlier": self.say("The Ansel Courier")},
            {"kind": "mention_missing", "sentence": self.say("Read by the Courier.")},
            {"kind": "date_differs", "here": "2026-03-24", "earlier": "2026-03-21", "delta_days": 3},
            {"kind": "name_differs", "here": [self.say("Dale Winters")], "earlier": [self.say("Mirela Tosk")]},
            {"kind": "headline_differs", "here": self.say("Shut"), "earlier": self.say("Bridge shut")},
            {"kind": "text_differs", "here": 0.91},
        )
        record = CopyRecord("uncredited_copy", 0.979, cards[0], findings)
        return self.article(replace(cards[4], id=5), record)

    def honest(self) -> ArticlePage:
        copies = (self.story_cards()[3],)
        return self.article(self.story_cards()[0], CopyRecord("original", None, None, (), copies))

    def article(self, card: Card, record: CopyRecord) -> ArticlePage:
        versions = (
            Version(1, NOW - timedelta(hours=6), self.say("Bank hints at June cut"), 1),
            Version(2, NOW - timedelta(hours=2), self.say("Bank cuts"), 1, ("headline",)),
        )
        return ArticlePage(
            card, "listed", self.reading(), self.url, self.outlet(), (self.author(),), (self.topic(),),
            card.published, NOW - timedelta(hours=2), 486, record, versions, self.story(),
            self.listed(600, "topics", "Roads", "Ferries"),
        )  # fmt: skip

    def bare_article(self) -> ArticlePage:
        """Nothing is known but title and text."""
        card = self.card(900, byline="", published=None, lead="", section=None, section_slug=None, language=None)
        reading = Article(title=card.title, html=self.body)
        outlet = OutletValue(2, self.say("Quayside Post"), "quayside-post")
        return ArticlePage(
            card, "unlisted", reading, None, outlet, (), (), None, None, 0, CopyRecord("original"), (), None, ()
        )

    def story_page(self) -> StoryPage:
        roles = dict(zip(range(1, 7), KINDS, strict=True))
        return StoryPage(self.story(), self.story_cards(), roles, (self.topic(),), self.carried())

    def parts(self) -> tuple[Part, ...]:
        return Part(2, (1, 2, 3)), Part(4, (4, 5, 6))

    def carried(self) -> dict[int, Carried]:
        kinds = ("name_differs", "date_differs", "source_not_named")
        return {
            4: Carried(1.0, frozenset({"names_source"})),
            5: Carried(0.97, frozenset(kinds), taken_from=4),
            6: Carried(0.88, frozenset(kinds[2:]), taken_from=5, names=True),
        }

    def facts(self) -> ListFacts:
        outlets = tuple((self.say(name), f"outlet-{n}", 40 - n) for n, name in enumerate(OUTLETS))
        days = (3, 0, 5, *([4] * 24), 0, 0, 0)
        return ListFacts(212, NOW - timedelta(days=80), days, 6, outlets, (self.author(),), None, 720.0)

    def results(self) -> Results:
        hits = tuple(
            Hit(
                card,
                ((self.say("Bridge"), True), (self.say(" shut"), False)),
                ((self.say("… the "), False), (self.say("hangers"), True)),
            )
            for card in (self.card(700 + n, n, 9 * n) for n in range(4))
        )
        return Results(hits, 48, False, 11, "older-1", None)

    def status(self) -> Status:
        return Status(41, NOW, 5000, {"read": 3}, 1)

    def sources(self) -> list[SourceRow]:
        states = [
            Health("well", NOW, NOW - timedelta(hours=2)),
            Health("failing", NOW, NOW - timedelta(days=3), NOW - timedelta(days=2), 214, "404",
                   self.say("The feed answers 404."), self.say("Take the new address.")),
            Health("slow", NOW, None, NOW - timedelta(hours=5), 2, "429", self.say("Refused."), self.say("Nothing.")),
            Health("paused", NOW - timedelta(days=9)),
            Health("gone"),
            Health("new"),
        ]  # fmt: skip
        kinds = ("feed", "sitemap", "listing", "page", "file", "feed")
        return [
            SourceRow(n + 1, n + 1, self.say(OUTLETS[n]), kinds[n], f"https://outlet{n}.example/feed", None,
                      "feed" if n == 0 else "page", 900 * 4**n, None, False, None, None, None, None, NOW, "active",
                      n == 0, health, 100, tuple((n * 7 + d * 3) % 11 for d in range(30)) if n < 3 else (0,) * 30)
            for n, health in enumerate(states)
        ]  # fmt: skip

    def outlets(self) -> list[OutletValue]:
        return [
            replace(self.outlet(), id=n + 1, name=self.say(name), slug=f"outlet-{n}")
            for n, name in enumerate((*OUTLETS, "Harbour & Hill"))
        ]
