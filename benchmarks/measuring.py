"""Ours beside its peer in one run: interleaved, medians, a ratio above 1 where ours is better."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Better = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of ours and of the peer, in a unit, and how many times better ours is."""

    ours: float
    peer: float
    unit: str
    ratio: float


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """How long the work takes; what takes only milliseconds is done several times in a row, and the mean given."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def peak_memory(command: Sequence[str | Path]) -> float:
    """The most memory that this command, and nothing that ran before it, held at once, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss / 1024


def side_by_side(
    ours: Callable[[], float],
    peer: Callable[[], float],
    *,
    unit: str,
    runs: int = 5,
    better: Better = "lower",
    warmup: int = 1,
) -> Result:
    """Measure ours and the peer in turn. Each callable makes one run and gives its figure in `unit`."""
    for _ in range(warmup):
        ours()
        peer()
    pairs = [(ours(), peer()) for _ in range(runs)]
    mine = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratio = theirs / mine if better == "lower" else mine / theirs
    return Result(mine, theirs, unit, ratio)
