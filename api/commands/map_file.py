"""`swaymap map`: the power map of an account as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.answers import Question, map_of
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.pictures import ENDINGS, picture
from api.problems import unknown_ending
from api.show import write_file
from graph.model.words import text


class ViewChoice(StrEnum):
    """The views of an account, as the command line names them."""

    power = "power"
    fishbone = "fishbone"
    coverage = "coverage"


def map_file(
    account: AccountArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=screen_text("map.output"))],
    view: Annotated[ViewChoice, typer.Option("--view", help=screen_text("map.view"))] = ViewChoice.power,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
) -> None:
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise unknown_ending(output, ", ".join(ENDINGS))
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        content = map_of(opened, question)
    write_file(output, picture(content, ending, lang, view.value))
    typer.echo(text("cli.map.written", lang, path=output, date=question.as_of.isoformat()))
