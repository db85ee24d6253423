"""How large a file may be: what is larger is refused with a message, not read until the memory is full."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.limits import ID_LENGTH


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one file. Bytes are bytes; `ratio` is unpacked size over packed size, asked of large files only.

    `letters` and `events` are those of a mailbox and a calendar, `parties` the people of one of them, `occurrences` how
    often a meeting may come back, `depth` how far children may stand below the records of a tree.
    """

    file_bytes: int = 1_000_000_000
    rows: int = 2_000_000
    columns: int = 256
    cell_characters: int = 32_767
    id_characters: int = ID_LENGTH
    members: int = 2_000
    unpacked_bytes: int = 1_000_000_000
    unpacked_unasked: int = 50_000_000
    ratio: int = 200
    letters: int = 2_000_000
    letter_head_bytes: int = 200_000
    events: int = 200_000
    parties: int = 1_000
    occurrences: int = 5_000
    depth: int = 5
    small_bytes: int = 5_000_000
    small_memory: int = 512_000_000
    memory: int = 1_500_000_000
    seconds: int = 10
    seconds_a_megabyte: int = 10

    def memory_of(self, size: int) -> int:
        """Bytes of memory that reading a file of this size may take."""
        return self.small_memory if size < self.small_bytes else self.memory

    def seconds_of(self, size: int) -> int:
        """Seconds of computing that reading a file of this size may take."""
        return self.seconds + size // 1_000_000 * self.seconds_a_megabyte


DEFAULT_CAPS = Caps()
