"""Text constructs of feeds as HTML strings: plain, escaped, inline or base64 text, with relative addresses resolved.

Nothing is cleaned here: scripts and styles pass as they stand, for the cleaner in `coranto.extract` to remove.
"""

from __future__ import annotations

import base64
import binascii
import re
from html import escape

from lxml import etree

from coranto.sources.addresses import absolute

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LINKED = re.compile(
    r"""(\s(?:href|src|poster|cite|longdesc|data-src)\s*=\s*)(["'])\s*(?!https?:|#|mailto:|data:|tel:)([^"'<>]+)\2""",
    re.IGNORECASE,
)
_LINKING = {"href", "src", "poster", "cite", "longdesc", "data-src"}
_EMPTY_TAGS = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_READS_AS_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\w+|[A-Za-z]\w{1,30});")
_MARKED_UP = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img|p)\b[^<>]*>|&(?:#\w+|[a-z]\w{1,30});", re.I)
_ESCAPED_WHOLE = re.compile(r"\s*&lt;(?:p|div|h[1-6]|ul|ol|table|img|a|b|strong|em|i|span|figure|blockquote)\b", re.I)
_CDATA = "<![CDATA["
_EMBEDDING = ("<iframe", "<embed", "<object", "<applet", "<IFRAME", "<EMBED", "<OBJECT", "<APPLET")
_EMBEDDED = re.compile(r"<(iframe|embed|object|applet)\b[^<>]*>", re.IGNORECASE)


class Texts:
    """Reads the text constructs of one document, with the base address that holds at each element.

    `base` is the document's address or None; `based` whether the document has any `xml:base` at all.
    """

    def __init__(self, base: str | None, based: bool) -> None:
        self.base = base
        self.based = based

    def base_of(self, element: etree._Element, fallback: str | None = None) -> str | None:
        """The address against which relative ones in `element` are meant."""
        if not self.based:
            return fallback or self.base
        bases = [element.get(_XML_BASE)] if element.get(_XML_BASE) else []
        bases += [above.get(_XML_BASE) for above in element.iterancestors() if above.get(_XML_BASE)]
        if not bases:
            return fallback or self.base
        address = self.base
        for step in reversed(bases):
            address = absolute(step, address)
        return address

    def words(self, element: etree._Element) -> str | None:
        """The text of an element that holds no markup (an address, a date, a name), or None where it is empty."""
        text = element.text if not len(element) else "".join(element.itertext())
        if text is None:
            return None
        text = text.strip()
        return text or None

    def html(self, element: etree._Element, atom: bool = False, fallback: str | None = None) -> str | None:
        """The markup that `element` holds, or None where it is empty. `atom`: its `type` and `mode` count."""
        if len(element):
            return self._inline(element, fallback) or None
        text = element.text
        if text is None:
            return None
        if element.attrib:
            text = _declared(element, text, atom)
        elif atom and not _MARKED_UP.search(text):
            text = as_html(text)
        return self.resolved(text, element, fallback)

    def resolved(self, text: str, element: etree._Element, fallback: str | None = None) -> str | None:
        """`text` without the wrappers that feeds put around it by mistake, its links made absolute."""
        text = unwrapped(text.strip())
        if not text:
            return None
        if _may_be_relative(text):
            text = with_absolute_links(text, self.base_of(element, fallback))
        for opening in _EMBEDDING:
            if opening in text:
                return closed(text)
        return text

    def _inline(self, element: etree._Element, fallback: str | None) -> str:
        inner = element
        # Atom's xhtml wraps its text in one div, which is no part of it.
        if (
            len(element) == 1
            and element[0].tag == _XHTML + "div"
            and not (element.text or "").strip()
            and not (element[0].tail or "").strip()
        ):
            inner = element[0]
        return with_absolute_links(inner_markup(inner).strip(), self.base_of(inner, fallback))


def _declared(element: etree._Element, text: str, atom: bool) -> str:
    """Text as its own attributes say it is to be read."""
    kind = (element.get("type") or "").strip().lower()
    mode = (element.get("mode") or "").strip().lower()
    if mode == "base64" or element.get("encoding", "").lower() == "base64":
        return _from_base64(text) or ""
    if not atom:
        return text
    kind = kind.partition(";")[0].strip()
    if mode == "escaped":
        return text if kind not in ("text", "text/plain") or _MARKED_UP.search(text) else as_html(text)
    if kind in ("html", "xhtml", "text/html", "application/xhtml+xml"):
        return text
    if kind in ("text", "text/plain"):
        return as_html(text)
    if not kind:
        return text if _MARKED_UP.search(text) else as_html(text)
    if "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "json")):
        return _from_base64(text) or ""
    return text


def _from_base64(text: str) -> str | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        # A picture, say: nothing that a text could hold.
        return None


def as_html(text: str) -> str:
    """Plain text as HTML. It is left alone where a reader of HTML would see the same text anyway."""
    return escape(text, quote=False) if _READS_AS_MARKUP.search(text) else text


def unwrapped(text: str) -> str:
    """`text` without a CDATA marker that was escaped along with it, and escaped once less where all of it was twice."""
    if text.startswith(_CDATA):
        text = text[len(_CDATA) :]
        for end in ("]]>", "]]&gt;"):
            if text.rstrip().endswith(end):
                text = text.rstrip()[: -len(end)]
        return text.strip()
    if text.startswith("&lt;") and "<" not in text and _ESCAPED_WHOLE.match(text) and text.rstrip().endswith("&gt;"):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#39;", "'")
        return text.replace("&amp;", "&")
    return text


def closed(text: str) -> str:
    """HTML whose embedding tags are closed: one left open swallows the text after it, here as in browsers."""
    last = {}
    lowered = text.lower()
    for name in ("iframe", "embed", "object", "applet"):
        last[name] = lowered.rfind(f"</{name}")

    def close(found: re.Match[str]) -> str:
        name = found[1].lower()
        return found[0] if last[name] > found.start() else f"{found[0]}</{name}>"

    return _EMBEDDED.sub(close, text)


def _may_be_relative(text: str) -> bool:
    """Whether any address in `text` might be relative: counting is far cheaper than looking at each."""
    for name, full in (("href", 'href="http'), ("src", 'src="http')):
        many = text.count(name)
        if many and many != text.count(full):
            return True
    return "HREF" in text or "SRC" in text


def with_absolute_links(text: str, base: str | None) -> str:
    """HTML with the addresses in its attributes made absolute against `base`."""
    if not base:
        return text
    return _LINKED.sub(lambda found: f"{found[1]}{found[2]}{_in_html(found[3], base)}{found[2]}", text)


def _in_html(address: str, base: str) -> str:
    if "&amp;" not in address:
        return absolute(address, base) or address
    return (absolute(address.replace("&amp;", "&"), base) or address).replace("&", "&amp;")


def inner_markup(element: etree._Element) -> str:
    """What `element` holds, written as HTML: without namespace prefixes and declarations."""
    parts = [escape(element.text, quote=False)] if element.text else []
    for child in element:
        _write(child, parts)
    return "".join(parts)


def _write(element: etree._Element, parts: list[str]) -> None:
    # The parser bounds nesting at 256, so this recursion is bounded too.
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2]
        attributes = "".join(_attribute(key, value, element) for key, value in element.attrib.items())
        parts.append(f"<{name}{attributes}>")
        if element.text:
            parts.append(element.text if name in ("script", "style") else escape(element.text, quote=False))
        for child in element:
            _write(child, parts)
        if name not in _EMPTY_TAGS:
            parts.append(f"</{name}>")
    if element.tail:
        parts.append(escape(element.tail, quote=False))


def _attribute(key: str, value: str, element: etree._Element) -> str:
    if key == _XML_BASE:
        return ""
    name = key.rpartition("}")[2]
    base = element.get(_XML_BASE)
    if base and name in _LINKING:
        value = absolute(value, base) or value
    return f' {name}="{escape(value)}"'
