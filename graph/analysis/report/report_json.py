"""The coverage report as JSON, for the command line, HTTP and files: unrounded numbers, null where absent."""

from __future__ import annotations

from typing import Any

from graph.analysis.ground.as_json import as_json
from graph.analysis.network.influence_network import InfluencePaths
from graph.analysis.report.results import CoverageReport, PersonResult, Tie


def report_json(report: CoverageReport, lang: str = "en") -> dict[str, Any]:
    """The coverage report, with reasons and actions in a language.

    >>> report_json(report)["people"][0]["id"]
    'ann'
    """
    opportunity, support = report.opportunity, report.support
    return {
        "account": {"id": report.account.id, "name": report.account.name},
        "opportunity": opportunity
        and {
            "id": opportunity.id,
            "name": opportunity.name,
            "bid_date": opportunity.bid_date.isoformat() if opportunity.bid_date else None,
        },
        "as_of": report.as_of.isoformat(),
        "calibration": report.calibration.render(lang),
        "influence_assumed": report.influence_assumed,
        "decision_chain_coverage": report.decision_chain_coverage,
        "supportive_coverage": report.supportive_coverage,
        "identified": report.identified,
        "redundancy": report.redundancy,
        "independent_routes": report.independent_routes,
        "concentration": report.concentration,
        "status": report.status,
        "triangle": dict(report.triangle),
        "by_role": dict(report.by_role),
        "units": [{"id": unit.id, "name": unit.name, "coverage": unit.coverage} for unit in report.units],
        "people": [person_json(person) for person in report.people],
        "gaps": as_json(report.gaps, lang),
        "support": support
        and {
            "index": support.index,
            "forecast": support.forecast,
            "low": support.low,
            "high": support.high,
            "bottleneck": support.bottleneck and {"step": support.bottleneck.step, "value": support.bottleneck.value},
        },
        "champions": as_json(report.champions),
        "camps": as_json(report.camps),
        "race": as_json(report.race),
    }


def paths_json(paths: InfluencePaths) -> dict[str, Any]:
    """Influence paths, strongest first."""
    return {"to": paths.to.id, "paths": as_json(paths.paths)}


def person_json(person: PersonResult) -> dict[str, Any]:
    """A person of the report."""
    return {
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "level": person.level,
        "level_inferred": person.level_inferred,
        "unit": person.unit,
        "status": person.status,
        "roles": list(person.roles),
        "stance": person.stance,
        "phi": person.phi,
        "role_power": person.role_power,
        "formal_power": person.formal_power,
        "decision_influence": person.decision_influence,
        "turned_to_by": person.turned_to_by,
        "connection_strength": person.connection_strength,
        "required_strength": person.required_strength,
        "cadence": person.cadence,
        "coverage": person.coverage,
        "competitor_strength": person.competitor_strength,
        "trust": person.trust,
        "final_stance": person.final_stance,
        "covered_by": [_tie(tie) for tie in person.covered_by],
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "member": tie.member,
        "role": tie.role,
        "frequency": tie.frequency,
        "breadth": tie.breadth,
        "depth": tie.depth,
        "strength": tie.strength,
        "trust": tie.trust,
        "last_touch": tie.last_touch.isoformat() if tie.last_touch else None,
    }
