"""The faces of headlines and texts, cut once from a package to the letters that Latin scripts need.

Source Serif is optional: where `font-source-serif-pro` and `fonttools` are installed (requirements/faces.txt),
DATA/fonts gets four small files and their licence at the first start; without them the system's serif is the design.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Source Serif Pro"
CUTS = (("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal"), ("Bold", 700, "normal"))
LETTERS = (*range(0x20, 0x250), *range(0x2000, 0x2070), 0x20AC, 0x2122, *range(0x2190, 0x2194))
FEATURES = ["kern", "liga", "lnum", "tnum", "onum", "pnum", "mark", "mkmk", "ccmp", "locl"]
LICENCE = "OFL.txt"


def file_name(cut: str) -> str:
    """'source-serif-pro-bold.woff2'."""
    return f"source-serif-pro-{cut.lower()}.woff2"


def cut_to(folder: Path) -> bool:
    """Write the faces that are missing in `folder`, about 20 KB each; False where the packages are not there."""
    package, tools = find_spec("font_source_serif_pro"), find_spec("fontTools")
    if package is None or tools is None or not package.submodule_search_locations:
        return False
    originals = Path(next(iter(package.submodule_search_locations))) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for cut, _, _ in CUTS:
        if not (folder / file_name(cut)).exists():
            write(folder / file_name(cut), cut_face(originals / f"SourceSerifPro-{cut}.ttf", folder))
    if not (folder / LICENCE).exists():
        write(folder / LICENCE, (originals / "LICENSE.txt").read_bytes())
    return True


def cut_face(original: Path, folder: Path) -> bytes:
    """A face with `LETTERS` alone, as WOFF2."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    face = subset.load_font(str(original), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(face)
    aside = folder / f"{original.stem}.{os.getpid()}"
    try:
        subset.save_font(face, str(aside), options)
        return aside.read_bytes()
    finally:
        aside.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(path)
