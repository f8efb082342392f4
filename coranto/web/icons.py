"""The site's icon in sizes that devices ask for, drawn as `static/icon.svg` is: three lines of a page on ink."""

from __future__ import annotations

from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from coranto.web.faces import write

TOUCH = "icon-180.png"
SIZES = {TOUCH: 180, "icon-192.png": 192, "icon-512.png": 512}
GRID = 32
INK, PAPER = "#15181b", "#ffffff"
LINES = ((6, 8, 26, 13), (6, 16, 26, 18), (6, 22, 19, 24))
"""Left, top, right, bottom on the grid; all within the circle that a device may cut the icon to."""


def kept(folder: Path) -> dict[str, bytes]:
    """The icons as they were drawn into `folder` once (`made_once`): a process that draws them keeps 8 MB of Pillow for
    as long as it runs."""
    form = blake2b(repr((SIZES, GRID, INK, PAPER, LINES)).encode(), digest_size=6).hexdigest()
    files = {name: folder / f"{form}-{name}" for name in SIZES}
    if not all(file.is_file() for file in files.values()):
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in drawn().items():
            write(files[name], picture)
    return {name: file.read_bytes() for name, file in files.items()}


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
