"""What a worker is started with, is told to do, and may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.http.computing.computation import Computation
from graph.model.calibration import Calibration

STORE, CALIBRATION = "store", "calibration"
"""The names of what each process has of its own."""

READY = b"ready"
"""What a worker says when it has started."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker computes with: it opens the store itself, with credentials from its environment."""

    store_url: str
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Task:
    """A computation, and the processor time that it may take."""

    computation: Computation[Any]
    seconds: float


class Fault(Exception):
    """A computation raised what it should not have: the name of the exception, and where, without what it said."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(name, where)
        self.name, self.where = name, where
