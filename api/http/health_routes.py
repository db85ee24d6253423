"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.http.asking import StoreOf
from api.http.problems import documented

router = APIRouter()


@router.get("/livez", summary="The server lives", responses=documented(400, 421))
async def livez() -> JSONResponse:
    """Always 200 while the process answers, whatever it computes."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", summary="The server can answer", responses=documented(400, 421, 503))
def readyz(store: StoreOf) -> JSONResponse:
    """200 when the store answers; 503 with the reason when it does not."""
    store.graph_store.ping()
    return JSONResponse({"status": "ok"})
