"""Kept pictures as they stand in pages: the img element, its caption, and which picture leads an article.

A picture that is not kept leaves nothing behind. None is enlarged: the room it takes is never more than its own size.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext
from markupsafe import Markup

from coranto.articles import Article, Picture
from coranto.pictures import SQUARE, WIDTHS, KeptPicture
from coranto.web import addresses

FRONT = "(min-width: 62em) 28rem, (min-width: 46em) 55vw, 100vw"
COLUMN = "(min-width: 46em) 46rem, 100vw"
THUMB = 104


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of an article that is kept."""

    picture: Picture
    kept: KeptPicture

    def img(self, first: bool = False) -> Markup:
        """It as the article's lead: cut to 3:2 where little is lost by it."""
        return element(attributes(self.kept, self.picture.alt, COLUMN, self.kept.is_wide(), first))

    def caption(self) -> str:
        """Its caption and credit, or nothing."""
        caption, credited = self.picture.caption or "", credit(self.picture)
        return caption + before_credit(caption) + credited if caption and credited else caption or credited


def attributes(kept: KeptPicture, alt: str | None, room: str, cut: bool, first: bool = False) -> dict[str, str]:
    """The attributes of an img. `room` says how wide the page shows it, `cut` whether it is cut to 3:2; the `first` of
    a page is fetched before anything else, the others when they come near."""
    sizes, (width, height) = kept.sizes(), kept.cut() if cut else kept.whole()
    made = {"class": "wide"} if cut else {}
    made["src"] = addresses.picture(kept, WIDTHS[0])
    if len(sizes) > 1:
        made["srcset"] = ", ".join(f"{addresses.picture(kept, slot)} {size[0]}w" for slot, size in sizes.items())
        made["sizes"] = room if cut else f"{width}px"
    made |= {"width": str(width), "height": str(height), "alt": alt or ""}
    return made | ({"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"})


def element(given: dict[str, str]) -> Markup:
    """An img with these attributes."""
    return Markup("<img {}>").format(Markup(" ").join(Markup('{}="{}"').format(*each) for each in given.items()))


def leading(picture: Picture | None, kept: dict[str, KeptPicture]) -> Markup | None:
    """The picture at the head of the front page, cut to 3:2; None where it is not kept or not fit for it."""
    found = kept.get(picture.url) if picture else None
    return element(attributes(found, picture.alt, FRONT, True, first=True)) if found and found.can_lead() else None


def square(picture: Picture | None, kept: dict[str, KeptPicture]) -> Markup | None:
    """The small square beside a headline, which says what it shows; None where there is none."""
    found = kept.get(picture.url) if picture else None
    if found is None or found.square() < THUMB:
        return None
    return element({
        "src": addresses.picture(found, SQUARE), "width": str(THUMB), "height": str(THUMB), "alt": "",
        "loading": "lazy", "decoding": "async",
    })  # fmt: skip


def of_article(reading: Article, kept: dict[str, KeptPicture]) -> tuple[Figure | None, tuple[Figure, ...]]:
    """The lead picture of an article, and the others that its body may show."""
    found = {
        picture.url: Figure(picture, kept[picture.url])
        for picture in (*reading.images, *([reading.image] if reading.image else []))
        if picture.url in kept
    }
    lead = found.get(reading.image.url) if reading.image else None
    if lead is None or lead.kept.width < THUMB * 2:
        return None, tuple(found.values())
    return lead, tuple(figure for figure in found.values() if file(figure.picture.url) != file(lead.picture.url))


def file(url: str) -> str:
    """What two addresses of one picture share: outlets write the size that they ask for before or behind it."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def before_credit(caption: str) -> str:
    """What stands between a caption and the credit after it: a stop where the outlet has set none."""
    return ". " if caption[-1:].isalnum() and caption[-1:] < "\u2e80" else " "


def credit(picture: Picture) -> str:
    """Whose picture it is, in words."""
    given = picture.credit or ""
    if not given or given in (picture.caption or ""):
        return ""
    if ":" in given or given.startswith(("©", "(c)", "(C)")):
        return given
    return gettext("Picture: %(name)s") % {"name": given}
