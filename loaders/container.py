"""Check the file around a spreadsheet before it is unpacked: size, password, damage, archive bombs."""

from __future__ import annotations

import os
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from loaders.caps import Caps
from loaders.problems import unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: an old .xls workbook, or anything that Office encrypts."""

ZIP = b"PK"
_ENCRYPTED = 1
_START = 100
_PARTS_OF = {"xl/workbook.xml": ".xlsx", "content.xml": ".ods"}
"""A part that tells the ending of a workbook."""


def first_bytes(file: BinaryIO, name: str, caps: Caps) -> bytes:
    """The first bytes of a file. Raises Unreadable if it is empty or too large."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise unreadable("empty_file", name)
    if size > caps.file_bytes:
        raise unreadable("too_many_bytes", name, most=caps.file_bytes)
    start = file.read(_START)
    file.seek(0)
    return start


def check_archive(file: BinaryIO, name: str, caps: Caps, required: str) -> None:
    """Refuse a file that is not a ZIP archive with the `required` part, by its table of contents. Raises Unreadable."""
    start = first_bytes(file, name, caps)
    if start.startswith(OLE):
        raise unreadable("encrypted_or_old", name)
    if not start.startswith(ZIP):
        raise unreadable("not_a_workbook", name, ending=PurePath(name).suffix or ".xlsx")
    size = file.seek(0, os.SEEK_END)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise unreadable("truncated_workbook", name) from error
    _check_members(name, members, size, caps, required)
    file.seek(0)


def _check_members(name: str, members: list[zipfile.ZipInfo], size: int, caps: Caps, required: str) -> None:
    if len(members) > caps.members:
        raise unreadable("too_many_members", name, most=caps.members)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise unreadable("encrypted_or_old", name)
    # zipfile reads no more of a member than its entry claims, so that the claims bound what is unpacked.
    unpacked = sum(member.file_size for member in members)
    if unpacked > caps.unpacked_bytes or (unpacked > caps.unpacked_unasked and unpacked > caps.ratio * size):
        raise unreadable("unpacks_too_large", name, found=unpacked)
    parts = {member.filename for member in members}
    if required not in parts:
        other = next((ending for part, ending in _PARTS_OF.items() if part in parts), None)
        raise (
            unreadable("archive_not_workbook", name)
            if other is None
            else unreadable("other_ending", name, ending=other)
        )
