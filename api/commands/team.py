"""`swaymap team`: the iron triangle at work."""

from __future__ import annotations

from typing import Annotated

import typer

from api.answers import Question
from api.answers import team as team_of
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
from api.show import in_format, write_out


def team(
    account: AccountArgument,
    capacity: Annotated[int, typer.Option("--capacity", min=1, max=1000, help=screen_text("team.capacity"))] = 12,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        found = team_of(opened, question, capacity)
    from api.team_text import assignment_rows, team_text

    write_out(in_format(found, format_, lang, assignment_rows, team_text), None)
