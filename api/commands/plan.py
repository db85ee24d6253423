"""`swaymap plan`: what to do next, by whom, by when and why; and what to find out."""

from __future__ import annotations

from typing import Annotated

import typer

from api.answers import plan as plan_of
from api.opening import opened_store, question_of
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    CapacityOption,
    Format,
    FormatOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.text.output import in_format, write_out


def plan(
    account: AccountArgument,
    days: Annotated[int | None, typer.Option("--days", min=1, max=366, help=screen_text("plan.days"))] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help=screen_text("plan.top"))] = 10,
    capacity: CapacityOption = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = question_of(account, opportunity, as_of, calibration)
    with opened_store(store) as opened:
        found = plan_of(opened, question, days, top, capacity)
    from api.text.plan import action_rows, plan_text

    write_out(in_format(found, format_, lang, lambda one: action_rows(one, lang), plan_text), None)
