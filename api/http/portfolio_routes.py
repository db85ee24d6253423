"""The whole portfolio: a row an opportunity, as JSON, CSV or NDJSON by the Accept header."""

from __future__ import annotations

import datetime
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from pydantic import WithJsonSchema
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from api.account_list import page_of_ids
from api.http.asking import After, AsOf, CalibrationOf, Id, Limit, StoreOf
from api.http.computing.answer import Answer, answer, answer_json
from api.http.computing.computation import Computation, Computing, bounded
from api.http.computing.problems import ServerFull
from api.http.computing.route import ClientGone, answered, computed, gone
from api.http.problems import documented
from api.http.urls import API
from api.text.output import csv_text
from graph.analysis.report.opportunity_rows import Row
from graph.analysis.report.portfolio_query import LIGHTS, SORTS, TIERS, PortfolioQuery
from graph.model.calibration import Calibration
from graph.model.echo import cut
from graph.model.problem import InputError, SwaymapError
from graph.model.words import message
from swaymap.portfolio import CHUNK, portfolio_query, portfolio_rows
from swaymap.store import Store, today

router = APIRouter(prefix=API)

MOST_DIGITS = 9
"""Digits of the number of rows before a page."""

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"

_log = logging.getLogger("swaymap.http")


def _some_of(values: Iterable[str]) -> WithJsonSchema:
    """The schema of a parameter that takes several of these values."""
    return WithJsonSchema({"type": "array", "items": {"type": "string", "enum": list(values)}})


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """Which rows of the portfolio a request asks for, and in which order, as typed."""

    sort: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    owner: str | None = None
    tier: tuple[str, ...] = ()
    unit: str | None = None


Sort = Annotated[
    list[Id] | None,
    _some_of(SORTS),
    Query(description="Keys of a row to sort by, the first one first; what needs attention most comes first."),
]
Status = Annotated[list[Id] | None, _some_of(LIGHTS), Query(description="Only opportunities of one of these.")]
Owner = Annotated[Id | None, Query(description="Only accounts in which this team member owns somebody.")]
Tier = Annotated[list[Id] | None, _some_of(TIERS), Query(description="Only accounts of one of these tiers.")]
Unit = Annotated[Id | None, Query(description="Only accounts that have a unit of this id or name.")]


async def _rows_asked(
    sort: Sort = None, status: Status = None, owner: Owner = None, tier: Tier = None, unit: Unit = None
) -> RowsAsked:
    return RowsAsked(tuple(sort or ()), tuple(status or ()), owner, tuple(tier or ()), unit)


@router.get(
    "/coverage",
    summary="The portfolio",
    responses={
        200: {"content": {JSON: {}, CSV: {}, NDJSON: {}}, "description": "A row an opportunity"},
        **documented(400, 404, 406, 421, 422),
    },
)
async def coverage(
    request: Request,
    store: StoreOf,
    calibration: CalibrationOf,
    rows_asked: Annotated[RowsAsked, Depends(_rows_asked)],
    as_of: AsOf = None,
    limit: Limit = 100,
    after: After = None,
) -> Response:
    """Every opportunity of every account with its headline. `limit` and `after` are for JSON only.

    They count accounts, whose rows may all be left out by a filter; with `sort` they count rows of the whole portfolio.
    """
    kind = wanted(request.headers.get("accept", "*/*"))
    try:
        query = await _query(request, store, rows_asked)
    except ClientGone:
        return gone()
    asked = {"store": store, "as_of": as_of or today(), "calibration": calibration, "query": query}
    if kind == CSV:
        return await answered(request, Computation(all_as_csv, asked))
    if kind == NDJSON:
        # What is sorted comes as a whole: its first row is known when all are.
        return await (answered(request, Computation(all_as_lines, asked)) if query.sort else _streamed(request, asked))
    page = page_in_order_as_json if query.sort else page_as_json
    return await answered(request, Computation(page, {**asked, "limit": limit, "after": after}))


async def _query(request: Request, store: Store, asked: RowsAsked) -> PortfolioQuery:
    """The query of a request; nothing is computed for one that asks for all rows as they come."""
    if asked == RowsAsked():
        return PortfolioQuery()
    return await computed(request, Computation(query_of, {"store": store, "asked": asked}))


@bounded(long=True, narrower="portfolio")
def query_of(store: Store, asked: RowsAsked) -> PortfolioQuery:
    """The query with the owner and units that are asked for by id or name. Raises as `portfolio_query`."""
    given = {field.name: getattr(asked, field.name) for field in fields(asked)}
    return portfolio_query(store.graph_store, store.scope, **given)


