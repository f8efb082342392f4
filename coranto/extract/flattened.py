"""A flattened page (plain text without markup) into an Article.

Lines are classified one by one by their shape and place: way, headline, byline, date, paragraph, topic, bio, reaction,
list. No layout is assumed; what engines did to the lines is undone in `lines`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from coranto.articles import Article, Counts, DateEvidence, Link, Lists, Person

from . import clutter
from .cited import cited_sources
from .composing import dateline_of
from .context import counts_in, detect
from .dates import find_moment
from .lines import Line, logical_lines
from .lists import name_by_heading
from .names import clean_names
from .titles import without_site
from .words import fold, plain, sentences, squeeze

_WAY = re.compile(r"^(?:(?:current(?: (?:location|position))?|you are here|sie sind hier|vous êtes ici|estás en|position|当前位置|location|breadcrumbs?)\s*[:：]\s*)", re.I)
_STEP = re.compile(r"\s*(?:>|›|»|→|＞)\s*|\s+[/|]\s+")
_HOMES = frozenset("home homepage start startseite accueil inicio início home page main index главная αρχική strona główna hem anasayfa beranda ホーム 首页 홈 frontpage".split())
_SUFFIX = re.compile(r"\s*(?:\s[-–—|·•:»]|\s?[|｜]|\s-)\s*(?P<site>[^-–—|·•»]{2,50})$")
_BY = re.compile(r"^(?:(?:written|posted|reported|published|story|text|words)\s+)?(?:by|von|par|por|di|door|av|af|przez|автор|autor(?:in)?|author|text|auteur|autore|yazar|作者|記者|记者|بقلم|מאת)\b\s*[:：]?\s*(?=[^\W\d_])", re.I)
_VIEWS = re.compile(r"\s*\b(?:views?|reads?|aufrufe|vues|visitas)\b\s*:?\s*[\d.,]*\s*[kKmM]?\s*$", re.I)
_DATE_LABEL = re.compile(r"^(?:date|published|posted|updated|datum|veröffentlicht|publié|publicado|pubblicato|опубликовано|дата|time|last updated|modified|stand)\b", re.I)
_UPDATED = re.compile(r"\b(?:updated?|modified|aktualisiert|stand|mis à jour|actualizad[oa]|aggiornat[oa]|обновлено)\b", re.I)
_TOPICS = re.compile(r"^(?:in|tags?|topics?|filed under|filed in|categor(?:y|ies)|keywords?|labels?|related topics|themen|schlagw[oö]rter|mots[- ]clés|etiquetas|temas|argomenti|тег[иы]|ετικέτες|标签|タグ|الكلمات المفتاحية)\s*[:：]\s*(?P<rest>.*)$", re.I)
_REACTION = re.compile(r"(?:\b|[a-z])(?:very ?good|good|likes?|love|wow|great|useful|helpful|reactions?|recommend|thumbs? up|gef[aä]llt(?: mir)?|me gusta|j[’']aime|mi piace|curtir|нравится|赞|いいね|좋아요)\W{0,4}\(?(?P<count>\d[\d.,]*)\)?\W*$", re.I)
_SHARE = re.compile(r"^(?:(?:share|facebook|twitter|x|whatsapp|linkedin|reddit|email|e-mail|print|pinterest|telegram|copy link|teilen|drucken|partager|compartir|save|bookmark|flipboard|tumblr|on|via|this|article|story|\W)\s*)+$", re.I)
_BIO = re.compile(r"^(?P<name>(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*)(?:\s+(?:de|van|von|der|bin|al|del|la)){0,2}(?:\s+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*){1,4})\s*,?\s+(?:is|was|has|covers|writes|joined|works|reports|ist|war|schreibt|arbeitet|berichtet|est|écrit|couvre|es|escribe|cubre|è|scrive|jest|работает|пишет)\b")
_BIO_WORD = re.compile(r"\b(?:correspondent|reporter|editor|journalist|writer|columnist|producer|author|anchor|contributor|freelance\w*|covers|covering|writes|based in|fellow|photographer|redakteur\w*|korrespondent\w*|journaliste|periodista|corresponsal|giornalista|redactor\w*|autor\w*|корреспондент|журналист|newsroom|newspaper|staff|bureau|podcast|follow (?:him|her|them))\b", re.I)
_MENU = re.compile(r"^(?:menu|home|search|skip to .*|log ?in|sign (?:in|up)|subscribe|news|sports?|business|opinion|politics|world|contact(?: us)?|about(?: us)?|privacy(?: policy)?|terms.*|cookies?.*|advertise.*|newsletters?|jump to.*|toggle.*|close)$", re.I)
_END_SIGN = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_CLOSED = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]]*$|[\"”»’]$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME_SHAPE = re.compile(r"^(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*\s+){1,3}(?:(?:de|van|von|der|bin|al|del|la)\s+)?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w'’-]+\.?$")


@dataclass(slots=True)
class _Reading:
    """What has been found so far."""

    title: str | None = None
    outlet: str | None = None
    way: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    dates: list[DateEvidence] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    bios: list[Person] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[Link]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    promotion: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    lead: str | None = None


def extract_text(text: str) -> Article:
    """Read a flattened page: `text` is what is left of a page when its markup is gone.

    Returns an Article whose lists, counts and bios are kept apart from the body. Raises TypeError unless `text` is a
    string, and nothing else.
    """
    if not isinstance(text, str):
        raise TypeError(f"extract_text wants a string, not {type(text).__name__}")
    lines = logical_lines(text[:3_000_000])
    if not lines:
        return Article(kind="none", confidence=1.0, warnings=("the text is empty",))
    found = _Reading()
    start = _head(lines, found)
    _rest(lines[start:], found)
    return _article(found)


def _head(lines: list[Line], found: _Reading) -> int:
    """Read what stands before the body: way, headline, byline, dates. Returns where the body begins."""
    first = next((number for number, line in enumerate(lines) if _is_paragraph(line)), len(lines))
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
        if _is_way(line.text) or (found.outlet and fold(line.text) == fold(found.outlet)):
            continue
        if _SHARE.match(line.text) or _MENU.match(line.text):
            continue
        _head_line(line, found, after, number, first)
    if not found.title and head:
        found.title = head[0].text
    return first


def _head_line(line: Line, found: _Reading, after: bool, number: int, first: int) -> None:
    """One line before the body: date, byline, counts or subtitle."""
    text = line.text
    counted = counts_in(text)
    found.counts.update({name: value for name, value in counted.items() if name not in found.counts})
    moment = find_moment(text) if len(text) < 160 else None
    if moment:
        kind = "modified" if _UPDATED.search(text[: moment[1]][-30:]) else "published"
        found.dates.append(DateEvidence(kind, moment[0], "text", text[:200], 0.8 if _DATE_LABEL.match(text) else 0.6))
        text = squeeze(f"{text[: moment[1]]} | {text[moment[2] :]}")
        text = re.sub(r"\b(?:date|published|posted|updated|on|at|veröffentlicht|am)\b\s*:?\s*(?=\||$)", "", text, flags=re.I)
    signed = bool(_BY.match(text))
    text = _VIEWS.sub("", _BY.sub("", text, count=1)).strip(" |·•,-–—")
    text = text.split("|")[0].strip()
    if not text:
        return
    if signed or (after and not found.names and len(text) <= 80 and _NAME_SHAPE.match(text)):
        names = clean_names([text])
        if names and not found.names:
            found.names.extend(names)
            return
    if after and not found.lead and not moment and not signed and (len(text) >= 30 or line.level) and len(text) <= 300 and not name_by_heading(text):
        found.lead = text


def _way_and_title(head: list[Line], found: _Reading) -> None:
    """The breadcrumb line, the headline, and the outlet's name glued to either."""
    candidates = [line for line in head if not _is_way(line.text) and len(line.text) >= 12]
    way = next((line.text for line in head[:40] if _is_way(line.text)), None)
    if way:
        steps = [step for step in _STEP.split(_WAY.sub("", way)) if step]
        glued = steps[-1] if steps else ""
        title = max((line.text for line in candidates if line.text in glued or fold(line.text) in fold(glued)), key=len, default=None)
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
            if match and len(match["site"].split()) <= 4 and len(fold(found.title[: match.start()]).split()) >= 4 and match["site"][:1].isupper():
                found.outlet, found.title = match["site"].strip(), found.title[: match.start()].strip()


