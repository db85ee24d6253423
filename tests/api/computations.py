"""Computations for the tests of the worker processes, which import them from here."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import NoReturn

import numpy as np
from starlette.exceptions import HTTPException

from api.http.computing.computation import bounded
from graph.analysis.ground.unknown import unknown_record
from graph.model import Account
from graph.model.calibration import Calibration
from graph.store.protocol import GraphStore


def where(store: GraphStore, calibration: Calibration) -> tuple[int, str, int]:
    """The process, its store, and how many accounts the store has."""
    assert calibration.label
    return os.getpid(), store.info().url, len(store.accounts())


def threads() -> int:
    """The threads of the process while numpy multiplies, but for the one that reads the tasks."""
    large = np.ones((600, 600))
    assert (large @ large).all()
    return len(list(Path("/proc/self/task").iterdir())) - 1


def chatter() -> str:
    """Prints, and reads what nobody says."""
    print("not an answer", flush=True)
    return os.read(0, 1).decode()


def hang(begun: Path, store: GraphStore | None = None) -> NoReturn:
    """Tells its process and waits for ever without using the processor."""
    assert store is None or not store.is_filled
    _tell(begun)
    while True:
        signal.pause()


def work(begun: Path) -> NoReturn:
    """Tells its process and uses the processor for ever."""
    _tell(begun)
    while True:
        time.process_time()


@bounded(long=True, narrower="days")
def work_long(begun: Path) -> NoReturn:
    """The same, with more time."""
    work(begun)


def die(until: Path, times: int) -> int:
    """Kills its own process so many times, as the length of a file counts, and then answers."""
    died = until.stat().st_size if until.exists() else 0
    if died < times:
        with until.open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return died


def unknown() -> NoReturn:
    """A problem that a person can put right."""
    raise unknown_record("accounts", "qinglam", [Account(id="qinglan")])


def unacceptable() -> NoReturn:
    """A problem that a program can put right."""
    raise HTTPException(406, "Not so.", {"X-More": "1"})


def faulty() -> NoReturn:
    """A fault of the code."""
    raise KeyError("a name that stays in the process")


def exhausted() -> NoReturn:
    """No memory is left."""
    raise MemoryError


def _tell(begun: Path) -> None:
    part = begun.with_suffix(".part")
    part.write_text(str(os.getpid()))
    part.rename(begun)
