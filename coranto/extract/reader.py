"""One page into an Article: the order in which the readers of this room are asked, and nothing of their knowledge."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread

from coranto.articles import Article, OutletProfile, Rule

from . import body as bodies
from . import charset as charsets
from . import composing, context, correcting, dating, hidden, lists, metadata, people, repeats, signing, standfirst
from .blocks import MOST_RUNS, Layout, lay_out
from .cited import cited_sources
from .cleaning import absolute
from .headlines import headline_of
from .kinds import kind_of
from .topics import topics
from .tree import parse
from .words import host

_THIN = 250
_BEGINNING = 1500


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and what it was made of. Without a body on the page there is only the article."""

    article: Article
    layout: Layout | None = None
    body: bodies.Body | None = None
    known: bodies.Known | None = None


def extract(
    html: str | bytes,
    url: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    charset: str | None = None,
    rules: Iterable[Rule] = (),
    profile: OutletProfile | None = None,
    siblings: Iterable[str | bytes] = (),
) -> Article:
    """Read one page.

    `html` is the page as text or as bytes (decoded by byte order mark, `charset`, `headers`, the page's own word or
    detection); `url` is where it stands, and makes addresses absolute. `rules` correct the reading of its outlet's
    pages; what repeats across them is clutter: give the outlet's `profile`, or other pages of it as `siblings`.
    Returns an `Article` for whatever is given, with `kind` 'none' where there is no article in it. Raises TypeError
    for a wrong type, `RuleError` for a rule that cannot be followed, and nothing else.
    """
    profile = with_siblings(html, profile, siblings)
    with _no_rounds():
        return read_page(html, url, headers=headers, charset=charset, rules=rules, profile=profile).article


def with_siblings(
    html: str | bytes, profile: OutletProfile | None, siblings: Iterable[str | bytes]
) -> OutletProfile | None:
    """The `profile` with what repeats across a page and its `siblings`."""
    if isinstance(siblings, str | bytes):
        raise TypeError("siblings are several pages, not one")
    siblings = list(siblings)
    return repeats.profile_of([html, *siblings], profile) if siblings else profile


@contextmanager
def _no_rounds() -> Iterator[None]:
    """Without rounds of the garbage collector: a page is thousands of objects without rings, which each round would
    look through, and which go by themselves when the page is read."""
    # Two threads that switch it off and on in turn could leave it off.
    running = gc.isenabled() and current_thread() is main_thread()
    if running:
        gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_page(
    html: str | bytes,
    url: str | None,
    *,
    headers: Mapping[str, str] | None,
    charset: str | None,
    rules: Iterable[Rule],
    profile: OutletProfile | None,
) -> Reading:
    """What `extract` does, with what the article was made of."""
    rules = tuple(rules)
    _refuse_wrong_types(url, headers, charset, rules, profile)
    text, warnings = charsets.text_of(html, headers, charset)
    if charsets.is_binary(text):
        return Reading(Article(kind="none", confidence=1.0, warnings=(*warnings, "this is a file of another kind")))
    tree, more = parse(text)
    warnings += more
    correcting.drop(tree, rules)
    if tree.body is None:
        return Reading(Article(kind="none", confidence=1.0, warnings=(*warnings, "the page has no body")))
    layout = lay_out(tree)
    if layout.cut:
        warnings.append(f"page cut after {MOST_RUNS} parts")
    facts = metadata.gather(layout.elements)
    own_host = host(url) or host(facts.canonical)
    sites = context.site_names(facts)
    title, headline = headline_of(facts, layout, sites, own_host, url)
    title = correcting.titled(title, rules)
    crumbs = context.breadcrumb(facts, layout, title)
    outlet = context.outlet_of(facts, title, crumbs, own_host)
    under = standfirst.shown(facts, layout, headline)
    known = known_of(facts, title, headline, under)
    body = correcting.corrected(bodies.find_body(layout, known), tree, layout, known, rules, profile)
    said = dating.witnesses(facts, layout, url, headline, text)
    published = dating.published(said, facts.is_news)
    evidence = tuple(one.evidence for one in said)
    names = signing.signatures(facts, layout, [*sites, outlet or "", own_host], headline)
    base = absolute(url, None) or absolute(facts.canonical, None)
    pictures = composing.pictures_in(layout, body, base)
    body_text, body_html = composing.compose(layout, body, pictures, base, under)
    if statement := _unseen(facts, text, body_text, title):
        body_text, body_html = composing.from_statement(statement, base)
        warnings.append("the body comes from structured data: the page itself shows hardly any text")
    kind, confidence = kind_of(facts, layout, body, body_text, title, url)
    if kind in ("none", "error"):
        published = None
    image = composing.lead_image(facts, layout, base)
    article = Article(
        title=title,
        subtitle=standfirst.stated(facts, title) if under is None else layout.runs[under].text,
        authors=names,
        people=people.people(names, facts, base, people.bio_notes(layout), people.closing_notes(layout, body)),
        published=published,
        modified=dating.modified(said, published),
        date_evidence=evidence,
        dateline=composing.dateline_of(body_text),
        section=context.section(facts, crumbs, title),
        breadcrumb=crumbs,
        tags=topics(facts, layout, headline, [*sites, outlet or "", own_host]),
        outlet=outlet,
        canonical_url=absolute(facts.canonical, base) or absolute(facts.first("og:url"), base),
        syndicated_from=context.syndicated_from(facts, base, own_host),
        language=context.language(facts, body_text, headers),
        image=image,
        images=composing.images(pictures, image),
        text=body_text,
        html=body_html,
        counts=context.counts(facts, layout),
        cited=cited_sources(body_text),
        lists=lists.collect(layout, body, base),
        notices=composing.notices(layout, body),
        robots=context.robots(facts, headers),
        kind=kind,
        confidence=confidence,
        warnings=tuple(warnings),
    )
    return Reading(article, layout, body, known)


def _refuse_wrong_types(
    url: object, headers: object, charset: object, rules: tuple[object, ...], profile: object
) -> None:
    for name, value, kind in (
        ("url", url, str), ("headers", headers, Mapping), ("charset", charset, str), ("profile", profile, OutletProfile)
    ):  # fmt: skip
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} must be {kind.__name__} or None, not {type(value).__name__}")
    if not all(isinstance(rule, Rule) for rule in rules):
        raise TypeError("rules must be Rules")


def _unseen(facts: metadata.Facts, page: str, shown: str, title: str | None) -> str | None:
    """The body that the page states or keeps in its scripts, where it shows hardly any text or only the beginning."""
    stated = facts.article.get("articleBody")
    if isinstance(stated, str) and len(shown) < _THIN and len(stated) > 2 * len(shown) + _THIN:
        return stated
    if len(shown) < _BEGINNING and (paragraphs := hidden.hidden_body(page, shown, title)):
        return hidden.as_markup(paragraphs)
    return None


def known_of(
    facts: metadata.Facts, title: str | None, headline: int | None, under: int | None = None
) -> bodies.Known:
    """What helps to find the body: the headline, the run `under` it, and what metadata states of the text."""
    stated = metadata.text_of(facts.article.get("articleBody"))
    described = facts.first("og:description", "description") or ""
    return bodies.Known(title or "", headline, described, stated, under, 2 if facts.is_news else int(facts.is_article))
