"""A flattened page (plain text without markup) into an Article.

The lines are measured (`line_signals`), trained judges say which are the body's and which give headline, date and
signature (`line_judges`); what is left is told apart by shape and place: way, topics, bio, reactions, lists, notices.
No layout is assumed; what engines did to the lines is undone in `lines`.
"""

from __future__ import annotations

import html as entities
import re
from datetime import datetime

from coranto.articles import Article, Counts, DateEvidence, Link, Lists, Person

from . import clutter
from .charset import text_of
from .cited import cited_sources
from .composing import dateline_of
from .context import counts_in
from .heads import outlet_beside, read_head
from .languages import detect
from .line_candidates import Candidate, Notes, dates, headlines, signatures
from .line_judges import odds, ranked, sureness
from .line_signals import Sheet, rows
from .lines import Line, logical_lines
from .lists import name_by_heading
from .shapes import CLOSED, END_SIGN, MENU, SHARE, TOPICS, Findings, is_paragraph, weight
from .words import fold, plain

_MOST_CHARACTERS, _MOST_LINES = 3_000_000, 8_000
_LISTS = ("related", "ranking", "recommended", "most_read")
_MOST_DATES, _FAINTEST = 12, 0.1
_SIGNED = -1.0  # odds at which a line right below the headline that says "By" is believed
_SITE_BEHIND = re.compile(r"\s*(?:[|•·»«–—-]|::)\s*\S.{0,50}$")
_REACTION = re.compile(
    r"(?:\b|[a-z])(?:very ?good|good|likes?|love|wow|great|useful|helpful|reactions?|recommend|thumbs? up|"
    r"gef[aä]llt(?: mir)?|me gusta|j[’']aime|mi piace|curtir|нравится|赞|いいね|"
    r"좋아요)\W{0,4}\(?(?P<count>\d[\d.,]*)\)?\W*$",
    re.I,
)
_BIO = re.compile(
    r"^(?P<name>(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*)(?:\s+(?:de|van|von|der|bin|al|del|"
    r"la)){0,2}(?:\s+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*){1,4})\s*,?\s+(?:is|was|has|covers|writes|joined|works|reports|"
    r"ist|war|schreibt|arbeitet|berichtet|est|écrit|couvre|es|escribe|cubre|è|scrive|jest|работает|пишет)\b"
)
_BIO_WORD = re.compile(
    r"\b(?:correspondent|reporter|editor|journalist|writer|columnist|producer|author|anchor|contributor|"
    r"freelance\w*|covers|covering|writes|based in|fellow|photographer|redakteur\w*|korrespondent\w*|journaliste|"
    r"periodista|corresponsal|giornalista|redactor\w*|autor\w*|корреспондент|журналист|newsroom|newspaper|staff|"
    r"bureau|podcast|follow (?:him|her|them))\b",
    re.I,
)


def extract_text(text: str | bytes, charset: str | None = None) -> Article:
    """Read a flattened page: `text` is what is left of a page when its markup is gone, as text or as bytes (decoded by
    byte order mark, `charset` or detection).

    Returns an Article whose lists, counts and bios are kept apart from the body. Raises TypeError unless `text` is a
    string or bytes and `charset` a string or None, and nothing else.
    """
    if charset is not None and not isinstance(charset, str):
        raise TypeError(f"charset must be str or None, not {type(charset).__name__}")
    words, warnings = (text, []) if isinstance(text, str) else text_of(text, charset=charset)
    lines = logical_lines(words[:_MOST_CHARACTERS])[:_MOST_LINES]
    if not lines:
        return Article(kind="none", confidence=1.0, warnings=(*warnings, "the text is empty"))
    found = Findings()
    sheet = Sheet(lines)
    headline, taken = _fields(sheet, found)
    flags = _under_headline([odds("body", row) > 0 for row in rows(sheet, found.title, headline)], lines, headline)
    body = next((number for number, flag in enumerate(flags) if flag), len(lines))
    read_head(lines, headline, body, taken, found)
    _rest(lines, flags, body if any(flags) else 0, found)
    return _article(found, tuple(warnings))


