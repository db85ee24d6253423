"""`swaymap leads`: what was said of a lead, by whom, and the grade that it supports."""

from __future__ import annotations

from api.answers import leads as leads_of
from api.opening import opened_store, question_of
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
)
from api.text.output import in_format, write_out


def leads(
    account: AccountArgument,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    question = question_of(account, opportunity, as_of, calibration)
    with opened_store(store) as opened:
        found = leads_of(opened, question)
    from api.text.leads import claim_rows, leads_text

    write_out(in_format(found, format_, lang, claim_rows, leads_text), None)
