"""Result classes of the coverage report. Values are unrounded.

Shares, strengths and coverages lie in [0, 1]; `None` is unknown and never stands for 0. A result holds all that a view
needs, so that no view goes back to the records.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
    """Connection and trust between a team member and a stakeholder (measures 1 and 2)."""

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
    """The part of a decision influence that comes from `person`'s formal power, which may be one's own."""

    person: str
    share: float


class PersonResult(NamedTuple):
    """A person of the report. `made_of` sums to `decision_influence`, largest first; it is computed when read.

    `level` is 1 to 7, `cadence` in days, `stance` -2 to 3. `turned_to_by` is the number of people whom the person
    influences. `phi_error` is the standard error of `phi` where the voting game was too large to be exact.
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
    """A unit and the influence-weighted coverage of its own people; None without people."""

    id: str
    name: str | None
    coverage: float | None
    parent: str | None = None


class GapText(Protocol):
    """The texts of a gap."""

    def reason(self) -> Message:
        """The person, unit or account with the gap, and why it is one."""

    def action(self) -> Message:
        """The action: the team member, the stakeholder who helps, and the date."""

    def brief(self) -> Message:
        """The action in the fewest words."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A coverage gap (measure 6) of a person, a unit, or (where both are None) the account; severity 0 to 100.

    Its texts are rendered when read.
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
        """The person, unit or account with the gap, and why it is one."""
        return self.words.reason()

    @property
    def action(self) -> Message:
        """The action: the team member, the stakeholder who helps, and the date."""
        return self.words.action()

    @property
    def brief(self) -> Message:
        """The action in the fewest words, for places that name the person and the type of gap already."""
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


@dataclass(frozen=True)
class CoverageReport:
    """The coverage report of one account and opportunity at a date.

    `people` are in order of falling influence, `gaps` of falling severity. `uncalibrated` says that the default
    calibration was used; `tie` is the connection strength from which a tie counts, by the calibration used. What needs
    an opportunity is None without one.

    >>> report.person("ben").name, report.worst_gap_of("dev").type, len(report.gaps_of("dev"))
    ('Ben', 'no_contact', 4)
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

    @cached_property
    def people_by_id(self) -> Mapping[str, PersonResult]:
        """The people of the report, by id, in their order."""
        return {person.id: person for person in self.people}

    @cached_property
    def unit_names(self) -> Mapping[str, str | None]:
        """The names of the units of the report, by id, in their order."""
        return {unit.id: unit.name for unit in self.units}

    def person(self, person: str) -> PersonResult:
        """The person of this id. Raises KeyError for one who is not in the report."""
        return self.people_by_id[person]

    @cached_property
    def _gaps_by_person(self) -> Mapping[str, tuple[Gap, ...]]:
        gaps: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            if gap.person is not None:
                gaps.setdefault(gap.person, []).append(gap)
        return {person: tuple(own) for person, own in gaps.items()}

    def gaps_of(self, person: str) -> tuple[Gap, ...]:
        """The gaps of the person of this id, worst first."""
        return self._gaps_by_person.get(person, ())

    def worst_gap_of(self, person: str) -> Gap | None:
        """The worst gap of the person of this id; None without one."""
        return next(iter(self.gaps_of(person)), None)

    def has_tie(self, person: PersonResult) -> bool:
        """Whether the team together has a tie to a person of the report."""
        return person.connection_strength >= self.tie - SLACK
