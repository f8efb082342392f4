"""What lines of text say of who wrote an article: "By" and what follows, names below a label, beside a date or alone.

Knows where on the page a line stands, but neither metadata nor marked elements; whom to believe, `signing` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .blocks import Layout, Run
from .dates import find_moment
from .names import clean_names
from .patterns import by_initial
from .words import DIGIT, squeeze

_BY = re.compile(
    r"(?:^|(?<=[|\d\s])(?=by\s))(?:(?:written|posted|reported|story|text|words|(?:eine? )?(?:(?:gast)?kommentar|"
    r"analyse|gastbeitrag|beitrag|interview|reportage|essay)|écrit|rédigé|publié|propos recueillis|escrito|"
    r"publicado|scritto|a cura)\s+)?(?:by|von|par|por|di|da|door|av|af|przez|автор|text|texto|autor(?:in)?)"
    r"(?:\b(?::\s*|\s+)(?=[^\W\d_])|(?-i:(?=[A-Z][a-z])))|"
    r"^(?:(?:texte|testo|tekst|текст|авторы|redacción|yazan|yazar|haber|muhabir|napisał[ao]?)\s*:|oprac\.|"
    r"opracował[ao]?|reportagem de|dall?a? nostr[oa] (?:inviat|corrispondent)[oae])\s*(?=[^\W\d_])",
    re.I,
)
_BY_WIDE = re.compile(
    r"^(?:(?:.{0,24}\s)?(?:作者|著者|執筆|撰文)[\s:：/／]|[^\s/／]{0,5}(?:記者|记者)[\s:：/／]?\w|取材・文|文[/／・:：]|"
    r"기자\s|글\s|(?:بقلم|كتبت?|الكاتبة?|إعداد|लेखक|द्वारा)[\s:：])|"
    r"^[\w\s]{2,12}(?:記者|记者|기자)$|^[^\W\d]+(?: [^\W\d]+){1,2} yazdı$"
)
"""The same in scripts without capitals, and where the word stands behind the name."""
_LABELS = frozenset(
    ("by", "written by", "article by", "story by", "text by", "words by", "post by", "posted by", "published by",
     "authored by", "reported by", "reporting by", "guest post by", "this post was written by", "von", "par", "por",
     "geschrieben von", "verfasst von", "écrit par", "escrito por", "author", "authors", "author(s)", "autor",
     "autorin", "autoren", "autorin/autor", "autor/autorin", "autore", "auteur", "contributor", "contributors",
     "writer", "writers", "reporter", "reporters", "byline", "作者", "記者", "记者", "yazar", "автор", "penulis",
     "source", "quelle", "fonte", "fuente")
)  # fmt: skip
_OPENINGS = ("Reporting by ", "Autor ", "Autorin ", "Autorin/Autor ", "Contributors: ")
_TOLD = re.compile(rf"(?:[Ww]ritten|[Aa]uthored) by:? +(?=[^\W\d_])|^(?:{'|'.join(_OPENINGS)})")
_BY_OPENINGS = frozenset(
    (*"wr po re st \u017ft te wo by vo pa di do av af pr ав au ei ko ga an be in es éc ré pu sc те ya ha mu".split(),
     "na", "op", "da", "a ")
)  # fmt: skip
"""The letters, small ones, of which two open a line at whose beginning `_BY` may match."""
_TELLING_OPENINGS = frozenset((*_BY_OPENINGS, *(one[:2].lower() for one in (*_LABELS, *_OPENINGS))))
"""The same for a line that is a label, or tells or says whose this is."""
_LONGEST_LABEL = max(map(len, _LABELS)) + 2
_LONGEST_TOLD = 300
LABEL = by_initial(
    r"\b(?:see|view|read|full|more|all|profile|related|topics?|follow|share|home|about|menu|search|log ?in|"
    r"subscribe|social media|written|twitter|facebook|instagram|linkedin|"
    r"author|authors|writer|director|founder|publisher|officer|intern|manager|expert|coach|student|click|"
    r"find|location|post(?:s|ed)?|comments?|min(?:ute)?s?|updated|published|photography|"
    r"category|categories|tags?|tips|finance|sports?|politics|opinion|commentary|payments?|privacy|"
    r"strategy|front page|football|fact|contact|kommentar|von|mehr|kontakt|artikel|"
    r"modified|latest|recent|previous|next|print|skip|navigation|content|contents|tools?|newsletter|stories|started|"
    r"download|save|copy|takeaways?|video|podcast|transcript|summary|cookies?|marketing|"
    r"beiträge|ähnliche|neueste|startseite|suche|teilen|drucken|datum|aktualisiert|anzeige|schlagw(?:ort|orte|örter)|"
    r"lire|aussi|voir|partager|imprimer|recherche|accueil|mis à jour|leer|más|últimas?|buscar|compartir|imprimir|"
    r"inicio|noticias|leggi|condividi|notizie|statistiche|preferenze|aggiornato|compartilhar|leia mais|notícias|"
    r"lees meer|delen|läs mer|del artikkel|les mer|czytaj|udostępnij|szukaj|aktualizacja|читайте|поделиться|обновлено|"
    r"güncelleme|haberler|paylaş|kopyala|abone)\b",
    re.I,
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯΑ-Ω\u1ea0-\u1ef9"
_PERSON = re.compile(
    rf"^(?:Dr\.? )?[{_CAPITAL}][\w.'’-]*(?:\s+(?:de|da|van|von|der|den|bin|al|del|la|Mc|[A-Z]\.?))*"
    rf"(?:\s+(?:(?:[ae]l|as|ad|ash)-|d['’])?[{_CAPITAL}][\w.'’-]+){{1,3}}$"
)
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧"
    "姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯康施洪岑章涂庄莊"
    "游柯温溫鲁魯伍倪殷裴焦翟安齐齊乔喬佐鈴渡伊山中小加吉松井木斎斉清森池橋阿藤前後岡近長遠青坂福太西村三菅原本関千和上工杉服新竹桜平野大久谷星矢河増丸今"
    "内川岩島宮水北南東古望永浜荒五広辻玉横浅角김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선"
)
_WIDE_NAME = re.compile(rf"^(?:[{_SURNAMES}][\u3400-\u9fff]{{1,3}}|[{_SURNAMES}][\uac00-\ud7af]{{1,3}})$")
"""A name without spaces that begins with a frequent surname."""
_WRITTEN = re.compile(r"(?:written|posted|text|autor|author)", re.I)
_NO_NAME = re.compile(r"[\d{}<>=]|\b(?:[Bb]y|[Ff]rom|[Vv]on|[Pp]ar|[Pp]or)$")
_PARTS = re.compile(r"\s*(?:/|,|&| and | und | y | et )\s*")
_TO_DATE = re.compile(
    r"(?:\b(?:on|at|am|um|le|el|published|updated?|posted|last|stand|reviewed|\w+day)\b|[|,·•:\s-])+$", re.I
)
"""What leads from a name to the date behind it."""
_VIEW_COUNT = re.compile(r"\b(?:views?|reads?|aufrufe|vues|visitas|visualizzazioni)$", re.I)
_TO_PERSON = re.compile(r"author|profil|/people/|/team/|staff|contributor|/by/|redak|autor|/person|writer")
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
LONGEST_BYLINE = 140
_PARAGRAPH = 120
_ONE_WORD = re.compile(rf"[{_CAPITAL}][^\W\d_]{{2,14}}")
_TITLES = frozenset(("h1", "h2"))
_HEADINGS = frozenset(("h3", "h4", "h5", "h6"))
_NEAR, _BESIDE = 14, 12


def lines_that_sign(layout: Layout, headline: int) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Lines that begin with "By" or have it inside, lines near the headline and behind paragraphs that hold a name."""
    start = max(0, headline - 5)
    told = lines = 0
    for index, run in enumerate(layout.runs[start:], start):
        text, distance = run.text, index - headline
        size, opening = len(text), text[:2].lower()
        if size > _LONGEST_TOLD or index == headline:
            continue
        if (" by" in text and ("ritten by" in text or "uthored by" in text)) or text.startswith(_OPENINGS):
            yield f"told {distance_of(distance)}", _told(text)
        if size > LONGEST_BYLINE or size < 2:
            continue
        if opening in _TELLING_OPENINGS and size <= _LONGEST_LABEL and text.lower().rstrip(" :：") in _LABELS:
            yield f"labelled {distance_of(distance)}", _below(layout, index)
            continue
        may_say = opening in _BY_OPENINGS or distance <= _NEAR
        if may_say and told < 4 and (match := _by(text, distance <= _NEAR)):
            names = may_sign(clean_names([without_date(text[match.start() :])]))
            names = names or _linked(layout, run, match.end())
            if names and (match.start() == 0 or not names[0][0].islower() or find_moment(text)):
                told += 1
                how = "by inside" if match.start() else "written by" if _WRITTEN.match(text) else "by"
                yield f"{how} {distance_of(distance)}", names
                continue
        if size <= 60 and lines < 6 and not (distance > _BESIDE and run.linked) and run.tag not in _TITLES:
            place = _name_line(layout, index, distance)
            if place:
                lines += 1
                names = may_sign(clean_names([text]))
                yield place, names
                if run.tag in _HEADINGS:
                    yield "line is a heading", names
        if -2 <= distance <= 8 and 10 <= size <= 100 and (rest := _beside_date(text)):
            names = may_sign(clean_names([rest]))
            if names and all(map(is_person, names)):
                yield "name with a date", names


