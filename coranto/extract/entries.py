"""One feed entry into an Article: what the outlet put into its feed, read with the same care as a page.

The entry's HTML is cleaned here; where entries come from is for `coranto.sources`. Entries are duck-typed: strings
`title`, `link`, `summary`, `content`, `language`, `source`; tuples `authors`, `tags`, `enclosures`; moments
`published`, `updated`; whatever is missing counts as not given.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from coranto.articles import Article, DateEvidence, Link, Lists, Picture

from . import clutter
from .cited import cited_sources
from .cleaning import absolute, clean_html, is_pixel, plain_text
from .composing import dateline_of, split_credit
from .languages import detect
from .names import clean_names
from .words import plain, squeeze

_IMG = re.compile(r"<img\b[^<>]*>", re.I)
_FIGURE = re.compile(r"<figure\b[^<>]*>(.*?)</figure>", re.I | re.S)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption>", re.I | re.S)
_ATTRIBUTE = re.compile(r"""(src|alt|width|height)\s*=\s*"([^"]*)\"""")
_TAIL = re.compile(
    r"^(?:the post .{1,300} (?:first )?appeared (?:first )?on .{1,120}|(?:continue reading|read (?:more|the "
    r"(?:full|rest)|full)|weiterlesen|lire la suite|leer más|seguir leyendo|leggi tutto|mehr lesen)\b.{0,200}|"
    r"\[?(?:…|\.\.\.)\]?|comments?|\d+ comments?)[.…»→ ]*$",
    re.I,
)
_CUT = re.compile(r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$")
_MOST_PICTURES = 20


def read_entry(entry: object, feed_language: str | None = None) -> Article:
    """Return the article that a feed's entry gives. `feed_language` counts where the entry names none.

    The body is the entry's content, or else its summary; the summary beside a full content becomes the subtitle.
    Raises nothing for odd values: what is not a string where one belongs counts as missing.
    """
    link = absolute(_string(entry, "link"), None)
    content, summary = _string(entry, "content"), _string(entry, "summary")
    markup = content or summary
    body = clean_html(markup, link) if markup else ""
    # What stands under a picture is the picture's, unless an entry says nothing else.
    text, pointers, notices = _sorted_out(plain_text(_CAPTION.sub("", body)) or plain_text(body))
    title = plain(_string(entry, "title")) or None
    lead = plain(summary) if content and summary else ""
    subtitle = lead if lead and lead != text[: len(lead)] and len(lead) <= 400 else None
    pictures = _pictures(entry, body, link)
    names = clean_names(_strings(entry, "authors"))
    published, updated = _moment(entry, "published"), _moment(entry, "updated")
    language = _string(entry, "language") or feed_language or detect(f"{title or ''}. {text}")
    warnings = ("the feed gives only the beginning",) if _CUT.search(text) else ()
    return Article(
        title=title,
        subtitle=subtitle,
        authors=names,
        published=published or updated,
        modified=updated,
        date_evidence=_evidence(published, updated),
        dateline=dateline_of(text),
        tags=_tags(entry),
        outlet=_source_name(entry),
        canonical_url=link,
        language=language.replace("_", "-") if language else None,
        image=pictures[0] if pictures else None,
        images=pictures,
        text=text,
        html=body,
        cited=cited_sources(text),
        lists=Lists(related=pointers),
        notices=notices,
        kind="article" if text or title else "none",
        confidence=0.9 if content else 0.6,
        warnings=warnings,
    )


def _sorted_out(text: str) -> tuple[str, tuple[Link, ...], tuple[str, ...]]:
    """The paragraphs of an entry that are its body, the pointers to other articles, and the notices."""
    kept, pointers, notices = [], [], []
    for paragraph in text.split("\n\n"):
        if len(paragraph) < 400:
            if _TAIL.match(paragraph):
                continue
            if len(paragraph) < 200 and clutter.is_notice(paragraph):
                notices.append(squeeze(paragraph))
                continue
            if len(paragraph) < 200 and clutter.RELATED.match(paragraph):
                pointers.append(Link(squeeze(paragraph)))
                continue
        kept.append(paragraph)
    return "\n\n".join(kept), tuple(pointers), tuple(notices)


def _pictures(entry: object, body: str, base: str | None) -> tuple[Picture, ...]:
    """Enclosed pictures and those in the body, each address once, with the captions of their figures."""
    found: dict[str, Picture] = {}
    captions: dict[str, str] = {}
    if "<img" in body:
        if "<figcaption" in body:
            for figure in _FIGURE.findall(body):
                shown, caption = _IMG.search(figure), _CAPTION.search(figure)
                if shown and caption:
                    captions[shown[0]] = plain_text(caption[1])
        for tag in _IMG.findall(body)[:_MOST_PICTURES]:
            values = dict(_ATTRIBUTE.findall(tag))
            url = plain(values.get("src"))
            if url.startswith("http"):
                caption, credit = split_credit(captions.get(tag, ""))
                found.setdefault(
                    url,
                    Picture(
                        url,
                        caption,
                        credit,
                        plain(values.get("alt")) or None,
                        _size(values, "width"),
                        _size(values, "height"),
                    ),
                )
    for enclosure in _items(entry, "enclosures")[:_MOST_PICTURES]:
        kind = str(_get(enclosure, "type") or "")
        url = absolute(str(_get(enclosure, "url") or ""), base)
        if (
            url
            and (
                kind.startswith("image/")
                or (not kind and re.search(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", url, re.I))
            )
            and not is_pixel(url, None, None)
        ):
            found.setdefault(url, Picture(url))
    return tuple(found.values())


def _size(values: dict[str, str], name: str) -> int | None:
    value = values.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else None


def _evidence(published: datetime | date | None, updated: datetime | date | None) -> tuple[DateEvidence, ...]:
    found = []
    if published:
        found.append(DateEvidence("published", published, "feed", "published", 0.85))
    if updated:
        found.append(DateEvidence("modified", updated, "feed", "updated", 0.8))
    return tuple(found)


def _tags(entry: object) -> tuple[str, ...]:
    tags = (plain(tag) for tag in _strings(entry, "tags"))
    return tuple(dict.fromkeys(tag for tag in tags if tag and len(tag) <= 80))[:40]


def _source_name(entry: object) -> str | None:
    """The publisher whom an aggregator's entry names as its source."""
    source = _get(entry, "source")
    if isinstance(source, str):
        return plain(source) or None
    return plain(_get(source, "title")) or None if source is not None else None


def _get(holder: object, name: str) -> object:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _string(holder: object, name: str) -> str:
    value = _get(holder, name)
    return value if isinstance(value, str) else ""


def _items(holder: object, name: str) -> list:
    value = _get(holder, name)
    return list(value) if isinstance(value, list | tuple) else []


def _strings(holder: object, name: str) -> list[str]:
    return [value for value in _items(holder, name) if isinstance(value, str)]


def _moment(holder: object, name: str) -> datetime | date | None:
    value = _get(holder, name)
    return value if isinstance(value, date) else None
