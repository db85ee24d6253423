"""`swaymap people`: who is there, ranked by influence on the decision, each with where it comes from."""

from __future__ import annotations

from api.answers import Question, coverage
from api.headline import as_of_line
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
)
from api.people_table import people_json, people_table
from api.rows import people_rows
from api.show import csv_text, json_text, printed, write_out


def people(
    account: AccountArgument,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        report = coverage(opened, question)
    rows = people_rows(report, lang)
    if format_ is Format.json:
        write_out(json_text(people_json(report, rows)), None)
    elif format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        write_out(printed(people_table(rows, report, lang)) + as_of_line(report, lang) + "\n", None)
