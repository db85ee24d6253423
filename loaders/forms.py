"""What a path is: a folder, or a file of which form, by its name and by how it begins."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from loaders.problems import unreadable

Form = Literal["csv", "json", "workbook", "letters", "calendar"]

BY_NAME: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".json": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".mbox": "letters",
    ".eml": "letters",
    ".ics": "calendar",
}

_LETTER = re.compile(rb"(?:from|received|return-path|delivered-to|date|to|message-id|subject|mime-version): ", re.I)
DEEPEST = 8
"""How far folders may stand in folders."""


_ARCHIVE = b"PK\x03\x04"
_BEGINS = 1_000
"""Bytes of a file that are looked at to tell its form."""


def form_of(path: Path) -> Form | None:
    """The form of a file: a mailbox and a calendar by how they begin, else by the ending; None where neither says it.

    An archive without an ending is taken for a workbook, and refused later where it is none.
    """
    named = BY_NAME.get(path.suffix.casefold())
    with path.open("rb") as file:
        start = file.read(_BEGINS).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"From ", b"From:")) or _LETTER.match(start):
        return "letters"
    if start[:15].upper() in (b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"):
        return "calendar"
    return named or ("workbook" if start.startswith(_ARCHIVE) and not path.suffix else None)


def text_form_of(path: Path) -> Form | None:
    """The form of a text file that somebody names though its ending says nothing: JSON, or a table in lines."""
    if path.suffix.casefold() not in ("", ".txt", ".dat"):
        return None
    with path.open("rb") as file:
        start = file.read(_BEGINS)
    if start.lstrip()[:1] in (b"{", b"["):
        return "json"
    first = start.splitlines()[0] if start.strip() else b""
    return "csv" if any(one in first for one in (b",", b";", b"\t", b"|")) else None


def is_folder(path: Path) -> bool:
    """Whether a path is a folder rather than a file. Raises Unreadable where it is neither."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError as wrong:
        raise unreadable("no_such_file", str(path)) from wrong
    except (OSError, ValueError) as wrong:
        raise unreadable("cannot_read", str(path), why=why(wrong)) from wrong
    if stat.S_ISLNK(mode):
        raise unreadable("link", path.name)
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise unreadable("device", path.name)
    return stat.S_ISDIR(mode)


def files_in(folder: Path) -> Iterator[Path]:
    """What in a folder, and in the folders in it, is to be read, by name; a licence or a picture beside it is not.

    Links, devices and folders called like tables come too, to be refused by name. Raises Unreadable, OSError.
    """
    return _files_in(folder, 0)


def _files_in(folder: Path, depth: int) -> Iterator[Path]:
    if depth > DEEPEST:
        raise unreadable("folder_too_deep", folder.name, most=DEEPEST)
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() in BY_NAME or path.is_symlink():
            yield path
        elif path.is_dir():
            yield from _files_in(path, depth + 1)
        elif path.is_file() and form_of(path) is not None:
            yield path


def why(wrong: Exception) -> str:
    """What the system says of an error."""
    return getattr(wrong, "strerror", None) or type(wrong).__name__
