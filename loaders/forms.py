"""Detect the form of a file by its name and its first bytes, and list the files of a folder."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from loaders.problems import unreadable

Form = Literal["csv", "json", "workbook", "ods", "xls", "parquet", "mail", "calendar"]

BY_NAME: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".json": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".ods": "ods",
    ".xls": "xls",
    ".parquet": "parquet",
    ".mbox": "mail",
    ".eml": "mail",
    ".ics": "calendar",
}

_MAIL_HEAD = re.compile(rb"(?:from|received|return-path|delivered-to|date|to|message-id|subject|mime-version): ", re.I)
DEEPEST = 8
"""How many levels deep folders may be nested."""

_ARCHIVE = b"PK\x03\x04"
_START = 1_000
"""The first bytes of a file, which tell its form."""


def form_of(path: Path) -> Form | None:
    """The form of a file: mail and calendars by their first bytes, others by the ending; None if unknown.

    An archive without an ending counts as a workbook, and is refused later if it is not one.
    """
    named = BY_NAME.get(path.suffix.casefold())
    with path.open("rb") as file:
        start = file.read(_START).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"From ", b"From:")) or _MAIL_HEAD.match(start):
        return "mail"
    if start[:15].upper() in (b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"):
        return "calendar"
    return named or ("workbook" if start.startswith(_ARCHIVE) and not path.suffix else None)


def text_form_of(path: Path) -> Form | None:
    """The form of a text file without a telling ending (.txt, .dat, none): JSON or CSV; None if neither."""
    if path.suffix.casefold() not in ("", ".txt", ".dat"):
        return None
    with path.open("rb") as file:
        start = file.read(_START)
    if start.lstrip()[:1] in (b"{", b"["):
        return "json"
    first = start.splitlines()[0] if start.strip() else b""
    return "csv" if any(delimiter in first for delimiter in (b",", b";", b"\t", b"|")) else None


def is_folder(path: Path) -> bool:
    """Whether a path is a folder. Raises Unreadable where it is neither a folder nor a regular file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError as error:
        raise unreadable("no_such_file", str(path)) from error
    except (OSError, ValueError) as error:
        raise unreadable("cannot_read", str(path), why=system_message(error)) from error
    if stat.S_ISLNK(mode):
        raise unreadable("link", path.name)
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise unreadable("device", path.name)
    return stat.S_ISDIR(mode)


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a known form in a folder and its subfolders, sorted by name.

    Links, devices, and folders that are named like a table are included, so that reading refuses them by name. Raises
    Unreadable, OSError.
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


def system_message(error: Exception) -> str:
    """The operating system's words for an error, else the name of its class."""
    return getattr(error, "strerror", None) or type(error).__name__