def _fields(sheet: Sheet, found: Findings) -> tuple[int | None, set[int]]:
    """Headline, dates and names; returns the headline's line, and the lines that gave dates and names."""
    notes = Notes(sheet)
    headline = None
    if heads := ranked("title", headlines(sheet, notes)):
        best = _shown_alone([one for _, one in heads])
        found.title, headline = str(best.value), best.number
        named = best.rest if 0 < len(best.rest.split()) <= 5 else None
        found.outlet = named or outlet_beside(sheet.lines[: max(headline + 1, 6)], found.title)
    elif weight(sheet.lines[0].text) < 140:
        found.title = sheet.lines[0].text
    taken = set()
    for total, one in ranked("date", dates(sheet, notes, headline))[:_MOST_DATES]:
        if (chance := sureness(total)) >= _FAINTEST:
            moment, updated, quoted = one.value
            found.dates.append(DateEvidence("modified" if updated else "published", moment, "text", quoted, chance))
            taken.add(one.number)
    for total, one in ranked("names", signatures(sheet, notes, headline, found.outlet))[:1]:
        if total > (_SIGNED if notes.by[one.number] and headline is not None and 0 < one.number - headline <= 6 else 0):
            found.names.extend(one.value)
            taken.add(one.number)
    return headline, taken


def _under_headline(flags: list[bool], lines: list[Line], headline: int | None) -> list[bool]:
    """`flags` without what stands above the headline (a consent banner, say), where most of the text is below it."""
    if headline is None:
        return flags
    sizes = [len(line.text) if flag else 0 for line, flag in zip(lines, flags, strict=True)]
    if sum(sizes[headline:]) < 2 * sum(sizes[:headline]):
        return flags
    return [False] * headline + flags[headline:]


def _shown_alone(heads: list[Candidate]) -> Candidate:
    """The best of the candidates, or the line that shows the same words without the site's name behind them."""
    best = heads[0]
    text = str(best.value)
    for other in heads[:60]:
        shown = str(other.value)
        behind = text.startswith(shown) and _SITE_BEHIND.match(text, len(shown))
        if not other.rest and (behind or (best.rest and shown == text)):
            return other
    return best


def _rest(lines: list[Line], flags: list[bool], start: int, found: Findings) -> None:
    """Read the body, which `flags` marks, and what follows its first line `start`."""
    into: str | None = None  # the list, topics or comments that lines go to at present
    ahead = sum(len(line.text) for line, flag in zip(lines, flags, strict=True) if flag)
    behind = 0
    for number, line in enumerate(lines[start:], start):
        text = line.text
        if flags[number]:
            ahead, behind = ahead - len(text), behind + len(text)
        following = lines[number + 1] if number + 1 < len(lines) else None
        switched = _switch(line, following, found) if not flags[number] or len(text) < 60 else None
        if switched is not None and (switched != "comments" or behind >= ahead):
            into = switched
        elif _aside(line, found, flags[number]):
            into = None if into == "topics" else into
        elif found.paragraphs and (not into or into == "topics") and _bio(line, lines[number + 1 : number + 5], found):
            into = None
        elif flags[number] and into != "comments" and not (into in _LISTS and line.item and not END_SIGN.search(text)):
            into = None
            _body_line(line, found)
        elif into and not line.item and len(text) <= 60 and MENU.match(text):
            into = None
        elif into == "topics" and len(text) <= 60 and (line.item or not END_SIGN.search(text)):
            found.topics.append(text)
        elif into in _LISTS:
            found.lists.setdefault(into, []).append(Link(text, line.address))
        elif into == "comments":
            found.comments.append(text)


def _switch(line: Line, following: Line | None, found: Findings) -> str | None:
    """The list that a line announces, or None. An item or a line in the middle of a sentence announces nothing."""
    text = line.text
    topics = TOPICS.match(text)
    if topics and len(text) <= 300 and found.paragraphs:
        rest = [part.strip(" #") for part in re.split(r"[,;|、]", topics["rest"] or "") if part.strip(" #")]
        found.topics.extend(part for part in rest if len(part) <= 60)
        return "topics" if not rest else ""
    if line.item and not line.level:
        return None
    if clutter.COMMENTS.match(text) and found.paragraphs:
        found.counts.update({key: value for key, value in counts_in(text).items() if key not in found.counts})
        return "comments"
    name = name_by_heading(text)
    if name and (following is None or not is_paragraph(following) or line.level):
        pointed = re.match(r"^[^:]{3,40}:\s*(.{15,})$", text)
        if pointed:
            found.lists.setdefault(name, []).append(Link(pointed[1], line.address))
            return None if not found.paragraphs else ""
        return name
    return None


