"""`swaymap people`: who is there, ranked by influence on the decision, each with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.answers import Question, explained, measures_of, people_of
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
    screen_text,
)
from api.terminal import line
from api.text.headline import as_of_line
from api.text.output import csv_text, in_format, json_text, printed, write_out
from api.text.people_table import people_json, people_table
from api.text.rows import people_rows

if TYPE_CHECKING:
    from graph.store.protocol import GraphStore


def people(
    account: AccountArgument,
    person: Annotated[
        str | None, typer.Option("--explain", metavar="PERSON", help=screen_text("people.explain"))
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help=screen_text("people.groups"))] = False,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    if person is not None and groups:
        raise typer.BadParameter(screen_text("people.one_question"))
    question = question_of(account, opportunity, as_of, calibration)
    with opened_store(store) as opened:
        if groups:
            write_out(_groups(opened, question, lang, format_), None)
            return
        if person is not None:
            write_out(_explained(opened, question, person, lang, format_), None)
            return
        report, places = people_of(opened, question)
    rows = people_rows(report, places, lang)
    if format_ is Format.json:
        write_out(json_text(people_json(report, rows, lang)), None)
    elif format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        write_out(printed(people_table(rows, report, lang)) + line(as_of_line(report, lang)), None)


def _groups(store: GraphStore, question: Question, lang: str, format_: Format) -> str:
    from api.text.groups import group_rows, groups_text
    from graph.analysis.network.groups import informal_groups

    found = informal_groups(measures_of(store, question))
    return in_format(found, format_, lang, group_rows, groups_text)


def _explained(store: GraphStore, question: Question, person: str, lang: str, format_: Format) -> str:
    from api.text.explained import explained_text
    from graph.analysis.persons.explained_json import explained_json

    found = explained(store, question, person)
    if format_ is Format.json:
        return json_text(explained_json(found, lang))
    if format_ is Format.csv:
        return csv_text([{"person": part.person, "name": part.name, "share": part.share} for part in found.made_of])
    return explained_text(found, lang)
