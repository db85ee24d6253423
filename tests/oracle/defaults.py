"""The default numbers of the model, in one dictionary, and how numbers are compared."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
Records = Mapping[str, list[Row]]
Date = datetime.date

SLACK = 1e-9

DEFAULTS: dict[str, Any] = {
    "role_weight": {"D": 5, "A": 4, "E": 3, "P": 3, "I": 2, "U": 2, "G": 2, "S": 1, "N": 1},
    "no_role_weight": 0.5,
    "stance": {3: 1.0, 2: 0.7, 1: 0.35, 0: 0.0, -1: -0.5, -2: -1.0},
    "unknown_stance": 0.35,
    "political": {"outside": 0.0, "political_structure": 0.5, "inner_circle": 1.0},
    "susceptibility": {
        "innovator": 0.70,
        "visionary": 0.60,
        "pragmatist": 0.50,
        "conservative": 0.35,
        "laggard": 0.20,
    },
    "susceptibility_empty": 0.60,
    "susceptibility_external": 0.20,
    "susceptibility_most": 0.95,
    # method: weight, half-life in days, depth
    "method": {
        "daily_contact": (0.20, 30, 0.20),
        "thematic_exchange": (0.50, 60, 0.50),
        "experience_visit": (0.60, 90, 0.60),
        "team_social": (0.50, 90, 0.65),
        "joint_release": (0.80, 180, 0.80),
        "executive_letter": (0.35, 60, 0.45),
        "company_tour": (0.90, 180, 0.85),
        "executive_visit": (1.00, 180, 0.90),
        "forum": (0.45, 90, 0.45),
        "executive_summit": (0.90, 180, 0.90),
    },
    "daily_weight": {"visit": 0.50, "call": 0.30, "message": 0.20, "email": 0.20, "social_post": 0.05},
    "one_way_subtypes": ("message", "email", "social_post"),
    "response": {"none": 0.0, "one_way": 0.5, "two_way": 1.0, "commitment": 1.25},
    "our_roles": ("AR", "SR", "FR", "EXEC", "PARTNER"),
    "triangle": ("AR", "SR", "FR"),
    # role: cadence in days, required strength
    "standard": {
        "D": (14, 0.70),
        "A": (14, 0.70),
        "E": (14, 0.60),
        "P": (14, 0.60),
        "I": (30, 0.40),
        "U": (30, 0.40),
        "S": (30, 0.40),
        "N": (30, 0.40),
        "G": (30, 0.30),
    },
    "standard_no_role": (90, 0.20),
    "standard_high_level": (30, 0.60),
    "standard_middle_level": (30, 0.40),
    "function_role": {
        "executive": "AR",
        "finance": "AR",
        "legal": "AR",
        "procurement": "AR",
        "construction": "AR",
        "technology": "SR",
        "planning": "SR",
        "architecture": "SR",
        "marketing": "SR",
        "business": "SR",
        "it": "SR",
        "operations": "FR",
        "delivery": "FR",
        "users": "FR",
    },
    "tie": 0.05,
    "good_tie": 0.30,
    "manager_line": 0.60,
    "report_line": 0.25,
    "dotted": 0.5,
    "phi_share": 0.6,
    "exact_limit": 3_000_000,
}


def at_least(a: float, b: float) -> bool:
    """a ≥ b, with the slack."""
    return a >= b - SLACK


def above(a: float, b: float) -> bool:
    """a > b: the opposite of a ≤ b with the slack."""
    return a > b + SLACK


def below(a: float, b: float) -> bool:
    """a < b: the opposite of a ≥ b with the slack."""
    return a < b - SLACK
