"""`swaymap paths`: how our team gets to a person, strongest way first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.answers import Question
from api.answers import paths as paths_of
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    Format,
    FormatOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.rows import path_rows, shown, two_digits
from api.show import TableColumn, csv_text, json_text, printed, table, write_out
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.results import InfluencePaths


def paths(
    account: AccountArgument,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help=screen_text("paths.to"))],
    member: Annotated[str | None, typer.Option("--from", metavar="MEMBER", help=screen_text("paths.from"))] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=100, help=screen_text("paths.k"))] = 3,
    avoid_opponents: Annotated[bool, typer.Option("--avoid-opponents", help=screen_text("paths.avoid"))] = False,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        found = paths_of(opened, question, to, member, k, avoid_opponents)
    if format_ is Format.json:
        from graph.analysis.report_json import paths_json

        write_out(json_text(paths_json(found)), None)
    elif format_ is Format.csv:
        write_out(csv_text(path_rows(found.paths, lang)), None)
    else:
        write_out(_as_text(found, question, lang), None)


def _as_text(found: InfluencePaths, question: Question, lang: str) -> str:
    person = shown(found.to.name, found.to.id, lang)
    if not found.paths:
        return text("line.no_path", lang, person=person) + "\n"
    made = table(
        path_rows(found.paths, lang),
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"]), right=True),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        text("line.paths_to", lang, person=person),
    )
    note = text("line.paths_note", lang, date=question.as_of.isoformat(), calibration=question.calibration.label)
    return printed(made) + note + "\n"
