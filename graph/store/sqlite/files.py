"""The file of an embedded store: make it, identify it, copy it before an upgrade."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from graph import private_files
from graph.store.problems import store_error
from graph.store.sqlite.schema import SCHEMA_VERSION

HEAD = b"SQLite format 3\x00"
"""The first bytes of a database of SQLite."""


def is_there(path: Path) -> bool:
    """Whether anything is at a path. Raises StoreUnreachable where that cannot be found out."""
    try:
        return path.exists()
    except OSError as wrong:
        raise store_error("cannot_open", store=str(path)) from wrong


def file_id(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file, which tell it from a file put in its place; None for no file or an empty one."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_size > 0 else None


def is_empty(path: Path) -> bool:
    """Whether a file has no content, or is not there."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def has_head(path: Path) -> bool:
    """Whether a file begins as every database of SQLite does; so does one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return True


def may_be_written(path: Path) -> bool:
    """Whether a file, and the folder in which SQLite makes its own files beside it, may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def make_file(path: Path, *, with_folder: bool) -> None:
    """Make an empty file for a store where there is none, for its owner only. SQLite's own files get its mode."""
    try:
        if with_folder:
            private_files.make_folder(path.parent)
        private_files.make_file(path)
    except OSError as wrong:
        raise store_error("cannot_open", store=str(path)) from wrong


def copy_for_upgrade(path: Path, opened: Callable[[], sqlite3.Connection]) -> Path:
    """Copy a store as it is now; the copy's place, beside the store: `my.db` to `my.before-schema-3.db`.

    Raises StoreFull where the copy cannot be made.
    """
    copy = _free_place(path)
    beside = copy.with_name(f".{copy.name}.part")
    try:
        beside.unlink(missing_ok=True)
        private_files.make_file(beside)
        with closing(opened()) as source, closing(sqlite3.connect(beside)) as target:
            source.backup(target)
        beside.rename(copy)
    except (OSError, sqlite3.OperationalError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise store_error("not_copied", store=str(path), copy=str(copy), why=why) from wrong
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return copy


def _free_place(path: Path) -> Path:
    name = f"{path.stem}.before-schema-{SCHEMA_VERSION}"
    for number in itertools.count(1):
        place = path.with_name(f"{name}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not place.exists():
            return place
    raise AssertionError  # The loop has no end.
