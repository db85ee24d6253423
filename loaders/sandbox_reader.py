"""The child process of the sandbox: limits itself, opens one file, and answers questions about it.

It reads an order from the first line of its input and a question from each further line (see `loaders.sandbox`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from loaders.caps import Caps
from loaders.problems import Unreadable, unreadable
from loaders.sandbox import END

Answers = Callable[[Any], Iterator[Any]]
Open = Callable[[Path, Caps], AbstractContextManager[Answers]]

FORMS = {
    "workbook": "loaders.workbook:open_answerer",
    "ods": "loaders.calamine_workbook:open_ods",
    "xls": "loaders.calamine_workbook:open_xls",
    "parquet": "loaders.parquet:open_answerer",
    "records": "loaders.record_trees:open_answerer",
    "mail": "loaders.mail:open_answerer",
    "calendar": "loaders.calendars:open_answerer",
}
"""Form → the function that opens a file of it and gives the function that answers questions about it."""

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename")
"""Python's audit events that are refused in the child process."""

_WRITING = 0x3
"""The bits of the flags of `open` that mean writing."""


def main() -> None:
    """Read the order from the first line, then answer one question a line until the input ends."""
    order = orjson.loads(sys.stdin.buffer.readline())
    caps = Caps(**order["caps"])
    module, _, name = FORMS[order["form"]].partition(":")
    path = Path(order["path"])
    if order["form"] != "parquet":
        sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it: its threads take memory
    opened: Open = getattr(import_module(module), name)
    _limit(order["memory"], order["seconds"])
    sys.addaudithook(_refuse)
    _write_answers(path, partial(iter, ()))
    try:
        with opened(path, caps) as answers:
            for line in sys.stdin.buffer:
                _write_answers(path, partial(answers, orjson.loads(line)))
    except (Unreadable, OSError, MemoryError, RecursionError) as error:
        # The file could not even be opened: every question gets this answer.
        for _ in sys.stdin.buffer:
            _write_refusal(path, error)


def _write_answers(path: Path, answers: Callable[[], Iterator[Any]]) -> None:
    try:
        for answer in answers():
            sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
    except (Unreadable, OSError, MemoryError, RecursionError) as error:
        _write_refusal(path, error)
        return
    sys.stdout.buffer.write(END)
    sys.stdout.buffer.flush()


def _write_refusal(path: Path, error: BaseException) -> None:
    if isinstance(error, OSError):
        error = unreadable("cannot_read", path.name, why=error.strerror or type(error).__name__)
    if not isinstance(error, Unreadable):
        error = unreadable("too_much_memory" if isinstance(error, MemoryError) else "too_deep", path.name)
    sys.stdout.buffer.write(orjson.dumps({"refused": asdict(error.finding)}) + b"\n")
    sys.stdout.buffer.flush()


def _limit(memory: int, seconds: int) -> None:
    """Limit this process to bytes of memory and seconds of computing, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: raise PermissionError for forbidden events and for opening files for writing."""
    writes = event == "open" and isinstance(args[2], int) and args[2] & _WRITING
    if writes or event.startswith(FORBIDDEN):
        raise PermissionError(f"not allowed in the sandbox: {event}")


if __name__ == "__main__":
    main()