def _linked(layout: Layout, run: Run, start: int) -> tuple[str, ...]:
    """The name in the link that follows "By", where the line says more than names."""
    link = layout.boxes[run.box].node.css_first("a") if run.anchors else None
    words = squeeze(link.text()) if link is not None else ""
    return may_sign(clean_names([words])) if words and run.text.startswith(words, start) else ()


def _told(text: str) -> tuple[str, ...]:
    """The names in a line that tells who wrote this."""
    match = _TOLD.search(text)
    if match is None:
        return ()
    return may_sign(clean_names([without_date(text[match.end() : match.end() + 60].rstrip(". "))]))


def _below(layout: Layout, label: int) -> tuple[str, ...]:
    """The names in the lines below one that only says that they follow."""
    names: list[str] = []
    for run in layout.runs[label + 1 : label + 7]:
        if len(run.text) > 60 or (names and not all(map(is_person, _PARTS.split(run.text)))):
            break
        names += may_sign(clean_names([without_date(run.text)]))
        if not names or LABEL.search(names[-1]):
            break
    return tuple(names)


def _beside_date(text: str) -> str:
    """What stands on a line that also tells a date, "" where there is none."""
    return rest if DIGIT.search(text) and (rest := without_date(text)) != text else ""


def _by(text: str, inside: bool) -> re.Match[str] | None:
    """Where `text` says whose it is: at its beginning, or else, if that may be `inside` it, where "by" stands."""
    match = _BY.match(text) or (_BY.search(text) if inside and "by" in text.lower() else None)
    return match or (_BY_WIDE.match(text) if inside and not text.isascii() else None)