def _site_of(text: str) -> str | None:
    """The site's name in what follows a headline (" - Name", "|Name")."""
    text = text.strip()
    name = text.lstrip("-–—|·•:»｜ ").strip()
    return name if name and name != text and len(name) <= 60 else None


def _repeated(candidates: list[Line], found: _Reading) -> str | None:
    """A headline that stands twice, once with the site's name behind it."""
    for number, line in enumerate(candidates[:30]):
        for other in candidates[number + 1 : number + 30]:
            if other.text != line.text and line.text.startswith(other.text) and (site := _site_of(line.text[len(other.text) :])):
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
    """The line most like a headline: several words, no item, not a byline, date or menu; the last such before the body."""
    best, best_score = None, 0.0
    for number, line in enumerate(candidates):
        text = line.text
        words = len(text.split()) + len(_WIDE.findall(text)) // 3
        if line.item or words < 3 or len(text) > 220 or _BY.match(text) or _SHARE.match(text) or _MENU.match(text):
            continue
        if name_by_heading(text) or (find_moment(text) and words < 10):
            continue
        score = min(words, 12) - (4 if _END_SIGN.search(text) and not text.endswith("?") else 0) - 0.2 * number - (5 if _NAME_SHAPE.match(text) else 0)
        if score > best_score:
            best, best_score = text, score
    return best


