"""`swaymap plan`: what to do next, by whom, by when and why; and what to find out."""

from __future__ import annotations

from typing import Annotated

import typer

from api.account_options import AccountOptions, with_options
from api.options import CapacityOption, screen_text
from api.text.output import in_format, write_out


@with_options
def plan(
    days: Annotated[int | None, typer.Option("--days", min=1, max=366, help=screen_text("plan.days"))] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help=screen_text("plan.top"))] = 10,
    capacity: CapacityOption = None,
    *,
    asked: AccountOptions,
) -> None:
    with asked.account_read() as account:
        action_plan = account.plan(days, top, capacity)
    from api.text.plan import action_rows, plan_text

    lang = asked.lang
    write_out(in_format(action_plan, asked.format_, lang, lambda plan: action_rows(plan, lang), plan_text), None)
