"""Printed output: always UTF-8, and no control character from a record, a file name or an argument reaches a terminal.

The command line replaces `sys.stdout` and `sys.stderr` by `TerminalText` while it runs, so that everything printed
passes here, whichever command or library prints it. Characters that a terminal would obey, or that turn the direction
of text, are shown as JSON writes them (`\\u001b`), so that JSON on a terminal keeps its meaning.

Line breaks and tabs are layout when they come from us and data when they stand in a value. Values are therefore
printed through `line`, `lines` or `api.text.output.table`, which show them as `\\n` and `\\t`.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, cast

from graph.model.problem import SwaymapError

# C0 without tab and line feed, DEL and C1, bidirectional controls, line separators, surrogates of undecodable names.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_CONTROL_OR_LAYOUT = re.compile(f"[{_CONTROLS}\t\n]")
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


class DataText(str):
    """Text for a program or a file, such as CSV: written as it is, unless it goes to a terminal."""

    __slots__ = ()


class TerminalText(io.TextIOBase):
    """A text stream that shows control characters instead of sending them. It has no `buffer` to get around it.

    Raises BrokenPipeError where the reader has gone away, and InputError where the output cannot be written.
    """

    encoding = "utf-8"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def write(self, text: str) -> int:
        """Print a text; control characters are shown."""
        as_it_is = isinstance(text, DataText) and not self.isatty()
        with self._failures():
            self._stream.write(text if as_it_is else _CONTROL.sub(_shown, text))
        return len(text)

    def flush(self) -> None:
        """Send what was printed."""
        with self._failures():
            self._stream.flush()

    def isatty(self) -> bool:
        """Whether a person reads it on a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The number of the underlying file."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """It can be printed to."""
        return True

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """After a failure the rest goes nowhere, or the interpreter would fail once more when it ends."""
        try:
            yield
        except BrokenPipeError:
            self._discard()
            raise
        except OSError as wrong:
            from graph.model.file_problems import cannot_write

            self._discard()
            raise cannot_write(Path("stdout"), wrong) from wrong

    def _discard(self) -> None:
        with suppress(OSError, io.UnsupportedOperation):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


def escaped(text: str) -> str:
    """A text as it may stand within one line: control characters, line breaks and tabs are shown."""
    return _CONTROL_OR_LAYOUT.sub(_shown, text)


def line(text: str) -> str:
    """A text as one line, with its line end."""
    return f"{escaped(text)}\n"


def lines(texts: Iterable[str]) -> str:
    """Several texts, a line each."""
    return "".join(map(line, texts))


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(line(text))
    sys.stdout.flush()


def say_aside(text: str) -> None:
    """Print one line of what is no answer: findings, problems."""
    with suppress(BrokenPipeError):
        sys.stderr.write(line(text))
        sys.stderr.flush()


def drawing_stream() -> TextIO:
    """Standard error as it is, for a progress bar that moves the cursor. The caller escapes what it shows."""
    stream: object = sys.stderr
    return stream._stream if isinstance(stream, TerminalText) else sys.stderr


@contextmanager
def guarded_output() -> Iterator[None]:
    """While the block runs, everything printed passes through `TerminalText`."""
    plain = sys.stdout, sys.stderr
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        guarded = [TerminalText(stream or nowhere) for stream in plain]
        sys.stdout, sys.stderr = (cast("TextIO", stream) for stream in guarded)
        try:
            yield
        finally:
            for stream in guarded:
                with suppress(BrokenPipeError, SwaymapError):
                    stream.flush()
            sys.stdout, sys.stderr = plain


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
