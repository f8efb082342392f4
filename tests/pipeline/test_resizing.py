"""Pictures made ready: what is shown, how it looks, and what is refused."""

from __future__ import annotations

import io
import random

import pytest
from picture_files import HTML, SVG, drawn, jpeg, noise, png_of_size, saved
from PIL import Image

from coranto.pictures import MOST_BYTES, KeptPicture
from coranto.pipeline.resizing import Refused, resize

TURNED = Image.Exif()
TURNED[0x0112] = 6
TURNED[0x010E] = "Taken at a secret place"


@pytest.mark.parametrize(
    ("body", "size", "slots"),
    [
        (jpeg(), (1200, 800), {480: (480, 320), 960: (960, 640), 208: (208, 208)}),
        (jpeg(300, 200), (300, 200), {480: (300, 200), 208: (200, 200)}),
        (jpeg(800, 1600), (800, 1600), {480: (240, 480), 960: (480, 960), 208: (208, 208)}),
        (jpeg(1200, 800, exif=TURNED), (800, 1200), {480: (320, 480), 960: (640, 960), 208: (208, 208)}),
        (saved(drawn(mode="CMYK"), "JPEG"), (1200, 800), {480: (480, 320), 960: (960, 640), 208: (208, 208)}),
        (saved(drawn(500, 500, "RGBA"), "PNG"), (500, 500), {480: (480, 480), 960: (500, 500), 208: (208, 208)}),
        (saved(Image.new("I;16", (100, 100), 40_000), "PNG"), (100, 100), {480: (100, 100), 208: (100, 100)}),
        (saved(drawn(700, 300), "WEBP"), (700, 300), {480: (480, 206), 960: (700, 300), 208: (208, 208)}),
        (saved(drawn(700, 300), "AVIF"), (700, 300), {480: (480, 206), 960: (700, 300), 208: (208, 208)}),
        (saved(noise(1500, 1000), "PNG"), (1500, 1000), {480: (480, 320), 960: (960, 640), 208: (208, 208)}),
    ],
)  # fmt: skip
def test_a_picture_in_all_sizes(body, size, slots):
    made = resize(body)
    assert (made.width, made.height) == size
    shown = {slot: Image.open(io.BytesIO(file)) for slot, file in made.files.items()}
    assert {slot: image.size for slot, image in shown.items()} == slots
    assert all(image.format == "WEBP" and image.mode == "RGB" for image in shown.values())
    assert all(len(file) <= MOST_BYTES for file in made.files.values())
    kept = KeptPicture(1, made.width, made.height, 0)
    assert kept.sizes() | {208: (kept.square(),) * 2} == slots
    assert b"secret" not in b"".join(made.files.values()) and not any(image.getexif() for image in shown.values())


def test_the_first_frame_of_an_animation_upright_and_in_its_colours():
    frames = [drawn(400, 400), Image.new("RGB", (400, 400), "green")]
    made = resize(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    image = Image.open(io.BytesIO(made.files[480]))
    assert not getattr(image, "is_animated", False)
    top, bottom = image.getpixel((200, 50)), image.getpixel((200, 350))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0]
    turned = Image.open(io.BytesIO(resize(jpeg(1200, 800, exif=TURNED)).files[480]))
    assert turned.getpixel((300, 240))[0] > 150 > turned.getpixel((20, 240))[0]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (SVG, "kind"), (HTML, "kind"), (b"", "kind"), (b"\xff\xd8\xff", "kind"),
        (saved(drawn(), "TIFF"), "kind"), (saved(drawn(), "BMP"), "kind"),
        (png_of_size(7000, 7000), "megapixels"), (png_of_size(60_000, 60_000), "kind"),
        (jpeg()[:4000], "decoded"),
        (saved(Image.new("RGB", (1, 1)), "GIF"), "1 by 1"), (jpeg(40, 900), "40 by 900"), (jpeg(1000, 80), "banner"),
    ],
)  # fmt: skip
def test_what_is_refused(body, why):
    with pytest.raises(Refused, match=why):
        resize(body)


def test_bytes_at_random_are_refused_or_shown_and_nothing_else():
    chance, body = random.Random(5), bytearray(jpeg(300, 200))  # noqa: S311 - a repeatable test
    for _ in range(60):
        broken = bytearray(body)
        for _ in range(8):
            broken[chance.randrange(20, len(broken))] = chance.randrange(256)
        try:
            assert resize(bytes(broken)).files
        except Refused:
            continue
