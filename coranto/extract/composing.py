"""The chosen runs written out: as plain text, as clean markup, and the pictures that belong to them."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from coranto.articles import Picture

from . import asides, clutter
from .blocks import Box, Layout, Run
from .body import Body
from .cleaning import absolute, candidates, clean_html, is_pixel, plain_text
from .elements import Attributes
from .metadata import Facts, as_list
from .tree import BREAK
from .words import plain, squeeze

_CREDIT = re.compile(
    r"\s*[\[(]?(?:\b(?:photo(?:graph)?(?: by|:| credit:?)|foto:|credits?:|image(?: credit)?:|picture:|"
    r"bild(?:rechte|quelle)?:|copyright|crédit(?: photo)?\s*:|via\s+(?=getty|reuters|ap\b))|©|\(c\)(?=\s))\s*"
    r"(?P<credit>[^.\]\)]{2,80})[\]\).]*\s*$",
    re.I,
)
# Who drew a picture, with the word for what it is: unlike "photo" it says something of the picture.
_DRAWN = re.compile(
    r"\s*[\[(]?\b(?P<credit>(?:drawing|illustration|graphics?|artwork|dessin|infographie|zeichnung|grafik|dibujo|"
    r"ilustraci[oó]n|gr[aá]fico|disegno|рисунок|رسم)(?: by)?\s?:\s*[^.\]\)]{2,80})[\]\).]*\s*$",
    re.I,
)
_TRAILING = re.compile(
    r"[\[(]\s*(?P<credit>[^\[\]()]{3,70}(?:/[^\[\]()]{2,40}|\b(?:AP|AFP|dpa|Reuters|Getty|EPA|EFE|ANSA|Images|"
    r"Press|Agency)\b)[^\[\]()]{0,30})\s*[\])]\s*$"
)
# What only says that a credit is one.
_CREDIT_LABEL = re.compile(
    r"^(?:(?:photo(?:graph)?s?|images?|pictures?|fotos?|bild(?:er|rechte|quelle)?|credits?|crédit|quelle|source)"
    r"(?: credit)?\s*(?::|\bby\b)|©|\(c\)|copyright\b)\s*",
    re.I,
)
_INLINE = re.compile(
    r"<(?!/?(?:a|b|strong|i|em|u|s|sub|sup|code|q|cite|mark|small|abbr|time|br|ruby|rt|rp)\b)[^<>]*>", re.I
)
_CREDIT_MARKS = '[class*="credit" i],[class*="copyright" i],[itemprop~="creditText"],[itemprop~="copyrightHolder"]'
_LEADING = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "src")
# Files that stand in for a picture until a script loads it, and such as are signs unless they are large.
_STAND_IN = re.compile(
    r"(?<![a-z])(?:placeholder|transparent|blank|spacer|loader|spinner|missing-?image)(?![a-z])", re.I
)
_SIGN = re.compile(r"(?<![a-z])(?:icons?|arrows?|logos?|badges?|avatars?|sprites?|chevrons?|masthead)(?![a-z])", re.I)
_PROGRAM = re.compile(r"\.(?:php|aspx?|ashx|cgi|jsp)$|^[a-z_-]{0,12}$", re.I)
"""The name of what gives many pictures, by what stands behind it in the address."""
_DATELINE = re.compile(
    r"^(?P<place>(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w.'’-]+)(?:[ ,/]+(?:(?:de|la|le|am|an|der|of|the|del|al|upon|"
    r"sur)\s+)?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω(][\w.'’()/-]*){0,5}(?:,?\s+\d{1,2}\.?(?:\s+[A-Za-zÀ-ÿ]+\.?)?)?\s*(?:\([^()]{2,40}\))?)\s*(?:—|"
    r"–|--|―|\s-\s|(?<=\))\s*-|(?<=\))\s*:)\s*(?=\S)"
)
_ANY_SPELLING = re.compile(r"[^\w.~-]|^$", re.A)
"""What may be written in several ways in an address."""
_GATHERING = frozenset(("ul", "ol", "blockquote"))
_KEPT_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "li", "pre"))
_SMALLEST, _LARGE = 60, 300
_MOST_PICTURES = 40
_ABOVE = 4
_BENEATH = 4
_SENTENCE, _LONGEST_CAPTION = 40, 300


Shown = list[tuple[int, Picture]]
"""Pictures in the page's order, each with the index of the run that follows it."""


