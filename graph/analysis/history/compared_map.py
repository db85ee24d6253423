"""Two days as one map: the later one, with those who went as vacant marks where they were (measures, section 11)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from graph.analysis.history.compare import Comparison, comparison_of, two_days
from graph.analysis.map import MapContent, map_of
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport, PersonResult
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import GONE


@dataclass(frozen=True, slots=True)
class ComparedMap:
    """The map of the later day and the report of the earlier one, and what is different.

    `content` has those who went and are not in the graph any more too, the `ghosts`, as left or moved, without power,
    influence, coverage or ties; it counts them nowhere.
    """

    content: MapContent
    ghosts: tuple[str, ...]
    before: CoverageReport
    comparison: Comparison


def compared_map(
    before: Dataset,
    after: Dataset,
    account: str,
    from_date: datetime.date,
    to_date: datetime.date,
    opportunity: str | None,
    calibration: Calibration,
) -> ComparedMap:
    """Two days as one map, given the records as they were stored on each.

    Raises InputError where the days are out of order, UnknownRecord for an account or opportunity that is not there.
    """
    then, now = two_days(before, after, account, from_date, to_date, opportunity, calibration)
    found, content, earlier = comparison_of(then, now), map_of(now), report_of(then)
    there = {person.id for person in content.report.people}
    how = {one.person: one.how for one in found.went}
    went = [_ghost(person, how[person.id]) for person in earlier.people if person.id in how and person.id not in there]
    report = replace(content.report, people=(*content.report.people, *went))
    return ComparedMap(replace(content, report=report), tuple(one.id for one in went), earlier, found)


def _ghost(person: PersonResult, how: str) -> PersonResult:
    return person._replace(
        status=how if how in GONE else "left",
        stance=None,
        phi=0.0,
        role_power=0.0,
        formal_power=0.0,
        decision_influence=0.0,
        turned_to_by=0,
        connection_strength=0.0,
        coverage=0.0,
        competitor_strength=0.0,
        trust=0.0,
        final_stance=0.0,
        covered_by=(),
        made_of=(),
        has_seat=False,
    )
