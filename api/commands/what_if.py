"""`swaymap what-if`: before and after somebody leaves, changes their stance, or is met."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.account_options import AccountOptions, with_options
from api.options import screen_text
from api.text.output import in_format, write_out

if TYPE_CHECKING:
    from graph.analysis.scenarios.changes import Change


@with_options
def what_if(
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="ID", help=screen_text("what_if.without"))
    ] = None,
    stance: Annotated[
        list[str] | None, typer.Option("--stance", metavar="PERSON=STANCE", help=screen_text("what_if.stance"))
    ] = None,
    touch: Annotated[
        list[str] | None, typer.Option("--touch", metavar="MEMBER,PERSON,METHOD", help=screen_text("what_if.touch"))
    ] = None,
    each: Annotated[bool, typer.Option("--each", help=screen_text("what_if.each"))] = False,
    *,
    asked: AccountOptions,
) -> None:
    changes = _changes(without or [], stance or [], touch or [])
    if not changes and not each:
        raise typer.BadParameter(screen_text("what_if.nothing"))
    if each:
        if changes:
            raise typer.BadParameter(screen_text("what_if.each_alone"))
        write_out(_each(asked), None)
        return
    with asked.account_read() as account:
        difference = account.difference(account.changed(changes))
    from api.text.what_if import what_if_text

    write_out(
        in_format(
            difference, asked.format_, asked.lang, lambda difference: map(asdict, difference.moved), what_if_text
        ),
        None,
    )


def _each(asked: AccountOptions) -> str:
    from api.text.departures import departure_rows, departures_text

    with asked.account_read() as account:
        departures = account.departures
    return in_format(departures, asked.format_, asked.lang, departure_rows, departures_text)


def _changes(without: list[str], stance: list[str], touch: list[str]) -> list[Change]:
    from graph.analysis.scenarios.changes import Without
    from graph.analysis.scenarios.written_changes import change_of_stance, change_of_touch

    return [*map(Without, without), *map(change_of_stance, stance), *map(change_of_touch, touch)]
