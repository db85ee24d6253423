"""Parts that are made of an account and kept beside its records, so that they need not be made again.

There are two parts: the coded columns that the measures read, and the records in one piece, which spares a query for
each kind. To the store both are opaque. They are kept for one revision of the account and removed in the transaction of
the next change. They are no part of the records, the journal or the digest.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graph.store.revisions import Revisions

VARIABLE = "SWAYMAP_KEEP_COLUMNS"
"""The variable of the environment that turns keeping off."""

_OFF = frozenset({"0", "false", "f", "no", "n", "off"})


class Part(StrEnum):
    """The parts that are kept of an account."""

    COLUMNS = "columns"
    RECORDS = "records"


class CodedColumns(NamedTuple):
    """A part of an account as bytes, and the sizes of its pieces."""

    sizes: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """Revisions and the columns that were kept for just these revisions, both of one moment.

    `revisions` is None where an older store has none. Columns of the shared kinds have the key `revisions.SHARED`.
    """

    revisions: Revisions | None
    columns: Mapping[str, CodedColumns]


def checksum(store: str, account: str, revision: int, format_number: int, columns: CodedColumns) -> bytes:
    """The checksum to keep with columns; it is that of one store (by its identity), account, revision and format.

    The bytes themselves are covered by their lengths and CRC-32, which tells apart what was cut short or damaged and is
    several times faster than a cryptographic hash.
    """
    content = zlib.crc32(columns.data, zlib.crc32(columns.sizes))
    named = (store, account, revision, format_number, len(columns.sizes), len(columns.data), content)
    return hashlib.blake2b(repr(named).encode(), digest_size=16).digest()


def keeps_by_environment() -> bool:
    """Whether columns are kept, by the variable `SWAYMAP_KEEP_COLUMNS`; they are where it is not set."""
    return os.environ.get(VARIABLE, "").strip().lower() not in _OFF
