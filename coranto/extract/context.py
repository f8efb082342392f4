"""What stands around an article and belongs to it: outlet, section, topics, language, counts, directives."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coranto.articles import Counts

from . import clutter, languages, metadata, titles
from .blocks import Layout
from .charset import header
from .cleaning import absolute
from .metadata import Facts, as_list, kinds, text_of
from .shapes import HOMES, STEP, WAY, is_way
from .words import MOST_FIGURES, count_of, fold, host, squeeze

_COUNT = re.compile(
    r"(\d(?<![\d.,]\d)(?:\d{0,2}(?:[.,\s]\d{3})+|\d*(?:[.,]\d+)?\s?[kKmM]?))\s*(views?|reads?|aufrufe|vues|visitas|"
    r"visualizzazioni|просмотр\w*|reactions?|likes?|comments?|kommentare?|commentaires?|comentarios?|commenti|"
    r"комментари\w*|shares?)\b",
    re.I,
)
_DIRECTIVES = ("noindex", "noarchive", "nosnippet", "none", "noai", "noimageai")
_DIRECTIVE = re.compile(rf"(?<![\w-])(?:{'|'.join(_DIRECTIVES)})(?![\w-])")
_NO_SECTION = HOMES | frozenset("article articles artikel story stories 記事".split())
_LONGEST_SECTION = 50
_NO_STEP = re.compile(r"(?:breadcrumb|you are here|sie sind hier|vous êtes ici|estás en|ti trovi in)\b", re.I)
_LOCALE = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_HEAD = 40


def site_names(facts: Facts) -> list[str]:
    """The names that the page gives its site."""
    names = facts.every(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "publisher",
        "twitter:app:name:iphone",
        "dc.publisher",
        "al:ios:app_name",
    )
    if by_data := metadata.publisher(facts):
        names.append(by_data)
    names += [value.lstrip("@") for value in facts.every("twitter:site")]
    return [name for name in dict.fromkeys(names) if len(name) <= 80]


def outlet_of(facts: Facts, title: str | None, crumbs: tuple[str, ...], own_host: str) -> str | None:
    """The outlet's name: as the page states it, else what is glued to the title (without a section of the way
    `crumbs`), else the host."""
    named = (
        facts.first("og:site_name")
        or metadata.publisher(facts)
        or facts.first("application-name", "publisher", "dc.publisher")
    )
    if named and len(named) <= 80 and not named.startswith("http"):
        return _well_spelt(named, site_names(facts))
    if title and facts.document_title and (glued := titles.site_in(facts.document_title, title)):
        sections = {fold(crumb) for crumb in crumbs[1:]}
        return next((rest for rest, part, _ in titles.cuts(glued) if fold(part) in sections), glued)
    return own_host or None


def _well_spelt(name: str, others: list[str]) -> str:
    """`name` as another place spells it, if that parts or capitalises what `name` runs together."""
    key = fold(name).replace(" ", "")
    same = [other for other in others if fold(other).replace(" ", "") == key and not other.islower()]
    return max(same, key=lambda other: other.count(" "), default=name) if name.islower() else name


def section(facts: Facts, crumbs: tuple[str, ...], title: str | None = None) -> str | None:
    """The section that the page files the article under: of several the first."""
    stated = facts.first(
        "article:section",
        "og:article:section",
        "parsely-section",
        "sailthru.section",
        "section",
        "cxenseparse:section",
        "category",
    )
    named = (stated, text_of(facts.article.get("articleSection")), facts.first("articlesection"))
    parts = (part.strip() for name in named if name for part in re.split(r"[;|,]", name))
    none = {*_NO_SECTION, fold(title or "")}
    name = next((part for part in parts if len(part) <= _LONGEST_SECTION and fold(part) not in none), None)
    steps = [crumb for crumb in crumbs if len(crumb) <= _LONGEST_SECTION and fold(crumb) not in none]
    if name is None:
        return steps[-1] if steps else None
    if "/" in name and " " not in name:
        name = name.strip("/").rpartition("/")[2]
    return next((step for step in steps if fold(step) == fold(name)), name)


def breadcrumb(facts: Facts, layout: Layout, title: str | None) -> tuple[str, ...]:
    """The way from the site's home to the section, without the headline itself at its end."""
    names = list(metadata.breadcrumb(facts))
    if not names:
        for number in layout.marked:
            box = layout.boxes[number]
            if box.marks & clutter.IS_CRUMBS and 0 < box.end - box.start <= 12:
                names = [squeeze(run.text.strip(" /›»>|·•")) for run in layout.runs[box.start : box.end]]
                if len(names) == 1:
                    names = [part.strip() for part in re.split(r"\s*[/›»>|]\s*", names[0])]
                break
    names = names or _way(layout, title)
    names = [name for name in names if 0 < len(name) <= 80 and not _NO_STEP.match(name)]
    key = fold(title or "")
    if (
        names
        and key
        and (fold(names[-1]) == key or (len(names[-1]) > 30 and key.startswith(fold(names[-1].rstrip("….")))))
    ):
        names.pop()
    return tuple(names)


