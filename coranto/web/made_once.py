"""What is made once for a data folder, as a program: the faces cut to Latin letters, the icons drawn.

    python -m coranto.web.made_once DATA serif|system
"""

from __future__ import annotations

import sys
from pathlib import Path

from coranto.web import faces, icons


def make(data: Path, fonts: str) -> None:
    """Make what is missing; what cannot be made is done without (faces) or drawn by the site itself (icons)."""
    if fonts == "serif":
        faces.cut_to(data / "fonts")
    icons.kept(data / "icons")


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2])
