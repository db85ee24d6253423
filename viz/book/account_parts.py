"""The sheets about the account as a whole: headline, support, gaps, units, roles, steps, routes."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.map import Dossier
from graph.analysis.network.influence_network import PathNode
from graph.analysis.report.gap_subjects import subjects
from graph.analysis.report.results import CoverageReport
from graph.model.scales import ROLE, RULE, STANCE
from graph.model.words import text
from viz.book.part import Column, Part, Share, Value, column, part, yes_no
from viz.words.names import name_of, named
from viz.words.sentences import subject_name

Row = tuple[Value | Share, ...]


def headline_part(dossier: Dossier, lang: str) -> Part:
    """A row per figure: name, value, words."""
    return part("headline", lang, _figure_columns(lang), list(_figures(dossier.map.report, lang)))


def support_part(dossier: Dossier, lang: str) -> Part:
    """The support forecast, each value in [-1, 1] but the bottleneck's in [0, 1]; nothing without an opportunity."""
    report = dossier.map.report
    support = report.support
    rows: list[Row] = []
    if support is not None:
        rows = [
            (text(f"book.figure.support_{key}", lang), value, None)
            for key, value in (
                ("index", support.index),
                ("forecast", support.forecast),
                ("low", support.low),
                ("high", support.high),
            )
        ]
        if support.bottleneck is not None:
            step = step_name(support.bottleneck.step, report, lang)
            rows.append((text("book.figure.bottleneck", lang), support.bottleneck.value, step))
    return part("support", lang, _figure_columns(lang), rows)


def _figure_columns(lang: str) -> list[Column]:
    return [
        column("figure", lang, width=40),
        column("value", lang, "mixed", width=26),
        column("in_words", lang, "long", width=70),
    ]


def _figures(report: CoverageReport, lang: str) -> Iterator[Row]:
    def figure(key: str, value: Value | Share, words: str | None = None) -> Row:
        return text(f"book.figure.{key}", lang), value, words

    opportunity = report.opportunity
    yield figure("account", named({report.account.id: report.account.name}, report.account.id, lang), report.account.id)
    if opportunity is not None:
        yield figure("opportunity", named({opportunity.id: opportunity.name}, opportunity.id, lang), opportunity.id)
        yield figure("bid_date", opportunity.bid_date)
    yield figure("as_of", report.as_of)
    yield figure("calibration", report.calibration.render(lang))
    yield figure("influence_assumed", yes_no(report.influence_assumed, lang))
    yield figure("levels_inferred", sum(person.level_inferred for person in report.people))
    yield figure("people", len(report.people))
    if report.status is not None:
        reason = report.status_reason.render(lang) if report.status_reason else None
        yield figure("status", text(f"status.{report.status}", lang), reason)
    yield figure("decision_chain_coverage", Share(report.decision_chain_coverage))
    yield figure("supportive_coverage", Share(report.supportive_coverage))
    seats = text("book.seats", lang, known=report.seats_identified, seats=report.seats) if report.seats else None
    yield figure("identified", Share(report.identified), seats)
    yield figure("redundancy", Share(report.redundancy))
    yield figure("independent_routes", report.independent_routes)
    yield figure("concentration", Share(report.concentration))
    for role, share in report.triangle.items():
        yield text("book.figure.triangle", lang, role=role), Share(share), None
    if report.camps is not None:
        for camp, share in report.camps.shares.items():
            yield text("book.figure.camp", lang, camp=text(f"camp.{camp}", lang)), Share(share), None
    yield figure("ahead", Share(report.race.ahead))
    yield figure("open", Share(report.race.open))
    for rival, share in report.race.behind.items():
        yield text("book.figure.behind", lang, rival=named(report.rival_names, rival, lang)), Share(share), None


def step_name(step: str, report: CoverageReport, lang: str) -> str:
    """The name of a step; of a veto in participation, the person's."""
    if not step.startswith("veto:"):
        return named(report.step_names, step, lang)
    holder = step.removeprefix("veto:")
    return text("book.veto_of", lang, person=named({person.id: person.name for person in report.people}, holder, lang))


