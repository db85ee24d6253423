"""Files and folders that swaymap makes: only their owner may read them, whatever the umask.

New files have mode 0600, new folders 0700. What is there already keeps the mode that its owner gave it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def make_folder(path: Path) -> None:
    """Make a folder, and those that it is in, where they are not there. Raises OSError."""
    if not path.is_dir():
        if path.parent != path:
            make_folder(path.parent)
        # Another may make it at the same moment; a file of that name is an error.
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file, where there is none. Raises OSError.

    One that is there is not opened: closing it would end the locks that SQLite holds on it in this process.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. Text is UTF-8. Raises OSError."""
    place = Path(os.path.realpath(path))
    beside = place.with_name(f".{place.name}.part")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(place.stat().st_mode))
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
