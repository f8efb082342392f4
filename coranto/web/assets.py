"""Static files as they are served: tightened, named by their content, compressed, and kept in the data folder.

The style sheet is served as one file, made of `static/style`: `base.css` first, then one part for each kind of page;
the owner's pages have a sheet of their own on top.
`collect` does it at the first start and after a change; whitenoise then serves the folder with a year's caching. The
faces in DATA/fonts are optional: where they are, their rules are added to the style sheet.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

from coranto.web import faces, icons

MANIFEST = "manifest.json"
STYLE = "coranto.css"
STYLE_PARTS, FIRST_PART = "style/", "style/base.css"
OWN_STYLES = ("owner.css", "run.css", "check.css", "for-you.css", "differences.css")
"""Sheets of pages that few people see, served beside the one that all get."""
FACES = tuple((faces.file_name(cut), weight, posture) for cut, weight, posture in faces.CUTS)
LATIN = "U+0-24F,U+2000-206F,U+20AC,U+2122,U+2190-2193"
SCRIPTS = ("coranto.js", "reading.js")
PACKED = (".css", ".js", ".svg", ".txt")


class Collected(StaticFilesStorage):
    """Django's `{% static %}` gives the collected name."""

    def url(self, name):
        return address(name)


def address(name: str) -> str:
    """Where a static file is served: its collected name, or its plain one where it was not collected."""
    return settings.STATIC_URL + names().get(name, name)


def roman() -> str | None:
    """The address of the roman face, to be loaded ahead; None where the faces are the system's."""
    name = f"fonts/{FACES[0][0]}"
    return settings.STATIC_URL + names()[name] if name in names() else None


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Plain name to collected name."""
    try:
        return json.loads((Path(settings.STATIC_ROOT) / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return {}


def tighten(style: str) -> str:
    """A style sheet without comments and needless blanks; strings stay as they are."""
    parts = re.split(r"(\"[^\"]*\")", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    for i in range(0, len(parts), 2):
        text = re.sub(r"\s+", " ", parts[i])
        text = re.sub(r"\s*([{};,])\s*", r"\1", text)
        parts[i] = re.sub(r":\s+", ":", text).replace(";}", "}")
    return "".join(parts).strip()


def tighten_script(script: str) -> str:
    """A script without its block comments and indentation; line ends stay, so nothing changes its meaning."""
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line)


def sources() -> dict[str, bytes]:
    """Every static file by its plain name, as it will be served."""
    found: dict[str, bytes] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                found.setdefault(name.replace(os.sep, "/"), file.read())
    parts = sorted((name for name in found if name.startswith(STYLE_PARTS)), key=lambda n: (n != FIRST_PART, n))
    found[STYLE] = tighten("\n".join(found.pop(name).decode() for name in parts)).encode()
    for name in OWN_STYLES:
        found[name] = tighten(found[name].decode()).encode()
    fonts = Path(settings.FONTS)
    rules = ""
    for name, weight, posture in FACES:
        if settings.SERIF and (fonts / name).is_file():
            found[f"fonts/{name}"] = (fonts / name).read_bytes()
            file = hashed(f"fonts/{name}", found[f"fonts/{name}"])
            rules += (
                f'@font-face{{font-family:"{faces.FAMILY}";src:url({file})'
                f' format("woff2");font-weight:{weight};font-style:{posture};font-display:optional;'
                f"unicode-range:{LATIN}}}"
            )
    licence = fonts / faces.LICENCE
    if rules and licence.is_file():
        found[f"fonts/{faces.LICENCE}"] = licence.read_bytes()
    found[STYLE] = rules.encode() + found[STYLE]
    found |= icons.kept(Path(settings.ICONS))
    for name in SCRIPTS:
        found[name] = tighten_script(found[name].decode()).encode()
    return found


def hashed(name: str, data: bytes) -> str:
    """'coranto.css' to 'coranto.1f2e3d4c5b6a.css'."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{blake2b(data, digest_size=6).hexdigest()}{dot}{ending}"


def collect() -> None:
    """Write the collected files and their manifest; what is there already stays. Safe in several processes at once."""
    root = Path(settings.STATIC_ROOT)
    files = {}
    for name, data in sources().items():
        files[name] = hashed(name, data)
        target = root / files[name]
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith(PACKED):
                write(target.with_name(target.name + ".gz"), gzip.compress(data, 9, mtime=0))
                write(target.with_name(target.name + ".br"), brotli.compress(data))
            write(target, data)
    write(root / MANIFEST, json.dumps({"files": files}, indent=1, sort_keys=True).encode())
    names.cache_clear()


def write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(path)
