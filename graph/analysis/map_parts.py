"""What the pictures of an account show beside its report: lines between people, steps, and the value that we offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two people: influence (source sways target), conflict, or reporting (source reports to target)."""

    source: str
    target: str
    weight: float
    assumed: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of the decision: voters with their weight and veto; `quota` is None for a unanimous or single step."""

    id: str
    name: str | None
    rule: str
    quota: float | None
    votes: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One of the four elements of value, scores of 0 to 5; `lead` is ours less the rival's; `empty` without a word."""

    element: str
    empty: bool
    statement: str | None
    ours: float | None
    rival: float | None
    lead: float | None
    matters_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One of ours as the map shows them."""

    id: str
    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor and whom it holds: person id → strength."""

    id: str
    name: str | None
    ties: Mapping[str, float]
