"""`swaymap map`: the power map of an account as a file, or all that a team takes along as a deck or a workbook."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.answers import Question, map_of
from api.exports import EXPORTS, Wanted, export
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
from api.problems import template_without_deck, unknown_ending
from api.show import write_file
from graph.model.words import text

DECK = ".pptx"


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
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DECK.pptx", help=screen_text("map.template"))
    ] = None,
) -> None:
    ending = output.suffix.lower()
    if ending not in (*ENDINGS, *EXPORTS):
        raise unknown_ending(output, ", ".join((*ENDINGS, *EXPORTS)))
    if template is not None and ending != DECK:
        raise template_without_deck(output)
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        if ending in EXPORTS:
            written: str | bytes = export(opened, question, ending, Wanted(lang, view.value, template))
        else:
            written = picture(map_of(opened, question), ending, lang, view.value)
    write_file(output, written)
    key = "cli.map.written" if ending == ".html" else "cli.map.exported"
    typer.echo(text(key, lang, path=output, date=question.as_of.isoformat()))
