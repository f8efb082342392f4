"""What bytes say, as UTF-8: byte-order mark, transport, declaration and detection weighed against each other.

Used by every door that takes text (feeds, sitemaps, subscription lists). It knows nothing of what the text means.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_OPENINGS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']?\s*([A-Za-z0-9._:\-]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:\-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:\-]+)""", re.IGNORECASE)

# Labels are read as browsers read them: what calls itself Latin-1 is Windows-1252, and so on for the East.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_MANY_BYTES = ("gb", "big5", "euc", "cp932", "cp949", "shift", "iso2022", "hz", "johab")
_SAMPLE = 200_000
_CERTAIN = 6
"""Non-ASCII characters that must form valid UTF-8 before a declared multi-byte charset is overruled."""


def to_utf8(data: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """`data` as UTF-8 bytes without a byte-order mark. Bytes that mean nothing become U+FFFD; it never raises."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if name == "utf-8":
                return _valid_or_repaired(body, headers)
            return _encoded(body.decode(name, "replace"))
    for opening, name in _WIDE_OPENINGS:
        if data.startswith(opening):
            return _encoded(data.decode(name, "replace"))
    named = _named(data, headers)
    if data.isascii():
        escaped = [name for name in named if name.startswith(("iso2022", "hz", "utf-7"))]
        return _encoded(data.decode(escaped[0], "replace")) if escaped else data
    return _eight_bit(data, named)


def declared_charset(data: bytes) -> str | None:
    """The charset that the document itself names, as Python calls it."""
    found = _DECLARED.search(data[:1000]) or _META.search(data[:4000])
    return _known(found[1].decode("ascii")) if found else None


def _valid_or_repaired(body: bytes, headers: Mapping[str, str] | None) -> bytes:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(body, [name for name in _named(body, headers) if name != "utf-8"])
    return body


def _named(data: bytes, headers: Mapping[str, str] | None) -> list[str]:
    names = []
    found = _HEADER.search((headers or {}).get("content-type") or "")
    for name in (_known(found[1]) if found else None, declared_charset(data)):
        # A wide charset was told by its opening bytes already: whoever names one here is wrong.
        if name and name not in names and not name.startswith(("utf-16", "utf-32")):
            names.append(name)
    return names


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name in ("utf-8-sig", "utf8"):
        return "utf-8"
    try:
        "".encode(name)
    except (LookupError, TypeError, ValueError):
        return None
    return _READ_AS.get(name, name)


def _eight_bit(data: bytes, named: list[str]) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data[: error.start]
    else:
        many = next((name for name in named if name.startswith(_MANY_BYTES)), None)
        if many is None or len(text.encode("ascii", "ignore")) + _CERTAIN < len(text):
            return data
        named = [many]
    for name in named:
        try:
            return _encoded(data.decode(name))
        except UnicodeDecodeError:
            continue
    return _guessed(data, named)


def _guessed(data: bytes, named: list[str]) -> bytes:
    """The best reading of bytes that contradict whatever they are declared as."""
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    outside = len(replaced) - len(replaced.encode("ascii", "ignore"))
    if broken <= outside // 4 and "utf-8" in (named or ["utf-8"]):
        return _encoded(replaced)
    return _detected(data, data.decode(named[0], "replace") if named and named[0] != "utf-8" else None)


def _detected(data: bytes, fallback: str | None) -> bytes:
    import cchardet

    outside = data.translate(None, bytes(range(128)))
    sample = data[:_SAMPLE] if not data[:_SAMPLE].isascii() else outside[:_SAMPLE]
    found = cchardet.detect(sample)
    name = _known(found.get("encoding") or "")
    if name and name != "utf-8" and (found.get("confidence") or 0) > 0.4:
        try:
            return _encoded(data.decode(name))
        except UnicodeDecodeError:
            pass
    if fallback is not None:
        return _encoded(fallback)
    return _encoded(data.decode("cp1252", "replace"))


def _encoded(text: str) -> bytes:
    return text.removeprefix("\ufeff").encode("utf-8", "replace")
