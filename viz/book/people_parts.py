"""The sheets about people: persons, our ties, lines between people, champions, camps, the race with rivals."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analysis.map import Dossier
from graph.analysis.report.gap_subjects import subjects
from graph.analysis.report.results import PersonResult
from graph.model.names import in_script
from graph.model.scales import STANCE
from graph.model.words import text
from viz.book.part import Part, Value, column, part, yes_no
from viz.words.names import name_of, named


def people_part(dossier: Dossier, lang: str) -> Part:
    """A row per person, by influence."""
    report = dossier.map.report
    units = report.unit_names
    gaps = {subject.person: subject.number for subject in subjects(report) if subject.person is not None}
    rows = [
        (
            rank,
            person.id,
            *_who(person, units, lang),
            *_power(person),
            *_tie(person),
            gaps.get(person.id),
            _covered_by(person, dossier, lang),
        )
        for rank, person in enumerate(report.people, 1)
    ]
    columns = [
        column("rank", lang, "integer", width=6),
        column("id", lang, width=18),
        column("name", lang, width=22),
        column("title", lang, width=26),
        column("unit", lang, width=20),
        column("level", lang, "number", width=8),
        column("level_inferred", lang, width=10),
        column("status", lang, width=12),
        column("roles", lang, width=10),
        column("veto", lang, width=8),
        column("stance", lang, width=18),
        column("stance_value", lang, "integer", width=8),
        column("decision_influence", lang, "share", "bar", 14),
        column("own_vote", lang, "share", width=12),
        column("turned_to_by", lang, "integer", width=12),
        column("formal_power", lang, "share", width=12),
        column("phi", lang, "share", width=12),
        column("role_power", lang, "share", width=12),
        column("connection_strength", lang, "number", width=11),
        column("required_strength", lang, "number", width=11),
        column("cadence", lang, "integer", width=10),
        column("coverage", lang, "share", "better", 11),
        column("competitor_strength", lang, "number", "worse", 11),
        column("trust", lang, "number", width=9),
        column("final_stance", lang, "number", width=11),
        column("gap_number", lang, "integer", width=8),
        column("covered_by", lang, "long", width=40),
    ]
    return part("people", lang, columns, rows, frozen=3)


def _who(person: PersonResult, units: Mapping[str, str | None], lang: str) -> tuple[Value, ...]:
    return (
        name_of(person, lang),
        in_script(person.title, lang) if person.title else None,
        named(units, person.unit, lang) if person.unit else None,
        person.level,
        yes_no(person.level_inferred, lang),
        text(f"status.{person.status}", lang),
        " ".join(person.roles) or None,
        yes_no(person.veto, lang),
        text("word.unknown", lang) if person.stance is None else STANCE.word(person.stance, lang),
        person.stance,
    )


def _power(person: PersonResult) -> tuple[Value, ...]:
    own = sum(share.share for share in person.made_of if share.person == person.id)
    return person.decision_influence, own, person.turned_to_by, person.formal_power, person.phi, person.role_power


def _tie(person: PersonResult) -> tuple[Value, ...]:
    return (
        person.connection_strength,
        person.required_strength,
        person.cadence,
        person.coverage,
        person.competitor_strength,
        person.trust,
        person.final_stance,
    )


def _covered_by(person: PersonResult, dossier: Dossier, lang: str) -> str | None:
    ties = (
        f"{named(dossier.names.members, tie.member, lang)} {tie.strength:.2f}"
        for tie in person.covered_by
        if tie.strength > 0
    )
    return text("viz.comma", lang).join(ties) or None


def ties_part(dossier: Dossier, lang: str) -> Part:
    """A row per tie, by the person's influence, then by strength."""
    report = dossier.map.report
    rows: list[tuple[Value, ...]] = [
        (
            named(dossier.names.members, tie.member, lang),
            tie.role,
            name_of(person, lang),
            tie.frequency,
            tie.breadth,
            tie.depth,
            tie.strength,
            tie.trust,
            tie.last_touch,
            None if tie.last_touch is None else (report.as_of - tie.last_touch).days,
        )
        for person in report.people
        for tie in person.covered_by
    ]
    columns = [
        column("member", lang, width=20),
        column("our_role", lang, width=10),
        column("person", lang, width=22),
        column("frequency", lang, "number"),
        column("breadth", lang, "number"),
        column("depth", lang, "number"),
        column("strength", lang, "number", "better"),
        column("trust", lang, "number"),
        column("last_touch", lang, "date"),
        column("days_since", lang, "integer"),
    ]
    return part("ties", lang, columns, rows)


