"""The whole portfolio: a row an opportunity, as JSON, CSV or NDJSON by the Accept header."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from api.account_list import page_of_ids
from api.http.asking import After, AsOf, CalibrationOf, Limit, StoreOf, answer, answer_json
from api.http.problems import documented
from api.http.urls import API
from api.opening import today
from api.portfolio import portfolio_rows
from api.show import csv_text

router = APIRouter(prefix=API)

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"


@router.get(
    "/coverage",
    summary="The portfolio",
    responses={
        200: {"content": {JSON: {}, CSV: {}, NDJSON: {}}, "description": "A row an opportunity"},
        **documented(400, 406, 421),
    },
)
def coverage(
    request: Request,
    store: StoreOf,
    calibration: CalibrationOf,
    as_of: AsOf = None,
    limit: Limit = 100,
    after: After = None,
) -> Response:
    """Every opportunity of every account with its headline. `limit` and `after` count accounts, in JSON only."""
    day = as_of or today()
    kind = wanted(request.headers.get("accept", "*/*"))
    if kind == NDJSON:
        lines = (orjson.dumps(row) + b"\n" for row in portfolio_rows(store, day, calibration))
        return StreamingResponse(lines, media_type=NDJSON)
    if kind == CSV:
        return answer(request, csv_text(portfolio_rows(store, day, calibration)), "text/csv; charset=utf-8")
    accounts, following = page_of_ids(store, after, limit)
    return answer_json(request, {"rows": list(portfolio_rows(store, day, calibration, accounts)), "next": following})


def wanted(accept: str) -> str:
    """The form that an Accept header prefers. Raises 406 where it wants none of ours."""
    offers = []
    for place, part in enumerate(accept.split(",")):
        name, *settings = (one.strip().lower() for one in part.split(";"))
        quality = next((_quality(one[2:]) for one in settings if one.startswith("q=")), 1.0)
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