def _name_line(layout: Layout, index: int, distance: int) -> str | None:
    """The place of a line that holds nothing but names, None if it is none or stands where nobody signs."""
    run, before = layout.runs[index], layout.runs[index - 1]
    behind_text = len(before.text) >= _PARAGRAPH and before.linked < 0.3 * len(before.text)
    if distance > _BESIDE and (run.linked or not behind_text):
        return None
    alone = 0 < distance <= 4 and bool(_ONE_WORD.fullmatch(run.text)) and not LABEL.search(run.text)
    if not alone and (
        run.text[0].islower() or not all(map(is_person, _PARTS.split(run.text))) or _VIEW_COUNT.search(run.text)
    ):
        return None
    around = [layout.boxes[number] for number in layout.ancestors(run.box)]
    if any(box.tag in _ELSEWHERE for box in around) or any("comment" in box.ident for box in around[:2]):
        return None
    if distance > _BESIDE or (distance > 3 and behind_text):
        follows = any(len(other.text) >= _PARAGRAPH for other in layout.runs[index + 1 : index + 3])
        return "name between paragraphs" if follows else "name behind a paragraph"
    beside = [*layout.runs[max(0, index - 2) : index], *layout.runs[index + 1 : index + 3]]
    if alone:
        near = any(len(other.text) <= 40 and find_moment(other.text) for other in beside)
        return "one name beside a date" if near else None
    if any(len(other.text) <= 80 and find_moment(other.text) for other in beside):
        return "name beside a date" if distance > 0 else "name beside a date above"
    if run.linked and _leads_to_person(layout, run):
        return "name that leads on"
    return "name next" if 0 < distance <= 3 else "name below" if distance > 0 else "name above"


def _leads_to_person(layout: Layout, run: Run) -> bool:
    node = layout.boxes[run.box].node
    return any(_TO_PERSON.search(link.attributes.get("href") or "") for link in node.css("a")[:3])


def is_person(name: str) -> bool:
    """Whether `name` has the shape of a person's."""
    return bool(_PERSON.match(name) or _WIDE_NAME.match(name))


def distance_of(runs: int) -> str:
    return "before" if runs < -6 else "near" if runs <= 8 else "below" if runs <= 40 else "far"


def may_sign(names: tuple[str, ...]) -> tuple[str, ...]:
    """Of what stands in a byline's place, what can be a name: no sentence, no menu."""
    return tuple(name for name in names if name[-1] not in "?!…:" and not _NO_NAME.search(name))


def without_date(text: str) -> str:
    """A byline without the date and hour that often stand on the same line."""
    hit = find_moment(text) if len(text) <= 200 else None
    if hit is None:
        return text
    before = _TO_DATE.sub("", text[: hit[1]])
    after = text[hit[2] :]
    return squeeze(before if len(before) > 4 else after if _BY.search(after) else after.split("|")[-1])
