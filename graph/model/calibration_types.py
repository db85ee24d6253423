"""The kinds of values that a calibration holds, with the range of each. `About` holds the purpose of a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from graph.model import scales
from graph.model.fields import LevelNumber, Reliability, StanceNumber


@dataclass(frozen=True, slots=True)
class About:
    """Purpose of a value, and the section of the method's measures that uses it (None: not a section of its own)."""

    section: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Codes:
    """A text that is one of these codes."""

    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: str) -> str:
        if value not in self.codes:
            raise PydanticCustomError("unknown_code", "not one of the codes")
        return value


class Numbers(BaseModel):
    """A group of values. Types are strict: the text "0.3" is no number, and neither is `true`."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)


def complete(names: str, given: Iterable[str], codes: Iterable[str]) -> None:
    """Raise ValueError where a group lacks a code of its scale."""
    if missing := ", ".join(sorted(set(codes) - set(given))):
        raise ValueError(f"{names}: missing: {missing}")


Share = Annotated[float, Ge(0), Le(1)]
Fraction = Annotated[float, Ge(0.001), Le(1)]
Below1 = Annotated[float, Ge(0), Lt(1)]
Probability = Annotated[float, Ge(0.001), Le(0.999)]
ClaimReliability = Reliability
Signed = Annotated[float, Ge(-1), Le(1)]
Positive = Annotated[float, Ge(0.001), Le(1e6)]
Exponent = Annotated[float, Ge(0.001), Le(10)]
ExponentOrNone = Annotated[float, Ge(0), Le(10)]
Amount = Annotated[float, Ge(0), Le(1e6)]
Percentile = Annotated[float, Ge(0), Le(100)]
Severity = Annotated[float, Gt(0), Le(100)]
LeastSeverity = Annotated[float, Ge(0), Le(100)]
HalfLife = Annotated[float, Ge(1), Le(36_500)]
Days = Annotated[int, Gt(0), Le(3_660)]
DaysOrNone = Annotated[int, Ge(0), Le(3_660)]
Window = Annotated[int, Ge(7), Le(3_660)]
PlanDays = Annotated[int, Gt(0), Le(366)]
Level = LevelNumber
LevelsApart = Annotated[int, Ge(0), Le(6)]
Stance = StanceNumber
Few = Annotated[int, Ge(1), Le(100)]
People = Annotated[int, Ge(1), Le(1_000)]
Corners = Annotated[int, Ge(1), Le(3)]
TeamRoles = Annotated[int, Ge(1), Le(5)]
Growth = Annotated[float, Ge(1), Le(10)]
SetSize = Annotated[int, Ge(1), Le(5)]
Minutes = Annotated[int, Ge(0), Le(600)]
Draws = Annotated[int, Ge(1), Le(10_000)]
Orders = Annotated[int, Ge(1), Le(1_000_000)]
States = Annotated[int, Ge(1), Le(20_000_000)]
Seed = Annotated[int, Ge(0), Le(2**63 - 1)]
RelationshipLevels = Annotated[float, Ge(4), Le(100)]
Label = Annotated[str, MinLen(1), MaxLen(60)]

Role = Annotated[str, Codes(tuple(scales.ROLE.by_code))]
TeamRole = Annotated[str, Codes(tuple(scales.TEAM_ROLE.by_code))]
StanceCode = Annotated[str, Codes(tuple(scales.STANCE.by_code))]
PoliticalStatus = Annotated[str, Codes(tuple(scales.POLITICAL_STATUS.by_code))]
ResponseMode = Annotated[str, Codes(tuple(scales.RESPONSE_MODE.by_code))]
Adaptability = Annotated[str, Codes(tuple(scales.ADAPTABILITY.by_code))]
Response = Annotated[str, Codes(tuple(scales.RESPONSE.by_code))]
Function = Annotated[str, Codes(tuple(scales.FUNCTION.by_code))]
MethodCode = Annotated[str, Codes(tuple(scales.METHOD.by_code))]
DailyContact = Annotated[str, Codes(scales.SUBTYPES_OF["daily_contact"])]
WayOfContact = Annotated[str, Codes((*scales.METHOD.by_code, "visit"))]
