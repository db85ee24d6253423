"""People in the page's data: what the list and the detail panel show of each, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.analysis.report.gap_subjects import Subject, subjects
from graph.analysis.report.influence_shares import largest_shares_of_all
from viz.encodings import person_form
from viz.page.data import shared, six_digits
from viz.scene.plan import BADGES
from viz.words.bilingual import Both, named, rendered
from viz.words.names import name_of, role_letters

if TYPE_CHECKING:
    import datetime

    from graph.analysis.map import MapContent
    from graph.analysis.network.influence_network import InfluencePath
    from graph.analysis.report.influence_shares import Largest
    from graph.analysis.report.results import PersonResult, Tie

VOICES = 3
"""How many of the largest shares through others are listed; the rest is one sum."""


def display_name(person: PersonResult) -> Both:
    """A person's name as the map shows it."""
    return Both(name_of(person, "en"), name_of(person, "zh"))


def people_data(content: MapContent) -> list[dict[str, Any]]:
    """Every person of the report in its order. Notes and evidence are left out: a page may be passed on."""
    by_person = {subject.person: subject for subject in subjects(content.report)}
    people = content.report.people
    voices = largest_shares_of_all(people, VOICES)
    return [_person(person, content, by_person.get(person.id), voices[person.id]) for person in people]


def _person(person: PersonResult, content: MapContent, subject: Subject | None, voices: Largest) -> dict[str, Any]:
    gaps = subject.gaps if subject else ()
    own, through, others = _voices(person, voices)
    return {
        "id": person.id,
        "name": shared(display_name(person)),
        "title": shared(named(person.title, "")),
        "level": six_digits(person.level),
        "inferred": int(person.level_inferred),
        "unit": person.unit,
        "status": person.status,
        "roles": role_letters(person),
        "stance": person.stance,
        "form": person_form(person),
        "share": six_digits(person.decision_influence),
        "tie": six_digits(person.connection_strength),
        "required": six_digits(person.required_strength),
        "coverage": six_digits(person.coverage),
        "turned": person.turned_to_by,
        "ties": [_tie(tie, content.report.as_of) for tie in person.covered_by],
        "made": own + through,
        "others": six_digits(others),
        "gaps": [[gap.band, shared(rendered(gap.reason)), gap.type] for gap in gaps],
        "next": shared(rendered(gaps[0].action)) if gaps else None,
        "brief": shared(rendered(gaps[0].brief)) if gaps else None,
        "worst": subject.number if subject else None,
        "number": subject.number if subject and subject.number <= BADGES else None,
        "routes": [_route(path) for path in content.routes.get(person.id, ())],
    }


def _voices(person: PersonResult, voices: Largest) -> tuple[list[list[Any]], list[list[Any]], float]:
    """The own vote, the largest others, and the sum of the rest."""
    own, largest, rest = voices
    mine = [[person.id, six_digits(own)]] if own > 0 else []
    return mine, [[part.person, six_digits(part.share)] for part in largest], rest


def _tie(tie: Tie, as_of: datetime.date) -> list[Any]:
    days = (as_of - tie.last_touch).days if tie.last_touch else None
    return [tie.member, *(six_digits(part) for part in (tie.frequency, tie.breadth, tie.depth, tie.strength)), days]


def _route(path: InfluencePath) -> dict[str, Any]:
    return {
        "strength": six_digits(path.strength),
        "nodes": [node.id for node in path.nodes],
        "hops": [[six_digits(hop.weight), int(hop.assumed), int(hop.conflict)] for hop in path.hops],
    }
