"""`swaymap coverage`: one account in full, or the whole portfolio, a row an opportunity."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

import typer

from api.answers import Question, dossier_of
from api.answers import coverage as coverage_of
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AsOfOption,
    CalibrationOption,
    LangOption,
    OpportunityOption,
    OutOption,
    StoreOption,
    screen_text,
)
from api.portfolio import PortfolioWork, portfolio_rows, rows_in_processes
from api.problems import needs_file
from api.terminal import line
from api.text.output import csv_text, json_text, printed, write_out
from api.text.portfolio_table import portfolio_table
from api.text.report import report_text
from api.text.rows import coverage_rows
from graph.model.words import text


class ReportFormat(StrEnum):
    """How a coverage report is written."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


def coverage(
    account: Annotated[
        str | None, typer.Argument(metavar="[ACCOUNT]", help=screen_text("argument.account_or_all"))
    ] = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: Annotated[ReportFormat, typer.Option("--format", help=screen_text("option.format"))] = ReportFormat.table,
    output: OutOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help=screen_text("coverage.jobs"))] = 1,
) -> None:
    if format_ is ReportFormat.xlsx and output is None:
        raise needs_file(".xlsx")
    day, numbers = as_of or today(), calibration_from(calibration)
    written: str | bytes
    with opened_store(store) as opened:
        if account is None:
            accounts = opened.account_ids()
            if jobs > 1:
                rows = list(rows_in_processes(jobs, PortfolioWork(store, day, calibration), accounts))
            else:
                rows = list(portfolio_rows(opened, day, numbers, accounts))
            written = _portfolio_in(format_, rows, day, lang)
        elif format_ is ReportFormat.xlsx:
            from viz.book.book import report_book

            written = report_book(dossier_of(opened, Question(account, day, numbers, opportunity)), lang)
        else:
            report = coverage_of(opened, Question(account, day, numbers, opportunity))
            if format_ is ReportFormat.json:
                from graph.analysis.report.report_json import report_json

                written = json_text(report_json(report, lang))
            elif format_ is ReportFormat.csv:
                written = csv_text(coverage_rows(report, lang))
            else:
                written = report_text(report, lang, to_file=output is not None)
    write_out(written, output)


def _portfolio_in(format_: ReportFormat, rows: list[dict[str, object]], day: datetime.date, lang: str) -> str | bytes:
    if format_ is ReportFormat.xlsx:
        from viz.book.portfolio import portfolio_book

        return portfolio_book(rows, day, lang)
    if format_ is ReportFormat.json:
        return json_text({"rows": rows})
    if format_ is ReportFormat.csv:
        return csv_text(rows)
    return printed(portfolio_table(rows, lang)) if rows else line(text("cli.accounts.none", lang))
