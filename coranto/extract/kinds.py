"""What sort of page this is: article, live blog, gallery, video, listing, paywall teaser, error page, or none of these.

What a page states and what its text says decide first; whether a page that does not call itself an article is one all
the same, or a list of others, is judged by weights that `benchmarks/kinds_train.py` learns.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log1p
from urllib.parse import urlsplit

from . import asides
from .blocks import PART_HEADINGS, Layout, Run
from .body import Body
from .metadata import Facts, kinds
from .shapes import CLOSED

_STATED = (
    ("LiveBlogPosting", "live"),
    ("VideoObject", "video"),
    ("ImageGallery", "gallery"),
    ("MediaGallery", "gallery"),
    ("CollectionPage", "listing"),
    ("SearchResultsPage", "listing"),
)
_GALLERIES = frozenset(("ImageGallery", "MediaGallery"))
_ENTRY = re.compile(r"^(?:([01]?\d|2[0-3])[:.h]([0-5]\d))(?!\d)(?!\s*[-–]\s*\d)")
# What a page that could not be had says in its title. Numbers and "not found" count only where they are all of it:
# "Storm leaves 500 homes dark" is none.
_ERROR = re.compile(
    r"\bpage (?:not found|can.?t be found|cannot be found)|seite nicht gefunden|page introuvable|página no encontrada|"
    r"\bare you a robot\b|\bservice unavailable\b|^attention required\b|^(?:just a moment|access denied)\W*$|"
    r"\b(?:error|fehler|erreur)\W*(?:40[0134]|410|50[0234])\b|^\W*(?:(?:file|article) )?(?:not found|forbidden)\W*$|"
    r"^\W*(?:http )?(?:40[0134]|410|50[0234])(?:\W*$|\W+(?:error|not found|forbidden|gone|internal|bad|service)\b)",
    re.I,
)
_LOCKED = re.compile(
    r"(?<![a-z])(?:paywall|subscriber-only)|subscribe to (?:continue|read)|"
    r"to continue reading|weiterlesen mit|réservé aux abonnés|solo para suscriptores|exclusivo para "
    r"(?:suscriptores|assinantes)|nur für abonnenten",
    re.I,
)
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]{2,}|\d{5,}")
_LEAST = 140
_SENTENCE = 80
_MANY_LINKS = 30
_FEWEST_TEASERS, _LONGEST_TEASER = 3, 300


def kind_of(
    facts: Facts, layout: Layout, body: Body, text: str, title: str | None, url: str | None
) -> tuple[str, float]:
    """What sort of page this is, and how sure that is, between 0 and 1. `text` is the body as it is given out."""
    types = {kind for node in facts.nodes for kind in kinds(node)}
    first = set(kinds(facts.article))
    if not facts.is_article:
        first |= types & _GALLERIES
    size = size_of(text)
    if title and _ERROR.search(title) and size < 1500:
        return "error", 0.9
    if "LiveBlogPosting" in types:
        return "live", 0.95
    if _is_live(layout, body):
        return "live", 0.8
    if size < 1800 and any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in facts.articles[:2]):
        return "paywall", 0.8
    for name, kind in _STATED:
        if name in first and size < (1200 if kind == "video" else 4000):
            return kind, 0.75
    if size < 1200 and any(_LOCKED.search(run.text) for run in layout.runs if len(run.text) < 300):
        return "paywall", 0.6
    listing = _is_of_teasers(layout, body)
    if facts.is_article and not (listing and is_front(url)):
        if size >= _LEAST:
            return "article", 0.95
        return ("video", 0.4) if "VideoObject" in types else ("article", 0.3)
    chance = _chance_of_article(signals(layout, body, text, url))
    if listing:
        return "listing", round(max(1 - chance, 0.75), 2)
    if size >= _LEAST and chance >= _model()["threshold"]:
        return "article", round(max(chance, 0.5), 2)
    return _no_article(layout), round(max(1 - chance, 0.5), 2)


def size_of(text: str) -> float:
    """The length of a text in Latin letters: a sign of Chinese, Japanese or Korean says as much as two and a half."""
    return 2.5 * len(text) if text and not text.isascii() and max(text[:200]) > "\u3040" else len(text)


def _is_live(layout: Layout, body: Body) -> bool:
    """Whether the body is made of entries whose heading begins with their time of day, or stands beside it, the latest
    first: a chronicle runs the other way."""
    beside = asides.entry_clocks(layout, body.kept)
    headings = [
        layout.runs[beside.get(index, index)].text for index in body.kept if layout.runs[index].tag in PART_HEADINGS
    ]
    clocks = [int(clock[1]) * 60 + int(clock[2]) for text in headings if (clock := _ENTRY.match(text))]
    if len(clocks) < 3 or 2 * len(clocks) < len(headings):
        return False
    later = sum(after > before for before, after in pairwise(clocks))
    # One step may lead back past midnight.
    return later <= 1 and len(clocks) > 1 + 3 * later


def _is_of_teasers(layout: Layout, body: Body) -> bool:
    """Whether what stands where the body would is linked headings, each with a few words of its own at most."""
    kept = set(body.kept)
    box = layout.boxes[body.box]
    parts = [0.0]
    for index in range(box.start, box.end):
        run = layout.runs[index]
        if run.tag in PART_HEADINGS and run.linked > 0.8 * len(run.text):
            parts.append(0.0)
        elif index in kept:
            parts[-1] += size_of(run.text)
    return len(parts) > _FEWEST_TEASERS and parts[0] <= _LEAST and max(parts) <= _LONGEST_TEASER


def _no_article(layout: Layout) -> str:
    linked, total = sum(run.linked for run in layout.runs), sum(len(run.text) for run in layout.runs)
    return "listing" if linked > 0.5 * total and len(layout.runs) > _MANY_LINKS else "none"


def signals(layout: Layout, body: Body, text: str, url: str | None) -> dict[str, float]:
    """What the body of a page that does not call itself an article tells of it. `text` is the body as it is given
    out."""
    kept = [layout.runs[index] for index in body.kept]
    shown = sum(len(run.text) for run in kept) or 1
    whole = sum(len(run.text) for run in layout.runs) or 1
    found = {
        "always": 1.0,
        "size": log1p(min(size_of(text), 8000.0)),
        "prose": sum(len(run.text) for run in kept if _is_prose(run)) / shown,
        "paragraphs of prose": float(min(sum(map(_is_prose, kept)), 6)),
        "longest": log1p(max((len(run.text) for run in kept), default=0)),
        "linked": sum(run.linked for run in kept) / shown,
        "linked lines": sum(run.linked > 0.6 * len(run.text) for run in kept) / max(len(kept), 1),
        "linked headings": float(min(sum(run.tag in PART_HEADINGS and run.linked > 0 for run in kept), 10)),
        "page linked": sum(run.linked for run in layout.runs) / whole,
        "share of page": shown / whole,
        "times": float(min(len(layout.elements.times), 10)),
    }
    if address := _address(url):
        found[address] = 1.0
    return found


def _is_prose(run: Run) -> bool:
    return len(run.text) >= _SENTENCE and run.linked < 0.3 * len(run.text) and bool(CLOSED.search(run.text[-4:]))


def is_front(url: str | None) -> bool:
    """Whether an address is that of a site's front page."""
    try:
        address = urlsplit(url or "")
    except ValueError:
        return False
    return bool(address.netloc) and not address.path.strip("/") and not address.query


def _address(url: str | None) -> str:
    """How the end of an address looks: made from a headline or a number, as an article's, or like a section's."""
    try:
        path = urlsplit(url or "").path.rstrip("/")
    except ValueError:
        return ""
    if not path:
        return ""
    words = _WORD_OR_NUMBER.findall(path.rpartition("/")[2])
    return "address long" if len(words) >= 4 or any(word.isdigit() for word in words) else "address short"


def _chance_of_article(found: dict[str, float]) -> float:
    """How likely a page with these signals is an article, between 0 and 1."""
    weights = _model()["weights"]
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


@cache
def _model() -> dict:
    return json.loads(files(__package__).joinpath("kinds_model.json").read_text("utf-8"))