def compose(
    layout: Layout, body: Body, pictures: Shown, base: str | None, standfirst: int | None = None
) -> tuple[str, str]:
    """The body as plain text (paragraphs parted by blank lines) and as clean markup, with its pictures and without the
    run that is the standfirst: whoever shows the one shows the other above it. An entry's time opens its heading."""
    if not body.kept:
        return "", ""
    clocks = asides.entry_clocks(layout, body.kept)
    times = {heading: f"{layout.runs[clock].text} " for heading, clock in clocks.items()}
    kept = [index for index in body.kept if index not in clocks.values()]
    text = "\n\n".join(times.get(index, "") + layout.runs[index].text for index in kept)
    parts: list[str] = []
    tables = _whole_tables(layout, body)
    inside: str | None = None
    done: set[int] = set()
    position = 0
    for index in kept:
        while position < len(pictures) and pictures[position][0] <= index:
            inside = _switch(parts, inside, None)
            parts.append(_figure(pictures[position][1]))
            position += 1
        run = layout.runs[index]
        around = _list_around(layout, run)
        above = [one for at, one in pictures[:position] if index - at < _BENEATH]
        if index == standfirst or (above and not around and _is_caption(run, above)):
            continue
        table = tables.get(index)
        if table is not None:
            if table not in done:
                inside = _switch(parts, inside, None)
                parts.append(layout.boxes[table].node.html or "")
                done.add(table)
            continue
        inside = _switch(parts, inside, around)
        parts.append(_element(layout, run, times.get(index, "")))
    _switch(parts, inside, None)
    return text, clean_html("\n".join(part for part in parts if part), base)


def from_statement(stated: str, base: str | None) -> tuple[str, str]:
    """Text and markup of a body that metadata states, with or without tags of its own."""
    if "</p>" not in stated:
        stated = stated if "<" in stated else entities.unescape(stated)
        lines = (line for line in re.split(r"\n+|<br\s*/?>", stated) if line.strip())
        stated = "".join(f"<p>{entities.escape(plain_text(line), quote=False)}</p>" for line in lines)
    markup = clean_html(stated, base)
    return plain_text(markup), markup


def _is_caption(run: Run, above: list[Picture]) -> bool:
    """Whether a figure of one of the pictures just `above` shows a run's words."""
    text = run.text
    if run.tag in _KEPT_TAGS or len(text) > _LONGEST_CAPTION:
        return False
    return any(text == one.caption or (len(text) >= _SENTENCE and text in (one.caption or "")) for one in above)


def _switch(parts: list[str], inside: str | None, wanted: str | None) -> str | None:
    if inside != wanted:
        if inside:
            parts.append(f"</{inside}>")
        if wanted:
            parts.append(f"<{wanted}>")
    return wanted


def _list_around(layout: Layout, run: Run) -> str | None:
    """The list or quotation in which a run stands."""
    number = run.box
    for _ in range(4):
        if number < 0:
            break
        box = layout.boxes[number]
        if box.tag in _GATHERING:
            return box.tag
        number = box.parent
    return None


def _element(layout: Layout, run: Run, time: str) -> str:
    box = layout.boxes[run.box]
    inner = None
    if run.whole:
        inner = box.node.inner_html
        if inner is not None and "<" in inner and run.tag != "pre":
            inner = _INLINE.sub("", inner)
    if inner is None:
        inner = entities.escape(run.text, quote=False)
    tag = run.tag if run.tag in _KEPT_TAGS else "p"
    if tag == "li" and _list_around(layout, run) not in ("ul", "ol"):
        tag = "p"
    return f"<{tag}>{time}{inner.replace(BREAK, '').strip()}</{tag}>"


def _whole_tables(layout: Layout, body: Body) -> dict[int, int]:
    """For runs in data tables that the body keeps nearly whole: the table's box."""
    kept = set(body.kept)
    found: dict[int, int] = {}
    for number in layout.structured:
        box = layout.boxes[number]
        if box.tag != "table" or box.end - box.start < 4:
            continue
        inside = range(box.start, box.end)
        cells = sum(layout.runs[index].tag in ("td", "th") for index in inside)
        if (
            cells >= 4
            and sum(index in kept for index in inside) >= 0.9 * len(inside)
            and max(len(layout.runs[i].text) for i in inside) < 400
        ):
            for index in inside:
                found.setdefault(index, number)
    return found


