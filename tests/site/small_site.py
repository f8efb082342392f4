"""A small site on a real store: a newsroom's articles, and visitors and accounts who ask for pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from newsroom import Newsroom, entry

from coranto.articles import Article, Citation, Link, Lists, Person, Picture
from coranto.store import articles, grouping

SECRET_WORDS = "quillfeather ledger"
"""Words that stand far down in every body of these tests, and nowhere else."""

BODY = "\n\n".join(
    [
        "The bridge over the Kerrin was closed on Saturday after a diver found a crack in the second pier.",
        "Engineers told the Meridian Wire that repairs will take four months and that ferries will run every hour.",
        f"The council keeps a {SECRET_WORDS} of all inspections, which it has now opened to the public.",
    ]
)


def reading(work, number: int, outlet: str, **changes) -> Article:
    """What a reader makes of an entry of this site: a whole article with everything a page may show."""
    made = Article(
        title=f"Bridge {number} of {outlet} closes",
        subtitle="A crack in the second pier",
        authors=("Ada Fenn",),
        people=(Person("Ada Fenn", "Reporter", f"Ada Fenn covers bridges for {outlet}."),),
        tags=("Bridges", "Roads"),
        section="Valley",
        breadcrumb=("Home", "Valley"),
        language="en",
        published=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=number),
        text=BODY,
        html="".join(f"<p>{part}</p>" for part in BODY.split("\n\n")),
        image=Picture("https://pictures.example/bridge.jpg", "The bridge", "Photo: B. Marsh", "A bridge", 1200, 800),
        images=(
            Picture("https://pictures.example/bridge.jpg", "The bridge", "Photo: B. Marsh", "A bridge", 1200, 800),
        ),
        cited=(Citation("Meridian Wire", "outlet", "told", BODY.split("\n\n")[1], 100),),
        lists=Lists(related=(Link("Something else"),)),
    )
    return replace(made, **changes)


@dataclass
class Site:
    """The site with a store behind it. `ids` names articles: 'courier 0' is the newest of the courier."""

    newsroom: Newsroom
    ids: dict[str, int] = field(default_factory=dict)

    def visitor(self):
        """A browser without a cookie; what changes something says that it comes from the site's own page."""
        from django.test import Client

        return Client(
            HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0", HTTP_SEC_FETCH_SITE="same-origin"
        )

    def account(self, name: str = "ada", owner: bool = False):
        """A browser that is signed in as a new or known account."""
        from django.contrib.auth.models import User

        user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": owner, "is_superuser": owner})
        client = self.visitor()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.user = user
        return client

    def publish(self, outlet: str, count: int = 1, **changes) -> list[int]:
        """More articles of an outlet, read and each a story of its own; `changes` are fields of their `Article`."""
        known = sum(name.startswith(f"{outlet} ") for name in self.ids)
        source = self.newsroom.source(outlet)
        made = [entry(known + n, outlet) for n in range(count)]
        ids = list(self.newsroom.take(source, *made, at=datetime.now(UTC)).article_ids)
        numbers = {ident: known + n for n, ident in enumerate(ids)}
        while works := articles.claim("read", "test", 100):
            articles.save_readings(
                [(work, reading(work, numbers[work.article_id], outlet, **changes)) for work in works], 1,
                keys_of=lambda url: [url],
            )  # fmt: skip
        self.newsroom.group(*((ident,) for ident in ids))
        self.ids |= {f"{outlet} {numbers[ident]}": ident for ident in ids}
        return ids

    def copy(self, copy: int, original: int, **fields) -> None:
        """Say that an article is a copy of another, in the same story."""
        made = {"article_id": copy, "story_id": original, "copy_of": original, "role": "uncredited_copy", "share": 0.97}
        grouping.save_assignments([{**made, **fields}])


def headlines(page: str) -> list[str]:
    """The addresses of articles that a page leads to, in order."""
    return re.findall(r'href="(/article/\d+/[^"]*)"', page)
