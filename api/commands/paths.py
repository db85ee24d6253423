"""`swaymap paths`: paths of our team to a person, people whom somebody influences, introductions, the fewest to win."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.account_options import AccountOptions, with_options
from api.options import Format, screen_text
from api.terminal import line
from api.text.output import TableColumn, csv_text, in_format, json_text, printed, table, write_out
from api.text.rows import path_rows, route_of, shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.network.influence_network import InfluencePath
    from graph.analysis.network.introductions import IntroductionRequest
    from swaymap.account import Account


@with_options
def paths(
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
    *,
    asked: AccountOptions,
) -> None:
    if sum((to is not None, whom is not None, introduce is not None, fewest, independent)) != 1:
        raise typer.BadParameter(screen_text("paths.one_question"))
    lang, format_ = asked.lang, asked.format_
    with asked.account_read() as account:
        if to is not None:
            written = _paths_to(account, to, member, k, avoid_opponents, lang, format_)
        elif whom is not None:
            written = _influenced_by(account, whom, lang, format_)
        elif introduce is not None:
            written = _introductions(account, introduce, lang, format_)
        elif independent:
            written = _independent(account, lang, format_)
        else:
            written = _fewest(account, lang, format_)
    write_out(written, None)


def _paths_to(
    account: Account, to: str, member: str | None, k: int, avoid_opponents: bool, lang: str, format_: Format
) -> str:
    influence_paths = account.paths(to, member=member, k=k, avoid_opponents=avoid_opponents)
    if format_ is Format.json:
        from graph.analysis.report.report_json import paths_json

        return json_text(paths_json(influence_paths))
    if format_ is Format.csv:
        return csv_text(path_rows(influence_paths.paths, lang))
    person = shown(influence_paths.to.name, influence_paths.to.id, lang)
    if not influence_paths.paths:
        return line(text("line.no_path", lang, person=person))
    made = _routes(influence_paths.paths, text("line.paths_to", lang, person=person), lang)
    note = text("line.paths_note", lang, date=account.as_of.isoformat(), calibration=account.calibration.label)
    return made + line(note)


def _influenced_by(account: Account, person: str, lang: str, format_: Format) -> str:
    from graph.analysis.ground.as_json import as_json

    ways = account.whom(person)
    if format_ is Format.json:
        return json_text(as_json(ways, lang))
    if format_ is Format.csv:
        return csv_text(path_rows(ways.paths, lang))
    name = _name(account, ways.influencer, lang)
    if not ways.paths:
        return line(text("line.sways_nobody", lang, person=name))
    return _routes(ways.paths, text("line.sways", lang, person=name, count=len(ways.paths)), lang)


def _introductions(account: Account, person: str, lang: str, format_: Format) -> str:
    from graph.analysis.ground.as_json import as_json

    asked = account.introductions(person)
    if format_ is Format.json:
        return json_text(as_json(asked, lang))
    rows = [_introduction(rank, request, lang) for rank, request in enumerate(asked.introductions, 1)]
    if format_ is Format.csv:
        return csv_text(rows)
    name = _name(account, asked.to, lang)
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


def _introduction(rank: int, request: IntroductionRequest, lang: str) -> dict[str, Any]:
    names = [shown(node.name, node.id, lang) for node in request.path.nodes]
    return {
        "rank": rank,
        "strength": request.strength,
        "member": request.member,
        "member_name": names[0],
        "ask": request.ask,
        "ask_name": names[1],
        "through": request.through,
        "ready": request.ready,
        "route": route_of(request.path, lang),
    }


def _fewest(account: Account, lang: str, format_: Format) -> str:
    from api.text.weak_points import weak_points_text
    from graph.analysis.ground.as_json import as_json

    points = account.weak_points
    if format_ is Format.json:
        return json_text(as_json(points, lang))
    if format_ is Format.csv:
        return csv_text(
            [
                {"person": person.person, "decision_influence": person.decision_influence, "total": person.total}
                for person in points.fewest.people
            ]
        )
    return weak_points_text(points, account.measures.view, lang)


def _independent(account: Account, lang: str, format_: Format) -> str:
    from api.text.independent import independent_rows, independent_text

    routes = account.independent_routes
    return in_format(routes, format_, lang, partial(independent_rows, lang=lang), independent_text)


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


def _name(account: Account, person: str, lang: str) -> str:
    view = account.measures.view
    return shown(view.people[view.index[person]].name, person, lang)
