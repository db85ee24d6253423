"""The slides that are tables: the ten worst gaps, and the plan."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.map import Dossier
from graph.analysis.planning.next_actions import NextAction
from graph.analysis.report.gap_subjects import subjects
from graph.analysis.report.results import CoverageReport, Gap
from graph.model.words import text
from viz.deck.drawingml import Words
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board
from viz.deck.tables import Cell, table
from viz.words.bilingual import written_date
from viz.words.names import name_of, named
from viz.words.sentences import action_effects, method_words, subject_name

GAPS = 10
ROOM = (MARGIN, BODY_TOP, WIDTH - 2 * MARGIN, BODY_BOTTOM - BODY_TOP)
BAND_COLOUR = {"critical": COLOUR["red"], "high": COLOUR["amber"]}


def gaps_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the ten worst gaps as a table. Returns the lines of its notes."""
    report = dossier.map.report
    worst = report.gaps[:GAPS]
    key = "deck.title.gaps" if worst else "deck.title.gaps.none"
    title = text(key, lang, shown=len(worst), all=len(report.gaps))
    frame(board, dossier.map, "gaps", title, lang, number)
    if worst:
        words = ("number", "severity", "subject", "gap", "reason", "action")
        head = [text(f"deck.head.{word}", lang) for word in words]
        numbers = {(subject.person, subject.unit): subject.number for subject in subjects(report)}
        rows = [_gap(gap, numbers[gap.person, gap.unit], report, lang) for gap in worst]
        table(board, ROOM, (50.0, 112.0, 164.0, 150.0, 392.0, 372.0), head, rows)
    else:
        _nothing(board, text("viz.no_gap", lang))
    return (f"{place}. {gap.reason.render(lang)} → {gap.action.render(lang)}" for place, gap in enumerate(worst, 1))


def _gap(gap: Gap, number: int, report: CoverageReport, lang: str) -> list[Cell]:
    severity = f"{gap.severity:.0f} {text(f'band.{gap.band}', lang)}"
    return [
        Cell(str(number), bold=True, right=True),
        Cell(severity, bold=gap.band in BAND_COLOUR, colour=BAND_COLOUR.get(gap.band, COLOUR["muted"])),
        Cell(subject_name(gap, report, lang), bold=True),
        Cell(text(f"gap.{gap.type}", lang)),
        Cell(gap.reason.render(lang)),
        Cell(gap.action.render(lang), bold=True, colour=COLOUR["ours"]),
    ]


def plan_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the next best actions as a table. Returns the lines of its notes."""
    plan = dossier.plan
    frame(board, dossier.map, "plan", text("deck.title.plan", lang, days=plan.days), lang, number)
    if not plan.actions:
        _nothing(board, text("deck.plan.none", lang))
        return iter(())
    words = ("number", "by", "ours", "theirs", "how", "moves", "closes", "days")
    head = [text(f"deck.head.{word}", lang) for word in words]
    people = {person.id: name_of(person, lang) for person in dossier.map.report.people}
    rows = [_action(place, action, dossier, people, lang) for place, action in enumerate(plan.actions, 1)]
    table(board, ROOM, (50.0, 110.0, 150.0, 170.0, 170.0, 320.0, 160.0, 110.0), head, rows)
    return _plan_notes(dossier, lang)


def _action(place: int, action: NextAction, dossier: Dossier, people: dict[str, str], lang: str) -> list[Cell]:
    return [
        Cell(str(place), bold=True, right=True),
        Cell(getattr(written_date(action.by_when), lang)),
        Cell(named(dossier.names.members, action.member, lang), bold=True, colour=COLOUR["ours"]),
        Cell(people.get(action.person, action.person), bold=True),
        Cell(method_words(action, lang)),
        Cell(action_effects(action, lang)),
        Cell("–" if action.closes is None else text(f"gap.{action.closes}", lang)),
        Cell(f"{action.effort:g}", right=True),
    ]


def _plan_notes(dossier: Dossier, lang: str) -> Iterator[str]:
    yield text("deck.notes.actions", lang)
    for place, action in enumerate(dossier.plan.actions, 1):
        sentences = [f"{place}. {action.reason.render(lang)}"]
        if action.ask:
            sentences.append(text("deck.plan.ask", lang))
        if action.alternates:
            others = text("viz.comma", lang).join(
                named(dossier.names.members, other.member, lang) for other in action.alternates
            )
            sentences.append(text("deck.plan.others", lang, members=others))
        yield text("viz.semicolon", lang).join(sentences)


def _nothing(board: Board, words: str) -> None:
    """A note on a slide that has no rows."""
    board.text((MARGIN, BODY_TOP + 20, WIDTH - 2 * MARGIN, 24), [[Words(words, 16.0, COLOUR["muted"], italic=True)]])
