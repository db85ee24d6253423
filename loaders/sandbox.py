"""Hostile formats are read in a process of their own, with limits of memory and time and without a network.

The process is asked in lines of JSON and answers in lines of JSON, so that nothing that it says is ever run here.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import orjson

from loaders.caps import Caps
from loaders.findings import Finding
from loaders.problems import Unreadable, unreadable

END = b'"end"\n'
"""The line after the last answer to a question."""


class Reader:
    """A process that reads one file; asked with anything JSON can say, it answers with a stream of the same."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self._process, self._path = process, path
        assert process.stdin is not None
        assert process.stdout is not None
        self._asked: IO[bytes] = process.stdin
        self._answers: IO[bytes] = process.stdout

    def ask(self, question: Any) -> Iterator[Any]:
        """The answers to a question; all must be taken before the next. Raises Unreadable, as the reader found it."""
        try:
            self._asked.write(orjson.dumps(question) + b"\n")
            self._asked.flush()
        except BrokenPipeError:
            raise self._dead() from None
        for line in self._answers:
            if line == END:
                return
            answer = orjson.loads(line)
            if isinstance(answer, dict) and "refused" in answer:
                raise Unreadable(Finding(**answer["refused"]))
            yield answer
        raise self._dead()

    def _dead(self) -> Unreadable:
        """Why it stopped without an answer."""
        code = self._process.wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return unreadable("took_too_long", self._path.name)
        return unreadable("reader_stopped", self._path.name, why=f"{code}")


@contextmanager
def confined(form: str, path: Path, caps: Caps) -> Iterator[Reader]:
    """A reader for a file of a form that `loaders.sandbox_reader` knows; stopped at the end, whatever happened."""
    size = path.stat().st_size
    limits = {"memory": caps.memory_of(size), "seconds": caps.seconds_of(size)}
    order = {"form": form, "path": str(path.absolute()), "caps": asdict(caps), **limits}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "loaders.sandbox_reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        reader = Reader(process, path)
        try:
            list(reader.ask(order))
            yield reader
        finally:
            process.kill()
            process.communicate()
