"""Text widths without a browser, from advance widths of the page's fonts with some slack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

SLACK = 1.03
"""Fonts of the stack differ by a few per cent."""


@cache
def _advances() -> dict[str, dict[str, int]]:
    loaded: dict[str, dict[str, int]] = json.loads((files("viz.scene") / "advances.json").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in pixels at a font size in pixels. Chinese characters are as wide as high."""
    advances = _advances()["bold" if bold else "regular"]
    return sum(_advance(ch, advances) for ch in text) / 1000.0 * size * SLACK


def _advance(ch: str, advances: Mapping[str, int]) -> int:
    """The width of a character in thousandths of the font size."""
    return advances.get(ch) or (1000 if ord(ch) >= 0x1100 else 620)


def cut(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    if width_of(text, size, bold) <= room:
        return text
    advances = _advances()["bold" if bold else "regular"]
    wide, kept = _advance("…", advances), 0
    for ch in text:
        wide += _advance(ch, advances)
        if wide / 1000.0 * size * SLACK > room:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def wrap(text: str, size: float, room: float, lines: int, bold: bool = False) -> tuple[tuple[str, ...], bool]:
    """The text in at most so many lines of at most this width, and whether something was cut.

    Latin text breaks at spaces, Chinese anywhere.
    """
    words = _pieces(text)
    made: list[str] = []
    line = ""
    for place, word in enumerate(words):
        longer = line + word
        if width_of(longer.rstrip(), size, bold) <= room or not line:
            line = longer
            continue
        if len(made) == lines - 1:
            line += "".join(words[place:])
            break
        made.append(line.rstrip())
        line = word.lstrip()
    last = cut(line.rstrip(), size, room, bold)
    firsts = [cut(full, size, room, bold) for full in made]
    return (*firsts, last), last != line.rstrip() or firsts != made


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    word = ""
    for ch in text:
        if ord(ch) >= 0x2E80:
            pieces += [word, ch] if word else [ch]
            word = ""
        else:
            word += ch
            if ch in " -":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces
