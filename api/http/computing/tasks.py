"""Values exchanged with a worker: its setup, its tasks and their outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.http.computing.computation import Computation
from graph.model.calibration import Calibration

STORE, CALIBRATION = "store", "calibration"
"""The names of what each process has of its own."""

READY = b"ready"
"""Sent by a worker when it has started."""


@dataclass(frozen=True, slots=True)
class Order:
    """The setup of a worker: it opens the store itself, with credentials from its environment."""

    store_url: str
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Task:
    """A computation, the processor time that it may take, and whether records were found in the store before."""

    computation: Computation[Any]
    seconds: float
    is_filled: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome of a task: its result or exception, and whether records have been found in the store."""

    value: Any
    is_filled: bool


class Fault(Exception):
    """A computation raised what it should not have: the name of the exception, and where, without what it said."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(name, where)
        self.name, self.where = name, where
