"""All measures of an account at a date, each computed once and passed to those that need it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.analysis.ground.account_view import AccountView, Floats, account_view
from graph.analysis.measures.connection import Connection, connection
from graph.analysis.measures.coverage import Standards, coverage, standards
from graph.analysis.measures.decision_influence import InfluenceSystem, influence_system, levels, susceptibilities
from graph.analysis.measures.forecast import Forecast, SupportSystem, forecast, support_system
from graph.analysis.measures.formal_power import FormalPower, formal_power
from graph.analysis.measures.influence_lines import InfluenceLines, influence_lines
from graph.analysis.measures.trust import trust
from graph.model.calibration import Calibration, load_calibration
from graph.model.dataset import Dataset

T = TypeVar("T")


@dataclass(frozen=True)
class Measures:
    """All measures of an account at a date. Arrays have one entry per person, in the order of `view.people`.

    `levels` is lev (inferred where empty), `power` the formal power, `system` the opinion system with decision
    influence, `connected` the ties, `trust` members x people, `covered` the coverage in [0, 1], `support_system` the
    opinion system with us and the rivals in it, and `forecast` the final stances.
    """

    dataset: Dataset
    view: AccountView
    standards: Standards
    lines: InfluenceLines
    levels: Floats
    power: FormalPower
    system: InfluenceSystem
    connected: Connection
    trust: Floats
    covered: Floats
    support_system: SupportSystem
    forecast: Forecast
    _made: dict[Callable[[Measures], Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def once(self, make: Callable[[Measures], T]) -> T:
        """The result of `make` on these measures, computed at the first call and kept. It must not be changed."""
        if make not in self._made:
            self._made[make] = make(self)
        kept: T = self._made[make]
        return kept

    def by_person(self) -> dict[str, list[Any]]:
        """The measures that every account has, named as in the report: a value for each of `view.people`, in order."""
        return {
            "role_power": self.power.role_power.tolist(),
            "formal_power": self.power.formal_power.tolist(),
            "decision_influence": self.influence.tolist(),
            "turned_to_by": self.lines.turned_to_by(len(self.view.people)).tolist(),
            "connection_strength": self.connected.together.tolist(),
            "required_strength": self.standards.strength.tolist(),
            "cadence": self.standards.cadence.tolist(),
            "coverage": self.covered.tolist(),
            "competitor_strength": self.view.rival.tolist(),
            "trust": self.trusted.tolist(),
        }

    @property
    def influence(self) -> Floats:
        """The decision influence of each person; sums to 1."""
        return self.system.influence

    @property
    def trusted(self) -> Floats:
        """Each stakeholder's trust in their most trusted team member, in [0, 1]."""
        return _best(self.trust)


def compute_measures(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> Measures:
    """Compute all measures of an account, for an opportunity by id or name, else the one of the nearest bid.

    Without a calibration the defaults are used. Raises UnknownRecord for an account or opportunity that is not in the
    dataset, AmbiguousName for a name that several opportunities have.

    >>> by_person(compute_measures(data, "harbour", today).influence)
    {'ann': 0.395, 'ben': 0.282, 'cho': 0.139, 'dev': 0.185}
    """
    view = account_view(dataset, account, as_of, opportunity, calibration or load_calibration(None))
    required = standards(view)
    lines = influence_lines(view, dataset)
    theta = susceptibilities(view)
    level = levels(view, lines, theta)
    power = formal_power(view, level)
    connected = connection(view, dataset, required.cadence)
    trusted = trust(view, dataset, connected)
    with_pull = support_system(view, lines, theta, power.formal_power, _best(trusted))
    return Measures(
        dataset=dataset,
        view=view,
        standards=required,
        lines=lines,
        levels=level,
        power=power,
        system=influence_system(lines, theta, power.formal_power),
        connected=connected,
        trust=trusted,
        covered=coverage(view, connected.together, required.strength),
        support_system=with_pull,
        forecast=forecast(view, with_pull),
    )


def _best(matrix: Floats) -> Floats:
    best: Floats = matrix.max(axis=0, initial=0.0)
    return best