def pictures_in(layout: Layout, body: Body, base: str | None) -> Shown:
    """The pictures that stand among the kept runs, or just before them under the headline."""
    if not body.kept:
        return []
    first, last = body.kept[0] - _ABOVE, body.kept[-1]
    rows = [row for row in layout.pictures if first <= row[0] <= last and not _in_clutter(layout, row[1], body.box)]
    found = ((index, picture_of(layout, box, node, base)) for index, box, node in rows[:_MOST_PICTURES])
    return [(index, picture) for index, picture in found if picture is not None]


def _in_clutter(layout: Layout, box: int, stop: int) -> bool:
    for number in layout.ancestors(box):
        if number == stop:
            return False
        around = layout.boxes[number]
        if around.tag in ("aside", "nav", "footer", "button", "li") or around.marks & clutter.IS_CLUTTER:
            return True
    return False


def _figure(picture: Picture) -> str:
    address, alt = entities.escape(picture.url), entities.escape(picture.alt or "")
    caption = f"<figcaption>{entities.escape(picture.caption, quote=False)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{address}" alt="{alt}">{caption}</figure>'


def picture_of(layout: Layout, box: int, node: LexborNode, base: str | None) -> Picture | None:
    """The picture of an img node with the caption of the figure around it; None for icons, pixels and inline data."""
    attributes = node.attributes
    address = _address(node, base)
    if address is None or is_pixel(address, attributes.get("width"), attributes.get("height")):
        return None
    width, height = _size(attributes.get("width")), _size(attributes.get("height"))
    if min(width or _SMALLEST, height or _SMALLEST) < _SMALLEST or _is_sign(address, width, height):
        return None
    caption, credit = _caption(layout, box)
    return Picture(address, caption, credit, squeeze(attributes.get("alt")) or None, width, height)


def _address(node: LexborNode, base: str | None) -> str | None:
    """The address of an img node, None where its data stand inline; as the page wrote it where it is relative and there
    is no `base`."""
    given = (value.strip() for value in _sources_of(node) if value)
    address = next((one for one in given if one[:5] not in ("", "data:") and not _STAND_IN.search(_file(one))), "")
    if not address or address.startswith("javascript:"):
        return None
    if base is None and not address.startswith(("http", "//")):
        return address
    return absolute(address, base) or (address if address.startswith("//") else None)


def _sources_of(node: LexborNode) -> Iterator[str | None]:
    """Where an img node may have its picture from, the likeliest first."""
    attributes = node.attributes
    yield from map(attributes.get, _SOURCES)
    yield _largest(attributes)
    if node.parent is not None and node.parent.tag == "picture":
        yield from (_largest(source.attributes) for source in node.parent.css("source")[:5])


def _largest(attributes: Attributes) -> str:
    """The address that a list of sizes names for the largest, the first of equals."""
    listed = candidates(attributes.get("srcset") or attributes.get("data-srcset") or "")
    return max(listed, key=lambda one: float(one[1][:-1] or 1), default=("", ""))[0]


def _is_sign(address: str, width: int | None, height: int | None) -> bool:
    """Whether a picture is a mere sign (arrow, logo, avatar) by its file's name or folder, not known to be large."""
    named = "/".join(address.split("?", 1)[0].rsplit("/", 2)[-2:])
    return min(width or 0, height or 0) < _LARGE and bool(_SIGN.search(named))


def _size(value: str | None) -> int | None:
    value = (value or "").strip().removesuffix("px")
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) else None


def _caption(layout: Layout, box: int) -> tuple[str | None, str | None]:
    """Caption and credit of the nearest figure (or element called a caption's) around a picture."""
    for number in layout.ancestors(box, 5):
        around = layout.boxes[number]
        if around.tag not in ("figure", "div", "p", "li", "a", "picture") or around.end - around.start > 6:
            break
        caption: list[str] = []
        credit: list[str] = []
        for run in layout.runs[around.start : around.end]:
            place = layout.boxes[run.box]
            if len(run.text) < 600 and (
                run.tag == "figcaption"
                or "credit" in place.ident
                or place.marks & clutter.IS_CAPTION
                or around.tag == "figure"
            ):
                words, named = _parted(run, place)
                caption += [words] if words else []
                credit += [named] if named else []
        if not caption and number == box and (beneath := asides.caption_of(layout, box)) is not None:
            caption.append(layout.runs[beneath].text)
        if caption or credit:
            return split_credit(" ".join(dict.fromkeys(caption)), " ".join(dict.fromkeys(credit)))
        if around.tag == "figure":
            break
    return None, None


