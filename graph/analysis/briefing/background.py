"""背景: who the person is, what they hold in the decision, what is between us, and what the two share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from graph.analysis.briefing.facts import Facts
from graph.analysis.limits import BRIEF_NEIGHBOURS
from graph.model import CompetitorTie, OrgUnit
from graph.model.scales import ADAPTABILITY, POLITICAL_STATUS, PROFILE, RELATIONSHIP_LEVEL, RESPONSE_MODE, ROLE, STANCE
from graph.model.words import Message, Name, ScaleWord, message


def background(facts: Facts) -> tuple[Message, ...]:
    """The lines of the background, from who they are to what the rival has."""
    parts = (_who, _decision, _character, _wants, _tie, _rival)
    return tuple(line for part in parts for line in part(facts))


def connection_points(facts: Facts) -> tuple[Message, ...]:
    """What the two have in common, and who of theirs both know well."""
    return tuple(_shared(facts))


def _who(facts: Facts) -> Iterator[Message]:
    person = facts.person
    unit = next((one for one in facts.found.dataset.of(OrgUnit) if one.id == person.unit), None)
    title = Name(person.title) if person.title else message("brief.no_title")
    where = message("brief.outside") if unit is None else Name(unit.name or unit.id)
    yield message("brief.who", title=title, unit=where)


def _decision(facts: Facts) -> Iterator[Message]:
    rank = [one.id for one in facts.report.people].index(facts.person.id) + 1
    yield message(
        "brief.rank", rank=rank, people=len(facts.report.people), share=f"{100 * facts.result.decision_influence:.1f}"
    )
    if facts.roles:
        roles = tuple(ScaleWord(ROLE, role) for role in facts.roles)
        yield message("brief.roles.veto" if facts.result.veto else "brief.roles", roles=roles)
    if facts.stance is None:
        yield message("brief.stance_unknown")
    else:
        yield message("brief.stance", stance=ScaleWord(STANCE, str(facts.stance)))
    if facts.part is not None and facts.part.political_status:
        yield message("brief.political", status=ScaleWord(POLITICAL_STATUS, facts.part.political_status))
    yield from _neighbours(facts)


def _neighbours(facts: Facts) -> Iterator[Message]:
    """Whom they listen to, and who listens to them, the strongest lines first."""
    lines, view = facts.found.lines, facts.found.view
    for key, here, there in (
        ("brief.listens_to", lines.target, lines.source),
        ("brief.listened_to_by", lines.source, lines.target),
    ):
        own = np.flatnonzero(here == facts.at).tolist()
        own.sort(key=lambda k: (-float(lines.weight[k]), view.people[there[k]].id))
        if own:
            yield message(key, people=tuple(facts.name_of(view.people[there[k]].id) for k in own[:BRIEF_NEIGHBOURS]))


def _character(facts: Facts) -> Iterator[Message]:
    person, part = facts.person, facts.part
    traits: list[ScaleWord | Name] = []
    if person.profile:
        traits.append(ScaleWord(PROFILE, person.profile))
    if person.adaptability:
        traits.append(ScaleWord(ADAPTABILITY, person.adaptability))
    if part is not None and part.response_mode:
        traits.append(ScaleWord(RESPONSE_MODE, part.response_mode))
    if person.orientation:
        traits.append(Name(person.orientation))
    if traits:
        yield message("brief.traits", traits=tuple(traits))
    if person.notes:
        yield message("brief.notes", notes=Name(person.notes))


def _wants(facts: Facts) -> Iterator[Message]:
    if facts.person.kpis:
        yield message("brief.kpis", kpis=tuple(map(Name, facts.person.kpis)))
    if facts.part is not None and facts.part.win:
        yield message("brief.win", win=Name(facts.part.win))


def _tie(facts: Facts) -> Iterator[Message]:
    yield message(
        "brief.tie",
        member=Name(facts.member.name or facts.member.id),
        strength=f"{facts.strength:.2f}",
        required=f"{facts.result.required_strength:.2f}",
        together=f"{facts.result.connection_strength:.2f}",
        trust=f"{facts.trust:.2f}",
        last=facts.last_touch(),
    )
    covers = facts.covers
    if covers is not None and covers.current_level is not None and covers.target_level is not None:
        yield message(
            "brief.relationship",
            now=ScaleWord(RELATIONSHIP_LEVEL, str(covers.current_level)),
            target=ScaleWord(RELATIONSHIP_LEVEL, str(covers.target_level)),
        )


def _rival(facts: Facts) -> Iterator[Message]:
    ties = [one for one in facts.found.dataset.of(CompetitorTie) if one.person == facts.person.id]
    for one in sorted(ties, key=lambda one: (-one.strength, one.competitor))[:1]:
        yield message("brief.rival", rival=facts.rival_name(one.competitor), strength=f"{one.strength:.2f}")


def _shared(facts: Facts) -> Iterator[Message]:
    person, member = facts.person, facts.member
    for key, ours, theirs in (
        ("brief.same_background", member.background, person.background),
        ("brief.same_interest", member.interests, person.interests),
    ):
        mine = {one.strip().casefold() for one in ours}
        if common := tuple(Name(one) for one in theirs if one.strip().casefold() in mine):
            yield message(key, shared=common)
    yield from _both_know(facts)


def _both_know(facts: Facts) -> Iterator[Message]:
    """Those to whom the person listens and the member is firmly tied."""
    found, lines = facts.found, facts.found.lines
    firm = found.connected.strength[facts.by] >= found.view.calibration.firm_tie
    near = {int(lines.source[k]) for k in np.flatnonzero(lines.target == facts.at)}
    both = sorted((-float(found.connected.strength[facts.by, i]), found.view.people[i].id) for i in near if firm[i])
    if both:
        yield message("brief.both_know", people=tuple(facts.name_of(person) for _, person in both[:BRIEF_NEIGHBOURS]))
