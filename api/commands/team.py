"""`swaymap team`: the iron triangle at work."""

from __future__ import annotations

from api.answers import team as team_of
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
)
from api.text.output import in_format, write_out


def team(
    account: AccountArgument,
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
        found = team_of(opened, question, capacity)
    from api.text.team import assignment_rows, team_text

    write_out(in_format(found, format_, lang, assignment_rows, team_text), None)