def _parted(run: Run, place: Box) -> tuple[str, str]:
    """A caption's words and the credit among them, where an element of the caption is called one; without what the
    page hides at its end ("Show more")."""
    text = run.text
    for node in place.node.css("[hidden]")[:3] if run.whole else ():
        text = text.removesuffix(squeeze(node.text())).rstrip()
    if "credit" in place.ident or "copyright" in place.ident:
        return "", text
    marked = place.node.css_first(_CREDIT_MARKS) if run.whole else None
    named = squeeze(marked.text()) if marked is not None else ""
    if not named or named not in text:
        return text, ""
    before, _, after = text.rpartition(named)
    return squeeze(f"{before} {after}").strip(" |/·–-()[]"), named


def split_credit(caption: str, credit: str = "") -> tuple[str | None, str | None]:
    """A caption without the credit that ends it, and the credit."""
    if not credit:
        match = _CREDIT.search(caption) or _DRAWN.search(caption) or _TRAILING.search(caption)
        if match:
            credit = match["credit"]
            caption = caption[: match.start()]
    return squeeze(caption) or None, _CREDIT_LABEL.sub("", squeeze(credit).strip(" .()[]")) or None


def lead_image(facts: Facts, layout: Layout, base: str | None) -> Picture | None:
    """The picture the page puts forward, with the caption of the figure that shows the same file."""
    width, height = _size(facts.first("og:image:width")), _size(facts.first("og:image:height"))
    stated = as_list(facts.article.get("image"))[:1]
    given = [facts.first(name) for name in _LEADING]
    given += [one.get("url") if isinstance(one, dict) else one for one in stated]
    made = next((url for one in given if (url := _lead_address(one, base, width, height))), None)
    if made is None:
        return None
    alt = facts.first("og:image:alt", "twitter:image:alt")
    name = _file(made)
    however = bool(_ANY_SPELLING.search(name))
    for _, box, node in layout.pictures[:30]:
        address = _address(node, base) if however or _may_show(node, name) else None
        if address and _file(address) == name and (shown := picture_of(layout, box, node, base)):
            return Picture(made, shown.caption, shown.credit, alt or shown.alt, width, height)
    return Picture(made, None, None, alt, width, height)


def _may_show(node: LexborNode, name: str) -> bool:
    """Whether an img node may have a file of this name, by its attributes as they are written: cheaper than to read its
    address."""
    if any([value and name in value for value in node.attributes.values()]):
        return True
    return node.parent is not None and node.parent.tag == "picture"


def _lead_address(value: object, base: str | None, width: int | None, height: int | None) -> str | None:
    url = absolute(value, base) if isinstance(value, str) else None
    shows = url and not is_pixel(url, None, None) and not _STAND_IN.search(_file(url))
    return url if shows and not _is_sign(url, width, height) else None


def _file(url: str) -> str:
    return url.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]


def images(pictures: Shown, lead: Picture | None) -> tuple[Picture, ...]:
    """The pictures of the article in order, the lead picture first, each once, in whatever sizes it stands."""
    kept = [lead] if lead else []
    for _, picture in pictures:
        if not any(_is_same(picture, other, other is lead) for other in kept):
            kept.append(picture)
    return tuple(kept[:_MOST_PICTURES])


def _is_same(picture: Picture, other: Picture, is_lead: bool) -> bool:
    """Whether two pictures are one: their files have one name ("original.jpg" is many a picture's) and, as far as the
    page says it, they show the same. What the lead picture shows metadata may say in other words."""
    name, same = _file(picture.url), picture.url == other.url
    if same or name != _file(other.url) or _PROGRAM.search(name):
        return same
    left, right = other.caption, picture.caption
    if not is_lead:
        left, right = left or other.alt, right or picture.alt
    return left == right or left is None or right is None


def dateline_of(text: str) -> str | None:
    """The place, with agency and day, that opens one of the first paragraphs: "Washington —", "PARIS (AFP) -"."""
    for paragraph in text[:1500].split("\n\n", 3)[:3]:
        match = _DATELINE.match(paragraph[:160])
        place = match["place"].strip(" ,") if match else ""
        if 2 < len(place) <= 60:
            return place
    return None


def notices(layout: Layout, body: Body) -> tuple[str, ...]:
    """Copyright and agency lines cut from the body."""
    lines = [layout.runs[index].text for index, reason in body.cut.items() if reason == "notice"]
    return tuple(dict.fromkeys(plain(line) for line in lines))[:10]
