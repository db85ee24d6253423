"""Two days compared, as a page of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from api.terminal import line, lines
from api.text.output import TableColumn, printed, table
from api.text.people_table import stance_word, tenths
from api.text.rows import shown, two_digits
from api.text.what_if import COUNTED, SIGNED, figure_shown
from graph.model.kind import KINDS
from graph.model.words import text

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.history.compare import Comparison, TieMoved
    from graph.analysis.history.move_causes import Cause, MeasureMoved

FALLING = 12
"""How many who fall below are shown; the JSON has all."""

WITH_CAUSES = ("decision_chain_coverage", "support.forecast")
"""The measures whose single records are shown."""

RECORDS = 3
LEAST = 0.0005
"""Smaller moves are not worth a line."""


def measure_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """A row a measure that moved: both days, the change, and what time alone did."""
    return [
        {
            "measure": measure.measure,
            "before": measure.before,
            "after": measure.after,
            "change": measure.change,
            "time": measure.time,
        }
        for measure in comparison.measures
    ]


def compare_text(comparison: Comparison, lang: str) -> str:
    """People who came and went, ties, measures with their causes, and ties about to fall with the day."""
    title = text(
        "compare.title", lang, account=comparison.account, from_date=comparison.from_date, to_date=comparison.to_date
    )
    blocks = [
        line(title),
        *(lines(block) for block in (list(_people(comparison, lang)), list(_ties(comparison, lang))) if block),
    ]
    if comparison.measures:
        blocks.append(printed(_measures(comparison, lang)))
    elif len(blocks) == 1:
        blocks.append(line(text("compare.nothing", lang)))
    if causes := list(_causes(comparison, lang)):
        blocks.append(lines(causes))
    if comparison.falls_below:
        blocks.append(printed(_falling(comparison, lang)))
    blocks.append(line(text("line.paths_note", lang, date=comparison.to_date, calibration=comparison.calibration)))
    return "\n".join(blocks)


def _name(comparison: Comparison, identity: str, lang: str) -> str:
    return shown(comparison.names.people.get(identity), identity, lang)


def _people(comparison: Comparison, lang: str) -> Iterator[str]:
    joiner = "、" if lang == "zh" else ", "
    if comparison.came:
        yield text(
            "compare.came",
            lang,
            people=joiner.join(_name(comparison, change.person, lang) for change in comparison.came),
        )
    for how in ("left", "moved", "removed", "unidentified"):
        if gone := [_name(comparison, change.person, lang) for change in comparison.went if change.how == how]:
            yield text(f"compare.went.{how}", lang, people=joiner.join(gone))
    for move in comparison.moved:
        yield text(
            "compare.unit",
            lang,
            person=_name(comparison, move.person, lang),
            before=move.from_unit or "–",
            after=move.to_unit or "–",
        )
    for number, turned in enumerate(comparison.stances):
        if number == 0:
            yield text("compare.stances", lang)
        yield "  " + text(
            "compare.stance",
            lang,
            person=_name(comparison, turned.person, lang),
            before=stance_word(turned.before, lang),
            after=stance_word(turned.after, lang),
        )


def _ties(comparison: Comparison, lang: str) -> Iterator[str]:
    for key, ties in (("compare.ties_won", comparison.ties_won), ("compare.ties_lost", comparison.ties_lost)):
        if ties:
            yield text(key, lang)
            yield from (_tie(comparison, tie, lang) for tie in ties)


def _tie(comparison: Comparison, tie: TieMoved, lang: str) -> str:
    before, after = (two_digits(value or 0.0) for value in (tie.before, tie.after))
    names = {
        "member": shown(comparison.names.members.get(tie.member), tie.member, lang),
        "person": _name(comparison, tie.person, lang),
    }
    return text("compare.tie", lang, **names, before=before, after=after)


def _measures(comparison: Comparison, lang: str) -> Table:
    return table(
        [{"measure": measure} for measure in comparison.measures],
        [
            TableColumn("head.measure", lambda row: text(f"measure.{row['measure'].measure}", lang)),
            TableColumn(
                "head.before", lambda row: figure_shown(row["measure"].measure, row["measure"].before, lang), right=True
            ),
            TableColumn(
                "head.after", lambda row: figure_shown(row["measure"].measure, row["measure"].after, lang), right=True
            ),
            TableColumn("head.why", lambda row: _why(row["measure"], lang), most=80),
        ],
        lang,
        text("compare.measures", lang),
    )


def _why(measure: MeasureMoved, lang: str) -> str:
    parts = []
    if measure.time:
        parts.append(text("compare.time", lang, move=_move(measure.measure, measure.time)))
    for cause in measure.causes:
        if cause.sheet is not None and cause.key is None and cause.move:
            parts.append(
                text("compare.kind", lang, sheet=_sheet(cause.sheet, lang), move=_move(measure.measure, cause.move))
            )
    if measure.together is not None and abs(measure.together) > 5e-4:
        parts.append(text("compare.together", lang, move=_move(measure.measure, measure.together)))
    return "  ".join(parts)


def _move(measure: str, value: float) -> str:
    if measure in COUNTED:
        return f"{value:+g}".replace("-", "−")
    if measure in SIGNED or measure == "support.bottleneck":
        return f"{value:+.3f}".replace("0.", ".", 1).replace("-", "−")
    return f"{100 * value:+.1f} %".replace("-", "−")


def _sheet(sheet: str, lang: str) -> str:
    return KINDS[sheet].zh if lang == "zh" else sheet


def _causes(comparison: Comparison, lang: str) -> Iterator[str]:
    measures = (moved for moved in comparison.measures if moved.measure in WITH_CAUSES)
    for number, moved in enumerate(measures):
        large = [cause for cause in moved.causes if cause.move is not None and abs(cause.move) >= LEAST]
        people = [cause for cause in large if cause.person is not None][:RECORDS]
        single = [cause for cause in large if cause.key is not None][:RECORDS]
        if number == 0 and (single or people):
            yield text("compare.causes", lang)
        for cause in (*people, *single):
            yield text(
                "compare.record",
                lang,
                measure=text(f"measure.{moved.measure}", lang),
                what=_what(comparison, cause, lang),
                move=_move(moved.measure, cause.move or 0.0),
            )


def _what(comparison: Comparison, cause: Cause, lang: str) -> str:
    if cause.person is not None:
        return _name(comparison, cause.person, lang)
    return f"{_sheet(cause.sheet or '', lang)} {' / '.join(cause.key or ())}"


def _falling(comparison: Comparison, lang: str) -> Table:
    return table(
        [{"person": person} for person in (comparison.falls_below or ())[:FALLING]],
        [
            TableColumn("head.name", lambda row: _name(comparison, row["person"].person, lang)),
            TableColumn("head.influence", lambda row: tenths(row["person"].decision_influence), right=True),
            TableColumn(
                "head.tie_required",
                lambda row: f"{two_digits(row['person'].strength)} / {two_digits(row['person'].required)}",
                right=True,
            ),
            TableColumn("head.falls_on", lambda row: row["person"].date.isoformat()),
            TableColumn("head.in_days", lambda row: str(row["person"].days), right=True),
        ],
        lang,
        text("compare.falls", lang),
    )
