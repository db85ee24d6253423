"""The calibration: every default number of the method, in one file that a user may replace.

The numbers are reasoned defaults without outcome data behind them, and every report names the calibration it used.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.model import scales
from graph.model.problem import Problem
from graph.model.words import message

DEFAULT = Path(__file__).with_name("calibration.json")

Part = Annotated[float, Field(ge=0, le=1)]
Below1 = Annotated[float, Field(ge=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Days = Annotated[float, Field(gt=0)]


class _Numbers(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Method(_Numbers):
    """A contact method: weight, half-life in days, depth, and which of our roles lead it."""

    weight: Positive
    half_life: Days
    depth: Part
    leads: tuple[str, ...]


class Standard(_Numbers):
    """What somebody asks for: days between contacts, strength of all of ours together."""

    cadence: Annotated[int, Field(gt=0)]
    strength: Annotated[float, Field(gt=0, le=1)]


class Bands(_Numbers):
    """From which severity a gap is critical, high, medium."""

    critical: Positive
    high: Positive
    medium: Positive


class Calibration(_Numbers):
    """All default numbers, named and versioned."""

    name: str
    version: str
    role_weight: dict[str, Positive]
    no_role_weight: Positive
    stance: dict[str, Signed]
    political: dict[str, Part]
    receptivity: dict[str, Part]
    no_receptivity: Part
    susceptibility: dict[str, Below1]
    no_susceptibility: Below1
    external_susceptibility: Below1
    most_susceptibility: Below1
    methods: dict[str, Method]
    daily_contact_weight: dict[str, Positive]
    response: dict[str, Annotated[float, Field(ge=0)]]
    one_way_methods: tuple[str, ...]
    one_way_subtypes: tuple[str, ...]
    reference_method: str
    breadth_half_life: Days
    breadth_touch: Positive
    breadth_methods: Positive
    depth_half_life: Days
    depth_level_share: Part
    depth_touch_share: Part
    unassessed_rho_two_way: Part
    unassessed_rho_one_way: Part
    relationship_levels: Positive
    frequency_exponent: Positive
    breadth_exponent: Positive
    depth_exponent: Positive
    no_competence: Part
    trust_months: Positive
    standard: dict[str, Standard]
    no_role_standard: Standard
    executive_standard: Standard
    executive_level: int
    executive_roles: tuple[str, ...]
    head_standard: Standard
    head_level: int
    function_cover: dict[str, str]
    vote_share: Part
    role_share: Part
    exact_states: Annotated[int, Field(gt=0)]
    sampled_orders: Annotated[int, Field(gt=0)]
    sampling_seed: int
    assumed_down: Part
    assumed_up: Part
    dotted_share: Part
    tie: Annotated[float, Field(gt=0, le=1)]
    firm_tie: Annotated[float, Field(gt=0, le=1)]
    hostile_trust_share: Part
    unknown_stance_swing: Part
    prior_bid_days: Days
    severity_half_life: Days
    bands: Bands
    least_severity: Annotated[float, Field(ge=0)]

    @property
    def label(self) -> str:
        """What a report calls it."""
        return f"{self.name} {self.version}"

    @model_validator(mode="after")
    def _numbers_fit_the_scales(self) -> Calibration:
        for name, numbers, scale in (
            ("role_weight", self.role_weight, scales.ROLE),
            ("stance", self.stance, scales.STANCE),
            ("political", self.political, scales.POLITICAL_STATUS),
            ("receptivity", self.receptivity, scales.RESPONSE_MODE),
            ("susceptibility", self.susceptibility, scales.ADAPTABILITY),
            ("methods", self.methods, scales.METHOD),
            ("response", self.response, scales.RESPONSE),
            ("standard", self.standard, scales.ROLE),
        ):
            if set(numbers) != set(scale.by_code):
                wrong = ", ".join(sorted(set(numbers) ^ set(scale.by_code)))
                raise ValueError(f"{name}: needs exactly the codes of the scale; missing or unknown: {wrong}")
        for name, codes, scale in (
            ("methods.leads", {role for method in self.methods.values() for role in method.leads}, scales.TEAM_ROLE),
            ("daily_contact_weight", self.daily_contact_weight, scales.SUBTYPE),
            ("one_way_methods", self.one_way_methods, scales.METHOD),
            ("one_way_subtypes", self.one_way_subtypes, scales.SUBTYPE),
            ("reference_method", (self.reference_method,), scales.METHOD),
            ("executive_roles", self.executive_roles, scales.ROLE),
            ("function_cover", self.function_cover, scales.FUNCTION),
            ("function_cover", self.function_cover.values(), scales.TEAM_ROLE),
        ):
            if wrong := ", ".join(sorted(set(codes) - set(scale.by_code))):
                raise ValueError(f"{name}: not a code of the scale: {wrong}")
        if not self.bands.critical >= self.bands.high >= self.bands.medium:
            raise ValueError("bands: critical, high and medium must fall")
        if abs(self.vote_share + self.role_share - 1) > 1e-9:
            raise ValueError("vote_share and role_share: must sum to 1")
        return self


@cache
def load_calibration(path: Path | None = None) -> Calibration:
    """The calibration of a JSON file, or the default one.

    Raises Problem where the file cannot be read or a number is missing, unknown or out of range.
    """
    try:
        return Calibration.model_validate_json((path or DEFAULT).read_bytes())
    except OSError as wrong:
        why = wrong.strerror or str(wrong)
        raise Problem("bad_calibration", message("calibration.unreadable", path=str(path), why=why)) from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(map(str, first["loc"])) or "-"
        said = message("calibration.wrong", path=str(path), place=place, why=first["msg"], more=wrong.error_count() - 1)
        raise Problem("bad_calibration", said) from wrong