def _aside(line: Line, found: Findings, body: bool) -> bool:
    """Keep reactions, shares, promotion and notices apart; True where the line was one. A line that was judged `body`
    is none unless it is short."""
    if body and len(line.text) > 60:
        return False
    text = line.text
    reaction = _REACTION.search(text) if len(text) <= 60 else None
    if reaction:
        found.counts.setdefault("reactions", int(re.sub(r"\D", "", reaction["count"])))
        return True
    if len(text) <= 100 and SHARE.match(text):
        return True
    if len(text) <= 40 and (counted := counts_in(text)):
        found.counts.update({name: value for name, value in counted.items() if name not in found.counts})
        return True
    if len(text) < 300 and clutter.PROMOTION.match(text):
        found.promotion.append(text)
        return True
    if len(text) < 300 and clutter.is_notice(text) and (len(text) < 120 or not found.paragraphs or "©" in text):
        found.notices.append(text)
        return True
    return False


def _bio(line: Line, rest: list[Line], found: Findings) -> bool:
    """Keep a paragraph about a journalist with the person it names, where no running text follows it."""
    match = _BIO.match(line.text)
    if not match or len(line.text) > 700 or not _BIO_WORD.search(line.text):
        return False
    signed = any(fold(match["name"]) == fold(name) for name in found.names)
    for following in rest:
        if name_by_heading(following.text) or TOPICS.match(following.text):
            break
        if is_paragraph(following) and not _BIO.match(following.text) and not signed:
            return False
    found.bios.append(Person(match["name"].strip(), bio=line.text))
    return True


def _body_line(line: Line, found: Findings) -> None:
    """Take a line into the body: as a paragraph, as the rest of a broken one, or as a heading between two."""
    text = line.text
    broken = found.paragraphs and not found.levels[-1] and _is_broken(found.paragraphs[-1], text)
    if broken and not line.item and not line.level:
        found.paragraphs[-1] = f"{found.paragraphs[-1]} {text}"
        return
    level = line.level
    if not level and not line.item and not CLOSED.search(text) and weight(text) < 80:
        level = 2
    found.paragraphs.append(text)
    found.levels.append(level)


def _is_broken(paragraph: str, following: str) -> bool:
    """Whether a paragraph stops in mid-sentence and `following` goes on with it."""
    if CLOSED.search(paragraph):
        return False
    if paragraph.endswith((",", "،", "、", "-", "–", "—")):
        return True
    return following[:1].islower() or (
        weight(paragraph) > 120 and weight(following) > 60 and bool(END_SIGN.search(following))
    )


def _article(found: Findings, warnings: tuple[str, ...]) -> Article:
    """The findings as a value."""
    while found.levels and found.levels[-1] and len(found.levels) > 1:
        found.levels.pop()
        found.paragraphs.pop()
    text = "\n\n".join(found.paragraphs)
    published = [item for item in found.dates if item.field == "published"] or found.dates
    best = max(published, key=lambda item: (item.confidence, isinstance(item.value, datetime)), default=None)
    modified = next((item.value for item in found.dates if item.field == "modified"), None)
    names = tuple(found.names)
    bios = {fold(person.name): person for person in found.bios}
    people = [Person(name, bio=bios[fold(name)].bio if fold(name) in bios else None) for name in names]
    people += [person for key, person in bios.items() if key not in {fold(name) for name in names}]
    listed = sum(len(links) for links in found.lists.values())
    kind = "article" if len(text) >= 140 else "listing" if listed >= 5 else "none"
    return Article(
        title=found.title,
        subtitle=found.lead,
        authors=names,
        people=tuple(people),
        published=best.value if best else None,
        modified=modified,
        date_evidence=tuple(found.dates),
        dateline=dateline_of(text),
        section=found.way[-1] if len(found.way) > 1 else None,
        breadcrumb=found.way,
        tags=tuple(dict.fromkeys(plain(topic) for topic in found.topics)),
        outlet=found.outlet,
        language=detect(text),
        text=text,
        html=_markup(found),
        counts=Counts(found.counts.get("views"), found.counts.get("reactions"), found.counts.get("comments")),
        cited=cited_sources(text),
        lists=Lists(
            **{name: tuple(dict.fromkeys(links)) for name, links in found.lists.items()},
            comments=tuple(found.comments),
            promotion=tuple(found.promotion),
        ),
        notices=tuple(found.notices),
        kind=kind,
        confidence=0.8 if found.title and best and len(text) > 400 else 0.5,
        warnings=warnings,
    )


def _markup(found: Findings) -> str:
    parts = []
    shown = int(found.lead is not None and found.paragraphs[:1] == [found.lead])
    for paragraph, level in zip(found.paragraphs[shown:], found.levels[shown:], strict=True):
        tag = f"h{max(2, min(level, 6))}" if level else "p"
        parts.append(f"<{tag}>{entities.escape(paragraph, quote=False)}</{tag}>")
    return "\n".join(parts)
