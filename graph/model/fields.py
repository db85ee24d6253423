"""The number types that several kinds share, with their bounds."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, Gt, Le

Share = Annotated[float, Gt(0), Le(1)]
"""A weight, an intensity, a confidence: above 0, at most 1."""

Reliability = Annotated[float, Ge(0.5), Le(0.95)]
"""How often a source of claims is right."""

TOP_SCORE, TOP_LEVEL, COACH = 5, 7, 3
"""The highest mark, level and stance."""

Score = Annotated[float, Ge(0), Le(TOP_SCORE)]
"""A mark from 0 to 5."""

Amount = Annotated[float, Ge(0)]
"""A quantity that is never negative."""

Positive = Annotated[float, Gt(0)]
"""A quantity above 0."""

Count = Annotated[int, Ge(0)]
"""A number of people."""

Position = Annotated[int, Ge(1)]
"""A place in an order, from 1."""

LevelNumber = Annotated[int, Ge(1), Le(TOP_LEVEL)]
"""A level of the hierarchy, 1 staff to 7 chief executive."""

StanceNumber = Annotated[int, Ge(-2), Le(COACH)]
"""A stance, -2 enemy to 3 coach."""

RelationshipNumber = Annotated[int, Ge(0), Le(4)]
"""A relationship level, 0 stranger to 4 partner."""
