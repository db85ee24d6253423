"""The file around a workbook: encrypted, cut off, none at all or made to hurt, it is refused before it is unpacked."""

from __future__ import annotations

import os
import zipfile
from typing import BinaryIO

from loaders.caps import Caps
from loaders.problems import unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 1


def check_container(file: BinaryIO, name: str, caps: Caps) -> None:
    """Refuse what is no workbook, by its first bytes and its table of contents. Raises Unreadable."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(8)
    if size == 0:
        raise unreadable("empty_file", name)
    if size > caps.file_bytes:
        raise unreadable("too_many_bytes", name, most=caps.file_bytes)
    if start == _OLE:
        raise unreadable("encrypted_or_old", name)
    if not start.startswith(b"PK"):
        raise unreadable("not_a_workbook", name)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        raise unreadable("truncated_workbook", name) from wrong
    _check_members(name, members, size, caps)


def _check_members(name: str, members: list[zipfile.ZipInfo], size: int, caps: Caps) -> None:
    if len(members) > caps.members:
        raise unreadable("too_many_members", name, most=caps.members)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise unreadable("encrypted_or_old", name)
    # Python reads no more of a member than its entry claims, so the claims bound what is unpacked.
    unpacked = sum(member.file_size for member in members)
    if unpacked > caps.unpacked_bytes or (unpacked > caps.unpacked_unasked and unpacked > caps.ratio * size):
        raise unreadable("unpacks_too_large", name, found=unpacked)
    if "[Content_Types].xml" not in {member.filename for member in members}:
        raise unreadable("archive_not_workbook", name)
