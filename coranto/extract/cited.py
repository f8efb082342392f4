"""Who the text itself names as its source: "told CBS News", "The New York Times first reported", "selon Le Monde".

Looks at sentences one by one. Names of outlets are recognised by shape (capitalised words that are what outlets call
themselves, or that are known agencies) and by the verb beside them; persons by a capitalised name beside a verb of
speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coranto.articles import Citation

from .words import sentences

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]"
_WORD = rf"{_CAPITAL}[\w'’&.-]*[\w]|{_CAPITAL}"
_NAME = (
    rf"(?:(?:The|the|La|Le|El|Die|Der|Das|der|die|das|le|la|el)\s+)?(?:{_WORD})"
    rf"(?:\s+(?:(?:of|de|the|and|&|der|van|von|del|al|el|bin)\s+)?(?:{_WORD})){{0,4}}"
)
_OUTLET_WORD = re.compile(
    r"\b(?:News|Times|Post|Journal|Tribune|Herald|Guardian|Telegraph|Independent|Observer|Gazette|Chronicle|Star|"
    r"Sun|Mail|Mirror|Express|Standard|"
    r"Daily|Weekly|Magazine|Press|Radio|TV|Television|Broadcasting|Zeitung|Nachrichten|Spiegel|Presse|Rundschau|"
    r"Anzeiger|Bild|Zeit|Monde|Figaro|"
    r"Parisien|Libération|País|Mundo|Vanguardia|Repubblica|Stampa|Corriere|Sera|Globo|Folha|Agency|Agence|Agentur|"
    r"Reuters|Bloomberg|Politico|Axios|"
    r"Network|Media|Report|Review|Today|Record|Courier|Dispatch|Sentinel|Ledger|Bulletin|Insider|Economist|"
    r"Atlantic|Wire|Gazeta|Channel|Newspaper|Digital|Outlet|Messenger|Voice|Echo|Argus|Advertiser|Register|"
    r"Enquirer|Examiner|Banner|Beacon|Citizen|Inquirer|Monitor|Rundfunk|Kurier|Tageblatt|Allgemeine|Bote|Welle|"
    r"Matin|Soir|Dnevnik|Gazeta)\b"
    r"|^(?:The\s+|the\s+)?(?:AP|AFP|dpa|DPA|EFE|ANSA|APA|TASS|BBC|CNN|CBS|NBC|ABC|MSNBC|NPR|PBS|Fox|ITV|RTL|ARD|"
    r"ZDF|NDR|WDR|ORF|SRF|CBC|CTV|NHK|RTVE|RAI|Rai|WSJ|NYT|FT|Xinhua|Kyodo|Yonhap|Interfax|Anadolu|Vox|Wired|Time|"
    r"Le Monde|Forbes|Fortune|Variety|Deadline|TMZ|ESPN|Sky)(?:\s|$)"
)
_TOLD = re.compile(
    rf"\b(?=[acfhirst])(?P<verb>(?:has |have |had )?(?:told|tells|said to|informed|"
    rf"in (?:an interview|a statement|comments?) (?:with|to)|confirmed to|according to|as reported by|reported by|"
    rf"first reported by|in an interview to))\s+(?P<name>{_NAME})"
)
_REPORTED = re.compile(
    r"\s(?:on \w+day\s+|also\s+|has\s+|had\s+|have\s+)?"
    r"(?P<verb>(?:first|originally|previously|earlier|exclusively)\s+reported|reported|reports|"
    r"was (?:the )?first to report|broke the (?:story|news)|revealed|obtained|published|writes|wrote|learned|cited|"
    r"quoted|noted)\b"
)
_SCOOP = re.compile(r"(?:first|exclusively|originally) reported|was (?:the )?first|broke the")
_OTHER_TONGUES = re.compile(
    rf"\b(?P<verb>(?i:laut|nach Angaben (?:von|der|des)|nach Informationen (?:von|der|des)|berichtet(?:e)?(?: die|"
    rf" der| das)?|wie (?:die|der|das)|selon|d['’]après|a déclaré (?:à|au)|rapporte|según|de acuerdo con|informó|"
    rf"secondo|riporta|segundo|de acordo com|volgens|enligt|ifølge|według|podle|по данным|сообщает|по сообщению|"
    rf"σύμφωνα με))\s+(?:(?:die|der|das|dem|den|la|le|el|il|lo|o|a|de|het|την|τον|το|"
    rf"τη)\s+)?[\"„“«]?(?P<name>{_NAME})"
)
_SPEECH = re.compile(
    r"\s(?P<verb>said|says|told (?:reporters|lawmakers|journalists|the (?:court|committee|BBC|council))|wrote|"
    r"added(?! (?:an?|the|to)\b)|warned|explained|announced|argued|claimed|testified|tweeted|sagte|erklärte|teilte|"
    r"a déclaré|a dit|dijo|declaró|afirmó|ha detto|disse|zei|сказал|заявил|заявила)\b"
)
_SPEECH_AFTER = re.compile(
    rf"[,\"”»]\s+(?P<verb>said|says|according to|sagte|erklärte|so|dijo|disse|zei|сказал|заявил)\s+(?P<name>{_NAME})"
)
_PARTICLES = frozenset("of de the and & der van von del al el bin la".split())
_ARTICLE = re.compile(r"(?:[Tt]he|die|der|das|le|la|el|il|lo) ")
_NO_NAME = frozenset(
    "he she it they we you i this that these those there but and in on at the a an one two some many most "
    "officials police reporters "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october "
    "november december er sie es wir ihr il elle on ils nous er él ella ellos authorities sources witnesses who "
    "what when however "
    "also according if as while after before since then now mr mrs ms dr".split()
)
# The words of which one stands in whatever the pattern of the same name can find: only then is it tried.
_TOLD_WORDS = frozenset(
    "told tells said informed interview statement comment comments confirmed according reported".split()
)
_REPORTED_WORDS = frozenset(
    "report reported reports broke revealed obtained published writes wrote learned cited quoted noted".split()
)
_OTHER_WORDS = frozenset(
    "laut Laut Angaben Informationen berichtet berichtete wie Wie selon Selon après déclaré rapporte según Según "
    "acuerdo informó secondo Secondo riporta segundo Segundo acordo volgens Volgens enligt Enligt ifølge Ifølge "
    "według Według podle Podle по По сообщает σύμφωνα Σύμφωνα".split()
)
_SPEECH_WORDS = frozenset(
    "said says told added wrote warned explained announced argued claimed testified tweeted sagte erklärte teilte "
    "déclaré dit dijo declaró afirmó detto disse zei сказал заявил заявила".split()
)
_AFTER_WORDS = frozenset("said says according sagte erklärte so dijo disse zei сказал заявил".split())
_TELLING = _TOLD_WORDS | _REPORTED_WORDS | _OTHER_WORDS | _SPEECH_WORDS | _AFTER_WORDS
_SIGNS = ",.:;!?\"'“”„‘’«»()[]—–…/-"
_MOST = 60
_FARTHEST = 100_000


def cited_sources(text: str) -> tuple[Citation, ...]:
    """The sources that `text` (paragraphs parted by blank lines) names, in order, each name once a sentence."""
    found: list[Citation] = []
    text = text[:_FARTHEST]
    bare = _bare(text)
    end = -2
    for paragraph, its_words in zip(text.split("\n\n"), bare.split("\n\n"), strict=True):
        start, end = end + 2, end + 2 + len(paragraph)
        telling = _TELLING.intersection(its_words.split())
        if not telling:
            continue
        cursor, place, line = start, 0, " ".join(paragraph.split())
        between = f" {its_words if line == paragraph else _bare(line)} "
        for sentence in sentences(line):
            at = text.find(sentence[:24], cursor, end + 1)
            at = at if at >= 0 else cursor
            part = between[place : place + len(sentence) + 2]
            if words := {word for word in telling if f" {word} " in part}:
                found.extend(_in_sentence(sentence, words, at))
            cursor = max(cursor, at + 1)
            place += len(sentence) + 1
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def _bare(text: str) -> str:
    """`text` with a space for each sign that may stand at a word."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


