"""Words and terms of a text in any language: the one tokeniser that stories and ranking share.

`words` are all words in order, for comparing texts letter by letter; `terms` are the words that carry a subject, for
likeness. Text written without spaces (Chinese, Japanese, Thai ...) gives single characters as words and pairs of
characters as terms. Rarity, weights and vectors are left to the rooms that use this.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RUN = re.compile(r"[^\W_]+")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PIECE = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")

KEYS_KEPT = 16_384
"""Terms whose numbers are remembered: most of any article's, in some 2 MB."""
STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does doing down during each few for from further had has have having he her here hers him his how
    i if in into is it its just may me more most my no nor not now of off on once only or other our out over own said
    same say says she should so some such than that the their them then there these they this those through to told too
    under until up very was we were what when where which while who whom why will with would you your
    aber als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem einen einer eines
    er es für hat haben hatte ich ihr ihre im in ist ja kann mit nach nicht noch nur ob oder sagte sein seine sich sie
    sind so über um und uns von vor war waren was wenn werden wie wir wird wo wurde wurden zu zum zur
    au aux avec ce ces cette comme dans de des du elle elles en est et eux il ils je la le les leur leurs lui mais ne
    nous on ont ou où par pas plus pour qu que qui sa sans se ses son sont sur un une vous été être dit
    al ante como con contra cual del desde donde el ella ellos entre era es esta este esto fue ha han hasta hay la las
    lo los más muy ni no nos para pero por porque que quien se según ser si sin sobre su sus también una uno unos y ya
    ai al alla alle anche che chi ci come con da dal dalla degli dei del della delle di dopo due e era gli ha hanno i il
    io le lo loro ma nel nella non o per perché più quando questa questo sono su sua sul sulla suo tra un una uno
    ao aos as com da das do dos e ela ele em era foi isso já mais mas na nas no nos não os ou para pela pelo por quando
    que se sem ser seu sua são também um uma
    aan als bij dat de die dit door een en er had heeft het hij hun in is met naar niet nog of om ook op over te toen
    tot uit van voor waren was wat werd wij worden wordt ze zich zij zijn
    att av den det där efter en ett för från har hade han hon i inte med men och om på sig som till under var vid är
    af da de der du eller et fra har hun ikke jeg kan med mod ned når og også på sig sin skal som til ved var være
    do i jak jest na nie o od oraz po przez się są to w z za że
    в во и на не что с со как а по это он она они к ко у из за от до о об для же то был была были но так его её их
    من في على إلى عن أن إن التي الذي هذا هذه مع كان كانت قد لا ما هو هي أو ثم بعد قبل كما بين و
    של את על לא כי גם הוא היא אל עם זה
    ve bir bu da de için ile çok daha olarak
    """.split()
)
"""Words that tell no subject, of the languages most outlets write in; the rest is left to rarity."""


def words(text: str) -> list[str]:
    """All words of `text` in order, casefolded; a character each where the script puts no space between words."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    found = _WORD.findall(text.casefold())
    if _HAS_UNSPACED.search(text):
        return [piece for word in found for piece in _PIECE.findall(word)]
    return found


def terms(text: str) -> list[str]:
    """The words of `text` that may tell its subject, in order: no stop words, no single letters, no possessive endings;
    overlapping pairs of characters where the script puts no space between words."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _HAS_UNSPACED.search(text) is None:
        return [part for part in _RUN.findall(text.casefold()) if len(part) > 1 and part not in STOP_WORDS]
    found = []
    for word in _WORD.findall(text.casefold()):
        if _HAS_UNSPACED.search(word):
            found.extend(_pairs(word))
        else:
            found.extend(part for part in _RUN.findall(word) if len(part) > 1 and part not in STOP_WORDS)
    return found


def _pairs(word: str) -> list[str]:
    pieces = []
    run = ""
    for piece in _PIECE.findall(word):
        if _HAS_UNSPACED.match(piece):
            run += piece
        else:
            pieces.append(piece)
    return pieces + ([run[i : i + 2] for i in range(len(run) - 1)] or ([run] if run else []))


@lru_cache(maxsize=KEYS_KEPT)
def term_key(term: str) -> int:
    """A term as an unsigned 32-bit number: the same in every process and for good, so that rows may keep it."""
    return crc32(term.encode("utf-8", "surrogatepass"))
