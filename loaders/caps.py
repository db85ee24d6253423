"""Limits of files: larger files are refused with a message before they fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.limits import ID_LENGTH


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one file. Each is a setting; docs/importing.md lists them.

    Attributes:
        unpacked_unasked: bytes of an unpacked workbook below which `ratio` is not checked.
        ratio: the most unpacked bytes for each packed byte.
        letters: mails of a mailbox.
        events: meetings of a calendar, each occurrence counted.
        parties: people of one mail or meeting.
        occurrences: how often a recurring meeting is expanded.
        depth: levels of child records in a JSON tree.
        small_bytes: size below which a file gets `small_memory` instead of `memory`.
        seconds: computing time for any file, with `seconds_a_megabyte` for each megabyte.
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
        """Bytes of memory allowed for reading a file of this size."""
        return self.small_memory if size < self.small_bytes else self.memory

    def seconds_of(self, size: int) -> int:
        """Seconds of computing time allowed for reading a file of this size."""
        return self.seconds + size // 1_000_000 * self.seconds_a_megabyte


DEFAULT_CAPS = Caps()
