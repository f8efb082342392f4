"""The model that readers' logs have taught, in the data folder: one in use, and the one before it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from coranto.ranking import Model
from coranto.store.originals import Keeping

log = logging.getLogger("coranto.store")

FILE, BEFORE = "recommendation.json", "recommendation.before.json"
_read: dict[Path, tuple[tuple[int, int], Model | None]] = {}
"""What was read of a file, by the state in which it was."""


def current() -> Model | None:
    """The model in use; None where there is none, or the file holds something else, which is then said in the log."""
    path = Keeping.data / FILE
    try:
        found = path.stat()
        state = found.st_mtime_ns, found.st_size
    except OSError:
        return None
    if _read.get(path, (None,))[0] != state:
        _read[path] = state, read(path)
    return _read[path][1]


def read(path: Path) -> Model | None:
    """The model in a file; None, with a line in the log, where it is none."""
    try:
        model = Model.read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        model = None
    if model is None:
        log.warning(
            "%s holds no model of this version, and For you does without one. Make one with 'coranto train', or go back"
            " to the one before with 'coranto train --undo'.", path,
        )  # fmt: skip
    return model


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
