"""Questions about one account: people, coverage, paths, map."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.account_list import page_of_accounts
from api.http.asking import (
    After,
    FromDayOrNone,
    Id,
    LangQuery,
    Limit,
    QuestionOf,
    StoreOf,
    ToDay,
    page_of,
)
from api.http.computing.answer import Answer, answer, answer_json
from api.http.computing.computation import bounded
from api.http.computing.route import ComputedRouter
from api.http.problems import documented
from api.http.urls import API
from api.text.people_table import people_json
from api.text.rows import people_rows
from graph.analysis.report.report_json import paths_json, report_json
from viz.map_json import map_json
from viz.map_page import compared_page, power_map_page
from viz.scene.views import View

router = ComputedRouter(prefix=API)
ASKED = documented(400, 404, 421)
ViewQuery = Annotated[View, Query(description="Which picture.")]


@router.get("/accounts", responses=documented(400, 421), summary="What is stored")
def accounts(store: StoreOf, limit: Limit = 100, after: After = None) -> Answer:
    """The accounts by id, a page at a time."""
    page, following = page_of_accounts(store, after, limit)
    return answer_json({"accounts": page, "next": following})


@router.get("/accounts/{account:path}/people", responses=ASKED, summary="People by decision influence")
def people(
    question: QuestionOf,
    lang: LangQuery = "en",
    limit: Limit = 100,
    after: After = None,
) -> Answer:
    """The stakeholders, ranked by influence on the decision, each with where it comes from."""
    account = question.account()
    rows = people_rows(account.report, account.places, lang)
    page, following = page_of(rows, [row["id"] for row in rows], after, limit)
    return answer_json({**people_json(account.report, page, lang), "next": following})


@router.get("/accounts/{account:path}/coverage", responses=ASKED, summary="The coverage report")
def coverage_of(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The coverage report of one account in full, as the command line writes it."""
    return answer_json(report_json(question.account().report, lang))


@router.get("/accounts/{account:path}/paths", responses=ASKED, summary="Influence paths to a person")
@bounded(narrower="paths")
def paths_to(
    question: QuestionOf,
    to: Annotated[Id, Query(description="The person to get to.")],
    member: Annotated[
        Id | None, Query(alias="from", description="The team member to start from; by default all.")
    ] = None,
    k: Annotated[int, Query(ge=1, le=100, description="How many paths.")] = 3,
    avoid_opponents: Annotated[bool, Query(description="Leave out paths through people who are against us.")] = False,
) -> Answer:
    """The k best paths from our team to a person."""
    return answer_json(paths_json(question.account().paths(to, member=member, k=k, avoid_opponents=avoid_opponents)))


@router.get("/accounts/{account:path}/map.json", responses=ASKED, summary="What a view shows")
@bounded(long=True)
def map_data(question: QuestionOf, view: ViewQuery = "power", lang: LangQuery = "en") -> Answer:
    """Positions, marks, labels and lines of a view, with the report behind them."""
    return answer_json(map_json(question.account().map_content, lang, view))


@router.get("/accounts/{account:path}/map", responses=ASKED, summary="The account as a page")
@bounded(long=True)
def map_page(
    question: QuestionOf,
    view: ViewQuery = "power",
    from_date: FromDayOrNone = None,
    to_date: ToDay = None,
    lang: LangQuery = "en",
) -> Answer:
    """The interactive page with power map, fishbone and coverage map, opened on one of them; it needs nothing else.

    With an earlier day it is of two: what came, went and moved since.
    """
    if from_date is None:
        page = power_map_page(question.account().map_content, lang, view)
    else:
        two_days = question.store.compared_map(
            question.id, from_date, to_date or question.as_of, question.opportunity, question.calibration
        )
        page = compared_page(two_days, lang, view)
    return answer(page, "text/html; charset=utf-8")
