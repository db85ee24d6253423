"""The kinds of brokers of Gould & Fernandez 1989, by the units of the three people."""

from __future__ import annotations

from typing import TypeVar

Unit = TypeVar("Unit", int, str)


def broker_kind(before: Unit, broker: Unit, after: Unit) -> str:
    """The kind of a broker between two people, by the units of all three."""
    if before == broker == after:
        return "coordinator"
    if before == after:
        return "itinerant"
    if before == broker:
        return "representative"
    return "gatekeeper" if broker == after else "liaison"
