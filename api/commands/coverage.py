"""`swaymap coverage`: one account in full, or the whole portfolio, a row an opportunity."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.account_options import ViewOptions, with_options
from api.opening import opened_store
from api.options import OutOption, screen_text
from api.progress import accounts_shown
from api.text.output import csv_text, json_text, write_out
from api.text.portfolio_table import portfolio_text
from api.text.report import report_text
from api.text.rows import coverage_rows
from graph.model.file_problems import needs_file
from swaymap.portfolio import PortfolioWork, portfolio_query, portfolio_rows, rows_in_processes
from swaymap.store import calibration_of, today

if TYPE_CHECKING:
    from graph.analysis.report.portfolio_query import PortfolioQuery
    from swaymap.account import Account
    from swaymap.store import Store


class ReportFormat(StrEnum):
    """How a coverage report is written."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOptions:
    """Which rows of the portfolio are asked for, and in which order."""

    sort: Annotated[list[str] | None, typer.Option("--sort", metavar="KEY", help=screen_text("coverage.sort"))] = None
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="red|amber|green", help=screen_text("coverage.status"))
    ] = None
    owner: Annotated[str | None, typer.Option("--owner", metavar="MEMBER", help=screen_text("coverage.owner"))] = None
    tier: Annotated[list[str] | None, typer.Option("--tier", metavar="S|A|B|C", help=screen_text("coverage.tier"))] = (
        None
    )
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=screen_text("coverage.unit"))] = None

    @property
    def filters(self) -> dict[str, Sequence[str]]:
        """The values asked for, as typed, by the name of the filter."""
        return {
            "status": self.status or [],
            "owner": [] if self.owner is None else [self.owner],
            "tier": self.tier or [],
            "unit": [] if self.unit is None else [self.unit],
        }

    def query(self, store: Store) -> PortfolioQuery:
        """The query, with owner and unit found in the store."""
        return portfolio_query(
            store.graph_store,
            store.scope,
            sort=self.sort or (),
            status=self.status or (),
            owner=self.owner,
            tier=self.tier or (),
            unit=self.unit,
        )

    def refuse(self) -> None:
        """Raise BadParameter where something is asked: of one account there is nothing to sort or to choose."""
        asked = [f"--{name}" for name, values in {"sort": self.sort, **self.filters}.items() if values]
        if asked:
            raise typer.BadParameter(screen_text("coverage.portfolio_only", options=", ".join(asked)))


@with_options
def coverage(
    account: Annotated[
        str | None, typer.Argument(metavar="[ACCOUNT]", help=screen_text("argument.account_or_all"))
    ] = None,
    *,
    asked: ViewOptions,
    chosen: RowOptions,
    format_: Annotated[ReportFormat, typer.Option("--format", help=screen_text("option.format"))] = ReportFormat.table,
    output: OutOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help=screen_text("coverage.jobs"))] = 1,
) -> None:
    if format_ is ReportFormat.xlsx and output is None:
        raise needs_file(".xlsx")
    if account is not None:
        chosen.refuse()
    elif asked.opportunity is not None:
        raise typer.BadParameter(screen_text("coverage.one_account_only", options="--opportunity"))
    with asked.opened() as store:
        if account is None:
            written = _portfolio(store, asked, chosen, format_, jobs, to_file=output is not None)
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


def _portfolio(
    store: Store, asked: ViewOptions, chosen: RowOptions, format_: ReportFormat, jobs: int, to_file: bool
) -> str | bytes:
    day, numbers = asked.as_of or today(), calibration_of(asked.calibration)
    query, accounts = chosen.query(store), store.account_ids()
    with accounts_shown(asked.lang) as progress:
        if jobs > 1:
            work = PortfolioWork(asked.store, day, asked.calibration, opened_store, query)
            found = rows_in_processes(jobs, work, accounts, progress)
        else:
            found = portfolio_rows(store, day, numbers, accounts, query=query, progress=progress)
        rows = list(query.ordered(found))
    if format_ is ReportFormat.table:
        return portfolio_text(rows, query, chosen.filters, asked.lang, to_file)
    return _portfolio_in(format_, rows, day, asked.lang)


def _portfolio_in(
    format_: ReportFormat, rows: Sequence[Mapping[str, Any]], day: datetime.date, lang: str
) -> str | bytes:
    if format_ is ReportFormat.xlsx:
        from viz.book.portfolio import portfolio_book

        return portfolio_book(rows, day, lang)
    return csv_text(rows) if format_ is ReportFormat.csv else json_text({"rows": rows})
