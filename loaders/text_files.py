"""Read small text files that a person writes: mappings and review files."""

from __future__ import annotations

from pathlib import Path

from loaders.forms import is_folder, system_message
from loaders.problems import unreadable

MOST_BYTES = 5_000_000


def written_text(path: Path) -> str:
    """The text of a file. Raises Unreadable for a link, device or folder, and if it is not UTF-8 or too large."""
    try:
        if is_folder(path):
            raise unreadable("device", path.name)
        if path.stat().st_size > MOST_BYTES:
            raise unreadable("text_too_large", path.name, most=MOST_BYTES)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable("wrong_encoding", path.name, encoding="utf-8") from error
    except OSError as error:
        raise unreadable("cannot_read", path.name, why=system_message(error)) from error