def _is_way(text: str) -> bool:
    """Whether a line shows the way from home to here."""
    if len(text) > 400:
        return False
    if _WAY.match(text):
        return True
    steps = [step for step in _STEP.split(text) if step]
    return len(steps) >= 2 and steps[0].lower() in _HOMES


def _weight(text: str) -> int:
    return len(text) + 2 * len(_WIDE.findall(text))


def _is_paragraph(line: Line) -> bool:
    """Whether a line is running text: long, or of some length and ended like a sentence."""
    if line.level or line.item or _BY.match(line.text) or _is_way(line.text):
        return False
    size = _weight(line.text)
    if clutter.PROMOTION.match(line.text) or clutter.is_notice(line.text[:120]):
        return False
    return size >= 140 or (size >= 70 and bool(_END_SIGN.search(line.text)))


def _rest(lines: list[Line], found: _Reading) -> None:
    """Read the body and what follows it."""
    into: str | None = None  # the list, topics or comments that lines go to at present
    for number, line in enumerate(lines):
        text = line.text
        following = lines[number + 1] if number + 1 < len(lines) else None
        switched = _switch(line, following, found)
        if switched is not None:
            into = switched
        elif _aside(line, found):
            into = None if into == "topics" else into
        elif found.paragraphs and (not into or into == "topics") and _bio(line, lines[number + 1 : number + 5], found):
            into = None
        elif into == "topics" and len(text) <= 60 and (line.item or not _END_SIGN.search(text)):
            found.topics.append(text)
        elif into in ("related", "ranking", "recommended", "most_read") and not _resumes(line, found):
            found.lists.setdefault(into, []).append(Link(text, line.address))
        elif into == "comments" and not _resumes(line, found):
            found.comments.append(text)
        else:
            into = None
            _body_line(line, following, found)