def _in_sentence(sentence: str, words: set[str], position: int) -> list[Citation]:
    """Who a sentence names. `words` are the telling ones in it."""
    if len(sentence) > 2000:
        return []
    found: dict[str, Citation] = {}
    for name, verb in _outlets(sentence, words):
        if name and (_OUTLET_WORD.search(name) or _SCOOP.match(verb)):
            found.setdefault(name, Citation(name, "outlet", _words(verb), sentence, position))
    for name, verb in _speakers(sentence, words):
        if name and 1 < len(name.split()) <= 5 and not _ARTICLE.match(name) and not _OUTLET_WORD.search(name):
            found.setdefault(name, Citation(name, "person", _words(verb), sentence, position))
    return list(found.values())


def _outlets(sentence: str, words: set[str]) -> Iterator[tuple[str | None, str]]:
    """Names that may be outlets with the verb beside them."""
    for pattern, of_pattern in ((_TOLD, _TOLD_WORDS), (_OTHER_TONGUES, _OTHER_WORDS)):
        if words & of_pattern:
            for match in pattern.finditer(sentence):
                yield _tidy(match["name"]), match["verb"]
    if words & _REPORTED_WORDS:
        for match in _REPORTED.finditer(sentence):
            yield _name_before(sentence, match.start()), match["verb"]


def _speakers(sentence: str, words: set[str]) -> Iterator[tuple[str | None, str]]:
    """Names that may be persons with their verb of speech."""
    if words & _SPEECH_WORDS:
        for match in _SPEECH.finditer(sentence):
            yield _name_before(sentence, match.start()), match["verb"]
    if words & _AFTER_WORDS:
        for match in _SPEECH_AFTER.finditer(sentence):
            yield _tidy(match["name"]), match["verb"]


def _name_before(sentence: str, end: int) -> str | None:
    """The capitalised words that end at `end`, or that end where an apposition between commas begins."""
    before = sentence[max(0, end - 160) : end].rstrip()
    if before.endswith(","):
        before, comma, inserted = before[:-1].rpartition(",")
        if not comma or len(inserted) > 90:
            return None
    taken: list[str] = []
    words = before.split()
    for number in range(len(words) - 1, max(-1, len(words) - 8), -1):
        word = words[number]
        if word[-1] in ',;:!?"”»)' or (taken and word[-1] == "." and len(word) > 4):
            break
        if not (word[0].isupper() or (taken and word in _PARTICLES and number and words[number - 1][0].isupper())):
            break
        taken.append(word)
    if not taken:
        return None
    if len(words) > len(taken) and words[-len(taken) - 1] == "the":
        taken.append("the")
    return _tidy(" ".join(reversed(taken)))


def _words(verb: str) -> str:
    return " ".join(verb.split())


def _tidy(name: str) -> str | None:
    name = name.strip(" .'’")
    words = name.split()
    while words and words[0].lower() in _NO_NAME and words[0] not in ("The", "the"):
        words = words[1:]
    while words and words[-1].lower() in _NO_NAME:
        words = words[:-1]
    if not words or (len(words) == 1 and words[0].lower() in _NO_NAME):
        return None
    return " ".join(words)
