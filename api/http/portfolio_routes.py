"""The whole portfolio: a row an opportunity, as JSON, CSV or NDJSON by the Accept header."""

from __future__ import annotations

import datetime
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from api.account_list import page_of_ids
from api.http.asking import After, AsOf, CalibrationOf, Limit, StoreOf
from api.http.computing.answer import Answer, answer, answer_json
from api.http.computing.computation import Computation, Computing, bounded
from api.http.computing.problems import ServerFull
from api.http.computing.route import ClientGone, answered, computed, gone
from api.http.problems import documented
from api.http.urls import API
from api.text.output import csv_text
from graph.model.calibration import Calibration
from graph.model.problem import SwaymapError
from swaymap.portfolio import CHUNK, portfolio_rows
from swaymap.store import Store, today

router = APIRouter(prefix=API)

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"

_log = logging.getLogger("swaymap.http")


@router.get(
    "/coverage",
    summary="The portfolio",
    responses={
        200: {"content": {JSON: {}, CSV: {}, NDJSON: {}}, "description": "A row an opportunity"},
        **documented(400, 406, 421, 422),
    },
)
async def coverage(
    request: Request,
    store: StoreOf,
    calibration: CalibrationOf,
    as_of: AsOf = None,
    limit: Limit = 100,
    after: After = None,
) -> Response:
    """Every opportunity of every account with its headline. `limit` and `after` count accounts, in JSON only."""
    asked = {"store": store, "as_of": as_of or today(), "calibration": calibration}
    kind = wanted(request.headers.get("accept", "*/*"))
    if kind == NDJSON:
        return await _streamed(request, asked)
    if kind == CSV:
        return await answered(request, Computation(all_as_csv, asked))
    return await answered(request, Computation(page_as_json, {**asked, "limit": limit, "after": after}))


@bounded(long=True, narrower="portfolio")
def page_as_json(store: Store, as_of: datetime.date, calibration: Calibration, limit: int, after: str | None) -> Answer:
    """The rows of so many accounts after one, and the account that the next page follows."""
    accounts, following = page_of_ids(store, after, limit)
    return answer_json({"rows": list(portfolio_rows(store, as_of, calibration, accounts)), "next": following})


@bounded(long=True, narrower="portfolio")
def all_as_csv(store: Store, as_of: datetime.date, calibration: Calibration) -> Answer:
    """Every row as CSV."""
    return answer(csv_text(portfolio_rows(store, as_of, calibration)), "text/csv; charset=utf-8")


@bounded(long=True, narrower="portfolio")
def some_as_lines(
    store: Store, as_of: datetime.date, calibration: Calibration, after: str | None
) -> tuple[bytes, str | None]:
    """The rows of a few accounts after one as NDJSON, and the account that the next ones follow (None at the end)."""
    accounts, following = page_of_ids(store, after, CHUNK)
    lines = b"".join(orjson.dumps(row) + b"\n" for row in portfolio_rows(store, as_of, calibration, accounts))
    return lines, following


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
