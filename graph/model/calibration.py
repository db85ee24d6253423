"""The calibration: every default number of the method, in one file of which a user may replace any part.

The numbers are reasoned defaults without outcome data behind them, and every report names the calibration it used.
Values that only absorb rounding, or that limit work, are not here: see `rounding.py` and `limits.py` in
`graph/analysis/ground/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from graph.model import calibration_types as of
from graph.model import scales
from graph.model.calibration_file import Own, read_calibration
from graph.model.calibration_groups import (
    Assignment,
    Bands,
    Brief,
    Champion,
    Counted,
    Gaps,
    InferredLevel,
    KeyPeople,
    Leads,
    LevelMatch,
    Method,
    Moves,
    RankBand,
    Reliability,
    RolePower,
    Standard,
    TeamAtWork,
)
from graph.model.calibration_types import About, Numbers, complete
from graph.model.words import Message, message

DEFAULT = Path(__file__).with_name("calibration.json")


class Calibration(Numbers):
    """All default numbers, named and versioned."""

    name: Annotated[of.Label, About(None, "what reports call the calibration")]
    version: Annotated[of.Label, About(None, "its version")]
    role_weight: Annotated[dict[of.Role, of.Positive], About(3, "weight of a role in power by role")]
    no_role_weight: Annotated[of.Positive, About(3, "the same without a role")]
    stance: Annotated[dict[of.StanceCode, of.Signed], About(0, "value x of a stance")]
    political: Annotated[dict[of.PoliticalStatus, of.Share], About(3, "value of a political status")]
    receptivity: Annotated[dict[of.ResponseMode, of.Share], About(9, "how well an action would be taken")]
    no_receptivity: Annotated[of.Share, About(9, "the same where the response mode is empty")]
    susceptibility: Annotated[dict[of.Adaptability, of.Below1], About(4, "θ: how far a person follows others")]
    no_susceptibility: Annotated[of.Below1, About(4, "θ where adaptability is empty")]
    external_susceptibility: Annotated[of.Below1, About(4, "θ of external people where adaptability is empty")]
    most_susceptibility: Annotated[of.Below1, About(4, "θ is never above this")]
    no_intensity: Annotated[of.Fraction, About(7, "intensity of a conflict where none is given")]
    methods: dict[of.MethodCode, Method]
    daily_contact_weight: Annotated[
        dict[of.DailyContact, of.Positive], About(1, "weight of a daily contact by its subtype")
    ]
    response: Annotated[dict[of.Response, of.Amount], About(1, "quality q of a response")]
    one_way_methods: Annotated[tuple[of.MethodCode, ...], About(1, "methods one-way where the response is empty")]
    one_way_subtypes: Annotated[tuple[of.DailyContact, ...], About(1, "subtypes one-way where the response is empty")]
    reference_method: Annotated[of.MethodCode, About(1, "method by which meeting the cadence is measured")]
    frequency_short: Annotated[
        of.Probability, About(1, "what frequency lacks to 1 just after a touch that keeps the cadence exactly")
    ]
    breadth_half_life: Annotated[of.HalfLife, About(1, "days until a method is half alive")]
    breadth_touch: Annotated[of.Positive, About(1, "contact by which a method is alive")]
    breadth_methods: Annotated[of.Positive, About(1, "methods alive that are enough")]
    depth_half_life: Annotated[of.HalfLife, About(1, "days until the depth of a touch is half")]
    depth_level_share: Annotated[of.Share, About(1, "part of the assessed relationship in depth")]
    depth_touch_share: Annotated[of.Share, About(1, "part of the deepest touch in depth")]
    unassessed_rho_two_way: Annotated[of.Share, About(1, "relationship where nobody assessed it, after an answer")]
    unassessed_rho_one_way: Annotated[of.Share, About(1, "relationship where nobody assessed it, after less")]
    relationship_levels: Annotated[of.RelationshipLevels, About(1, "relationship level that counts as 1")]
    frequency_exponent: Annotated[of.Exponent, About(1, "exponent of frequency in strength")]
    breadth_exponent: Annotated[of.Exponent, About(1, "exponent of breadth in strength")]
    depth_exponent: Annotated[of.Exponent, About(1, "exponent of depth in strength")]
    no_competence: Annotated[of.Share, About(2, "competence of a member of whom nothing is given")]
    trust_months: Annotated[of.Positive, About(2, "months met after which time counts half")]
    reliability: Reliability
    standard: dict[of.Role, Standard]
    no_role_standard: Standard
    executive_standard: Standard
    executive_level: Annotated[of.Level, About(6, "level from which a person is an executive")]
    executive_roles: Annotated[tuple[of.Role, ...], About(6, "roles with which an executive gets that standard")]
    head_standard: Standard
    head_level: Annotated[of.Level, About(6, "level from which a person is a head, without an opportunity")]
    function_cover: Annotated[dict[of.Function, of.TeamRole], About(6, "role of our team that covers a function")]
    inferred_level: InferredLevel
    vote_share: Annotated[of.Share, About(3, "part of votes in formal power")]
    role_share: Annotated[of.Share, About(3, "part of roles in formal power")]
    role_power: RolePower
    exact_states: Annotated[of.States, About(3, "size of a vote up to which power is exact")]
    sampled_orders: Annotated[of.Orders, About(3, "random orders by which power in larger votes is estimated")]
    sampling_seed: Annotated[of.Seed, About(3, "seed of random orders, and of rank bands")]
    assumed_down: Annotated[of.Share, About(4, "assumed line from a manager")]
    assumed_up: Annotated[of.Share, About(4, "assumed line to a manager, shared by all who report")]
    dotted_share: Annotated[of.Share, About(4, "part that a dotted reporting line counts")]
    tie: Annotated[of.Fraction, About(0, "connection strength from which there is a tie")]
    firm_tie: Annotated[of.Fraction, About(6, "connection strength from which a tie is firm")]
    key_people: KeyPeople
    champion: Champion
    rank_band: RankBand
    held_coverage: Annotated[of.Fraction, About(6, "coverage from which a supporting decider is held")]
    firm_roles: Annotated[of.TeamRoles, About(6, "roles with a firm tie that are redundant")]
    hostile_trust_share: Annotated[of.Share, About(8, "how much trust in us, and a rival's tie, pull")]
    unknown_stance_swing: Annotated[of.Share, About(8, "how far an unknown stance may lie off 0")]
    prior_bid_days: Annotated[of.Amount, About(6, "days to the bid where there is no date")]
    severity_half_life: Annotated[of.HalfLife, About(6, "days before the bid at which its urgency is half")]
    bands: Bands
    least_severity: Annotated[of.LeastSeverity, About(6, "severity below which a gap is not listed")]
    gaps: Gaps
    winning_share: Annotated[of.Share, About(7, "share of influence that the fewest to win exceed")]
    moves: Moves
    leads: Leads
    camp_from: Annotated[of.Fraction, About(12, "final stance from which a person is for or against us")]
    ahead_from: Annotated[of.Fraction, About(13, "lead over the rival from which a side is ahead")]
    level_match: LevelMatch
    assignment: Assignment
    unsure_below: Annotated[of.Share, About(15, "confidence below which a stance is worth asking about")]
    counted: Counted
    team: TeamAtWork
    brief: Brief

    _own: Own | None = PrivateAttr(default=None)

    @property
    def is_default(self) -> bool:
        """Whether these are swaymap's own numbers, without a file of the user's."""
        return self._own is None

    @property
    def label(self) -> Message:
        """The label in reports: name and version; for a user's file its name, a digest and the number of own values."""
        own = self._own
        if own is None:
            return message("calibration.default", name=self.name, version=self.version)
        if own.named:
            called = {"name": self.name, "version": self.version}
            return message("calibration.own.named", **called, file=own.file, digest=own.digest, count=own.count)
        return message("calibration.own", file=own.file, digest=own.digest, count=own.count)

    @model_validator(mode="after")
    def _scales_are_complete(self) -> Calibration:
        for name, numbers, codes in (
            ("role_weight", self.role_weight, scales.ROLE.by_code),
            ("stance", self.stance, scales.STANCE.by_code),
            ("political", self.political, scales.POLITICAL_STATUS.by_code),
            ("receptivity", self.receptivity, scales.RESPONSE_MODE.by_code),
            ("susceptibility", self.susceptibility, scales.ADAPTABILITY.by_code),
            ("methods", self.methods, scales.METHOD.by_code),
            ("daily_contact_weight", self.daily_contact_weight, scales.SUBTYPES_OF["daily_contact"]),
            ("response", self.response, scales.RESPONSE.by_code),
            ("standard", self.standard, scales.ROLE.by_code),
            ("moves.effort", self.moves.effort, (*scales.METHOD.by_code, "visit")),
        ):
            complete(name, numbers, codes)
        return self

    @model_validator(mode="after")
    def _numbers_agree(self) -> Calibration:
        for names, values in self._parts_of_1():
            if abs(sum(values) - 1) > 1e-9:
                raise _disagree("calibration.right.sum", names, values)
        for names, values in self._rising():
            if list(values) != sorted(values):
                raise _disagree("calibration.right.rising", names, values)
        return self

    def _parts_of_1(self) -> Iterator[tuple[tuple[str, ...], tuple[float, ...]]]:
        """Names and values of what must sum to 1."""
        moves, assignment = self.moves, self.assignment
        yield ("vote_share", "role_share"), (self.vote_share, self.role_share)
        yield ("depth_level_share", "depth_touch_share"), (self.depth_level_share, self.depth_touch_share)
        yield (
            ("moves.forecast_share", "moves.coverage_share", "moves.information_share"),
            (moves.forecast_share, moves.coverage_share, moves.information_share),
        )
        yield (
            tuple(f"assignment.{part}_share" for part in ("level", "function", "tie", "shared")),
            (assignment.level_share, assignment.function_share, assignment.tie_share, assignment.shared_share),
        )

    def _rising(self) -> Iterator[tuple[tuple[str, ...], tuple[float, ...]]]:
        """Names and values of what must not fall."""
        bands, rank, match = self.bands, self.rank_band, self.level_match
        yield ("bands.medium", "bands.high", "bands.critical"), (bands.medium, bands.high, bands.critical)
        yield ("rank_band.low", "rank_band.high"), (rank.low, rank.high)
        yield ("tie", "firm_tie"), (self.tie, self.firm_tie)
        yield ("level_match.near", "level_match.far"), (match.near, match.far)
        yield ("leads.likely", "leads.sure"), (self.leads.likely, self.leads.sure)
        yield ("reliability.kept", "reliability.made"), (self.reliability.kept, self.reliability.made)
        yield ("head_level", "executive_level"), (self.head_level, self.executive_level)


def _disagree(right: str, names: tuple[str, ...], values: tuple[float, ...]) -> PydanticCustomError:
    """Numbers that contradict each other; `right` is the message that says what would fit."""
    return PydanticCustomError("disagree", "{right}: {names}", {"right": right, "names": names, "values": values})


@cache
def load_calibration(path: Path | None = None) -> Calibration:
    """The default calibration, or that of a JSON file: what the file does not give is the default.

    Raises InputError where the file cannot be read, or a key is unknown, or a value is of a wrong kind or out of range.
    """
    if path is None:
        return Calibration.model_validate_json(DEFAULT.read_bytes())
    numbers, own = read_calibration(path, load_calibration())
    numbers._own = own
    return numbers
