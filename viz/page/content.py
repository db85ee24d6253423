"""The page's data: every part that its scripts read, as declared in script/data.js."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from graph.analysis.ground.limits import UNASKED_PEOPLE
from graph.model.scales import ELEMENT
from graph.model.words import catalogue
from viz.page.data import shared, six_digits
from viz.page.people import people_data
from viz.page.scenes import drawing_data
from viz.page.views import views_data
from viz.words.bilingual import both_texts, named, rendered, scale_word
from viz.words.legend import BAND_WORDS, FORM_WORDS, ROLE_WORDS

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.map import MapContent
    from graph.analysis.report.results import CoverageReport
    from graph.analysis.scenarios.departures import AccountFigures
    from graph.analysis.scenarios.stance_shifts import StanceShift
    from graph.model.words import Message
    from viz.scene.views import View

SCRIPT_WORDS = ("viz.", "map.", "cover.", "status.red", "status.amber", "status.green")
"""Prefixes of the catalogue's keys that the scripts use."""
GOALS, QUESTIONS = 3, 3
"""How many of each a page carries of a visit brief."""


def content_data(content: MapContent, lang: str, view: View, scenes: dict[str, Any]) -> dict[str, Any]:
    """All data of a page opened in a language and on a view."""
    report = content.report
    return {
        "lang": lang,
        "view": view,
        "account": shared(named(report.account.name, report.account.id)),
        "id": report.account.id,
        "unasked": UNASKED_PEOPLE,
        "file": _file_name(report),
        "people": people_data(content),
        "members": [
            {
                "id": member.id,
                "name": shared(named(member.name, member.id)),
                "role": member.role or "",
                "ties": _ties(content, member.id),
            }
            for member in content.members
        ],
        "rivals": [{"id": rival.id, "name": shared(named(rival.name, rival.id))} for rival in content.rivals],
        "units": [{"id": unit.id, "name": shared(named(unit.name, unit.id))} for unit in report.units],
        "words": {key: [both["en"], both["zh"]] for key, both in catalogue().items() if key.startswith(SCRIPT_WORDS)},
        "roles": {letter: shared(word) for letter, word in ROLE_WORDS.items()},
        "forms": {form: shared(word) for form, word in FORM_WORDS.items()},
        "supposing": scenarios_data(content),
        "elements": elements_data(content),
        "briefs": briefs_data(content),
        "bands": {band: shared(word) for band, word in BAND_WORDS.items()},
        "gapKinds": _gap_kinds(report),
        "scenes": scenes,
        **views_data(content),
        "drawing": drawing_data(content),
    }


def _ties(content: MapContent, member: str) -> int:
    return sum(tie.member == member for tie in content.ties)


def _gap_kinds(report: CoverageReport) -> dict[str, Any]:
    """The word of each type of gap that occurs."""
    return {kind: shared(both_texts(f"gap.{kind}")) for kind in sorted({gap.type for gap in report.gaps})}


def _file_name(report: CoverageReport) -> str:
    """The name of exported files: account id and day, in characters that every file system takes."""
    plain = unicodedata.normalize("NFKD", report.account.id)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:60] + f"-{report.as_of.isoformat()}"


def elements_data(content: MapContent) -> list[dict[str, Any]]:
    """The recorded elements of our value proposition, with the people of the report to whom each matters."""
    there = {person.id for person in content.report.people}
    return [
        {
            "word": shared(scale_word(ELEMENT, element.element)),
            "statement": shared(named(element.statement, "")),
            "ours": element.ours,
            "rival": element.rival,
            "people": [person for person in element.matters_to if person in there],
        }
        for element in content.elements
        if not element.empty or element.matters_to
    ]


def briefs_data(content: MapContent) -> dict[str, dict[str, Any]] | None:
    """The short form of each visit brief, by person: goals, questions, and the commitment to ask for.

    None where the account has too many people for briefs that nobody asked for.
    """
    briefs = content.briefs
    return None if briefs is None else {person: _short_brief(brief) for person, brief in briefs.items()}


def _short_brief(brief: Brief) -> dict[str, Any]:
    goals = [goal for goal in brief.goals if goal.here][:GOALS]
    questions = sorted(brief.questions, key=lambda question: not question.heart)[:QUESTIONS]
    return {
        "member": brief.member.id,
        "goals": [[shared(both_texts(f"goal.kind.{goal.kind}")), _text(goal.text)] for goal in goals],
        "questions": [_text(question.text) for question in questions],
        "ask": _text(brief.ask.text),
        "missing": [_text(condition) for condition in brief.ask.missing],
    }


def _text(message: Message) -> Any:
    return shared(rendered(message))


def scenarios_data(content: MapContent) -> dict[str, Any] | None:
    """The standing today and after each single departure or stance, by id; None where there are too many people.

    A standing is a row of coverage, supportive coverage, independent routes, status and forecast.
    """
    changes = content.single_changes
    if changes is None:
        return None
    return {
        "today": _standing(changes.today),
        "people": {person: _standing(standing) for person, standing in changes.without.items()},
        "members": {member: _standing(standing) for member, standing in changes.without_ours.items()},
        "stances": {person: _stance_shift(shift) for person, shift in changes.stance_shifts.items()},
        "values": dict(changes.values),
    }


def _standing(standing: AccountFigures) -> list[Any]:
    return [
        _rounded(standing.decision_chain_coverage),
        _rounded(standing.supportive_coverage),
        standing.independent_routes,
        standing.status,
        _rounded(standing.forecast),
    ]


def _stance_shift(shift: StanceShift) -> list[Any]:
    """The stepwise figures as pairs, then the forecast at a stance of 0 and its change per unit of stance."""
    return [
        _rounded(shift.decision_chain_coverage),
        [_rounded(share) for share in shift.supportive_coverage],
        list(shift.independent_routes),
        list(shift.status),
        _rounded(shift.forecast),
        _rounded(shift.by_stance),
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else six_digits(value)
