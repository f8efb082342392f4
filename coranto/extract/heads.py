"""What stands before the body of a flattened page: way, headline, outlet, byline, dates, counts, subtitle."""

from __future__ import annotations

import re

from coranto.articles import DateEvidence

from .context import counts_in
from .dates import find_moment
from .lines import Line
from .lists import name_by_heading
from .names import clean_names
from .shapes import BY, END_SIGN, MENU, NAME_SHAPE, SHARE, STEP, WAY, WIDE, Reading, is_paragraph, is_way
from .titles import without_site
from .words import fold, squeeze

_SUFFIX = re.compile(r"\s*(?:\s[-–—|·•:»]|\s?[|｜]|\s-)\s*(?P<site>[^-–—|·•»]{2,50})$")
_VIEWS = re.compile(r"\s*\b(?:views?|reads?|aufrufe|vues|visitas)\b\s*:?\s*[\d.,]*\s*[kKmM]?\s*$", re.I)
_DATE_LABEL = re.compile(
    r"^(?:date|published|posted|updated|datum|veröffentlicht|publié|publicado|pubblicato|опубликовано|дата|time|"
    r"last updated|modified|stand)\b",
    re.I,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|stand|mis à jour|actualizad[oa]|aggiornat[oa]|обновлено)\b", re.I
)


def read_head(lines: list[Line], found: Reading) -> int:
    """Read what stands before the body: way, headline, byline, dates. Returns where the body begins."""
    first = next((number for number, line in enumerate(lines) if is_paragraph(line)), len(lines))
    first = min(first, 80)
    head = lines[:first]
    _way_and_title(head or lines[:1], found)
    key = fold(found.title or "")
    after = False
    for number, line in enumerate(head):
        same = fold(line.text) == key or (key and fold(without_site(line.text, [found.outlet or ""])) == key)
        if same:
            after = True
            continue
        if is_way(line.text) or (found.outlet and fold(line.text) == fold(found.outlet)):
            continue
        if SHARE.match(line.text) or MENU.match(line.text):
            continue
        _head_line(line, found, after, number, first)
    if not found.title and head:
        found.title = head[0].text
    return first


def _head_line(line: Line, found: Reading, after: bool, number: int, first: int) -> None:
    """One line before the body: date, byline, counts or subtitle."""
    text = line.text
    counted = counts_in(text)
    found.counts.update({name: value for name, value in counted.items() if name not in found.counts})
    moment = find_moment(text) if len(text) < 160 else None
    if moment:
        kind = "modified" if _UPDATED.search(text[: moment[1]][-30:]) else "published"
        found.dates.append(DateEvidence(kind, moment[0], "text", text[:200], 0.8 if _DATE_LABEL.match(text) else 0.6))
        text = squeeze(f"{text[: moment[1]]} | {text[moment[2] :]}")
        text = re.sub(
            r"\b(?:date|published|posted|updated|on|at|veröffentlicht|am)\b\s*:?\s*(?=\||$)", "", text, flags=re.I
        )
    signed = bool(BY.match(text))
    text = _VIEWS.sub("", BY.sub("", text, count=1)).strip(" |·•,-–—")
    text = text.split("|")[0].strip()
    if not text:
        return
    if signed or (after and not found.names and len(text) <= 80 and NAME_SHAPE.match(text)):
        names = clean_names([text])
        if names and not found.names:
            found.names.extend(names)
            return
    if (
        after
        and not found.lead
        and not moment
        and not signed
        and (len(text) >= 30 or line.level)
        and len(text) <= 300
        and not name_by_heading(text)
    ):
        found.lead = text


def _way_and_title(head: list[Line], found: Reading) -> None:
    """The breadcrumb line, the headline, and the outlet's name glued to either."""
    candidates = [line for line in head if not is_way(line.text) and len(line.text) >= 12]
    way = next((line.text for line in head[:40] if is_way(line.text)), None)
    if way:
        steps = [step for step in STEP.split(WAY.sub("", way)) if step]
        glued = steps[-1] if steps else ""
        title = max(
            (line.text for line in candidates if line.text in glued or fold(line.text) in fold(glued)),
            key=len,
            default=None,
        )
        if title and title in glued:
            before, after = glued.split(title, 1)
            found.outlet = _site_of(after) or found.outlet
            steps = [*steps[:-1], before.strip()] if before.strip() else steps[:-1]
            found.title = title
        found.way = tuple(steps)
    if found.title is None:
        found.title = _repeated(candidates, found) or _marked(candidates) or _first_headline(candidates)
    if found.title and found.outlet is None:
        for line in head[:6]:
            rest = line.text.removeprefix(found.title)
            if rest != line.text and rest and (site := _site_of(rest)):
                found.outlet = site
                break
        else:
            match = _SUFFIX.search(found.title)
            if (
                match
                and len(match["site"].split()) <= 4
                and len(fold(found.title[: match.start()]).split()) >= 4
                and match["site"][:1].isupper()
            ):
                found.outlet, found.title = match["site"].strip(), found.title[: match.start()].strip()


def _site_of(text: str) -> str | None:
    """The site's name in what follows a headline (" - Name", "|Name")."""
    text = text.strip()
    name = text.lstrip("-–—|·•:»｜ ").strip()
    return name if name and name != text and len(name) <= 60 else None


def _repeated(candidates: list[Line], found: Reading) -> str | None:
    """A headline that stands twice, once with the site's name behind it."""
    for number, line in enumerate(candidates[:30]):
        for other in candidates[number + 1 : number + 30]:
            if (
                other.text != line.text
                and line.text.startswith(other.text)
                and (site := _site_of(line.text[len(other.text) :]))
            ):
                found.outlet = site
                return other.text
            if other.text == line.text and len(line.text.split()) >= 4:
                return line.text
    return None


def _marked(candidates: list[Line]) -> str | None:
    for level in (1, 2):
        marked = [line.text for line in candidates if line.level == level and not name_by_heading(line.text)]
        if marked:
            return max(marked[:3], key=len)
    return None


def _first_headline(candidates: list[Line]) -> str | None:
    """The line most like a headline: several words, no item, not a byline, date or menu."""
    best, best_score = None, 0.0
    for number, line in enumerate(candidates):
        text = line.text
        words = len(text.split()) + len(WIDE.findall(text)) // 3
        if line.item or words < 3 or len(text) > 220 or BY.match(text) or SHARE.match(text) or MENU.match(text):
            continue
        if name_by_heading(text) or (find_moment(text) and words < 10):
            continue
        score = (
            min(words, 12)
            - (4 if END_SIGN.search(text) and not text.endswith("?") else 0)
            - 0.2 * number
            - (5 if NAME_SHAPE.match(text) else 0)
        )
        if score > best_score:
            best, best_score = text, score
    return best
