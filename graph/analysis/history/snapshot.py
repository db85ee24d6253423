"""Snapshots: the parts of a report that are compared between days, from the report itself or from its saved JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.analysis.report.results import CoverageReport
from graph.analysis.scenarios.what_if import FIGURES, Figure, headline_figures
from graph.model.problem import InputError
from graph.model.words import Message, message

NUMBERS = ("decision_influence", "coverage", "connection_strength", "trust", "final_stance")


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person of the graph on a day."""

    name: str | None
    status: str
    unit: str | None
    stance: int | None
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class GapSeen:
    """A gap on a day."""

    type: str
    person: str | None
    unit: str | None
    severity: float
    reason: Message | str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A day's figures, people by id, tie strengths by (member, person), gaps by (type, person, unit).

    `gone` are the people in the records who are not in the graph, with their status (left or moved); it is empty for a
    saved map, which knows only the graph.
    """

    account: str
    name: str | None
    opportunity: str | None
    as_of: str
    calibration: Message | str
    figures: Mapping[str, Figure]
    people: Mapping[str, PersonSeen]
    ties: Mapping[tuple[str, str], float]
    gaps: Mapping[tuple[str, str, str], GapSeen]
    gone: Mapping[str, str]


def snapshot_of(report: CoverageReport, gone: Mapping[str, str]) -> Snapshot:
    """The snapshot of a report; `gone` as in `Snapshot`."""
    gaps = [GapSeen(gap.type, gap.person, gap.unit, gap.severity, gap.reason) for gap in report.gaps]
    return Snapshot(
        account=report.account.id,
        name=report.account.name,
        opportunity=None if report.opportunity is None else report.opportunity.id,
        as_of=report.as_of.isoformat(),
        calibration=report.calibration,
        figures=headline_figures(report),
        people={
            person.id: PersonSeen(
                person.name,
                person.status,
                person.unit,
                person.stance,
                {name: getattr(person, name) for name in NUMBERS},
            )
            for person in report.people
        },
        ties={(tie.member, person.id): tie.strength for person in report.people for tie in person.covered_by},
        gaps={_of_gap(gap): gap for gap in gaps},
        gone=gone,
    )


def snapshot_of_json(saved: Any, called: str) -> Snapshot:
    """The snapshot of a saved report or map. Raises InputError for any other content, naming it as `called`."""
    report = saved.get("report", saved) if isinstance(saved, dict) else saved
    try:
        return _snapshot_of_json(report)
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise InputError("not_a_report", message("compare.not_a_report", file=called, missing=str(wrong))) from wrong


def _snapshot_of_json(report: Any) -> Snapshot:
    people, opportunity = report["people"], report["opportunity"]
    gaps = [GapSeen(gap["type"], gap["person"], gap["unit"], gap["severity"], gap["reason"]) for gap in report["gaps"]]
    return Snapshot(
        account=report["account"]["id"],
        name=report["account"]["name"],
        opportunity=None if opportunity is None else opportunity["id"],
        as_of=report["as_of"],
        calibration=report["calibration"],
        figures={name: _figure(report, name) for name in FIGURES},
        people={
            person["id"]: PersonSeen(
                person["name"],
                person["status"],
                person["unit"],
                person["stance"],
                {name: float(person[name]) for name in NUMBERS},
            )
            for person in people
        },
        ties={
            (tie["member"], person["id"]): float(tie["strength"]) for person in people for tie in person["covered_by"]
        },
        gaps={_of_gap(gap): gap for gap in gaps},
        gone={},
    )


def _of_gap(gap: GapSeen) -> tuple[str, str, str]:
    return gap.type, gap.person or "", gap.unit or ""


def _figure(report: Any, name: str) -> Figure:
    """A figure by its path in the JSON: the length of a list, the value of the bottleneck."""
    value = report
    for part in name.split("."):
        if value is None:
            return None
        value = value[part]
    if isinstance(value, dict):
        value = value["value"]
    return len(value) if isinstance(value, list) else value
