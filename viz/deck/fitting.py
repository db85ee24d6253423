"""Cuts texts to the number of lines that PowerPoint will have room for."""

from __future__ import annotations

from collections.abc import Sequence

from viz.scene.metrics import wrap

SAFE = {"en": 0.97, "zh": 0.9}
"""The usable share of a line: fonts differ, and PowerPoint adds space between Chinese and Latin characters."""

_WIDE = 0x2E80


def fitted(text: str, size: float, room: float, lines: int, lang: str, *, bold: bool = False) -> tuple[str, int]:
    """The text, cut with an ellipsis if it takes more than so many lines of this room, and how many it takes."""
    written, was_cut = wrap(text, size, room * SAFE[lang], lines, bold=bold)
    return (_joined(written) if was_cut else text), len(written)


def _joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one text again: Latin words broke at a space, Chinese characters at none."""
    made = lines[0]
    for line in lines[1:]:
        chinese = ord(made[-1:] or " ") >= _WIDE or ord(line[:1] or " ") >= _WIDE
        made += line if chinese or made.endswith("-") else f" {line}"
    return made
