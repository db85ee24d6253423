"""Two days as one map: the later day's, with the people who have gone marked where they were (measures, section 11)."""

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
    """The map of the later day, the report of the earlier one, and the comparison of the two.

    `content` also has the `ghosts`: people of the earlier day who are not in the graph any more, with the status left
    or moved and without power, influence, coverage or ties. No figure counts them.
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
    """Put two days into one map, given the records as they were stored on each.

    Raises InputError if the days are out of order, UnknownRecord for an account or opportunity that is not there.
    """
    then, now = two_days(before, after, account, from_date, to_date, opportunity, calibration)
    comparison, content, earlier = comparison_of(then, now), map_of(now), report_of(then)
    there, how = content.report.people_by_id, {went.person: went.how for went in comparison.went}
    ghosts = [
        _ghost(person, how[person.id]) for person in earlier.people if person.id in how and person.id not in there
    ]
    report = replace(content.report, people=(*content.report.people, *ghosts))
    return ComparedMap(replace(content, report=report), tuple(ghost.id for ghost in ghosts), earlier, comparison)


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
