"""The site's icon in sizes that devices ask for, drawn as `static/icon.svg` is: three lines of a page on ink."""

from __future__ import annotations

from io import BytesIO

TOUCH = "icon-180.png"
SIZES = {TOUCH: 180, "icon-192.png": 192, "icon-512.png": 512}
GRID = 32
INK, PAPER = "#15181b", "#ffffff"
LINES = ((6, 8, 26, 13), (6, 16, 26, 18), (6, 22, 19, 24))
"""Left, top, right, bottom on the grid; all within the circle that a device may cut the icon to."""


def drawn() -> dict[str, bytes]:
    """Every icon by its file name, as PNG. The ground reaches the edges: a device may cut it to its own form."""
    from PIL import Image, ImageDraw

    found = {}
    for name, size in SIZES.items():
        picture = Image.new("RGB", (size, size), INK)
        pen = ImageDraw.Draw(picture)
        for left, top, right, bottom in LINES:
            unit = size / GRID
            start, end = (round(left * unit), round(top * unit)), (round(right * unit) - 1, round(bottom * unit) - 1)
            pen.rectangle((start, end), PAPER)
        held = BytesIO()
        picture.save(held, "PNG", optimize=True)
        found[name] = held.getvalue()
    return found
