"""Read files of risky formats in a child process that has limits of memory and time, and no network.

Parent and child talk in lines of JSON, so that nothing that the child says is ever run here.
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


class SandboxReader:
    """A child process that reads one file and answers questions about it; both are anything that JSON can hold."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self._process, self._path = process, path
        assert process.stdin is not None
        assert process.stdout is not None
        self._questions: IO[bytes] = process.stdin
        self._answers: IO[bytes] = process.stdout

    def ask(self, question: Any) -> Iterator[Any]:
        """The answers to a question; all of them must be consumed before the next question.

        Raises Unreadable for the problem that the child found, or where it stopped.
        """
        try:
            self._questions.write(orjson.dumps(question) + b"\n")
            self._questions.flush()
        except BrokenPipeError:
            raise self._stopped() from None
        for line in self._answers:
            if line == END:
                return
            answer = orjson.loads(line)
            if isinstance(answer, dict) and "refused" in answer:
                raise Unreadable(Finding(**answer["refused"]))
            yield answer
        raise self._stopped()

    def _stopped(self) -> Unreadable:
        """Why the child stopped without an answer."""
        code = self._process.wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return unreadable("took_too_long", self._path.name)
        if code == -signal.SIGABRT:  # how code in C++ and Rust ends that gets no memory
            return unreadable("too_much_memory", self._path.name)
        return unreadable("reader_stopped", self._path.name, why=f"{code}")


@contextmanager
def open_sandbox(form: str, path: Path, caps: Caps) -> Iterator[SandboxReader]:
    """Start a child process for a file of one of the forms of `loaders.sandbox_reader`; it is killed at the end."""
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
        reader = SandboxReader(process, path)
        try:
            list(reader.ask(order))
            yield reader
        finally:
            process.kill()
            process.communicate()
