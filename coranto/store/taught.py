"""The model that readers' logs have taught, in the data folder: one in use, and the one before it."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import NamedTuple

from coranto.ranking import Model, NoModel
from coranto.store.originals import Keeping

log = logging.getLogger("coranto.store")

FILE, BEFORE = "recommendation.json", "recommendation.before.json"
TICK = 2_000_000_000
"""Nanoseconds within which a file may be written again without another time: of the coarsest clock of a file system."""


class Known(NamedTuple):
    """What was read of a file, and the state in which it was."""

    state: tuple[int, int, int]
    content: bytes
    model: Model | None


_read: dict[Path, Known] = {}


def current() -> Model | None:
    """The model in use; None where there is none, or the file holds something else, which is then said in the log."""
    path = Keeping.data / FILE
    try:
        found = path.stat()
        state, known = (found.st_ino, found.st_mtime_ns, found.st_size), _read.get(path)
        if known is None or known.state != state or abs(time.time_ns() - found.st_mtime_ns) < TICK:
            content = path.read_bytes()
            model = known.model if known is not None and known.content == content else read(path, content)
            _read[path] = known = Known(state, content, model)
    except OSError:
        return None
    return known.model


def read(path: Path, content: bytes) -> Model | None:
    """The model that a file holds; None, with a line in the log, where it is none."""
    try:
        return Model.read(content.decode())
    except UnicodeDecodeError:
        reason = "It is no text."
    except NoModel as fault:
        reason = str(fault)
    log.warning("For you does without the model in %s. %s", path, reason)
    return None


def keep(model: Model) -> None:
    """Use this model from now on; the one before it is put aside."""
    path = Keeping.data / FILE
    aside = path.with_suffix(".new")
    aside.write_text(model.text(), encoding="utf-8")
    if path.exists():
        os.replace(path, path.with_name(BEFORE))
    os.replace(aside, path)


def drop() -> bool:
    """Go back to the model before, or to none; False where none was in use."""
    path = Keeping.data / FILE
    if not path.exists():
        return False
    path.unlink()
    if path.with_name(BEFORE).exists():
        os.replace(path.with_name(BEFORE), path)
    return True
