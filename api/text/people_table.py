"""The printed table of people, and the JSON around their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.text.output import TableColumn, table
from api.text.rows import shown, two_digits
from graph.model.scales import GONE, STANCE
from graph.model.words import text

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.report.results import CoverageReport

Row = Mapping[str, Any]


def people_table(rows: Sequence[Row], report: CoverageReport, lang: str) -> Table:
    """People by influence: rank, roles, stance, share of the decision, where it comes from, our tie."""
    units = {unit.id: shown(unit.name, unit.id, lang) for unit in report.units}
    return table(
        rows,
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.name", lambda row: person_name(row, lang)),
            TableColumn("head.title", lambda row: shown(row["title"], "–", lang), most=28),
            TableColumn("head.unit", lambda row: units.get(row["unit"], "–"), most=22),
            TableColumn("head.roles", lambda row: " ".join(row["roles"])),
            TableColumn("head.stance", lambda row: stance_word(row["stance"], lang)),
            TableColumn("head.influence", lambda row: tenths(row["decision_influence"]), right=True),
            TableColumn("head.standing", lambda row: standing_word(row["standing"], lang)),
            TableColumn("head.made_of", lambda row: made_of(row, lang), most=44),
            TableColumn("head.tie_required", tie_required, right=True),
        ],
        lang,
    )


def people_json(report: CoverageReport, rows: Sequence[Row], lang: str) -> dict[str, Any]:
    """The rows with what they were computed for."""
    return {
        "account": {"id": report.account.id, "name": report.account.name},
        "opportunity": report.opportunity.id if report.opportunity else None,
        "as_of": report.as_of.isoformat(),
        "calibration": report.calibration.render(lang),
        "influence_assumed": report.influence_assumed,
        "people": list(rows),
    }


def person_name(row: Row, lang: str) -> str:
    """The name, with a word for a seat that is vacant or has no name."""
    name = shown(row["name"], row["id"], lang)
    return f"{name} ({text('status.' + row['status'], lang)})" if row.get("status") in (*GONE, "unidentified") else name


def stance_word(stance: int | None, lang: str) -> str:
    """The stance in a word; unknown is a word of its own."""
    return text("word.unknown", lang) if stance is None else STANCE.word(stance, lang)


def standing_word(standing: str | None, lang: str) -> str:
    """Whether somebody decides beyond their title, or less than it says."""
    return "" if standing is None else text(f"standing.{standing}", lang)


def made_of(row: Row, lang: str) -> str:
    """Own vote and through whom, in points of the decision."""
    parts = [text("line.own_vote", lang, points=f"{100 * row['own_vote']:.1f}")]
    parts += [
        text("line.through", lang, person=source["name"], points=f"{100 * source['share']:.1f}")
        for source in row["through"][:2]
        if source["share"] >= 0.0005
    ]
    return " + ".join(parts)


def tenths(value: float) -> str:
    """A share of the decision as shown: `11.7 %`."""
    return f"{100 * value:.1f} %"


def tie_required(row: Row) -> str:
    """The tie beside what is required: `.37 / .70`."""
    return f"{two_digits(row['connection_strength'])} / {two_digits(row['required_strength'])}"
