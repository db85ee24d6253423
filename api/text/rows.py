"""Answers as rows: what the tables, the CSV and the portfolio show, a mapping a row, keys as in the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph.model.names import in_script

if TYPE_CHECKING:
    from graph.analysis.network.influence_network import InfluencePath
    from graph.analysis.persons.everybody import Place
    from graph.analysis.report.results import CoverageReport, Gap
    from graph.store.protocol import AccountSummary

Row = Mapping[str, Any]

THROUGH = 3
"""How many of the people through whom somebody has influence a row names: those with the largest parts."""


def account_rows(accounts: Iterable[AccountSummary]) -> list[dict[str, Any]]:
    """A row an account, by id."""
    return [
        {
            "id": account.id,
            "name": account.name,
            "tier": account.tier,
            "people": account.people,
            "opportunities": account.opportunities,
            "interactions": account.interactions,
            "last_interaction": account.last_interaction.isoformat() if account.last_interaction else None,
        }
        for account in sorted(accounts, key=lambda account: account.id)
    ]


def people_rows(report: CoverageReport, places: Mapping[str, Place], lang: str) -> list[dict[str, Any]]:
    """A row a person, by influence: who they are, what they decide, where that comes from, and their place."""
    from graph.analysis.ground.rounding import RESIDUE
    from graph.analysis.report.influence_shares import largest_shares_of_all

    names = {person.id: shown(person.name, person.id, lang) for person in report.people}
    shares = largest_shares_of_all(report.people, THROUGH)
    return [
        {
            "rank": rank,
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "level": person.level,
            "level_inferred": person.level_inferred,
            "unit": person.unit,
            "status": person.status,
            "roles": list(person.roles),
            "stance": person.stance,
            "decision_influence": person.decision_influence,
            "own_vote": own if (own := shares[person.id][0]) > RESIDUE else 0.0,
            "through": [
                {"person": part.person, "name": names[part.person], "share": part.share}
                for part in shares[person.id][1]
            ],
            "formal_power": person.formal_power,
            "turned_to_by": person.turned_to_by,
            "connection_strength": person.connection_strength,
            "required_strength": person.required_strength,
            "coverage": person.coverage,
            **places[person.id]._asdict(),
            "brokerage": places[person.id].brokerage.total,
        }
        for rank, person in enumerate(report.people, 1)
    ]


def coverage_rows(report: CoverageReport, lang: str) -> list[dict[str, Any]]:
    """A row a person, by influence: how well covered, by whom, the worst gap and what to do about it."""
    rows = []
    for rank, person in enumerate(report.people, 1):
        gap = report.worst_gap_of(person.id)
        rows.append(
            {
                "rank": rank,
                "id": person.id,
                "name": person.name,
                "title": person.title,
                "unit": person.unit,
                "roles": list(person.roles),
                "stance": person.stance,
                "decision_influence": person.decision_influence,
                "coverage": person.coverage,
                "connection_strength": person.connection_strength,
                "required_strength": person.required_strength,
                "competitor_strength": person.competitor_strength,
                "trust": person.trust,
                "covered_by": [tie.member for tie in person.covered_by],
                "worst_gap": gap.type if gap else None,
                "severity": gap.severity if gap else None,
                "band": gap.band if gap else None,
                "reason": gap.reason.render(lang) if gap else None,
                "action": gap.action.render(lang) if gap else None,
            }
        )
    return rows


def gap_rows(report: CoverageReport, lang: str) -> list[dict[str, Any]]:
    """A row a gap, worst first."""
    return [
        {
            "type": gap.type,
            "subject": subject_of(gap, report, lang),
            "severity": gap.severity,
            "band": gap.band,
            "reason": gap.reason.render(lang),
            "action": gap.action.render(lang),
        }
        for gap in report.gaps
    ]


def path_rows(paths: Iterable[InfluencePath], lang: str) -> list[dict[str, Any]]:
    """A row a path, strongest first: each hop's weight between the names."""
    rows = []
    for rank, path in enumerate(paths, 1):
        via = [node.id for node in path.nodes]
        rows.append({"rank": rank, "strength": path.strength, "route": route_of(path, lang), "via": via})
    return rows


def route_of(path: InfluencePath, lang: str) -> str:
    """A path in a line: each hop's weight between the names; ~ is assumed, ! between two people in conflict."""
    names = [shown(node.name, node.id, lang) for node in path.nodes]
    return names[0] + "".join(
        f" →{two_digits(hop.weight)}{'~' if hop.assumed else ''}{'!' if hop.conflict else ''}→ {name}"
        for hop, name in zip(path.hops, names[1:], strict=True)
    )


def subject_of(gap: Gap, report: CoverageReport, lang: str) -> str | None:
    """The name of the person or unit that a gap is about; None for the account as a whole."""
    if gap.person is not None:
        return shown(report.person(gap.person).name, gap.person, lang)
    if gap.unit is not None:
        return next(shown(unit.name, unit.id, lang) for unit in report.units if unit.id == gap.unit)
    return None


def shown(name: str | None, identity: str, lang: str) -> str:
    """A name as shown in a language; the id where there is none."""
    return in_script(name, lang) if name else identity


def two_digits(value: float) -> str:
    """A strength or weight as shown: `.37`, `1.00`."""
    return f"{value:.2f}".removeprefix("0") if value < 0.995 else "1.00"
