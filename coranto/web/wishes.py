"""What an outlet's page asks of those who collect it, in plain words for readers and as directives for machines.

The wishes are the page's own robots directives and its reservation of text and data mining; they hold for what this
site shows of the page, too.
"""

from __future__ import annotations

from django.utils.translation import gettext

from coranto.store.values import ArticlePage

PASSED_ON = ("noarchive", "nosnippet", "noai", "noimageai")


def sentences(page: ArticlePage) -> list[str]:
    """What is asked, and what this site does about it; nothing where nothing is asked."""
    asked = page.reading.robots
    said = []
    if "noarchive" in asked:
        said.append(
            gettext("The outlet asks that this page not be archived. Its original is kept here for 7 days at most.")
        )
    if "tdm-reservation" in asked:
        said.append(gettext("The outlet reserves this text from text and data mining. It is left out of every export."))
    if "nosnippet" in asked:
        said.append(gettext("The outlet asks that no passage be shown. The public sees the headline and the link."))
    if "noai" in asked:
        said.append(gettext("The outlet asks that this text not be used to train machines."))
    return said


def directives(page: ArticlePage) -> str:
    """The robots directives of our page about a foreign article: never indexed, and what its own page says."""
    return ", ".join(["noindex", *(name for name in PASSED_ON if name in page.reading.robots)])


def mining_reserved(page: ArticlePage) -> bool:
    """Whether text and data mining is reserved."""
    return "tdm-reservation" in page.reading.robots
