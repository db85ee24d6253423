"""The file of a deck: the same content gives the same bytes, whenever it is written."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pptx.presentation import Presentation

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file knows."""


def saved(deck: Presentation, title: str, as_of: datetime.date) -> bytes:
    """The deck as bytes: dated by the day that it shows, in the ZIP file by none."""
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], "swaymap", "swaymap"
    properties.created = properties.modified = datetime.datetime.combine(as_of, datetime.time())
    properties.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return undated(written.getvalue())


def undated(package: bytes) -> bytes:
    """A ZIP file with the same members in the same order, without the time of day."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as write:
        for member in read.infolist():
            plain = zipfile.ZipInfo(member.filename, EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            plain.create_system = 3
            write.writestr(plain, read.read(member.filename))
    return made.getvalue()