def _switch(line: Line, following: Line | None, found: _Reading) -> str | None:
    """The list that a line announces, or None. An item or a line in the middle of a sentence announces nothing."""
    text = line.text
    topics = _TOPICS.match(text)
    if topics and len(text) <= 300 and found.paragraphs:
        rest = [part.strip(" #") for part in re.split(r"[,;|、]", topics["rest"]) if part.strip(" #")]
        found.topics.extend(part for part in rest if len(part) <= 60)
        return "topics" if not rest else ""
    if line.item and not line.level:
        return None
    if clutter.COMMENTS.match(text) and found.paragraphs:
        found.counts.update({key: value for key, value in counts_in(text).items() if key not in found.counts})
        return "comments"
    name = name_by_heading(text)
    if name and (following is None or not _is_paragraph(following) or line.level):
        pointed = re.match(r"^[^:]{3,40}:\s*(.{15,})$", text)
        if pointed:
            found.lists.setdefault(name, []).append(Link(pointed[1], line.address))
            return None if not found.paragraphs else ""
        return name
    return None


def _aside(line: Line, found: _Reading) -> bool:
    """Keep reactions, shares, promotion and notices apart; True where the line was one."""
    text = line.text
    reaction = _REACTION.search(text) if len(text) <= 60 else None
    if reaction:
        found.counts.setdefault("reactions", int(re.sub(r"\D", "", reaction["count"])))
        return True
    if len(text) <= 100 and _SHARE.match(text):
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


def _resumes(line: Line, found: _Reading) -> bool:
    """Whether a line after a list is running text again: far longer than a headline and made of sentences."""
    return not line.item and _weight(line.text) >= 180 and bool(_END_SIGN.search(line.text)) and len(sentences(line.text)) >= 2 and len(found.paragraphs) < 400


def _bio(line: Line, rest: list[Line], found: _Reading) -> bool:
    """Keep a paragraph about a journalist with the person it names, where no running text follows it."""
    match = _BIO.match(line.text)
    if not match or len(line.text) > 700 or not _BIO_WORD.search(line.text):
        return False
    signed = any(fold(match["name"]) == fold(name) for name in found.names)
    for following in rest:
        if name_by_heading(following.text) or _TOPICS.match(following.text):
            break
        if _is_paragraph(following) and not _BIO.match(following.text) and not signed:
            return False
    found.bios.append(Person(match["name"].strip(), bio=line.text))
    return True


def _body_line(line: Line, following: Line | None, found: _Reading) -> None:
    """Take a line into the body: as a paragraph, as the rest of a broken one, or as a heading between two."""
    text = line.text
    if not found.paragraphs and (_MENU.match(text) or fold(text) == fold(found.title or "")):
        return
    broken = found.paragraphs and not found.levels[-1] and _is_broken(found.paragraphs[-1], text)
    if broken and not line.item and not line.level:
        found.paragraphs[-1] = f"{found.paragraphs[-1]} {text}"
        return
    level = line.level
    if not level and not line.item and not _CLOSED.search(text) and _weight(text) < 80:
        if following is None or not (_is_paragraph(following) or _CLOSED.search(following.text)):
            moment = find_moment(text)
            if moment and not found.dates:
                found.dates.append(DateEvidence("published", moment[0], "text", text[:200], 0.4))
            return
        level = 2
    found.paragraphs.append(text)
    found.levels.append(level)


def _is_broken(paragraph: str, following: str) -> bool:
    """Whether a paragraph stops in mid-sentence and `following` goes on with it."""
    if _CLOSED.search(paragraph):
        return False
    if paragraph.endswith((",", "،", "、", "-", "–", "—")):
        return True
    return following[:1].islower() or (_weight(paragraph) > 120 and _weight(following) > 60 and bool(_END_SIGN.search(following)))


def _article(found: _Reading) -> Article:
    """The findings as a value."""
    while found.levels and found.levels[-1]:
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
    )


def _markup(found: _Reading) -> str:
    import html

    parts = []
    for paragraph, level in zip(found.paragraphs, found.levels, strict=True):
        tag = f"h{max(2, min(level, 6))}" if level else "p"
        parts.append(f"<{tag}>{html.escape(paragraph, quote=False)}</{tag}>")
    return "\n".join(parts)
