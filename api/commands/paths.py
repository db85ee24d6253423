"""`swaymap paths`: how our team gets to a person; whom a person sways; who introduces; how few are enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.answers import Question, measures_of
from api.answers import paths as paths_of
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
from api.text.output import TableColumn, csv_text, in_format, json_text, printed, table, write_out
from api.text.rows import path_rows, route_of, shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.measures.measures import Measures
    from graph.analysis.network.influence_network import InfluencePath, InfluencePaths
    from graph.analysis.network.introductions import IntroductionRequest


def paths(
    account: AccountArgument,
    to: Annotated[str | None, typer.Option("--to", metavar="PERSON", help=screen_text("paths.to"))] = None,
    member: Annotated[str | None, typer.Option("--from", metavar="MEMBER", help=screen_text("paths.from"))] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=100, help=screen_text("paths.k"))] = 3,
    avoid_opponents: Annotated[bool, typer.Option("--avoid-opponents", help=screen_text("paths.avoid"))] = False,
    whom: Annotated[str | None, typer.Option("--whom", metavar="PERSON", help=screen_text("paths.whom"))] = None,
    introduce: Annotated[
        str | None, typer.Option("--introduce", metavar="PERSON", help=screen_text("paths.introduce"))
    ] = None,
    fewest: Annotated[bool, typer.Option("--fewest", help=screen_text("paths.fewest"))] = False,
    independent: Annotated[bool, typer.Option("--independent", help=screen_text("paths.independent"))] = False,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    if sum((to is not None, whom is not None, introduce is not None, fewest, independent)) != 1:
        raise typer.BadParameter(screen_text("paths.one_question"))
    question = question_of(account, opportunity, as_of, calibration)
    with opened_store(store) as opened:
        if to is not None:
            written = _paths_to(paths_of(opened, question, to, member, k, avoid_opponents), question, lang, format_)
        else:
            found = measures_of(opened, question)
            if whom is not None:
                written = _swayed(found, whom, lang, format_)
            elif introduce is not None:
                written = _introductions(found, introduce, lang, format_)
            elif independent:
                written = _independent(found, lang, format_)
            else:
                written = _fewest(found, lang, format_)
    write_out(written, None)


def _paths_to(found: InfluencePaths, question: Question, lang: str, format_: Format) -> str:
    if format_ is Format.json:
        from graph.analysis.report.report_json import paths_json

        return json_text(paths_json(found))
    if format_ is Format.csv:
        return csv_text(path_rows(found.paths, lang))
    person = shown(found.to.name, found.to.id, lang)
    if not found.paths:
        return line(text("line.no_path", lang, person=person))
    made = _routes(found.paths, text("line.paths_to", lang, person=person), lang)
    note = text("line.paths_note", lang, date=question.as_of.isoformat(), calibration=question.calibration.label)
    return made + line(note)


def _swayed(measures: Measures, person: str, lang: str, format_: Format) -> str:
    from graph.analysis.ground.as_json import as_json
    from graph.analysis.network.paths import influenced_by

    ways = influenced_by(measures, person)
    if format_ is Format.json:
        return json_text(as_json(ways, lang))
    if format_ is Format.csv:
        return csv_text(path_rows(ways.paths, lang))
    name = _name(measures, ways.influencer, lang)
    if not ways.paths:
        return line(text("line.sways_nobody", lang, person=name))
    return _routes(ways.paths, text("line.sways", lang, person=name, count=len(ways.paths)), lang)


def _introductions(measures: Measures, person: str, lang: str, format_: Format) -> str:
    from graph.analysis.ground.as_json import as_json
    from graph.analysis.network.introductions import introductions

    asked = introductions(measures, person)
    if format_ is Format.json:
        return json_text(as_json(asked, lang))
    rows = [_introduction(rank, one, measures, lang) for rank, one in enumerate(asked.introductions, 1)]
    if format_ is Format.csv:
        return csv_text(rows)
    name = _name(measures, asked.to, lang)
    if not rows:
        return line(text("line.no_introduction", lang, person=name))
    made = table(
        rows,
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"]), right=True),
            TableColumn("head.member", lambda row: row["member_name"]),
            TableColumn("head.ask", lambda row: row["ask_name"]),
            TableColumn("head.ready", lambda row: text(f"word.{'yes' if row['ready'] else 'not_yet'}", lang)),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        text("line.introductions", lang, person=name),
    )
    return printed(made)


def _introduction(rank: int, one: IntroductionRequest, measures: Measures, lang: str) -> dict[str, Any]:
    names = [shown(node.name, node.id, lang) for node in one.path.nodes]
    return {
        "rank": rank,
        "strength": one.strength,
        "member": one.member,
        "member_name": names[0],
        "ask": one.ask,
        "ask_name": names[1],
        "through": one.through,
        "ready": one.ready,
        "route": route_of(one.path, lang),
    }


def _fewest(measures: Measures, lang: str, format_: Format) -> str:
    from api.text.weak_points import weak_points_text
    from graph.analysis.ground.as_json import as_json
    from graph.analysis.persons.weak_points import weak_points

    points = weak_points(measures)
    if format_ is Format.json:
        return json_text(as_json(points, lang))
    if format_ is Format.csv:
        return csv_text(
            [
                {"person": person.person, "decision_influence": person.decision_influence, "total": person.total}
                for person in points.fewest.people
            ]
        )
    return weak_points_text(points, measures.view, lang)


def _independent(measures: Measures, lang: str, format_: Format) -> str:
    from api.text.independent import independent_rows, independent_text
    from graph.analysis.network.independent_routes import list_independent_routes

    found = list_independent_routes(measures)
    return in_format(found, format_, lang, partial(independent_rows, lang=lang), independent_text)


def _routes(paths: tuple[InfluencePath, ...], title: str, lang: str) -> str:
    made = table(
        path_rows(paths, lang),
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"]), right=True),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        title,
    )
    return printed(made)


def _name(measures: Measures, person: str, lang: str) -> str:
    return shown(measures.view.people[measures.view.index[person]].name, person, lang)