def gaps_part(dossier: Dossier, lang: str) -> Part:
    """A row per gap, worst first."""
    report = dossier.map.report
    numbers = {(subject.person, subject.unit): subject.number for subject in subjects(report)}
    rows: list[Row] = [
        (
            place,
            numbers[gap.person, gap.unit],
            subject_name(gap, report, lang),
            text(f"gap.{gap.type}", lang),
            gap.severity,
            text(f"band.{gap.band}", lang),
            gap.reason.render(lang),
            gap.action.render(lang),
        )
        for place, gap in enumerate(report.gaps, 1)
    ]
    columns = [
        column("rank", lang, "integer", width=6),
        column("gap_number", lang, "integer", width=8),
        column("subject", lang, width=22),
        column("gap", lang, width=22),
        column("severity", lang, "number", "worse", 11),
        column("band", lang, width=11),
        column("reason", lang, "long", width=60),
        column("action", lang, "long", width=60),
    ]
    return part("gaps", lang, columns, rows, frozen=3)


def units_part(dossier: Dossier, lang: str) -> Part:
    """A row per unit: people, share of the decision, coverage."""
    report = dossier.map.report
    units = report.unit_names
    rows = []
    for unit in report.units:
        own = [person for person in report.people if person.unit == unit.id]
        parent = named(units, unit.parent, lang) if unit.parent else None
        share = sum(person.decision_influence for person in own)
        rows.append((unit.id, named(units, unit.id, lang), parent, len(own), share, unit.coverage))
    columns = [
        column("id", lang, width=18),
        column("unit", lang, width=26),
        column("parent", lang, width=26),
        column("people", lang, "integer", width=9),
        column("decision_influence", lang, "share", "bar"),
        column("coverage", lang, "share", "better"),
    ]
    return part("units", lang, columns, rows, frozen=2)


def roles_part(dossier: Dossier, lang: str) -> Part:
    """A row per role that at least one person holds."""
    report = dossier.map.report
    rows = [
        (role, ROLE.word(role, lang), sum(role in person.roles for person in report.people), covered)
        for role, covered in report.by_role.items()
    ]
    columns = [
        column("role", lang, width=8),
        column("in_words", lang, width=22),
        column("people", lang, "integer", width=9),
        column("coverage", lang, "share", "better"),
    ]
    return part("roles", lang, columns, rows)


def steps_part(dossier: Dossier, lang: str) -> Part:
    """A row per vote: step, rule, quota, voter, weight, veto and stance."""
    people = dossier.map.report.people_by_id
    rows = [
        (
            place,
            named({step.id: step.name}, step.id, lang),
            RULE.word(step.rule, lang),
            step.quota,
            name_of(people[person], lang) if person in people else person,
            weight,
            yes_no(veto, lang),
            STANCE.word(people[person].stance, lang)
            if person in people and people[person].stance is not None
            else text("word.unknown", lang),
        )
        for place, step in enumerate(dossier.map.steps, 1)
        for person, weight, veto in step.votes
    ]
    columns = [
        column("rank", lang, "integer", width=6),
        column("step", lang, width=26),
        column("rule", lang, width=14),
        column("quota", lang, "number", width=9),
        column("person", lang, width=22),
        column("weight", lang, "number", "bar"),
        column("veto", lang, width=8),
        column("stance", lang, width=18),
    ]
    return part("steps", lang, columns, rows, frozen=2)


def routes_part(dossier: Dossier, lang: str) -> Part:
    """A row per route from our team to a person, strongest first."""
    content = dossier.map
    rows = [
        (
            name_of(person, lang),
            rank,
            path.strength,
            " → ".join(_stops(path.nodes, lang)),
            min(h.weight for h in path.hops),
        )
        for person in content.report.people
        for rank, path in enumerate(content.routes.get(person.id, ()), 1)
    ]
    columns = [
        column("person", lang, width=22),
        column("rank", lang, "integer", width=6),
        column("strength", lang, "number", "better"),
        column("route", lang, "long", width=80),
        column("weakest", lang, "number", width=12),
    ]
    return part("routes", lang, columns, rows)


def _stops(nodes: tuple[PathNode, ...], lang: str) -> Iterator[str]:
    for node in nodes:
        yield named({node.id: node.name}, node.id, lang)
