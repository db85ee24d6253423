"""Sections 5 (champions), 12 (camps and cross-pressure) and 13 (the race with the rival)."""

from __future__ import annotations

import math

from tests.oracle.defaults import DEFAULTS, Records, Row, at_least, below
from tests.oracle.figures import Figures
from tests.oracle.forecast import Forecast

APART = 0.1


def champions(f: Figures, records: Records) -> list[Row] | None:
    """The test of those with a champion's stance: those who pass first, then who lacks least."""
    if f.account.opportunity is None:
        return None
    order = sorted(f.account.people, key=lambda person: (-round(f.influence[person], 9), person))
    first = order[: math.ceil(0.4 * len(order) - 1e-9)]
    kept = {
        row["person"] for row in records.get("commitments", []) if row["made_by"] == "them" and row["status"] == "kept"
    }
    tested = []
    for person in f.account.people:
        if (f.account.stance(person) or 0) < 2:
            continue
        lacks = []
        if person not in first:
            lacks.append("influence")
        if not (f.account.participation[person]["win"] or "").strip():
            lacks.append("win")
        if person not in kept:
            lacks.append("kept_commitment")
        if f.account.people[person]["profile"] in ("guide", "friend"):
            lacks.append("profile")
        tested.append({"person": person, "champion": not lacks, "missing": lacks})
    return sorted(tested, key=lambda row: (len(row["missing"]), row["person"]))


def camps(f: Figures, ahead: Forecast) -> Row | None:
    """Everybody's camp and cross-pressure, the camps' shares, and the lines that cross."""
    if f.account.opportunity is None:
        return None
    camp = {person: _camp(f, person, ahead.final[person]) for person in f.account.people}
    shares = dict.fromkeys(("for", "against", "undecided", "unknown"), 0.0)
    for person, side in camp.items():
        shares[side] += f.influence[person]
    crossing = [
        {
            "from": source,
            "to": target,
            "weight": line["weight"],
            "assumed": line["assumed"],
            "from_camp": camp[source],
            "to_camp": camp[target],
        }
        for source, target, line in f.lines.edges(data=True)
        if camp[source] != camp[target]
    ]
    crossing.sort(key=lambda row: (-round(row["weight"], 9), row["from"], row["to"]))
    pressure = _cross_pressure(f, ahead)
    people = [
        {"person": person, "camp": camp[person], "cross_pressure": pressure[person]} for person in f.account.people
    ]
    return {"shares": shares, "people": people, "crossing": crossing}


def race(f: Figures, records: Records, gaps: list[Row]) -> Row:
    """At whom we lead, at whom each rival leads, and whom to win back first."""
    account = f.account
    holders: dict[str, tuple[float, str]] = {}
    for row in records.get("competitor_ties", []):
        person = row["person"]
        if person in account.people and not account.vacant(person):
            holders[person] = min(holders.get(person, (0.0, "")), (-row["strength"], row["competitor"]))
    behind = {row["id"]: 0.0 for row in sorted(records.get("competitors", []), key=lambda row: row["id"])}
    shares = {"ahead": 0.0, "open": 0.0}
    people, lost = [], []
    for person in account.people:
        lead = f.strength[person] - f.rival[person]
        standing = "ahead" if at_least(lead, APART) else "behind" if at_least(-lead, APART) else "open"
        rival = holders[person][1] if person in holders else None
        people.append({"person": person, "lead": lead, "standing": standing, "rival": rival})
        if standing == "behind":
            assert rival is not None
            behind[rival] += f.influence[person]
            lost.append(person)
        else:
            shares[standing] += f.influence[person]

    def order(person: str) -> tuple[float, float, str]:
        worst = max((gap["severity"] for gap in gaps if gap["person"] == person), default=0.0)
        return -round(worst, 9), -round(f.influence[person], 9), person

    return {**shares, "behind": behind, "people": people, "win_back": sorted(lost, key=order)}


def _camp(f: Figures, person: str, stand: float) -> str:
    if f.account.stance(person) is None and below(f.strength[person], DEFAULTS["tie"]):
        return "unknown"
    if at_least(stand, APART):
        return "for"
    return "against" if at_least(-stand, APART) else "undecided"


def _cross_pressure(f: Figures, ahead: Forecast) -> dict[str, float]:
    told, x0 = ahead.opinions, {person: f.account.x(person) for person in f.account.people}
    for_all = sum(told.power[person] * max(0.0, x) for person, x in x0.items())
    against_all = sum(told.power[person] * max(0.0, -x) for person, x in x0.items())
    pressure = {}
    for person, row in told.weights.items():
        for_us = told.ours[person] + told.rest[person] * for_all
        against = told.rivals[person] + told.rest[person] * against_all
        for source, weight in row.items():
            for_us += weight * max(0.0, x0[source])
            against += weight * max(0.0, -x0[source])
        both = for_us + against
        pressure[person] = 2 * min(for_us, against) / both if both > 0 else 0.0
    return pressure
