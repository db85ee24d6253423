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

TOLD = ("decision_chain_coverage", "support.forecast")
"""The measures whose single records are shown."""

RECORDS = 3
LEAST = 0.0005
"""Smaller moves are not worth a line."""


def measure_rows(found: Comparison) -> list[dict[str, Any]]:
    """A row a measure that moved: both days, the change, and what time alone did."""
    return [
        {
            "measure": measure.measure,
            "before": measure.before,
            "after": measure.after,
            "change": measure.change,
            "time": measure.time,
        }
        for measure in found.measures
    ]


def compare_text(found: Comparison, lang: str) -> str:
    """People who came and went, ties, measures with their causes, and ties about to fall with the day."""
    title = text("compare.title", lang, account=found.account, from_date=found.from_date, to_date=found.to_date)
    blocks = [
        line(title),
        *(lines(told) for told in (list(_people(found, lang)), list(_ties(found, lang))) if told),
    ]
    if found.measures:
        blocks.append(printed(_measures(found, lang)))
    elif len(blocks) == 1:
        blocks.append(line(text("compare.nothing", lang)))
    if causes := list(_causes(found, lang)):
        blocks.append(lines(causes))
    if found.falls_below:
        blocks.append(printed(_falling(found, lang)))
    blocks.append(line(text("line.paths_note", lang, date=found.to_date, calibration=found.calibration)))
    return "\n".join(blocks)


def _name(found: Comparison, identity: str, lang: str) -> str:
    return shown(found.names.people.get(identity), identity, lang)


def _people(found: Comparison, lang: str) -> Iterator[str]:
    joiner = "、" if lang == "zh" else ", "
    if found.came:
        yield text("compare.came", lang, people=joiner.join(_name(found, change.person, lang) for change in found.came))
    for how in ("left", "moved", "removed", "unidentified"):
        if gone := [_name(found, change.person, lang) for change in found.went if change.how == how]:
            yield text(f"compare.went.{how}", lang, people=joiner.join(gone))
    for one in found.moved:
        yield text(
            "compare.unit",
            lang,
            person=_name(found, one.person, lang),
            before=one.from_unit or "–",
            after=one.to_unit or "–",
        )
    for number, turned in enumerate(found.stances):
        if number == 0:
            yield text("compare.stances", lang)
        yield "  " + text(
            "compare.stance",
            lang,
            person=_name(found, turned.person, lang),
            before=stance_word(turned.before, lang),
            after=stance_word(turned.after, lang),
        )


def _ties(found: Comparison, lang: str) -> Iterator[str]:
    for key, ties in (("compare.ties_won", found.ties_won), ("compare.ties_lost", found.ties_lost)):
        if ties:
            yield text(key, lang)
            yield from (_tie(found, tie, lang) for tie in ties)


def _tie(found: Comparison, one: TieMoved, lang: str) -> str:
    before, after = (two_digits(value or 0.0) for value in (one.before, one.after))
    names = {
        "member": shown(found.names.members.get(one.member), one.member, lang),
        "person": _name(found, one.person, lang),
    }
    return text("compare.tie", lang, **names, before=before, after=after)


def _measures(found: Comparison, lang: str) -> Table:
    return table(
        [{"one": measure} for measure in found.measures],
        [
            TableColumn("head.measure", lambda row: text(f"measure.{row['one'].measure}", lang)),
            TableColumn(
                "head.before", lambda row: figure_shown(row["one"].measure, row["one"].before, lang), right=True
            ),
            TableColumn("head.after", lambda row: figure_shown(row["one"].measure, row["one"].after, lang), right=True),
            TableColumn("head.why", lambda row: _why(row["one"], lang), most=80),
        ],
        lang,
        text("compare.measures", lang),
    )


def _why(one: MeasureMoved, lang: str) -> str:
    parts = []
    if one.time:
        parts.append(text("compare.time", lang, move=_move(one.measure, one.time)))
    for cause in one.causes:
        if cause.sheet is not None and cause.key is None and cause.move:
            parts.append(
                text("compare.kind", lang, sheet=_sheet(cause.sheet, lang), move=_move(one.measure, cause.move))
            )
    if one.together is not None and abs(one.together) > 5e-4:
        parts.append(text("compare.together", lang, move=_move(one.measure, one.together)))
    return "  ".join(parts)


def _move(measure: str, value: float) -> str:
    if measure in COUNTED:
        return f"{value:+g}".replace("-", "−")
    if measure in SIGNED or measure == "support.bottleneck":
        return f"{value:+.3f}".replace("0.", ".", 1).replace("-", "−")
    return f"{100 * value:+.1f} %".replace("-", "−")


def _sheet(sheet: str, lang: str) -> str:
    return KINDS[sheet].zh if lang == "zh" else sheet


def _causes(found: Comparison, lang: str) -> Iterator[str]:
    told = [measure for measure in found.measures if measure.measure in TOLD]
    for number, one in enumerate(told):
        large = [cause for cause in one.causes if cause.move is not None and abs(cause.move) >= LEAST]
        people = [cause for cause in large if cause.person is not None][:RECORDS]
        single = [cause for cause in large if cause.key is not None][:RECORDS]
        if number == 0 and (single or people):
            yield text("compare.causes", lang)
        for cause in (*people, *single):
            yield text(
                "compare.record",
                lang,
                measure=text(f"measure.{one.measure}", lang),
                what=_what(found, cause, lang),
                move=_move(one.measure, cause.move or 0.0),
            )


def _what(found: Comparison, cause: Cause, lang: str) -> str:
    if cause.person is not None:
        return _name(found, cause.person, lang)
    return f"{_sheet(cause.sheet or '', lang)} {' / '.join(cause.key or ())}"


def _falling(found: Comparison, lang: str) -> Table:
    return table(
        [{"one": one} for one in (found.falls_below or ())[:FALLING]],
        [
            TableColumn("head.name", lambda row: _name(found, row["one"].person, lang)),
            TableColumn("head.influence", lambda row: tenths(row["one"].decision_influence), right=True),
            TableColumn(
                "head.tie_required",
                lambda row: f"{two_digits(row['one'].strength)} / {two_digits(row['one'].required)}",
                right=True,
            ),
            TableColumn("head.falls_on", lambda row: row["one"].date.isoformat()),
            TableColumn("head.in_days", lambda row: str(row["one"].days), right=True),
        ],
        lang,
        text("compare.falls", lang),
    )
