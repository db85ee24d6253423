"""What every brief of an account is made from, worked out once: its report, what is unknown, the best touch of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.analysis.measured import Measured
from graph.analysis.planning.find_out import FindOut, to_find_out
from graph.analysis.planning.next_actions import NextAction, ranked_actions
from graph.analysis.reporting.report import report_of
from graph.analysis.results import CoverageReport


@dataclass(frozen=True)
class AccountFacts:
    """The measures of an account, and what follows from them."""

    found: Measured

    @cached_property
    def report(self) -> CoverageReport:
        """The coverage report."""
        return report_of(self.found)

    @cached_property
    def unknowns(self) -> tuple[FindOut, ...]:
        """What the forecast hangs on, the widest first."""
        return to_find_out(self.found)

    @cached_property
    def best_touch(self) -> Mapping[str, NextAction]:
        """By person, the touch that is worth most."""
        best: dict[str, NextAction] = {}
        for action in ranked_actions(self.found, self.report.gaps, self.found.view.calibration.moves.horizon):
            best.setdefault(action.person, action)
        return best
