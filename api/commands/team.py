"""`swaymap team`: the iron triangle at work."""

from __future__ import annotations

from api.account_options import AccountOptions, with_options
from api.options import CapacityOption
from api.text.output import in_format, write_out


@with_options
def team(capacity: CapacityOption = None, *, asked: AccountOptions) -> None:
    with asked.account_read() as account:
        account_team = account.team(capacity)
    from api.text.team import assignment_rows, team_text

    write_out(in_format(account_team, asked.format_, asked.lang, assignment_rows, team_text), None)
