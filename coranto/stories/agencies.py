"""News agencies and press services: their names, and the marks with which their texts are signed."""

from __future__ import annotations

import re

from coranto.stories.coverage import Coverage
from coranto.terms import words

AGENCIES = frozenset(
    """
    ap afp dpa reuters efe ansa apa tass ria interfax xinhua kyodo jiji yonhap pa upi pti ani ians aap cp belga anp ntb
    tt ritzau stt pap čtk ctk mti agi adnkronos lusa aa anadolu antara bernama kna epd sid sda ats keystone ukrinform
    sana irna tanjug hina beta agerpres bta bns notimex
    """.split()
)
"""How agencies sign at the head or the foot of a text."""
SERVICES = frozenset("prnewswire businesswire globenewswire einpresswire accesswire newswire ots".split())
"""Those that send out press releases."""
_FULL_NAMES = {
    "associated press": "ap", "apnews": "ap", "ap news": "ap", "agence france presse": "afp",
    "deutsche presse agentur": "dpa", "press association": "pa", "pa media": "pa", "united press international": "upi",
    "press trust of india": "pti", "canadian press": "cp", "australian associated press": "aap",
    "austria presse agentur": "apa", "asian news international": "ani", "algemeen nederlands persbureau": "anp",
    "norsk telegrambyrå": "ntb", "tidningarnas telegrambyrå": "tt", "polska agencja prasowa": "pap",
    "evangelischer pressedienst": "epd", "sport informations dienst": "sid", "thomson reuters": "reuters",
    "reuters news agency": "reuters", "keystone sda": "sda", "kyodo news": "kyodo", "jiji press": "jiji",
    "xinhua news agency": "xinhua", "yonhap news agency": "yonhap", "pr newswire": "prnewswire",
    "business wire": "businesswire", "globe newswire": "globenewswire", "ein presswire": "einpresswire",
    "news aktuell": "ots",
}  # fmt: skip
DATELINE_MARK = re.compile(r"^[^\n(]{0,60}\(([^()\n]{2,40})\)\s*[-–—:]")
CLOSING_MARK = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]\W{0,2}$")
_PARTS = re.compile(r"\s*[/,+&]\s*")


def agency_of(name: str) -> str | None:
    """The short name of the agency or press service that `name` is, of the first where it is several ("AP/AFP") or has
    a bureau's mark ("dpa/lby"); None where it is anything else."""
    first = " ".join(words(_PARTS.split(name.strip())[0])).removeprefix("the ")
    known = _FULL_NAMES.get(first, first)
    return known if known in AGENCIES or known in SERVICES else None


def agency_mark(coverage: Coverage) -> str | None:
    """An agency's mark at the dateline, at the end or in the byline, as it stands; None where there is none."""
    text = coverage.text.strip()
    marks = (match[1] for match in (DATELINE_MARK.match(text), CLOSING_MARK.search(text[-60:])) if match)
    return next(filter(agency_of, marks), None) or signing_agency(coverage)


def signing_agency(coverage: Coverage) -> str | None:
    """The agency in the byline, as it stands; None where there is none."""
    # Sid and Ria are persons too; SID and ria are not.
    signed = (name for name in coverage.authors if len(name) > 4 or name != name.capitalize())
    return next(filter(agency_of, signed), None)
