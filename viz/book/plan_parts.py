"""The sheets of the plan: actions, assignment of people to members, unknowns to find out, value proposition."""

from __future__ import annotations

from graph.analysis.map import Dossier
from graph.model.names import in_script
from graph.model.scales import ELEMENT
from graph.model.words import text
from viz.book.part import Part, column, part, yes_no
from viz.words.names import name_of, named
from viz.words.sentences import method_words


def plan_part(dossier: Dossier, lang: str) -> Part:
    """A row per action."""
    people = {person.id: name_of(person, lang) for person in dossier.map.report.people}
    rows = [
        (
            place,
            action.by_when,
            named(dossier.names.members, action.member, lang),
            people[action.person],
            method_words(action, lang),
            action.priority,
            action.value,
            action.feasibility,
            action.effort,
            action.coverage,
            action.forecast,
            None if action.closes is None else text(f"gap.{action.closes}", lang),
            yes_no(action.ask, lang),
            action.reason.render(lang),
        )
        for place, action in enumerate(dossier.plan.actions, 1)
    ]
    columns = [
        column("rank", lang, "integer", width=6),
        column("by", lang, "date", width=12),
        column("member", lang, width=20),
        column("person", lang, width=22),
        column("how", lang, width=22),
        column("priority", lang, "number", "bar"),
        column("worth", lang, "number"),
        column("feasibility", lang, "number"),
        column("effort", lang, "number"),
        column("moves_coverage", lang, "share"),
        column("moves_forecast", lang, "number"),
        column("gap", lang, width=20),
        column("may_ask", lang, width=10),
        column("reason", lang, "long", width=70),
    ]
    return part("plan", lang, columns, rows, frozen=4)


def owners_part(dossier: Dossier, lang: str) -> Part:
    """A row per person below the required strength: the member who should answer for them, and the one who does."""
    people = {person.id: name_of(person, lang) for person in dossier.map.report.people}
    rows = [
        (
            people[person.person],
            person.decision_influence,
            named(dossier.names.members, person.member, lang) if person.member else None,
            person.fit,
            named(dossier.names.members, person.owner, lang) if person.owner else None,
            person.owner_fit,
            person.gain,
        )
        for person in dossier.plan.assignment.people
    ]
    columns = [
        column("person", lang, width=22),
        column("decision_influence", lang, "share", "bar"),
        column("should_answer", lang, width=20),
        column("fit", lang, "number"),
        column("answers_today", lang, width=20),
        column("fit_today", lang, "number"),
        column("gain", lang, "number"),
    ]
    return part("owners", lang, columns, rows)


def find_out_part(dossier: Dossier, lang: str) -> Part:
    """A row per unknown, the widest effect first."""
    people = {person.id: name_of(person, lang) for person in dossier.map.report.people}
    rows = [
        (
            people[unknown.person],
            text(f"unknown.{unknown.unknown}", lang),
            unknown.width,
            named(dossier.names.members, unknown.member, lang) if unknown.member else None,
            people[unknown.ask] if unknown.ask else None,
        )
        for unknown in dossier.plan.find_out
    ]
    columns = [
        column("person", lang, width=22),
        column("unknown", lang, width=26),
        column("width", lang, "number", "worse"),
        column("member", lang, width=20),
        column("ask", lang, width=22),
    ]
    return part("find_out", lang, columns, rows)


def value_part(dossier: Dossier, lang: str) -> Part:
    """A row per element of the value proposition."""
    rows = [
        (
            ELEMENT.word(element.element, lang),
            in_script(element.statement, lang) if element.statement else text("deck.value.empty", lang),
            element.ours,
            element.rival,
            element.lead,
            text("viz.comma", lang).join(named(dossier.names.people, who, lang) for who in element.matters_to) or None,
        )
        for element in dossier.map.elements
    ]
    columns = [
        column("element", lang, width=24),
        column("in_words", lang, "long", width=60),
        column("ours_score", lang, "number", "better"),
        column("rival_score", lang, "number", "worse"),
        column("lead", lang, "number"),
        column("matters_to", lang, "long", width=50),
    ]
    return part("value", lang, columns, rows)
