"""`swaymap leads`: what was claimed of a lead, by whom, and the grade that it supports."""

from __future__ import annotations

from api.account_options import AccountOptions, with_options
from api.text.output import in_format, write_out


@with_options
def leads(asked: AccountOptions) -> None:
    with asked.account_read() as account:
        account_leads = account.leads
    from api.text.leads import claim_rows, leads_text

    write_out(in_format(account_leads, asked.format_, asked.lang, claim_rows, leads_text), None)
