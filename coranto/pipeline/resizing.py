"""A picture made ready for pages: decoded with suspicion, turned upright, stripped of all else, written small as WebP.

As a program it does so for one picture after the other, from standard input to standard output, so that a file that
takes its decoder down takes nothing else along; `picturing` starts it and watches the clock.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageFilter, ImageOps

from coranto.pictures import LONGEST_SIDES, MOST_BYTES, SMALLEST, SQUARE, KeptPicture

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""What is decoded, told by the bytes themselves. SVG is a program rather than a picture and not among them."""
MOST_PIXELS = 40_000_000
MEMORY = 1536 * 1024 * 1024
QUALITIES = (80, 70, 60, 48, 36, 24)


@dataclass(frozen=True, slots=True)
class Resized:
    """A picture in all its sizes. `width` and `height` are the original's, upright; `files` holds WebP by slot."""

    width: int
    height: int
    files: dict[int, bytes]


class Refused(Exception):
    """Why a file is not shown, in a sentence."""


def resize(body: bytes) -> Resized:
    """All sizes of the picture in `body`. Raises `Refused` for everything that is none, or none that is shown."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(body), formats=KINDS) as opened:
            return all_sizes(opened)
    except Refused:
        raise
    except (Image.UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise Refused("It is no picture of a kind that is shown here.") from fault
    except (Exception, MemoryError) as fault:  # a decoder raises whatever its library made of a broken file
        raise Refused(f"It cannot be decoded ({type(fault).__name__}).") from fault


def all_sizes(opened: ImageFile.ImageFile) -> Resized:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise Refused(f"It has {width * height / 1e6:.0f} megapixels; {MOST_PIXELS / 1e6:.0f} are the most.")
    if min(width, height) < SMALLEST:
        raise Refused(f"It measures {width} by {height} pixels.")
    if max(width, height) > min(width, height) * LONGEST_SIDES:
        raise Refused("It is a banner.")
    turned = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    kept = KeptPicture(0, height, width, 0) if turned else KeptPicture(0, width, height, 0)
    sizes = kept.sizes()
    large = reduced(opened, max(sizes.values(), key=max))
    files = {slot: written(fit(large, size)) for slot, size in sizes.items()}
    side = kept.square()
    files[SQUARE] = written(ImageOps.fit(large, (side, side), Image.Resampling.LANCZOS))
    return Resized(kept.width, kept.height, files)


def reduced(opened: ImageFile.ImageFile, size: tuple[int, int]) -> Image.Image:
    """The picture in plain RGB, upright, of that size. It is made smaller before anything else is done to it, which
    keeps memory low; a JPEG is decoded smaller in the first place."""
    opened.draft("RGB", (max(size) * 2, max(size) * 2))
    image = opened
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode in ("1", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((max(size), max(size)), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    profile = opened.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "La", "RGBa"):
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if profile and image.mode in ("RGB", "CMYK"):
        image = in_standard_colours(image, profile)
    plain = fit(image.convert("RGB"), size)
    plain.info = {}
    return plain


def in_standard_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB; as it is where its profile makes no sense."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    return image


def fit(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def written(image: Image.Image) -> bytes:
    """The picture as WebP of at most `MOST_BYTES`: as good as fits, and softened where even the worst does not."""
    for quality in QUALITIES:
        if len(body := webp(image, quality)) <= MOST_BYTES:
            return body
    for radius in (1, 2, 4, 8, 16):
        if len(body := webp(image.filter(ImageFilter.GaussianBlur(radius)), QUALITIES[-1])) <= MOST_BYTES:
            return body
    raise Refused("It cannot be made small enough.")


def webp(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def serve() -> None:
    """Answer each picture (its length in a line, its bytes) with a line of JSON and the bytes of its versions, until
    standard input ends."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while line := given.readline():
        body = given.read(int(line))
        try:
            made = resize(body)
        except Refused as refusal:
            answer, files = {"refused": str(refusal)}, []
        else:
            sizes = {slot: len(file) for slot, file in made.files.items()}
            answer, files = {"width": made.width, "height": made.height, "sizes": sizes}, list(made.files.values())
        told.write(json.dumps(answer).encode() + b"\n" + b"".join(files))
        told.flush()


if __name__ == "__main__":
    serve()
