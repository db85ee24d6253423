"""The file around a workbook: encrypted, cut off, none at all or made to hurt, it is refused before it is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from loaders.caps import Caps
from loaders.problems import unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 1


def check_container(path: Path, caps: Caps) -> None:
    """Refuse what is no workbook, by its first bytes and its table of contents. Raises Unreadable, OSError."""
    size = path.stat().st_size
    if size == 0:
        raise unreadable("empty_file", path.name)
    if size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    with path.open("rb") as file:
        start = file.read(8)
    if start == _OLE:
        raise unreadable("encrypted_or_old", path.name)
    if not start.startswith(b"PK"):
        raise unreadable("not_a_workbook", path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive.infolist(), size, caps)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        raise unreadable("truncated_workbook", path.name) from wrong


def _check_members(path: Path, members: list[zipfile.ZipInfo], size: int, caps: Caps) -> None:
    if len(members) > caps.members:
        raise unreadable("too_many_members", path.name, most=caps.members)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise unreadable("encrypted_or_old", path.name)
    # Python reads no more of a member than its entry claims, so the claims bound what is unpacked.
    unpacked = sum(member.file_size for member in members)
    if unpacked > caps.unpacked_bytes or (unpacked > caps.unpacked_unasked and unpacked > caps.ratio * size):
        raise unreadable("unpacks_too_large", path.name, found=unpacked)
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names:
        raise unreadable("archive_not_workbook", path.name)
