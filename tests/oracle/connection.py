"""Sections 1 and 2: connection strength and trust between a team member and a stakeholder."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from tests.oracle.account import Account
from tests.oracle.defaults import DEFAULTS, Date, Records, Row


@dataclass(frozen=True)
class Touch:
    """One contact of a team member with a stakeholder."""

    method: str
    age: int
    q: float
    e: float
    date: Date


@dataclass(frozen=True)
class Connection:
    """Frequency, breadth, depth and strength."""

    frequency: float
    breadth: float
    depth: float
    strength: float


def touch_energy(method: str, subtype: str | None, q: float, theirs: int, ours: int) -> float:
    """`w·q/√(n·m)`."""
    weight = DEFAULTS["method"][method][0]
    if method == "daily_contact":
        weight = DEFAULTS["daily_weight"].get(subtype, weight)
    return float(weight * q / math.sqrt(max(theirs, 1) * max(ours, 1)))


def response_value(row: Row) -> float:
    """q of an interaction; an empty response depends on the method."""
    response = row["response"]
    if response is None:
        by_note = row["method"] == "daily_contact" and row["subtype"] in DEFAULTS["one_way_subtypes"]
        response = "one_way" if by_note or row["method"] == "executive_letter" else "two_way"
    return float(DEFAULTS["response"][response])


def collect_touches(records: Records, account: Account) -> dict[tuple[str, str], list[Touch]]:
    """Touches by (active member, person in the graph); none for vacant seats."""
    touches: dict[tuple[str, str], list[Touch]] = defaultdict(list)
    for row in sorted(records.get("interactions", []), key=lambda row: row["id"]):
        if row["date"] > account.as_of:
            continue
        theirs, ours = set(row["people"] or []), set(row["members"] or [])
        q = response_value(row)
        n = max(len(theirs), row["customer_headcount"] or 0)
        e = touch_energy(row["method"], row["subtype"], q, n, len(ours))
        touch = Touch(row["method"], (account.as_of - row["date"]).days, q, e, row["date"])
        for member in ours:
            for person in theirs:
                if member in account.members and person in account.people and not account.vacant(person):
                    touches[member, person].append(touch)
    return touches


def frequency(touches: list[Touch], cadence: int) -> float:
    """F: energy against the energy of a thematic exchange at the cadence asked for."""
    energy = sum(touch.e * 2 ** (-touch.age / DEFAULTS["method"][touch.method][1]) for touch in touches)
    weight, half_life, _ = DEFAULTS["method"]["thematic_exchange"]
    needed = weight / (1 - 2 ** (-cadence / half_life))
    return float(1 - math.exp(-energy * math.log(5) / needed))


def breadth(touches: list[Touch]) -> float:
    """B: how many of the ten methods are alive; four are enough."""
    alive: dict[str, float] = defaultdict(float)
    for touch in touches:
        alive[touch.method] += touch.e * 2 ** (-touch.age / 365)
    return min(1.0, sum(min(1.0, energy / 0.20) for energy in alive.values()) / 4)


def depth(touches: list[Touch], current_level: int | None) -> float:
    """D: the assessed level, and the deepest touch that was answered."""
    answered = [touch for touch in touches if touch.q >= 1]
    if current_level is not None:
        rho = current_level / 4
    elif answered:
        rho = 0.25
    else:
        rho = 0.10 if any(touch.q > 0 for touch in touches) else 0.0
    deepest = max((DEFAULTS["method"][touch.method][2] * 2 ** (-touch.age / 365) for touch in answered), default=0.0)
    return float(0.6 * rho + 0.4 * deepest)


def connect(touches: list[Touch], cadence: int, current_level: int | None) -> Connection:
    """`C = F^.4·B^.2·D^.4`, 0 if any factor is 0."""
    f, b, d = frequency(touches, cadence), breadth(touches), depth(touches, current_level)
    strength = f**0.4 * b**0.2 * d**0.4 if f > 0 and b > 0 and d > 0 else 0.0
    return Connection(f, b, d, strength)


def combine(best_by_role: dict[str, float]) -> float:
    """C_c of the whole team: 1 - the product over roles of 1 - the role's best C."""
    left = 1.0
    for best in best_by_role.values():
        left *= 1 - best
    return 1 - left


def trust(member: Row, kept: int, made: int, strength: float, months: int) -> float:
    """`T = (P·R·C·tau)^(1/4)`."""
    given = [member[name] for name in ("knowledge", "skill", "experience") if member[name] is not None]
    competence = sum(given) / len(given) / 5 if given else 0.6
    reliability = (kept + 1) / (made + 2)
    time = 1 - 2 ** (-months / 12)
    return float((competence * reliability * strength * time) ** 0.25)


def months_of(touches: list[Touch]) -> int:
    """Distinct calendar months with an answered touch."""
    return len({(touch.date.year, touch.date.month) for touch in touches if touch.q >= 1})


def promises(records: Records) -> dict[tuple[str, str], tuple[int, int]]:
    """Kept and made (kept or missed) by (member, person), of our own promises."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for row in records.get("commitments", []):
        if row["made_by"] == "us" and row["status"] in ("kept", "missed"):
            kept, made = counted.get((row["member"], row["person"]), (0, 0))
            counted[row["member"], row["person"]] = (kept + (row["status"] == "kept"), made + 1)
    return counted
