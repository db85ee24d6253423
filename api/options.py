"""The options that several commands share, declared once."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.settings import OPTION, screen_language
from graph.model.days import read_day
from graph.model.words import text

SCREEN_LANG = screen_language(sys.argv[1:])
"""The language of help texts, which are made before any option is read."""


def screen_text(key: str, **values: object) -> str:
    """A text of the command line's own help."""
    return text(f"cli.{key}", SCREEN_LANG, **values)


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"


class Lang(StrEnum):
    """The language of an answer."""

    en = "en"
    zh = "zh"


def day_of(option: str) -> Callable[[str], datetime.date]:
    """The parser of an option that is a day. It raises InputError, which names the option, for anything else."""
    return lambda written: read_day(written, option)


SettingsOption = Annotated[Path | None, typer.Option(OPTION, metavar="FILE", help=screen_text("option.settings"))]
StoreOption = Annotated[str | None, typer.Option("--store", metavar="URL", help=screen_text("option.store"))]
OpportunityOption = Annotated[
    str | None, typer.Option("--opportunity", metavar="ID", help=screen_text("option.opportunity"))
]
AsOfOption = Annotated[
    datetime.date | None,
    typer.Option("--as-of", metavar="DATE", parser=day_of("--as-of"), help=screen_text("option.as_of")),
]
LangOption = Annotated[Lang, typer.Option("--lang", help=screen_text("option.lang"))]
CalibrationOption = Annotated[
    Path | None, typer.Option("--calibration", metavar="FILE", help=screen_text("option.calibration"))
]
FormatOption = Annotated[Format, typer.Option("--format", help=screen_text("option.format"))]
OutOption = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=screen_text("option.output"))]
CapacityOption = Annotated[int | None, typer.Option("--capacity", min=1, max=1000, help=screen_text("team.capacity"))]
AccountArgument = Annotated[str, typer.Argument(metavar="ACCOUNT", help=screen_text("argument.account"))]

DEFAULT_LANG = Lang(SCREEN_LANG)
