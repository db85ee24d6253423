"""The process that reads a hostile format: takes limits upon itself, opens one file, answers questions about it."""

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
    "workbook": "loaders.workbook:answering",
    "records": "loaders.record_trees:answering",
    "letters": "loaders.mail:answering",
    "calendar": "loaders.calendars:answering",
}
"""Form → what opens a file of it and gives the function that answers."""

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename")
"""What a reader never does, by the names of Python's audit events."""

_WRITING = 0x3
"""The bits of open's flags that say it is for writing."""


def main() -> None:
    """Take the order on the first line, then answer one question a line until nobody asks."""
    order = orjson.loads(sys.stdin.buffer.readline())
    caps = Caps(**order["caps"])
    module, _, name = FORMS[order["form"]].partition(":")
    path = Path(order["path"])
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and it takes memory by threads
    opened: Open = getattr(import_module(module), name)
    _limit(order["memory"], order["seconds"])
    sys.addaudithook(_refuse)
    _say_all(path, partial(iter, ()))
    try:
        with opened(path, caps) as answers:
            for line in sys.stdin.buffer:
                _say_all(path, partial(answers, orjson.loads(line)))
    except (Unreadable, OSError, MemoryError, RecursionError) as wrong:
        # The file could not even be opened: so is every question answered.
        for _ in sys.stdin.buffer:
            _refused(path, wrong)


def _say_all(path: Path, answers: Callable[[], Iterator[Any]]) -> None:
    try:
        for answer in answers():
            sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
    except (Unreadable, OSError, MemoryError, RecursionError) as wrong:
        _refused(path, wrong)
        return
    sys.stdout.buffer.write(END)
    sys.stdout.buffer.flush()


def _refused(path: Path, wrong: BaseException) -> None:
    if isinstance(wrong, OSError):
        wrong = unreadable("cannot_read", path.name, why=wrong.strerror or type(wrong).__name__)
    if not isinstance(wrong, Unreadable):
        wrong = unreadable("too_much_memory" if isinstance(wrong, MemoryError) else "too_deep", path.name)
    sys.stdout.buffer.write(orjson.dumps({"refused": asdict(wrong.finding)}) + b"\n")
    sys.stdout.buffer.flush()


def _limit(memory: int, seconds: int) -> None:
    """Bytes of memory and seconds of computing, where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(args[2], int) and args[2] & _WRITING
    if writes or event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader of files does not: {event}")


if __name__ == "__main__":
    main()
