"""Author strings as pages write them into plain names: "By", roles, agencies, joined names, doubled spellings.

Works on one string or many; knows nothing of pages. What it cannot recognise as a name or as an organisation's short
signature it drops.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .patterns import by_initial
from .words import fold, plain, squeeze

_LEAD = re.compile(
    r"^(?:(?:an?|the|eine?|une?|una)\s+)?(?:(?:story|article|words?|text|report(?:ed|ing)?|written|posted|published|"
    r"authored|reviewed|compiled|edited|erstellt|verfasst|geschrieben|artikel|texte|testo|texto|tekst|autor(?:in|en)?|"
    r"author|auteur|autore|redaktion|photos?|opinion|analysis|interview|column|kolumne|analyse|essay|reportage|protokoll|"
    r"(?:gast)?kommentar|(?:gast|blog)?[- ]?beitrag|eingestellt|gepostet|veröffentlicht|publi[ée]e?|écrit|rédigé|"
    r"propos recueillis|publicad[oa]|postad[oa]|escrit[oa]|scritto|pubblicato|a cura)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|av|af|przez|автор|от|by\s+the)\b[\s:]+|^by(?-i:(?=[A-Z]))|"
    r"^autor(?:in|en)?/autor(?:in|en)?\s+|^dall?a? nostr[oa] (?:inviat|corrispondent)[oae]\s+|^reportagem de\s+|"
    r"^oprac(?:\.|ował[ao]?)\s+|^napisał[ao]?\b[\s:]+|"
    r"^(?:(?:author|authors|autor(?:in|en)?|auteur|autore|authored|text|texte|testo|texto|tekst|words|byline|автор|"
    r"авторы|текст|συντάκτης|yazar|yazan|haber|muhabir|redacción|redazione|penulis|reporter|editor|redakce|"
    r"записал[аи]?|story|credit|contributor|journalist|written by|posted by|reviewed by|medically reviewed by|source|"
    r"quelle|fuente|fonte)(?:s|\(s\))?\s*[:|]\s*)",
    re.I,
)
_LEAD_WIDE = re.compile(
    r"^(?:.{0,24}\s)?(?:作者|著者|執筆|撰文)[\s:：/／]+|"
    r"^(?:[^\s/／]{0,5}(?:記者|记者)(?=[\s:：/／・]*\w)|取材・文|文(?=[\s:：/／・]))[\s:：/／・]*|"
    r"^(?:글|기자|작성자|بقلم|كتبت?|الكاتبة?|إعداد|लेखक|द्वारा|संवाददाता)[\s:：]+"
)
"""What introduces a name in scripts without capitals."""
_TAIL_WIDE = re.compile(r"\s*(?:記者|记者|기자|특파원)$|[／/][^／/]{1,8}(?:報導|报道|報道)$|\s+yazdı$")
_JOIN = re.compile(
    r"\s*(?:;|\||\n|[•·⋅∙‧]|\s/\s|/(?=[^\W\d_]{2,}\s)|\s-{1,2}\s|\s–\s|\s—\s|\s&\s|\s+(?:and|und|et|y|e|og|och|ja|i|"
    r"en|with|mit|avec|con|και|и|та)\s+)\s*(?=\S)|,(?=\S)|,\s+|[、،]\s*",
    re.I,
)
_JOINING_SIGNS = frozenset(";、،|\n•·⋅∙‧/–—&,-")
_JOINING_WORDS = frozenset("and und et y e og och ja i en with mit avec con και и та".split())
_ROLE = by_initial(
    r"\b(?:editor|editors|reporter|correspondent|writer|contributor|columnist|journalist|producer|director|manager|"
    r"redakteur(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|autor(?:in)?|volont[aä]r(?:in)?|leiter(?:in)?|"
    r"journaliste|rédact(?:eur|rice)|periodista|"
    r"redactor(?:a)?|giornalista|redacteur|head of|chief|staff|senior|freelance|author|blogger|ceo|founder|"
    r"co-founder|president|"
    r"professor|lecturer|fellow|phd|ph\.d|m\.?d|mph|rd|rdn|mba|follow|updated|published|twitter|facebook|email|"
    r"contact|bio|"
    r"special to|for the|of the|photograph(?:er|y|s)?|foto|fotos|photo|photos|image|video|analyst|specialist|"
    r"expert|associate|"
    r"reviewed|fact.?checked|posts?|articles?|view all|more (?:by|from)|see all|read more|share|comments?|ago|min|"
    r"minutes?|read)\b",
    re.I,
)
_INSTITUTION = re.compile(
    r"\b(?:institutes?|cent(?:er|re)s?|department|ministry|school|college|office|council|academy|society|association|"
    r"head|director|president|vp|professor|chief|manager|dean|chair) (?:of|for) ",
    re.I,
)
_PARTICLES = frozenset(
    "de da das do dos di du del della la le van von vom zu zur der den ter ten bin ibn al el y e af av".split()
)
_OF_ROLE = re.compile(r"(?:executive|content|managing|deputy|news|sports?|copy|web|digital|guest|assistant)\b", re.I)
_SUFFIX = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|MPH|RDN?|MBA|Esq\.?|CPA|J\.?D\.?|MS|MSc|BSc|LCSW|DVM|DO|RN|FACP)\.?(?=,|$|\s)", re.I
)
_SEPARATE = re.compile(
    r"(?:\((?![^()]{1,20}\)\s+\w)|\[|\||@|https?:|www\.|\{\{|\b(?=[cefilmoprtu])(?:(?:last )?(?:updated?|published)\b|"
    r"is an?\b|on (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|on behalf of\b|"
    r"(?:fact[- ]?checked|tested|edited|(?:medically )?reviewed|photo\w*|illustrat\w+|produced|contributions?)"
    r"(?: \w+)? (?:by|from)\b)).*$",
    re.I,
)
_IN_PLACE = re.compile(r"^((?:[^\W\d_a-z][\w.'’-]*\s+){1,3}[^\W\d_a-z][\w.'’-]*) in [^\W\d_a-z]")
"""A name with the place its bearer writes from."""
_MAIL = re.compile(r"\S+@\S+\.\w+")
_NOT_NAME = re.compile(
    r"^(?:admin|administrator|editor|author|staff|staff writer|guest|guest author|user|root|webmaster|unknown|"
    r"none|null|"
    r"anonymous|n/?a|test|wordpress|web desk|\(?http.*|www\..*|by|undefined|default|article|news|contributors?|"
    r"contributed|"
    r"redaktion|redacción|rédaction|redazione|redakce|redactie|redakcja)$",
    re.I,
)
_WIDE = re.compile(r"[\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AGENCY = re.compile(
    r"^(?:dpa(?:-\w+)?|afp|ap|apa|ats|sda|sid|epd|kna|ansa|efe|tass|ria|reuters|bloomberg|ritzau|ntb|tt|ctk|čtk|"
    r"pap|ani|pti|ians)$",
    re.I,
)
_AGENCY_TAIL = re.compile(
    r"(?<=\w)\s+(?:[|/(-]\s*)?(?:The\s+)?(?:Associated Press|Canadian Press|Press Association|Agence "
    r"France-Presse|Bloomberg News|Reuters|AFP|AP|dpa)\)?$"
)
_FIRST_NAMES = re.compile(r"([^\W\d_]{2,15}) (?:&|and|und|et|y|e|og|och|en|i|и) ([^\W\d_]{2,15})")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[AEIOUY]")
"""What capitals without one shorten stays in capitals."""
_LONGEST = 300


def clean_names(values: Iterable[object], outlet: str | None = None) -> tuple[str, ...]:
    """Plain names from raw author strings, in order, without repetition; `outlet` itself only if nobody else signs."""
    names: dict[str, str] = {}
    for value in values:
        for name in split_names(plain(value)):
            names.setdefault(fold(name), name)
    names.pop("", None)
    if len(names) < 2:
        return tuple(names.values())
    if outlet:
        names.pop(fold(outlet), None)
    return tuple(name for key, name in names.items() if not _inside_another(key, names))


def split_names(text: str) -> tuple[str, ...]:
    """The names in one byline; none where the text is no byline at all (a sentence, an address, a role)."""
    return _split(text) if len(text) <= _LONGEST else ()


# A page gives its writers' names in several places, and so do an outlet's other pages.
@lru_cache(maxsize=1_000)
def _split(text: str) -> tuple[str, ...]:
    text = squeeze(_MAIL.sub(" ", text) if "@" in text else text)
    if not text or text.startswith(("http:", "https:", "www.")):
        return ()
    previous = None
    while previous != text:
        previous, text = text, _without_lead(text)
    text = _SUFFIX.sub("", text)
    if pair := _first_names(text):
        return pair
    found = []
    for number, piece in enumerate(_pieces(text)):
        name = _one_name(piece, number > 0)
        if name:
            found.append(name)
    return tuple(found)


def _pieces(text: str) -> list[str]:
    """The parts of a byline. Within an institution's or an office's name "and" parts nothing ("School of Arts and
    Crafts")."""
    if _JOINING_SIGNS.isdisjoint(text) and _JOINING_WORDS.isdisjoint(text.lower().split()):
        return [text] if text else []
    parts, start = [""], 0
    for match in _JOIN.finditer(text):
        parts[-1] += text[start : match.start()]
        start = match.end()
        if match[0].strip().lower() in ("and", "&") and _INSTITUTION.search(parts[-1]):
            parts[-1] += match[0]
        else:
            parts.append("")
    parts[-1] += text[start:]
    return [part for part in parts if part.strip()]


def _first_names(text: str) -> tuple[str, ...]:
    """Two people who sign with their first names alone ("Ada & Grace"), else none."""
    pair = _FIRST_NAMES.fullmatch(text)
    names = pair.groups() if pair else ()
    return names if all(one.istitle() and not (_ROLE.match(one) or _NOT_NAME.match(one)) for one in names) else ()


def _without_lead(text: str) -> str:
    lead = _LEAD.match(text) or (None if text.isascii() else _LEAD_WIDE.match(text))
    text = text[lead.end() :].strip() if lead else text
    return text if text.isascii() else _TAIL_WIDE.sub("", text)


def _one_name(piece: str, further: bool) -> str | None:
    piece = _without_lead(piece.strip())
    piece = _SEPARATE.sub("", piece).strip(" \t.,:;|/-–—·•●*\"'“”«»")
    if placed := _IN_PLACE.match(piece):
        piece = placed[1]
    if piece.endswith((" Jr", " Sr")):
        piece += "."
    if piece.count(" ") >= 2 and (shorter := _AGENCY_TAIL.sub("", piece)).count(" ") >= 1:
        piece = shorter
    if further and _AGENCY.match(piece):
        return piece
    if not piece or len(piece) > 60 or not _HAS_LETTER.search(piece) or _NOT_NAME.match(piece):
        return None
    words = piece.split()
    if len(words) > 6 or (piece.count(".") > 3):
        return None
    role = _ROLE.search(piece)
    if further and (role or any(word[0].islower() and word not in _PARTICLES for word in words)):
        return None
    if role and len(words) > 1:
        cut = piece[: role.start()].strip(" ,-–|")
        if _OF_ROLE.match(cut):
            return None if further else piece
        return cut if len(cut.split()) >= 2 else (piece if not further and len(words) <= 4 else None)
    if any(character.isdigit() for character in piece) and (len(words) > 1 or ":" in piece):
        return None
    if further and len(words) == 1 and not piece.isupper() and not _WIDE.search(piece):
        return None
    if piece.isupper() and len(words) > 1 and piece.isascii():
        piece = " ".join(word if "." in word or not _VOWEL.search(word) else word.title() for word in words)
    return piece


def _inside_another(key: str, names: dict[str, str]) -> bool:
    """Whether a longer name in the same byline ends or begins with this one ("Smith" beside "Jane Smith")."""
    return len(key.split()) == 1 and any(
        other != key and key in (other.split()[0], other.split()[-1]) and len(other.split()) > 1 for other in names
    )
