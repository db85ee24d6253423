"""The people of the page as data: what the list and the detail show of each, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.analysis.report.gap_subjects import Subject, subjects
from graph.analysis.report.influence_shares import largest_shares
from viz import encodings
from viz.page.bilingual import Both, named, rendered
from viz.scene import plan

if TYPE_CHECKING:
    import datetime

    from graph.analysis.map import MapContent
    from graph.analysis.network.influence_network import InfluencePath
    from graph.analysis.report.results import CoverageReport, PersonResult, Tie

VOICES = 3
"""Through how many others a person's share is told; the rest is one sum."""


def form_of(person: PersonResult) -> str:
    """How a person's mark looks."""
    return encodings.form_of(person.status, person.stance)


def display_name(person: PersonResult) -> Both:
    """A person's name as the map shows it."""
    return Both(plan.name_of(person, "en"), plan.name_of(person, "zh"))


def badge_numbers(report: CoverageReport) -> dict[str, int]:
    """The people with a gap badge on the map and its number."""
    return {subject.person: subject.number for subject in subjects(report)[: plan.BADGES] if subject.person is not None}


def shared(both: Both | None) -> Any:
    """A text as the page's data holds it: once where both languages have the same, else a pair."""
    if both is None:
        return None
    return both.en if both.en == both.zh else [both.en, both.zh]


def people_data(content: MapContent) -> list[dict[str, Any]]:
    """Every person of the report in its order. Notes and evidence are not among what a page may carry."""
    found = {subject.person: subject for subject in subjects(content.report)}
    return [_person(person, content, found.get(person.id)) for person in content.report.people]


def _person(person: PersonResult, content: MapContent, subject: Subject | None) -> dict[str, Any]:
    gaps = subject.gaps if subject else ()
    own, through, others = _voices(person)
    return {
        "id": person.id,
        "name": shared(display_name(person)),
        "title": shared(named(person.title, "")),
        "level": _short(person.level),
        "inferred": int(person.level_inferred),
        "unit": person.unit,
        "status": person.status,
        "roles": "".join(person.roles) + ("V" if person.veto else ""),
        "stance": person.stance,
        "form": form_of(person),
        "share": _short(person.decision_influence),
        "tie": _short(person.connection_strength),
        "required": _short(person.required_strength),
        "coverage": _short(person.coverage),
        "turned": person.turned_to_by,
        "ties": [_tie(tie, content.report.as_of) for tie in person.covered_by],
        "made": own + through,
        "others": _short(others),
        "gaps": [[gap.band, shared(rendered(gap.reason)), gap.type] for gap in gaps],
        "next": shared(rendered(gaps[0].action)) if gaps else None,
        "brief": shared(rendered(gaps[0].brief)) if gaps else None,
        "worst": subject.number if subject else None,
        "number": subject.number if subject and subject.number <= plan.BADGES else None,
        "routes": [_route(path) for path in content.routes.get(person.id, ())],
    }


def _voices(person: PersonResult) -> tuple[list[list[Any]], list[list[Any]], float]:
    """The own vote, the largest others, and the sum of the rest."""
    own, largest, rest = largest_shares(person, VOICES)
    mine = [[person.id, _short(own)]] if own > 0 else []
    return mine, [[part.person, _short(part.share)] for part in largest], rest


def _tie(tie: Tie, as_of: datetime.date) -> list[Any]:
    days = (as_of - tie.last_touch).days if tie.last_touch else None
    return [tie.member, *(_short(part) for part in (tie.frequency, tie.breadth, tie.depth, tie.strength)), days]


def _route(path: InfluencePath) -> dict[str, Any]:
    return {
        "strength": _short(path.strength),
        "nodes": [node.id for node in path.nodes],
        "hops": [[_short(hop.weight), int(hop.assumed), int(hop.conflict)] for hop in path.hops],
    }


def _short(value: float) -> float:
    """A number without the digits that nobody sees: six decimals."""
    return round(value, 6)
