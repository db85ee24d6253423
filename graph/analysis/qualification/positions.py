"""Positions: whose word is independent of whose, by unit or reporting line 错位验证 (measures, section 10)."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Person, ReportsTo

Position = tuple[str, str]
"""("unit", id), ("manager", id), or ("alone", id)."""


def positions(people: Iterable[Person], reports: Iterable[ReportsTo]) -> dict[str, Position]:
    """The position of each person, by id: the unit, else the solid-line manager, else, and for outsiders, alone."""
    managers = {report.person: report.manager for report in sorted(reports, key=_last_first) if report.kind != "dotted"}
    return {person.id: _position(person, managers.get(person.id)) for person in people}


def _last_first(one: ReportsTo) -> tuple[str, str]:
    return one.person, one.manager


def _position(person: Person, manager: str | None) -> Position:
    if person.external:
        return "alone", person.id
    if person.unit is not None:
        return "unit", person.unit
    return ("alone", person.id) if manager is None else ("manager", manager)
