"""`settings.env` changed in place: some options get new values, every other line and comment stays as it is.

The file is written whole or not at all, and only what reads back as it was meant.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from coranto.settings import BY_NAME, FILE, SettingError, read_file, template

PLAIN = re.compile(r"[^\s'\"#$\\]*")


def change(data: Path, values: Mapping[str, str]) -> None:
    """Write options of the data folder: each name with its value, an empty one to go back to the default.

    Raises `SettingError` for an unknown name, a value that its option does not take or that cannot be written down,
    and where the file cannot be written."""
    for name, value in values.items():
        refuse(name, value)
    path = data / FILE
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else template()
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        written = changed(text, values)
        aside = path.with_name(f"{FILE}.{os.getpid()}")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                os.fchmod(file.fileno(), mode)
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            read_back(aside, read_file(path), values)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{path} cannot be written ({error})", "Give the user that runs Coranto the right to write it"
        ) from None


def refuse(name: str, value: str) -> None:
    """Raise `SettingError` for what may not stand in the file."""
    option = BY_NAME.get(name)
    if option is None:
        raise SettingError(f"There is no option {name}", "The options are listed in docs/settings.md")
    try:
        option.read(value or option.default)
    except ValueError as expected:
        raise SettingError(f"{name} cannot be {value!r}", f"Expected: {expected}") from None
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in value) or "'" in value and '"' in value:
        raise SettingError(f"{name} cannot be {value!r}", "Leave out line ends, and use one kind of quotation mark")


def changed(text: str, values: Mapping[str, str]) -> str:
    """The file's text with these options set; a line of its own where none spoke of one before."""
    lines, left = text.split("\n"), dict(values)
    for place, line in enumerate(lines):
        name = line.partition("=")[0].strip().removeprefix("export ").strip()
        if name in values:
            # The last line of an option counts, so every one of them goes.
            lines[place] = f"{name}={quoted(values[name])}" if name in left and values[name] else f"# {name}="
            left.pop(name, None)
    for name, value in left.items():
        if not value:
            continue
        commented = next((n for n, line in enumerate(lines) if re.match(rf"#\s*{name}=", line)), None)
        if commented is None:
            lines[len(lines) - (not lines[-1]) :] = [f"{name}={quoted(value)}", ""]
        else:
            lines[commented] = f"{name}={quoted(value)}"
    return "\n".join(lines)


def quoted(value: str) -> str:
    """A value as the file's reader takes it for itself."""
    if PLAIN.fullmatch(value):
        return value
    return f"'{value}'" if "'" not in value else f'"{value}"'


def read_back(path: Path, before: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Raise `SettingError` unless the new file says what was asked for, and else what the former one said."""
    wanted = {name: value for name, value in {**before, **values}.items() if value}
    found = {name: value for name, value in read_file(path).items() if value}
    if found != wanted:
        odd = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        raise SettingError(f"{', '.join(odd)} cannot be written down like that", "Use plain letters, digits and blanks")
