"""The results of the analysis: what a report, a path and a map are made of. Every value is the number as computed.

Shares, strengths and coverages lie in [0, 1]; `None` is unknown and never stands for 0. Dates are days. A result holds
all that a view needs, so that no view goes back to the records.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Protocol

from graph.analysis.ground.named import Named
from graph.analysis.ground.rounding import SLACK
from graph.model.words import Message

if TYPE_CHECKING:
    from graph.analysis.report.camps import Camps
    from graph.analysis.report.champions import ChampionTest
    from graph.analysis.report.gaps import Band
    from graph.analysis.report.race import Race


Status = Literal["red", "amber", "green"]


@dataclass(frozen=True, slots=True)
class OpportunityHead:
    """The opportunity that a report is about."""

    id: str
    name: str | None
    bid_date: datetime.date | None


class Tie(NamedTuple):
    """One of ours and one of theirs: connection and trust (measures 1 and 2). There are many, so it is a light one."""

    member: str
    person: str
    role: str | None
    frequency: float
    breadth: float
    depth: float
    strength: float
    trust: float
    last_touch: datetime.date | None


@dataclass(frozen=True, slots=True)
class InfluenceShare:
    """A part of somebody's decision influence: through `person`'s formal power; their own vote where that is they."""

    person: str
    share: float


class PersonResult(NamedTuple):
    """A person of the report. `made_of` sums to `decision_influence`, largest first; it is worked out when read.

    `phi_error` is the standard error of `phi` where the game was too large to be counted out.
    """

    id: str
    name: str | None
    title: str | None
    level: float
    level_inferred: bool
    unit: str | None
    status: str
    roles: tuple[str, ...]
    stance: int | None
    phi: float
    role_power: float
    formal_power: float
    decision_influence: float
    turned_to_by: int
    connection_strength: float
    required_strength: float
    cadence: int
    coverage: float
    competitor_strength: float
    trust: float
    final_stance: float
    covered_by: tuple[Tie, ...]
    made_of: Sequence[InfluenceShare] = ()
    veto: bool = False
    external: bool = False
    has_seat: bool = False
    function: str | None = None
    phi_error: float | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit and how well its own people are covered; None without people."""

    id: str
    name: str | None
    coverage: float | None
    parent: str | None = None


class GapText(Protocol):
    """The words of a gap."""

    def reason(self) -> Message:
        """Who and why."""

    def action(self) -> Message:
        """What to do, by whom of ours, through whom, by when."""

    def brief(self) -> Message:
        """The action in the fewest words."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A coverage gap (measure 6): what is missing at whom, what it costs, why, and what to do.

    Its words are put together when read.
    """

    type: str
    person: str | None
    unit: str | None
    severity: float
    band: Band
    words: GapText = field(repr=False, compare=False)
    WORDS: ClassVar = ("reason", "action")

    @property
    def reason(self) -> Message:
        """Who and why."""
        return self.words.reason()

    @property
    def action(self) -> Message:
        """What to do, by whom of ours, through whom, by when."""
        return self.words.action()

    @property
    def brief(self) -> Message:
        """The action in the fewest words, for where person and kind of gap are said already."""
        return self.words.brief()


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The step with the least support, and that support."""

    step: str
    value: float


@dataclass(frozen=True, slots=True)
class Support:
    """The support forecast (measure 8), each value in [-1, 1]."""

    index: float
    forecast: float
    low: float
    high: float
    bottleneck: Bottleneck | None


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The coverage report of one account and opportunity at a date.

    `uncalibrated` says that the numbers are swaymap's own; `tie` is the connection strength from which two people know
    each other, by the calibration that the report was computed with.
    """

    account: Named
    opportunity: OpportunityHead | None
    as_of: datetime.date
    calibration: Message
    uncalibrated: bool
    tie: float
    influence_assumed: bool
    decision_chain_coverage: float
    supportive_coverage: float | None
    identified: float | None
    redundancy: float
    independent_routes: int | None
    concentration: float | None
    status: Status | None
    triangle: Mapping[str, float]
    by_role: Mapping[str, float | None]
    units: tuple[UnitResult, ...]
    people: tuple[PersonResult, ...]
    gaps: tuple[Gap, ...]
    support: Support | None
    champions: tuple[ChampionTest, ...] | None
    camps: Camps | None
    race: Race
    status_reason: Message | None = None
    seats: int = 0
    seats_identified: int = 0
    step_names: Mapping[str, str | None] = field(default_factory=dict)
    rival_names: Mapping[str, str | None] = field(default_factory=dict)

    def has_tie(self, person: PersonResult) -> bool:
        """Whether our team together has a tie to a person of the report."""
        return person.connection_strength >= self.tie - SLACK
