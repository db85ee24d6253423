"""`swaymap people`: the people of an account by decision influence, each with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.account_options import AccountOptions, with_options
from api.options import Format, screen_text
from api.terminal import line
from api.text.headline import as_of_line
from api.text.output import csv_text, in_format, json_text, printed, write_out
from api.text.people_table import people_json, people_table
from api.text.rows import people_rows

if TYPE_CHECKING:
    from swaymap.account import Account


@with_options
def people(
    person: Annotated[
        str | None, typer.Option("--explain", metavar="PERSON", help=screen_text("people.explain"))
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help=screen_text("people.groups"))] = False,
    *,
    asked: AccountOptions,
) -> None:
    if person is not None and groups:
        raise typer.BadParameter(screen_text("people.one_question"))
    lang = asked.lang
    with asked.account_read() as account:
        if groups:
            write_out(_groups(account, lang, asked.format_), None)
            return
        if person is not None:
            write_out(_explained(account, person, lang, asked.format_), None)
            return
        report, places = account.report, account.places
    rows = people_rows(report, places, lang)
    if asked.format_ is Format.json:
        write_out(json_text(people_json(report, rows, lang)), None)
    elif asked.format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        write_out(printed(people_table(rows, report, lang)) + line(as_of_line(report, lang)), None)


def _groups(account: Account, lang: str, format_: Format) -> str:
    from api.text.groups import group_rows, groups_text

    return in_format(account.groups, format_, lang, group_rows, groups_text)


def _explained(account: Account, person: str, lang: str, format_: Format) -> str:
    from api.text.explained import explained_text
    from graph.analysis.persons.explain import explained_json

    explained = account.explained(person)
    if format_ is Format.json:
        return json_text(explained_json(explained, lang))
    if format_ is Format.csv:
        return csv_text([{"person": part.person, "name": part.name, "share": part.share} for part in explained.made_of])
    return explained_text(explained, lang)
