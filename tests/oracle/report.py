"""The coverage report and the influence paths, straight from the text of the measures.

Plain loops and networkx, nothing of the product: what a good engineer would write first. It is the peer that the
product's speed is measured against, and the second opinion that its numbers are compared with.
"""

from __future__ import annotations

from tests.oracle import coverage, routes, sides
from tests.oracle.defaults import SLACK, Date, Records, Row
from tests.oracle.figures import STEPWISE, Figures, measure
from tests.oracle.forecast import forecast_support
from tests.oracle.gaps import find_gaps
from tests.oracle.opinion_system import Method


def report(
    records: Records, account: str, as_of: Date, opportunity: str | None = None, method: Method = STEPWISE
) -> Row:
    """The coverage report of one account, as the dictionary that its JSON is."""
    f = measure(records, account, as_of, opportunity, method)
    opened = f.account
    ahead, gaps = forecast_support(f, method), find_gaps(f)
    return {
        "account": {"id": opened.row["id"], "name": opened.row["name"]},
        "opportunity": _opportunity(f),
        "as_of": as_of.isoformat(),
        "calibration": None,
        "influence_assumed": any(line["assumed"] for _, _, line in f.lines.edges(data=True)),
        "decision_chain_coverage": coverage.chain_coverage(f),
        "supportive_coverage": None if opened.opportunity is None else coverage.share_with_stance(f, 1, 3),
        "identified": coverage.identified(f),
        "redundancy": coverage.redundancy(f),
        "independent_routes": coverage.independent_routes(f),
        "concentration": coverage.concentration(f),
        "status": coverage.status(f),
        "triangle": coverage.triangle(f),
        "by_role": coverage.by_role(f),
        "units": [
            {
                "id": unit["id"],
                "name": unit["name"],
                "coverage": coverage.mean_coverage(f, coverage.people_of_unit(f, unit["id"])),
            }
            for unit in opened.units
        ],
        "people": _people(f, ahead.final),
        "gaps": gaps,
        "support": ahead.support,
        "champions": sides.champions(f, records),
        "camps": sides.camps(f, ahead),
        "race": sides.race(f, records, gaps),
    }


def paths(
    records: Records,
    account: str,
    to: str,
    as_of: Date,
    frm: str | None = None,
    k: int = 3,
    avoid_opponents: bool = False,
    opportunity: str | None = None,
) -> Row:
    """The k best influence paths to a person, from any team member or from one."""
    f = measure(records, account, as_of, opportunity)
    if not any(row["id"] == to and row["account"] == account for row in records["people"]):
        raise ValueError(f"The account has no person {to!r}.")
    if frm is not None and not any(row["id"] == frm for row in records["team"]):
        raise ValueError(f"No team member is called {frm!r}.")
    members = [name for name in f.account.members if frm is None or name == frm]
    found = routes.best_paths(f, to, members, k, avoid_opponents) if to in f.account.people else []
    conflicts = routes.conflict_pairs(records)
    return {"to": to, "paths": [routes.path_json(f, strength, path, conflicts) for strength, path in found]}


def _opportunity(f: Figures) -> Row | None:
    row = f.account.opportunity
    if row is None:
        return None
    bid = row["bid_date"]
    return {"id": row["id"], "name": row["name"], "bid_date": bid.isoformat() if bid else None}


def _people(f: Figures, final: dict[str, float]) -> list[Row]:
    order = sorted(f.account.people, key=lambda person: (-round(f.influence[person], 9), person))
    return [_person(f, person, final[person]) for person in order]


def _person(f: Figures, person: str, final: float) -> Row:
    row = f.account.people[person]
    cadence, required = f.account.standard(person)
    return {
        "id": person,
        "name": row["name"],
        "title": row["title"],
        "level": f.level[person],
        "level_inferred": row["level"] is None,
        "unit": row["unit"],
        "status": row["status"] or "active",
        "roles": f.account.roles(person),
        "stance": f.account.stance(person),
        "phi": (f.phi or {}).get(person, 0.0),
        "role_power": f.role_power[person],
        "formal_power": f.formal_power[person],
        "decision_influence": f.influence[person],
        "turned_to_by": f.lines.out_degree(person),
        "connection_strength": f.strength[person],
        "required_strength": required,
        "cadence": cadence,
        "coverage": f.coverage[person],
        "competitor_strength": f.rival[person],
        "trust": f.trust[person],
        "final_stance": final,
        "covered_by": _covered_by(f, person),
    }


def _covered_by(f: Figures, person: str) -> list[Row]:
    entries = []
    for name, member in f.account.members.items():
        connection = f.connections[name, person]
        if connection.strength <= SLACK and (name, person) not in f.covers:
            continue
        last = f.last_touch(name, person)
        entries.append(
            {
                "member": name,
                "role": member["role"],
                "frequency": connection.frequency,
                "breadth": connection.breadth,
                "depth": connection.depth,
                "strength": connection.strength,
                "trust": f.trusts[name, person],
                "last_touch": last.isoformat() if last else None,
            }
        )
    entries.sort(key=lambda entry: (-round(entry["strength"], 9), entry["member"]))
    return entries
