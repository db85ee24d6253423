"""How large a file may be: what is larger is refused with a message, not read until the memory is full."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one file. Bytes are bytes; `ratio` is unpacked size over packed size, asked of large files only."""

    file_bytes: int = 1_000_000_000
    rows: int = 2_000_000
    columns: int = 256
    cell_characters: int = 32_767
    id_characters: int = 200
    members: int = 2_000
    unpacked_bytes: int = 1_000_000_000
    unpacked_unasked: int = 50_000_000
    ratio: int = 200


DEFAULT_CAPS = Caps()
