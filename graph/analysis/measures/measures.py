"""All measures of an account at a date, each computed once and passed to those that need it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.analysis.ground.account_view import AccountView, account_view
from graph.analysis.ground.arrays import Floats, largest
from graph.analysis.ground.batch import Batch
from graph.analysis.measures.connection import Connection, connection
from graph.analysis.measures.coverage import Standards, coverage, standards
from graph.analysis.measures.decision_influence import InfluenceSystem, influence_of, levels, susceptibilities
from graph.analysis.measures.forecast import Forecast, SupportSystem, forecast, support_system
from graph.analysis.measures.formal_power import FormalPower, formal_power
from graph.analysis.measures.influence_lines import InfluenceLines, influence_lines
from graph.analysis.measures.influence_system import OpinionSystems, opinion_system
from graph.analysis.measures.trust import trust
from graph.model.calibration import Calibration, load_calibration
from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused

T = TypeVar("T")


@dataclass(frozen=True)
class BatchMeasures:
    """All measures of the accounts of a batch, each array as the batch has people or cells.

    `levels` is lev (inferred where empty), `power` the formal power, `system` the opinion system with decision
    influence, `connected` the ties, `trust` that of each cell, `trusted` each stakeholder's trust in their most trusted
    member, `covered` the coverage in [0, 1], `support_system` the opinion system with us and the rivals in it, and
    `forecast` the final stances.
    """

    batch: Batch
    standards: Standards
    lines: InfluenceLines
    levels: Floats
    power: FormalPower
    system: InfluenceSystem
    connected: Connection
    trust: Floats
    trusted: Floats
    covered: Floats
    support_system: SupportSystem
    forecast: Forecast

    @property
    def influence(self) -> Floats:
        """The decision influence of each person; sums to 1 in each account."""
        return self.system.influence


def measure(batch: Batch) -> BatchMeasures:
    """Compute all measures of the accounts of a batch. No account's numbers depend on the others.

    >>> measure(measures.view.batch).influence.round(3).tolist()
    [0.395, 0.282, 0.139, 0.185]
    """
    required = standards(batch)
    lines = influence_lines(batch)
    theta = susceptibilities(batch)
    level = levels(batch, lines, theta)
    power = formal_power(batch, level)
    opinions = opinion_system(lines, theta, power.formal_power)
    connected = connection(batch, required.cadence)
    trusting = trust(batch, connected)
    trusted = largest(batch.cell_person, trusting, batch.people)
    with_pull = support_system(batch, lines, theta, power.formal_power, trusted)
    return BatchMeasures(
        batch=batch,
        standards=required,
        lines=lines,
        levels=level,
        power=power,
        system=InfluenceSystem(opinions, power.formal_power, influence_of(OpinionSystems(opinions, batch.sizes))),
        connected=connected,
        trust=trusting,
        trusted=trusted,
        covered=coverage(batch, connected.together, required.strength),
        support_system=with_pull,
        forecast=forecast(batch, with_pull),
    )


@dataclass(frozen=True)
class Measures:
    """All measures of an account at a date. Arrays have one entry per person, in the order of `view.people`.

    They are those of `whole`, the measures of the account as a batch of one; `connected` and `trust` have matrices,
    members x people.
    """

    dataset: Dataset
    view: AccountView
    whole: BatchMeasures
    connected: Connection
    trust: Floats
    _made: dict[Callable[[Measures], Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def once(self, make: Callable[[Measures], T]) -> T:
        """The result of `make` on these measures, computed at the first call and kept. It must not be changed."""
        if make not in self._made:
            with gc_paused():
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
    def standards(self) -> Standards:
        """The standard of each person."""
        return self.whole.standards

    @property
    def lines(self) -> InfluenceLines:
        """The influence lines, recorded and assumed."""
        return self.whole.lines

    @property
    def levels(self) -> Floats:
        """lev of each person, inferred where it is empty."""
        return self.whole.levels

    @property
    def power(self) -> FormalPower:
        """The formal power of each person."""
        return self.whole.power

    @property
    def system(self) -> InfluenceSystem:
        """The opinion system with decision influence."""
        return self.whole.system

    @property
    def covered(self) -> Floats:
        """The coverage of each person, in [0, 1]."""
        return self.whole.covered

    @property
    def support_system(self) -> SupportSystem:
        """The opinion system with us and the rivals in it."""
        return self.whole.support_system

    @property
    def forecast(self) -> Forecast:
        """The final stances."""
        return self.whole.forecast

    @property
    def influence(self) -> Floats:
        """The decision influence of each person; sums to 1."""
        return self.whole.influence

    @property
    def trusted(self) -> Floats:
        """Each stakeholder's trust in their most trusted team member, in [0, 1]."""
        return self.whole.trusted


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
    with gc_paused():
        view = account_view(dataset, account, as_of, opportunity, calibration or load_calibration(None))
        whole = measure(view.batch)
    shape = (len(view.members), len(view.people))
    return Measures(
        dataset=dataset,
        view=view,
        whole=whole,
        connected=whole.connected.as_matrices(*shape),
        trust=whole.trust.reshape(shape),
    )
