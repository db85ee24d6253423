"""Interleaved measurement of swaymap and a peer: medians, and a ratio above 1 where swaymap is better."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Better = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of swaymap and of the peer, in a unit, and how many times better swaymap's is."""

    ours: float
    peer: float
    unit: str
    ratio: float


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The time that the work takes; work of milliseconds is repeated, and the mean given."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor time that the work takes in this process, which says less about what else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


MEASURES = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
MEASURES += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


def peak_memory(command: Sequence[str | Path]) -> float:
    """The most memory that this command held at once, in MB.

    A process counts that of the one that started it too, so a small one starts it and reports.
    """
    told = subprocess.run([sys.executable, "-c", MEASURES, *command], stdout=subprocess.PIPE, text=True, check=True)
    return int(told.stdout) / 1024


def side_by_side(
    ours: Callable[[], float],
    peer: Callable[[], float],
    *,
    unit: str,
    runs: int = 5,
    better: Better = "lower",
    warmup: int = 1,
) -> Result:
    """Measure swaymap and the peer in turn. Each callable makes one run and gives its figure in `unit`."""
    for _ in range(warmup):
        ours()
        peer()
    pairs = [(ours(), peer()) for _ in range(runs)]
    mine = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratio = theirs / mine if better == "lower" else mine / theirs
    return Result(mine, theirs, unit, ratio)
