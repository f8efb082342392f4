"""Foreign markup made safe and quiet (`clean_html`), or taken away altogether (`plain_text`).

nh3 decides what may stay; around it stand the things it does not know: addresses made absolute, lazily loaded pictures
shown, trackers' pixels dropped, nesting bounded before any parser sees it.
"""

from __future__ import annotations

import html as entities
import re
from contextvars import ContextVar
from functools import cache
from itertools import islice

import ada_url
import nh3

from .tree import BREAK, MOST_CHARACTERS, flatten, without_long_tags
from .words import count_of

_TAGS = frozenset(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 "
    "h6 hr i img"
    " ins kbd li mark ol p picture pre q rp rt ruby s samp small source span strong sub summary sup table tbody "
    "td tfoot"
    " th thead time tr u ul var".split()
)
_DROP_WITH_CONTENT = frozenset(
    "script style template iframe object embed noscript form select textarea button svg math canvas video audio"
    " nav".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "source": {"srcset", "media", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "*": {"lang", "dir"},
}
_ADDRESSES = frozenset(("href", "src", "cite"))
_IMAGE = re.compile(r"<img\b[^>]*>", re.I)
_SIZE = re.compile(r"""(?<![\w-])(width|height)\s*[=:]\s*["']?\s*(\d{1,5})\s*(?:px)?(?![\w.])(?!\s*%)""", re.I)
_LAZY = re.compile(
    r"""\bdata-(?:src|lazy-src|original|hi-res-src|full-src|orig-file|img-src)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I
)
_SOURCE = re.compile(r"""(?<![\w-])src\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
_PIXEL = re.compile(
    r"/(?:pixel|beacon|track(?:er|ing)?|count(?:er)?|spacer|blank|clear|transparent|1x1|1px)(?:[._-]trans)?(?:[/._-]?"
    r"(?:gif|png|php|aspx?))?(?:\?|$|/(?![^?]{0,200}\.(?:jpe?g|png|webp|avif)(?:\?|$)))|/[01]\.gif\b",
    re.I,
)
_CANDIDATE = re.compile(r"(\S++)(?:\s++(\d{1,5}(?:\.\d{1,3})?[wx])(?![^\s,]))?")
_MOST_CANDIDATES = 20
_EMPTY = re.compile(r"<(p|div|span|figure|figcaption|a|li|ul|ol|em|strong|b|i|h[1-6])(?:\s[^<>]*)?>\s*</\1>")
_SLOW = re.compile("[&\x80-\xbf]")
"""Signs in the number of which nh3 is quadratic where they stand in one piece of text: references, and all that UTF-8
begins with the byte of the unbreakable blank."""
_MOST_SLOW = 10_000
_CHEAP_SCHEMES = ("https://", "http://")
# Spellings that the parser of addresses gives back as they are, known sooner than asked for: most addresses have one.
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(?=/)")
_SPELT_OUT = re.compile(rf"{_ORIGIN.pattern}[\w/~!$&()*+,;=:@.-]+(?:\?[\w/~!$&()*+,;=:@.%-]+)?", re.A)
_PATH = re.compile(r"/(?!/)[\w/~!$&()*+,;=:@.-]*(?:\?[\w/~!$&()*+,;=:@.%-]+)?", re.A)
# What the addresses of the markup that is being cleaned are relative to: one cleaner serves all pages, as it costs more
# to make than most pages cost to clean.
_BASE: ContextVar[str | None] = ContextVar("base", default=None)

# For plain_text: elements without words for readers, and tags that part paragraphs or lines.
_UNREAD = re.compile(
    r"<(script|style|template|svg|noscript|iframe|object|textarea|select|head)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_PARAGRAPH, _LINE, _ITEM = "\0", "\1", "\2"
_MARKS = re.compile("[\0\1\2]")
_BREAKS = {"br": _LINE} | dict.fromkeys(("li", "tr", "dt", "dd"), _ITEM)
_BREAKS |= dict.fromkeys(
    "p div h1 h2 h3 h4 h5 h6 ul ol dl table blockquote section article figure figcaption pre header footer "
    "aside main hr"
    " form".split(),
    _PARAGRAPH,
)
_BREAKS |= {"td": " ", "th": " "}
_BREAKS |= {f"/{name}": mark for name, mark in _BREAKS.items() if name != "br"}
_OPENS_TAG = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")
_GAPS = re.compile(r"\n{3,}")


def clean_html(html: str, base_url: str | None = None) -> str:
    """Return `html` as safe, semantic markup with absolute addresses (where `base_url` is given or they already are).

    Keeps headings, links, emphasis, lists, quotes, tables, figures and pictures. Text without any markup comes back
    escaped. Nothing that runs, styles, submits or counts readers survives. Raises TypeError for anything but a string.
    """
    if not isinstance(html, str):
        raise TypeError(f"clean_html wants a string, not {type(html).__name__}")
    if base_url is not None and not isinstance(base_url, str):
        raise TypeError(f"base_url must be str or None, not {type(base_url).__name__}")
    if not html:
        return ""
    if len(html) > MOST_CHARACTERS:
        html = html[:MOST_CHARACTERS]
    if "\x00" in html:
        html = html.replace("\x00", "")
    # nh3 is quadratic in the number of a tag's attributes, too.
    html, _ = without_long_tags(html)
    html, _ = flatten(html)
    if len(html) > _MOST_SLOW and len(_SLOW.findall(html)) > _MOST_SLOW:
        html = "<".join(map(_affordable, html.split("<")))
    if BREAK in html:
        html = html.replace(BREAK, "")
    if "<img" in html or "<IMG" in html:
        # A tag that nothing closes is none, and each would be looked through to the end.
        end = html.rfind(">") + 1
        html = _IMAGE.sub(_picture, html[:end]) + html[end:]
    token = _BASE.set(absolute(base_url, None))
    try:
        cleaned = _cleaner().clean(html)
    finally:
        _BASE.reset(token)
    for _ in range(2):
        cleaned, emptied = _EMPTY.subn("", cleaned)
        if not emptied:
            break
    return cleaned.strip()


def _affordable(piece: str) -> str:
    """A tag and the text behind it, up to where that holds more of the slow signs than can be afforded."""
    last = next(islice(_SLOW.finditer(piece), _MOST_SLOW, None), None)
    return piece if last is None else piece[: last.start()]


def plain_text(html: str) -> str:
    """Return the words of `html`: paragraphs parted by a blank line, items by a line end. Linear in its length."""
    if not isinstance(html, str):
        raise TypeError(f"plain_text wants a string, not {type(html).__name__}")
    html = _MARKS.sub("", html)
    if "<" in html:
        if "<!--" in html:
            html = _COMMENT.sub(" ", html)
        html = _without_tags(_without_unread(html))
    if "&" in html:
        html = entities.unescape(html)
    paragraphs = map(_squeezed, html.split(_PARAGRAPH))
    return "\n\n".join(filter(None, paragraphs))


def _without_tags(html: str) -> str:
    """`html` with marks where its tags part paragraphs, lines or items. Cut at '<': ten times as fast as a pattern."""
    first, *pieces = html.split("<")
    parts = [first]
    for piece in pieces:
        if piece[:1] not in _OPENS_TAG:
            parts.append("<" + piece)
            continue
        tag, closed, words = piece.partition(">")
        if closed:
            name = tag if tag in _BREAKS else tag.split(None, 1)[0].lower().rstrip("/")
            parts.append(_BREAKS.get(name, "") + words)
    return "".join(parts)


def _squeezed(paragraph: str) -> str:
    """A paragraph without needless space, its lines and items on lines of their own."""
    if _ITEM not in paragraph and _LINE not in paragraph:
        return " ".join(paragraph.split())
    items = []
    for item in paragraph.split(_ITEM):
        lines = "\n".join(" ".join(line.split()) for line in item.split(_LINE))
        items.append(_GAPS.sub("\n\n", lines).strip())
    return "\n".join(filter(None, items))


def absolute(url: str | None, base: str | None) -> str | None:
    """`url` made absolute against `base`; None unless it is a well-formed http(s) address."""
    url = (url or "").strip()
    if not url or len(url) > 4000:
        return None
    if "/." not in url and "xn--" not in url:
        if _SPELT_OUT.fullmatch(url):
            return url
        if base and _PATH.fullmatch(url) and (origin := _ORIGIN.match(base)):
            return origin[0] + url
    try:
        joined = ada_url.join_url(base, url) if base else ada_url.join_url(url, "")
    except (ValueError, UnicodeError):
        return None
    return joined if joined.startswith(_CHEAP_SCHEMES) else None


def is_pixel(url: str, width: str | int | None, height: str | int | None) -> bool:
    """Whether a picture is a counter rather than a picture: by its size, or by what its address calls itself."""
    sizes = [size for value in (width, height) if (size := count_of(value)) is not None]
    return (bool(sizes) and min(sizes) <= 2) or bool(_PIXEL.search(url))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROP_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_rewritten,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _rewritten(tag: str, name: str, value: str) -> str | None:
    """What an attribute becomes: addresses absolute, those within the page none."""
    if name in _ADDRESSES:
        if value.startswith("#"):
            return None
        if tag == "a" and value.startswith("mailto:"):
            return value
        return absolute(value, _BASE.get())
    return _sources(value, _BASE.get()) if name == "srcset" else value


def _sources(value: str, base: str | None) -> str | None:
    kept = ((absolute(address, base), size) for address, size in candidates(value))
    return ", ".join(f"{url} {size}".rstrip() for url, size in kept if url) or None


def candidates(srcset: str) -> list[tuple[str, str]]:
    """The addresses that a `srcset` lists, each with its width or density ("640w", "2x"), empty where it has none. A
    comma within an address parts nothing."""
    found = islice(_CANDIDATE.finditer(srcset), _MOST_CANDIDATES)
    return [(address, match[2] or "") for match in found if (address := match[1].strip(","))]


def _picture(match: re.Match[str]) -> str:
    """An img tag as it shall stay: lazily loaded ones get their address, trackers' pixels go."""
    tag = match[0]
    if "data-" in tag and (lazy := _LAZY.search(tag)):
        address = lazy[1].strip("\"'")
        source = _SOURCE.search(tag)
        if source is None:
            tag = f'{tag[:4]} src="{address}"{tag[4:]}'
        elif _stands_in(source[1].strip("\"'")):
            tag = f'{tag[: source.start()]}src="{address}"{tag[source.end() :]}'
    source = _SOURCE.search(tag)
    if source is None:
        return ""
    sizes = [int(size) for _, size in _SIZE.findall(tag)]
    if sizes and min(sizes) <= 2:
        return ""
    return "" if _PIXEL.search(source[1].strip("\"'")) else tag


def _stands_in(address: str) -> bool:
    """Whether a picture's address is what is shown until the picture itself has been loaded."""
    if address.startswith("data:") or "placeholder" in address or "blank" in address:
        return True
    return bool(_PIXEL.search(address))


def _without_unread(html: str) -> str:
    """`html` without the elements that hold no words, looked for only where one of them can be there."""
    lower = html.lower()
    if any(
        f"<{name}" in lower
        for name in ("script", "style", "template", "svg", "noscript", "iframe", "object", "textarea", "select", "head")
    ):
        return _UNREAD.sub(" ", html)
    return html