def influence_part(dossier: Dossier, lang: str) -> Part:
    """A row per line of influence, conflict or reporting."""
    content = dossier.map
    names = {person.id: name_of(person, lang) for person in content.report.people}
    kinds = (("influence", content.influences), ("conflict", content.conflicts), ("reporting", content.reporting))
    rows = [
        (
            text(f"viz.layer.{kind}", lang),
            names[line.source],
            names[line.target],
            None if kind == "reporting" else line.weight,
            yes_no(line.assumed, lang),
        )
        for kind, lines in kinds
        for line in lines
    ]
    columns = [
        column("line", lang, width=14),
        column("from", lang, width=22),
        column("to", lang, width=22),
        column("weight", lang, "number", "bar"),
        column("assumed", lang),
    ]
    return part("lines", lang, columns, rows)


def champions_part(dossier: Dossier, lang: str) -> Part:
    """A row per person tested as a champion, with the missing criteria."""
    names = {person.id: name_of(person, lang) for person in dossier.map.report.people}
    rows = [
        (
            names[champion.person],
            yes_no(champion.champion, lang),
            text("viz.comma", lang).join(text(f"champion.{lack}", lang) for lack in champion.missing) or None,
        )
        for champion in dossier.map.report.champions or ()
    ]
    columns = [
        column("person", lang, width=22),
        column("champion", lang, width=12),
        column("missing", lang, "long", width=70),
    ]
    return part("champions", lang, columns, rows)


def camps_part(dossier: Dossier, lang: str) -> Part:
    """A row per person: camp by the forecast, and cross-pressure."""
    report = dossier.map.report
    people = report.people_by_id
    rows = [
        (
            name_of(people[person.person], lang),
            text(f"camp.{person.camp}", lang),
            people[person.person].final_stance,
            person.cross_pressure,
            people[person.person].decision_influence,
        )
        for person in (report.camps.people if report.camps else ())
    ]
    columns = [
        column("person", lang, width=22),
        column("camp", lang, width=14),
        column("final_stance", lang, "number"),
        column("cross_pressure", lang, "number", "worse"),
        column("decision_influence", lang, "share", "bar"),
    ]
    return part("camps", lang, columns, rows)


def race_part(dossier: Dossier, lang: str) -> Part:
    """A row per person: whether we or a rival has the stronger tie, and by how much."""
    report = dossier.map.report
    people = report.people_by_id
    back = {person: place for place, person in enumerate(report.race.win_back, 1)}
    rows = [
        (
            name_of(people[row.person], lang),
            text(f"race.{row.standing}", lang),
            row.lead,
            people[row.person].connection_strength,
            people[row.person].competitor_strength,
            named(report.rival_names, row.rival, lang) if row.rival else None,
            people[row.person].decision_influence,
            back.get(row.person),
        )
        for row in report.race.people
    ]
    columns = [
        column("person", lang, width=22),
        column("race", lang, width=12),
        column("lead", lang, "number"),
        column("connection_strength", lang, "number", "better"),
        column("competitor_strength", lang, "number", "worse"),
        column("rival", lang, width=20),
        column("decision_influence", lang, "share", "bar"),
        column("win_back", lang, "integer", width=12),
    ]
    return part("race", lang, columns, rows)
