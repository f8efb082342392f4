"""The shapes of lines in a flattened page: way, byline, share bar, menu, running text; and what has been read so far.

Shared by the reader of a page's head (`heads`) and the reader of the rest (`flattened`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coranto.articles import DateEvidence, Link, Person

from . import clutter
from .lines import Line

WAY = re.compile(
    r"^(?:(?:current(?: (?:location|position))?|you are here|sie sind hier|vous êtes ici|estás en|position|当前位置|"
    r"location|breadcrumbs?)\s*[:：]\s*)",
    re.I,
)
STEP = re.compile(r"\s*(?:>|›|»|→|＞)\s*|\s+[/|]\s+")
_STEP_SIGNS = frozenset(">›»→＞/|")
HOMES = frozenset(
    "home homepage start startseite accueil inicio início home page main index главная αρχική"
    " strona główna hem hjem forside etusivu anasayfa beranda ホーム トップ 首页 홈 frontpage".split()
)
BY = re.compile(
    r"^(?:(?:written|posted|reported|published|story|text|words)\s+)?(?:by|von|par|por|di|door|av|af|przez|автор|"
    r"autor(?:in)?|author|text|auteur|autore|yazar|作者|記者|记者|بقلم|מאת)\b\s*[:：]?\s*(?=[^\W\d_])",
    re.I,
)
SHARE = re.compile(
    r"^(?:(?:share|facebook|twitter|x|whatsapp|linkedin|reddit|email|e-mail|print|pinterest|telegram|copy link|"
    r"teilen|drucken|partager|compartir|save|bookmark|flipboard|tumblr|on|via|this|article|story|\W)\s*)+$",
    re.I,
)
MENU = re.compile(
    r"^(?:menu|home|search|skip to .*|log ?in|sign (?:in|up)|subscribe|news|sports?|business|opinion|politics|"
    r"world|contact(?: us)?|about(?: us)?|privacy(?: policy)?|terms.*|cookies?.*|advertise.*|newsletters?|jump "
    r"to.*|toggle.*|close)$",
    re.I,
)
TOPICS = re.compile(
    r"^(?:(?:related )?(?:topics|tags)$|"
    r"(?:in|tags?|topics?|filed under|filed in|categor(?:y|ies)|keywords?|labels?|related topics|themen|"
    r"schlagw[oö]rter|mots[- ]clés|etiquetas|temas|argomenti|тег[иы]|ετικέτες|标签|タグ|الكلمات "
    r"المفتاحية)\s*[:：]\s*(?P<rest>.*)$)",
    re.I,
)
END_SIGN = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
CLOSED = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]]*$|[\"”»’]$")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NAME_SHAPE = re.compile(
    r"^(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]*\s+){1,3}(?:(?:de|van|von|der|bin|al|del|la)\s+)?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w'’-]+\.?$"
)


@dataclass(slots=True)
class Findings:
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


def is_way(text: str) -> bool:
    """Whether a line shows the way from home to here."""
    if len(text) > 400:
        return False
    if WAY.match(text):
        return True
    if _STEP_SIGNS.isdisjoint(text):
        return False
    steps = [step for step in STEP.split(text) if step]
    return len(steps) >= 2 and steps[0].lower() in HOMES


def weight(text: str) -> int:
    return len(text) + 2 * len(WIDE.findall(text))


def is_paragraph(line: Line) -> bool:
    """Whether a line is running text: long, or of some length and ended like a sentence."""
    if line.level or line.item or BY.match(line.text) or is_way(line.text):
        return False
    size = weight(line.text)
    if clutter.PROMOTION.match(line.text) or clutter.is_notice(line.text[:120]):
        return False
    return size >= 140 or (size >= 70 and bool(END_SIGN.search(line.text)))
