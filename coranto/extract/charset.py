"""Bytes of a page into text: which encoding they are in, by the order in which browsers ask.

Byte order mark, transport header, a declaration inside the page, strict UTF-8, then detection on a prefix. Never
raises: what cannot be decoded becomes U+FFFD, and a warning says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w:.-]{2,40})""", re.I)
_TWICE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
)
# What no browser reads, and what detection takes a few typographic quotes in English for.
_OFF_THE_WEB = re.compile(r"cp(?:437|7\d\d|8(?!66|74)\d\d)$|mac-(?!cyrillic)")
_PREFIX = 4096
_SAMPLE = 65536
_NO_SIGN = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BEGINNING = 2000
_TAG = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9-]*[\s/>])", re.I)

# What browsers read under these names (WHATWG Encoding): the web's Latin-1 is really Windows-1252, and so on.
_READ_AS = {
    "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "ascii": "windows-1252",
    "us-ascii": "windows-1252", "iso-8859-9": "windows-1254", "gb2312": "gb18030", "gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "tis-620": "cp874", "iso-8859-11": "cp874", "windows-874": "cp874", "big5": "big5hkscs", "utf-16": "utf-8",
    "utf8": "utf-8", "x-user-defined": "windows-1252", "iso-8859-8-i": "iso-8859-8", "windows-31j": "cp932",
}  # fmt: skip


def text_of(
    page: str | bytes, headers: Mapping[str, str] | None = None, charset: str | None = None
) -> tuple[str, list[str]]:
    """The text of a page given as text or as bytes, mended, and warnings. Raises TypeError for anything else."""
    if isinstance(page, str):
        return mended(page), []
    if not isinstance(page, bytes | bytearray | memoryview):
        raise TypeError(f"a page is a string or bytes, not {type(page).__name__}")
    text, warnings = decode(bytes(page), headers, charset)
    return mended(text), warnings


def decode(data: bytes, headers: Mapping[str, str] | None = None, charset: str | None = None) -> tuple[str, list[str]]:
    """Return the text of `data` and warnings about how sure that is.

    `headers` are the transport's, in any case; `charset` is what it declared, if the caller knows it already.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), []
    declared = [charset, _from_headers(headers), _from_page(data)]
    # UTF-8 hardly ever decodes by accident, so a page that decodes strictly is UTF-8 whatever it says of itself,
    # unless it is pure ASCII, where escape-based encodings (ISO-2022-JP) must still be asked.
    if b"\x1b" not in data:
        try:
            return data.decode("utf-8"), []
        except UnicodeDecodeError:
            pass
    for name in declared:
        codec = _codec(name)
        if codec is None:
            continue
        text = data.decode(codec, "replace")
        if codec != "utf-8" and text.count("\ufffd") <= len(text) // 200:
            return text, [] if "\ufffd" not in text else [f"some bytes are not valid {codec}"]
    return _detected(data)


def is_binary(text: str) -> bool:
    """Whether what was decoded is no text: a picture, an archive, a document in a format of its own."""
    beginning = text[:_BEGINNING]
    return beginning.startswith("%PDF-") or 20 * len(_NO_SIGN.findall(beginning)) > len(beginning) > 0


def is_markup(document: str | bytes) -> bool:
    """Whether a document is for `extract`: it holds a tag, or is a file of another kind. Any other is the text that is
    left of a page, and for `extract_text`. Raises TypeError for what is neither text nor bytes."""
    text, _ = text_of(document)
    return bool(_TAG.search(text)) or is_binary(text)


def mended(text: str) -> str:
    """`text` with what was encoded twice decoded once more: UTF-8 read as Latin-1 and written as UTF-8 again.

    Told by the second byte of a typographic quote or dash, a control character that no text holds by itself.
    """
    return _TWICE.sub(_once, text) if "\x80" in text else text


def _once(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _detected(data: bytes) -> tuple[str, list[str]]:
    """The text by detection: strict UTF-8 but for a few broken bytes, else what cchardet takes the sample for."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = sum(byte > 127 for byte in data[:_SAMPLE])
    if not high or broken * 20 < high:
        return text, ["some bytes are not valid utf-8"] if broken else []
    import cchardet

    codec = _codec(cchardet.detect(data[:_SAMPLE]).get("encoding"))
    if codec is None or codec == "utf-8" or _OFF_THE_WEB.match(codec):
        codec = "windows-1252"
    return data.decode(codec, "replace"), [f"encoding guessed as {codec}"]


def header(headers: Mapping[str, str] | None, name: str) -> str | None:
    """What the transport's `headers` say under a name, given in lower case."""
    for key, value in (headers or {}).items():
        if isinstance(key, str) and key.lower() == name and isinstance(value, str):
            return value
    return None


def _from_headers(headers: Mapping[str, str] | None) -> str | None:
    found = _HEADER.search(header(headers, "content-type") or "")
    return found[1] if found else None


def _from_page(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_PREFIX])
    return found[1].decode("ascii", "replace") if found else None


def _codec(name: str | None) -> str | None:
    """The Python codec to read the web's `name` with, or None where there is none that gives text."""
    if not name:
        return None
    name = name.strip().lower()
    name = _READ_AS.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Codecs such as 'hex' or 'rot13' are not encodings of text.
    return info.name if getattr(info, "_is_text_encoding", True) else None