def _way(layout: Layout, title: str | None) -> list[str]:
    """The steps of a line that shows the way from home ("Current: Home > Town"), without a headline at its end."""
    line = next((run.text for run in layout.runs[:_HEAD] if run.linked and is_way(run.text)), "")
    steps = [step for step in STEP.split(WAY.sub("", line)) if step]
    if steps and title and title in steps[-1]:
        steps[-1] = steps[-1].split(title)[0].strip()
    return steps


def language(facts: Facts, text: str, headers: Mapping[str, str] | None) -> str | None:
    """The language as a tag ("de", "pt-BR"): what the page declares, unless a long text plainly is in another."""
    stated = None
    for value in (
        facts.language,
        facts.first("og:locale"),
        text_of(facts.article.get("inLanguage")),
        facts.first("content-language", "dc.language"),
        header(headers, "content-language"),
    ):
        value = (value or "").strip().split(",")[0].strip()
        if _LOCALE.match(value):
            stated = value.replace("_", "-")
            break
    if stated and text and (len(text) < 1000 or languages.is_plainly(stated, text)):
        return stated
    seen = languages.detect(text)
    return stated if stated and (not seen or languages.may_be(stated, seen)) else seen


def counts(facts: Facts, layout: Layout) -> Counts:
    """What the page states about its own readers: views, reactions, comments."""
    found: dict[str, int] = {}
    article = facts.article
    value = article.get("commentCount")
    if (comments := count_of(value)) is not None:
        found["comments"] = comments
    for statistic in as_list(article.get("interactionStatistic")):
        if isinstance(statistic, dict) and (count := count_of(statistic.get("userInteractionCount"))) is not None:
            kind = str(statistic.get("interactionType") or "")
            kind += (
                " ".join(kinds(statistic["interactionType"]))
                if isinstance(statistic.get("interactionType"), dict)
                else ""
            )
            name = "comments" if "Comment" in kind else "views" if "View" in kind or "Read" in kind else "reactions"
            found.setdefault(name, count)
    # A bar belongs to no count.
    lines = "|".join([run.text for run in layout.runs[:400] if len(run.text) <= 40])
    for name, number in counts_in(lines).items():
        found.setdefault(name, number)
    return Counts(found.get("views"), found.get("reactions"), found.get("comments"))


def counts_in(line: str) -> dict[str, int]:
    """The first count of each sort that a short line states, or several with bars between them, as {'views': ...,
    'reactions': ..., 'comments': ...}."""
    found: dict[str, int] = {}
    for match in _COUNT.finditer(line):
        word = match[2].lower()
        name = (
            "comments"
            if word.startswith(("com", "kom", "ком"))
            else "reactions"
            if word.startswith(("reac", "lik", "shar"))
            else "views"
        )
        found.setdefault(name, _number(match[1]))
    return found


def _number(text: str) -> int:
    text = text.strip()
    scale = {"k": 1_000, "m": 1_000_000}.get(text[-1].lower(), 1)
    if scale > 1:
        return int(float(text[:-1].strip()[:MOST_FIGURES].replace(",", ".")) * scale)
    return int(re.sub(r"\D", "", text)[:MOST_FIGURES])


def syndicated_from(facts: Facts, base: str | None, own_host: str) -> str | None:
    """The address of the original where the page names one on another host: as its source, or as canonical."""
    for value in [
        *facts.every("syndication-source", "original-source"),
        *facts.links.get("syndication", ()),
        facts.canonical or "",
    ]:
        url = absolute(value, base)
        if url and host(url) and own_host and not _same_site(host(url), own_host):
            return url
    return None


def _same_site(left: str, right: str) -> bool:
    return (
        left == right
        or left.endswith("." + right)
        or right.endswith("." + left)
        or left.split(".")[-2:] == right.split(".")[-2:]
    )


def robots(facts: Facts, headers: Mapping[str, str] | None) -> tuple[str, ...]:
    """The page's directives to those who collect, in lower case, from meta tags and the transport's headers."""
    words = " ".join([*facts.every("robots", "googlebot"), header(headers, "x-robots-tag") or ""]).lower()
    stated = set(_DIRECTIVE.findall(words))
    found = [name for name in _DIRECTIVES if name in stated]
    if "none" in found:
        found = list(dict.fromkeys(["noindex", *[name for name in found if name != "none"]]))
    if any(
        value.strip() == "1" for value in [*facts.every("tdm-reservation"), header(headers, "tdm-reservation") or ""]
    ):
        found.append("tdm-reservation")
    return tuple(found)
