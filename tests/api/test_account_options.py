"""Options that commands share are declared once, and become options of each command."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer
from typer.testing import CliRunner

from api.account_options import AccountOptions, ViewOptions, with_options
from api.options import Format, Lang


def test_a_bundle_becomes_its_options() -> None:
    seen: list[tuple[int, AccountOptions]] = []

    @with_options
    def command(top: Annotated[int, typer.Option("--top")] = 3, *, asked: AccountOptions) -> None:
        seen.append((top, asked))

    app = typer.Typer()
    app.command()(command)
    given = ["acme", "--top", "5", "--as-of", "2026-11-23", "--lang", "zh", "--format", "csv", "--store", "a.db"]
    assert CliRunner().invoke(app, given).exit_code == 0
    assert CliRunner().invoke(app, []).exit_code == 2
    ((top, asked),) = seen
    assert (top, asked.account, asked.store, asked.opportunity) == (5, "acme", "a.db", None)
    assert (asked.as_of, asked.lang, asked.format_) == (datetime.date(2026, 11, 23), Lang.zh, Format.csv)


def test_options_stand_where_the_bundle_stands() -> None:
    @with_options
    def command(first: str, *, asked: ViewOptions, last: str = "") -> None:
        pass

    names = list(command.__annotations__)
    assert names == ["first", "store", "opportunity", "as_of", "lang", "calibration", "last"]
