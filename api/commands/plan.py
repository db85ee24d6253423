"""`swaymap plan`: what to do next, by whom, by when and why; and what to find out."""

from __future__ import annotations

from typing import Annotated

import typer

from api.answers import Question
from api.answers import plan as plan_of
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
from api.show import csv_text, json_text, write_out


def plan(
    account: AccountArgument,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help=screen_text("plan.days"))] = 30,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help=screen_text("plan.top"))] = 10,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        found = plan_of(opened, question, days, top)
    from graph.analysis.as_json import as_json

    if format_ is Format.json:
        written = json_text(as_json(found, lang))
    elif format_ is Format.csv:
        rows = [{**as_json(one, lang), "alternates": [u.member for u in one.alternates]} for one in found.actions]
        written = csv_text(rows)
    else:
        from api.plan_text import plan_text

        written = plan_text(found, lang)
    write_out(written, None)
