"""Section 6, second half: coverage gaps, by severity."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.coverage import people_of_unit, share_with_stance
from tests.oracle.defaults import DEFAULTS, Row, above, at_least, below
from tests.oracle.figures import Figures

Found = tuple[str, float]


def find_gaps(f: Figures) -> list[Row]:
    """Every gap of severity 1 or more, worst first."""
    most = max(f.influence.values(), default=0.0)
    gaps: list[Row] = []
    for person in f.account.people:
        share = f.influence[person] / most
        contested = 1 + 0.5 * max(0.0, f.rival[person] - f.strength[person])
        for kind, shortfall in _person_gaps(f, person, at_least(f.influence[person], 0.25 * most)):
            gaps.append(_gap(f, kind, share * shortfall * contested, person=person))
    for unit in f.account.units:
        people = people_of_unit(f, unit["id"])
        if people and all(below(f.strength[person], DEFAULTS["tie"]) for person in people):
            share = min(1.0, sum(f.influence[person] for person in people) / most)
            gaps.append(_gap(f, "department_uncovered", share, unit=unit["id"]))
    for kind, shortfall in _account_gaps(f):
        gaps.append(_gap(f, kind, shortfall))
    gaps = [gap for gap in gaps if at_least(gap["severity"], 1)]
    gaps.sort(key=lambda gap: (-round(gap["severity"], 9), gap["type"], gap["person"] or "", gap["unit"] or ""))
    return gaps


def _gap(f: Figures, kind: str, size: float, person: str | None = None, unit: str | None = None) -> Row:
    bid = f.account.opportunity["bid_date"] if f.account.opportunity else None
    days = 90 if bid is None else max(0, (bid - f.account.as_of).days)
    severity = min(100.0, 100 * size * (0.5 + 0.5 * 2 ** (-days / 90)))
    band = "low"
    for name, least in (("critical", 60), ("high", 35), ("medium", 15)):
        if at_least(severity, least):
            band = name
            break
    return {
        "type": kind,
        "person": person,
        "unit": unit,
        "severity": severity,
        "band": band,
        "reason": "",
        "action": "",
    }


def _person_gaps(f: Figures, person: str, weighty: bool) -> Iterator[Found]:
    account = f.account
    if account.vacant(person):
        yield "key_person_left", 1.0
        return
    if account.unidentified(person):
        yield "unidentified_role", 1.0
        return
    if person in account.seats or weighty:
        yield from _contact_gaps(f, person)
    yield from _fit_gaps(f, person)
    rival = f.rival[person]
    if at_least(rival, 0.5) and above(rival, f.strength[person]):
        yield "competitor_owned", rival
    if account.opportunity is not None:
        yield from _stance_gaps(f, person)


def _contact_gaps(f: Figures, person: str) -> Iterator[Found]:
    tied = f.tied(person)
    coverage = f.coverage[person]
    cadence, _ = f.account.standard(person)
    if below(f.strength[person], DEFAULTS["tie"]):
        yield "no_contact", 1 - coverage
    elif below(coverage, 1):
        dates = [date for name in f.account.members if (date := f.last_touch(name, person)) is not None]
        old = bool(dates) and (f.account.as_of - max(dates)).days > 2 * cadence
        yield ("stale" if old else "weak_tie"), 1 - coverage
    if len(tied) == 1:
        yield "single_threaded", 0.3
    if person not in f.owned:
        yield "no_owner", 0.3


def _fit_gaps(f: Figures, person: str) -> Iterator[Found]:
    tied = [f.account.members[name] for name in f.tied(person)]
    if not tied:
        return
    row = f.account.people[person]
    roles = {member["role"] for member in tied}
    asked = DEFAULTS["function_role"].get(row["function"])
    high = row["level"] is not None and row["level"] >= 6
    if (asked is not None and asked not in roles) or (high and "EXEC" not in roles):
        yield "wrong_role", 0.4
    tied_levels = [member["level"] for member in tied if member["level"] is not None]
    if row["level"] is not None and tied_levels and row["level"] >= max(tied_levels) + 2:
        yield "level_mismatch", 0.4


def _stance_gaps(f: Figures, person: str) -> Iterator[Found]:
    account = f.account
    stance = account.stance(person)
    if stance is None:
        if person in account.seats:
            yield "stance_unknown", 0.7
        return
    if stance < 0 and below(f.coverage[person], 1):
        yield "hostile_unaddressed", abs(account.x(person))
    confidence = account.participation[person]["confidence"]
    if confidence is not None and below(confidence, 0.6):
        yield "unverified", 1 - confidence


def _account_gaps(f: Figures) -> Iterator[Found]:
    account = f.account
    tied_roles = {account.members[name]["role"] for person in account.people for name in f.tied(person)}
    missing = [role for role in DEFAULTS["triangle"] if role not in tied_roles]
    if missing:
        yield "triangle_incomplete", len(missing) / 3
    if account.opportunity is None:
        return
    stances = [stance for person in account.people if (stance := account.stance(person)) is not None]
    if 3 not in stances:
        yield "no_coach", 0.5
    if not account.deciders:
        yield "no_decision_maker", 1.0
    if len(stances) >= 3 and min(stances) >= 0:
        yield "no_opponent_identified", 0.3
    against, for_us = share_with_stance(f, -2, -1), share_with_stance(f, 1, 3)
    if above(against, for_us):
        yield "supporters_outnumbered", against - for_us
