"""`swaymap coverage`: one account in full, or the whole portfolio, a row an opportunity."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.account_options import ViewOptions, with_options
from api.opening import opened_store
from api.options import OutOption, screen_text
from api.terminal import line
from api.text.output import csv_text, json_text, printed, write_out
from api.text.portfolio_table import portfolio_table
from api.text.report import report_text
from api.text.rows import coverage_rows
from graph.model.file_problems import needs_file
from graph.model.words import text
from swaymap.portfolio import PortfolioWork, portfolio_rows, rows_in_processes
from swaymap.store import calibration_of, today

if TYPE_CHECKING:
    from swaymap.account import Account
    from swaymap.store import Store


class ReportFormat(StrEnum):
    """How a coverage report is written."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


@with_options
def coverage(
    account: Annotated[
        str | None, typer.Argument(metavar="[ACCOUNT]", help=screen_text("argument.account_or_all"))
    ] = None,
    *,
    asked: ViewOptions,
    format_: Annotated[ReportFormat, typer.Option("--format", help=screen_text("option.format"))] = ReportFormat.table,
    output: OutOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help=screen_text("coverage.jobs"))] = 1,
) -> None:
    if format_ is ReportFormat.xlsx and output is None:
        raise needs_file(".xlsx")
    with asked.opened() as store:
        if account is None:
            written = _portfolio(store, asked, format_, jobs)
        else:
            written = _report(asked.account_in(store, account), format_, asked.lang, to_file=output is not None)
    write_out(written, output)


def _report(account: Account, format_: ReportFormat, lang: str, to_file: bool) -> str | bytes:
    if format_ is ReportFormat.xlsx:
        from viz.book.book import report_book

        return report_book(account.dossier, lang)
    if format_ is ReportFormat.json:
        from graph.analysis.report.report_json import report_json

        return json_text(report_json(account.report, lang))
    if format_ is ReportFormat.csv:
        return csv_text(coverage_rows(account.report, lang))
    return report_text(account.report, lang, to_file=to_file)


def _portfolio(store: Store, asked: ViewOptions, format_: ReportFormat, jobs: int) -> str | bytes:
    day, numbers = asked.as_of or today(), calibration_of(asked.calibration)
    accounts = store.account_ids()
    if jobs > 1:
        work = PortfolioWork(asked.store, day, asked.calibration, opened_store)
        return _portfolio_in(format_, list(rows_in_processes(jobs, work, accounts)), day, asked.lang)
    return _portfolio_in(format_, list(portfolio_rows(store, day, numbers, accounts)), day, asked.lang)


def _portfolio_in(format_: ReportFormat, rows: list[dict[str, object]], day: datetime.date, lang: str) -> str | bytes:
    if format_ is ReportFormat.xlsx:
        from viz.book.portfolio import portfolio_book

        return portfolio_book(rows, day, lang)
    if format_ is ReportFormat.json:
        return json_text({"rows": rows})
    if format_ is ReportFormat.csv:
        return csv_text(rows)
    return printed(portfolio_table(rows, lang)) if rows else line(text("cli.accounts.none", lang))
