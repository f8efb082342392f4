"""Documents from files and folders, in an order that never changes, so that an import can go on where it stopped.

Each file gives what it holds or a sentence on why it gives nothing; no bad file ends the walk. Archives are opened
by `archives` and `mhtml`; what a page says is read elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coranto.articles import Document
from coranto.sources import codings, mhtml
from coranto.sources.archives import LARGEST_MEMBER, Key, Trouble, count_pages, wacz_pages, warc_pages

KINDS = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "page",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".warc": "warc",
    ".wacz": "wacz",
    ".opml": "opml",
}
PACKED = frozenset((".html", ".htm", ".xhtml", ".txt", ".warc"))
"""Endings that may be followed by .gz."""
MEDIA_TYPES = {".txt": "text/plain", ".xhtml": "application/xhtml+xml"}
HEAD = 4_096
"""Bytes at a saved page's beginning where browsers note its address."""
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]{1,2000})\s*-->", re.I)
SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S{1,2000})\s+saved date:\s*([^\n(]{1,60})", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it came from: `path` the file, `position` its place in the walk (see `documents`)."""

    position: str
    path: Path
    document: Document


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """A list of subscriptions (OPML), not parsed yet."""

    position: str
    path: Path
    body: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, or the `member` of one, that gave nothing. `message` names it; `remedy` says what to do."""

    position: str
    path: Path
    member: str | None
    message: str
    remedy: str


def documents(
    path: Path, after: str | None = None, largest: int = LARGEST_MEMBER
) -> Iterator[Found | Subscriptions | Unreadable]:
    """All that `path`, a file or a folder with everything below it, holds.

    The order is that of the names' bytes, folder by folder; within an archive, that of its records. A position is
    the file's path below `path`, '#', and the place within the file; given as `after`, it makes the walk go on
    behind it (ValueError for what is no position). `largest` bounds each document's size in bytes, unpacked, and
    with it the memory. In folders, files of other kinds, hidden ones, links that lead out of the folder, and the
    folders in which browsers put a saved page's pictures are passed over. Never raises for what is in the files.
    """
    resume_at, resume_key = _place(after) if after is not None else (None, ())
    for relative, file in _walk(path):
        order = _order(relative)
        if resume_at is not None and order < resume_at:
            continue
        skip = resume_key if order == resume_at else ()
        name = _shown(relative)
        try:
            for key, item in _contents(file, skip, largest):
                # What ends an archive is reported again, however far behind its beginning one goes on.
                if skip and key <= skip:
                    continue
                yield _item(f"{name}#{':'.join(map(str, key))}", file, item)
        except OSError as reason:
            if not skip:
                yield _item(f"{name}#0", file, _trouble_of(reason))


def count(path: Path) -> int:
    """How many items `documents(path)` gives, or a little more: archives are scanned, other files only listed."""
    total = 0
    for _, file in _walk(path):
        try:
            total += count_pages(file) if _kind(file.name)[0] in ("warc", "wacz") else 1
        except OSError:
            total += 1
    return total


def _item(position: str, file: Path, item: Document | bytes | Trouble) -> Found | Subscriptions | Unreadable:
    if isinstance(item, Document):
        return Found(position, file, item)
    if isinstance(item, bytes):
        return Subscriptions(position, file, item)
    where = f"{file}, {item.member}" if item.member else str(file)
    return Unreadable(position, file, item.member, f"{where}: {item.message}.", item.remedy)


def _contents(file: Path, after: Key, largest: int) -> Iterator[tuple[Key, Document | bytes | Trouble]]:
    kind, ending = _kind(file.name)
    if kind in ("warc", "wacz"):
        _regular(file)
        yield from (warc_pages if kind == "warc" else wacz_pages)(file, after, largest)
    elif not after:
        yield (0,), _whole(file, kind, ending, largest)


def _whole(file: Path, kind: str, ending: str, largest: int) -> Document | bytes | Trouble:
    """What a file that holds one thing holds."""
    size = _regular(file)
    if kind == "unknown":
        return Trouble(
            "this kind of file is not read",
            "Import .html, .txt (each also as .gz), .mhtml, .warc, .warc.gz, .wacz or .opml.",
        )
    too_large = Trouble(f"it is larger than {largest // 1_048_576} MB", "It is no article; leave it out.")
    if size > largest:
        return too_large
    with file.open("rb") as stream:
        data = stream.read(largest + 1)
    try:
        if file.name.lower().endswith(".gz"):
            data = codings.gunzip(data, largest)
    except codings.TooLarge:
        return too_large
    except codings.Broken as reason:
        return Trouble(f"it is damaged: {reason}", "Copy it again from where it came.")
    if not data.strip():
        return Trouble("it is empty", "Save the page again.")
    if kind == "opml":
        return data
    if kind == "mhtml":
        try:
            return mhtml.document(data)
        except mhtml.NoPage as reason:
            return Trouble(str(reason), "Save the page again, as a single file.")
    return _page(data, ending)


def _page(data: bytes, ending: str) -> Document:
    """A saved page, with the address and the time that the browser noted in it."""
    url, captured = None, None
    head = data[:HEAD]
    if single := SINGLE_FILE.search(head):
        url, captured = single[1], _browser_date(single[2].decode("ascii", "ignore"))
    elif saved := SAVED_FROM.search(head):
        url = saved[1]
    return Document(
        url=url.decode("utf-8", "replace") if url and ending != ".txt" else None,
        body=data,
        media_type=MEDIA_TYPES.get(ending, "text/html"),
        fetched=datetime.now(UTC),
        captured=captured,
    )


def _browser_date(text: str) -> datetime | None:
    """The date as a browser's `Date.toString()` gives it, 'Tue Nov 24 2026 18:03:11 GMT+0100'."""
    try:
        return datetime.strptime(text.strip(), "%a %b %d %Y %H:%M:%S GMT%z")
    except ValueError:
        return None


def _kind(name: str) -> tuple[str, str]:
    """What a file is by its name's ending, and that ending without .gz."""
    name = name.lower()
    stem, ending = os.path.splitext(name.removesuffix(".gz"))
    if name.endswith(".gz") and ending not in PACKED:
        return "unknown", ending
    return (KINDS.get(ending, "unknown") if stem else "unknown"), ending


def _walk(path: Path) -> Iterator[tuple[str, Path]]:
    """The files to read, each with its path below `path`, and last the folders that could not be opened; `path` itself
    where it is no folder."""
    if not path.is_dir():
        yield path.name, path
        return
    root = path.resolve()
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        saved = {os.path.splitext(name)[0] for name in names}
        folders[:] = [name for name in sorted(folders, key=os.fsencode) if not _passed_over(name, saved)]
        for name in sorted(names, key=os.fsencode):
            file = Path(folder, name)
            if name.startswith(".") or _kind(name)[0] == "unknown":
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(root):
                continue
            yield str(file.relative_to(path)), file
    for reason in closed:
        folder = Path(os.fsdecode(reason.filename))
        yield str(folder.relative_to(path)), folder


def _passed_over(folder: str, saved: set[str]) -> bool:
    return folder.startswith(".") or any(folder == f"{name}{end}" for name in saved for end in ("_files", ".files"))


def _order(relative: str) -> tuple:
    """The key by which `_walk` sorts: a folder's own files come before its folders'."""
    *folders, name = (os.fsencode(part) for part in Path(relative).parts)
    return tuple((1, folder) for folder in folders) + ((0, name),)


def _shown(relative: str) -> str:
    """A path as text that can be stored and read back: bytes that are no UTF-8 are written as %XX, % as %25."""
    escaped = relative.replace("%", "%25")
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in escaped)


