"""Before and after, as a page of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.terminal import line, lines
from api.text.headline import signed
from api.text.output import TableColumn, printed, table
from api.text.rows import shown, two_digits
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.scenarios.what_if import Figure, PersonMoved, WhatIf

SIGNED = ("support.index", "support.forecast", "support.low", "support.high")
COUNTED = ("independent_routes", "gaps")
PEOPLE = 8
"""How many people are shown; the JSON has all."""


def what_if_text(what_if: WhatIf, lang: str) -> str:
    """The differences: the headline, the people most, the gaps that open and close."""
    if not what_if.moved and not what_if.people:
        return line(text("what_if.nothing_moves", lang))
    moved = table(
        [{"measure": change.measure, "before": change.before, "after": change.after} for change in what_if.moved],
        [
            TableColumn("head.measure", lambda row: text(f"measure.{row['measure']}", lang)),
            TableColumn("head.before", lambda row: figure_shown(row["measure"], row["before"], lang), right=True),
            TableColumn("head.after", lambda row: figure_shown(row["measure"], row["after"], lang), right=True),
        ],
        lang,
        text("what_if.moved", lang),
    )
    parts = [printed(moved), printed(_people(what_if, lang))] if what_if.people else [printed(moved)]
    for key, gaps in (("opened", what_if.gaps_opened), ("closed", what_if.gaps_closed)):
        if gaps:
            reasons = [f"  {gap.severity:.0f}  {gap.reason.render(lang)}" for gap in gaps]
            parts.append(lines([text(f"what_if.{key}", lang), *reasons]))
    return "\n".join(parts)


def figure_shown(measure: str, value: Figure, lang: str) -> str:
    """A headline figure as shown."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return text(f"status.{value}", lang)
    if measure in COUNTED:
        return f"{value:g}"
    if measure in SIGNED:
        return signed(value)
    return two_digits(value) if measure == "support.bottleneck" else whole_percent(value)


def _people(what_if: WhatIf, lang: str) -> Table:
    return table(
        [{"person": person} for person in what_if.people[:PEOPLE]],
        [
            TableColumn(
                "head.name", lambda row: shown(what_if.names[row["person"].person], row["person"].person, lang)
            ),
            TableColumn("head.influence", lambda row: _both(row["person"], "decision_influence"), right=True),
            TableColumn("head.coverage", lambda row: _both(row["person"], "coverage"), right=True),
            TableColumn("head.final", lambda row: _both(row["person"], "final_stance"), right=True),
        ],
        lang,
        text("what_if.people", lang),
    )


def _both(moved: PersonMoved, name: str) -> str:
    return f"{_side(moved.before, name)} → {_side(moved.after, name)}"


def _side(figures: Mapping[str, float] | None, name: str) -> str:
    if figures is None:
        return "–"
    if name == "final_stance":
        return signed(figures[name])
    return f"{100 * figures[name]:.1f} %"