@bounded(long=True, narrower="portfolio")
def page_as_json(
    store: Store,
    as_of: datetime.date,
    calibration: Calibration,
    query: PortfolioQuery,
    limit: int,
    after: str | None,
) -> Answer:
    """The rows of so many accounts after one, and the account that the next page follows."""
    accounts, following = page_of_ids(store, after, limit)
    rows = portfolio_rows(store, as_of, calibration, accounts, query=query)
    return answer_json({"rows": list(rows), "next": following})


@bounded(long=True, narrower="portfolio")
def page_in_order_as_json(
    store: Store,
    as_of: datetime.date,
    calibration: Calibration,
    query: PortfolioQuery,
    limit: int,
    after: str | None,
) -> Answer:
    """So many rows of the sorted portfolio behind a number of rows, and the number that the next page follows."""
    start = _place(after)
    rows = list(_all_rows(store, as_of, calibration, query))
    end = start + limit
    return answer_json({"rows": rows[start:end], "next": str(end) if end < len(rows) else None})


@bounded(long=True, narrower="portfolio")
def all_as_csv(store: Store, as_of: datetime.date, calibration: Calibration, query: PortfolioQuery) -> Answer:
    """Every row as CSV."""
    return answer(csv_text(_all_rows(store, as_of, calibration, query)), "text/csv; charset=utf-8")


@bounded(long=True, narrower="portfolio")
def all_as_lines(store: Store, as_of: datetime.date, calibration: Calibration, query: PortfolioQuery) -> Answer:
    """Every row as NDJSON."""
    return answer(_lines_of(_all_rows(store, as_of, calibration, query)), NDJSON)


@bounded(long=True, narrower="portfolio")
def some_as_lines(
    store: Store, as_of: datetime.date, calibration: Calibration, query: PortfolioQuery, after: str | None
) -> tuple[bytes, str | None]:
    """The rows of a few accounts after one as NDJSON, and the account that the next ones follow (None at the end)."""
    accounts, following = page_of_ids(store, after, CHUNK)
    return _lines_of(portfolio_rows(store, as_of, calibration, accounts, query=query)), following


def _all_rows(store: Store, as_of: datetime.date, calibration: Calibration, query: PortfolioQuery) -> Iterable[Row]:
    return query.ordered(portfolio_rows(store, as_of, calibration, query=query))


def _lines_of(rows: Iterable[Row]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def _place(after: str | None) -> int:
    """The number of rows before a page of a sorted portfolio. Raises InputError for what is no `next` of one."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdecimal() and len(after) <= MOST_DIGITS and int(after)):
        raise InputError("bad_request", message("http.place_in_order", value=cut(after)))
    return int(after)


async def _streamed(request: Request, asked: Mapping[str, Any]) -> Response:
    """All rows as NDJSON, a few accounts computed at a time; what keeps the first ones from coming is a problem."""
    try:
        first = await computed(request, Computation(some_as_lines, {**asked, "after": None}))
    except ClientGone:
        return gone()
    return _Lines(_lines(request.app.state.computing, asked, first), media_type=NDJSON)


async def _lines(
    computing: Computing, asked: Mapping[str, Any], first: tuple[bytes, str | None]
) -> AsyncIterator[bytes]:
    lines, following = first
    yield lines
    while following is not None:
        try:
            lines, following = await computing.run(Computation(some_as_lines, {**asked, "after": following}))
        except ServerFull:
            continue  # a stream that has begun waits until it is its turn
        yield lines


class _Lines(StreamingResponse):
    """A stream that is broken off where a part of it cannot be computed."""

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        except SwaymapError as wrong:
            # The response has begun with 200: left without its end, it tells the caller that rows are missing.
            _log.warning("the portfolio as lines was broken off: %s", wrong)


def wanted(accept: str) -> str:
    """The form that an Accept header prefers. Raises 406 where it wants none of the forms."""
    offers = []
    for place, part in enumerate(accept.split(",")):
        name, *settings = (setting.strip().lower() for setting in part.split(";"))
        quality = next((_quality(setting[2:]) for setting in settings if setting.startswith("q=")), 1.0)
        offers.append((-quality, place, name))
    for quality, _, name in sorted(offers):
        for kind in (JSON, CSV, NDJSON):
            if quality < 0 and name in (kind, "*/*", kind.split("/")[0] + "/*"):
                return kind
    raise HTTPException(406, f"The portfolio comes as {JSON}, {CSV} or {NDJSON}.")


def _quality(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