def _place(position: str) -> tuple[tuple, Key]:
    """A position taken apart: the file's order, the key within it. Raises ValueError for what is no position."""
    shown, mark, key = position.rpartition("#")
    if not mark or not re.fullmatch(r"\d{1,20}(:\d{1,20})?", key):
        raise ValueError(f"{position!r} is no position of an import")
    relative = re.sub(r"%([0-9A-F]{2})", lambda m: "%" if m[1] == "25" else chr(0xDC00 + int(m[1], 16)), shown)
    return _order(relative), tuple(map(int, key.split(":")))


def _regular(file: Path) -> int:
    """The size of `file`. Raises OSError where it is none: a pipe or a device would never end."""
    status = file.stat()
    if stat.S_ISDIR(status.st_mode):
        # A folder comes this far only if it could not be listed.
        raise PermissionError(f"{file} cannot be listed")
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is no ordinary file")
    return status.st_size


def _trouble_of(reason: OSError) -> Trouble:
    if isinstance(reason, FileNotFoundError):
        return Trouble("there is no such file or folder", "Check the path's spelling.")
    if isinstance(reason, PermissionError):
        return Trouble("it may not be read", "Give the user that runs Coranto permission to read it.")
    detail = reason.strerror or str(reason)
    return Trouble(f"it cannot be read ({detail})", "Check the disk and the file, and copy it again if need be.")
